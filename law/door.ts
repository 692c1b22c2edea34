/** The door of `law`: regions, pooling areas, the working-day calendar, deadlines, dated values and their publication. */
export {
  addWorkingDays,
  type CountedDate,
  calendarThrough,
  isCalendarKnown,
  isWorkingDay,
  officialCalendar,
  subtractWorkingDays,
  type WorkingCalendar,
  workingDayOnOrAfter,
  workingDaysBetween,
} from './calendar.ts'
export { type Deadline, type DeadlineRule, deadline, deadlineRule, recomputeDeadline } from './deadlines.ts'
export { type Insurance, insurance } from './insurance.ts'
export { findPoolingArea, type PoolingArea, poolingAreaOf, poolingAreasOn } from './pooling-areas.ts'
export { bookWithPublications } from './published-book.ts'
export {
  approveValue,
  getPublishedValue,
  type KeptProposal,
  lawMigrations,
  type PublishedValue,
  pendingValueProposals,
  proposeValue,
  publishedValues,
  type ValueProposal,
  valueProposal,
} from './published-values.ts'
export {
  findRegion,
  getRegion,
  isWithin,
  nationCode,
  prefecturesOf,
  provinceOf,
  provinces,
  type Region,
  type RegionCode,
  type RegionLevel,
  regionPath,
  regionsUnder,
} from './regions.ts'
export {
  openRulebook,
  type RegionalPolicy,
  type Rulebook,
  type RuleInForce,
  type RuleQuestion,
  type Ruling,
} from './rulebook.ts'
export { findUnificationAgainst, type UnifiedProvince } from './unified-provinces.ts'
export { loadValues, type ValueFile } from './value-files.ts'
export {
  type DatedValue,
  type RegionOf,
  type ResolvedValue,
  type ResolvedValues,
  resolveValues,
  type ValueBook,
  type ValueContent,
  type ValueDefinition,
  type ValueQuestion,
} from './values.ts'
export {
  approveWithdrawal,
  findWithdrawals,
  type PendingWithdrawal,
  pendingWithdrawals,
  proposeWithdrawal,
  type Withdrawal,
  withdrawalReason,
} from './withdrawn-values.ts'
