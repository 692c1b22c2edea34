import { reviewedStaffCase } from '../../../kit/staff/door.ts'
import { skilledTitle } from './review.ts'

/** An application on its case page. */
export const casePart = reviewedStaffCase(skilledTitle)
