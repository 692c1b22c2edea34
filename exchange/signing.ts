import { type Id, type Instant, must, type Node } from '../ground/door.ts'
import { parseEnvelope } from './envelope.ts'
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
  const inBatch = drafts.filter(({ to }) => ring.versionFor(to) === 2)
  const single = drafts.filter((draft) => !inBatch.includes(draft))
  const made = { from: node.region, signedAt: now, directoryVersion: ring.directoryVersion }
  const texts = inBatch.map(({ text }) => text)
  const batch = texts.length > 0 ? signBatch(pair, texts, made) : []
  return new Map([
    ...inBatch.map(({ id }, place): [Id, Uint8Array] => [id, must(batch[place], 'a signed message')]),
    ...single.map(({ id, text }): [Id, Uint8Array] => [id, signSingly(pair, parseEnvelope(text))]),
  ])
}
