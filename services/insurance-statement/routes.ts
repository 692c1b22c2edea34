import { z } from 'zod'
import {
  actorPersonId,
  must,
  schemaDate,
  schemaFen,
  schemaId,
  schemaInstant,
  schemaRegion,
  type Work,
} from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { insurances } from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../contract.ts'
import { askElsewhere, askedElsewhere, printedFromElsewhere } from './elsewhere.ts'
import { issueStatement, type Wanted } from './issuing.ts'
import { readRecords, sumsOf } from './records.ts'

const schemaPurpose = z.string().trim().min(2).max(100)
const schemaWanted = z.union([
  z.strictObject({ kind: z.literal('statement'), year: z.int().min(1990).max(2100), purpose: schemaPurpose }),
  z.strictObject({ kind: z.literal('proof'), purpose: schemaPurpose }),
])
const schemaIssued = z.object({ certificateId: schemaId, code: z.string() })
const callers = ['person']

/** The registers of one's own insurance, papers of them, and papers from another region. */
export function statementRoutes(rulebook: Rulebook): ServiceRoute[] {
  return [recordsRoute(), issueRoute(rulebook), issueForRoute(rulebook), ...elsewhereRoutes()]
}

function recordsRoute(): ServiceRoute {
  return serviceRoute({
    method: 'GET',
    path: '/records',
    title: { zh: '我的社保权益', en: 'My own insurance of a year, as the registers hold it' },
    callers,
    query: z.object({ year: z.coerce.number().int().min(1990).max(2100) }),
    answer: z.object({
      sums: z.array(
        z.object({
          insurance: z.enum(insurances),
          monthsPaid: z.int(),
          first: z.string().nullable(),
          last: z.string().nullable(),
        }),
      ),
      months: z.array(
        z.object({
          insurance: z.enum(insurances),
          month: z.string(),
          baseFen: schemaFen,
          paidOn: schemaDate.nullable(),
          employerName: z.string().nullable(),
        }),
      ),
    }),
    async handle(work, { query: { year } }) {
      const { months } = await readRecords(work, ownPersonId(work), 'self_service')
      return { sums: sumsOf(months), months: months.filter(({ month }) => month.startsWith(`${year}-`)) }
    },
  })
}

function issueRoute(rulebook: Rulebook): ServiceRoute {
  return serviceRoute({
    method: 'POST',
    path: '/papers',
    title: { zh: '开具权益单或参保证明', en: 'Issue a statement or proof of my insurance' },
    callers,
    body: schemaWanted,
    answer: schemaIssued,
    handle: (work, { body }) =>
      issueStatement(work, rulebook, { key: work.newId(), personId: ownPersonId(work), wanted: body }),
  })
}

function issueForRoute(rulebook: Rulebook): ServiceRoute {
  return serviceRoute({
    method: 'POST',
    path: '/papers-at-counter',
    title: { zh: '窗口代为开具', en: 'Issue one at the counter, for somebody who came' },
    callers: ['accept'],
    body: z.strictObject({ personId: schemaId, wanted: schemaWanted }),
    answer: schemaIssued,
    handle: (work, { body: { personId, wanted } }) =>
      issueStatement(work, rulebook, { key: work.newId(), personId, wanted }),
  })
}

const ofAsked = z.object({ askedId: schemaId })

function elsewhereRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/elsewhere',
      title: { zh: '向异地参保地申请', en: 'Ask another region where I am insured' },
      callers,
      actsOn: 'records',
      body: z.strictObject({ region: schemaRegion, wanted: schemaWanted }),
      answer: ofAsked,
      handle: async (work, { body: { region, wanted } }) => ({
        askedId: await askElsewhere(work, { personId: ownPersonId(work), region, wanted }),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/elsewhere',
      title: { zh: '我向异地申请的证明', en: 'What I asked other regions for' },
      callers,
      actsOn: 'records',
      answer: z.object({
        items: z.array(
          z.object({
            askedId: schemaId,
            region: z.string(),
            kind: z.enum(['statement', 'proof'] satisfies Array<Wanted['kind']>),
            year: z.int().nullable(),
            askedAt: schemaInstant,
            state: z.enum(['waiting', 'issued', 'refused']),
            code: z.string().nullable(),
            reason: z.string().nullable().describe('message code'),
          }),
        ),
      }),
      async handle(work) {
        const items = await askedElsewhere(work, ownPersonId(work))
        return {
          items: items.map(({ answer, ...asked }) => ({
            ...asked,
            state: answer === null ? ('waiting' as const) : answer.outcome,
            code: answer?.outcome === 'issued' ? answer.code : null,
            reason: answer?.outcome === 'refused' ? answer.reason : null,
          })),
        }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/elsewhere/:askedId/file',
      title: { zh: '下载异地开具的证明', en: 'A paper from another region as PDF' },
      callers,
      actsOn: 'records',
      params: ofAsked,
      query: z.object({
        language: z.enum(['zh', 'en']),
        origin: z.url({ protocol: /^https?$/ }).describe('the address of the site, for the QR code'),
      }),
      answer: z.object({ name: z.string(), contentBase64: z.string() }),
      async handle(work, { params, query }) {
        const { code, content } = await printedFromElsewhere(work, {
          ...{ personId: ownPersonId(work), askedId: params.askedId },
          ...query,
        })
        return { name: `${code}.pdf`, contentBase64: content.toString('base64') }
      },
    }),
  ]
}

function ownPersonId(work: Work): string {
  return must(actorPersonId(work.actor), 'a person who acts')
}
