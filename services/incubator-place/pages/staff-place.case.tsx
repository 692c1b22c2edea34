import { standingStaffCase } from '../../../kit/staff/door.ts'
import { placeForm } from './form.ts'

/** A place on its case page. */
export const casePart = standingStaffCase(placeForm)
