import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestNode } from '../ground/testing.ts'
import { type EmployerMonth, recordEmployerContributions } from './employer-contributions.ts'
import { employerFacts } from './employer-facts.ts'
import { bySystem, giveEmployer, monthsFrom, peopleNode } from './fixtures.testing.ts'

let node: TestNode
const employerIds: string[] = []
beforeAll(async () => {
  node = await peopleNode()
  for (let count = 0; count < 12; count++) employerIds.push(await giveEmployer(node))
})
afterAll(() => node.close())

const months = monthsFrom('2023-10', 22)
const on = '2025-06-10'
const year = 2024

/** A month as it may be reported; null: not at all. */
const report = fc.option(
  fc.record({
    headcount: fc.constantFrom(0, 1, 7),
    dueFen: fc.constantFrom(0, 500),
    paidFen: fc.constantFrom(0, 499, 500, 501),
    paidDay: fc.constantFrom('-01', '-15', '-28'),
  }),
  { nil: null, freq: 5 },
)

/** Of what an employer reported, the facts by going through its months one by one. */
function factsOneByOne(reported: EmployerMonth[]) {
  const inFull = ({ headcount, dueFen, paidFen, paidOn }: EmployerMonth) =>
    headcount > 0 && paidFen >= dueFen && (paidOn === null || paidOn < on)
  const past = reported.filter(({ month }) => month < on.slice(0, 7))
  let running = 0
  let next = past.at(-1)?.month
  for (const month of past.toReversed()) {
    if (month.month !== next || !inFull(month)) break
    running += 1
    next = months[months.indexOf(month.month) - 1]
  }
  const headcountOf = (month: string) => reported.find((each) => each.month === month)?.headcount ?? null
  const paidInYear = reported.filter(({ paidOn }) => paidOn?.startsWith(String(year)) && paidOn < on)
  return {
    monthsPaidInFull: reported.filter(inFull).length,
    monthsPaidInFullRunning: running,
    paidInYearFen: paidInYear.reduce((sum, { paidFen }) => sum + paidFen, 0),
    headcountYearEnd: headcountOf('2024-12'),
    headcountYearBefore: headcountOf('2023-12'),
    headcountLatest: past.at(-1)?.headcount ?? null,
  }
}

it('for any months reported, the facts of all employers are those of each, counted one by one', {
  timeout: 120_000,
}, async () => {
  const reports = fc.array(fc.array(report, { minLength: months.length, maxLength: months.length }), {
    minLength: employerIds.length,
    maxLength: employerIds.length,
  })
  await fc.assert(
    fc.asyncProperty(reports, async (ofEmployers) => {
      const rows = ofEmployers.map((ofMonths, nth) =>
        ofMonths.flatMap((each, index): EmployerMonth[] => {
          const [employerId, month] = [employerIds[nth] ?? '', months[index] ?? '']
          if (each === null) return []
          const { paidDay, ...said } = each
          const paidOn = said.paidFen === 0 ? null : `${month}${paidDay}`
          return [{ employerId, insurance: 'unemployment', month, ...said, paidOn }]
        }),
      )
      const rolledBack = new Error('the next run begins with nothing recorded')
      const run = bySystem(node, async (work) => {
        await recordEmployerContributions(work, rows.flat())
        for await (const page of employerFacts(work, { insurance: 'unemployment', on, year })) {
          for (const facts of page) {
            expect(facts).toMatchObject(factsOneByOne(rows[employerIds.indexOf(facts.employerId)] ?? []))
          }
        }
        throw rolledBack
      })
      await expect(run).rejects.toBe(rolledBack)
    }),
    { numRuns: 40 },
  )
})
