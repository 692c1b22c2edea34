import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, inTransaction, makeNodeKeys, must, newId, sm3, systemRandom } from '../ground/door.ts'
import { raiseAlert } from './alert.ts'
import {
  createInProcessTransport,
  type Envelope,
  exchangeStatus,
  failedMessages,
  findEvidence,
  messagesAbout,
  openAlerts,
  sendMessage,
} from './door.ts'
import { envelopeText } from './envelope.ts'
import { pairOfNode } from './key.ts'
import { bytesOf, type ClubNode, clubNodes, once, scoresOf, signed, tellScore } from './testing.ts'
import { signBatch } from './wire.ts'

const transport = createInProcessTransport()
let nanjing: ClubNode
let urumqi: ClubNode
let lanzhou: ClubNode
beforeAll(async () => {
  const [first, second, third] = await clubNodes(['320000', '650000', '620000'], transport)
  if (!first || !second || !third) throw new Error('three nodes expected')
  nanjing = first
  urumqi = second
  lanzhou = third
  transport.listen('650000', urumqi.exchange.receive)
})
afterAll(() => Promise.all([nanjing.close(), urumqi.close(), lanzhou.close()]))

const staff: Actor = { kind: 'staff', userId: idOf(1), assignmentId: idOf(2), role: 'operator', agency: '650100' }

function idOf(number: number): string {
  return `00000000-0000-7000-8000-00000000000${number}`
}

function envelope(change: Partial<Envelope> = {}): Envelope {
  return {
    id: newId(nanjing.clock, nanjing.random),
    from: '320000',
    to: '650000',
    kind: 'club.score',
    bodyVersion: 1,
    sentAt: nanjing.clock.now(),
    body: { match: 'forged', points: 1 },
    ...change,
  }
}

/** What Urumqi recorded of bytes that it refused. */
async function refusalOf(bytes: Uint8Array) {
  const read = sql<{ reason: string; claimed_from: string | null; size_bytes: number }>`
    SELECT reason, claimed_from, size_bytes FROM exchange.refused WHERE bytes_sm3 = ${sm3(bytes)}`
  return (await once(urumqi, (work) => read.execute(work.db))).rows
}

describe('what is not truly from a known region to this one', () => {
  const text = (value: unknown) => Buffer.from(JSON.stringify(value))
  const sent = (change: Partial<Envelope> = {}) => signed(nanjing, envelope(change))

  it.each<[string, string, string | null, () => Uint8Array]>([
    ['no JSON', 'malformed', null, () => Buffer.from('hello')],
    ['no UTF-8', 'malformed', null, () => Uint8Array.of(0xff, 0xfe)],
    ['no envelope', 'malformed', null, () => text({ envelope: {}, signature: '', signer: '' })],
    ['one member too many', 'malformed', null, () => text({ ...JSON.parse(String(sent())), more: 1 })],
    ['white space added', 'not_canonical', '320000', () => Buffer.concat([sent(), Buffer.from(' ')])],
    ['for another region', 'misaddressed', '320000', () => sent({ to: '620000' })],
    ['from nobody known', 'unknown_sender', '110000', () => sent({ from: '110000' })],
    ['in another’s name', 'wrong_signer', '620000', () => sent({ from: '620000' })],
    [
      'in another place of its batch',
      'not_in_batch',
      '320000',
      () => text({ ...JSON.parse(String(sent())), index: 1 }),
    ],
    [
      'by another way to the root',
      'not_in_batch',
      '320000',
      () => text({ ...JSON.parse(String(sent())), path: [sm3('x')] }),
    ],
    ['in a batch of another region', 'not_in_batch', '320000', () => inBatchOf(lanzhou)],
    ['signed by a key that only says it is Nanjing’s', 'wrong_signature', '320000', () => forged()],
  ])('E-01, E-03, E-07: %s is refused as %s and recorded', async (_, reason, claimedFrom, make) => {
    const bytes = make()
    const before = await once(urumqi, exchangeStatus)
    expect(await urumqi.exchange.receive(bytes)).toBe('refused')
    expect(await refusalOf(bytes)).toEqual([{ reason, claimed_from: claimedFrom, size_bytes: bytes.length }])
    expect((await once(urumqi, exchangeStatus)).refused).toBe(before.refused + 1)
    expect(await scoresOf(urumqi)).toEqual({})
  })

  it('E-07: of a flood a thousand are recorded, the rest only counted', async () => {
    const [last, oneTooMany] = [Buffer.from('the thousandth'), Buffer.from('one too many')]
    await once(urumqi, async (work) => {
      while ((await raiseAlert(work, 'malformed', null)) < 999);
    })
    for (const bytes of [last, oneTooMany]) expect(await urumqi.exchange.receive(bytes)).toBe('refused')
    expect(await refusalOf(last)).toHaveLength(1)
    expect(await refusalOf(oneTooMany)).toEqual([])
    const alerts = await once(urumqi, openAlerts)
    expect(alerts.find(({ kind }) => kind === 'malformed')).toMatchObject({ count: 1001 })
  })

  function inBatchOf(other: ClubNode): Uint8Array {
    const made = { from: other.region, signedAt: other.clock.now(), directoryVersion: 0 }
    return must(signBatch(pairOfNode(other.keys), [envelopeText(envelope(), 2)], made)[0], 'a message')
  }

  function forged(): Uint8Array {
    const claimed = envelope()
    const { signer } = JSON.parse(String(signed(nanjing, claimed))).batch
    const made = { from: '320000', signedAt: nanjing.clock.now(), directoryVersion: 0 }
    const own = String(signBatch(pairOfNode(makeNodeKeys(systemRandom)), [envelopeText(claimed, 2)], made)[0])
    return Buffer.from(own.replace(JSON.parse(own).batch.signer, signer))
  }

  it('any one byte changed: refused, whichever it is', async () => {
    const bytes = signed(nanjing, envelope())
    for (let place = 0; place < bytes.length; place++) {
      const tampered = Uint8Array.from(bytes)
      tampered[place] = (tampered[place] ?? 0) ^ 1
      expect(await urumqi.exchange.receive(tampered), `byte ${place}`).toBe('refused')
    }
    expect(await scoresOf(urumqi)).toEqual({})
    expect(await urumqi.exchange.receive(bytes)).toBe('taken')
    expect(await scoresOf(urumqi)).toEqual({ forged: 1 })
  })

  it('another message under an id that was used: refused, the first one stands', async () => {
    const first = envelope({ body: { match: 'first', points: 1 } })
    expect(await urumqi.exchange.receive(signed(nanjing, first))).toBe('taken')
    const second = signed(nanjing, { ...first, body: { match: 'second', points: 1 } })
    expect(await urumqi.exchange.receive(second)).toBe('refused')
    expect(await refusalOf(second)).toMatchObject([{ reason: 'id_reused' }])
    expect(await scoresOf(urumqi)).not.toHaveProperty('second')
  })

  it('an id taken by one region is still free for another', async () => {
    const first = envelope({ body: { match: 'from Nanjing', points: 1 } })
    const same = { ...first, from: '620000', body: { match: 'from Lanzhou', points: 1 } }
    expect(await urumqi.exchange.receive(signed(nanjing, first))).toBe('taken')
    expect(await urumqi.exchange.receive(signed(lanzhou, same))).toBe('taken')
    expect(await scoresOf(urumqi)).toMatchObject({ 'from Nanjing': 1, 'from Lanzhou': 1 })
  })

  it('a refusal by the partner is final and shown to the sender', async () => {
    const id = await tellScore(lanzhou, '650000', 'lanzhou speaks')
    transport.listen('650000', async () => 'refused')
    expect(await lanzhou.exchange.pump()).toBe(0)
    transport.listen('650000', urumqi.exchange.receive)
    lanzhou.clock.advance(3_600_000)
    expect(await lanzhou.exchange.pump()).toBe(0)
    expect(await once(lanzhou, (work) => messagesAbout(work, 'lanzhou speaks'))).toMatchObject([
      { id, state: 'refused', attempts: 1 },
    ])
    expect((await once(lanzhou, exchangeStatus)).byPartner).toMatchObject([{ region: '650000', refusedByPartner: 1 }])
  })
})

describe('a message that cannot be handled', () => {
  it.each([
    ['of a kind nobody here knows', { kind: 'club.gossip' }, 'message_kind_unknown'],
    ['of a version nobody here knows', { bodyVersion: 2 }, 'message_kind_unknown'],
    ['whose body does not parse', { body: { match: 'bad', points: -1 } }, 'bad_input'],
  ])('%s is taken as failed, with its code', async (_, change, code) => {
    const message = envelope(change)
    expect(await urumqi.exchange.receive(signed(nanjing, message))).toBe('taken')
    const failed = await once(urumqi, failedMessages)
    expect(failed.find(({ id }) => id === message.id)).toMatchObject({ state: 'failed', partner: '320000', code })
  })

  it('is handled by a retry, once, and by nobody’s before its trouble is over', async () => {
    const message = envelope({ body: { match: 'closed', points: 1 }, about: 'closed' })
    const bytes = signed(nanjing, message)
    const key = { from: '320000', id: message.id }
    const retry = () => inTransaction(urumqi, staff, (work) => urumqi.exchange.retryFailed(work, key))
    const state = async () => (await once(urumqi, (work) => messagesAbout(work, 'closed')))[0]

    urumqi.trouble.refuse = true
    expect(await urumqi.exchange.receive(bytes)).toBe('taken')
    expect(await state()).toMatchObject({ state: 'failed', code: 'club_closed', params: { match: 'closed' } })
    await expect(retry()).rejects.toMatchObject({ code: 'club_closed' })
    expect(await state()).toMatchObject({ state: 'failed' })
    urumqi.trouble.refuse = false
    expect(await urumqi.exchange.receive(bytes), 'a duplicate does not handle it').toBe('taken')
    expect(await scoresOf(urumqi)).not.toHaveProperty('closed')

    await retry()
    expect(await state()).toMatchObject({ state: 'done', code: null })
    await expect(retry()).rejects.toMatchObject({ code: 'message_not_failed' })
    expect(await scoresOf(urumqi)).toMatchObject({ closed: 1 })
  })

  it('for a defect is left to the sender, who sends it again', async () => {
    const id = await tellScore(nanjing, '650000', 'defect')
    urumqi.trouble.fail = true
    expect(await nanjing.exchange.pump()).toBe(0)
    await expect(urumqi.exchange.receive(await bytesOf(nanjing, id))).rejects.toThrow('burns')
    expect(await once(nanjing, (work) => messagesAbout(work, 'defect'))).toMatchObject([
      { state: 'waiting', code: 'partner_failed' },
    ])
    urumqi.trouble.fail = false
    nanjing.clock.advance(1000)
    expect(await nanjing.exchange.pump()).toBe(1)
    expect(await scoresOf(urumqi)).toMatchObject({ defect: 1 })
  })
})

describe('the record', () => {
  it('both sides keep the same signed bytes', async () => {
    const id = await tellScore(nanjing, '650000', 'evidence')
    await nanjing.exchange.pump()
    const key = { from: '320000', id }
    const kept = await once(urumqi, (work) => findEvidence(work, key))
    expect(kept).toBeDefined()
    expect(kept).toEqual(await bytesOf(nanjing, id))
  })

  it('staff see that messages went, not what was in them; a person sees neither', async () => {
    const count = (table: string, actor: Actor) =>
      inTransaction(urumqi, actor, async (work) => {
        const counted = sql<{ count: number }>`SELECT count(*) FROM ${sql.table(`exchange.${table}`)}`
        return (await counted.execute(work.db)).rows[0]?.count
      })
    expect(await count('inbox', staff)).toBeGreaterThan(0)
    expect(await count('evidence', staff)).toBe(0)
    const person: Actor = { kind: 'person', userId: idOf(1), personId: idOf(3) }
    for (const table of ['outbox', 'delivery', 'inbox', 'handling', 'refused', 'evidence']) {
      expect(await count(table, person), table).toBe(0)
    }
  })

  it.each(['outbox', 'inbox', 'refused', 'evidence'])('%s: nothing can be changed or removed', async (name) => {
    const table = sql.table(`exchange.${name}`)
    const column = sql.ref({ outbox: 'kind', inbox: 'kind', refused: 'reason', evidence: 'bytes' }[name] ?? '')
    for (const statement of [
      sql`UPDATE ${table} SET ${column} = ${column}`,
      sql`DELETE FROM ${table}`,
      sql`TRUNCATE ${table} CASCADE`,
    ]) {
      await expect(once(urumqi, (work) => statement.execute(work.db))).rejects.toThrow(/permission denied/)
    }
  })

  it('nobody but the node writes: staff by raw SQL cannot, nor hurry a delivery', async () => {
    const insert = sql`INSERT INTO exchange.outbox (message_id, to_region, kind, version, sent_at)
      VALUES (${idOf(7)}, '320000', 'club.score', 1, '2026-05-11T01:00:00Z')`
    await expect(inTransaction(urumqi, staff, (work) => insert.execute(work.db))).rejects.toThrow(/row-level security/)
    const update = sql`UPDATE exchange.handling SET handled_at = handled_at`
    const { numAffectedRows } = await inTransaction(urumqi, staff, (work) => update.execute(work.db))
    expect(numAffectedRows).toBe(0n)
  })
})

describe('a node may write to itself', () => {
  it('with the same promises', async () => {
    await once(urumqi, (work) =>
      sendMessage(work, { to: '650000', kind: 'club.score', version: 1, body: { match: 'diary', points: 0 } }),
    )
    expect(await urumqi.exchange.pump()).toBe(1)
    expect(await scoresOf(urumqi)).toMatchObject({ diary: 1 })
  })
})
