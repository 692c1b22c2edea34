/** The door of `ground`: the floor that every room stands on. Knows nothing of people, cases or money. */
export {
  type Actor,
  actorAssignmentId,
  actorPersonId,
  actorRole,
  actorSettings,
  actorUserId,
  coveredCodes,
  maySee,
  type Owner,
  systemActor,
} from './actor.ts'
export { attemptApart, type PartResult } from './apart.ts'
export { builtOnce, type Given } from './built-once.ts'
export {
  addMilliseconds,
  businessDate,
  type Clock,
  type Instant,
  type MovableClock,
  millisecondsBetween,
  offsetClock,
  type PlainDate,
  standingClock,
  startOfDate,
  systemClock,
} from './clock.ts'
export { type Database, type DatabaseTransaction, openDatabase, sendAhead } from './database.ts'
export {
  addDays,
  addMonths,
  daysBetween,
  isPlainDate,
  monthOf,
  monthRange,
  monthsBetween,
  quarterOf,
  quarterRange,
} from './dates.ts'
export { type EmbeddedServer, startEmbeddedPostgres } from './embedded-postgres.ts'
export {
  BadInput,
  BrokenInvariant,
  type MessageParams,
  must,
  OperatingFailure,
  type Problem,
  Refusal,
} from './errors.ts'
export { formatFen, formatPlainDate, formatRatePpm, formatYuan, parseYuan } from './formats.ts'
export { checkDigit, hasCheckDigit, type Id, isId, newId } from './ids.ts'
export { type Listening, listen } from './listening.ts'
export { rowsTogether } from './merging.ts'
export {
  type BothLanguages,
  findMessage,
  joinMessages,
  type Language,
  type Messages,
  type NamedMessages,
  readMessages,
  renderMessage,
  wordingConflicts,
} from './messages.ts'
export { groundMigrations, type MigrationSet, migrate, readMigrations } from './migrations.ts'
export { parseInput, problemOf } from './parse.ts'
export { type NodeDatabase, provisionDatabase } from './provision.ts'
export { type Random, randomBelow, randomOrder, randomPick, seededRandom, systemRandom } from './random.ts'
export { type Remembered, remembering } from './remembering.ts'
export { schemaDate, schemaFen, schemaId, schemaInstant, schemaRegion } from './schemas.ts'
export { sideBySide } from './side-by-side.ts'
export { blindIndex, makeNodeKeys, type NodeKeys, seal, sm2Sign, sm2Verify, sm3, unseal } from './sm.ts'
export { takeTurns } from './turns.ts'
export { asActor, type Faults, inTransaction, type Node, type Work } from './work.ts'
