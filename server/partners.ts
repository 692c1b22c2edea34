import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { parseInput, schemaRegion } from '../ground/door.ts'

const schemaPartners = z.record(schemaRegion, z.string().startsWith('-----BEGIN PUBLIC KEY-----'))

/** The public signing keys (PEM) of regions that run elsewhere, by region. */
export type PartnerKeys = ReadonlyMap<string, string>

/**
 * Reads the file of `TONGBAN_PARTNERS`: a JSON object of region and public signing key, as each region's `tongban exchange identity` tells it.
 * Throws `BadInput` for a file of another shape.
 */
export async function readPartnerKeys(file: string): Promise<PartnerKeys> {
  return new Map(Object.entries(parseInput(schemaPartners, JSON.parse(await readFile(file, 'utf8')), file)))
}
