import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { exchangeStatus } from '../../exchange/door.ts'
import { inTransaction, parseInput, schemaInstant, systemActor } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import type { DemoControls } from '../demo/controls.ts'
import { refuseForgery } from '../http/identity.ts'
import { operationSchema } from '../http/mount.ts'
import type { RegionNode } from '../node.ts'
import { schemaBoth } from './shapes.ts'

const schemaClock = z.strictObject({ to: schemaInstant })

/** What belongs to no single node: the list of nodes, health, and the demo world's clock. */
export async function siteRoutes(app: FastifyInstance): Promise<void> {
  const { world } = app.site

  app.get('/api/v1/nodes', {
    schema: operationSchema({
      method: 'GET',
      path: '/nodes',
      tag: 'site',
      title: { zh: '各地入口', en: 'The regions that are served here' },
      callers: ['public'],
      answer: z.object({
        demo: z.boolean(),
        now: schemaInstant,
        items: z.array(z.object({ region: z.string(), name: schemaBoth })),
      }),
    }),
    handler: async () => ({
      demo: world.demo !== null,
      now: world.nodes[0]?.node.clock.now(),
      items: world.nodes.map(({ region }) => ({ region, name: getRegion(region).name })),
    }),
  })

  app.get('/healthz', {
    schema: operationSchema({
      method: 'GET',
      path: '/healthz',
      tag: 'site',
      title: { zh: '健康检查', en: 'Whether every node has its database, and what its exchange has waiting' },
      callers: ['public'],
      answer: z.object({
        ok: z.boolean(),
        nodes: z.array(
          z.object({
            region: z.string(),
            database: z.enum(['ok', 'unreachable']),
            messagesWaiting: z.int().nullable(),
            messagesFailed: z.int().nullable(),
          }),
        ),
      }),
    }),
    handler: async (_, reply) => {
      const nodes = await Promise.all(world.nodes.map(healthOf))
      const ok = nodes.every(({ database }) => database === 'ok')
      return reply.code(ok ? 200 : 503).send({ ok, nodes })
    },
  })

  if (world.demo) clockRoute(app, world.demo)
}

function clockRoute(app: FastifyInstance, demo: DemoControls): void {
  const { world } = app.site
  app.post('/api/v1/demo/clock', {
    schema: operationSchema({
      method: 'POST',
      path: '/demo/clock',
      tag: 'site',
      title: { zh: '把演示世界的时钟向后拨', en: "Move the demo world's clock forward and do what has become due" },
      callers: ['public'],
      body: schemaClock,
      answer: z.object({ now: schemaInstant }),
    }),
    handler: async (request) => {
      refuseForgery(request, null)
      await demo.moveTo(parseInput(schemaClock, request.body).to)
      for (const node of world.nodes) await node.runDue()
      return { now: demo.now() }
    },
  })
}

async function healthOf({ region, node }: RegionNode) {
  try {
    const { waiting, failed } = await inTransaction(node, systemActor, exchangeStatus)
    return { region, database: 'ok' as const, messagesWaiting: waiting, messagesFailed: failed }
  } catch {
    return { region, database: 'unreachable' as const, messagesWaiting: null, messagesFailed: null }
  }
}
