import { type BatchLine, findPayeeAccount, type Payee, type PaymentOrder } from '../benefits/door.ts'
import { Refusal, type Work } from '../ground/door.ts'
import {
  bankAccountOf,
  getEmployer,
  getInstitution,
  getPerson,
  revealEmployerAccount,
  revealPayoutAccount,
} from '../people/door.ts'
import type { BankLine } from './bank-file.ts'

/** Why a payee is looked up; kept in the access log that the person can read. */
const purpose = 'benefit payment'

/** An order with whom it pays and where to, masked; null where no account is known, so that no batch takes it. */
export type DueLine = PaymentOrder & { payeeName: string; accountMasked: string | null }

/** Orders that are due, as an officer sees them. Reading a person is logged. */
export async function dueLines(work: Work, orders: readonly PaymentOrder[]): Promise<DueLine[]> {
  const lines: DueLine[] = []
  for (const order of orders) {
    const accountMasked = (await findPayeeAccount(work, order.payee, work.today)) ?? null
    lines.push({ ...order, payeeName: await payeeName(work, order.payee), accountMasked })
  }
  return lines
}

/** Lines of a batch with the whole account numbers, for the bank alone. Each number that is read is logged as its own action. */
export async function bankLines(work: Work, lines: readonly BatchLine[]): Promise<BankLine[]> {
  const shown: BankLine[] = []
  for (const line of lines) shown.push({ ...line, ...(await payeeAccount(work, line.payee)) })
  return shown
}

/** The name of a payee, as this officer may know it; a fund by its own name. */
export async function payeeName(work: Work, { kind, id }: Payee): Promise<string> {
  switch (kind) {
    case 'person':
      return (await getPerson(work, id, purpose)).name
    case 'employer':
      return (await getEmployer(work, id)).name
    case 'institution':
      return (await getInstitution(work, id)).name
    case 'fund':
      return id
  }
}

async function payeeAccount(
  work: Work,
  payee: Payee,
): Promise<Pick<BankLine, 'payeeName' | 'bankName' | 'accountNumber'>> {
  const account = await findWholeAccount(work, payee)
  if (!account) return { payeeName: await payeeName(work, payee), bankName: '', accountNumber: '' }
  return { payeeName: account.accountName, bankName: account.bankName, accountNumber: account.accountNumber }
}

async function findWholeAccount(work: Work, { kind, id }: Payee) {
  try {
    if (kind === 'person') return await revealPayoutAccount(work, id, purpose)
    if (kind === 'employer') return await revealEmployerAccount(work, id, work.today)
    return kind === 'institution' ? await bankAccountOf(work, id, work.today) : undefined
  } catch (error) {
    // Since the batch was drawn up the card was lost, say: the bank is told no account, and the payment comes back.
    if (error instanceof Refusal && error.code.endsWith('_account_missing')) return undefined
    throw error
  }
}
