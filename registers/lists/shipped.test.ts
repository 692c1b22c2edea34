import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { registersMigrations } from '../tables.ts'
import { activities } from './activities.ts'
import { actors } from './actors.ts'
import { importShippedLists } from './all-lists.ts'
import { derivedFigures } from './derived-figures.ts'
import { type Figure, figureInWords, figures } from './figures.ts'
import { currentListRows, type KeptRow } from './list-rows.ts'
import { type Target, targetInWords, targets } from './targets.ts'

let node: TestNode
let rows: Figure[]
let goals: Map<string, Target>
const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
const only = <Row>(kept: ReadonlyArray<{ row: Row }>) => kept.map(({ row }) => row)

beforeAll(async () => {
  node = await testNode({ region: '620000', migrations: [await registersMigrations()] })
  await run(importShippedLists)
  rows = only(await run((work) => currentListRows(work, figures)))
  goals = new Map(only(await run((work) => currentListRows(work, targets))).map((target) => [target.id, target]))
})
afterAll(() => node.close())

const figureOf = (no: number) => rows.find(({ id }) => id === `g4-${String(no).padStart(3, '0')}`)

describe('the shipped figures', () => {
  it('G4.01: all 105 rows, each numbered once, with source and requirement', () => {
    expect(rows.map(({ id }) => id)).toEqual(
      Array.from({ length: 105 }, (_, index) => `g4-${String(index + 1).padStart(3, '0')}`),
    )
    expect(rows.filter(({ requirement, source }) => !requirement || !source)).toEqual([])
  })

  it.each([
    ['B1.10: holders of an e-card', 11, 'B1.10', '10.34亿', '1,034,000,000 people'],
    ['B1.11: national services', 12, 'B1.11', '102项', '102'],
    ['B1.11: local services, more than told', 13, 'B1.11', '1000余项', '> 1,000'],
    ['B1.12: years of growth', 100, 'B1.12', '6年多', '> 6 years'],
    ['B2.07: uses of the integrated platform', 14, 'B2.07', '超888亿人次', '> 88,800,000,000 person-times'],
    ['B3.04: villages', 27, 'B3.04', '1.43万个', '14,300'],
    ['B3.05: matters through village platforms', 28, 'B3.05', '约80万笔', '≈ 800,000'],
    ['B3.08: classes of matters', 29, 'B3.08', '8类', '8'],
    ['B3.08: proofs dropped', 30, 'B3.08', '10余项', '> 10'],
    ['B3.08: time saved', 31, 'B3.08', '10个工作日', '10 working days'],
    ['B3.09: control rules', 32, 'B3.09', '74项', '74'],
    ['B3.13: talks', 33, 'B3.13', '900余次', '> 900'],
    ['B3.13: posters', 34, 'B3.13', '14.5万余套', '> 145,000'],
    ['B3.13: broadcasts', 35, 'B3.13', '200余次', '> 200'],
    ['B4.07: class A outlets', 36, 'B4.07', '9家', '9'],
    ['B4.07: what they offer', 37, 'B4.07', '21类52项', 'classes 21; items 52'],
    ['B4.08: outlets that issue cards at once', 38, 'B4.08', '78家', '78'],
    ['B4.12: card services', 39, 'B4.12', '50余场次', '> 50'],
    ['B4.12: people served', 40, 'B4.12', '22000余人', '> 22,000 people'],
    [
      'C7.02: subsidy for flexible work',
      70,
      'C7.02',
      '2.5万人, 4520万元',
      'people 25,000 people; amount 45,200,000 yuan',
    ],
    ['C7.04: trained in new occupations', 72, 'C7.04', '830人', '830 people'],
    ['C7.05: skilled people of the courier industry', 73, 'C7.05', '320人', '320 people'],
    ['C7.06: unemployment benefits to new-form workers', 68, 'C7.06', '30.7万元', '307,000 yuan'],
    ['C8.10: subsidised training', 6, 'C8.10', '超1800万', '> 18,000,000 person-times'],
    ['C8.10: certificates', 7, 'C8.10', '超1200万', '> 12,000,000 person-times'],
    ['C10.02: saved by the lower rate', 15, 'C10.02', '456亿元', '45,600,000,000 yuan'],
    ['C10.02: job-retention funds', 16, 'C10.02', '35.2亿元', '3,520,000,000 yuan'],
    ['C10.02: enterprise-times', 17, 'C10.02', '58.8万户次', '588,000 enterprise-times'],
    ['C10.02: employment subsidies', 18, 'C10.02', '238亿元', '23,800,000,000 yuan'],
    ['C10.02: special loans', 19, 'C10.02', '1563亿元', '156,300,000,000 yuan'],
    ['C10.03: measures for the young', 20, 'C10.03', '17条', '17'],
    ['C10.03: posts in graduate activities', 21, 'C10.03', '超千万个', '> 10,000,000'],
    ['C12.08: skilled workers with titles', 53, 'C12.08', '3348名', '3,348 people'],
    ['C12.08: highly skilled workers', 54, 'C12.08', '117.29万人', '1,172,900 people'],
    ['C12.09: revised standards', 55, 'C12.09', '25个系列56个专业', 'series 25; professions 56'],
    ['A1.19: insured for work injury', 1, 'A1.19', '3.02亿', '302,000,000 people'],
    ['nearly a year is not a year', 98, 'A1.21', '将近一年', 'nearly 1 years'],
  ])('%s', (_, no, requirement, printed, shown) => {
    const figure = figureOf(no)
    expect(figure).toMatchObject({ requirement, printed })
    expect(figure && figureInWords(figure).en).toBe(shown)
  })

  it('the plain numbers are those that the printed words say', () => {
    const inDigits = rows.filter(({ printed }) => /\d/.test(printed) && !/“|章54/.test(printed))
    const wrong = inDigits.filter(({ printed, numbers }) => {
      const read = numbersIn(printed)
      return read.join() !== numbers.map(({ value }) => Number(value)).join()
    })
    expect(inDigits.length).toBeGreaterThan(90)
    expect(wrong.map(({ id, printed, numbers }) => [id, printed, numbers.map(({ value }) => value)])).toEqual([])
  })

  it('a number printed with 超, 余, 多, 约 or 近 is never held as exact (G4-t3)', () => {
    const marked = (printed: string) => (printed.match(/超|余|多|以上|约|将近|长达/g) ?? []).length
    const lost = rows.filter(({ printed, numbers }) => {
      const inexact = numbers.filter(({ qualifier }) => qualifier !== 'exact').length
      return inexact > 0 !== marked(printed) > 0
    })
    expect(lost.map(({ id }) => id)).toEqual([])
  })

  it('G4-t3: a row with 余 or 超 is shown as more than n, in both languages', () => {
    expect(rows.filter(({ numbers }) => numbers.some(({ qualifier }) => qualifier === 'over')).length).toBeGreaterThan(
      20,
    )
    expect(figureInWords({ numbers: [{ qualifier: 'over', value: '1000', unit: 'count' }] })).toEqual({
      zh: '超1,000',
      en: '> 1,000',
    })
  })
})

/** The numbers that a printed text says, in its order. */
function numbersIn(printed: string): number[] {
  const factors: Record<string, number> = { 万: 10_000, 亿: 100_000_000, '%': 0.01 }
  return [...printed.matchAll(/([\d.]+)[余多]?\s*(万|亿|%)?/g)].map(([, digits, unit]) =>
    Number((Number(digits) * (factors[unit ?? ''] ?? 1)).toFixed(4)),
  )
}

describe('derived figures (G4.02)', () => {
  const derived = (id: string) => derivedFigures(rows).find((each) => each.id === id)?.shown.en

  it.each([
    ['G4-t1, C7-t3: 45,200,000 yuan for 25,000 people', 'zigong-subsidy-average', '1,808 yuan'],
    ['G4-t2: 2,305 of 2,316 employers', 'hunan-enterprises-started', '99.53%'],
    ['C10-t1: 3,520,000,000 yuan for 588,000 enterprise-times', 'retention-fund-average', '5,986.39 yuan'],
  ])('%s', (_, id, shown) => {
    expect(derived(id)).toBe(shown)
  })

  it('G4.02: they are calculated, and stand in no row', async () => {
    const kept = await run((work) => currentListRows(work, figures))
    const stored = JSON.stringify(kept)
    expect(derivedFigures(rows).length).toBe(6)
    expect(stored).not.toContain('5986.39')
    expect(stored).not.toContain('1808')
  })

  it('nothing follows from a number that is only "more than"', () => {
    const inexact = rows.map((figure) =>
      figure.id === 'g4-017'
        ? { ...figure, numbers: figure.numbers.map((number) => ({ ...number, qualifier: 'over' as const })) }
        : figure,
    )
    expect(derivedFigures(inexact).map(({ id }) => id)).not.toContain('retention-fund-average')
  })
})

describe('the shipped targets (G2.03)', () => {
  it.each([
    ['A1.03', 'pilot-share', '≤ 40%'],
    ['A1.13', 'filing-lock', '≤ 6 months'],
    ['B3.01', 'anhui-radius', '≤ 5 km'],
    ['C5.08: return entrepreneurs trained each year', 'hunan-return-training', '≥ 30,000 person-times'],
    ['C9.02: subsidised training in each of three years', 'skills-training', '≥ 10,000,000 person-times'],
    ['C10.04: people lifted out of poverty in work', 'lifted-out-in-work', '≥ 30,000,000 people'],
    ['C13.02: the items of the notice', 'talent-pilot-items', '≤ 24'],
    ['D9.05', 'hunan-provincial-brands', '≈ 30'],
    ['D10.06', 'hunan-training', '≥ 220,000 person-times'],
    ['D9.09', 'hunan-circle-urban', '≤ 15 minutes'],
  ])('%s', (_, id, shown) => {
    const target = goals.get(id)
    expect(target && targetInWords(target).en).toBe(shown)
  })

  it('every target of the texts is there, with a comparison, a period and a source', () => {
    expect(goals.size).toBe(27)
    expect([...goals.values()].every(({ source, period, comparison }) => source && period.zh && comparison)).toBe(true)
  })
})

describe('the shipped calendar, actors and toolbox', () => {
  it('G3.01: every activity of the texts', async () => {
    expect((await run((work) => currentListRows(work, activities))).length).toBe(18)
  })

  const actorsOf = (kept: ReadonlyArray<KeptRow<{ id: string; region: string; source: string; kind: string }>>) =>
    Map.groupBy(only(kept), ({ kind }) => kind)

  it.each([
    ['G6.01: persons', 'person', 23],
    ['G6.02: organisations', 'organisation', 23],
    ['G6.03: staff', 'staff', 17],
    ['G6.04: authorities', 'authority', 29],
    ['G6.05: national channels', 'national_channel', 5],
    ['G6.06: local channels', 'local_channel', 15],
    ['G6.07: channels in the field', 'field_channel', 8],
  ])('%s', async (_, kind, count) => {
    const kept = await run((work) => currentListRows(work, actors))
    expect(actorsOf(kept).get(kind)?.length).toBe(count)
  })

  it('importing the shipped files again changes nothing', async () => {
    const again = await run(importShippedLists)
    expect([...again.values()].every(({ added, changed }) => added === 0 && changed === 0)).toBe(true)
  })

  it('the files hold nothing that is not imported', () => {
    const file = readFileSync(new URL('shipped/figures.yaml', import.meta.url), 'utf8')
    expect(file.match(/- id:/g)?.length).toBe(rows.length)
  })
})
