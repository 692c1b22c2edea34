import { type DecidedMonth, type MonthlyBenefit, recipientOf } from '../../benefits/door.ts'
import { addMonths, asActor, monthOf, must, systemActor, type Work } from '../../ground/door.ts'
import { getPerson, type Month } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import {
  benefitKind,
  type Ended,
  endsBy,
  nextMonthOn,
  type PensionFile,
  type PensionMonth,
  type PensionState,
  pensionState,
  type Standing,
} from './flow/state.ts'
import { chart, fund } from './fund-books.ts'

/** By what months are decided: who is entitled to what, what was noted of them, and when they proved to be entitled still. */
export type Basis = Pick<PensionState, 'found' | 'yearsPaid' | 'noted' | 'authentications'>

/** The pension as it is paid month by month. */
export type MonthlyPension = MonthlyBenefit<PensionMonth, Ended, PensionState, Basis>

/** What of a pension's state its months carry on. */
export const carried = pensionState.pick({ spellId: true, months: true, owedFen: true, ended: true })

/** See `MonthlyPension`. */
export function monthlyPension(tools: Pick<ServiceTools, 'rulebook'>): MonthlyPension {
  return {
    service: 'resident-pension',
    fund,
    chart,
    kind: benefitKind,
    carried,
    basisOf: (state) => state,
    nextMonth: (state) => ({ month: monthOf(nextMonthOn(state)), heldFor: null, orders: [] }),
    beginsOn: (_, { month }) => `${month}-01`,
    decide: (work, file, basis, month) => decideMonth(work, tools, file, basis, month),
    tellMonth(file, { month, heldFor }) {
      const wasHeld = file.state.months.at(-1)?.heldFor === heldFor
      if (heldFor === null || wasHeld) return []
      return [{ personId: recipientOf(file), code: 'notice.pension_held', params: { month } }]
    },
    tellEnd: (file, claimedFen) => [
      { personId: recipientOf(file), code: 'notice.pension_ended', params: { claimedFen } },
    ],
    tellAgain: (file, params) => [{ personId: recipientOf(file), code: 'notice.pension_recalculated', params }],
    tellPaid: (file, { month: { month }, paidFen }) => [
      { personId: recipientOf(file), code: 'notice.pension_paid', params: { month, amountFen: paidFen } },
    ],
    isForPerson: () => true,
  }
}

/** A month by the law of its first day: one payment to the person, or why nothing is paid for it now. */
async function decideMonth(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  file: PensionFile,
  basis: Basis,
  before: PensionMonth,
): Promise<DecidedMonth<PensionMonth, Ended>> {
  const { month } = before
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
  const { outcome, reason, results } = ruling.decision
  const isDue = outcome === 'granted' && found.outcome === 'granted'
  const line = {
    key: month,
    dueFen: isDue ? Number(results.monthFen?.value ?? 0) : 0,
    payee: { kind: 'person' as const, id: recipientOf(file) },
    expense: 'resident_pension_expense',
    purpose: 'resident_pension',
    holds: () => true,
    keep: (order: PensionMonth['orders'][number]) => order,
  }
  return {
    ruling,
    month: { ...before, heldFor: isDue ? null : (reason ?? found.reason ?? outcome) },
    lines: [line],
    ended: endsBy(standing) ? { standing, since: on } : null,
  }
}

/** How the register of persons, and what was noted, say that a recipient stands in a month. The month of a death is still paid. */
async function standingIn(work: Work, file: PensionFile, { noted }: Basis, month: Month): Promise<Standing> {
  const person = await asActor(work, systemActor, (system) => getPerson(system, recipientOf(file), 'resident pension'))
  if (person.diedOn !== null && monthOf(person.diedOn) < month) return 'died'
  if (person.retiredOn !== null && monthOf(person.retiredOn) <= month) return 'draws_other_pension'
  return noted.findLast(({ since }) => monthOf(since) <= month)?.standing ?? 'alive'
}
