import { reviewRoundCase } from '../../../kit/staff/door.ts'
import { healthTitle } from './review.ts'

/** A round on its case page. */
export const casePart = reviewRoundCase(healthTitle)
