import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { exchangeStatus, openAlerts } from '../../exchange/door.ts'
import { inTransaction, millisecondsBetween, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { chainState } from '../../ledger/door.ts'
import type { RegionNode } from '../node.ts'

/**
 * What an operator watches, in the text format of Prometheus at `/metrics` (docs/operations/README.md). Only for whoever shows the token as
 * `Authorization: Bearer`; without a token in the settings there is no such route. No label names a person or a case.
 */
export function metricsRoute(app: FastifyInstance, token: string | undefined): void {
  if (token === undefined) return
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'tongban_process_' })
  const requests = new Histogram({
    name: 'tongban_http_request_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = routeOf(request)
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isToken(request.headers.authorization, token)) throw new Refusal('metrics_token_wrong')
    // What is measured for one reader is no other's, who may ask at the same moment.
    const moment = new Registry()
    const measures = measuresIn(moment)
    await Promise.all(app.site.world.nodes.map((node) => measureNode(measures, node)))
    return reply.type(registry.contentType).send(`${await registry.metrics()}${await moment.metrics()}`)
  })
}

/** The route's pattern, the same for every region: addresses may hold what people searched for. */
function routeOf({ routeOptions }: FastifyRequest): string {
  return (routeOptions.url ?? 'none').replace(/^\/\d{6}\//, '/:region/')
}

function measuresIn(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  return {
    databaseUp: gauge('tongban_database_up', '1 while the node answers from its database', ['region']),
    waiting: gauge('tongban_exchange_waiting', 'Messages that wait to be delivered', ['region', 'partner']),
    oldest: gauge('tongban_exchange_oldest_waiting_seconds', 'Age of the oldest of them', ['region', 'partner']),
    failed: gauge('tongban_exchange_failed', 'Messages taken that could not be handled', ['region', 'partner']),
    alerts: gauge('tongban_exchange_alerts', 'Open alerts of the exchange, times seen', ['region', 'kind']),
    unsealed: gauge('tongban_ledger_unsealed', 'Transfers that wait to be sealed', ['region']),
    sealed: gauge('tongban_ledger_sealed', 'Transfers sealed so far', ['region']),
  }
}

type Measures = ReturnType<typeof measuresIn>

async function measureNode(measures: Measures, { region, node }: RegionNode): Promise<void> {
  try {
    await inTransaction(node, systemActor, (work) => measureWork(measures, region, work), 'metrics')
    measures.databaseUp.set({ region }, 1)
  } catch {
    measures.databaseUp.set({ region }, 0)
  }
}

async function measureWork(measures: Measures, region: string, work: Work): Promise<void> {
  const { byPartner } = await exchangeStatus(work)
  for (const { region: partner, waiting, oldestWaitingAt, failed } of byPartner) {
    const ageMilliseconds = oldestWaitingAt === null ? 0 : millisecondsBetween(oldestWaitingAt, work.now)
    measures.waiting.set({ region, partner }, waiting)
    measures.oldest.set({ region, partner }, ageMilliseconds / 1000)
    measures.failed.set({ region, partner }, failed)
  }
  for (const { kind, count } of await openAlerts(work)) measures.alerts.inc({ region, kind }, count)
  const { sealedCount, waitingCount } = await chainState(work)
  measures.unsealed.set({ region }, waitingCount)
  measures.sealed.set({ region }, sealedCount)
}

function isToken(authorization: string | undefined, token: string): boolean {
  const [shown, expected] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${token}`)]
  return shown.length === expected.length && timingSafeEqual(shown, expected)
}
