import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { inTransaction, parseInput, schemaId, schemaInstant, systemActor } from '../../ground/door.ts'
import { ownSession, refuseForgery, sessionToChange, setSessionCookies } from '../http/identity.ts'
import { type Operation, operationSchema } from '../http/mount.ts'
import type { RegionNode } from '../node.ts'
import { signInEventsOf } from '../signin/events.ts'
import {
  addPasskey,
  hasPassword,
  type PasskeyPlace,
  passkeyAskedFor,
  passkeysOf,
  passkeyToAdd,
  removePasskey,
  signInByPasskey,
} from '../signin/passkeys.ts'
import { signInEventKinds } from '../tables.ts'
import { schemaBegun, signInLimit } from './session.ts'
import { done, schemaDone } from './shapes.ts'

/** What the browser's own `navigator.credentials` is given; the standard (WebAuthn Level 3) says what is in it. */
const schemaOptions = z.looseObject({ challenge: z.string() }).describe('as WebAuthn Level 3 names it in JSON')

const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/)
const bytes = base64url.min(1).max(64_000)
const credential = {
  id: base64url.min(1).max(2_000),
  rawId: base64url.min(1).max(2_000),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
  // What extensions say is not asked for and not read.
  clientExtensionResults: z.object({}).default({}),
}
const schemaMade = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(30)).max(10).exactOptional(),
  }),
})
const schemaSigned = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: base64url.max(200).exactOptional(),
  }),
})
const schemaPasskeyToAdd = z.strictObject({ name: z.string().trim().min(1).max(60), response: schemaMade })

const schemaSecurity = z.object({
  origin: z.string().nullable().describe('the address that passkeys are bound to; null where there are none'),
  hasPassword: z.boolean(),
  passkeys: z.array(
    z.object({
      passkeyId: schemaId,
      name: z.string(),
      synced: z.boolean().describe('comes to its owner’s new devices by itself'),
      addedAt: schemaInstant,
      lastUsedAt: schemaInstant.nullable(),
    }),
  ),
  events: z.array(
    z.object({ seq: z.int(), what: z.enum(signInEventKinds), passkey: z.string().nullable(), at: schemaInstant }),
  ),
})

const eventsShown = 20

type Described = Omit<Operation, 'method' | 'path' | 'tag'>

/**
 * Passkeys: asking for one, adding it, signing in with it, taking it away. Like signing in by password these answers are not stored under an
 * idempotency key: a challenge is good for once anyway.
 */
export async function passkeyRoutes(app: FastifyInstance, { node, region }: RegionNode): Promise<void> {
  const { machineClock, origin } = app.site
  const place: PasskeyPlace = { node, machineClock, origin }
  const described = (method: Operation['method'], path: string, operation: Described) =>
    operationSchema({ method, path, tag: 'session', ...operation })

  app.get('/session/ways', {
    schema: described('GET', '/session/ways', {
      title: { zh: '登录方式', en: 'How one may sign in besides by password' },
      callers: ['public'],
      answer: z.object({ passkeysAt: z.string().nullable().describe('the address where passkeys are good') }),
    }),
    handler: async () => ({ passkeysAt: origin ?? null }),
  })
  app.post('/session/passkey/options', {
    config: { rateLimit: signInLimit },
    schema: described('POST', '/session/passkey/options', {
      title: { zh: '开始用通行密钥登录', en: 'Begin signing in by passkey' },
      callers: ['public'],
      answer: schemaOptions,
    }),
    handler: async (request) => {
      refuseForgery(request, null)
      return passkeyAskedFor(place)
    },
  })
  app.post('/session/passkey', {
    config: { rateLimit: signInLimit },
    schema: described('POST', '/session/passkey', {
      title: { zh: '用通行密钥登录', en: 'Sign in by passkey' },
      callers: ['public'],
      body: schemaSigned,
      answer: schemaBegun,
    }),
    handler: async (request, reply) => {
      refuseForgery(request, null)
      const { token, session } = await signInByPasskey(place, parseInput(schemaSigned, request.body))
      setSessionCookies(reply, region, token, session.csrfToken)
      return { csrfToken: session.csrfToken }
    },
  })
  app.get('/me/security', {
    schema: described('GET', '/me/security', {
      title: { zh: '我的登录方式', en: 'My ways to sign in, and what happened to them' },
      callers: ['signed_in'],
      answer: schemaSecurity,
    }),
    handler: async (request) => {
      const { userId } = ownSession(request)
      return inTransaction(node, systemActor, async (work) => ({
        origin: origin ?? null,
        hasPassword: await hasPassword(work, userId),
        passkeys: await passkeysOf(work, userId),
        events: await signInEventsOf(work, userId, eventsShown),
      }))
    },
  })
  app.post('/me/passkeys/options', {
    config: { rateLimit: signInLimit },
    schema: described('POST', '/me/passkeys/options', {
      title: { zh: '开始登记通行密钥', en: 'Begin adding a passkey' },
      callers: ['signed_in'],
      answer: schemaOptions,
    }),
    handler: async (request) => passkeyToAdd(place, sessionToChange(request).userId),
  })
  app.post('/me/passkeys', {
    config: { rateLimit: signInLimit },
    schema: described('POST', '/me/passkeys', {
      title: { zh: '登记通行密钥', en: 'Add a passkey' },
      callers: ['signed_in'],
      body: schemaPasskeyToAdd,
      answer: z.object({ passkeyId: schemaId }),
    }),
    handler: async (request) => {
      const { userId } = sessionToChange(request)
      return { passkeyId: await addPasskey(place, userId, parseInput(schemaPasskeyToAdd, request.body)) }
    },
  })
  app.delete('/me/passkeys/:passkeyId', {
    schema: described('DELETE', '/me/passkeys/:passkeyId', {
      title: { zh: '移除通行密钥', en: 'Remove a passkey' },
      callers: ['signed_in'],
      params: z.object({ passkeyId: schemaId }),
      answer: schemaDone,
    }),
    handler: async (request) => {
      const session = sessionToChange(request)
      const { passkeyId } = parseInput(z.object({ passkeyId: schemaId }), request.params)
      await removePasskey(place, session, passkeyId)
      return done
    },
  })
}
