import type { Selectable } from 'kysely'
import { z } from 'zod'
import {
  asActor,
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaRegion,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { getInstitution, registerInstitution } from '../../people/door.ts'
import { type CardMatterTables, outletPlaces, ownTables, type TownshipKind } from './tables.ts'

/** A bank outlet that handles card matters. */
export type Outlet = {
  outletId: Id
  name: string
  region: string
  township: string
  place: (typeof outletPlaces)[number]
  agreement: boolean
  instantIssue: boolean
  cardMakers: number
  fullTimeStaff: number
  selfServiceTerminals: number
  openedOn: PlainDate
}

/** A place below a county. */
export type Township = { code: string; region: string; nameZh: string; nameEn: string; kind: TownshipKind }

/** What registering a township takes. */
export const schemaTownship = z.strictObject({
  code: z.string().regex(/^\d{9}$/, { error: 'a township code of nine digits' }),
  region: schemaRegion,
  nameZh: z.string().trim().min(1).max(40),
  nameEn: z.string().trim().min(1).max(60),
  kind: z.enum(['town', 'sub_district', 'committee']),
})

/** What registering an outlet takes; `code` is the bank's code of the outlet. */
export const schemaNewOutlet = z.strictObject({
  code: z.string().trim().min(1).max(40),
  name: z.string().trim().min(1).max(200),
  region: schemaRegion,
  township: z.string(),
  place: z.enum(outletPlaces).default('own_premises'),
  agreement: z.boolean().default(true),
  instantIssue: z.boolean(),
  cardMakers: z.int().min(0).max(100),
  fullTimeStaff: z.int().min(0).max(1000),
  selfServiceTerminals: z.int().min(0).max(100).default(0),
  openedOn: schemaDate,
})

/** Registers a place below a county; the same code again is once. */
export async function registerTownship(work: Work, input: z.input<typeof schemaTownship>): Promise<void> {
  const { code, region, nameZh, nameEn, kind } = parseInput(schemaTownship, input)
  await ownTables(work)
    .insertInto('svc_card_matters.township')
    .values({ code, region, name_zh: nameZh, name_en: nameEn, kind })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute()
}

/** Registers an outlet as an institution and with what it has. Refused: `township_unknown`, `outlet_without_machine`. */
export async function registerOutlet(work: Work, input: z.input<typeof schemaNewOutlet>): Promise<Id> {
  const outlet = parseInput(schemaNewOutlet, input)
  const { code, name, region } = outlet
  const institutionId = await registerInstitution(work, { code, name, kind: 'bank', level: null, region })
  await addOutlet(work, institutionId, outlet)
  return institutionId
}

/** Lets a bank that is registered handle card matters at one of its outlets. */
export async function addOutlet(
  work: Work,
  institutionId: Id,
  outlet: Omit<z.output<typeof schemaNewOutlet>, 'code' | 'name'>,
): Promise<void> {
  const isOutfitted = outlet.cardMakers > 0 && (outlet.place === 'own_premises' || outlet.fullTimeStaff > 0)
  if (!isOutfitted && (outlet.instantIssue || outlet.place !== 'own_premises')) {
    throw new Refusal('outlet_without_machine', { clause: 'B4.05' })
  }
  const known = (await townshipsOf(work, outlet.region)).some(({ code }) => code === outlet.township)
  if (!known) throw new Refusal('township_unknown', { params: { township: outlet.township } })
  await ownTables(work)
    .insertInto('svc_card_matters.outlet')
    .values({
      institution_id: institutionId,
      region: outlet.region,
      township: outlet.township,
      place: outlet.place,
      agreement: outlet.agreement,
      instant_issue: outlet.instantIssue,
      card_makers: outlet.cardMakers,
      full_time_staff: outlet.fullTimeStaff,
      self_service_terminals: outlet.selfServiceTerminals,
      opened_on: outlet.openedOn,
    })
    .execute()
}

/** Closes an outlet from the day after. Refused: `outlet_unknown`. */
export async function closeOutlet(work: Work, outletId: Id, on: PlainDate): Promise<void> {
  const { numUpdatedRows } = await ownTables(work)
    .updateTable('svc_card_matters.outlet')
    .set({ closed_on: on })
    .where('institution_id', '=', outletId)
    .where('closed_on', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new Refusal('outlet_unknown')
}

/** The outlet where a matter is handled. Refused: `outlet_unknown` for an institution that handles none, or not any more. */
export async function getOutlet(work: Work, outletId: Id): Promise<Outlet> {
  const row = await openOutlets(work).where('institution_id', '=', outletId).executeTakeFirst()
  if (!row) throw new Refusal('outlet_unknown')
  return outletOf(work, row)
}

/** The outlets of a region and everything in it that are open today, by township and name. */
export async function outletsOf(work: Work, region: string): Promise<Outlet[]> {
  const within = `${region.replace(/(00){1,2}$/, '')}%`
  const rows = await openOutlets(work)
    .where('region', 'like', within)
    .orderBy('township')
    .orderBy('institution_id')
    .execute()
  return Promise.all(rows.map((row) => outletOf(work, row)))
}

/** The places below the counties of a region, by code. */
export async function townshipsOf(work: Work, region: string): Promise<Township[]> {
  const rows = await ownTables(work)
    .selectFrom('svc_card_matters.township')
    .selectAll()
    .where('region', 'like', `${region.replace(/(00){1,2}$/, '')}%`)
    .orderBy('code')
    .execute()
  return rows.map(({ name_zh, name_en, ...row }) => ({ ...row, nameZh: name_zh, nameEn: name_en }))
}

/** How far a region is covered by outlets that issue at once, and which townships have none (B4-t3). */
export type Coverage = { townships: number; instantOutlets: number; isCovered: boolean; lacking: Township[] }

/** See `Coverage`. A region of which no township is registered is not covered: nobody knows. */
export async function coverageOf(work: Work, region: string): Promise<Coverage> {
  const townships = await townshipsOf(work, region)
  const instant = (await outletsOf(work, region)).filter(({ instantIssue }) => instantIssue)
  const lacking = townships.filter(({ code }) => !instant.some(({ township }) => township === code))
  const isCovered = townships.length > 0 && lacking.length === 0
  return { townships: townships.length, instantOutlets: instant.length, isCovered, lacking }
}

function openOutlets(work: Work) {
  return ownTables(work)
    .selectFrom('svc_card_matters.outlet')
    .selectAll()
    .where('opened_on', '<=', work.today)
    .where(({ or, eb }) => or([eb('closed_on', 'is', null), eb('closed_on', '>=', work.today)]))
}

async function outletOf(work: Work, row: Selectable<CardMatterTables['svc_card_matters.outlet']>): Promise<Outlet> {
  const { name } = await asActor(work, systemActor, (node) => getInstitution(node, row.institution_id))
  return {
    outletId: row.institution_id,
    name,
    region: row.region,
    township: row.township,
    place: row.place,
    agreement: row.agreement,
    instantIssue: row.instant_issue,
    cardMakers: row.card_makers,
    fullTimeStaff: row.full_time_staff,
    selfServiceTerminals: row.self_service_terminals,
    openedOn: row.opened_on,
  }
}
