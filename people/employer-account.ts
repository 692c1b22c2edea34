import type { z } from 'zod'
import { type Id, type PlainDate, parseInput, Refusal, seal, unseal, type Work } from '../ground/door.ts'
import { type BankAccount, type MaskedAccount, maskAccountNumber, schemaBankAccount } from './bank-account.ts'
import { guarded } from './constraints.ts'
import { getEmployer } from './employer.ts'
import { peopleTables } from './tables.ts'

/**
 * Records where an employer is paid from a date on: by its own officer, or by staff of its agency. Earlier versions stay. Refused:
 * `employer_unknown`, `outside_own_agency`.
 */
export async function setEmployerAccount(
  work: Work,
  employerId: Id,
  input: z.input<typeof schemaBankAccount>,
): Promise<void> {
  const account = parseInput(schemaBankAccount, input)
  await getEmployer(work, employerId)
  await guarded(
    peopleTables(work)
      .insertInto('people.employer_account')
      .values({
        employer_id: employerId,
        bank_name: account.bankName,
        account_name: account.accountName,
        account_number_sealed: seal(work.node.keys, work.node.random, account.accountNumber),
        account_number_masked: maskAccountNumber(account.accountNumber),
        from_on: account.from,
        recorded_at: work.now,
      })
      .execute(),
  )
}

/** Where an employer is paid on a date, masked, for itself and for staff of its agency; undefined where nothing is recorded by then. */
export async function findEmployerAccount(
  work: Work,
  employerId: Id,
  on: PlainDate,
): Promise<MaskedAccount | undefined> {
  const row = await findAccountRow(work, employerId, on)
  return (
    row && {
      bankName: row.bank_name,
      accountName: row.account_name,
      accountNumberMasked: row.account_number_masked,
      from: row.from_on,
    }
  )
}

/** The same with the whole number, for a payment. Refused: `employer_account_missing`. */
export async function revealEmployerAccount(work: Work, employerId: Id, on: PlainDate): Promise<BankAccount> {
  const row = await findAccountRow(work, employerId, on)
  if (!row) throw new Refusal('employer_account_missing')
  return {
    bankName: row.bank_name,
    accountName: row.account_name,
    accountNumber: unseal(work.node.keys, row.account_number_sealed),
    from: row.from_on,
  }
}

function findAccountRow(work: Work, employerId: Id, on: PlainDate) {
  return peopleTables(work)
    .selectFrom('people.employer_account')
    .selectAll()
    .where('employer_id', '=', employerId)
    .where('from_on', '<=', on)
    .orderBy('from_on', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}
