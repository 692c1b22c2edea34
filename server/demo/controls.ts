import {
  type Clock,
  type Instant,
  inTransaction,
  type MovableClock,
  millisecondsBetween,
  type Node,
  offsetClock,
  Refusal,
  systemActor,
} from '../../ground/door.ts'
import type { ServerTables } from '../tables.ts'

/** When the demo world begins: a Monday morning, 09:00 in Shanghai. */
const demoStart: Instant = '2026-05-11T01:00:00.000Z'

/** The demo world's own clock, which a person may move on. */
export type DemoControls = {
  now(): Instant
  /** Moves the clock of all nodes forward and keeps it. Refuses `clock_runs_forward` for an earlier moment. */
  moveTo(instant: Instant): Promise<void>
}

/** A clock for the nodes of a demo world; `openDemo` sets it to where it stood. */
export function demoClock(machineClock: Clock): MovableClock {
  return offsetClock(machineClock, demoStart)
}

/**
 * Sets the demo world's clock to where it was left: its distance from the machine's clock is kept in the database of every node, so the demo
 * world goes on while nobody looks and never goes back, also where its nodes are started in other processes than before.
 */
export async function openDemo(
  clock: MovableClock,
  machineClock: Clock,
  nodes: readonly Node[],
): Promise<DemoControls> {
  const distance = () => millisecondsBetween(machineClock.now(), clock.now())
  const kept = await Promise.all(nodes.map(findKeptDistance))
  const furthest = Math.max(...kept.filter((each) => each !== undefined))
  if (Number.isFinite(furthest)) clock.advance(furthest - distance())
  const keep = () => Promise.all(nodes.map((node) => keepDistance(node, distance())))
  await keep()
  return {
    now: clock.now,
    async moveTo(instant) {
      if (instant < clock.now()) throw new Refusal('clock_runs_forward', { params: { now: clock.now() } })
      clock.moveTo(instant)
      await keep()
    },
  }
}

function findKeptDistance(node: Node): Promise<number | undefined> {
  return inTransaction(node, systemActor, async ({ db }) => {
    const table = db.withTables<ServerTables>().selectFrom('server.demo_clock')
    return (await table.select('offset_milliseconds').executeTakeFirst())?.offset_milliseconds
  })
}

function keepDistance(node: Node, offset_milliseconds: number): Promise<void> {
  return inTransaction(node, systemActor, async ({ db }) => {
    await db
      .withTables<ServerTables>()
      .insertInto('server.demo_clock')
      .values({ one: true, offset_milliseconds })
      .onConflict((conflict) => conflict.column('one').doUpdateSet({ offset_milliseconds }))
      .execute()
  })
}
