import type { PlainDate } from '../../ground/door.ts'
import { isWithin, poolingAreaOf, provinceOf, regionPath } from '../../law/door.ts'

/** Where a place of treatment lies, seen from the person's insurance: in its pooling area, its province, or another province. */
export function treatmentPlace(
  agency: string,
  region: string,
  on: PlainDate,
): 'insured_area' | 'insured_province' | 'other_province' {
  if (provinceOf(agency).code !== provinceOf(region).code) return 'other_province'
  const area = poolingAreaOf(agency, 'work_injury', on)
  return area.regionCodes.some((code) => isWithin(region, code)) ? 'insured_area' : 'insured_province'
}

/** Does a place of treatment lie outside the prefecture of the agency that answers for the person? */
export function isOutsidePrefecture(agency: string, region: string): boolean {
  return !isWithin(region, prefectureOf(agency))
}

/** The prefecture a region lies in; the region itself where it is a province or has none. */
export function prefectureOf(region: string): string {
  return regionPath(region).find(({ level }) => level === 'prefecture')?.code ?? region
}
