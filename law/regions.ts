import { BadInput } from '../ground/door.ts'
import { regionNamesEn } from './region-names.ts'
import table from './regions.generated.json' with { type: 'json' }

/** A region code: six digits of GB/T 2260, or one of the two codes below that the standard does not have. */
export type RegionCode = string

/** The whole nation, and the node of the national hub, which is above every region. Not a code of the standard. */
export const nationCode: RegionCode = '000000'

/** Where a region stands. A county may stand directly under a province (e.g. 659001, 429004). */
export type RegionLevel = 'nation' | 'province' | 'prefecture' | 'county'

/** An administrative region. `parent` is null for the nation alone; `assumed` marks a code that no standard gives. */
export type Region = {
  code: RegionCode
  name: { zh: string; en: string }
  level: RegionLevel
  parent: RegionCode | null
  assumed?: true
}

const regions = readRegions()

function readRegions(): ReadonlyMap<RegionCode, Region> {
  const names = new Map(table.regions.map((line) => [line.slice(0, 6), line.slice(6)]))
  const found = new Map<RegionCode, Region>([
    [nationCode, { code: nationCode, name: { zh: '全国', en: 'National hub' }, level: 'nation', parent: null }],
  ])
  for (const [code, zh] of names) {
    const level = levelOfCode(code)
    found.set(code, {
      code,
      name: { zh, en: regionNamesEn[code] ?? zh },
      level,
      parent: parentOfCode(code, level, names),
    })
  }
  found.set('660000', {
    code: '660000',
    name: { zh: '新疆生产建设兵团', en: 'Xinjiang Production and Construction Corps' },
    level: 'province',
    parent: nationCode,
    assumed: true,
  })
  return found
}

function levelOfCode(code: RegionCode): RegionLevel {
  if (code.endsWith('0000')) return 'province'
  return code.endsWith('00') ? 'prefecture' : 'county'
}

function parentOfCode(code: RegionCode, level: RegionLevel, names: ReadonlyMap<RegionCode, string>): RegionCode {
  if (level === 'province') return nationCode
  const prefecture = `${code.slice(0, 4)}00`
  return level === 'county' && names.has(prefecture) ? prefecture : `${code.slice(0, 2)}0000`
}

/** The region of a code, if the table has it. */
export function findRegion(code: string): Region | undefined {
  return regions.get(code)
}

/** The region of a code. Throws `BadInput` `unknown_region`. */
export function getRegion(code: string): Region {
  const region = regions.get(code)
  if (region === undefined) {
    throw new BadInput([{ path: 'region', expected: 'a region code of GB/T 2260', found: code }], 'unknown_region')
  }
  return region
}

/** The region itself and those above it up to its province: county, prefecture, province. The nation is its own path. */
export function regionPath(code: RegionCode): Region[] {
  const region = getRegion(code)
  const path = [region]
  for (let parent = region.parent; parent !== null && parent !== nationCode; ) {
    const above = getRegion(parent)
    path.push(above)
    parent = above.parent
  }
  return path
}

/** True when `code` is `ancestor` or lies inside it. Everything lies inside the nation. */
export function isWithin(code: RegionCode, ancestor: RegionCode): boolean {
  return getRegion(ancestor).level === 'nation' || regionPath(code).some((region) => region.code === ancestor)
}

/** The province that a region is or lies in. Throws `BadInput` `unknown_region` for the nation. */
export function provinceOf(code: RegionCode): Region {
  const province = regionPath(code).at(-1)
  if (province?.level !== 'province') {
    throw new BadInput([{ path: 'region', expected: 'a province or a region in one', found: code }], 'unknown_region')
  }
  return province
}

/** The prefectures of a province in the order of their codes; none for a municipality such as Shanghai, and none for XPCC. */
export function prefecturesOf(province: RegionCode): Region[] {
  return regionsUnder(getRegion(province).code).filter((region) => region.level === 'prefecture')
}

/** All provinces in the order of their codes, XPCC among them. */
export function provinces(): Region[] {
  return regionsUnder(nationCode)
}

/** The regions directly under one, in the order of their codes. */
export function regionsUnder(parent: RegionCode): Region[] {
  return [...regions.values()].filter((region) => region.parent === parent).sort((a, b) => (a.code < b.code ? -1 : 1))
}
