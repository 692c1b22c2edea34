import { type Id, type Instant, must, type Node, type Work } from '../ground/door.ts'
import { type Directory, findDirectoryRegion } from './directory.ts'
import { envelopeText, parseEnvelope } from './envelope.ts'
import type { KeyRing } from './key-ring.ts'
import { exchangeTables } from './tables.ts'
import { getWire, signBatch, signSingly } from './wire.ts'

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

/**
 * Where a directory brings this node back after its key was lost: what was signed under a key that is revoked and not taken, waiting or refused,
 * becomes a draft again, and is signed with the next round. The message stays the same.
 */
export async function signAnew(work: Work, directory: Directory): Promise<void> {
  const keys = findDirectoryRegion(directory, work.node.region)?.keys ?? []
  const lost = new Set(keys.filter(({ revokedAt }) => revokedAt !== null).map(({ fingerprint }) => fingerprint))
  if (lost.size === 0 || keys.every(({ revokedAt }) => revokedAt !== null)) return
  const tables = exchangeTables(work)
  const untaken = await tables
    .selectFrom('exchange.delivery as delivery')
    .innerJoin('exchange.evidence as evidence', (join) =>
      join
        .onRef('evidence.message_id', '=', 'delivery.message_id')
        .onRef('evidence.signed_no', '=', 'delivery.signed_no')
        .on('evidence.from_region', '=', work.node.region),
    )
    .select(['delivery.message_id as id', 'delivery.signed_no as signedNo', 'evidence.bytes'])
    .where('delivery.state', '<>', 'delivered')
    .forUpdate('delivery')
    .execute()
  for (const { id, signedNo, bytes } of untaken) {
    const { envelope, signer } = getWire(bytes)
    if (!lost.has(signer)) continue
    await tables
      .insertInto('exchange.draft')
      .values({ message_id: id, envelope: envelopeText(envelope, 2) })
      .execute()
    await tables
      .updateTable('exchange.delivery')
      .set({ signed_no: signedNo + 1, state: 'waiting', ended_at: null, last_failure: null, next_attempt_at: work.now })
      .where('message_id', '=', id)
      .execute()
  }
}
