import { z } from 'zod'
import { type CaseEvent, looksAt, noteLook } from '../../cases/door.ts'
import {
  type Actor,
  actorRole,
  actorUserId,
  Refusal,
  schemaDate,
  schemaId,
  schemaRegion,
  type Work,
} from '../../ground/door.ts'
import { accessLogOf, getEmployer, getInstitution, getPerson, maskName, namesOfPeople } from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { withMaskedNames } from './case-row-names.ts'
import {
  schemaCaseEvent,
  schemaCaseRow,
  schemaCaseView,
  schemaReceipt,
  schemaRisk,
  schemaStepTaken,
} from './case-shapes.ts'
import { queryFlag, queryLimit, schemaBoth, schemaNamedAccessEntry, withMaskedAgents } from './shapes.ts'
import { namedEntries, namesOfUsers } from './user-names.ts'

const schemaSubject = z.strictObject({
  personId: schemaId.exactOptional(),
  institutionId: schemaId.exactOptional(),
  employerId: schemaId.exactOptional(),
})

type Subject = z.infer<typeof schemaSubject>

const opening = {
  flow: z.string(),
  step: z.string().exactOptional(),
  body: z.unknown(),
  subject: schemaSubject.default({}).describe('who it is about; the caller themselves where left out'),
  agency: schemaRegion.exactOptional().describe("the responsible agency; the caller's own where left out"),
}

const caseParams = z.object({ caseId: schemaId })

/**
 * Cases of every flow: lists, one case with its history, opening and taking steps. What a flow demands, it checks itself. The HTTP
 * door already does a request once per key, in the same transaction; the key that `cases` takes is therefore a new one.
 */
export function caseRoutes(region: RegionNode): ServiceRoute[] {
  return [...listRoutes(region), ...readingRoutes(region), ...stepRoutes(region)]
}

function listRoutes({ cases }: RegionNode): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/cases',
      title: { zh: '办件查询', en: 'Find cases' },
      callers: ['signed_in'],
      query: z.object({
        flow: z.string().exactOptional(),
        status: z.string().exactOptional(),
        personId: schemaId.exactOptional(),
        institutionId: schemaId.exactOptional(),
        employerId: schemaId.exactOptional(),
        agency: schemaRegion.exactOptional(),
        text: z.string().min(1).max(100).exactOptional(),
        riskLevel: z.enum(['high', 'medium', 'low']).exactOptional(),
        dueBefore: schemaDate.exactOptional(),
        open: queryFlag.exactOptional(),
        openedFrom: schemaDate.exactOptional(),
        openedTo: schemaDate.exactOptional(),
        closedFrom: schemaDate.exactOptional(),
        closedTo: schemaDate.exactOptional(),
        limit: queryLimit(200).exactOptional(),
        after: schemaId.exactOptional(),
      }),
      answer: z.object({ items: z.array(schemaCaseRow) }),
      handle: async (work, { query: { open, ...asked } }) => {
        const rows = await cases.find(work, { ...asked, ...(open !== undefined && { done: !open }) })
        return { items: await withMaskedNames(work, rows) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/cases/months',
      title: { zh: '按月统计办件', en: 'Cases opened and closed, by flow and month' },
      callers: ['staff'],
      query: z.object({ from: schemaDate }),
      answer: z.object({
        items: z.array(
          z.object({
            service: z.string(),
            flow: z.string(),
            month: z.string(),
            opened: z.int(),
            closed: z.int(),
            open: z.int().describe('of those opened in the month, how many are not closed yet'),
            overdue: z.int().describe('of those, how many have a deadline that has passed'),
          }),
        ),
      }),
      handle: async (work, { query }) => ({ items: await cases.months(work, query.from) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/flows',
      title: { zh: '办理流程', en: 'The flows and their statuses' },
      callers: ['public'],
      answer: z.object({
        items: z.array(
          z.object({
            flow: z.string(),
            service: z.string(),
            version: z.int(),
            title: schemaBoth,
            statuses: z.record(z.string(), z.object({ title: schemaBoth })),
            steps: z.record(z.string(), z.object({ title: schemaBoth })),
            deadlines: z.record(z.string(), schemaBoth).optional(),
          }),
        ),
      }),
      handle: async () => ({ items: cases.flows.map(({ id, ...flow }) => ({ flow: id, ...flow })) }),
    }),
  ]
}

function readingRoutes({ cases }: RegionNode): ServiceRoute[] {
  /** What stands for an access log where the person of a case is known to another region alone: who opened the case, and who took its steps. */
  const looksAndSteps = async (work: Work, caseId: string) => {
    const unsaid = { purpose: null, agentName: null, employerId: null, isForCase: true }
    const looks = (await looksAt(work, caseId)).map((look) => ({ ...unsaid, ...look, action: 'read_case' }))
    const steps = (await cases.history(work, caseId)).map(({ actor, recordedAt }) => ({
      ...unsaid,
      action: 'take_step',
      at: recordedAt,
      role: actorRole(actor),
      userId: actorUserId(actor),
      agency: actor.kind === 'staff' ? actor.agency : null,
      institutionId: actor.kind === 'institution' ? actor.institutionId : null,
    }))
    return [...looks, ...steps.toReversed()].sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
  }
  return [
    serviceRoute({
      method: 'GET',
      path: '/cases/:caseId/access-log',
      title: { zh: '谁看过当事人的数据', en: 'Who looked at or changed the data of the person of a case, and why' },
      callers: ['audit', 'supervisor', 'control'],
      params: caseParams,
      answer: z.object({ items: z.array(schemaNamedAccessEntry.extend({ isForCase: z.boolean() })) }),
      async handle(work, { params }) {
        const { file } = await cases.get(work, params.caseId)
        if (file.subject.personId === null)
          return { items: await namedEntries(work, await looksAndSteps(work, params.caseId)) }
        const entries = await accessLogOf(work, file.subject.personId)
        const items = withMaskedAgents(entries).map((entry) => ({
          ...entry,
          isForCase: entry.purpose?.includes(file.number) ?? false,
        }))
        return { items: await namedEntries(work, items) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/cases/:caseId',
      title: { zh: '办件详情', en: 'A case, with the steps that the caller may take' },
      callers: ['signed_in'],
      params: caseParams,
      answer: schemaCaseView,
      async handle(work, { params }) {
        const view = await cases.get(work, params.caseId)
        const isWatched = work.actor.kind === 'staff' || work.actor.kind === 'institution'
        if (isWatched && view.file.subject.personId === null) await noteLook(work, params.caseId)
        return view
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/cases/:caseId/history',
      title: { zh: '办理过程', en: 'Every step taken on a case' },
      callers: ['signed_in'],
      params: caseParams,
      answer: z.object({ items: z.array(schemaCaseEvent) }),
      async handle(work, { params }) {
        const events = await cases.history(work, params.caseId)
        const names = await namesOfUsers(
          work,
          events.map(({ actor }) => actorUserId(actor)),
        )
        const agents = await agentsIn(work, events)
        return { items: events.map((event) => ({ ...event, by: takerOf(event, names, agents) })) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/cases/:caseId/receipts',
      title: { zh: '回执', en: 'The receipts of a case' },
      callers: ['signed_in'],
      params: caseParams,
      answer: z.object({ items: z.array(schemaReceipt) }),
      handle: async (work, { params }) => ({ items: await cases.receipts(work, params.caseId) }),
    }),
  ]
}

function stepRoutes({ cases }: RegionNode): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/cases',
      title: { zh: '申请', en: 'Open a case' },
      callers: ['signed_in'],
      body: z.strictObject({ ...opening, effectiveOn: schemaDate.exactOptional() }),
      answer: schemaStepTaken,
      handle: async (work, { body }) =>
        cases.open(work, { ...(await placed(work, body)), idempotencyKey: work.newId() }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/cases/risk',
      title: { zh: '提交前的风险提示', en: 'The risk warning before a case is opened' },
      callers: ['signed_in'],
      body: z.strictObject(opening),
      answer: schemaRisk,
      handle: async (work, { body }) => cases.previewRisk(work, await placed(work, body)),
    }),
    serviceRoute({
      method: 'POST',
      path: '/cases/:caseId/steps',
      title: { zh: '办理', en: 'Take a step' },
      callers: ['signed_in'],
      params: caseParams,
      body: z.strictObject({
        step: z.string(),
        body: z.unknown(),
        expectedSeq: z.int().min(1).describe('the seq of the case as the caller saw it'),
        effectiveOn: schemaDate.exactOptional(),
      }),
      answer: schemaStepTaken,
      handle: (work, { params, body }) =>
        cases.take(work, { ...body, caseId: params.caseId, idempotencyKey: work.newId() }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/cases/:caseId/risk',
      title: { zh: '办理前的风险提示', en: 'The risk warning before a step is taken' },
      callers: ['signed_in'],
      params: caseParams,
      body: z.strictObject({ step: z.string(), body: z.unknown() }),
      answer: schemaRisk,
      handle: (work, { params, body }) => cases.previewRisk(work, { ...body, caseId: params.caseId }),
    }),
  ]
}

/** Who a case is about and which agency answers for it: what the caller says, and where they say nothing, who they are themselves. */
async function placed<Opening extends { agency?: string; subject: Subject }>(work: Work, opening: Opening) {
  return {
    ...opening,
    subject: { ...ownSubject(work.actor), ...opening.subject },
    agency: opening.agency ?? (await ownAgency(work)),
  }
}

function ownSubject(actor: Actor): Subject {
  switch (actor.kind) {
    case 'person':
      return { personId: actor.onBehalfOf ?? actor.personId }
    case 'institution':
      return { institutionId: actor.institutionId }
    case 'employer':
      return { employerId: actor.employerId }
    default:
      return {}
  }
}

async function ownAgency(work: Work): Promise<string> {
  const { actor } = work
  switch (actor.kind) {
    case 'staff':
      return actor.agency
    case 'person':
      return (await getPerson(work, actor.onBehalfOf ?? actor.personId, 'open_case')).agency
    case 'institution':
      return (await getInstitution(work, actor.institutionId)).region
    case 'employer':
      return (await getEmployer(work, actor.employerId)).agency
    default:
      throw new Refusal('not_signed_in')
  }
}

/** The names of those who acted for the person of the case; officers read them masked. */
async function agentsIn(work: Work, events: readonly CaseEvent[]): Promise<ReadonlyMap<string, string>> {
  const names = await namesOfPeople(
    work,
    events.map(({ actor }) => (isAgent(actor) ? actor.personId : null)),
  )
  return work.actor.kind === 'person' ? names : new Map([...names].map(([id, name]) => [id, maskName(name)]))
}

function isAgent(actor: Actor): actor is Actor & { kind: 'person' } {
  return actor.kind === 'person' && actor.onBehalfOf !== undefined
}

function takerOf({ actor }: CaseEvent, names: ReadonlyMap<string, string>, agents: ReadonlyMap<string, string>) {
  return {
    isAgent: isAgent(actor),
    agentName: isAgent(actor) ? (agents.get(actor.personId) ?? null) : null,
    kind: actor.kind,
    role: actorRole(actor),
    agency: actor.kind === 'staff' ? actor.agency : null,
    displayName: names.get(actorUserId(actor) ?? '') ?? null,
  }
}
