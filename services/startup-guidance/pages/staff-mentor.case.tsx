import { standingStaffCase } from '../../../kit/staff/door.ts'
import { mentorForm } from './form.ts'

/** A mentor's appointment on its case page. */
export const casePart = standingStaffCase(mentorForm)
