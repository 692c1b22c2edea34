import { z } from 'zod'
import {
  applicantOf,
  applicationOf,
  applicationState,
  decideApplication,
  findingOf,
  findUsualTime,
  type InstalledBenefit,
  lawDayOf,
  previewRecalculation,
  revisionFlowId,
  roundFlowId,
} from '../../benefits/door.ts'
import { BadInput, type Messages, parseInput, schemaDate, schemaId } from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { knownFacts } from '../benefit-facts.ts'
import { houseMessages } from '../house-messages.ts'
import type { InstalledService, RegionNode } from '../node.ts'
import { schemaRisk } from './case-shapes.ts'
import { schemaRuling } from './policies.ts'
import { schemaBoth } from './shapes.ts'

/** A question of a form, as data. */
export const schemaField = z
  .object({
    name: z.string(),
    kind: z.enum(['choice', 'date', 'region', 'text', 'count', 'money', 'flag']),
    options: z.array(z.string()).readonly().optional(),
    required: z.boolean().optional(),
    askedWhen: z
      .object({ field: z.string(), is: z.array(z.string()).readonly() })
      .optional()
      .describe('asked only while an earlier answer is one of these'),
  })
  .meta({ id: 'BenefitField' })

const schemaKnownFact = z
  .object({
    name: z.string(),
    value: z.unknown(),
    unit: z.string(),
    label: schemaBoth,
    text: schemaBoth.describe('the value in words'),
    source: schemaBoth.nullable().describe('the register that holds it'),
  })
  .meta({ id: 'KnownFact' })

const schemaFinding = z
  .object({
    outcome: z.enum(['granted', 'refused', 'referred']),
    reason: z.string().nullable(),
    because: z.string(),
    amountFen: z.int().min(0),
  })
  .meta({ id: 'Finding' })

const schemaFlowOf = z.object({ flow: z.string(), service: z.string(), title: schemaBoth })

const applicants = ['person', 'employer_officer', 'accept']
const counter = ['accept', 'review', 'approve']
const flowParams = z.object({ flow: z.string() })
const partyId = schemaId.exactOptional().describe('whom an officer of the counter asks for')
const answers = z.record(z.string(), z.unknown())

type Offer = InstalledBenefit & { installed: InstalledService; house: Messages }

/** What one can apply for, what registers know already, and what the rule would say: nothing of it is kept. Applying itself is opening a case. */
export function benefitRoutes(region: RegionNode): ServiceRoute[] {
  const house = houseMessages()
  const offers = region.services.flatMap((installed) =>
    (installed.parts.benefits ?? []).map((benefit) => ({ ...benefit, installed, house })),
  )
  return [listRoute(region, offers), ...askingRoutes(offers), reviewRoute(region, offers)]
}

function listRoute(node: RegionNode, all: readonly Offer[]): ServiceRoute {
  const services = node.services.filter(({ isOffered }) => isOffered)
  const offers = all.filter(({ installed }) => installed.isOffered)
  return serviceRoute({
    method: 'GET',
    path: '/benefits',
    title: { zh: '可申请的待遇', en: 'What one can apply for, and the flows of its batches, rounds and revisions' },
    callers: ['public'],
    answer: z.object({
      items: z.array(
        z.object({
          flow: z.string(),
          service: z.string(),
          title: schemaBoth,
          summary: schemaBoth,
          itemCode: z.string(),
          applicant: z.enum(['person', 'employer']),
          fields: z.array(schemaField).readonly(),
        }),
      ),
      usualTime: z
        .object({ workingDays: z.int(), assumed: z.boolean() })
        .nullable()
        .describe('how long an application usually takes where nothing sets a term'),
      payments: z.array(schemaFlowOf.extend({ fund: z.string() })),
      rounds: z.array(schemaFlowOf).describe('flows that find who is owed a benefit without an application (免申即享)'),
      revisions: z.array(schemaFlowOf).describe('flows that carry the change of a value through what was decided'),
    }),
    handle: async ({ today }) => ({
      usualTime: findUsualTime(today) ?? null,
      items: offers.map(({ benefit: { id, title, applicant, fields }, installed: { service } }) => ({
        ...{ flow: id, title, applicant, fields },
        ...{ service: service.id, summary: service.summary, itemCode: service.itemCode },
      })),
      payments: services.flatMap(({ parts }) =>
        (parts.payments ?? []).map(({ id, ...payments }) => ({ flow: id, ...payments })),
      ),
      rounds: offers.flatMap(({ benefit: { id, service, title, population } }) =>
        population ? [{ flow: roundFlowId(id), service, title }] : [],
      ),
      revisions: services.flatMap(({ parts }) =>
        (parts.revisables ?? []).map(({ flow, service, title }) => ({ flow: revisionFlowId(flow), service, title })),
      ),
    }),
  })
}

function askingRoutes(offers: readonly Offer[]): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/benefits/:flow/known',
      title: { zh: '登记簿已经知道的', en: 'What the registers know of an applicant, and what remains to be asked' },
      callers: applicants,
      params: flowParams,
      body: z.strictObject({ partyId }),
      answer: z.object({
        asOf: schemaDate,
        facts: z.array(schemaKnownFact),
        fields: z.array(schemaField),
      }),
      async handle(work, { params, body }) {
        const offer = getOffer(offers, params.flow)
        const { party, agency } = await applicantOf(work, offer.benefit, { partyId: body.partyId, on: work.today })
        const question = { on: work.today, agency }
        const found = await offer.benefit.gather(work, party, { ...question, answers: {} })
        return {
          asOf: work.today,
          facts: factsOf(offer, found, question),
          fields: offer.benefit.fields.filter(({ name }) => found.facts[name] === undefined),
        }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/benefits/:flow/preview',
      title: { zh: '预判', en: 'What the rule would say of an application now; nothing is kept' },
      callers: applicants,
      params: flowParams,
      body: z.strictObject({ partyId, answers }),
      answer: z.object({
        ruling: schemaRuling,
        facts: z.array(schemaKnownFact),
        hits: schemaRisk.shape.hits.describe('control rules that it would hit at acceptance'),
      }),
      async handle(work, { params, body }) {
        const offer = getOffer(offers, params.flow)
        const { benefit, tools } = offer
        const { party, agency } = await applicantOf(work, benefit, { partyId: body.partyId, on: work.today })
        const parsed = parseInput(benefit.answers, body.answers, 'answers')
        const application = { party, agency, answers: parsed, appliedOn: work.today }
        const { ruling, found } = await decideApplication(work, tools, benefit, application)
        return {
          ruling,
          facts: factsOf(offer, found, { on: lawDayOf(benefit, parsed, work.today), agency }),
          hits: (await benefit.assess?.(work, { party, agency, answers: parsed })) ?? [],
        }
      },
    }),
  ]
}

function reviewRoute({ cases }: RegionNode, offers: readonly Offer[]): ServiceRoute {
  return serviceRoute({
    method: 'GET',
    path: '/benefits/cases/:caseId/now',
    title: { zh: '现在的判定', en: 'What deciding a case today would say, beside what was decided; nothing is kept' },
    callers: counter,
    params: z.object({ caseId: schemaId }),
    query: z.object({
      because: z
        .enum(['facts', 'value'])
        .default('facts')
        .describe('facts: by what registers and answers say today; value: by the facts of the last decision'),
    }),
    answer: z.object({
      before: schemaFinding.nullable(),
      after: schemaFinding.nullable().describe('null where people decided and no value changes it'),
      ruling: schemaRuling.nullable(),
      facts: z.array(schemaKnownFact),
    }),
    async handle(work, { params: { caseId }, query: { because } }) {
      const { file } = await cases.get(work, caseId)
      const offer = getOffer(offers, file.flow)
      const { benefit, tools } = offer
      const application = { ...file, state: parseInput(applicationState, file.state) }
      const before = application.state.found
      if (because === 'value') {
        const history = await cases.history(work, caseId)
        const change = await previewRecalculation(work, tools, benefit, application, history)
        return { before, after: change?.after ?? null, ruling: null, facts: [] }
      }
      const asked = applicationOf(application)
      const { ruling, found } = await decideApplication(work, tools, benefit, asked)
      const question = { on: lawDayOf(benefit, asked.answers, asked.appliedOn), agency: asked.agency }
      return { before, after: findingOf(ruling), ruling, facts: factsOf(offer, found, question) }
    },
  })
}

function getOffer(offers: readonly Offer[], flow: string): Offer {
  const found = offers.find(({ benefit }) => benefit.id === flow)
  if (found) return found
  const known = offers.map(({ benefit }) => benefit.id).join(' | ')
  throw new BadInput([{ path: 'params.flow', expected: known, found: flow }])
}

function factsOf(
  { installed, benefit, house }: Offer,
  ...asked: [Parameters<typeof knownFacts>[1], { on: string; agency: string }]
) {
  return knownFacts({ rulebook: installed.rulebook, benefit, house }, ...asked)
}
