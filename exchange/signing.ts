import type { Id, Instant, Node } from '../ground/door.ts'
import { type Envelope, parseEnvelope } from './envelope.ts'
import type { KeyRing } from './key-ring.ts'
import { signBatch, signSingly } from './wire.ts'

/** A message that waits to be signed: the text that it was sent with. */
export type Draft = { id: Id; to: string; text: string }

/**
 * Signs the messages of one round: those to regions that read version 2 by one signature together, those to older ones each by itself. Returns
 * the wire bytes by message.
 */
export function signDrafts(node: Node, ring: KeyRing, drafts: readonly Draft[], now: Instant): Map<Id, Uint8Array> {
  const pair = ring.signingPair(now)
  const envelopes = drafts.map(({ text }) => parseEnvelope(text))
  const [inBatch, single] = partition(envelopes, ({ to }) => ring.versionFor(to) === 2)
  const made = { from: node.region, signedAt: now, directoryVersion: ring.directoryVersion }
  const batch = inBatch.length > 0 ? signBatch(pair, inBatch, made) : []
  return new Map([
    ...inBatch.map(({ id }, index): [Id, Uint8Array] => [id, batch[index] ?? new Uint8Array()]),
    ...single.map((envelope): [Id, Uint8Array] => [envelope.id, signSingly(pair, envelope)]),
  ])
}

function partition(envelopes: readonly Envelope[], holds: (envelope: Envelope) => boolean): [Envelope[], Envelope[]] {
  return [envelopes.filter(holds), envelopes.filter((envelope) => !holds(envelope))]
}
