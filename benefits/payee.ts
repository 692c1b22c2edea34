import type { PlainDate, Work } from '../ground/door.ts'
import { bankAccountOf, findEmployerAccount, findPayoutAccount } from '../people/door.ts'
import type { Payee } from './payment-order.ts'
import { asNode } from './tables.ts'

/**
 * Where a payee is paid, masked: a person on the account of the active social-security card, an employer and an institution on the account
 * recorded for them; another fund by its name, since funds of one region settle within the fiscal special account. Undefined where none is known.
 */
export function findPayeeAccount(work: Work, payee: Payee, on: PlainDate): Promise<string | undefined> {
  return asNode(work, async (part) => {
    switch (payee.kind) {
      case 'person':
        return (await findPayoutAccount(part, payee.id, 'benefit payment'))?.accountNumberMasked
      case 'employer':
        return (await findEmployerAccount(part, payee.id, on))?.accountNumberMasked
      case 'institution': {
        const account = await bankAccountOf(part, payee.id, on)
        return account && `****${account.accountNumber.slice(-4)}`
      }
      case 'fund':
        return payee.id
    }
  })
}
