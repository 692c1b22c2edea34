import { sql } from 'kysely'
import { actorUserId, blindIndex, type Id, must, Refusal, type Work } from '../../ground/door.ts'
import type { ServerTables } from '../tables.ts'

/** A request as its idempotency key sees it: the same key must come with the same route and the same content. */
export type KeyedRequest = { key: string; route: string; content: unknown }

/** What was answered: an HTTP status and a JSON body. */
export type Answer = { status: number; body: unknown }

/**
 * Does something once per user and idempotency key. The answer is written in the transaction of the change, so either both are there or
 * neither; the same key again gets the stored answer and changes nothing. A refusal rolls back and stores nothing: the same key may be
 * tried again. Refuses `idempotency_key_reused` for another route or body, `request_cancelled` after `cancelKey` (design section 4).
 */
export async function answerOnce(work: Work, request: KeyedRequest, act: () => Promise<Answer>): Promise<Answer> {
  const userId = getUserId(work)
  // Under the node's key: a plain digest of a request with a PIN or an account number in it would tell them to whoever tries them all.
  const requestSm3 = blindIndex(work.node.keys, `${request.route}\n${JSON.stringify(request.content)}`)
  const known = await findAnswerLocked(work, userId, request.key)
  if (known?.state === 'cancelled') throw new Refusal('request_cancelled')
  if (known) {
    if (known.request_sm3 !== requestSm3) throw new Refusal('idempotency_key_reused', { params: { key: request.key } })
    return { status: must(known.status, 'status of a stored answer'), body: known.body }
  }
  const answer = await act()
  await work.reach('answer.before-store')
  await work.db
    .withTables<ServerTables>()
    .insertInto('server.answer')
    .values({
      user_id: userId,
      key: request.key,
      state: 'answered',
      route: request.route,
      request_sm3: requestSm3,
      status: answer.status,
      body: JSON.stringify(answer.body),
      at: work.now,
    })
    .execute()
  return answer
}

/**
 * Undoing by time-out (冲正): the sender never heard the answer to `key`. If it was answered, the answer is returned and stands; if not, the
 * key is closed for ever, so that the request does nothing when it arrives late. Never both.
 */
export async function cancelKey(
  work: Work,
  key: string,
): Promise<{ state: 'answered'; answer: Answer } | { state: 'cancelled' }> {
  const userId = getUserId(work)
  const known = await findAnswerLocked(work, userId, key)
  if (known?.state === 'answered') {
    return { state: 'answered', answer: { status: must(known.status, 'status of a stored answer'), body: known.body } }
  }
  if (!known) {
    await work.db
      .withTables<ServerTables>()
      .insertInto('server.answer')
      .values({ user_id: userId, key, state: 'cancelled', at: work.now })
      .execute()
  }
  return { state: 'cancelled' }
}

/** The row of a key; whoever else comes with the same key waits until this transaction ends. */
async function findAnswerLocked(work: Work, userId: Id, key: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, 0))`.execute(work.db)
  return work.db
    .withTables<ServerTables>()
    .selectFrom('server.answer')
    .selectAll()
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst()
}

function getUserId(work: Work): Id {
  return must(actorUserId(work.actor), 'a user behind an idempotency key')
}
