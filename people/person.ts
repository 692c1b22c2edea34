import { z } from 'zod'
import {
  addDays,
  asActor,
  BadInput,
  blindIndex,
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaRegion,
  seal,
  systemActor,
  unseal,
  type Work,
} from '../ground/door.ts'
import { logRead, logWrite } from './access-log.ts'
import { cancelCardOf } from './card.ts'
import { guarded, guardedUpdate } from './constraints.ts'
import { identityDigestIndex } from './identity-digest.ts'
import { birthOnOf, isIdNumber, maskIdNumber, schemaIdNumber, sexOf } from './identity-number.ts'
import { refuseBefore } from './period.ts'
import { getPersonRow, type PersonRow } from './person-row.ts'
import { containing } from './search-text.ts'
import { peopleTables, type Sex } from './tables.ts'

/** A person as pages show them: the identity number and phone masked. `agency` is the region code of the responsible agency. */
export type PersonView = {
  personId: Id
  name: string
  idNumberMasked: string
  sex: Sex
  birthOn: PlainDate
  phoneMasked: string | null
  homeRegion: string
  agency: string
  retiredOn: PlainDate | null
  diedOn: PlainDate | null
}

/** A mobile number. */
export const schemaPhone = z.string().regex(/^1\d{10}$/, { error: 'a mobile number of 11 digits' })

/** What registering a person takes. Sex and birth date come from the number. */
export const schemaNewPerson = z.object({
  idNumber: schemaIdNumber,
  name: z.string().trim().min(1).max(100),
  homeRegion: schemaRegion,
  agency: schemaRegion,
  phone: schemaPhone.optional(),
})
export type NewPerson = z.input<typeof schemaNewPerson>

/**
 * Registers a person, or finds the one record that this identity number already has anywhere in the node (B3.03): `existing` tells which.
 * `BadInput` for a number that is wrong; `id_number_of_another_name` where the record carries another name.
 */
export async function registerPerson(work: Work, input: NewPerson): Promise<{ personId: Id; existing: boolean }> {
  const person = parseInput(schemaNewPerson, input)
  const birthOn = birthOnOf(person.idNumber)
  refuseLaterThanToday(work, 'idNumber', birthOn)
  const index = blindIndex(work.node.keys, person.idNumber)
  const personId = work.newId()
  const { numInsertedOrUpdatedRows } = await guarded(
    peopleTables(work)
      .insertInto('people.person')
      .values({
        id: personId,
        id_number_sealed: seal(work.node.keys, work.node.random, person.idNumber),
        id_number_index: index,
        name: person.name,
        sex: sexOf(person.idNumber),
        birth_on: birthOn,
        phone: person.phone ?? null,
        home_region: person.homeRegion,
        agency: person.agency,
        identity_digest_index: identityDigestIndex(work.node.keys, person.idNumber, person.name),
        registered_at: work.now,
      })
      .onConflict((conflict) => conflict.column('id_number_index').doNothing())
      .executeTakeFirstOrThrow(),
  )
  if (numInsertedOrUpdatedRows === 1n) {
    await logWrite(work, personId, 'register_person')
    return { personId, existing: false }
  }
  return { personId: await matchPerson(work, index, person.name), existing: true }
}

/** The record may belong to an agency whose rows the actor does not see, so the node itself looks; only its id comes back. */
async function matchPerson(work: Work, index: string, name: string): Promise<Id> {
  const known = await asActor(work, systemActor, (system) =>
    peopleTables(system)
      .selectFrom('people.person')
      .select(['id', 'name'])
      .where('id_number_index', '=', index)
      .executeTakeFirstOrThrow(),
  )
  if (known.name !== name) throw new Refusal('id_number_of_another_name', { clause: 'B3.03' })
  await logWrite(work, known.id, 'match_person')
  return known.id
}

/** The person with this identity number, if there is one that the actor may see. `BadInput` for a number that is wrong. */
export async function findPersonByIdNumber(
  work: Work,
  idNumber: string,
  purpose: string,
): Promise<PersonView | undefined> {
  const index = blindIndex(work.node.keys, parseInput(schemaIdNumber, idNumber, 'idNumber'))
  const row = await peopleTables(work)
    .selectFrom('people.person')
    .selectAll()
    .where('id_number_index', '=', index)
    .executeTakeFirst()
  if (!row) return undefined
  await logRead(work, [row.id], 'read_person', purpose)
  return viewOf(work, row)
}

/**
 * Persons that the actor may see, by a part of the name, a whole identity number or a whole card number; each hit is logged. In order of name;
 * `limit` at most.
 */
export async function findPeople(
  work: Work,
  query: { text: string; limit: number } | { card: string; limit: number },
  purpose: string,
): Promise<PersonView[]> {
  let search = peopleTables(work).selectFrom('people.person').selectAll('people.person')
  if ('card' in query) {
    const holder = peopleTables(work).selectFrom('people.card').select('person_id').where('number', '=', query.card)
    search = search.where('id', 'in', holder)
  } else {
    const text = query.text.trim().toUpperCase()
    search = isIdNumber(text)
      ? search.where('id_number_index', '=', blindIndex(work.node.keys, text))
      : search.where('name', 'like', containing(query.text))
  }
  const rows = await search.orderBy('name').orderBy('id').limit(query.limit).execute()
  await logRead(
    work,
    rows.map((row) => row.id),
    'search_person',
    purpose,
  )
  return rows.map((row) => viewOf(work, row))
}

/** The person; refused with `person_unknown` where there is none that the actor may see. */
export async function getPerson(work: Work, personId: Id, purpose: string): Promise<PersonView> {
  const row = await getPersonRow(work, personId)
  await logRead(work, [personId], 'read_person', purpose)
  return viewOf(work, row)
}

/** The whole identity number, for a document or another authority that needs it. Logged as its own action. */
export async function revealIdNumber(work: Work, personId: Id, purpose: string): Promise<string> {
  const row = await getPersonRow(work, personId)
  await logRead(work, [personId], 'reveal_id_number', purpose)
  return unseal(work.node.keys, row.id_number_sealed)
}

/**
 * Makes another agency responsible for a person, e.g. when the insured place changes. Only somebody who covers both agencies may:
 * the node itself, or staff of the region above them.
 */
export async function changeAgency(work: Work, change: { personId: Id; agency: string }): Promise<void> {
  const agency = parseInput(schemaRegion, change.agency, 'agency')
  await getPersonRow(work, change.personId)
  await updatePerson(work, change.personId, { agency })
  await logWrite(work, change.personId, 'change_agency')
}

/** Records another phone number of a person; the one before is not kept. */
export async function changePhone(work: Work, personId: Id, input: string): Promise<void> {
  const phone = parseInput(schemaPhone, input, 'phone')
  await getPersonRow(work, personId)
  await updatePerson(work, personId, { phone })
  await logWrite(work, personId, 'change_phone')
}

/** Records from when a person is retired. */
export async function recordRetirement(work: Work, personId: Id, retiredOn: PlainDate): Promise<void> {
  const person = await getPersonRow(work, personId)
  refuseBefore('retiredOn', parseInput(schemaDate, retiredOn, 'retiredOn'), addDays(person.birth_on, 1))
  await updatePerson(work, personId, { retired_on: retiredOn })
  await logWrite(work, personId, 'record_retirement')
}

/**
 * Records a death and cancels the person's card and e-card. The same date again changes nothing; another one is refused
 * (`death_already_recorded`).
 */
export async function recordDeath(work: Work, personId: Id, diedOn: PlainDate): Promise<void> {
  const person = await getPersonRow(work, personId)
  if (person.died_on === diedOn) return
  if (person.died_on) throw new Refusal('death_already_recorded', { params: { diedOn: person.died_on } })
  refuseBefore('diedOn', parseInput(schemaDate, diedOn, 'diedOn'), person.birth_on)
  refuseLaterThanToday(work, 'diedOn', diedOn)
  await updatePerson(work, personId, { died_on: diedOn })
  await cancelCardOf(work, personId)
  await logWrite(work, personId, 'record_death')
}

async function updatePerson(
  work: Work,
  personId: Id,
  changes: { agency?: string; phone?: string; retired_on?: PlainDate; died_on?: PlainDate },
): Promise<void> {
  await guardedUpdate(
    peopleTables(work).updateTable('people.person').set(changes).where('id', '=', personId).executeTakeFirstOrThrow(),
  )
}

function refuseLaterThanToday(work: Work, path: string, date: PlainDate): void {
  if (date > work.today) throw new BadInput([{ path, expected: `a date not after ${work.today}`, found: date }])
}

function viewOf(work: Work, row: PersonRow): PersonView {
  return {
    personId: row.id,
    name: row.name,
    idNumberMasked: maskIdNumber(unseal(work.node.keys, row.id_number_sealed)),
    sex: row.sex,
    birthOn: row.birth_on,
    phoneMasked: row.phone && `${row.phone.slice(0, 3)}****${row.phone.slice(-4)}`,
    homeRegion: row.home_region,
    agency: row.agency,
    retiredOn: row.retired_on,
    diedOn: row.died_on,
  }
}
