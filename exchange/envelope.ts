import { z } from 'zod'
import { type Id, type Instant, schemaId, schemaInstant, schemaRegion } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'

/**
 * Who says what kind of thing to whom, when, and under which number it is shown. `bodyVersion` is the version of the kind's body; `replyTo` the
 * message that this one answers. This is version 2 as it goes over the wire; version 1 had `version` for `bodyVersion` and no `replyTo`.
 */
export type Envelope = {
  id: Id
  from: string
  to: string
  kind: string
  bodyVersion: number
  sentAt: Instant
  about?: string | undefined
  replyTo?: Id | undefined
  body: unknown
}

/** A version of the envelope, as regions say in the directory which they read. */
export type EnvelopeVersion = 1 | 2

/** The versions that this release reads and writes. */
export const envelopeVersions: readonly EnvelopeVersion[] = [1, 2]

const inBoth = {
  id: schemaId,
  from: schemaRegion,
  to: schemaRegion,
  kind: z.string().regex(/^[a-z][a-z0-9_.-]*$/),
  sentAt: schemaInstant,
  about: z.string().min(1).exactOptional(),
  body: z.unknown(),
}
const schemaBodyVersion = z.int().min(1)

/** An envelope as version 1 writes it. */
export const schemaEnvelope1 = z.strictObject({ ...inBoth, version: schemaBodyVersion })

/** An envelope as version 2 writes it. */
export const schemaEnvelope2 = z.strictObject({
  ...inBoth,
  bodyVersion: schemaBodyVersion,
  replyTo: schemaId.exactOptional(),
})

/** What a version 1 says in the words of version 2. */
export function upcastEnvelope({ version, ...rest }: z.infer<typeof schemaEnvelope1>): Envelope {
  return { ...rest, bodyVersion: version }
}

/** The canonical text of an envelope in a version. Version 1 cannot carry `replyTo` and leaves it out. */
export function envelopeText(envelope: Envelope, version: EnvelopeVersion): string {
  if (version === 2) return canonicalJson(envelope)
  const { bodyVersion, replyTo: _, ...rest } = envelope
  return canonicalJson({ ...rest, version: bodyVersion })
}

/** The envelope in a canonical text of version 2 that this node wrote. */
export function parseEnvelope(text: string): Envelope {
  return schemaEnvelope2.parse(JSON.parse(text))
}
