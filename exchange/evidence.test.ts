import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must, randomBelow, seededRandom, sm3 } from '../ground/door.ts'
import { createInProcessTransport, exportEvidence, fingerprintOf, keyOfPem, rotateKey, verifyEvidence } from './door.ts'
import { type ClubNode, clubNodes, once, tellScore } from './testing.ts'

// Nanjing tells Urumqi a score; Urumqi gives its receipt; Nanjing has another key by then, and so has the hub.

const hub = '000000'
let nodes: ClubNode[]
let file: Buffer
let hubFingerprint: string
beforeAll(async () => {
  const transport = createInProcessTransport()
  nodes = await clubNodes([hub, '320000', '650000'], transport)
  for (const node of nodes) transport.listen(node.region, node.exchange.receive)
  const settle = async () => {
    for (let round = 0; round < 4; round++) {
      for (const { exchange, clock } of nodes) {
        await exchange.pump()
        clock.advance(100)
      }
    }
  }
  const [theHub, nanjing] = [must(nodes[0], 'the hub'), must(nodes[1], 'Nanjing')]
  for (const { exchange } of nodes) await exchange.introduce()
  await settle()
  await tellScore(nanjing, '650000', 'final', 3)
  await settle()
  for (const node of [theHub, nanjing]) {
    await once(node, (work) => rotateKey(work, node.exchange.keys))
    await settle()
  }
  file = Buffer.from(must(await once(nanjing, (work) => exportEvidence(work, { hub, about: 'final' })), 'evidence'))
  hubFingerprint = fingerprintOf(keyOfPem(theHub.keys.signingPublicKey))
})
afterAll(() => Promise.all(nodes.map((node) => node.close())))

const verify = (bytes: Uint8Array, fingerprint: string | undefined = hubFingerprint) =>
  verifyEvidence(bytes, { hub, hubFingerprint: fingerprint })

/** The file with one thing about it changed, written as it should be. */
function changed(change: (value: ReturnType<typeof JSON.parse>) => void): Buffer {
  const value = JSON.parse(String(file))
  change(value)
  return Buffer.from(JSON.stringify(value))
}

describe('an evidence file', () => {
  it('proves who said what to whom, and that it was taken, though the keys have changed since', () => {
    const verified = verify(file)
    expect(verified.findings).toEqual([])
    expect(verified).toMatchObject({ isReadable: true, holds: true, isHubKnown: true })
    expect(verified.messages).toHaveLength(1)
    const [message] = verified.messages
    expect(message?.envelope).toMatchObject({ from: '320000', to: '650000', body: { match: 'final', points: 3 } })
    expect(message?.takenAt).not.toBeNull()
  })

  it('is the same proof in the hands of the receiver', async () => {
    const urumqi = must(nodes[2], 'Urumqi')
    const theirs = must(await once(urumqi, (work) => exportEvidence(work, { hub, about: 'final' })), 'evidence')
    expect(verify(Buffer.from(theirs))).toMatchObject({ holds: true, messages: verify(file).messages })
  })

  it('goes back to the hub’s first key, and to its present one', () => {
    expect(verify(file, must(verify(file).hubSigner ?? undefined, 'a signer')).isHubKnown).toBe(true)
    expect(verify(file).hubSigner).not.toBe(hubFingerprint)
  })

  it('without the hub’s key from elsewhere is held against itself alone', () => {
    expect(verifyEvidence(file, { hub })).toMatchObject({ holds: true, isHubKnown: false })
  })

  it('under another hub’s key does not hold', () => {
    const verified = verify(file, sm3('another hub'))
    expect(verified).toMatchObject({ holds: false, isHubKnown: false })
    expect(verified.findings.map(({ code }) => code)).toEqual(['hub_key_wrong'])
  })

  it('with any byte changed does not hold (1,000 places, and every byte of the message)', () => {
    const random = seededRandom('flipped')
    const message = file.indexOf('"messages"')
    const everyByte = Array.from({ length: Math.min(file.length - message, 1500) }, (_, place) => message + place)
    const places = [...Array.from({ length: 1000 }, () => randomBelow(random, file.length)), ...everyByte]
    for (const place of places) {
      const flipped = Buffer.from(file)
      flipped[place] = (flipped[place] ?? 0) ^ (1 << randomBelow(random, 7))
      expect(verify(flipped).holds, `byte ${place}`).toBe(false)
    }
  }, 120_000)

  it('cut off anywhere is none', () => {
    const random = seededRandom('cut')
    for (let cut = 0; cut < 100; cut++) {
      expect(verify(file.subarray(0, randomBelow(random, file.length))).isReadable).toBe(false)
    }
  })

  it.each<[string, string, Parameters<typeof changed>[0]]>([
    ['another content', 'not_in_batch', ({ messages }) => (messages[0].envelope.body.points = 4)],
    ['another place in the batch', 'not_in_batch', ({ messages }) => (messages[0].index += 1)],
    ['another signature', 'wrong_signature', ({ messages }) => (messages[0].signature = messages[1].signature)],
    ['a key that nobody listed', 'key_not_listed', ({ messages }) => (messages[0].batch.signer = sm3('x'))],
    ['another day', 'wrong_signature', ({ messages }) => (messages[0].batch.signedAt = '2026-05-11T01:00:00.001Z')],
    ['a directory of its own', 'directory_wrong', ({ directories }) => (directories.at(-1).directory.version += 1)],
    ['directories in another order', 'directory_order', ({ directories }) => directories.reverse()],
    ['no directory', 'no_directory', (value) => (value.directories = [])],
  ])('with %s does not hold: %s', (_, code, change) => {
    const { holds, findings } = verify(changed(change))
    expect(holds).toBe(false)
    expect(findings.map((each) => each.code)).toContain(code)
  })

  it('without the receipt proves that it was said, not that it was taken', () => {
    const { holds, messages } = verify(changed((value) => value.messages.splice(1)))
    expect(holds).toBe(true)
    expect(messages).toMatchObject([{ takenAt: null }])
  })

  it('of a number that no message is about is none', async () => {
    expect(
      await once(must(nodes[1], 'Nanjing'), (work) => exportEvidence(work, { hub, about: 'no such' })),
    ).toBeUndefined()
  })
})
