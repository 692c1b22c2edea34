import { z } from 'zod'
import { asActor, schemaDate, schemaRegion, systemActor } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import type { ResolvedValue } from '../../policy/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { InstalledService, RegionNode } from '../node.ts'
import { findPolicies, getServiceOfPolicy, policiesOf } from '../policy-list.ts'
import { populationOf, schemaSpread } from '../population.ts'
import { ruleToTry } from '../rule-to-try.ts'
import { schemaBoth } from './shapes.ts'
import { schemaValue } from './values.ts'

const schemaListed = z
  .object({
    id: z.string(),
    service: z.string(),
    region: z.string(),
    title: schemaBoth,
    from: schemaDate,
    to: schemaDate.nullable(),
    clause: z.string(),
    total: z.string().nullable().describe('the result that stands for the whole decision, where there is one'),
    facts: z.array(z.unknown()).describe('name, unit, range or words of each fact'),
  })
  .meta({ id: 'PolicyBody' })

const schemaQuantity = z.object({ value: z.unknown(), unit: z.string() })

const schemaOutcome = z.object({
  outcome: z.enum(['granted', 'refused', 'referred']),
  results: z.record(z.string(), schemaQuantity),
  reason: z.string().nullable(),
  because: z.string(),
  amountFen: z.int().optional(),
})

/** See `Ruling`. */
export const schemaRuling = z
  .object({
    decision: schemaOutcome.extend({
      items: z
        .object({ list: z.string(), outcomes: z.array(schemaOutcome).readonly() })
        .optional()
        .describe('what each item of a list came to, where the policy decides item by item'),
      assumptions: z
        .array(schemaQuantity.extend({ name: z.string(), source: z.string(), note: z.string().optional() }))
        .readonly(),
      policy: z.object({ id: z.string(), irHash: z.string(), valuesHash: z.string() }),
    }),
    facts: z.record(z.string(), z.unknown()),
    on: schemaDate,
    ruleOf: z.string(),
    title: schemaBoth,
    sentences: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
    meaning: schemaBoth.nullable(),
    advice: schemaBoth.nullable(),
  })
  .meta({ id: 'Ruling' })

/** Policies to read and try. */
export function policyRoutes({ services }: RegionNode): ServiceRoute[] {
  return [...readingRoutes(services), ruleRoute(services)]
}

function readingRoutes(services: readonly InstalledService[]): ServiceRoute[] {
  const params = z.object({ policyId: z.string() })
  return [
    serviceRoute({
      method: 'GET',
      path: '/policies',
      title: { zh: '政策', en: 'The policies of all services' },
      callers: ['public'],
      answer: z.object({ items: z.array(schemaListed) }),
      handle: async () => ({ items: services.flatMap(policiesOf) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/policies/:policyId',
      title: { zh: '政策内容', en: 'A policy: every dated body of every region' },
      callers: ['public'],
      params,
      answer: z.object({ items: z.array(schemaListed) }),
      handle: async (_, { params: { policyId } }) => ({ items: findPolicies(services, policyId) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/policies/:policyId/decide',
      title: { zh: '试算', en: 'Try a policy on facts, with its reasons in words; changes nothing' },
      callers: ['public'],
      params,
      body: z.strictObject({
        facts: z.record(z.string(), z.unknown()),
        on: schemaDate.exactOptional(),
        insuredRegion: schemaRegion.exactOptional(),
        treatmentRegion: schemaRegion.exactOptional(),
      }),
      answer: schemaRuling,
      async handle(work, { params: { policyId }, body }) {
        const { on = work.today, insuredRegion = work.node.region, ...rest } = body
        const { rulebook } = getServiceOfPolicy(services, policyId)
        // Whoever asks: the rule and its values are kept by their hashes, which is the node's own doing.
        return asActor(work, systemActor, (system) =>
          rulebook.decide(system, { policy: policyId, on, insuredRegion, strict: true, ...rest }),
        )
      },
    }),
  ]
}

const schemaResolvedValue: z.ZodType<ResolvedValue, ResolvedValue> = z
  .object({
    value: schemaValue.readonly(),
    unit: z.string(),
    from: schemaDate,
    to: schemaDate.exactOptional(),
    source: z.string(),
    region: z.string().describe('the region that set it'),
    regionOf: z.enum(['insured', 'treatment']).exactOptional(),
    assumed: z.literal(true).exactOptional(),
    note: z.string().exactOptional(),
    reviewBy: schemaDate.exactOptional(),
  })
  .meta({ id: 'ResolvedValue' })

const schemaLabels = z.record(z.string(), z.string())

/** All that a page needs to try the rule on synthetic people by itself. The values are the shipped ones, as for `tongban simulate`. */
function ruleRoute(services: readonly InstalledService[]): ServiceRoute {
  return serviceRoute({
    method: 'GET',
    path: '/policies/:policyId/rule',
    title: { zh: '可试算的规则', en: 'A rule as data, with its values by region and how synthetic people are made' },
    callers: ['public'],
    params: z.object({ policyId: z.string() }),
    query: z.object({ on: schemaDate.exactOptional() }),
    answer: z
      .object({
        service: z.string(),
        on: schemaDate,
        ir: z.unknown().describe('the rule as in policy/ir.schema.json, every dated body'),
        regions: z.array(
          z.object({ region: z.string(), name: schemaBoth, values: z.record(z.string(), schemaResolvedValue) }),
        ),
        spreads: z.record(z.string(), schemaSpread).describe('by column of the facts; others are spread evenly'),
        labels: z
          .object({ zh: schemaLabels, en: schemaLabels })
          .describe('of facts, values, results, reasons, clauses'),
      })
      .meta({ id: 'RuleToTry' }),
    async handle(work, { params: { policyId }, query }) {
      const service = getServiceOfPolicy(services, policyId)
      const on = query.on ?? populationOf(service.folder, policyId).on ?? work.today
      const { ir, regions, sets, spreads } = ruleToTry(service, policyId, on)
      const { zh, en } = service.rulebook.messages
      return {
        ...{ service: service.id, on, ir, spreads },
        regions: regions.map((region, index) => ({
          ...{ region, name: getRegion(region).name, values: sets[index] ?? {} },
        })),
        labels: { zh: Object.fromEntries(zh), en: Object.fromEntries(en) },
      }
    },
  })
}
