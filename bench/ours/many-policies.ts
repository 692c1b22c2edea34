import { readFileSync } from 'node:fs'
import { openRulebook, resolveValues } from '../../law/door.ts'
import {
  explain,
  type PolicyBody,
  type PolicyIr,
  populate,
  readPolicies,
  renderExplanation,
} from '../../policy/door.ts'
import { factsOfRow } from '../../policy/kernel/row-facts.ts'
import { compileWasm } from '../../policy/kernel/wasm/compile.ts'
import { prepare } from '../../policy/prepared.ts'
import { medianOf, timesOf } from '../measure.ts'
import { decidedOn } from '../rules.ts'
import type { ManyPoliciesReport } from '../tasks.ts'

/** Services whose policies are varied, and a region that has values for them. */
const services = [
  ['stability-refund', '130000'],
  ['skill-subsidy', '130000'],
  ['contributions', '130000'],
  ['income-tax', '130000'],
] as const

/**
 * So many policies, each a variant of a real one under a name of its own: what it takes to read them all, to make them ready, and to decide
 * and explain one person by each.
 */
export async function measureManyPolicies(count: number, runs: number): Promise<ManyPoliciesReport> {
  const rulebooks = services.map(([id, region]) => {
    const folder = new URL(`../../services/${id}/`, import.meta.url)
    return { id, region, rulebook: openRulebook(id, folder), text: readFileSync(new URL('policy.ts', folder), 'utf8') }
  })
  const sources = Array.from({ length: count }, (_, number) => {
    const { id, text } = atOf(rulebooks, number % rulebooks.length)
    return { number, text: text.replace(`id: '${id}'`, `id: '${id}-${number}'`) }
  })
  const irs: PolicyIr[] = []
  const read = await timesOf(runs, () => {
    irs.length = 0
    for (const { number, text } of sources) {
      const [ir] = readPolicies(text, `policy-${number}.ts`)
      if (ir !== undefined) irs.push(ir)
    }
  })
  const policies = irs.map((ir, number) => {
    const { rulebook, region } = atOf(rulebooks, number % rulebooks.length)
    const body = bodyOf(ir)
    const names = Object.keys(body.values)
    const values = resolveValues(rulebook.values, { names, on: decidedOn, insuredRegion: region })
    const facts = factsOfRow(body, populate(body, { rows: 1, seed: number }), 0)
    return { ir, body, values, facts, labels: rulebook.messages.zh }
  })
  const prepareAll = () => policies.map(({ ir, values }) => prepare(ir, values, decidedOn))
  const ready = prepareAll()
  const cases = policies.map(({ facts }, place) => ({ facts: atOf(ready, place).parse(facts), by: atOf(ready, place) }))
  const times = {
    prepared: await timesOf(runs, prepareAll),
    kernels: await timesOf(runs, () =>
      policies.map(({ body, values }) => compileWasm({ body, sets: [values] }, { stored: false })),
    ),
    traced: await timesOf(runs * 10, () => cases.map(({ by, facts }) => by.trace(facts))),
    tracedAsJson: await timesOf(runs * 10, () => cases.map(({ by, facts }) => by.compactTrace(by.trace(facts)))),
    told: await timesOf(runs, () =>
      policies.map(({ ir, facts, values, labels }) =>
        renderExplanation(explain(ir, facts, values, decidedOn), labels, 'zh'),
      ),
    ),
  }
  return {
    policies: policies.length,
    read: medianOf(read),
    prepared: medianOf(times.prepared),
    kernels: medianOf(times.kernels),
    traced: medianOf(times.traced),
    tracedAsJson: medianOf(times.tracedAsJson),
    told: medianOf(times.told),
  }
}

function bodyOf({ id, bodies }: PolicyIr): PolicyBody {
  const body = bodies.find(({ from, to }) => from <= decidedOn && (to === undefined || decidedOn <= to))
  if (body === undefined) throw new RangeError(`${id} is not law on ${decidedOn}`)
  return body
}

function atOf<T>(all: readonly T[], place: number): T {
  const one = all[place]
  if (one === undefined) throw new RangeError(`nothing at ${place}`)
  return one
}
