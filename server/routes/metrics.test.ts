import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendMessage } from '../../exchange/door.ts'
import { inTransaction, must, systemActor } from '../../ground/door.ts'
import { type TestSite, testSite } from '../testing.ts'

const token = 'a token for tests'
let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], seed: false, metricsToken: token })
})
afterAll(() => site.close())

const read = (authorization?: string) =>
  site.app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } })

describe('metrics', () => {
  it.each([[undefined], ['Bearer another token ...'], [token]])('are not shown for %s', async (authorization) => {
    const answer = await read(authorization)
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.body).not.toContain('tongban_exchange')
  })

  it('tell what waits for whom and for how long, what is sealed, and how requests went', async () => {
    const node = must(site.nodes.get('320000'), 'a node')
    await inTransaction(node, systemActor, (work) =>
      sendMessage(work, { to: '650000', kind: 'club.score', version: 1, body: {} }),
    )
    node.clock.advance(90_000)
    await site.app.inject({ url: '/healthz' })
    const { body, headers } = await read(`Bearer ${token}`)
    expect(headers['content-type']).toContain('text/plain')
    for (const line of [
      'tongban_database_up{region="320000"} 1',
      'tongban_exchange_waiting{region="320000",partner="650000"} 1',
      'tongban_exchange_oldest_waiting_seconds{region="320000",partner="650000"} 90',
      'tongban_ledger_unsealed{region="320000"} 0',
      'tongban_http_request_seconds_count{method="GET",route="/healthz",status="200"} 1',
    ]) {
      expect(body).toContain(line)
    }
    expect(body).toMatch(/^tongban_process_process_resident_memory_bytes \d+/m)
  })

  it('count an alert once for each of two who ask at the same moment', async () => {
    const node = must(site.app.site.world.find('320000'), 'a node')
    await node.exchange.receive(new TextEncoder().encode('no message'))
    const answers = await Promise.all([read(`Bearer ${token}`), read(`Bearer ${token}`)])
    for (const { body } of answers) {
      expect(body).toContain('tongban_exchange_alerts{region="320000",kind="malformed"} 1\n')
    }
  })

  it('are not there where no token is set', async () => {
    const bare = await testSite({ regions: ['320000'], seed: false })
    const answer = await bare.app.inject({ url: '/metrics', headers: { authorization: 'Bearer undefined' } })
    expect(answer.body).not.toContain('tongban_database_up')
    await bare.close()
  })
})
