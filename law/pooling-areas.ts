import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type PlainDate, Refusal, schemaDate } from '../ground/door.ts'
import { type Insurance, insurance } from './insurance.ts'
import { getRegion, type RegionCode, regionPath } from './regions.ts'

const poolingAreaRecord = z.strictObject({
  id: z.string(),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  insurance,
  province: z.string(),
  regionCodes: z.array(z.string()).nonempty(),
  provincialPooling: z.boolean(),
  from: schemaDate,
  to: schemaDate.optional(),
  source: z.string(),
  assumed: z.literal(true).optional(),
})

/**
 * Where one insurance is pooled (统筹区): a record of its own, which covers one or more regions from a day to a day (`to` inclusive).
 * `assumed`: the level of pooling is not in the sources.
 */
export type PoolingArea = z.infer<typeof poolingAreaRecord>

const poolingAreas = readPoolingAreas()

function readPoolingAreas(): PoolingArea[] {
  const areas = z
    .array(poolingAreaRecord)
    .parse(parse(readFileSync(join(import.meta.dirname, 'pooling-areas.yaml'), 'utf8')))
  for (const area of areas) for (const code of area.regionCodes) getRegion(code)
  return areas
}

/** All pooling areas of an insurance that exist on a day. */
export function poolingAreasOn(kind: Insurance, on: PlainDate): PoolingArea[] {
  return poolingAreas.filter(
    (area) => area.insurance === kind && area.from <= on && (area.to === undefined || on <= area.to),
  )
}

/** The pooling area of a region or of the nearest region above it, on a day; undefined where the list has none. */
export function findPoolingArea(region: RegionCode, kind: Insurance, on: PlainDate): PoolingArea | undefined {
  const areas = poolingAreasOn(kind, on)
  for (const { code } of regionPath(region)) {
    const area = areas.find((candidate) => candidate.regionCodes.includes(code))
    if (area !== undefined) return area
  }
  return undefined
}

/** As `findPoolingArea`. Throws `Refusal` `pooling_area_unknown`: without it nobody can say who pays. */
export function poolingAreaOf(region: RegionCode, kind: Insurance, on: PlainDate): PoolingArea {
  const area = findPoolingArea(region, kind, on)
  if (area === undefined)
    throw new Refusal('pooling_area_unknown', { params: { region, insurance: kind, effectiveOn: on } })
  return area
}
