import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook, resolveValues } from '../../law/door.ts'
import { estimateRoutes } from './routes.ts'
import { service } from './service.ts'

const rulebook = openRulebook(service.id, service.folder)

describe('the estimate of a settlement', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await testNode({ region: '320000', migrations: [await lawMigrations()] })
  })
  afterAll(() => node.close())

  const route = must(
    estimateRoutes(rulebook).find(({ path }) => path === '/estimate'),
    'a route',
  )
  const estimate = (question: object) =>
    inTransaction(node, { kind: 'public' }, (work) => {
      return route.handle(work, { params: {}, query: {}, body: must(route.body, 'a body').parse(question) })
    })

  it('M3.03: comes to an amount to pay, by the figures of the tax year', async () => {
    expect(route.callers).toEqual(['public'])
    expect(await estimate({ taxYear: 2025, wagesFen: 20_000_000 })).toMatchObject({
      outcome: 'granted',
      balanceFen: 1_148_000,
      settlement: 'pay',
      afterWindow: false,
      meaning: null,
    })
  })

  it('M3.03: comes to a refund, which is negative', async () => {
    const question = { taxYear: 2025, wagesFen: 20_000_000, prepaidFen: 1_248_000 }
    expect(await estimate(question)).toMatchObject({ balanceFen: -100_000, settlement: 'refund' })
  })

  it('M3.02: the last four years are offered, the last one first', async () => {
    const years = must(
      estimateRoutes(rulebook).find(({ path }) => path === '/years'),
      'a route',
    )
    const answer = await inTransaction(node, { kind: 'public' }, async (work) => ({
      thisYear: Number(work.today.slice(0, 4)),
      told: await years.handle(work, { params: {}, query: {}, body: undefined }),
    }))
    expect(answer.told).toEqual({ years: [1, 2, 3, 4].map((ago) => answer.thisYear - ago) })
  })

  it('M3.02: says before the window opens what can be done', async () => {
    expect(await estimate({ taxYear: 2026, wagesFen: 20_000_000 })).toMatchObject({
      outcome: 'refused',
      because: 'M3.02',
      advice: { zh: expect.stringContaining('3月1日'), en: expect.stringContaining('1 March') },
    })
  })

  it('refuses a year for which nobody has set the exemption', async () => {
    const question = { taxYear: 2028, filedOn: '2029-03-01' }
    await expect(estimate(question)).rejects.toMatchObject({ code: 'value_not_in_force' })
  })
})

describe('the quick deductions', () => {
  const values = resolveValues(rulebook.values, { on: '2025-12-31', insuredRegion: '000000' })
  const tableOf = (name: string): number[] => Object.values(Object(values[name]?.value))

  it('follow from rates and limits: that of the bracket below, plus its limit times the step of the rate', () => {
    const [upTo, ratePpm, quickFen] = ['bracketUpToFen', 'bracketRatePpm', 'quickDeductionFen'].map(tableOf)
    const derived = [0]
    for (const [index, limit] of must(upTo, 'limits').entries()) {
      const step = must(ratePpm?.[index + 1], 'a rate') - must(ratePpm?.[index], 'a rate')
      derived.push(must(derived[index], 'a deduction') + (limit * step) / 1_000_000)
    }
    expect(quickFen).toEqual(derived)
    expect(derived).toHaveLength(7)
  })
})
