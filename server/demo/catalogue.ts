import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseInput } from '../../ground/door.ts'
import type { CatalogueKind, CatalogueRow } from '../../registers/door.ts'
import type { DemoRegion } from './plan.ts'

const unitAndLimit = z.record(z.string(), z.tuple([z.string(), z.number()]))

const schemaFile = z.strictObject({
  source: z.string(),
  from: z.string(),
  forms: z.record(z.string(), z.tuple([z.string(), z.number()])),
  drugs: z.record(z.string(), z.number()),
  items: unitAndLimit,
  rehab_items: z.record(z.string(), z.tuple([z.string(), z.number(), z.number()])),
  devices: unitAndLimit,
  service_standards: unitAndLimit,
})

type Line = { kind: CatalogueKind; nameZh: string; unit: string; limitYuan: number; quantityLimit?: number }

/** A node's catalogue: the same codes everywhere (`DRUG-001` ...), limits at the region's price level. */
export function demoCatalogue({ priceLevelPpm }: DemoRegion): CatalogueRow[] {
  const file = parseInput(schemaFile, parse(readFileSync(new URL('catalogue.yaml', import.meta.url), 'utf8')))
  const lines: Line[] = [
    ...drugLines(file),
    ...linesOf('item', file.items),
    ...Object.entries(file.rehab_items).map(([nameZh, [unit, limitYuan, quantityLimit]]) => ({
      kind: 'rehab_item' as const,
      nameZh,
      unit,
      limitYuan,
      quantityLimit,
    })),
    ...linesOf('device', file.devices),
    ...linesOf('service_standard', file.service_standards),
  ]
  const counted = new Map<CatalogueKind, number>()
  return lines.map(({ kind, nameZh, unit, limitYuan, quantityLimit }) => {
    const nth = (counted.get(kind) ?? 0) + 1
    counted.set(kind, nth)
    return {
      kind,
      code: `${codePrefix[kind]}-${String(nth).padStart(3, '0')}`,
      nameZh,
      unit,
      priceLimitFen: Math.round((limitYuan * 100 * priceLevelPpm) / 1_000_000),
      ...(quantityLimit !== undefined && { quantityLimit }),
      from: file.from,
      source: file.source,
    }
  })
}

const codePrefix: Record<CatalogueKind, string> = {
  drug: 'DRUG',
  item: 'ITEM',
  rehab_item: 'REHAB',
  device: 'DEVICE',
  service_standard: 'STAY',
}

function drugLines({ drugs, forms }: z.infer<typeof schemaFile>): Line[] {
  return Object.entries(drugs).flatMap(([drug, limitYuan]) =>
    Object.entries(forms).map(([form, [unit, factor]]) => ({
      kind: 'drug' as const,
      nameZh: `${drug}${form}`,
      unit,
      limitYuan: limitYuan * factor,
    })),
  )
}

function linesOf(kind: CatalogueKind, entries: z.infer<typeof unitAndLimit>): Line[] {
  return Object.entries(entries).map(([nameZh, [unit, limitYuan]]) => ({ kind, nameZh, unit, limitYuan }))
}
