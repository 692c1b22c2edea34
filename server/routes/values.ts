import { z } from 'zod'
import { type RevisionCause, revisionFlowId } from '../../benefits/door.ts'
import {
  asActor,
  BadInput,
  type Id,
  schemaDate,
  schemaId,
  schemaInstant,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import {
  approveValue,
  approveWithdrawal,
  bookWithPublications,
  findWithdrawals,
  getPublishedValue,
  type PublishedValue,
  pendingValueProposals,
  pendingWithdrawals,
  proposeValue,
  proposeWithdrawal,
  publishedValues,
  resolveValues,
  valueProposal,
  withdrawalReason,
} from '../../law/door.ts'
import { getUser } from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { InstalledService, RegionNode } from '../node.ts'
import { policiesOf } from '../policy-list.ts'
import { schemaBoth } from './shapes.ts'

/** Parses what a dated value holds. */
export const schemaValue = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.record(z.string(), z.number()),
  z.array(z.string()),
])

const schemaProposal = z
  .object({
    id: schemaId,
    service: z.string(),
    name: z.string(),
    region: z.string(),
    value: schemaValue,
    unit: z.string(),
    from: schemaDate,
    to: schemaDate.optional(),
    source: z.string(),
    note: z.string().optional(),
    proposedBy: schemaId,
    proposedAt: schemaInstant,
  })
  .meta({ id: 'ValueProposal' })

const schemaOpened = z.object({
  /** The revisions that were opened, because it holds for days that are past. */
  revisions: z.array(z.object({ caseId: schemaId, number: z.string(), status: z.string() })),
})

/** The dated values that policies stand on: proposing, publishing with two pairs of eyes, and taking back. */
export function valueRoutes(region: RegionNode): ServiceRoute[] {
  return [...publishingRoutes(region), ...withdrawalRoutes(region)]
}

function publishingRoutes(region: RegionNode): ServiceRoute[] {
  const { services } = region
  const ofService = z.object({ service: z.string() })
  return [
    serviceRoute({
      method: 'GET',
      path: '/values',
      title: { zh: '政策参数', en: 'The dated values of a service, publications included' },
      callers: ['public'],
      query: ofService,
      answer: z.object({
        items: z.array(
          z.object({
            name: z.string(),
            unit: z.string(),
            regionOf: z.enum(['insured', 'treatment']).optional(),
            dated: z.array(
              z.object({
                region: z.string(),
                value: schemaValue,
                from: schemaDate,
                to: schemaDate.optional(),
                source: z.string(),
                assumed: z.boolean().optional(),
                note: z.string().optional(),
                reviewBy: schemaDate.optional(),
                publishedOn: schemaDate.optional(),
              }),
            ),
          }),
        ),
      }),
      async handle(work, { query }) {
        const { rulebook } = getService(services, query.service)
        const book = await asActor(work, systemActor, (system) =>
          bookWithPublications(system, query.service, rulebook.values),
        )
        return { items: [...book.values()].map(({ definition, dated }) => ({ ...definition, dated: [...dated] })) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/values/proposals',
      title: { zh: '待批准的政策参数', en: 'Values that were proposed and not yet approved' },
      callers: ['values_admin', 'supervisor'],
      query: ofService,
      answer: z.object({
        items: z.array(
          schemaProposal.extend({
            proposer: z.string().describe('the name of who proposed it'),
            before: schemaValue.nullable().describe('what holds there on its first day without it'),
            policies: z
              .array(z.object({ id: z.string(), title: schemaBoth }))
              .describe('the policies that go by it, where its effect can be tried'),
          }),
        ),
      }),
      async handle(work, { query }) {
        const service = getService(services, query.service)
        const pending = await pendingValueProposals(work, query.service)
        return asActor(work, systemActor, async (system) => {
          const book = await bookWithPublications(system, query.service, service.rulebook.values)
          const items = []
          for (const proposal of pending) {
            const { displayName } = await getUser(system, proposal.proposedBy)
            const valueNow = resolveValues(book, { on: proposal.from, insuredRegion: proposal.region })[proposal.name]
            const bodies = policiesOf(service).filter(({ id }) => readsValue(service, id, proposal.name))
            const titles = new Map(bodies.map(({ id, title }) => [id, title]))
            items.push({
              ...proposal,
              proposer: displayName,
              before: valueNow?.value ?? null,
              policies: [...titles].map(([id, title]) => ({ id, title })),
            })
          }
          return { items }
        })
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/values/proposals',
      title: { zh: '提出政策参数', en: 'Propose a value' },
      callers: ['values_admin'],
      body: valueProposal,
      answer: z.object({ proposalId: schemaId }),
      async handle(work, { body }) {
        const { rulebook } = getService(services, body.service)
        return { proposalId: await proposeValue(work, rulebook.values, body) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/values/proposals/:proposalId/approve',
      title: { zh: '批准并发布政策参数', en: 'Approve a proposed value and so publish it' },
      callers: ['values_admin'],
      params: z.object({ proposalId: schemaId }),
      answer: schemaProposal.extend({ publishedOn: schemaDate, ...schemaOpened.shape }),
      async handle(work, { params }) {
        const published = await approveValue(work, params.proposalId)
        return { ...published, revisions: await openRevisions(work, region, published, 'published') }
      },
    }),
  ]
}

function withdrawalRoutes(region: RegionNode): ServiceRoute[] {
  const { services } = region
  return [
    serviceRoute({
      method: 'GET',
      path: '/values/publications',
      title: { zh: '已发布的政策参数', en: 'Published values of a service, with those taken back' },
      callers: ['public'],
      query: z.object({ service: z.string() }),
      answer: z.object({
        items: z.array(
          schemaProposal.omit({ proposedBy: true }).extend({
            publishedOn: schemaDate,
            withdrawnOn: schemaDate.nullable(),
            withdrawnBecause: z.string().nullable(),
          }),
        ),
      }),
      async handle(work, { query }) {
        getService(services, query.service)
        const published = await publishedValues(work, query.service, work.today)
        const withdrawals = await findWithdrawals(
          work,
          published.map(({ id }) => id),
        )
        return {
          items: published.map((value) => {
            const withdrawal = withdrawals.find(({ proposalId }) => proposalId === value.id)
            return {
              ...value,
              withdrawnOn: withdrawal?.withdrawnOn ?? null,
              withdrawnBecause: withdrawal?.reason ?? null,
            }
          }),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/values/withdrawals',
      title: { zh: '待批准的撤回', en: 'Withdrawals of publications that wait for a second officer' },
      callers: ['values_admin', 'supervisor'],
      query: z.object({ service: z.string() }),
      answer: z.object({
        items: z.array(
          z.object({
            withdrawalId: schemaId,
            proposalId: schemaId,
            name: z.string(),
            reason: z.string(),
            proposedBy: schemaId,
            proposedAt: schemaInstant,
          }),
        ),
      }),
      handle: async (work, { query }) => ({ items: await pendingWithdrawals(work, query.service) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/values/proposals/:proposalId/withdrawals',
      title: { zh: '提出撤回发布', en: 'Propose to take a publication back' },
      callers: ['values_admin'],
      params: z.object({ proposalId: schemaId }),
      body: z.object({ reason: withdrawalReason }),
      answer: z.object({ withdrawalId: schemaId }),
      handle: async (work, { params, body }) => ({
        withdrawalId: await proposeWithdrawal(work, params.proposalId, body.reason),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/values/withdrawals/:withdrawalId/approve',
      title: { zh: '批准撤回发布', en: 'Approve taking a publication back' },
      callers: ['values_admin'],
      params: z.object({ withdrawalId: schemaId }),
      answer: schemaOpened.extend({ withdrawnOn: schemaDate }),
      async handle(work, { params }) {
        const { proposalId, withdrawnOn } = await approveWithdrawal(work, params.withdrawalId)
        const value = await getPublishedValue(work, proposalId)
        return { withdrawnOn, revisions: await openRevisions(work, region, value, 'withdrawn') }
      },
    }),
  ]
}

/** A revision that a publication, or taking one back, has opened. */
export type OpenedRevision = { caseId: Id; number: string; status: string }

/**
 * Opens a revision for every flow of the value's service whose decisions may stand on it, where it holds for days that are past. Done by the
 * node in the transaction of the publication, so that neither is there without the other.
 */
export async function openRevisions(
  work: Work,
  { services, cases }: Pick<RegionNode, 'services' | 'cases'>,
  value: PublishedValue,
  kind: RevisionCause['kind'],
): Promise<OpenedRevision[]> {
  if (value.from > work.today) return []
  const { parts } = getService(services, value.service)
  const cause: RevisionCause = {
    kind,
    proposalId: value.id,
    value: value.name,
    region: value.region,
    from: value.from,
    to: value.to ?? null,
    source: value.source,
  }
  return asActor(work, systemActor, async (system) => {
    const opened: OpenedRevision[] = []
    for (const { flow } of parts.revisables ?? []) {
      const { caseId, number, status } = await cases.open(system, {
        flow: revisionFlowId(flow),
        body: cause,
        subject: {},
        agency: value.region,
        idempotencyKey: `${kind}:${value.id}`,
      })
      opened.push({ caseId, number, status })
    }
    return opened
  })
}

function readsValue({ rulebook }: InstalledService, policy: string, name: string): boolean {
  return rulebook.policies.some(({ ir }) => ir.id === policy && ir.bodies.some(({ values }) => name in values))
}

function getService(services: readonly InstalledService[], id: string): InstalledService {
  const found = services.find((service) => service.id === id)
  if (found) return found
  const known = services.map((service) => service.id).join(' | ')
  throw new BadInput([{ path: 'service', expected: known, found: id }])
}
