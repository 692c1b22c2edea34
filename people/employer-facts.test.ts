import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { type EmployerMonth, employerContributions, recordEmployerContributions } from './employer-contributions.ts'
import { type EmployerFacts, employerFacts, getEmployerFacts, layoffRatePpm } from './employer-facts.ts'
import { recordEmployerProfile } from './employer-profile.ts'
import { beginEmployment, endEmployment } from './employment.ts'
import { bySystem, giveEmployer, givePerson, monthsFrom, nobody, peopleNode, staff } from './fixtures.testing.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

const query = { insurance: 'unemployment', on: '2025-07-01', year: 2024 } as const

/** Months of 20 people and 1,000 yuan, paid on the 15th of the month. */
function paidMonths(employerId: string, from: string, count: number, change: Partial<EmployerMonth> = {}) {
  return monthsFrom(from, count).map((month) => ({
    employerId,
    insurance: 'unemployment' as const,
    month,
    headcount: 20,
    dueFen: 100_000,
    paidFen: 100_000,
    paidOn: `${month}-15`,
    ...change,
  }))
}

async function factsAfter(
  rows: (employerId: string) => EmployerMonth[],
  on: string = query.on,
): Promise<EmployerFacts> {
  const employerId = await giveEmployer(node)
  await bySystem(node, (work) => recordEmployerContributions(work, rows(employerId)))
  return bySystem(node, (work) => getEmployerFacts(work, employerId, { ...query, on }))
}

describe('months paid in full (C2.02)', () => {
  it.each([
    ['eleven', 11],
    ['twelve', 12],
  ])('%s months', async (_, count) => {
    const facts = await factsAfter((id) => paidMonths(id, '2024-07', count))
    expect(facts).toMatchObject({ monthsPaidInFull: count, monthsPaidInFullRunning: count })
  })

  it.each([
    ['a fen less than due is not in full', { paidFen: 99_999 }, 11],
    ['a fen more is', { paidFen: 100_001 }, 12],
    ['nothing paid is not', { paidFen: 0, paidOn: null }, 11],
    ['nothing due and nothing paid for people insured is', { dueFen: 0, paidFen: 0, paidOn: null }, 12],
    ['a month with nobody insured is no month', { headcount: 0 }, 11],
    ['paid the day before is', { paidOn: '2025-06-30' }, 12],
    ['paid on the day itself is not', { paidOn: '2025-07-01' }, 11],
  ])('%s', async (_, change, monthsPaidInFull) => {
    const facts = await factsAfter((id) => [...paidMonths(id, '2024-07', 11), ...paidMonths(id, '2025-06', 1, change)])
    expect(facts.monthsPaidInFull).toBe(monthsPaidInFull)
  })

  it.each([
    ['a month that is missing', () => [], 5],
    ['a month that is short', (id: string) => paidMonths(id, '2025-01', 1, { paidFen: 1 }), 5],
    ['no break', (id: string) => paidMonths(id, '2025-01', 1), 12],
  ])('the unbroken run begins after %s', async (_, january, running) => {
    const facts = await factsAfter((id) => [
      ...paidMonths(id, '2024-07', 6),
      ...january(id),
      ...paidMonths(id, '2025-02', 5),
    ])
    expect(facts.monthsPaidInFullRunning).toBe(running)
  })

  it('a last month that is short ends the run, and later months do not count into it', async () => {
    const facts = await factsAfter((id) => [
      ...paidMonths(id, '2024-07', 11),
      ...paidMonths(id, '2025-06', 1, { paidFen: 0, paidOn: null }),
    ])
    expect(facts).toMatchObject({ monthsPaidInFull: 11, monthsPaidInFullRunning: 0 })
    const ahead = await factsAfter((id) => paidMonths(id, '2025-05', 4, { paidOn: '2025-05-15' }))
    expect(ahead).toMatchObject({ monthsPaidInFull: 4, monthsPaidInFullRunning: 2 })
  })

  it('nothing recorded is nothing', async () => {
    expect(await factsAfter(() => [])).toMatchObject({
      entityKind: null,
      sizeClass: null,
      monthsPaidInFull: 0,
      monthsPaidInFullRunning: 0,
      paidInYearFen: 0,
      headcountYearEnd: null,
      headcountYearBefore: null,
      headcountLatest: null,
      layoffs: 0,
      layoffRatePpm: 0,
    })
  })
})

describe('what was really paid in a calendar year (C2.04)', () => {
  it.each([
    ['2023-12-31', 0],
    ['2024-01-01', 100_000],
    ['2024-12-31', 100_000],
    ['2025-01-01', 0],
  ])('counts by the day on which it came, for whatever month: %s', async (paidOn, paidInYearFen) => {
    expect((await factsAfter((id) => paidMonths(id, '2023-12', 1, { paidOn }))).paidInYearFen).toBe(paidInYearFen)
  })

  it('not what came on the day asked about or later, and of no other insurance', async () => {
    const facts = await factsAfter(
      (id) => [
        ...paidMonths(id, '2024-05', 2, { paidOn: '2024-06-01' }),
        ...paidMonths(id, '2024-03', 1, { insurance: 'pension' }),
        ...paidMonths(id, '2024-04', 1),
      ],
      '2024-06-01',
    )
    expect(facts).toMatchObject({ paidInYearFen: 100_000, monthsPaidInFull: 1, headcountLatest: 20 })
  })
})

describe('head counts', () => {
  it('at the end of the year, of the year before, and in the last month', async () => {
    const facts = await factsAfter((id) => [
      ...paidMonths(id, '2023-12', 1, { headcount: 31 }),
      ...paidMonths(id, '2024-12', 1, { headcount: 30 }),
      ...paidMonths(id, '2025-06', 1, { headcount: 29 }),
      ...paidMonths(id, '2025-07', 1, { headcount: 28 }),
    ])
    expect(facts).toMatchObject({ headcountYearBefore: 31, headcountYearEnd: 30, headcountLatest: 29 })
  })

  it('month by month', async () => {
    const employerId = await giveEmployer(node)
    await bySystem(node, (work) => recordEmployerContributions(work, paidMonths(employerId, '2024-01', 5)))
    const months = await bySystem(node, (work) =>
      employerContributions(work, employerId, { insurance: 'unemployment', from: '2024-02', to: '2024-04' }),
    )
    expect(months.map(({ month, headcount }) => [month, headcount])).toEqual([
      ['2024-02', 20],
      ['2024-03', 20],
      ['2024-04', 20],
    ])
  })
})

describe('the layoff rate (C1.04; the formula is C1-o2, assumed)', () => {
  it.each([
    [0, 0, 0],
    [0, null, 0],
    [1, 20, 50_000],
    [11, 200, 55_000],
    [1, 18, 55_556],
    [1, 3, 333_334],
    [20, 20, 1_000_000],
    [30, 20, 1_000_000],
    [1, 0, 1_000_000],
    [1, null, 1_000_000],
  ])('%s layoffs of %s people are %s parts per million, rounded up', (layoffs, before, expected) => {
    expect(layoffRatePpm(layoffs, before)).toBe(expected)
  })

  it.each([
    ['economic_layoff', '2024-01-01', 1],
    ['dismissed', '2024-12-31', 1],
    ['mutual_by_employer', '2024-06-30', 1],
    ['economic_layoff', '2023-12-31', 0],
    ['economic_layoff', '2025-01-01', 0],
    ['resigned', '2024-06-30', 0],
    ['retired', '2024-06-30', 0],
    ['dismissed_for_fault', '2024-06-30', 0],
    ['contract_expired', '2024-06-30', 0],
  ])('an employment that ends by %s on %s counts %s', async (reason, to, layoffs) => {
    const employerId = await giveEmployer(node)
    const personId = await givePerson(node)
    const facts = await bySystem(node, async (work) => {
      await recordEmployerContributions(work, paidMonths(employerId, '2023-12', 1))
      const employmentId = await beginEmployment(work, { personId, employerId, from: '2020-01-01' })
      await endEmployment(work, { employmentId, to, reason })
      return getEmployerFacts(work, employerId, query)
    })
    expect(facts).toMatchObject({ layoffs, layoffRatePpm: layoffs * 50_000 })
  })
})

describe('what an employer is', () => {
  it.each([
    ['2023-12-31', null, null],
    ['2024-01-01', 'enterprise', 'small'],
    ['2024-12-31', 'enterprise', 'small'],
    ['2025-01-01', 'enterprise', 'medium'],
  ])('on %s', async (on, entityKind, sizeClass) => {
    const employerId = await giveEmployer(node)
    const source = '试样年报'
    const facts = await bySystem(node, async (work) => {
      await recordEmployerProfile(work, employerId, {
        ...{ entityKind: 'enterprise', sizeClass: 'small' },
        ...{ from: '2024-01-01', source },
      })
      await recordEmployerProfile(work, employerId, {
        ...{ entityKind: 'enterprise', sizeClass: 'medium' },
        ...{ from: '2025-01-01', source },
      })
      return getEmployerFacts(work, employerId, { ...query, on })
    })
    expect(facts).toMatchObject({ entityKind, sizeClass })
  })
})

describe('a whole population', () => {
  it('says of everybody what is said of each alone, and goes on where it stopped', async () => {
    const all = await bySystem(node, async (work) => {
      const found: EmployerFacts[] = []
      for await (const page of employerFacts(work, query)) found.push(...page)
      return found
    })
    expect(all.length).toBeGreaterThan(20)
    for (const facts of all) {
      expect(await bySystem(node, (work) => getEmployerFacts(work, facts.employerId, query))).toEqual(facts)
    }
    const third = all[2]?.employerId ?? ''
    const rest = await bySystem(node, async (work) => {
      const found: EmployerFacts[] = []
      for await (const page of employerFacts(work, { ...query, after: third })) found.push(...page)
      return found
    })
    expect(rest).toEqual(all.slice(3))
  })

  it('an agency sees its own contributions, an employer its own; to others it says nothing, not that there are none', async () => {
    const employerId = await giveEmployer(node, '320500')
    await bySystem(node, (work) => recordEmployerContributions(work, paidMonths(employerId, '2024-01', 3)))
    const months = async (actor: Parameters<typeof inTransaction>[1]) =>
      (await inTransaction(node, actor, (work) => getEmployerFacts(work, employerId, query))).monthsPaidInFull
    const officer = { kind: 'employer', userId: nobody, assignmentId: nobody, role: 'employer_officer' } as const
    expect(await months(staff('320500'))).toBe(3)
    expect(await months(staff('320000'))).toBe(3)
    expect(await months({ ...officer, employerId })).toBe(3)
    const unknown = { code: 'employer_unknown' }
    await expect(months(staff('320100'))).rejects.toMatchObject(unknown)
    await expect(months({ ...officer, employerId: nobody })).rejects.toMatchObject(unknown)
    await expect(months({ kind: 'person', userId: nobody, personId: nobody })).rejects.toMatchObject(unknown)
    const pages = await inTransaction(node, staff('320500'), async (work) => {
      const found: string[] = []
      for await (const page of employerFacts(work, query)) found.push(...page.map((facts) => facts.agency))
      return found
    })
    expect(new Set(pages)).toEqual(new Set(['320500']))
  })
})
