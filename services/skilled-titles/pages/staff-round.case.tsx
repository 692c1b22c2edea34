import { reviewRoundCase } from '../../../kit/staff/door.ts'
import { skilledTitle } from './review.ts'

/** A round on its case page. */
export const casePart = reviewRoundCase(skilledTitle)
