import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { BadInput, type Id, parseInput, Refusal, schemaId, schemaRegion, type Work } from '../ground/door.ts'
import { logRead, logWrite } from './access-log.ts'
import { guarded, guardedUpdate } from './constraints.ts'
import { pagesById } from './id-pages.ts'
import { firstDayOf, type Month, readMonth, schemaMonth } from './month.ts'
import { getPersonRow } from './person-row.ts'
import { type PeopleTables, peopleTables } from './tables.ts'

/**
 * Months for which a person receives a benefit of some kind (`unemployment_benefit` ...), both inclusive; open where `to` is null. Written by
 * whoever granted it, in the case that granted it; read by all whose rules ask about it.
 */
export type BenefitSpell = {
  spellId: Id
  personId: Id
  kind: string
  agency: string
  from: Month
  to: Month | null
  caseId: Id
}

const benefitKind = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, { error: 'a kind of benefit in lower case, such as unemployment_benefit' })

/** What beginning a benefit takes; `agency` is the region code of the agency that grants it. */
export const schemaNewBenefitSpell = z.object({
  personId: schemaId,
  kind: benefitKind,
  agency: schemaRegion,
  from: schemaMonth,
  to: schemaMonth.optional(),
  caseId: schemaId,
})
export type NewBenefitSpell = z.input<typeof schemaNewBenefitSpell>

type SpellRow = Selectable<PeopleTables['people.benefit_spell']>

/** Records that a person receives a benefit. Refused: `person_unknown`, `benefit_overlaps` (the same kind in the same month), `outside_own_agency`. */
export async function beginBenefitSpell(work: Work, input: NewBenefitSpell): Promise<Id> {
  const spell = parseInput(schemaNewBenefitSpell, input)
  if (spell.to !== undefined) refuseEarlier(spell.to, spell.from)
  await getPersonRow(work, spell.personId)
  const spellId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.benefit_spell')
      .values({
        id: spellId,
        person_id: spell.personId,
        kind: spell.kind,
        agency: spell.agency,
        from_month: firstDayOf(spell.from),
        to_month: spell.to === undefined ? null : firstDayOf(spell.to),
        case_id: spell.caseId,
        cancelled_by_case: null,
        recorded_at: work.now,
      })
      .execute(),
    { benefit_spell_no_overlap: () => new Refusal('benefit_overlaps', { params: { kind: spell.kind } }) },
  )
  await logWrite(work, spell.personId, 'begin_benefit')
  return spellId
}

/** Ends a benefit, earlier than it said where it said so; `to` is its last month. Refused: `benefit_unknown`, `benefit_ended`, `outside_own_agency`. */
export async function endBenefitSpell(work: Work, end: { spellId: Id; to: Month }): Promise<void> {
  const to = parseInput(schemaMonth, end.to, 'to')
  const row = await getSpellRow(work, end.spellId)
  refuseEarlier(to, readMonth(row.from_month))
  if (row.to_month !== null && row.to_month < firstDayOf(to)) {
    throw new Refusal('benefit_ended', { params: { toMonth: readMonth(row.to_month) } })
  }
  await updateSpell(work, row.id, { to_month: firstDayOf(to) })
  await logWrite(work, row.person_id, 'end_benefit')
}

/** Takes back a benefit that was wrongly granted: it never was. `caseId` is the case that found it. Refused: `benefit_unknown`, `outside_own_agency`. */
export async function cancelBenefitSpell(work: Work, cancellation: { spellId: Id; caseId: Id }): Promise<void> {
  const row = await getSpellRow(work, cancellation.spellId)
  await updateSpell(work, row.id, { cancelled_by_case: parseInput(schemaId, cancellation.caseId, 'caseId') })
  await logWrite(work, row.person_id, 'cancel_benefit')
}

/** A person's benefits, of one kind and in one month or of all, the oldest first; without those taken back. */
export async function benefitSpellsOf(
  work: Work,
  personId: Id,
  query: { kind?: string; month?: Month },
  purpose: string,
): Promise<BenefitSpell[]> {
  let search = standingSpells(work).where('person_id', '=', personId)
  if (query.kind !== undefined) search = search.where('kind', '=', query.kind)
  if (query.month !== undefined) search = search.where(holdsInMonth(query.month))
  const rows = await search.orderBy('from_month').orderBy('id').execute()
  await logRead(work, [personId], 'read_benefits', purpose)
  return rows.map(spellOf)
}

/** Everybody who receives a benefit of a kind in a month, in pages in order of the spell's id. */
export async function* benefitRecipients(
  work: Work,
  query: { kind: string; month: Month },
  purpose: string,
): AsyncGenerator<BenefitSpell[]> {
  const spells = standingSpells(work).where('kind', '=', query.kind).where(holdsInMonth(query.month))
  const readPage = (after: Id, limit: number) => spells.where('id', '>', after).orderBy('id').limit(limit).execute()
  for await (const rows of pagesById(readPage)) {
    const personIds = rows.map((row) => row.person_id)
    await logRead(work, personIds, 'read_benefits', purpose)
    yield rows.map(spellOf)
  }
}

function standingSpells(work: Work) {
  return peopleTables(work).selectFrom('people.benefit_spell').selectAll().where('cancelled_by_case', 'is', null)
}

function holdsInMonth(month: Month) {
  return sql<boolean>`${firstDayOf(month)}::date BETWEEN from_month AND coalesce(to_month, 'infinity')`
}

async function getSpellRow(work: Work, spellId: Id): Promise<SpellRow> {
  const row = await standingSpells(work).where('id', '=', spellId).executeTakeFirst()
  if (!row) throw new Refusal('benefit_unknown')
  return row
}

async function updateSpell(
  work: Work,
  spellId: Id,
  changes: { to_month: string } | { cancelled_by_case: Id },
): Promise<void> {
  await guardedUpdate(
    peopleTables(work)
      .updateTable('people.benefit_spell')
      .set(changes)
      .where('id', '=', spellId)
      .executeTakeFirstOrThrow(),
  )
}

function refuseEarlier(to: Month, from: Month): void {
  if (to < from) throw new BadInput([{ path: 'to', expected: `a month not before ${from}`, found: to }])
}

function spellOf(row: SpellRow): BenefitSpell {
  return {
    spellId: row.id,
    personId: row.person_id,
    kind: row.kind,
    agency: row.agency,
    from: readMonth(row.from_month),
    to: readMonth(row.to_month),
    caseId: row.case_id,
  }
}
