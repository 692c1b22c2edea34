import { describe, expect, it } from 'vitest'
import { decide, findBody } from '../decide.ts'
import type { Decision } from '../decision.ts'
import { exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { endsOf } from '../kernel/columns.ts'
import { compileJavaScript } from '../kernel/javascript.ts'
import { factsOfRow } from '../kernel/row-facts.ts'
import { populate } from '../population.ts'
import type { ResolvedValues } from '../values.ts'
import { createHistogram } from './histogram.ts'
import { type BindKernel, simulate } from './simulate.ts'

const on = '2024-05-01'
const ir = exampleIr('club-membership.ts')
const body = findBody(ir.bodies, on) ?? expect.unreachable()
const bind: BindKernel = (plan, facts, outcomes) => compileJavaScript(plan).bind(facts, outcomes)

function withValue(name: string, value: ResolvedValues[string]['value'], values = exampleValues): ResolvedValues {
  const known = values[name] ?? expect.unreachable()
  return { ...values, [name]: { ...known, value } }
}

const dearer = withValue('feeByKind', { adult: 650_00, youth: 150_00, senior: 400_00 })
const population = populate(body, { rows: 3_000, seed: 7, sets: 2 })

describe('two versions of the membership fee over three thousand people', () => {
  const sets = { before: [exampleValues, exampleValues], after: [dearer, withValue('loyaltyRate', 500_000, dearer)] }

  it('counts what deciding each person twice counts', async () => {
    const report = await simulate({
      before: { body, sets: sets.before },
      after: { body, sets: sets.after },
      population,
      bind,
    })
    for (const [group, found] of report.groups.entries()) {
      const rows = [...Array(population.rows).keys()].filter((row) => population.columns['@set']?.[row] === group)
      const decided = rows.map((row) => ({
        before: decideRow(row, sets.before[group] ?? expect.unreachable()),
        after: decideRow(row, sets.after[group] ?? expect.unreachable()),
      }))
      const changes = decided.map(({ before, after }) => (after.amountFen ?? 0) - (before.amountFen ?? 0))
      expect(found).toMatchObject({
        rows: rows.length,
        before: { cost: sumOf(decided.map(({ before }) => before.amountFen ?? 0)) },
        after: { cost: sumOf(decided.map(({ after }) => after.amountFen ?? 0)) },
        winners: {
          rows: changes.filter((change) => change > 0).length,
          sum: sumOf(changes.filter((change) => change > 0)),
        },
        losers: {
          rows: changes.filter((change) => change < 0).length,
          sum: -sumOf(changes.filter((change) => change < 0)),
        },
        unchanged: changes.filter((change) => change === 0).length,
      })
      expect(found.before.granted).toBe(decided.filter(({ before }) => before.outcome === 'granted').length)
    }
    expect(report.all.winners.rows).toBeGreaterThan(0)
    expect(report.all.losers.rows).toBeGreaterThan(0)
    expect(report.all.rows).toBe(population.rows)
    expect(report.all.after.cost - report.all.before.cost).toBe(report.all.winners.sum - report.all.losers.sum)
    expect(report.changes.bins.reduce((rows, bin) => rows + bin.rows, 0)).toBe(report.all.rows - report.all.unchanged)
  })

  it('names the person who gains most and the one who loses most, and deciding them again shows it', async () => {
    const plan = (values: ResolvedValues) => ({ body, sets: [values] })
    const report = await simulate({ before: plan(exampleValues), after: plan(dearer), population, bind })
    const { largestGain, largestLoss } = report
    const changeOf = ({ row }: { row: number }) =>
      (decideRow(row, dearer).amountFen ?? 0) - (decideRow(row, exampleValues).amountFen ?? 0)
    expect(changeOf(largestGain ?? expect.unreachable())).toBe(largestGain?.by)
    expect(-changeOf(largestLoss ?? expect.unreachable())).toBe(largestLoss?.by)
  })

  it('follows who goes from one outcome to another when nobody may be suspended and the bodies differ', async () => {
    const foundation = findBody(ir.bodies, '2023-01-01') ?? expect.unreachable()
    const report = await simulate({
      before: { body: foundation, sets: [exampleValues] },
      after: { body, sets: [exampleValues] },
      population,
      bind,
    })
    const [from, to] = [endsOf(foundation), endsOf(body)].map((ends) => ends.map(({ clause }) => clause))
    const flow = (before: string, after: string) =>
      report.flows[from?.indexOf(before) ?? -1]?.[to?.indexOf(after) ?? -1]
    expect(flow('S3', 'S11')).toBe(report.all.noLongerGranted)
    expect(flow('S2', 'S13')).toBe(0)
    expect(report.flows.flat().reduce((sum, rows) => sum + rows, 0)).toBe(population.rows)
    expect(report.all.newlyGranted).toBe(0)
  })

  it('tells how far it is and stops when asked', async () => {
    const plan = { body, sets: [exampleValues] }
    const told: number[] = []
    await simulate({ before: plan, after: plan, population, bind, onProgress: (done) => told.push(done) })
    expect(told.at(-1)).toBe(1)
    const stopped = simulate({ before: plan, after: plan, population, bind, signal: AbortSignal.abort('enough') })
    await expect(stopped).rejects.toBe('enough')
  })

  it.each(['priceFen', 'tier'])('refuses to compare %s, which is no quantity of the policy', async (amount) => {
    const plan = { body, sets: [exampleValues] }
    const wrong = simulate({ before: plan, after: plan, population, bind, amount })
    await expect(wrong).rejects.toThrow(`no result '${amount}' that is a quantity, only feeFen, guestsCounted`)
  })
})

it('every change lies in the bin that says so', () => {
  const edges = [0, 1, 30, 31, 32, 52]
    .flatMap((bit) => [2 ** bit - 1, 2 ** bit, 2 ** bit + 1])
    .filter((size) => size > 0)
  for (const change of edges.flatMap((size) => [size, -size])) {
    const histogram = createHistogram()
    histogram.count(change)
    const [bin, ...others] = histogram.report().bins
    expect(others).toEqual([])
    expect(bin?.rows).toBe(1)
    expect(bin?.from).toBeLessThanOrEqual(change)
    expect(bin?.to).toBeGreaterThanOrEqual(change)
  }
})

function decideRow(row: number, values: ResolvedValues): Decision {
  return decide(ir, factsOfRow(body, population, row), values, on)
}

function sumOf(values: readonly number[]): bigint {
  return values.reduce((sum, value) => sum + BigInt(value), 0n)
}
