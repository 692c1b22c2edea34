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
 * Sets the demo world's clock to where it was left: its distance from the machine's clock is kept in the database of one node, so the demo
 * world goes on while nobody looks and never goes back.
 */
export async function openDemo(clock: MovableClock, machineClock: Clock, keeper: Node): Promise<DemoControls> {
  const distance = () => millisecondsBetween(machineClock.now(), clock.now())
  const kept = await inTransaction(keeper, systemActor, async ({ db }) => {
    const table = db.withTables<ServerTables>()
    const row = await table.selectFrom('server.demo_clock').select('offset_milliseconds').executeTakeFirst()
    if (row) return row.offset_milliseconds
    const offset = distance()
    await table.insertInto('server.demo_clock').values({ one: true, offset_milliseconds: offset }).execute()
    return offset
  })
  clock.advance(kept - distance())
  return {
    now: clock.now,
    async moveTo(instant) {
      if (instant < clock.now()) throw new Refusal('clock_runs_forward', { params: { now: clock.now() } })
      clock.moveTo(instant)
      await inTransaction(keeper, systemActor, ({ db }) =>
        db
          .withTables<ServerTables>()
          .updateTable('server.demo_clock')
          .set({ offset_milliseconds: distance() })
          .execute(),
      )
    },
  }
}
