import type { CaseFile, NoticeDraft } from '../cases/door.ts'
import { asActor, type Id, monthOf, systemActor, type Work } from '../ground/door.ts'
import { beginBenefitSpell, benefitSpellsOf, cancelBenefitSpell, endBenefitSpell } from '../people/door.ts'
import { standingFen } from './application-state.ts'
import {
  type BenefitMonth,
  type DecidedMonth,
  type MonthLine,
  type MonthlyBenefit,
  type MonthlyState,
  type MonthsCarried,
  recipientOf,
  standingOfMonths,
} from './monthly-benefit.ts'
import { orderPayment } from './payment-order.ts'
import { settleOrders } from './settling.ts'

/** Months as they stand when each was decided again: what was claimed back from the person, and each as the rule decided it. */
export type SettledMonths<Month extends BenefitMonth, Ended> = {
  months: Month[]
  claimedFen: number
  decided: ReadonlyArray<DecidedMonth<Month, Ended>>
}

/** Decides every month again on a basis and brings what is ordered for it to what is due: more is ordered, less cancelled or claimed back. */
export async function settleMonths<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  work: Work,
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
  file: CaseFile<State>,
  basis: Basis,
): Promise<SettledMonths<Month, Ended>> {
  const months: Month[] = []
  const decided: Array<DecidedMonth<Month, Ended>> = []
  let claimedFen = 0
  for (const before of file.state.months) {
    const again = await benefit.decide(work, file, basis, before)
    const settled = await settleMonth(work, benefit, file, again)
    months.push(settled.month)
    decided.push(again)
    claimedFen += settled.claimedFen
  }
  return { months, claimedFen, decided }
}

/** Brings what is ordered for a decided month to what is due, line by line (`settleOrders`). What was paid on somebody's behalf is not claimed from them. */
export async function settleMonth<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  work: Work,
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
  file: CaseFile<State>,
  { month, lines }: DecidedMonth<Month, Ended>,
): Promise<{ month: Month; claimedFen: number }> {
  const orders: Month['orders'] = []
  let claimedFen = 0
  for (const line of lines) {
    const ofLine = month.orders.filter((order) => line.holds(order))
    const settled = await settleOrders<Month['orders'][number]>(work, ofLine, line.dueFen, {
      key: keyOf(file, line),
      chart: benefit.chart,
      order: (amountFen) => orderLine(work, benefit, file, line, amountFen),
    })
    orders.push(...settled.orders)
    if (line.payee.kind === 'person') claimedFen += settled.takenBackFen
  }
  return { month: { ...month, orders }, claimedFen }
}

function keyOf({ number, seq }: CaseFile, { key }: { key: string }): string {
  return `${number}:${seq}:${key}`
}

async function orderLine<Order extends BenefitMonth['orders'][number]>(
  work: Work,
  { service, fund, chart }: Pick<MonthlyBenefit<BenefitMonth, unknown, MonthlyState>, 'service' | 'fund' | 'chart'>,
  file: CaseFile,
  line: MonthLine<Order>,
  amountFen: number,
): Promise<Order> {
  const { payee, expense, purpose } = line
  const { orderId } = await orderPayment(work, {
    key: keyOf(file, line),
    service,
    fund,
    chart,
    agency: file.agency,
    caseId: file.id,
    caseNumber: file.number,
    payee,
    expense,
    purpose,
    amountFen,
    on: work.today,
  })
  return line.keep({ orderId, amountFen, state: 'ordered', takenBackFen: 0 })
}

/**
 * What becomes of a benefit when every month is decided again on a basis, the coming one too: it has come to an end where that one is an end, and then
 * since the first of the months from which on each is one. What was paid for them is claimed back, and the register of benefits says the last month.
 */
export async function settleOrEnd<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  work: Work,
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
  file: CaseFile<State>,
  basis: Basis,
): Promise<{ carried: MonthsCarried<Month, Ended>; claimedFen: number; next: DecidedMonth<Month, Ended> }> {
  const next = await benefit.decide(work, file, basis, benefit.nextMonth(file.state))
  const { months, claimedFen, decided } = await settleMonths(work, benefit, file, basis)
  const owedFen = file.state.owedFen + claimedFen
  if (next.ended === null) {
    const { spellId, ended } = file.state
    return { carried: { spellId, months, owedFen, ended }, claimedFen, next }
  }
  await endSpells(work, benefit, file, months)
  const lastOfAll = decided.findLastIndex(({ ended }) => ended === null)
  const ended = decided[lastOfAll + 1]?.ended ?? next.ended
  return { carried: { spellId: null, months, owedFen, ended }, claimedFen, next }
}

/** What the person is told of months that were decided again: nothing where they come to the same. */
export function noticesOfSettling<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
  file: CaseFile<State>,
  months: readonly Month[],
  cause: string,
): NoticeDraft[] {
  const beforeFen = standingOfMonths(file.state.months)
  const afterFen = standingOfMonths(months)
  return beforeFen === afterFen ? [] : benefit.tellAgain(file, { beforeFen, afterFen, cause })
}

/**
 * Ends what the case has in the register of benefits with the last month that is paid. An entry that begins after it never was: a case that went on after
 * an end has more than one.
 */
export async function endSpells<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  work: Work,
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
  file: CaseFile<State>,
  months: readonly Month[],
): Promise<void> {
  const last = months.findLast(({ orders }) => standingFen(orders) > 0)
  const to = last && monthOf(benefit.beginsOn(file.state, last))
  await asActor(work, systemActor, async (system) => {
    const spells = await benefitSpellsOf(system, recipientOf(file), { kind: benefit.kind }, 'ending a benefit')
    for (const spell of spells.filter(({ caseId }) => caseId === file.id)) {
      const { spellId } = spell
      if (to === undefined || spell.from > to) await cancelBenefitSpell(system, { spellId, caseId: file.id })
      else if (spell.to === null || spell.to > to) await endBenefitSpell(system, { spellId, to })
    }
  })
}

/**
 * Enters the recipient in the register of benefits, from the month after the last one that stands. Refusal `benefit_overlaps` where another case was
 * paid for that month.
 */
export function beginSpell<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  work: Work,
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
  file: CaseFile<State>,
): Promise<Id> {
  const { id: caseId, agency, state } = file
  const lastPaid = state.months.findLastIndex(({ orders }) => standingFen(orders) > 0)
  const first = state.months[lastPaid + 1] ?? benefit.nextMonth(state)
  const from = monthOf(benefit.beginsOn(state, first))
  return beginBenefitSpell(work, { personId: recipientOf(file), kind: benefit.kind, agency, from, caseId })
}

/** What all months together come to when each is decided again on a basis; nothing is written. Whole fen. */
export async function sumOfMonths<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  work: Work,
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
  file: CaseFile<State>,
  basis: Basis,
): Promise<number> {
  let sumFen = 0
  for (const month of file.state.months) {
    const { lines } = await benefit.decide(work, file, basis, month)
    for (const { dueFen } of lines) sumFen += dueFen
  }
  return sumFen
}
