import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BadInput, inTransaction, must, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { registersMigrations } from '../tables.ts'
import { importShippedLists } from './all-lists.ts'
import { importListRows } from './list-rows.ts'
import { actuals, listTargets, progressOf } from './targets.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ region: '430000', migrations: [await registersMigrations()] })
  await run(importShippedLists)
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
const report = (row: Record<string, string>) => ({
  place: 'row 1',
  tree: { id: `${row.target}@${row.on}`, region: '430000', source: '示例', on: '2024-12-31', ...row },
})
const importActual = (row: Record<string, string>) => run((work) => importListRows(work, actuals, [report(row)]))

describe('progress against a target (G2.01, G2.02)', () => {
  const held = async (target: string, value: string, whole?: string) => {
    const goals = await run((work) => listTargets(work))
    const goal = must(
      goals.find((each) => each.target.id === target),
      target,
    )
    const row = { id: 'x', region: '430000', source: 's', target, on: '2024-12-31', value, ...(whole && { whole }) }
    return progressOf(goal.target, row)
  }

  it.each([
    ['G2-t1: 5 of 13 prefectures is 38.46 %, at most 40 %', 'pilot-share', '5', '13', 'met', '38.46%', null],
    ['6 of 13 is more than 40 %', 'pilot-share', '6', '13', 'not_met', '46.15%', '0.0615'],
    ['40,001 of 100,000 is told as 40 %, and is more', 'pilot-share', '40001', '100000', 'not_met', '40%', '0'],
    ['2 of 5 is 40 % and no more', 'pilot-share', '2', '5', 'met', '40%', null],
    [
      'G2-t2: 28 brands of about 30 are told, and never failed',
      'hunan-provincial-brands',
      '28',
      undefined,
      'information',
      '28',
      null,
    ],
    [
      'G2-t3: 219,999 trained of 220,000',
      'hunan-training',
      '219999',
      undefined,
      'not_met',
      '219,999 person-times',
      '1',
    ],
    ['220,000 trained of 220,000', 'hunan-training', '220000', undefined, 'met', '220,000 person-times', null],
    [
      'C5-t4: 28,400 return entrepreneurs of 30,000, 1,600 short',
      'hunan-return-training',
      '28400',
      undefined,
      'not_met',
      '28,400 person-times',
      '1600',
    ],
    [
      'C9-t2: 10,000,000 trained in a year',
      'skills-training',
      '10000000',
      undefined,
      'met',
      '10,000,000 person-times',
      null,
    ],
    [
      'C9-t2: 9,999,999 trained in a year',
      'skills-training',
      '9999999',
      undefined,
      'not_met',
      '9,999,999 person-times',
      '1',
    ],
    [
      'C10-t2: 29,990,000 in work, 10,000 short',
      'lifted-out-in-work',
      '29990000',
      undefined,
      'not_met',
      '29,990,000 people',
      '10000',
    ],
    ['six months of lock at most', 'filing-lock', '6', undefined, 'met', '6 months', null],
    ['seven months are one too many', 'filing-lock', '7', undefined, 'not_met', '7 months', '1'],
  ] as const)('%s', async (_, target, value, whole, outcome, shown, missing) => {
    const progress = await held(target, value, whole)
    expect(progress).toMatchObject({ outcome, missing })
    expect(progress.shown.en).toBe(shown)
  })

  it.each([
    ['G2-t2: 93.3 %', 'hunan-provincial-brands', '28', 933_333],
    ['C5-t4: 94.67 %', 'hunan-return-training', '28400', 946_667],
  ])('%s', async (_, target, value, ratioPpm) => {
    expect((await held(target, value)).ratioPpm).toBe(ratioPpm)
  })
})

describe('what was reached', () => {
  it('is reported by day; a correction is another version, and the last day stands first', async () => {
    await importActual({ target: 'hunan-carriers', on: '2024-06-30', value: '3900' })
    await importActual({ target: 'hunan-carriers', on: '2024-12-31', value: '7999' })
    expect(await importActual({ target: 'hunan-carriers', on: '2024-12-31', value: '8000' })).toEqual({
      added: 0,
      changed: 1,
      unchanged: 0,
    })
    const [carriers] = (await run((work) => listTargets(work, { requirement: 'D9.03' }))).filter(
      ({ target }) => target.id === 'hunan-carriers',
    )
    expect(carriers?.actuals.map(({ actual, progress, version }) => [actual.on, progress.outcome, version])).toEqual([
      ['2024-12-31', 'met', 2],
      ['2024-06-30', 'not_met', 1],
    ])
  })

  it.each([
    ['for a region that the target is not of', { target: 'gansu-circle', value: '14' }, 'row 1 · region'],
    ['of an unknown target', { target: 'hunan-moon', value: '1' }, 'row 1 · target'],
    ['a share without its whole', { target: 'pilot-share', value: '5' }, 'row 1 · whole'],
    ['a whole where there is no share', { target: 'hunan-carriers', value: '5', whole: '13' }, 'row 1 · whole'],
    ['no number', { target: 'hunan-carriers', value: 'many' }, 'row 1 · value'],
    ['on no day', { target: 'hunan-carriers', value: '1', on: '2024-02-30' }, 'row 1 · on'],
  ])('refused: %s', async (_, row, path) => {
    const refused = importActual({ id: 'odd-row', ...row })
    await expect(refused).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === path)
  })
})

describe('targets are found from a service', () => {
  it('by its requirement, by its system, and by region with what holds for the nation', async () => {
    const ids = async (query: object) => (await run((work) => listTargets(work, query))).map(({ target }) => target.id)
    expect(await ids({ requirement: 'C5.08' })).toEqual(['hunan-return-training'])
    expect(await ids({ requirement: 'C13' })).toEqual([
      'talent-pilot-items',
      'talent-pilot-units-fewest',
      'talent-pilot-units-most',
      'talent-pilot-years',
    ])
    const ofGansu = await ids({ region: '620000' })
    expect(ofGansu).toContain('gansu-circle')
    expect(ofGansu).toContain('skills-training')
    expect(ofGansu).not.toContain('hunan-carriers')
  })
})
