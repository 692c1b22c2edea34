import { z } from 'zod'
import { schemaDate, schemaId } from '../../ground/door.ts'
import {
  accessLogOf,
  agentByIdentity,
  authoritiesOf,
  cancelCard,
  cardsOf,
  changeEnrolment,
  checkCard,
  endAuthority,
  endEnrolment,
  enrol,
  enrolmentsOf,
  findPeople,
  getPerson,
  issueCard,
  recordAuthority,
  recordDeath,
  recordRetirement,
  registerPerson,
  replaceCard,
  reportCardFound,
  reportCardLost,
  revealIdNumber,
  schemaCardReplacement,
  schemaNewAuthority,
  schemaNewCard,
  schemaNewEnrolment,
  schemaNewPerson,
} from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { schemaAuthorityTerms } from './my-authorities.ts'
import {
  done,
  queryLimit,
  schemaAuthority,
  schemaCard,
  schemaDone,
  schemaEnrolment,
  schemaNamedAccessEntry,
  schemaPerson,
  schemaPurpose,
  withMaskedAgents,
} from './shapes.ts'
import { namedEntries } from './user-names.ts'

const personParams = z.object({ personId: schemaId })
const cardParams = z.object({ cardId: schemaId })
const purposeQuery = z.object({ purpose: schemaPurpose })

/** Persons at the counter: whoever looks says why, and the person can read it. */
export function peopleRoutes(): ServiceRoute[] {
  return [...personRoutes(), ...lifeRoutes(), ...cardRoutes(), ...enrolmentRoutes(), ...authorityRoutes()]
}

function personRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/people',
      title: { zh: '查找人员', en: 'Find persons by name, identity number or card number' },
      callers: ['staff'],
      query: purposeQuery.extend({
        text: z.string().trim().min(1).max(100).exactOptional(),
        card: z.string().trim().min(1).max(20).exactOptional(),
        limit: queryLimit(50).default(20),
      }),
      answer: z.object({ items: z.array(schemaPerson) }),
      async handle(work, { query: { purpose, text = '', card, limit } }) {
        const search = card === undefined ? { text, limit } : { card, limit }
        return { items: await findPeople(work, search, purpose) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/people',
      title: { zh: '登记人员', en: 'Register a person, or find the one record of their number' },
      callers: ['accept'],
      body: schemaNewPerson,
      answer: z.object({ personId: schemaId, existing: z.boolean() }),
      handle: (work, { body: { phone, ...person } }) =>
        registerPerson(work, { ...person, ...(phone !== undefined && { phone }) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/people/:personId',
      title: { zh: '人员信息', en: 'A person' },
      callers: ['staff', 'employer', 'person'],
      params: personParams,
      query: purposeQuery,
      answer: schemaPerson,
      handle: (work, { params, query }) => getPerson(work, params.personId, query.purpose),
    }),
    serviceRoute({
      method: 'POST',
      path: '/people/:personId/id-number',
      title: { zh: '查看完整身份证号（留痕）', en: 'Read the whole identity number; logged as its own action' },
      callers: ['accept', 'review', 'approve', 'pay'],
      params: personParams,
      body: z.strictObject({ purpose: schemaPurpose }),
      answer: z.object({ idNumber: z.string() }),
      handle: async (work, { params, body }) => ({
        idNumber: await revealIdNumber(work, params.personId, body.purpose),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/people/:personId/access-log',
      title: { zh: '访问记录', en: "Who looked at a person's data" },
      callers: ['audit', 'supervisor', 'control'],
      params: personParams,
      query: z.object({ limit: queryLimit(500).default(200) }),
      answer: z.object({ items: z.array(schemaNamedAccessEntry) }),
      handle: async (work, { params, query }) => ({
        items: await namedEntries(work, withMaskedAgents(await accessLogOf(work, params.personId, query.limit))),
      }),
    }),
  ]
}

function lifeRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/people/:personId/death',
      title: { zh: '登记死亡', en: 'Record a death' },
      callers: ['accept'],
      params: personParams,
      body: z.strictObject({ diedOn: schemaDate }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await recordDeath(work, params.personId, body.diedOn)
        return done
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/people/:personId/retirement',
      title: { zh: '登记退休', en: 'Record from when a person is retired' },
      callers: ['accept'],
      params: personParams,
      body: z.strictObject({ retiredOn: schemaDate }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await recordRetirement(work, params.personId, body.retiredOn)
        return done
      },
    }),
  ]
}

function cardRoutes(): ServiceRoute[] {
  const callers = ['accept']
  const changes = [
    { path: 'lost', title: { zh: '挂失', en: 'Report a card lost' }, change: reportCardLost },
    { path: 'found', title: { zh: '解除挂失', en: 'A lost card turned up' }, change: reportCardFound },
    { path: 'cancel', title: { zh: '注销社保卡', en: 'Cancel a card' }, change: cancelCard },
  ]
  return [
    serviceRoute({
      method: 'GET',
      path: '/people/:personId/cards',
      title: { zh: '社保卡', en: "A person's cards" },
      callers: ['staff'],
      params: personParams,
      query: purposeQuery,
      answer: z.object({ items: z.array(schemaCard) }),
      handle: async (work, { params, query }) => ({ items: await cardsOf(work, params.personId, query.purpose) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/cards',
      title: { zh: '发卡', en: 'Issue a card' },
      callers,
      body: schemaNewCard,
      answer: z.object({ cardId: schemaId }),
      handle: async (work, { body }) => ({ cardId: await issueCard(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/cards/replace',
      title: { zh: '换卡、补卡', en: 'Replace a card' },
      callers,
      body: schemaCardReplacement,
      answer: z.object({ cardId: schemaId }),
      handle: async (work, { body }) => ({ cardId: await replaceCard(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/cards/check',
      title: { zh: '核验社保卡', en: 'Whose card a number is, and whether it is good' },
      callers: ['staff'],
      body: z.strictObject({ number: z.string().min(1).max(20), purpose: schemaPurpose }),
      answer: z.object({ personId: schemaId, cardId: schemaId, state: z.string() }),
      handle: (work, { body }) => checkCard(work, body.number, body.purpose),
    }),
    ...changes.map(({ path, title, change }) =>
      serviceRoute({
        method: 'POST',
        path: `/cards/:cardId/${path}`,
        title,
        callers,
        params: cardParams,
        answer: schemaDone,
        async handle(work, { params }) {
          await change(work, params.cardId)
          return done
        },
      }),
    ),
  ]
}

function enrolmentRoutes(): ServiceRoute[] {
  const callers = ['accept']
  const enrolmentParams = z.object({ enrolmentId: schemaId })
  return [
    serviceRoute({
      method: 'GET',
      path: '/people/:personId/enrolments',
      title: { zh: '参保信息', en: "A person's enrolments on a day" },
      callers: ['staff', 'employer'],
      params: personParams,
      query: purposeQuery.extend({ on: schemaDate.exactOptional() }),
      answer: z.object({ items: z.array(schemaEnrolment) }),
      handle: async (work, { params, query: { on = work.today, purpose } }) => ({
        items: await enrolmentsOf(work, params.personId, { on }, purpose),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/enrolments',
      title: { zh: '参保登记', en: 'Insure a person' },
      callers,
      body: schemaNewEnrolment,
      answer: z.object({ enrolmentId: schemaId }),
      handle: async (work, { body }) => ({ enrolmentId: await enrol(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/enrolments/:enrolmentId/change',
      title: { zh: '参保变更', en: 'Change an enrolment from a day on' },
      callers,
      params: enrolmentParams,
      body: z.strictObject({
        on: schemaDate,
        relation: z.enum(['active', 'retired', 'terminated']).exactOptional(),
        contributingContinuously: z.boolean().exactOptional(),
      }),
      answer: z.object({ enrolmentId: schemaId }),
      handle: async (work, { params, body }) => ({ enrolmentId: await changeEnrolment(work, { ...params, ...body }) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/enrolments/:enrolmentId/end',
      title: { zh: '停保', en: 'End an enrolment' },
      callers,
      params: enrolmentParams,
      body: z.strictObject({ to: schemaDate }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await endEnrolment(work, { ...params, ...body })
        return done
      },
    }),
  ]
}

function authorityRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/people/:personId/authorities',
      title: { zh: '代办授权', en: 'Who may act for a person' },
      callers: ['staff'],
      params: personParams,
      query: purposeQuery,
      answer: z.object({ items: z.array(schemaAuthority) }),
      handle: async (work, { params, query }) => ({
        items: withMaskedAgents(await authoritiesOf(work, params.personId, work.today, query.purpose)),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/authorities',
      title: { zh: '登记代办授权', en: 'Record that somebody may act for a person' },
      callers: ['accept'],
      body: schemaNewAuthority,
      answer: z.object({ authorityId: schemaId }),
      handle: async (work, { body }) => ({ authorityId: await recordAuthority(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/people/:personId/authorities',
      title: {
        zh: '窗口登记代办授权（核对代办人身份证）',
        en: 'Record at the counter who may act for a person, by the identity card of the one who will',
      },
      callers: ['accept'],
      params: personParams,
      body: z.strictObject({
        ...schemaAuthorityTerms,
        agentName: z.string().trim().min(1).max(100),
        agentIdNumber: z.string().trim().min(1).max(20),
        evidence: z.string().trim().min(1).max(500),
      }),
      answer: z.object({ authorityId: schemaId }),
      async handle(work, { params, body: { agentName, agentIdNumber, to, ...terms } }) {
        const agentPersonId = await agentByIdentity(work, { idNumber: agentIdNumber, name: agentName })
        const authority = { ...terms, ...(to !== undefined && { to }), from: work.today }
        return {
          authorityId: await recordAuthority(work, { ...authority, subjectPersonId: params.personId, agentPersonId }),
        }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/authorities/:authorityId/end',
      title: { zh: '终止代办授权，立即生效', en: 'End an authority, at once' },
      callers: ['accept'],
      params: z.object({ authorityId: schemaId }),
      answer: schemaDone,
      async handle(work, { params }) {
        await endAuthority(work, params.authorityId)
        return done
      },
    }),
  ]
}
