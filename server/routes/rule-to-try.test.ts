import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { must } from '../../ground/door.ts'
import { compileJavaScript, parsePolicyIr, populate, simulate } from '../../policy/door.ts'
import { policiesOf } from '../policy-list.ts'
import { schemaSpread } from '../population.ts'
import { type OpenedService, openServices } from '../services.ts'
import { simulatePolicy } from '../simulation.ts'
import { type TestSite, testSite } from '../testing.ts'

/** A rule as data must be all that somebody outside needs to try it: what they find is what `tongban simulate` says. */

const services: OpenedService[] = await openServices()
let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services, seed: false })
})
afterAll(() => site.close())

const answer = z.object({
  on: z.string(),
  ir: z.unknown(),
  regions: z.array(z.object({ region: z.string(), values: z.record(z.string(), z.any()) })),
  spreads: z.record(z.string(), schemaSpread),
  labels: z.object({ zh: z.record(z.string(), z.string()), en: z.record(z.string(), z.string()) }),
})

const get = (path: string) => site.app.inject(`/320000/api/v1/policies/${path}`)

const listed = services.flatMap((service) => {
  const lawful = policiesOf(service).filter(({ region, to }) => region === '000000' && to === null)
  return lawful.map(({ id, total }) => ({ id, total, service }))
})

describe.each(listed)('the rule of $id', ({ id, total, service }) => {
  it('comes with its values and synthetic people, and is priced outside as inside', async () => {
    const { on, ir, regions, spreads, labels } = answer.parse((await get(`${id}/rule`)).json())
    const body = must(
      parsePolicyIr(ir).bodies.find(({ from, to }) => from <= on && (to === undefined || on <= to)),
      'the body of the day',
    )
    const sets = regions.map(({ values }) => values)
    const told = await simulate({
      before: { body, sets },
      after: { body, sets },
      population: populate(body, { rows: 2_000, seed: 5, sets: sets.length, spreads }),
      bind: (plan, facts, outcomes) => compileJavaScript(plan).bind(facts, outcomes),
      ...(total === null && { amount: null }),
    })
    const question = { policy: id, on, people: 2_000, seed: 5, changes: [], ...(total === null && { amount: null }) }
    const inside = await simulatePolicy(service, question)
    expect(told).toEqual(inside.comparison)
    expect(inside.regions).toEqual(regions.map(({ region }) => region))
    expect(told.all.before.ends.reduce((sum, count) => sum + count, 0)).toBe(2_000)
    if (total === null) return
    expect(labels.zh[`results.${total}`]).toMatch(/\p{Script=Han}/u)
    expect(labels.en[`results.${total}`]).toMatch(/[A-Za-z]/)
  })
})

it('a day without the rule is refused, and so is a policy that there is not', async () => {
  const { id } = must(listed[0], 'a policy')
  expect((await get(`${id}/rule?on=1990-01-01`)).json()).toMatchObject({ status: 400, problems: [{ path: 'on' }] })
  expect((await get('nothing/rule')).json()).toMatchObject({ status: 400, problems: [{ path: 'policy' }] })
})

it('pages may compile WebAssembly and start workers of this host, and evaluate no text', async () => {
  const policy = String((await site.app.inject('/')).headers['content-security-policy'])
  expect(policy.split(';')).toEqual(
    expect.arrayContaining(["script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'", "default-src 'self'"]),
  )
  expect(policy).not.toContain("'unsafe-eval'")
})
