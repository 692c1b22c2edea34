import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { registersMigrations } from '../tables.ts'
import { type Activity, activities, activityStateInWords, activityStatus } from './activities.ts'
import { importShippedLists } from './all-lists.ts'
import { currentListRows } from './list-rows.ts'

let node: TestNode
let calendar: Map<string, Activity>
beforeAll(async () => {
  node = await testNode({ region: '640000', migrations: [await registersMigrations()] })
  await run(importShippedLists)
  const kept = await run((work) => currentListRows(work, activities))
  calendar = new Map(kept.map(({ row }) => [row.id, row]))
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
const get = (id: string) => must(calendar.get(id), id)

describe('the status of an activity follows from the day (G3.01)', () => {
  it.each([
    ['G3-t1: Ningxia on the last of October', 'ningxia-ten-ones', '2025-10-31', 'running'],
    ['G3-t1: Gansu on the last of October', 'gansu-five-departments', '2025-10-31', 'running'],
    ['G3-t1: Ningxia on the first of November', 'ningxia-ten-ones', '2025-11-01', 'ended'],
    ['G3-t1: Gansu on the first of November', 'gansu-five-departments', '2025-11-01', 'ended'],
    ['G3-t2: Jilin on its last day', 'jilin-spring-breeze', '2024-04-08', 'running'],
    ['G3-t2: Jilin on the day after', 'jilin-spring-breeze', '2024-04-09', 'ended'],
    ['G3-t3: the wage regulation on the day before', 'inner-mongolia-wages', '2025-06-30', 'not in force yet'],
    ['G3-t3: the wage regulation on its day', 'inner-mongolia-wages', '2025-07-01', 'in force'],
    ['a month ends with its last day', 'ningxia-spring', '2024-03-31', 'running'],
    ['and no later', 'ningxia-spring', '2024-04-01', 'ended'],
    ['an open end', 'work-injury-pilot', '2026-05-11', 'begun, no end is told'],
    ['the day before an open end begins', 'work-injury-pilot', '2024-03-31', 'not begun'],
    ['C9.02: three years from 2025', 'skills-light-the-way', '2027-12-31', 'running'],
    ['C9.02: and no longer', 'skills-light-the-way', '2028-01-01', 'ended'],
    ['C10.03: a recruitment drive of 2025', 'hundred-days-posts', '2025-06-20', 'begun, no end is told'],
    ['C10.05: special fairs for areas hit by tariffs', 'tariff-areas-fairs', '2025-06-20', 'begun, no end is told'],
    ['C10.06: the clean-up of the market', 'hr-market-cleanup', '2025-06-20', 'begun, no end is told'],
    ['a market day goes on every week', 'dazhou-market-day', '2024-12-25', 'running'],
    ['an unknown beginning is told as such', 'talent-reform-pilot', '2025-06-20', 'beginning not told'],
  ])('%s', (_, id, on, state) => {
    const activity = get(id)
    expect(activityStateInWords(activity, activityStatus(activity, on)).en).toBe(state)
  })

  it.each([
    ['2024-12-25', '2024-12-26'],
    ['2024-12-26', '2024-12-26'],
    ['2024-12-27', '2025-01-02'],
    ['2023-12-31', '2024-01-04'],
  ])('the market day of Dazhou comes back every Thursday: on %s, next on %s', (on, nextOn) => {
    expect(activityStatus(get('dazhou-market-day'), on).nextOn).toBe(nextOn)
  })
})
