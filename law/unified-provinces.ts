import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Insurance, insurance } from './insurance.ts'
import { type RegionCode, regionPath } from './regions.ts'

const unifiedProvinceRecord = z.strictObject({
  province: z.string(),
  insurance,
  matters: z.array(z.strictObject({ zh: z.string(), en: z.string() })).nonempty(),
  source: z.string(),
})

/** A province in which one parameter set holds for an insurance: no prefecture or county sets a value of its own (A2.03). */
export type UnifiedProvince = z.infer<typeof unifiedProvinceRecord>

/** All of them; `law.unified_province` holds the same for the database's own guard. */
export const unifiedProvinces: readonly UnifiedProvince[] = z
  .array(unifiedProvinceRecord)
  .parse(parse(readFileSync(join(import.meta.dirname, 'unified-provinces.yaml'), 'utf8')))

/**
 * The unification that forbids this region a value of its own: the region is a prefecture or county of a unified province. A value that
 * does not say which insurance it belongs to is taken to be covered.
 */
export function findUnificationAgainst(region: RegionCode, kind: Insurance | undefined): UnifiedProvince | undefined {
  const [own, ...above] = regionPath(region).map(({ code }) => code)
  return unifiedProvinces.find(
    (unified) =>
      own !== unified.province &&
      above.includes(unified.province) &&
      (kind === undefined || kind === unified.insurance),
  )
}
