import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { inTransaction, openDatabase, sideBySide, systemActor } from '../ground/door.ts'
import { testNode } from '../ground/testing.ts'
import { createBaton } from './baton.ts'
import { createMachine } from './machine.ts'
import { scheduledPool } from './scheduled-pool.ts'

it('parts side by side reach the same points in the same order, however answers come in', async () => {
  const made = await testNode({ migrations: [] })
  const machine = createMachine()
  const baton = createBaton(() => 0)
  const database = openDatabase(made.database.url, {
    through: (pool) => scheduledPool(pool, machine, baton, () => {}),
  })
  const told = new Set<string>()
  for (let run = 0; run < 200; run++) {
    machine.arm(null)
    const order: number[] = []
    await inTransaction({ ...made, database }, systemActor, (work) =>
      sideBySide(work, [1, 2], async (part, number) => {
        // Different things first, then the same: whose answer comes alone would ask alone.
        await (number === 1 ? sql`select 1 as one` : sql`select 2 as two`).execute(part.db)
        if (number === 1) await Promise.resolve()
        order.push(number)
        await sql`select ${number}::integer as same`.execute(part.db)
      }),
    )
    told.add(`${machine.reached} points, ${order}`)
  }
  expect(told.size).toBe(1)
  await database.close()
  await made.close()
})
