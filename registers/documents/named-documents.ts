import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseInput, schemaDate, schemaRegion } from '../../ground/door.ts'

const both = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

const namedDocument = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: both,
  issuer: both,
  /** Where it holds; the nation is 000000. */
  region: schemaRegion,
  /** What it stands behind: systems as in C2, or single requirements as in C8.01. */
  requirements: z.array(z.string().regex(/^[A-M]\d+(\.\w+)*$/)).min(1),
  /** From when to when it holds, both inclusive, where that is known. */
  from: schemaDate.exactOptional(),
  to: schemaDate.exactOptional(),
  note: z.string().exactOptional(),
})

/** A document that rules are named after: notices, procedures, laws (G5.01). */
export type NamedDocument = z.infer<typeof namedDocument>

let read: readonly NamedDocument[] | undefined

/** The register of named documents as it is shipped, in the order of its file. */
export function namedDocuments(): readonly NamedDocument[] {
  read ??= parseInput(
    z.array(namedDocument),
    parse(readFileSync(new URL('named-documents.yaml', import.meta.url), 'utf8')),
  )
  return read
}
