import { beforeAll, describe, expect, it } from 'vitest'
import { BadInput, must } from '../ground/door.ts'
import { readCaseTable, type TableCase } from './case-table.ts'
import { simulationJson, simulationLines } from './command/simulation-lines.ts'
import { openServiceRules, type ServiceRules } from './services.ts'
import { type SimulationQuestion, simulatePolicy } from './simulation.ts'

/** Trying out a change on synthetic people, on whatever service has a policy with a total and a value that is an amount or a rate. */

let service: ServiceRules
let granted: TableCase
let question: SimulationQuestion
beforeAll(async () => {
  const found = await Promise.all(
    (await openServiceRules()).map(async (rules) => ({ rules, cases: readCaseTable(rules.folder) })),
  )
  const withTotal = found.flatMap(({ rules, cases }) =>
    cases
      .filter((each) => each.outcome === 'granted' && findAmountTable(rules, each.policy) !== undefined)
      .map((each) => ({ rules, each })),
  )
  const first = must(withTotal[0], 'a policy with a total and a table of rates')
  service = first.rules
  granted = first.each
  const { policy, on, region } = granted
  question = { policy, on, regions: [region], people: 5_000, seed: 3, changes: [] }
})

/** The name and first key of a value that is a table of rates. */
function findAmountTable({ rulebook }: ServiceRules, policy: string) {
  const body = rulebook.policies.find(({ ir }) => ir.id === policy)?.ir.bodies.at(-1)
  if (body?.total === undefined) return undefined
  const [name, unit] =
    Object.entries(body.values).find(([, each]) => each.kind === 'keyed' && each.unit.kind === 'rate') ?? []
  return name !== undefined && unit?.kind === 'keyed' ? { name, key: must(unit.by[0], 'a key') } : undefined
}

describe('trying out a change', () => {
  it('without a change nobody gains or loses', async () => {
    const { comparison } = await simulatePolicy(service, question)
    expect(comparison.all).toMatchObject({ rows: 5_000, unchanged: 5_000, winners: { rows: 0 }, losers: { rows: 0 } })
    expect(comparison.all.before.granted).toBeGreaterThan(0)
  })

  it('with a rate of nothing somebody loses, the two costs differ by what is lost, and the person shown is real to the rule', async () => {
    const table = must(findAmountTable(service, granted.policy), 'a table of rates')
    const answer = await simulatePolicy(service, { ...question, changes: [{ ...table, value: 0 }] })
    const { all } = answer.comparison
    expect(all.losers.rows).toBeGreaterThan(0)
    expect(all.before.cost - all.after.cost).toBe(all.losers.sum - all.winners.sum)
    const loser = must(answer.loses, 'the one who loses most')
    const ruling = service.rulebook.decideAsShipped({
      ...{ policy: granted.policy, on: granted.on, insuredRegion: granted.region, facts: loser.facts, strict: true },
    })
    expect(ruling.decision.outcome).toBe('granted')
    const lines = simulationLines(service, question, answer, 'zh').join('\n')
    expect(lines).not.toMatch(/undefined|NaN|\[object/)
    const told = JSON.parse(simulationJson(question, answer))
    expect(told.comparison.all.losers.sum).toBe(String(all.losers.sum))
  })

  it('the same seed makes the same people', async () => {
    const [one, other] = [await simulatePolicy(service, question), await simulatePolicy(service, question)]
    expect(one.comparison).toEqual(other.comparison)
    const others = await simulatePolicy(service, { ...question, seed: 4 })
    expect(others.comparison.all.before).not.toEqual(one.comparison.all.before)
  })

  it('compares with another version of the rule', async () => {
    const shipped = must(
      service.rulebook.policies.find(({ ir }) => ir.id === granted.policy),
      'the policy',
    ).ir
    const body = must(shipped.bodies.at(-1), 'a body')
    const closed = { do: 'refuse', reason: 'closed', clause: 'X', at: body.at } as const
    const rule = { ...shipped, bodies: [{ ...body, block: [closed] }] }
    const { comparison } = await simulatePolicy(service, { ...question, rule })
    expect(comparison.all.after).toMatchObject({ cost: 0n, granted: 0 })
    expect(comparison.all.noLongerGranted).toBe(comparison.all.before.granted)
  })

  it.each([
    ['a value that the policy does not have', { changes: [{ name: 'nothing', value: 1 }] }, 'set'],
    ['more people than fit', { people: 1e9 }, 'people'],
    ['a day without a rule', { on: '1990-01-01' }, 'on'],
  ])('refuses %s', async (_, wrong, path) => {
    const failed = simulatePolicy(service, { ...question, ...wrong })
    await expect(failed).rejects.toBeInstanceOf(BadInput)
    await expect(failed).rejects.toMatchObject({ problems: [{ path }] })
  })

  it('stops when asked', async () => {
    await expect(simulatePolicy(service, question, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
  })
})
