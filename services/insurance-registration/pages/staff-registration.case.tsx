import { standingStaffCase } from '../../../kit/staff/door.ts'
import { registrationForm } from './form.ts'

/** A registration on its case page. */
export const casePart = standingStaffCase(registrationForm)
