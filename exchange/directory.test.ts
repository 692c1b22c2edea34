import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { type Actor, inTransaction, must, sm3 } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { directorySm3, signDirectory } from './directory.ts'
import {
  acknowledgeAlert,
  confirmKeyChange,
  createInProcessTransport,
  type Directory,
  type Envelope,
  type ExchangeParts,
  exchangeStatus,
  fingerprintOf,
  type InProcessTransport,
  keyOfPem,
  messagesAbout,
  openAlerts,
  proposeKey,
  proposeRevocation,
  rotateKey,
  type SignedDirectory,
  sendMessage,
  waitingKeyChanges,
} from './door.ts'
import { type KeyPair, pairOfNode } from './key.ts'
import { readDirectories } from './key-store.ts'
import { bytesOf, type ClubNode, clubNodes, once, scoresOf, signed, tellScore } from './testing.ts'

const hub = '000000'
const days = 86_400_000

/** Clubs with a hub, on one transport and one clock. */
type League = {
  hub: ClubNode
  nanjing: ClubNode
  urumqi: ClubNode
  transport: InProcessTransport
  settle(): Promise<void>
  advance(milliseconds: number): void
}

let open: ClubNode[] = []
afterEach(async () => {
  await Promise.all(open.map((node) => node.close()))
})

type Change = (region: string, nodes: readonly TestNode[]) => Partial<ExchangeParts>

/** Nodes that know only the hub, by the fingerprint of its key, before anything is said. */
async function league(change: Change = () => ({})): Promise<League> {
  const transport = createInProcessTransport()
  const parts = (node: TestNode, nodes: readonly TestNode[]): Partial<ExchangeParts> => ({
    keyOf: () => undefined,
    hubFingerprint: fingerprint(must(nodes[0], 'the hub')),
    enrolment: 'automatic',
    ...change(node.region, nodes),
  })
  const nodes = await clubNodes([hub, '320000', '650000'], transport, () => {}, parts)
  open = nodes
  for (const node of nodes) transport.listen(node.region, node.exchange.receive)
  const [theHub, nanjing, urumqi] = nodes
  return {
    hub: must(theHub, 'the hub'),
    nanjing: must(nanjing, 'Nanjing'),
    urumqi: must(urumqi, 'Urumqi'),
    transport,
    async settle() {
      for (let delivered = 1; delivered > 0; ) {
        delivered = 0
        for (const node of nodes) delivered += await node.exchange.pump()
      }
    },
    advance: (milliseconds) => {
      for (const { clock } of nodes) clock.advance(milliseconds)
    },
  }
}

/** A league in which everybody is in the directory and has heard it. */
async function foundedLeague(change?: Change): Promise<League> {
  const founded = await league(change)
  for (const node of open) await node.exchange.introduce()
  await founded.settle()
  await founded.settle()
  return founded
}

const officer = (number: number): Actor => {
  const id = (last: string) => `00000000-0000-7000-8000-0000000000${last}${number}`
  return { kind: 'staff', userId: id('1'), assignmentId: id('2'), role: 'control', agency: hub }
}
const [first, second] = [officer(1), officer(2)]

const directoryOf = async (node: ClubNode) => must((await once(node, readDirectories)).at(-1), 'a directory').directory
const keysOf = async (node: ClubNode, region: string) =>
  (await directoryOf(node)).regions.find((entry) => entry.region === region)?.keys ?? []
const alertsOf = async (node: ClubNode) =>
  (await once(node, openAlerts)).map(({ kind, partner, count }) => ({ kind, partner, count }))
const fingerprint = ({ keys }: TestNode) => fingerprintOf(keyOfPem(keys.signingPublicKey))

/** A score that Nanjing tells Urumqi at a moment. */
function scoreAt(sentAt: string): Envelope {
  const id = '00000000-0000-7000-8000-00000000000a'
  const body = { match: 'late', points: 1 }
  return { id, from: '320000', to: '650000', kind: 'club.score', bodyVersion: 1, sentAt, body }
}

describe('first contact', () => {
  it('a region that knows no more than the fingerprint of the hub’s key introduces itself and hears who is who', async () => {
    const { nanjing, urumqi, settle } = await foundedLeague()
    expect((await directoryOf(urumqi)).regions.map(({ region, reads }) => [region, reads])).toEqual([
      [hub, [1, 2]],
      ['320000', [1, 2]],
      ['650000', [1, 2]],
    ])
    await tellScore(nanjing, '650000', 'first')
    await settle()
    expect(await scoresOf(urumqi)).toEqual({ first: 1 })
    expect(await urumqi.exchange.publicKeyOf('320000')).toBe(nanjing.keys.signingPublicKey)
  })

  it('a hub whose key is not the configured one is not believed', async () => {
    const { urumqi, advance, settle } = await foundedLeague((region) =>
      region === '650000' ? { hubFingerprint: sm3('another') } : {},
    )
    advance(1000)
    await settle()
    expect(await once(urumqi, readDirectories)).toEqual([])
    expect(await alertsOf(urumqi)).toMatchObject([{ kind: 'directory_behind', partner: null }])
  })

  it('where officers enrol, a region waits for two of them; one alone is not enough', async () => {
    const { hub: theHub, nanjing, settle } = await foundedLeague(() => ({ enrolment: 'officers' }))
    expect(await once(nanjing, readDirectories)).toEqual([])
    expect(await alertsOf(theHub)).toMatchObject([{ kind: 'enrolment_asked', count: 2 }])
    const waiting = await once(theHub, waitingKeyChanges)
    const change = must(
      waiting.find(({ region }) => region === '320000'),
      'the change',
    )
    expect(change).toMatchObject({ kind: 'add_key', fingerprint: fingerprint(nanjing), firstOfficer: null })

    const confirm = (actor: Actor) =>
      inTransaction(theHub, actor, (work) => confirmKeyChange(work, theHub.exchange.keys, change.id))
    await confirm(first)
    await expect(confirm(first)).rejects.toMatchObject({ code: 'second_officer_needed' })
    await settle()
    expect(await once(nanjing, readDirectories)).toEqual([])
    await confirm(second)
    await expect(confirm(second)).rejects.toMatchObject({ code: 'key_change_unknown' })
    await settle()
    expect((await directoryOf(nanjing)).regions.map(({ region }) => region)).toEqual([hub, '320000'])
  })
})

describe('a new key', () => {
  it('is announced under the present one; both hold for a month; what was signed before stays verifiable', async () => {
    const { nanjing, urumqi, settle, advance } = await foundedLeague()
    const oldKey = fingerprint(nanjing)
    const before = await tellScore(nanjing, '650000', 'before')
    await settle()
    const at = nanjing.clock.now()
    advance(1000)
    const newKey = await inTransaction(nanjing, first, (work) => rotateKey(work, nanjing.exchange.keys))
    const underWay = await tellScore(nanjing, '650000', 'under way')
    await nanjing.exchange.pump()
    await settle()
    advance(1000)
    const after = await tellScore(nanjing, '650000', 'after')
    await settle()
    expect(await scoresOf(urumqi)).toEqual({ after: 1, before: 1, 'under way': 1 })

    const signerOf = async (id: string) => JSON.parse(String(await bytesOf(nanjing, id))).batch.signer
    expect([await signerOf(before), await signerOf(underWay), await signerOf(after)]).toEqual([oldKey, oldKey, newKey])
    const [old, next] = await keysOf(urumqi, '320000')
    expect(old).toMatchObject({ fingerprint: oldKey, from: null, revokedAt: null })
    expect(next).toMatchObject({ fingerprint: newKey, to: null })
    expect(Date.parse(must(old?.to, 'an end')) - Date.parse(must(next?.from, 'a beginning'))).toBe(30 * days)
    expect(await urumqi.exchange.publicKeyOf('320000', at)).toBe(nanjing.keys.signingPublicKey)
    expect(fingerprintOf(keyOfPem(must(await urumqi.exchange.publicKeyOf('320000'), 'a key')))).toBe(newKey)
    expect(await alertsOf(urumqi)).toEqual([])
  })

  it.each([
    ['a millisecond before the old key ends', 30 * days - 1, 'taken'],
    ['when the old key has ended', 30 * days, 'refused'],
  ])('signed with the old one %s: %s', async (_, milliseconds, receipt) => {
    const { nanjing, urumqi, settle, advance } = await foundedLeague()
    await inTransaction(nanjing, first, (work) => rotateKey(work, nanjing.exchange.keys))
    await settle()
    await settle()
    const { to } = must((await keysOf(urumqi, '320000'))[0], 'the old key')
    advance(milliseconds - (30 * days - (Date.parse(must(to, 'an end')) - Date.parse(nanjing.clock.now()))))
    const bytes = signed(nanjing, scoreAt(nanjing.clock.now()))
    expect(await urumqi.exchange.receive(bytes)).toBe(receipt)
    expect((await alertsOf(urumqi)).map(({ kind }) => kind)).toEqual(receipt === 'taken' ? [] : ['key_not_in_force'])
  })

  it.each([
    ['a millisecond before ninety days', -1, 'taken'],
    ['ninety days', 0, 'refused'],
  ])('a message that was signed in time comes %s after the old key’s end', async (_, milliseconds, receipt) => {
    const { nanjing, urumqi, settle, advance } = await foundedLeague()
    await inTransaction(nanjing, first, (work) => rotateKey(work, nanjing.exchange.keys))
    await settle()
    await settle()
    const bytes = signed(nanjing, scoreAt(nanjing.clock.now()))
    const { to } = must((await keysOf(urumqi, '320000'))[0], 'the old key')
    advance(Date.parse(must(to, 'an end')) - Date.parse(nanjing.clock.now()) + 90 * days + milliseconds)
    expect(await urumqi.exchange.receive(bytes)).toBe(receipt)
  })

  it('E-11: of the hub: the directory that brings it is signed with the old one, the next with the new', async () => {
    const { hub: theHub, nanjing, settle, advance } = await foundedLeague()
    const newKey = await inTransaction(theHub, first, (work) => rotateKey(work, theHub.exchange.keys))
    await settle()
    advance(1000)
    await inTransaction(nanjing, first, (work) => rotateKey(work, nanjing.exchange.keys))
    await settle()
    const signers = (await once(nanjing, readDirectories)).map(({ signer }) => signer)
    expect(signers.at(-1)).toBe(newKey)
    expect(signers.at(-2)).toBe(fingerprint(theHub))
    const heard = (await once(nanjing, readDirectories)).map(({ directory }) => directory)
    expect(heard.slice(1).map(({ version }) => version)).toEqual(heard.slice(0, -1).map(({ version }) => version + 1))
    expect(heard.slice(1).map(({ previousSm3 }) => previousSm3)).toEqual(heard.slice(0, -1).map(directorySm3))
  })

  it('E-04: under which a message comes before the directory that brings it is left to be sent again, and then taken', async () => {
    const { hub: theHub, nanjing, urumqi, transport, settle, advance } = await foundedLeague()
    await inTransaction(nanjing, first, (work) => rotateKey(work, nanjing.exchange.keys))
    await nanjing.exchange.pump()
    transport.setReachable('650000', false)
    await theHub.exchange.pump()
    transport.setReachable('650000', true)
    await nanjing.exchange.pump()
    const id = await tellScore(nanjing, '650000', 'in time')
    await nanjing.exchange.pump()
    expect(await once(nanjing, (work) => messagesAbout(work, 'in time'))).toMatchObject([
      { id, state: 'waiting', code: 'partner_failed' },
    ])
    expect(await alertsOf(urumqi)).toEqual([{ kind: 'directory_behind', partner: '320000', count: 1 }])
    advance(1000)
    await theHub.exchange.pump()
    await settle()
    expect(await scoresOf(urumqi)).toEqual({ 'in time': 1 })
    expect(await alertsOf(urumqi), 'mended by itself').toEqual([])
  })
})

describe('a directory', () => {
  type Make = (last: Directory, hub: KeyPair, other: KeyPair) => SignedDirectory
  const next = (last: Directory) => ({ ...last, version: last.version + 1, previousSm3: directorySm3(last) })
  it.each<[string, '000000' | '320000', Make]>([
    [
      'with other content under a number that was heard',
      hub,
      (last, pair) => signDirectory(pair, { ...last, regions: [] }),
    ],
    [
      'that names another before it',
      hub,
      (last, pair) => signDirectory(pair, { ...next(last), previousSm3: sm3('x') }),
    ],
    [
      'that the hub did not sign',
      hub,
      (last, pair, other) => ({ ...signDirectory(other, next(last)), signer: signDirectory(pair, last).signer }),
    ],
    ['that another region sends', '320000', (last, pair) => signDirectory(pair, next(last))],
  ])('E-12: %s raises an alert and is not believed', async (_, from, make) => {
    const { hub: theHub, nanjing, urumqi, settle } = await foundedLeague()
    const before = await once(urumqi, readDirectories)
    const body = make(await directoryOf(urumqi), pairOfNode(theHub.keys), pairOfNode(nanjing.keys))
    const sender = from === hub ? theHub : nanjing
    const message = { to: '650000', kind: 'exchange.directory', version: 1, body }
    await once(sender, (work) => sendMessage(work, message))
    await settle()
    expect(await alertsOf(urumqi)).toEqual([{ kind: 'directory_wrong', partner: from, count: 1 }])
    expect(await once(urumqi, readDirectories)).toEqual(before)
  })
})

describe('a lost key', () => {
  it('E-13: is revoked by two officers of the hub; from then on nothing under it is taken, and the region comes back with a new one', async () => {
    const { hub: theHub, nanjing, urumqi, transport, settle, advance } = await foundedLeague()
    const lost = fingerprint(nanjing)
    transport.setReachable('650000', false)
    const underWay = await tellScore(nanjing, '650000', 'under way')
    await nanjing.exchange.pump()
    transport.setReachable('650000', true)
    const revoke = { region: '320000', fingerprint: lost, reason: '示例：密钥介质遗失' }
    const keys = theHub.exchange.keys
    const id = await inTransaction(theHub, first, (work) => proposeRevocation(work, keys, revoke))
    await expect(inTransaction(theHub, first, (work) => confirmKeyChange(work, keys, id))).rejects.toMatchObject({
      code: 'second_officer_needed',
    })
    await inTransaction(theHub, second, (work) => confirmKeyChange(work, keys, id))
    await theHub.exchange.pump()
    await urumqi.exchange.pump()
    expect(await urumqi.exchange.receive(await bytesOf(nanjing, underWay))).toBe('refused')
    expect(await scoresOf(urumqi)).toEqual({})
    expect(await alertsOf(urumqi)).toMatchObject([{ kind: 'key_revoked', partner: '320000', count: 1 }])
    await expect(inTransaction(theHub, first, (work) => proposeRevocation(work, keys, revoke))).rejects.toMatchObject({
      code: 'key_unknown',
    })

    // Said while the region has no key that counts.
    await tellScore(nanjing, '650000', 'meanwhile')
    const newKey = await inTransaction(nanjing, first, (work) => rotateKey(work, nanjing.exchange.keys))
    await settle()
    const change = must((await once(theHub, waitingKeyChanges))[0], 'a change')
    expect(change).toMatchObject({ region: '320000', kind: 'add_key', fingerprint: newKey, firstOfficer: null })
    for (const actor of [first, second]) {
      await inTransaction(theHub, actor, (work) => confirmKeyChange(work, keys, change.id))
    }
    await settle()
    // Some came before the directory that brings the new key, and are sent again.
    advance(10_000)
    await tellScore(nanjing, '650000', 'back again')
    await settle()
    expect(await scoresOf(urumqi)).toEqual({ 'back again': 1, meanwhile: 1, 'under way': 1 })
    expect(JSON.parse(String(await bytesOf(nanjing, underWay))).batch.signer).toBe(newKey)
    expect(await once(nanjing, (work) => messagesAbout(work, 'under way'))).toMatchObject([{ state: 'delivered' }])
    expect(await keysOf(urumqi, '320000')).toMatchObject([
      { fingerprint: lost, revokedAt: expect.any(String) },
      { fingerprint: newKey, revokedAt: null },
    ])
  })

  it('only the hub changes the directory', async () => {
    const { nanjing } = await foundedLeague()
    const keys = nanjing.exchange.keys
    const revoke = { region: '650000', fingerprint: sm3('x'), reason: 'x' }
    await expect(inTransaction(nanjing, first, (work) => proposeRevocation(work, keys, revoke))).rejects.toMatchObject({
      code: 'not_the_hub',
      params: { hub },
    })
  })
})

describe('regions of two releases', () => {
  it('E-06: an old one is written to as it reads, and read as it writes', async () => {
    const {
      hub: theHub,
      nanjing,
      urumqi,
      settle,
      advance,
    } = await foundedLeague((region, nodes) =>
      // The first release: one version, no introductions, keys by configuration.
      region === '650000'
        ? { reads: [1], keyOf: (other) => nodes.find((node) => node.region === other)?.keys.signingPublicKey }
        : {},
    )
    const keys = theHub.exchange.keys
    const key = { region: '650000', publicKey: keyOfPem(urumqi.keys.signingPublicKey), reads: [1] }
    const [id] = (await once(theHub, waitingKeyChanges)).map((change) => change.id)
    const proposed = id ?? (await inTransaction(theHub, first, (work) => proposeKey(work, keys, key)))
    await inTransaction(theHub, second, (work) => confirmKeyChange(work, keys, proposed)).catch(() => {})
    await settle()
    advance(1000)

    const there = await tellScore(nanjing, '650000', 'to the old')
    const back = await tellScore(urumqi, '320000', 'from the old')
    await settle()
    expect(await scoresOf(urumqi)).toEqual({ 'to the old': 1 })
    expect(await scoresOf(nanjing)).toEqual({ 'from the old': 1 })
    const members = async (node: ClubNode, message: string) =>
      Object.keys(JSON.parse(String(await bytesOf(node, message))))
    expect(await members(nanjing, there)).toEqual(['envelope', 'signature', 'signer'])
    expect(await members(urumqi, back)).toEqual(['envelope', 'signature', 'signer'])
    expect((await once(urumqi, exchangeStatus)).refused).toBe(0)
  })
})

describe('alerts', () => {
  it('E-07: a flood makes one; once it is acknowledged, the next makes another', async () => {
    const { urumqi } = await foundedLeague()
    const noise = Array.from({ length: 20 }, (_, number) => Buffer.from(`noise ${number}`))
    for (const bytes of noise) await urumqi.exchange.receive(bytes)
    const [alert] = await once(urumqi, openAlerts)
    expect(alert).toMatchObject({ kind: 'malformed', partner: null, count: 20 })
    const acknowledge = () => inTransaction(urumqi, first, (work) => acknowledgeAlert(work, must(alert, 'an alert').id))
    await acknowledge()
    await expect(acknowledge()).rejects.toMatchObject({ code: 'alert_unknown' })
    expect(await alertsOf(urumqi)).toEqual([])
    await urumqi.exchange.receive(Buffer.from('more'))
    expect(await alertsOf(urumqi)).toEqual([{ kind: 'malformed', partner: null, count: 1 }])
  })

  it('E-08: a copy played back a day after the receipt has come in raises one, and has no effect', async () => {
    const { nanjing, urumqi, settle, advance } = await foundedLeague()
    const id = await tellScore(nanjing, '650000', 'replayed')
    await settle()
    const bytes = await bytesOf(nanjing, id)
    advance(days)
    expect(await urumqi.exchange.receive(bytes)).toBe('taken')
    expect(await alertsOf(urumqi)).toEqual([])
    advance(1)
    expect(await urumqi.exchange.receive(bytes)).toBe('taken')
    expect(await alertsOf(urumqi)).toEqual([{ kind: 'replayed', partner: '320000', count: 1 }])
    expect(await scoresOf(urumqi)).toEqual({ replayed: 1 })
  })
})

describe('receipts', () => {
  it('E-10: the sender keeps the receiver’s signed word, and it stands for the answer where that was lost', async () => {
    const { nanjing, urumqi, settle } = await foundedLeague()
    const id = await tellScore(nanjing, '650000', 'receipted')
    await nanjing.exchange.pump()
    const receiptOf = async () => {
      const query = sql<{ receipt_id: string | null; state: string }>`
        SELECT receipt_id, state FROM exchange.delivery WHERE message_id = ${id}`
      return (await once(nanjing, (work) => query.execute(work.db))).rows[0]
    }
    expect(await receiptOf()).toEqual({ receipt_id: null, state: 'delivered' })
    await settle()
    const { receipt_id: receiptId } = must(await receiptOf(), 'a delivery')
    const receipt = JSON.parse(String(await bytesOf(urumqi, must(receiptId, 'a receipt'))))
    expect(receipt.envelope).toMatchObject({ from: '650000', to: '320000', kind: 'exchange.receipt' })
    expect(receipt.envelope.body.taken).toContainEqual(expect.objectContaining({ id }))
  })

  it('E-10: one for what was never said raises an alert', async () => {
    const { nanjing, urumqi, settle } = await foundedLeague()
    const { id, sentAt: takenAt } = scoreAt(urumqi.clock.now())
    const body = { taken: [{ id, envelopeSm3: sm3('never said'), takenAt }] }
    await once(urumqi, (work) => sendMessage(work, { to: '320000', kind: 'exchange.receipt', version: 1, body }))
    await settle()
    expect(await alertsOf(nanjing)).toEqual([{ kind: 'receipt_wrong', partner: '650000', count: 1 }])
  })
})
