import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseInput, schemaDate, type Work } from '../ground/door.ts'
import { listServiceItems, upsertServiceItem } from './service-items.ts'

const schemaFile = z.strictObject({
  count: z.int().positive(),
  from: schemaDate,
  named: z.array(z.strictObject({ zh: z.string(), en: z.string(), source: z.string() })),
})

/** What the national services of the e-card are kept under in the catalogue of service items. */
export const nationalCard = 'e-card'

/**
 * Puts as many national services of the e-card into the catalogue as the text counts (B1.11): those that it names, and the rest as numbers without
 * a name, said so and assumed (B1-o1). Does nothing where they stand there. Throws `Refusal` `register_writer_needed`.
 */
export async function recordNationalServices(work: Work): Promise<void> {
  const { count, from, named } = parseInput(
    schemaFile,
    parse(readFileSync(new URL('national-services.yaml', import.meta.url), 'utf8')),
  )
  const standing = await listServiceItems(work, work.today, { service: nationalCard, level: 'national' })
  if (standing.length > 0) return
  for (let nth = 1; nth <= count; nth++) {
    const known = named[nth - 1]
    const name = known ?? {
      zh: `全国性服务（第 ${nth} 项，名称未公布）`,
      en: `National service no. ${nth}, name not told`,
    }
    await upsertServiceItem(work, {
      itemCode: `ECARD-N-${String(nth).padStart(3, '0')}`,
      ...{ service: nationalCard, level: 'national', maturity: 'can_be_done', proofsAsked: [], proofsSaved: [] },
      name: { zh: name.zh, en: name.en },
      assumed: known === undefined,
      from,
      source: known?.source ?? 'B1.11, B1-o1',
    })
  }
}
