import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { exchangeUrlsOf, planNation, requireFreePorts } from './plan.ts'

describe('the plan of a nation', () => {
  const plan = planNation({ folder: 'x', port: 18_300 })

  it('takes the ports from the first on, each once', () => {
    const ports = [
      plan.pagePort,
      plan.databasePort,
      ...plan.regions.map(({ port }) => port),
      ...plan.natsServers.flatMap(({ clientPort, clusterPort, monitorPort }) => [clientPort, clusterPort, monitorPort]),
    ]
    expect(ports).toEqual(ports.map((_, index) => 18_300 + index))
    expect(exchangeUrlsOf(plan)).toEqual(['18306', '18309', '18312'].map((port) => `nats://127.0.0.1:${port}`))
  })

  it('each NATS server knows the way to both others', () => {
    const [first, second, third] = plan.natsServers.map(({ clusterPort }) => `nats://127.0.0.1:${clusterPort}`)
    expect(plan.natsServers.map(({ routes }) => routes)).toEqual([
      [second, third],
      [first, third],
      [first, second],
    ])
  })

  it('is refused with every port that somebody has', async () => {
    const taken = await Promise.all([18_301, 18_304].map(listenOn))
    await expect(requireFreePorts(plan)).rejects.toMatchObject({
      code: 'nation_ports_taken',
      params: { ports: '18301, 18304' },
    })
    for (const server of taken) server.close()
    await requireFreePorts(plan)
  })
})

function listenOn(port: number): Promise<ReturnType<typeof createServer>> {
  const server = createServer()
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)))
}
