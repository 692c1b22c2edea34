import { beforeAll, describe, expect, it } from 'vitest'
import { moneyPoliciesJson, moneyPoliciesLines, simulateAll } from './command/simulate-all.ts'
import { type MoneyPoliciesRun, runMoneyPolicies } from './money-policies.ts'
import { openServiceRules, type ServiceRules } from './services.ts'

const question = { on: '2025-07-01', people: 2_000, seed: 5 }
let services: ServiceRules[]
let run: MoneyPoliciesRun
beforeAll(async () => {
  services = await openServiceRules()
  run = await runMoneyPolicies(services, question)
})

describe('a run over every policy that grants money', () => {
  it('has each of them once, run or told why not', () => {
    const paying = services.flatMap(({ rulebook }) =>
      rulebook.policies
        .filter(({ ir }) => ir.bodies.some(({ total, results }) => total && results[total]?.kind === 'money'))
        .map(({ ir }) => ir.id),
    )
    const told = [...run.runs, ...run.unrun].map(({ policy }) => policy)
    expect(told.toSorted()).toEqual([...new Set(paying)].sort())
  })

  it('counts everybody once, grants something everywhere, and costs the same again', async () => {
    for (const { policy, people, granted, refused, referred } of run.runs) {
      expect({ policy, counted: granted + refused + referred }).toEqual({ policy, counted: people })
      expect({ policy, granted: granted > 0 }).toEqual({ policy, granted: true })
    }
    expect(await runMoneyPolicies(services, question)).toEqual(run)
  })

  it('tells which policy has no version on the day, and goes on with the others', async () => {
    const { runs, unrun } = await runMoneyPolicies(services, { ...question, on: '2019-07-01' })
    expect(unrun.map(({ because }) => because)).toContain('not_in_force')
    expect(runs.length + unrun.length).toBe(run.runs.length + run.unrun.length)
  })

  it.each(['zh', 'en'] as const)('is one table in %s', (language) => {
    const lines = moneyPoliciesLines(services, question, run, language)
    expect(lines.join('\n')).not.toMatch(/undefined|NaN|\[object/)
    expect(lines.filter((line) => run.runs.some(({ policy }) => line.startsWith(`${policy} `)))).toHaveLength(
      run.runs.length,
    )
  })

  it('is JSON for programs, with sums as text', () => {
    const [first] = JSON.parse(moneyPoliciesJson(run)).runs
    expect(first.cost).toMatch(/^\d+$/)
  })

  it('refuses options that only one policy has', async () => {
    expect(await simulateAll({ people: '10', seed: '1', lang: 'en', set: ['a=1'] })).toBe(2)
  })
})
