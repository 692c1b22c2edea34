import type { Selectable } from 'kysely'
import { z } from 'zod'
import { BadInput, type Id, type PlainDate, parseInput, Refusal, schemaRegion, type Work } from '../ground/door.ts'
import { type BankAccount, schemaBankAccount } from './bank-account.ts'
import { guarded } from './constraints.ts'
import { withinRegion } from './search-text.ts'
import {
  type BankClass,
  bankClasses,
  type InstitutionKind,
  type InstitutionLevel,
  institutionKinds,
  type PeopleTables,
  peopleTables,
} from './tables.ts'

/** A hospital, rehabilitation institution, device maker, agency or bank. `level` for hospitals, 3 the highest; `bankClass` for banks (C1.05). */
export type Institution = {
  institutionId: Id
  code: string
  name: string
  kind: InstitutionKind
  level: InstitutionLevel | null
  bankClass: BankClass | null
  region: string
}

/** What registering an institution takes; `code` is its national code, `region` its prefecture or county. */
export const schemaNewInstitution = z.object({
  code: z.string().trim().min(1).max(40),
  name: z.string().trim().min(1).max(200),
  kind: z.enum(institutionKinds),
  level: z.literal([1, 2, 3]).nullable(),
  bankClass: z.enum(bankClasses).nullable().default(null),
  region: schemaRegion,
})
export type NewInstitution = z.input<typeof schemaNewInstitution>

/** Registers an institution. Refused: `institution_code_taken`, `outside_own_agency`; `BadInput` for a bank class of what is no bank. */
export async function registerInstitution(work: Work, input: NewInstitution): Promise<Id> {
  const { bankClass, ...institution } = parseInput(schemaNewInstitution, input)
  if (bankClass !== null && institution.kind !== 'bank') {
    throw new BadInput([{ path: 'bankClass', expected: 'nothing, unless the kind is bank', found: bankClass }])
  }
  const id = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.institution')
      .values({ id, ...institution, bank_class: bankClass, registered_at: work.now })
      .execute(),
    {
      institution_code_key: () =>
        new Refusal('institution_code_taken', { params: { institutionCode: institution.code } }),
    },
  )
  return id
}

/** The institution; refused with `institution_unknown`. */
export async function getInstitution(work: Work, institutionId: Id): Promise<Institution> {
  const row = await peopleTables(work)
    .selectFrom('people.institution')
    .selectAll()
    .where('id', '=', institutionId)
    .executeTakeFirst()
  if (!row) throw new Refusal('institution_unknown')
  return institutionOf(row)
}

/** The institution with a national code, if it is registered here. */
export async function findInstitutionByCode(work: Work, code: string): Promise<Institution | undefined> {
  const row = await peopleTables(work)
    .selectFrom('people.institution')
    .selectAll()
    .where('code', '=', code)
    .executeTakeFirst()
  return row && institutionOf(row)
}

/** Institutions in a region and everything in it, of a kind, in order of code. */
export async function findInstitutions(
  work: Work,
  query: { region?: string; kind?: InstitutionKind } = {},
): Promise<Institution[]> {
  let search = peopleTables(work).selectFrom('people.institution').selectAll()
  if (query.region) search = search.where('region', 'like', withinRegion(query.region))
  if (query.kind) search = search.where('kind', '=', query.kind)
  const rows = await search.orderBy('code').execute()
  return rows.map(institutionOf)
}

/** Records where an institution is paid from a date on. Earlier versions stay. Refused: `institution_unknown`, `outside_own_agency`. */
export async function setBankAccount(
  work: Work,
  institutionId: Id,
  input: z.input<typeof schemaBankAccount>,
): Promise<void> {
  const account = parseInput(schemaBankAccount, input)
  await getInstitution(work, institutionId)
  await guarded(
    peopleTables(work)
      .insertInto('people.institution_account')
      .values({
        institution_id: institutionId,
        bank_name: account.bankName,
        account_name: account.accountName,
        account_number: account.accountNumber,
        from_on: account.from,
        recorded_at: work.now,
      })
      .execute(),
  )
}

/** Where an institution is paid on a date, for itself and for staff of its region; undefined where nothing is recorded by then. */
export async function bankAccountOf(work: Work, institutionId: Id, on: PlainDate): Promise<BankAccount | undefined> {
  const row = await peopleTables(work)
    .selectFrom('people.institution_account')
    .selectAll()
    .where('institution_id', '=', institutionId)
    .where('from_on', '<=', on)
    .orderBy('from_on', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      bankName: row.bank_name,
      accountName: row.account_name,
      accountNumber: row.account_number,
      from: row.from_on,
    }
  )
}

function institutionOf(row: Selectable<PeopleTables['people.institution']>): Institution {
  return {
    institutionId: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    level: row.level,
    bankClass: row.bank_class,
    region: row.region,
  }
}
