import { reviewedCase } from '../../../kit/door.ts'
import { healthTitle } from './review.ts'

/** An application on its applicant's case page. */
export const casePart = reviewedCase(healthTitle)
