import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAgain, createInProcessTransport, exchangeStatus, messagesAbout } from './door.ts'
import { type ClubNode, clubNodes, once, scoresOf, tellScore } from './testing.ts'

// A node is put back to an earlier moment (its tables are emptied of what came since), and its partner gives it back what it has forgotten.

let nanjing: ClubNode
let urumqi: ClubNode
beforeAll(async () => {
  const transport = createInProcessTransport()
  const [first, second] = await clubNodes(['320000', '650000'], transport)
  if (!first || !second) throw new Error('two nodes expected')
  ;[nanjing, urumqi] = [first, second]
  for (const node of [nanjing, urumqi]) transport.listen(node.region, node.exchange.receive)
})
afterAll(() => Promise.all([nanjing.close(), urumqi.close()]))

async function everything(): Promise<void> {
  for (let delivered = 1; delivered > 0; ) {
    delivered = (await nanjing.exchange.pump()) + (await urumqi.exchange.pump())
  }
}

/** Urumqi forgets all that it said and heard: as a backup of the moment before would have it. */
async function forget(): Promise<void> {
  const { Client } = await import('pg')
  const url = new URL(urumqi.adminUrl)
  url.pathname = new URL(urumqi.ownerUrl).pathname
  const client = new Client({ connectionString: url.toString() })
  await client.connect()
  await client.query('SET session_replication_role = replica')
  for (const table of ['evidence', 'handling', 'inbox', 'delivery', 'draft', 'outbox']) {
    await client.query(`DELETE FROM exchange.${table}`)
  }
  await client.query('DELETE FROM club.score')
  await client.end()
}

describe('a node that was restored', () => {
  it('hears again what it was told, once, and gets back what it said itself, signed', async () => {
    await tellScore(nanjing, '650000', 'before')
    const since = urumqi.clock.now()
    await tellScore(nanjing, '650000', 'heard')
    const said = await tellScore(urumqi, '320000', 'said')
    await everything()
    await forget()
    expect(await scoresOf(urumqi)).toEqual({})
    // It knows nobody any more: its partner's next word reminds it.
    await tellScore(nanjing, '650000', 'reminder')
    await everything()
    expect(await once(urumqi, (work) => askAgain(work, since))).toEqual(['320000'])
    await everything()
    expect(await scoresOf(urumqi)).toEqual({ before: 1, heard: 1, reminder: 1 })
    expect(await once(urumqi, (work) => messagesAbout(work, 'said'))).toMatchObject([
      { id: said, direction: 'sent', state: 'delivered' },
    ])
    expect(await scoresOf(nanjing)).toEqual({ said: 1 })
    const evidence = sql<{ count: number }>`SELECT count(*) FROM exchange.evidence WHERE message_id = ${said}`
    expect((await once(urumqi, (work) => evidence.execute(work.db))).rows).toEqual([{ count: 1 }])
  })

  it('asked twice, changes nothing more', async () => {
    await once(urumqi, (work) => askAgain(work, '2026-01-01T00:00:00.000Z'))
    await everything()
    expect(await scoresOf(urumqi)).toEqual({ before: 1, heard: 1, reminder: 1 })
    expect(await once(urumqi, exchangeStatus)).toMatchObject({ waiting: 0, failed: 0 })
  })
})
