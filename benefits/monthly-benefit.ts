import type { z } from 'zod'
import type { CaseFile, NoticeDraft } from '../cases/door.ts'
import { type Id, must, type PlainDate, type Work } from '../ground/door.ts'
import type { Ruling } from '../law/door.ts'
import type { Chart } from '../ledger/door.ts'
import { type OrderedPayment, standingFen } from './application-state.ts'
import type { Payee } from './payment-order.ts'

/** A month that has been decided, as far as its payments go. */
export type BenefitMonth = { orders: OrderedPayment[] }

/** What the steps of months carry on: the entry in the register of benefits, the months, what is owed back, and why it has ended. */
export type MonthsCarried<Month extends BenefitMonth, Ended> = {
  spellId: Id | null
  months: Month[]
  /** Claimed back from the person and not yet paid back; whole fen. */
  owedFen: number
  ended: Ended | null
}

/** What the state of a case that is paid month by month must hold. */
export type MonthlyState<Month extends BenefitMonth = BenefitMonth, Ended = unknown> = MonthsCarried<Month, Ended> & {
  personId: Id | null
}

/** Where a case that is paid month by month stands while money of it may move. */
export type MonthlyStatus = 'receiving' | 'ended' | 'accepted' | 'reviewed' | 'refused' | 'under_objection'

/** One payment of a month: to whom, for what, and how much the rule says is due. */
export type MonthLine<Order extends OrderedPayment> = {
  /** Names it among all lines of the case; part of the keys of its orders. */
  key: string
  dueFen: number
  payee: Payee
  /** An account of the chart. */
  expense: string
  /** Message code `payment.<purpose>` of the service. */
  purpose: string
  /** Whether an order of the month was made for this line. */
  holds(order: Order): boolean
  /** An order as the case keeps it. */
  keep(order: OrderedPayment): Order
}

/** A month as the rule decides it: what the case keeps of it (with the orders that it has), its lines, and the end where it has come to one. */
export type DecidedMonth<Month extends BenefitMonth, Ended> = {
  ruling: Ruling
  month: Month
  lines: ReadonlyArray<MonthLine<Month['orders'][number]>>
  ended: Ended | null
}

/** An order of a case, with the month that it is for. */
export type OrderInMonth<Month extends BenefitMonth> = { month: Month; order: Month['orders'][number] }

/**
 * A benefit that is paid month by month: what a service says of it. `Basis` is what months are decided by besides the registers: who was found entitled
 * to what, and what was noted since.
 */
export type MonthlyBenefit<
  Month extends BenefitMonth,
  Ended,
  State extends MonthlyState<Month, Ended>,
  Basis = State,
> = {
  service: string
  fund: string
  chart: Chart
  /** The kind under which the register of benefits knows its recipients. */
  kind: string
  carried: z.ZodType<MonthsCarried<Month, Ended>>
  basisOf(state: State): Basis
  /** The month after the last one, without orders. */
  nextMonth(state: State): Month
  beginsOn(state: State, month: Month): PlainDate
  /** Decides a month by the law of its first day, and writes nothing. */
  decide(work: Work, file: CaseFile<State>, basis: Basis, month: Month): Promise<DecidedMonth<Month, Ended>>
  /** What the person is told of a month that was decided when it began, and of the end. */
  tellMonth(file: CaseFile<State>, month: Month): NoticeDraft[]
  tellEnd(file: CaseFile<State>, claimedFen: number): NoticeDraft[]
  /** What the person is told when months were decided again and come to another sum (whole fen of all months), and why. */
  tellAgain(file: CaseFile<State>, settled: { beforeFen: number; afterFen: number; cause: string }): NoticeDraft[]
  /** What the person is told of a payment; `paidFen` is without what was offset. */
  tellPaid(file: CaseFile<State>, paid: OrderInMonth<Month> & { paidFen: number }): NoticeDraft[]
  /** Whether an order goes to the person, who then owes what is claimed back of it; else it was paid to a fund on their behalf. */
  isForPerson(order: Month['orders'][number]): boolean
  /** What follows from a payment besides: e.g. the premium that another fund has received. */
  afterPaid?(
    work: Work,
    file: CaseFile<State>,
    paid: OrderInMonth<Month> & { paidFen: number; paidOn: PlainDate },
  ): Promise<void>
}

/** Whose benefit it is; there from the opening of its case on. */
export function recipientOf({ state, number }: CaseFile<{ personId: Id | null }>): Id {
  return must(state.personId, `person of ${number}`)
}

/** What stands of all months: ordered, neither cancelled nor claimed back. Whole fen. */
export function standingOfMonths(months: readonly BenefitMonth[]): number {
  return months.reduce((sum, { orders }) => sum + standingFen(orders), 0)
}
