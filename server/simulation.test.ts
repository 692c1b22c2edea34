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
/** An entry of a table of rates without which some people get less. */
let entry: { name: string; key: string }
beforeAll(async () => {
  for (const rules of await openServiceRules()) {
    for (const each of readCaseTable(rules.folder).filter(({ outcome }) => outcome === 'granted')) {
      const { policy, on, region } = each
      const asked = { policy, on, regions: [region], people: 5_000, seed: 3, changes: [] }
      const found = await findEntry(rules, asked)
      if (found === undefined) continue
      ;[service, granted, question, entry] = [rules, each, asked, found]
      return
    }
  }
  throw new Error('no service has a policy with a total and a table of rates')
})

async function findEntry(rules: ServiceRules, asked: SimulationQuestion): Promise<typeof entry | undefined> {
  const body = rules.rulebook.policies.find(({ ir }) => ir.id === asked.policy)?.ir.bodies.at(-1)
  if (body?.total === undefined) return undefined
  for (const [name, unit] of Object.entries(body.values)) {
    const key = unit.kind === 'keyed' && unit.unit.kind === 'rate' ? unit.by[0] : undefined
    if (key === undefined) continue
    const { comparison } = await simulatePolicy(rules, { ...asked, changes: [{ name, key, value: 0 }] })
    if (comparison.all.losers.rows > 0) return { name, key }
  }
  return undefined
}

describe('trying out a change', () => {
  it('without a change nobody gains or loses', async () => {
    const { comparison } = await simulatePolicy(service, question)
    expect(comparison.all).toMatchObject({ rows: 5_000, unchanged: 5_000, winners: { rows: 0 }, losers: { rows: 0 } })
    expect(comparison.all.before.granted).toBeGreaterThan(0)
  })

  it('with a rate of nothing somebody loses, the two costs differ by what is lost, and the person shown is real to the rule', async () => {
    const answer = await simulatePolicy(service, { ...question, changes: [{ ...entry, value: 0 }] })
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
    expect(lines).toMatch(/改动：.+ \(.+\) [\d.]+% → 0%/)
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
    ['an amount that the policy does not give', { amount: 'nothing' }, 'amount'],
  ])('refuses %s', async (_, wrong, path) => {
    const failed = simulatePolicy(service, { ...question, ...wrong })
    await expect(failed).rejects.toBeInstanceOf(BadInput)
    await expect(failed).rejects.toMatchObject({ problems: [{ path }] })
  })

  it('stops when asked', async () => {
    await expect(simulatePolicy(service, question, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
  })
})
