import { sql } from 'kysely'
import { z } from 'zod'
import {
  actorUserId,
  BadInput,
  type Id,
  type PlainDate,
  type Problem,
  parseInput,
  Refusal,
  schemaDate,
  type Work,
} from '../ground/door.ts'
import { getRegion, type RegionCode } from '../law/door.ts'
import { endRows, inForceOn } from './dated-rows.ts'
import { insertParts } from './insert-parts.ts'
import { datedFields, endProblem, endsAfterStart, spansOverlap } from './spans.ts'
import { type PartyList, partyLists, tables } from './tables.ts'
import { lockRegister, requireWriter } from './writers.ts'

/** A party on a published list, by its unified social credit code (C2.07). */
export const listingFields = z
  .strictObject({
    list: z.enum(partyLists),
    creditCode: z.string().regex(/^[0-9A-Z]{18}$/, { error: 'a unified social credit code of 18 characters' }),
    name: z.string().min(1),
    ...datedFields,
  })
  .refine(endsAfterStart, endProblem)

/** A listing as it is kept; `region` is whose list it is. */
export type Listing = z.infer<typeof listingFields> & { id: Id; region: RegionCode }

/**
 * Adds rows to the lists of a region, all or nothing; a row that stands there word for word is left alone, so that a file can be imported
 * again. Throws `BadInput` with every problem of every row (`rows[3].from`: the party is on that list already at that time), `Refusal`
 * `register_writer_needed`.
 */
export async function importListings(
  work: Work,
  region: RegionCode,
  input: unknown,
): Promise<{ added: number; unchanged: number }> {
  getRegion(region)
  await requireWriter(work, 'listed_party', region)
  const rows = parseInput(z.array(listingFields).min(1), input, 'rows')
  await lockRegister(work, 'listed_party', region)
  const codes = rows.map(({ creditCode }) => creditCode)
  const stored = await listings(work)
    .where('region', '=', region)
    .where(sql<boolean>`credit_code = ANY(${codes})`)
    .execute()
  const kept = Map.groupBy(stored.map(readListing), keyOf)
  const added: Listing[] = []
  const problems: Problem[] = []
  for (const [index, row] of rows.entries()) {
    const beside = kept.get(keyOf(row)) ?? []
    if (beside.some((each) => isSameListing(each, row))) continue
    const clash = beside.find((each) => spansOverlap(each, row))
    if (clash) {
      const expected = `a time at which ${row.creditCode} is not on the list already, as it is from ${clash.from}`
      problems.push({ path: `rows[${index}].from`, expected, found: row.from })
      continue
    }
    const listing = { ...row, id: work.newId(), region }
    added.push(listing)
    kept.set(keyOf(row), [...beside, listing])
  }
  if (problems.length > 0) throw new BadInput(problems)
  await insertListings(work, added)
  return { added: added.length, unchanged: rows.length - added.length }
}

/** A party leaves a list; `to` is its last day on it. Throws `Refusal` `listing_not_found` (also for one that has ended), `register_writer_needed`. */
export async function endListing(work: Work, end: { id: Id; to: PlainDate }): Promise<void> {
  const to = parseInput(schemaDate, end.to, 'to')
  const row = await listings(work).where('id', '=', end.id).where('effective_to', 'is', null).executeTakeFirst()
  if (!row) throw new Refusal('listing_not_found')
  await requireWriter(work, 'listed_party', row.region)
  if (to < row.effective_from) {
    throw new BadInput([{ path: 'to', expected: `a day not before ${row.effective_from}`, found: to }])
  }
  await endRows(work, 'listed_party', [row], to)
}

/** The lists on which a party stands on a day, whosever they are. */
export async function listingsOf(work: Work, creditCode: string, on: PlainDate): Promise<Listing[]> {
  const rows = await listings(work)
    .where('credit_code', '=', creditCode)
    .where(inForceOn(on))
    .orderBy('list')
    .orderBy('effective_from')
    .execute()
  return rows.map(readListing)
}

/** Everybody who stands on some list on a day, by credit code: what a reading of all employers is held against. */
export async function listedCreditCodes(work: Work, on: PlainDate): Promise<Map<string, PartyList[]>> {
  const rows = await tables(work)
    .selectFrom('registers.listed_party')
    .select(['credit_code', 'list'])
    .distinct()
    .where(inForceOn(on))
    .orderBy('credit_code')
    .orderBy('list')
    .execute()
  const byCode = Map.groupBy(rows, (row) => row.credit_code)
  return new Map([...byCode].map(([creditCode, found]) => [creditCode, found.map(({ list }) => list)]))
}

async function insertListings(work: Work, added: readonly Listing[]): Promise<void> {
  for (const part of insertParts(added)) {
    const values = part.map((listing) => ({
      id: listing.id,
      list: listing.list,
      credit_code: listing.creditCode,
      name: listing.name,
      region: listing.region,
      effective_from: listing.from,
      effective_to: listing.to ?? null,
      source: listing.source,
      recorded_by: actorUserId(work.actor),
      recorded_at: work.now,
    }))
    await tables(work).insertInto('registers.listed_party').values(values).execute()
  }
}

function keyOf({ list, creditCode }: Pick<Listing, 'list' | 'creditCode'>): string {
  return `${list} ${creditCode}`
}

/** Also true for a listing that has ended since it was imported without an end. */
function isSameListing(kept: Listing, row: z.infer<typeof listingFields>): boolean {
  return (
    kept.from === row.from &&
    kept.name === row.name &&
    kept.source === row.source &&
    (row.to === undefined || row.to === kept.to)
  )
}

function listings(work: Work) {
  return tables(work).selectFrom('registers.listed_party').selectAll()
}

type SelectedListing = Awaited<ReturnType<ReturnType<typeof listings>['execute']>>[number]

function readListing(row: SelectedListing): Listing {
  return {
    id: row.id,
    list: row.list,
    creditCode: row.credit_code,
    name: row.name,
    region: row.region,
    from: row.effective_from,
    source: row.source,
    ...(row.effective_to !== null && { to: row.effective_to }),
  }
}
