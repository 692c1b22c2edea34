import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { inTransaction, must, systemActor } from '../../ground/door.ts'
import { type Identity, refuseOtherCallers } from '../http/identity.ts'
import { operationSchema } from '../http/mount.ts'
import { changeFeed } from '../live/change-feed.ts'
import { type ChangeStream, openChangeStream } from '../live/change-stream.ts'
import { changeKinds } from '../live/changes.ts'
import type { RegionNode } from '../node.ts'
import { actorOf } from '../signin/acting.ts'
import { lookAtSession } from '../signin/sessions.ts'

const callers = ['signed_in']

/**
 * Tells a signed-in page which kinds of data changed for whom it is open to, as server-sent events: `changed` with a list of kinds, and `ended`
 * when the session has. A page that hears of a kind reads it again, by its own rights; nothing else is in it.
 */
export async function liveRoutes(app: FastifyInstance, { node }: RegionNode): Promise<void> {
  const { machineClock } = app.site
  const feed = changeFeed(node)
  const streams = new Set<ChangeStream>()
  // An open answer would keep the server from closing.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end(false)
    await feed.close()
  })

  /** Looks at the session without using it: an open page alone keeps nobody signed in. */
  const check = ({ session, actor }: Identity) =>
    inTransaction(node, systemActor, async (work) => {
      const found = await lookAtSession(work, must(session, 'a session'), machineClock.now())
      if (!found) return 'ended'
      return isDeepStrictEqual(await actorOf(work, found), actor) ? 'same' : 'changed'
    })

  app.get('/changes', {
    schema: operationSchema({
      method: 'GET',
      path: '/changes',
      tag: 'session',
      title: {
        zh: '数据变化通知（服务器推送）',
        en: 'Which kinds of data changed (text/event-stream; this is the data of each event)',
      },
      callers,
      answer: z.array(z.enum(changeKinds)),
    }),
    preValidation: async (request) => refuseOtherCallers(request.identity, callers),
    handler: async (request, reply) => {
      const { identity } = request
      reply.hijack()
      const stream = openChangeStream(reply.raw, headersOf(reply.getHeaders()), {
        check: () => check(identity),
        gatherMilliseconds: 300,
        beatMilliseconds: 15_000,
        onEnd: () => {
          unwatch()
          streams.delete(stream)
        },
      })
      const unwatch = feed.watch(identity.actor, stream.tell)
      streams.add(stream)
      // Who has gone meanwhile closes nothing any more.
      if (reply.raw.closed) stream.end(false)
    },
  })
}

/** As they were set so far (the security headers), and no buffering by a proxy in between. */
function headersOf(headers: Record<string, number | string | string[] | undefined>): Record<string, string> {
  const set = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return { ...Object.fromEntries(set), 'x-accel-buffering': 'no' }
}
