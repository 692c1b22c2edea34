import type { CaseFlow } from '../cases/door.ts'
import { applicationFlow } from './application-flow.ts'
import type { Review, ReviewTools } from './review.ts'
import { type ReviewRoute, reviewRoutes } from './review-routes.ts'
import { roundFlow } from './round-flow.ts'

/** What the room makes of a service's review: spread it into the parts of the service. */
export type ReviewParts = { flows: CaseFlow[]; routes: ReviewRoute[] }

/** The flows and operations of a review. */
export function reviewParts(tools: ReviewTools, review: Review): ReviewParts {
  return { flows: [applicationFlow(tools, review), roundFlow(tools, review)], routes: reviewRoutes(tools, review) }
}
