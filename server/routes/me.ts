import { z } from 'zod'
import { markNoticeRead, noticesOf } from '../../cases/door.ts'
import {
  type Actor,
  asActor,
  type Id,
  must,
  Refusal,
  schemaDate,
  schemaId,
  schemaInstant,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import {
  accessLogOf,
  applyECard,
  assignmentsOf,
  authoriseApp,
  authoritiesHeldBy,
  authorityScopes,
  cardsOf,
  enrolmentsOf,
  getPerson,
  getUser,
  issueQrToken,
  reportCardFound,
  reportCardLost,
  schemaApp,
} from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { assignmentViews } from './assignment-views.ts'
import { schemaCaseRow } from './case-shapes.ts'
import { myAuthorityRoutes } from './my-authorities.ts'
import {
  done,
  queryFlag,
  queryLimit,
  schemaAccessEntry,
  schemaAssignment,
  schemaCard,
  schemaCoded,
  schemaDone,
  schemaEnrolment,
  schemaPerson,
} from './shapes.ts'

/** Why a resident's own data is read when they look at it themselves. */
const purpose = 'self_service'

/** What a signed-in user sees of themselves, and a resident of their own (or the represented person's) cards, data and cases. */
export function meRoutes(region: RegionNode): ServiceRoute[] {
  return [...accountRoutes(), ...cardRoutes(), ...dataRoutes(), ...myAuthorityRoutes(), ...noticeRoutes(region)]
}

function accountRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/me',
      title: { zh: '我的账号、岗位和代办', en: 'My account, assignments and whom I may act for' },
      callers: ['signed_in'],
      answer: z.object({
        region: z.string(),
        today: schemaDate,
        now: schemaInstant,
        user: z.object({ userId: schemaId, login: z.string(), displayName: z.string(), personId: schemaId.nullable() }),
        person: schemaPerson.nullable().describe('the person acted as: the user, or whom they represent'),
        acting: z.object({
          kind: z.enum(['staff', 'institution', 'employer', 'person']),
          role: z.string(),
          assignmentId: schemaId.nullable(),
          onBehalfOf: schemaId.nullable(),
        }),
        assignments: z.array(schemaAssignment),
        represents: z.array(
          z.object({
            personId: schemaId,
            name: z.string(),
            relation: z.string(),
            scope: z.array(z.enum(authorityScopes)),
            to: schemaDate.nullable(),
          }),
        ),
      }),
      async handle(work) {
        const { actor } = work
        const user = await getUser(work, must('userId' in actor ? actor.userId : undefined, 'a signed-in user'))
        const assignments = await assignmentsOf(work, user.userId, work.today)
        return {
          region: work.node.region,
          today: work.today,
          now: work.now,
          user,
          person: actor.kind === 'person' ? await getPerson(work, actedPersonId(work), purpose) : null,
          acting: actingOf(actor),
          assignments: await asActor(work, systemActor, (system) => assignmentViews(system, assignments)),
          represents: user.personId ? await representedBy(work, user.personId) : [],
        }
      },
    }),
  ]
}

function actingOf(actor: Actor) {
  if (actor.kind === 'system' || actor.kind === 'public') throw new Refusal('not_signed_in')
  if (actor.kind === 'person') {
    return { kind: actor.kind, role: 'person', assignmentId: null, onBehalfOf: actor.onBehalfOf ?? null }
  }
  return { kind: actor.kind, role: actor.role, assignmentId: actor.assignmentId, onBehalfOf: null }
}

/** Whom a person may act for, as today's authorities name them. */
async function representedBy(work: Work, agentPersonId: string) {
  const held = await asActor(work, systemActor, (system) => authoritiesHeldBy(system, { agentPersonId }, work.today))
  return held.map(({ subjectPersonId, subjectName, relation, scope, to }) => ({
    ...{ personId: subjectPersonId, name: subjectName },
    ...{ relation, scope, to },
  }))
}

function cardRoutes(): ServiceRoute[] {
  const own = { callers: ['person'], actsOn: 'card' as const }
  return [
    serviceRoute({
      method: 'GET',
      path: '/me/cards',
      title: { zh: '我的社保卡和电子社保卡', en: 'My cards and e-cards' },
      ...own,
      answer: z.object({ items: z.array(schemaCard) }),
      handle: async (work) => ({ items: await cardsOf(work, actedPersonId(work), purpose) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/e-card',
      title: { zh: '申领电子社保卡', en: 'Apply for the e-card' },
      ...own,
      body: z.strictObject({ app: schemaApp }),
      answer: z.object({ eCardId: schemaId }),
      handle: (work, { body }) => applyECard(work, { personId: actedPersonId(work), app: body.app }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/e-cards/:eCardId/apps',
      title: { zh: '授权应用展示电子社保卡', en: 'Let an app show the e-card' },
      ...own,
      params: z.object({ eCardId: schemaId }),
      body: z.strictObject({ app: schemaApp }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await authoriseApp(work, { eCardId: params.eCardId, app: body.app })
        return done
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/e-cards/:eCardId/qr',
      title: { zh: '出示二维码（一分钟内有效，只能用一次）', en: 'Show the QR code: it lives a minute and works once' },
      ...own,
      params: z.object({ eCardId: schemaId }),
      answer: z.object({ token: z.string(), expiresAt: schemaInstant }),
      handle: (work, { params }) => issueQrToken(work, params),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/cards/:cardId/lost',
      title: { zh: '挂失', en: 'Report the card lost' },
      ...own,
      params: z.object({ cardId: schemaId }),
      answer: schemaDone,
      async handle(work, { params }) {
        await reportCardLost(work, params.cardId)
        return done
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/cards/:cardId/found',
      title: { zh: '解除挂失', en: 'The lost card turned up' },
      ...own,
      params: z.object({ cardId: schemaId }),
      answer: schemaDone,
      async handle(work, { params }) {
        await reportCardFound(work, params.cardId)
        return done
      },
    }),
  ]
}

function dataRoutes(): ServiceRoute[] {
  const own = { callers: ['person'], actsOn: 'records' as const }
  return [
    serviceRoute({
      method: 'GET',
      path: '/me/enrolments',
      title: { zh: '我的参保', en: 'My enrolments' },
      ...own,
      query: z.object({ on: schemaDate.optional() }),
      answer: z.object({ items: z.array(schemaEnrolment) }),
      handle: async (work, { query }) => ({
        items: await enrolmentsOf(work, actedPersonId(work), { on: query.on ?? work.today }, purpose),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/me/access-log',
      title: { zh: '谁查看过我的信息', en: 'Who looked at my data, and why' },
      ...own,
      query: z.object({ limit: queryLimit(500).default(200) }),
      answer: z.object({ items: z.array(schemaAccessEntry) }),
      handle: async (work, { query }) => ({ items: await accessLogOf(work, actedPersonId(work), query.limit) }),
    }),
  ]
}

function noticeRoutes({ cases }: RegionNode): ServiceRoute[] {
  const callers = ['person']
  const noticeCallers = ['person', 'employer_officer']
  return [
    serviceRoute({
      method: 'GET',
      path: '/me/cases',
      title: { zh: '我的办件', en: 'My cases' },
      callers,
      query: z.object({ open: queryFlag.optional(), after: schemaId.optional() }),
      answer: z.object({ items: z.array(schemaCaseRow) }),
      handle: async (work, { query: { open, after } }) => ({
        items: await cases.find(work, {
          personId: actedPersonId(work),
          ...(open !== undefined && { open }),
          ...(after !== undefined && { after }),
        }),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/me/notices',
      title: { zh: '我的通知', en: 'My notices, or those of my employer' },
      callers: noticeCallers,
      query: z.object({ unreadOnly: queryFlag.optional(), after: schemaId.optional() }),
      answer: z.object({
        items: z.array(
          schemaCoded.extend({
            id: schemaId,
            caseId: schemaId,
            createdAt: schemaInstant,
            readAt: schemaInstant.nullable(),
          }),
        ),
      }),
      handle: async (work, { query: { unreadOnly, after } }) => ({
        items: await noticesOf(work, noticeReader(work), {
          ...(unreadOnly !== undefined && { unreadOnly }),
          ...(after !== undefined && { after }),
        }),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/notices/:noticeId/read',
      title: { zh: '标记通知为已读', en: 'Mark a notice as read' },
      callers: noticeCallers,
      params: z.object({ noticeId: schemaId }),
      answer: schemaDone,
      async handle(work, { params }) {
        await markNoticeRead(work, params.noticeId)
        return done
      },
    }),
  ]
}

/** Whose notices are read: those of the employer one works for as its officer, or of the person one acts as. */
function noticeReader(work: Work): { personId: Id } | { employerId: Id } {
  const { actor } = work
  return actor.kind === 'employer' ? { employerId: actor.employerId } : { personId: actedPersonId(work) }
}

/** The person a resident acts as: themselves, or whom they represent. */
function actedPersonId({ actor }: Work): string {
  if (actor.kind !== 'person') throw new Refusal('caller_not_allowed', { params: { callers: 'person' } })
  return actor.onBehalfOf ?? actor.personId
}
