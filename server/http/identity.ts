import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Clock, inTransaction, type Node, Refusal, systemActor } from '../../ground/door.ts'
import type { AuthorityScope } from '../../people/door.ts'
import type { RouteCaller } from '../../services/contract.ts'
import { type ActingNow, actingNow } from '../signin/acting.ts'
import { findSession, type Session } from '../signin/sessions.ts'
import { mayCall } from './callers.ts'

/** Who sent a request to a node. */
export type Identity = ActingNow & { session: Session | null }

const nobody: Identity = { actor: { kind: 'public' }, scope: null, session: null }

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before a route of a node runs. */
    identity: Identity
  }
}

const sessionCookie = 'tongban_session'
const csrfCookie = 'tongban_csrf'
/** Said by a page that asks again by itself while nobody is at it (`kit/attendance.ts`). */
const unattendedHeader = 'x-tongban-unattended'

/** Finds out who sends a request, by the session cookie of this node; nobody where there is none or it has ended. */
export async function identify(node: Node, machineClock: Clock, request: FastifyRequest): Promise<Identity> {
  const token = request.cookies[sessionCookie]
  if (!token) return nobody
  return inTransaction(node, systemActor, async (work) => {
    // A stream of changes cannot say so, and its browser opens it again by itself.
    const isUse = request.headers[unattendedHeader] === undefined && request.headers.accept !== 'text/event-stream'
    const session = await findSession(work, token, machineClock.now(), { isUse })
    if (!session) return nobody
    return { ...(await actingNow(work, session)), session }
  })
}

/**
 * Refuses a caller whom the route is not open to: `not_signed_in` (401), `caller_not_allowed`, `authority_over` for whoever acted by an authority that has
 * ended or was withdrawn, and `outside_authority` for what the authority does not cover (403).
 */
export function refuseOtherCallers(
  identity: Identity,
  callers: readonly RouteCaller[],
  actsOn: AuthorityScope = 'matters',
): void {
  if (mayCall(identity.actor, callers)) {
    if (identity.scope === null || identity.scope.includes(actsOn)) return
    throw new Refusal('outside_authority')
  }
  if (!identity.session) throw new Refusal('not_signed_in')
  if (identity.session.onBehalfOf !== null && identity.actor.kind === 'public') throw new Refusal('authority_over')
  throw new Refusal('caller_not_allowed', { params: { callers: callers.join(', ') } })
}

/**
 * Refuses what another site may have made the browser send: the `Origin` must be this host, and with a session the header
 * `x-tongban-csrf` must carry the session's token (which only this site's pages can read).
 */
export function refuseForgery(request: FastifyRequest, session: Session | null): void {
  const origin = request.headers.origin
  const own = `${request.protocol}://${request.host}`
  if (origin !== undefined && hostOf(origin) !== hostOf(own)) throw new Refusal('origin_not_allowed')
  if (session && request.headers['x-tongban-csrf'] !== session.csrfToken) throw new Refusal('csrf_token_wrong')
}

/** The session of a request of a signed-in user. Refuses `not_signed_in`. */
export function ownSession({ identity }: FastifyRequest): Session {
  if (!identity.session) throw new Refusal('not_signed_in')
  return identity.session
}

/** The session of a request that changes something of its user's own. Refuses `not_signed_in` and forged requests. */
export function sessionToChange(request: FastifyRequest): Session {
  const session = ownSession(request)
  refuseForgery(request, session)
  return session
}

/** Without the port that a scheme has anyway. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** Gives the browser its session: the token out of reach of scripts, the CSRF token readable; both for this node's paths only. */
export function setSessionCookies(reply: FastifyReply, region: string, token: string, csrfToken: string): void {
  const options = { path: `/${region}`, sameSite: 'strict', secure: 'auto' } as const
  reply.setCookie(sessionCookie, token, { ...options, httpOnly: true })
  reply.setCookie(csrfCookie, csrfToken, options)
}

/** Takes both cookies away. */
export function clearSessionCookies(reply: FastifyReply, region: string): void {
  reply.clearCookie(sessionCookie, { path: `/${region}` })
  reply.clearCookie(csrfCookie, { path: `/${region}` })
}
