import { orderPayment, settleOrders } from '../../benefits/door.ts'
import { addMonths, asActor, monthOf, must, systemActor, type Work } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import { getPerson, type Month } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { type PensionFile, type PensionMonth, type PensionState, personOf, type Standing } from './flow/state.ts'
import { chart, fund } from './fund-books.ts'

/** By what months are decided: who is entitled to what, what was noted of them, and when they proved to be entitled still. */
export type Basis = Pick<PensionState, 'found' | 'yearsPaid' | 'noted' | 'authentications'>

/** A month decided by the law of its first day: the ruling, how the recipient stands, and what is due. */
export type DecidedMonth = { ruling: Ruling; standing: Standing; dueFen: number; heldFor: string | null }

/** See `DecidedMonth`; nothing is written. */
export async function decideMonth(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  file: PensionFile,
  basis: Basis,
  month: Month,
): Promise<DecidedMonth> {
  const on = `${month}-01`
  const standing = await standingIn(work, file, basis, month)
  const question = { on, insuredRegion: file.agency }
  const validMonths = await asActor(work, systemActor, (system) =>
    rulebook.valueOf(system, 'authenticationMonths', { ...question, on: work.today }),
  )
  const proveSince = addMonths(on, -Number(validMonths.value))
  const found = must(basis.found, 'finding of a pension')
  const ruling = await asActor(work, systemActor, (system) =>
    rulebook.decide(system, {
      ...question,
      policy: 'resident-pension-month',
      facts: {
        standing,
        // Whoever proves it later proves it for the months before, too.
        authenticated: basis.authentications.some((proof) => proof.on > proveSince),
        accountMonthFen: found.accountMonthFen,
        yearsPaid: basis.yearsPaid,
      },
    }),
  )
  const isDue = ruling.decision.outcome === 'granted' && found.outcome === 'granted'
  return {
    ruling,
    standing,
    dueFen: isDue ? Number(ruling.decision.results.monthFen?.value ?? 0) : 0,
    heldFor: isDue ? null : (ruling.decision.reason ?? found.reason ?? ruling.decision.outcome),
  }
}

/** How the register of persons, and what was noted, say that a recipient stands in a month. The month of a death is still paid. */
async function standingIn(work: Work, file: PensionFile, { noted }: Basis, month: Month): Promise<Standing> {
  const person = await asActor(work, systemActor, (system) => getPerson(system, personOf(file), 'resident pension'))
  if (person.diedOn !== null && monthOf(person.diedOn) < month) return 'died'
  if (person.retiredOn !== null && monthOf(person.retiredOn) <= month) return 'draws_other_pension'
  return noted.findLast(({ since }) => monthOf(since) <= month)?.standing ?? 'alive'
}

/** Months as they stand when each is decided again on a basis, and what was claimed back. */
export async function settleMonths(
  work: Work,
  tools: ServiceTools,
  file: PensionFile,
  basis: Basis,
): Promise<{ months: PensionMonth[]; claimedFen: number }> {
  const months: PensionMonth[] = []
  let claimedFen = 0
  for (const month of file.state.months) {
    const { dueFen, heldFor } = await decideMonth(work, tools, file, basis, month.month)
    const settled = await settleMonth(work, file, month, dueFen)
    months.push({ ...month, heldFor, orders: settled.orders })
    claimedFen += settled.takenBackFen
  }
  return { months, claimedFen }
}

/** Brings what is ordered for a month to what is due. */
export function settleMonth(work: Work, file: PensionFile, { month, orders }: PensionMonth, dueFen: number) {
  const key = `${file.number}:${file.seq}:${month}`
  return settleOrders(work, orders, dueFen, {
    key,
    chart,
    async order(amountFen) {
      const { orderId } = await orderPayment(work, {
        key,
        service: 'resident-pension',
        fund,
        chart,
        agency: file.agency,
        caseId: file.id,
        caseNumber: file.number,
        payee: { kind: 'person', id: personOf(file) },
        expense: 'resident_pension_expense',
        purpose: 'resident_pension',
        amountFen,
        on: work.today,
      })
      return { orderId, amountFen, state: 'ordered' as const, takenBackFen: 0 }
    },
  })
}
