import { z } from 'zod'
import { type PlainDate, schemaDate } from '../ground/door.ts'

/** Where a body or a person is paid from a date on, with the whole number. */
export type BankAccount = { bankName: string; accountName: string; accountNumber: string; from: PlainDate }

/** The same as pages show it: of the number the last four digits. */
export type MaskedAccount = Omit<BankAccount, 'accountNumber'> & { accountNumberMasked: string }

/** An account number. */
export const schemaAccountNumber = z.string().regex(/^\d{8,30}$/, { error: 'a bank account number of 8 to 30 digits' })

/** What a bank account takes. */
export const schemaBankAccount = z.object({
  bankName: z.string().trim().min(1),
  accountName: z.string().trim().min(1),
  accountNumber: schemaAccountNumber,
  from: schemaDate,
})

/** An account number as pages show it. */
export function maskAccountNumber(accountNumber: string): string {
  return `****${accountNumber.slice(-4)}`
}
