import * as z from 'zod/mini'
import type { Ruling } from './api-types.ts'

const both = z.object({ zh: z.string(), en: z.string() })

const outcome = {
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.nullable(z.string()),
  because: z.string(),
}

const assumption = z.object({
  name: z.string(),
  value: z.unknown(),
  unit: z.exactOptional(z.string()),
  source: z.string(),
  note: z.exactOptional(z.string()),
  label: z.exactOptional(both),
})

const shown = {
  meaning: z.nullable(both),
  advice: z.nullable(both),
  sentences: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
}

const decided = {
  assumptions: z.exactOptional(z.array(assumption)),
  results: z.exactOptional(
    z.record(z.string(), z.object({ value: z.union([z.number(), z.string(), z.boolean()]), unit: z.string() })),
  ),
}

/** As it travels between regions and is previewed. */
const flat = z.object({ ...outcome, ...shown, ...decided })
/** As a case keeps it. */
const kept = z.object({ ...shown, decision: z.object({ ...outcome, ...decided }) })

/** A ruling in any of the two forms in which cases and services keep it; undefined for other decisions. */
export function findRuling(value: unknown): Ruling | undefined {
  const asFlat = flat.safeParse(value)
  if (asFlat.success) return asFlat.data
  const asKept = kept.safeParse(value)
  if (!asKept.success) return undefined
  const { decision, ...words } = asKept.data
  return { ...decision, ...words }
}
