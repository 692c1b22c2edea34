import { z } from 'zod'
import { Refusal } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'
import { schemaReads, schemaSignedDirectory } from './directory.ts'
import { fingerprintOf, isSignedBy, type KeyPair, keyOfPem, schemaPublicKey, signText } from './key.ts'
import type { Opener } from './opening.ts'
import type { Wire } from './wire.ts'

/** What a region tells the hub about itself: its key and that it holds it, what it reads, and the newest directory that it knows. */
export const introductionKind = 'exchange.introduction'

/** The hub's directory on its way to a region. */
export const directoryKind = 'exchange.directory'

/** The body of an introduction. `proof` is the new key's signature over region and key. */
export const schemaIntroduction = z.strictObject({
  publicKey: schemaPublicKey,
  proof: z.string(),
  reads: schemaReads,
  directoryVersion: z.int().min(0),
})

/** See `schemaIntroduction`. */
export type Introduction = z.infer<typeof schemaIntroduction>

const proofDomain = 'tongban key 1\n'

/** A region's introduction with a key that it holds. */
export function introduce(
  region: string,
  pair: KeyPair,
  { reads, directoryVersion }: { reads: readonly number[]; directoryVersion: number },
): Introduction {
  const publicKey = keyOfPem(pair.publicKeyPem)
  return { publicKey, proof: signText(pair, proofText(region, publicKey)), reads: [...reads], directoryVersion }
}

/** Throws `Refusal` `key_not_proven` where whoever introduces a key does not hold it. */
export function requireProof(region: string, { publicKey, proof }: Introduction): void {
  if (!isSignedBy(publicKey, proofText(region, publicKey), proof)) {
    throw new Refusal('key_not_proven', { params: { region, fingerprint: fingerprintOf(publicKey) } })
  }
}

/**
 * The key of a message that brings its own: at the hub a region's introduction, which nobody believes before it is confirmed; at a region the
 * hub's first directory under the key whose fingerprint is configured.
 */
export function introducedKey({ envelope, signer }: Wire, opener: Opener): string | undefined {
  if (envelope.kind === introductionKind && opener.region === opener.hub) {
    const { data } = schemaIntroduction.safeParse(envelope.body)
    return data && fingerprintOf(data.publicKey) === signer ? data.publicKey : undefined
  }
  if (envelope.kind === directoryKind && envelope.from === opener.hub && signer === opener.hubFingerprint) {
    const regions = schemaSignedDirectory.safeParse(envelope.body).data?.directory.regions ?? []
    return regions.flatMap(({ keys }) => keys).find(({ fingerprint }) => fingerprint === signer)?.publicKey
  }
  return undefined
}

function proofText(region: string, publicKey: string): string {
  return proofDomain + canonicalJson({ region, publicKey })
}
