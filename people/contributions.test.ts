import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { employerCorrections, personCorrections } from './contribution-corrections.ts'
import { type EmployerMonth, recordEmployerContributions } from './employer-contributions.ts'
import { bySystem, giveEmployer, givePerson, monthsFrom, nobody, peopleNode, staff } from './fixtures.testing.ts'
import {
  contributedMonths,
  contributionsOf,
  type PersonMonth,
  recordPersonContributions,
} from './person-contributions.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

const employerMonth = (employerId: string, change: Partial<EmployerMonth> = {}): EmployerMonth => ({
  employerId,
  insurance: 'unemployment',
  month: '2025-01',
  headcount: 5,
  dueFen: 50_000,
  paidFen: 50_000,
  paidOn: '2025-01-20',
  ...change,
})
const personMonth = (personId: string, change: Partial<PersonMonth> = {}): PersonMonth => ({
  personId,
  insurance: 'unemployment',
  month: '2025-01',
  employerId: null,
  baseFen: 400_000,
  paidOn: '2025-01-20',
  ...change,
})

describe('months of employers', () => {
  it('the same report again changes nothing; another one takes its place, and what stood is kept', async () => {
    const employerId = await giveEmployer(node)
    const record = (change: Partial<EmployerMonth> = {}) =>
      bySystem(node, (work) => recordEmployerContributions(work, [employerMonth(employerId, change)]))
    expect(await record()).toEqual({ written: 1, unchanged: 0 })
    expect(await record()).toEqual({ written: 0, unchanged: 1 })
    expect(await record({ paidFen: 40_000 })).toEqual({ written: 1, unchanged: 0 })
    const kept = await inTransaction(node, staff('320100', 'audit'), (work) => employerCorrections(work, employerId))
    expect(kept).toMatchObject([{ month: '2025-01', before: { paidFen: 50_000, paidOn: '2025-01-20' } }])
    const elsewhere = await inTransaction(node, staff('320500', 'audit'), (work) =>
      employerCorrections(work, employerId),
    )
    expect(elsewhere).toEqual([])
  })

  it.each([
    ['a negative amount', { dueFen: -1 }, 'rows[1].dueFen'],
    ['half a fen', { paidFen: 0.5 }, 'rows[1].paidFen'],
    ['money without its day', { paidOn: null }, 'rows[1].paidOn'],
    ['a day without money', { paidFen: 0 }, 'rows[1].paidOn'],
    ['a month that does not exist', { month: '2025-13' }, 'rows[1].month'],
    ['the month of the row before', { month: '2025-01' }, 'rows[1]'],
  ])('%s is bad input where it stands, and nothing is recorded', async (_, change, path) => {
    const employerId = await giveEmployer(node)
    const rows = [employerMonth(employerId), employerMonth(employerId, { month: '2025-02', ...change })]
    const recorded = bySystem(node, (work) => recordEmployerContributions(work, rows))
    await expect(recorded).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === path)
    expect(await bySystem(node, (work) => recordEmployerContributions(work, rows.slice(0, 1)))).toMatchObject({
      written: 1,
    })
  })

  it('of an unknown employer, and by another agency, they are refused', async () => {
    const unknown = bySystem(node, (work) => recordEmployerContributions(work, [employerMonth(nobody)]))
    await expect(unknown).rejects.toMatchObject({ code: 'employer_unknown' })
    const employerId = await giveEmployer(node, '320500')
    const foreign = inTransaction(node, staff('320100'), (work) =>
      recordEmployerContributions(work, [employerMonth(employerId)]),
    )
    await expect(foreign).rejects.toMatchObject({ code: 'outside_own_agency' })
  })

  it('raw SQL: rows are not removed, and what stood is neither written nor changed', async () => {
    const employerId = await giveEmployer(node)
    await bySystem(node, (work) => recordEmployerContributions(work, [employerMonth(employerId)]))
    for (const statement of [
      sql`DELETE FROM people.employer_contribution`,
      sql`UPDATE people.employer_contribution SET month = '2020-01-01'`,
      sql`DELETE FROM people.contribution_correction`,
      sql`INSERT INTO people.contribution_correction (agency, insurance, month, before, corrected_at)
        VALUES ('320100', 'pension', '2025-01-01', '{}', now())`,
    ]) {
      await expect(bySystem(node, (work) => statement.execute(work.db))).rejects.toThrow('permission denied')
    }
  })
})

describe('months of a person', () => {
  const paid = async (personId: string, before = '2026-01-01') =>
    bySystem(node, (work) => contributedMonths(work, personId, { insurance: 'unemployment', before }, 'test'))

  it.each([
    ['exactly a year (C3-t2)', monthsFrom('2024-01', 12), { months: 12, running: 12 }],
    ['a month less', monthsFrom('2024-01', 11), { months: 11, running: 11 }],
    ['across a gap', [...monthsFrom('2023-01', 10), ...monthsFrom('2024-03', 2)], { months: 12, running: 2 }],
    ['over the turn of the year', monthsFrom('2023-11', 4), { months: 4, running: 4 }],
    ['none', [], { months: 0, running: 0, first: null, last: null }],
  ])('%s', async (_, months, expected) => {
    const personId = await givePerson(node)
    await bySystem(node, (work) =>
      recordPersonContributions(
        work,
        months.map((month) => personMonth(personId, { month, paidOn: `${month}-20` })),
      ),
    )
    expect(await paid(personId)).toMatchObject(expected)
  })

  it('a month counts once however many employers paid it, and only when it was paid before the day', async () => {
    const [one, other, personId] = [await giveEmployer(node), await giveEmployer(node), await givePerson(node)]
    await bySystem(node, (work) =>
      recordPersonContributions(work, [
        personMonth(personId, { employerId: one }),
        personMonth(personId, { employerId: other }),
        personMonth(personId),
        personMonth(personId, { month: '2025-02', paidOn: null }),
        personMonth(personId, { month: '2025-03', paidOn: '2025-04-01' }),
      ]),
    )
    expect(await paid(personId, '2025-04-01')).toEqual({ months: 1, running: 1, first: '2025-01', last: '2025-01' })
    expect(await paid(personId, '2025-04-02')).toMatchObject({ months: 2, running: 1, last: '2025-03' })
  })

  it('are seen by the person, the responsible agency, and by an employer only where it paid; every look is logged', async () => {
    const [employerId, personId] = [await giveEmployer(node, '320500'), await givePerson(node, { agency: '320100' })]
    await bySystem(node, (work) =>
      recordPersonContributions(work, [
        personMonth(personId, { employerId }),
        personMonth(personId, { month: '2025-02' }),
      ]),
    )
    const seen = async (actor: Parameters<typeof inTransaction>[1]) =>
      (
        await inTransaction(node, actor, (work) =>
          contributionsOf(work, personId, { insurance: 'unemployment' }, 'case 7'),
        )
      ).map(({ month }) => month)
    const officer = { kind: 'employer', userId: nobody, assignmentId: nobody, role: 'employer_officer' } as const
    expect(await seen({ kind: 'person', userId: nobody, personId })).toEqual(['2025-01', '2025-02'])
    expect(await seen(staff('320100', 'review'))).toEqual(['2025-01', '2025-02'])
    expect(await seen(staff('320500'))).toEqual(['2025-01'])
    expect(await seen(staff('320600'))).toEqual([])
    expect(await seen({ ...officer, employerId })).toEqual(['2025-01'])
    expect(await seen({ ...officer, employerId: nobody })).toEqual([])
    const log = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(log.map(({ action }) => action)).toContain('record_contributions')
    expect(log.find(({ role }) => role === 'review')).toMatchObject({
      action: 'read_contributions',
      purpose: 'case 7',
    })
  })

  it('what a month said before it was corrected is kept, and whoever reads it is in the log', async () => {
    const personId = await givePerson(node)
    for (const baseFen of [400_000, 450_000]) {
      await bySystem(node, (work) => recordPersonContributions(work, [personMonth(personId, { baseFen })]))
    }
    const self = { kind: 'person', userId: nobody, personId } as const
    const kept = await inTransaction(node, self, (work) => personCorrections(work, personId, 'mine'))
    expect(kept).toMatchObject([{ month: '2025-01', before: { baseFen: 400_000, paidOn: '2025-01-20' } }])
    const [last] = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(last).toMatchObject({ action: 'read_contributions', purpose: 'mine' })
  })

  it('of somebody whom the agency does not see, they are refused; a look without a reason too', async () => {
    const personId = await givePerson(node, { agency: '320100' })
    const foreign = inTransaction(node, staff('320500'), (work) =>
      recordPersonContributions(work, [personMonth(personId)]),
    )
    await expect(foreign).rejects.toMatchObject({ code: 'person_unknown' })
    const unexplained = bySystem(node, (work) => contributionsOf(work, personId, { insurance: 'pension' }, ''))
    await expect(unexplained).rejects.toBeInstanceOf(BadInput)
  })
})
