import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type BothLanguages, type Id, inTransaction, parseInput, schemaId, systemActor } from '../../ground/door.ts'
import { clearSessionCookies, refuseForgery, sessionToChange, setSessionCookies } from '../http/identity.ts'
import { operationSchema } from '../http/mount.ts'
import type { RegionNode } from '../node.ts'
import { actorAskedFor } from '../signin/acting.ts'
import { changeActing, endSession } from '../signin/sessions.ts'
import { type BegunSession, signIn, signInToDemo } from '../signin/sign-in.ts'
import { done, schemaDone } from './shapes.ts'

/** What a browser gets to know of a session that has begun. */
export const schemaBegun = z.object({
  csrfToken: z.string().describe('to be sent as x-tongban-csrf with every change'),
})
const schemaLogin = z.string().min(1).max(64)
const schemaCredentials = z.strictObject({ login: schemaLogin, password: z.string().min(1).max(256) })
const schemaDemoCredentials = z.strictObject({ login: schemaLogin })

/** Either an assignment, or the user's own person, perhaps for somebody whom they may represent. */
const schemaActing = z.union([
  z.strictObject({ assignmentId: schemaId }),
  z.strictObject({ person: z.literal(true), onBehalfOf: schemaId.optional() }),
])

/** How often one address may try to sign in on one node. */
export const signInLimit = { max: 20, timeWindow: '1 minute' }

/**
 * Signing in and out, and changing what one acts as. These answers are not stored under an idempotency key: a session's token is kept nowhere,
 * and doing them twice does no harm.
 */
export async function sessionRoutes(app: FastifyInstance, { node, region }: RegionNode): Promise<void> {
  const { machineClock, world } = app.site

  /** A way to sign in: whoever calls has no session yet, and gets one with the answer. */
  function signInRoute<Body>(
    path: string,
    title: BothLanguages,
    body: z.ZodType<Body>,
    handle: (body: Body) => Promise<BegunSession>,
  ): void {
    app.post(path, {
      config: { rateLimit: signInLimit },
      schema: operationSchema({
        method: 'POST',
        path,
        tag: 'session',
        title,
        callers: ['public'],
        body,
        answer: schemaBegun,
      }),
      handler: async (request, reply) => {
        refuseForgery(request, null)
        const { token, session } = await handle(parseInput(body, request.body))
        setSessionCookies(reply, region, token, session.csrfToken)
        return { csrfToken: session.csrfToken }
      },
    })
  }

  signInRoute('/session', { zh: '用密码登录', en: 'Sign in by password' }, schemaCredentials, (credentials) =>
    signIn(node, machineClock, credentials),
  )
  if (world.demo) {
    const title = { zh: '演示登录', en: 'Sign in to the demo world without a password' }
    signInRoute('/session/demo', title, schemaDemoCredentials, ({ login }) => signInToDemo(node, machineClock, login))
  }

  app.post('/session/acting', {
    schema: operationSchema({
      method: 'POST',
      path: '/session/acting',
      tag: 'session',
      title: { zh: '切换岗位或代办对象', en: 'Act through another assignment, or for another person' },
      callers: ['signed_in'],
      body: schemaActing,
      answer: schemaDone,
    }),
    handler: async (request) => {
      const session = sessionToChange(request)
      const asked = actingAsked(parseInput(schemaActing, request.body))
      await inTransaction(node, systemActor, async (work) => {
        await actorAskedFor(work, session, asked)
        await changeActing(work, session, asked)
      })
      return done
    },
  })

  app.delete('/session', {
    schema: operationSchema({
      method: 'DELETE',
      path: '/session',
      tag: 'session',
      title: { zh: '退出登录', en: 'Sign out' },
      callers: ['signed_in'],
      answer: schemaDone,
    }),
    handler: async (request, reply) => {
      const session = sessionToChange(request)
      await inTransaction(node, systemActor, (work) => endSession(work, session, machineClock.now()))
      clearSessionCookies(reply, region)
      return done
    },
  })
}

function actingAsked(body: z.infer<typeof schemaActing>): { assignmentId: Id | null; onBehalfOf: Id | null } {
  if ('assignmentId' in body) return { assignmentId: body.assignmentId, onBehalfOf: null }
  return { assignmentId: null, onBehalfOf: body.onBehalfOf ?? null }
}
