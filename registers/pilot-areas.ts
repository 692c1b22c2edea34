import { z } from 'zod'
import { actorUserId, BadInput, type PlainDate, parseInput, Refusal, schemaDate, type Work } from '../ground/door.ts'
import { getRegion, prefecturesOf, type Region, type RegionCode, regionPath, regionsUnder } from '../law/door.ts'
import { tables } from './tables.ts'
import { lockRegister, requireWriter } from './writers.ts'

/** A prefecture that takes part in a pilot from `goLiveOn` (A1.03). */
export type PilotArea = { province: RegionCode; prefecture: RegionCode; goLiveOn: PlainDate; source: string }

/** A province's choice. `shareMaxPpm`: the greatest share of its own prefectures that may take part; null when no ceiling is in force. */
export const pilotChoice = z.strictObject({
  province: z.string(),
  prefectures: z.array(z.string()).min(1),
  goLiveOn: schemaDate,
  source: z.string().min(1),
  shareMaxPpm: z.int().min(0).max(1_000_000).nullable(),
})

/**
 * Adds prefectures to a province's pilot; those already in it stay as they are. With a ceiling, all of them together may be no more than
 * that share of the province's own prefectures, rounded down (A1.03; the rounding is A1-o2). Throws `BadInput` for a place that is not a
 * prefecture of the province, `Refusal` `pilot_share_exceeded`, `pilot_base_unknown` (a province whose own areas the region table does
 * not have, such as XPCC), `register_writer_needed`.
 */
export async function selectPilotAreas(work: Work, input: unknown): Promise<PilotArea[]> {
  const { province, prefectures, goLiveOn, source, shareMaxPpm } = parseInput(pilotChoice, input)
  await requireWriter(work, 'pilot_area', province)
  const own = ownAreasOf(province)
  requireOwn(province, own, prefectures)
  await lockRegister(work, 'pilot_area', province)
  const before = new Set((await listPilotAreas(work, province)).map((area) => area.prefecture))
  const added = [...new Set(prefectures)]
    .filter((prefecture) => !before.has(prefecture))
    .map((prefecture) => ({ province, prefecture, goLiveOn, source }))
  if (shareMaxPpm !== null) requireWithinShare(province, before.size + added.length, own.length, shareMaxPpm)
  if (added.length === 0) return []
  const recorded = { recorded_by: actorUserId(work.actor), recorded_at: work.now }
  await tables(work)
    .insertInto('registers.pilot_area')
    .values(added.map(({ prefecture }) => ({ province, prefecture, go_live_on: goLiveOn, source, ...recorded })))
    .execute()
  return added
}

/** A municipality has no prefectures: its districts are taken for them, which is an assumption. */
function ownAreasOf(province: RegionCode): Region[] {
  const prefectures = prefecturesOf(province)
  const own = prefectures.length > 0 ? prefectures : regionsUnder(province)
  if (own.length === 0) throw new Refusal('pilot_base_unknown', { clause: 'A1.03', params: { province } })
  return own
}

function requireOwn(province: RegionCode, own: readonly Region[], prefectures: readonly RegionCode[]): void {
  const codes = new Set(own.map(({ code }) => code))
  const problems = prefectures.flatMap((found, index) =>
    codes.has(found) ? [] : [{ path: `prefectures[${index}]`, expected: `a prefecture of ${province}`, found }],
  )
  if (problems.length > 0) throw new BadInput(problems)
}

function requireWithinShare(province: RegionCode, pickedCount: number, ownCount: number, shareMaxPpm: number): void {
  const allowedCount = Math.floor((ownCount * shareMaxPpm) / 1_000_000)
  if (pickedCount > allowedCount) {
    const params = { province, pickedCount, ownCount, allowedCount, shareMaxPpm }
    throw new Refusal('pilot_share_exceeded', { clause: 'A1.03', params })
  }
}

/** True when a region is, or lies in, an area that takes part on a day. */
export async function isPilotArea(work: Work, region: RegionCode, on: PlainDate): Promise<boolean> {
  const path = regionPath(region).map(({ code }) => code)
  const found = await tables(work)
    .selectFrom('registers.pilot_area')
    .select('prefecture')
    .where('prefecture', 'in', path)
    .where('go_live_on', '<=', on)
    .executeTakeFirst()
  return found !== undefined
}

/** The pilot areas of a province in the order of their codes, with those that go live later. */
export async function listPilotAreas(work: Work, province: RegionCode): Promise<PilotArea[]> {
  const rows = await tables(work)
    .selectFrom('registers.pilot_area')
    .selectAll()
    .where('province', '=', getRegion(province).code)
    .orderBy('prefecture')
    .execute()
  return rows.map(({ prefecture, go_live_on, source }) => ({ province, prefecture, goLiveOn: go_live_on, source }))
}
