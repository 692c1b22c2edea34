import { DatabaseError } from 'pg'
import { type Actor, actorSettings } from './actor.ts'
import { askingAtOnce } from './asking.ts'
import { businessDate, type Clock, type Instant, type PlainDate } from './clock.ts'
import { type Database, type DatabaseTransaction, setLocal } from './database.ts'
import { OperatingFailure } from './errors.ts'
import { type Id, newId } from './ids.ts'
import { isOutdatedStatement } from './prepared-pool.ts'
import type { Random } from './random.ts'
import type { NodeKeys } from './sm.ts'

/** Called at named points of an operation; the fault tests and the simulator make it fail there. Does nothing in operation. */
export type Faults = (point: string) => void | Promise<void>

/** A region's node: its own database, clock, randomness and keys. There may be many in one process; none is global. */
export type Node = {
  readonly region: string
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly keys: NodeKeys
  readonly faults: Faults
}

/**
 * One transaction of one actor on one node. Every room function that reads or writes takes it first. All changes made through it are
 * there together after the commit, or not at all.
 */
export type Work = {
  readonly node: Node
  readonly actor: Actor
  readonly db: DatabaseTransaction
  /** The moment of this work, read once from the node's clock. */
  readonly now: Instant
  /** The business date of `now` in Asia/Shanghai. */
  readonly today: PlainDate
  newId(): Id
  /** A named point where a test may crash the operation. */
  reach(point: string): Promise<void>
  /** Runs after a successful commit, e.g. to wake the outbox. Must not be needed for correctness. */
  afterCommit(action: () => void): void
}

/**
 * Runs `action` in one transaction as `actor`. Commits when it returns, rolls everything back when it throws. `label` names the crash points.
 * Where PostgreSQL ends it because it crossed with another (deadlock, serialisation), nothing was done and it is run again, a few times; then
 * it is an `OperatingFailure` `busy`. So `action` keeps its effects in the transaction.
 */
export async function inTransaction<T>(
  node: Node,
  actor: Actor,
  action: (work: Work) => Promise<T>,
  label = 'work',
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(node, actor, action, label)
    } catch (error) {
      if (!crossedWithAnother(error)) throw error
      if (attempt === attemptsMax) throw new OperatingFailure('busy', {}, { cause: error })
    }
  }
}

const attemptsMax = 5

/** PostgreSQL ended the transaction for the sake of another (serialization_failure, deadlock_detected), or of a table that was changed meanwhile. */
function crossedWithAnother(error: unknown): boolean {
  if (isOutdatedStatement(error)) return true
  return error instanceof DatabaseError && (error.code === '40001' || error.code === '40P01')
}

async function attemptTransaction<T>(
  node: Node,
  actor: Actor,
  action: (work: Work) => Promise<T>,
  label: string,
): Promise<T> {
  const now = node.clock.now()
  const followUps: Array<() => void> = []
  const result = await node.database.query.transaction().execute(async (transaction) => {
    const { db, end } = await askingAtOnce(transaction)
    await setLocal(db, actorSettings(actor))
    const work: Work = {
      node,
      actor,
      db,
      now,
      today: businessDate(now),
      newId: () => newId(node.clock, node.random),
      reach: async (point) => node.faults(point),
      afterCommit: (followUp) => followUps.push(followUp),
    }
    try {
      const value = await action(work)
      await node.faults(`${label}.before-commit`)
      return value
    } finally {
      end()
    }
  })
  for (const followUp of followUps) followUp()
  await node.faults(`${label}.after-commit`)
  return result
}

/** The same transaction seen as another actor, for a part that the platform does by itself (e.g. posting to the ledger on a person's step). */
export async function asActor<T>(work: Work, actor: Actor, action: (work: Work) => Promise<T>): Promise<T> {
  await setLocal(work.db, actorSettings(actor))
  try {
    return await action({ ...work, actor })
  } finally {
    await setLocal(work.db, actorSettings(work.actor))
  }
}
