import { standingStaffCase } from '../../../kit/staff/door.ts'
import { placementForm } from './form.ts'

/** A placement on its case page. */
export const casePart = standingStaffCase(placementForm)
