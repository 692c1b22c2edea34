import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { prefecturesOf, regionsUnder } from '../law/door.ts'
import { isPilotArea, listPilotAreas, selectPilotAreas } from './pilot-areas.ts'
import { registersMigrations } from './tables.ts'

const shareMaxPpm = 400_000
let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
const choose = (province: string, prefectures: string[], change: object = {}) =>
  run((work) =>
    selectPilotAreas(work, { province, prefectures, goLiveOn: '2024-04-01', source: 'A1.03', shareMaxPpm, ...change }),
  )
const firstOf = (province: string, count: number) =>
  prefecturesOf(province)
    .slice(0, count)
    .map(({ code }) => code)

describe('no more than 40 % of a province’s own prefectures (A1.03)', () => {
  it('A1-t6: of 13 prefectures six are refused, five accepted', async () => {
    await expect(choose('320000', firstOf('320000', 6))).rejects.toMatchObject({
      code: 'pilot_share_exceeded',
      clause: 'A1.03',
      params: { pickedCount: 6, ownCount: 13, allowedCount: 5 },
    })
    expect(await run((work) => listPilotAreas(work, '320000'))).toEqual([])
    expect(await choose('320000', firstOf('320000', 5))).toHaveLength(5)
  })

  it('counts those that are in it already, and those once', async () => {
    const five = firstOf('620000', 5)
    expect(await choose('620000', five.slice(0, 3))).toHaveLength(3)
    expect(await choose('620000', [...five, ...five])).toHaveLength(2)
    expect(await choose('620000', five)).toEqual([])
    await expect(choose('620000', firstOf('620000', 6))).rejects.toMatchObject({ params: { pickedCount: 6 } })
  })

  it('has no ceiling where none is in force', async () => {
    const all = firstOf('340000', 16)
    expect(await choose('340000', all, { shareMaxPpm: null })).toHaveLength(16)
  })

  it('takes the districts of a municipality for its prefectures', async () => {
    const districts = regionsUnder('310000').map(({ code }) => code)
    expect(districts).toHaveLength(16)
    await expect(choose('310000', districts.slice(0, 7))).rejects.toMatchObject({ code: 'pilot_share_exceeded' })
    expect(await choose('310000', districts.slice(0, 6))).toHaveLength(6)
  })

  it('cannot be counted for XPCC, whose divisions have no code', async () => {
    await expect(choose('660000', ['659001'])).rejects.toMatchObject({ code: 'pilot_base_unknown' })
  })

  it('refuses a prefecture of another province, and a county', async () => {
    await expect(choose('330000', ['330100', '320100', '330102'])).rejects.toMatchObject({
      problems: [{ path: 'prefectures[1]' }, { path: 'prefectures[2]' }],
    })
  })
})

describe('a place takes part from the day its prefecture goes live', () => {
  beforeAll(() => choose('650000', ['650100']))

  it.each([
    ['the day before', '650100', '2024-03-31', false],
    ['the first day', '650100', '2024-04-01', true],
    ['a district of it', '650102', '2024-04-01', true],
    ['another prefecture', '652300', '2024-04-01', false],
    ['the province as such', '650000', '2024-04-01', false],
  ])('%s', async (_, region, on, expected) => {
    expect(await run((work) => isPilotArea(work, region, on))).toBe(expected)
  })

  it('and stays on the list', async () => {
    for (const statement of [
      'DELETE FROM registers.pilot_area',
      "UPDATE registers.pilot_area SET go_live_on = '2020-01-01'",
    ]) {
      await expect(run((work) => sql.raw(statement).execute(work.db))).rejects.toThrow(/permission denied/)
    }
  })
})
