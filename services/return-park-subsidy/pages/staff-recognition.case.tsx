import { standingStaffCase } from '../../../kit/staff/door.ts'
import { recognitionForm } from './form.ts'

/** Recognition of a park on its case page. */
export const casePart = standingStaffCase(recognitionForm)
