import { z } from 'zod'
import { Refusal, schemaDate, schemaId, schemaInstant, type Work } from '../../ground/door.ts'
import {
  agentOfProxyCode,
  authoritiesOf,
  authorityScopes,
  endAuthority,
  giveAuthorityByCode,
  issueProxyCode,
} from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { done, schemaAuthority, schemaDone } from './shapes.ts'

const callers = ['person']
const schemaCode = z.string().min(8).max(20)

/** Whom an authority is recorded with at the counter or on the phone, and how far it goes. */
export const schemaAuthorityTerms = {
  relation: z.enum(['relative', 'guardian', 'entrusted']),
  scope: z.array(z.enum(authorityScopes)).min(1).describe('`matters` always, and what goes beyond them'),
  to: schemaDate.optional().describe('the last day; without an end where left out'),
}

/**
 * Letting somebody act for oneself: they show a code, which is their consent; it is typed in here, with what they may do and until when. Withdrawn, it is
 * over at once.
 */
export function myAuthorityRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/me/authorities',
      title: { zh: '我授权谁代办', en: 'Who may act for me' },
      callers,
      actsOn: 'records',
      answer: z.object({ items: z.array(schemaAuthority) }),
      handle: async (work) => ({ items: await authoritiesOf(work, shownPersonId(work), work.today, 'self_service') }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/proxy-code',
      title: { zh: '出示代办码，让家人授权给我', en: 'A code by which another may let me act for them' },
      callers,
      answer: z.object({ code: z.string(), expiresAt: schemaInstant }),
      handle: (work) => issueProxyCode(work),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/authorities/agent',
      title: { zh: '核对代办码是谁的', en: 'Whose code this is' },
      callers,
      body: z.strictObject({ proxyCode: schemaCode }),
      answer: z.object({ agentNameMasked: z.string() }),
      handle: (work, { body }) => agentOfProxyCode(work, body.proxyCode),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/authorities',
      title: { zh: '授权他人代办', en: 'Let somebody act for me' },
      callers,
      body: z.strictObject({ proxyCode: schemaCode, ...schemaAuthorityTerms }),
      answer: z.object({ authorityId: schemaId }),
      handle: async (work, { body }) => ({ authorityId: await giveAuthorityByCode(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/me/authorities/:authorityId/end',
      title: { zh: '收回授权，立即生效', en: 'Withdraw an authority, at once' },
      callers,
      params: z.object({ authorityId: schemaId }),
      answer: schemaDone,
      async handle(work, { params }) {
        await endAuthority(work, params.authorityId)
        return done
      },
    }),
  ]
}

function shownPersonId({ actor }: Work): string {
  if (actor.kind !== 'person') throw new Refusal('caller_not_allowed', { params: { callers: 'person' } })
  return actor.onBehalfOf ?? actor.personId
}
