/** The door of `reviews`: people judged by experts in rounds, from the application to the title, and its withdrawal. Knows no service by name. */
export { type ReviewedState, reviewedState } from './application-state.ts'
export { enterExpert } from './experts.ts'
export { reviewsMigrations } from './migrations.ts'
export { type ReviewParts, reviewParts } from './parts.ts'
export type { FactsQuestion, RegisteredFacts, Review, ReviewField, ReviewTools } from './review.ts'
export type { ReviewRoute } from './review-routes.ts'
