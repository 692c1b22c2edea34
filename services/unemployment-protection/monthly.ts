import { type DecidedMonth, type MonthlyBenefit, type OrderedPayment, recipientOf } from '../../benefits/door.ts'
import { asActor, monthOf, must, type PlainDate, systemActor, type Work } from '../../ground/door.ts'
import { recordPersonContributions } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { benefitKind, retirementFactsOf, standingOn } from './claim-facts.ts'
import {
  type BenefitMonth,
  type ClaimFile,
  type ClaimState,
  claimState,
  type Ended,
  type LineKind,
  type LineOrder,
  lineKinds,
  monthBeginsOn,
  nextMonthOn,
} from './claim-state.ts'
import { bookReceivedPremium, chart, expenseOf, fund, insuranceOf } from './fund-books.ts'

/** By what months are decided besides the registers: what was granted, and what was noted that ends it. */
export type Basis = Pick<ClaimState, 'found'> & { noted: Pick<Ended, 'standing' | 'since'> | null }

/** The claim as it is paid month by month. */
export type MonthlyClaim = MonthlyBenefit<BenefitMonth, Ended, ClaimState, Basis>

/** What of a claim's state its months carry on. */
export const carried = claimState.pick({ spellId: true, months: true, owedFen: true, ended: true })

/** See `MonthlyClaim`. */
export function monthlyClaim(tools: Pick<ServiceTools, 'rulebook'>): MonthlyClaim {
  return {
    service: 'unemployment-protection',
    fund,
    chart,
    kind: benefitKind,
    carried,
    basisOf: ({ found }) => ({ found, noted: null }),
    nextMonth: (state) => ({
      number: state.months.length + 1,
      beginsOn: nextMonthOn(state),
      isOlder: false,
      orders: [],
    }),
    beginsOn: (state, { number }) => monthBeginsOn(state, number),
    decide: (work, file, basis, month) => decideMonth(work, tools, file, basis, month),
    tellMonth(file, { isOlder }) {
      const isFirstOlder = isOlder && !file.state.months.some((month) => month.isOlder)
      return isFirstOlder ? [{ personId: recipientOf(file), code: 'notice.pension_premium_paid' }] : []
    },
    tellEnd: (file, claimedFen) => [
      { personId: recipientOf(file), code: 'notice.claim_ended', params: { claimedFen } },
    ],
    tellAgain: (file, params) => [{ personId: recipientOf(file), code: 'notice.claim_recalculated', params }],
    tellPaid(file, { month: { beginsOn }, order: { kind }, paidFen }) {
      const code = insuranceOf[kind] === undefined ? `notice.paid_${kind}` : `notice.paid_for_you_${kind}`
      return [{ personId: recipientOf(file), code, params: { amountFen: paidFen, beginsOn } }]
    },
    isForPerson: ({ kind }) => insuranceOf[kind] === undefined,
    afterPaid: (work, file, paid) => notePremium(work, tools, file, paid),
  }
}

/** A month by the law of its first day: what each line comes to, or what ends the benefit. */
async function decideMonth(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  file: ClaimFile,
  { found, noted }: Basis,
  before: BenefitMonth,
): Promise<DecidedMonth<BenefitMonth, Ended>> {
  const { number, beginsOn } = before
  const { outcome, months } = must(found, 'finding of a claim')
  const entitledMonths = outcome === 'granted' ? months : 0
  const standing = await standingOn(work, recipientOf(file), beginsOn, noted)
  const isOlder = await isOlderOn(work, { rulebook }, file, beginsOn)
  const ruling = await rulebook.decide(work, {
    policy: 'benefit-month',
    on: beginsOn,
    insuredRegion: file.agency,
    facts: {
      monthNumber: number,
      entitledMonths,
      olderEnrolled: isOlder && entitledMonths > 0,
      standing,
      lines: lineKinds.map((kind) => ({ kind })),
    },
  })
  const { outcome: ofMonth, reason, items } = ruling.decision
  const since = noted !== null && standing === noted.standing ? noted.since : beginsOn
  return {
    ruling,
    month: { ...before, isOlder },
    lines: lineKinds.map((kind, index) => lineOf(file, before, kind, items?.outcomes[index]?.amountFen ?? 0)),
    ended: ofMonth === 'granted' ? null : { reason: reason ?? '', standing, since },
  }
}

function lineOf(file: ClaimFile, { number }: BenefitMonth, kind: LineKind, dueFen: number) {
  const insurance = insuranceOf[kind]
  return {
    key: `${number}:${kind}`,
    dueFen,
    payee:
      insurance === undefined
        ? { kind: 'person' as const, id: recipientOf(file) }
        : { kind: 'fund' as const, id: insurance },
    expense: expenseOf[kind],
    purpose: kind,
    holds: (order: LineOrder) => order.kind === kind,
    keep: (order: OrderedPayment): LineOrder => ({ kind, ...order }),
  }
}

/** C4.01: whether the fund pays the pension premium of a month that begins on a day. */
async function isOlderOn(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  file: ClaimFile,
  beginsOn: PlainDate,
): Promise<boolean> {
  const known = await retirementFactsOf(work, recipientOf(file), file.state.answers)
  if (!known) return false
  const { category, bornOn } = known
  const question = { on: beginsOn, insuredRegion: file.agency }
  const [year, month] = bornOn.split('-').map(Number)
  const age = await rulebook.decide(work, {
    ...question,
    policy: 'retirement-age',
    facts: { category, birthYear: year, birthMonth: month },
  })
  const enrolment = await rulebook.decide(work, {
    ...question,
    policy: 'older-enrolment',
    facts: {
      receivesBenefit: true,
      bornOn,
      retirementAgeMonths: age.decision.results.ageMonths?.value,
      monthBeginsOn: beginsOn,
    },
  })
  return enrolment.decision.outcome === 'granted'
}

/** A premium that was paid on somebody's behalf: the receiving fund books it, and the month counts as contributed. */
async function notePremium(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  file: ClaimFile,
  { month, order, paidFen, paidOn }: { month: BenefitMonth; order: LineOrder; paidFen: number; paidOn: PlainDate },
): Promise<void> {
  const insurance = insuranceOf[order.kind]
  if (insurance === undefined) return
  const { agency, number: caseNumber } = file
  if (paidFen > 0) {
    const premium = { insurance, agency, amountFen: paidFen, orderId: order.orderId, caseNumber, on: paidOn }
    await bookReceivedPremium(work, premium)
  }
  const base = await rulebook.valueOf(work, insurance === 'medical' ? 'medicalBaseFen' : 'pensionBaseFen', {
    on: month.beginsOn,
    insuredRegion: agency,
  })
  await asActor(work, systemActor, (node) =>
    recordPersonContributions(node, [
      {
        personId: recipientOf(file),
        insurance,
        month: monthOf(month.beginsOn),
        employerId: null,
        baseFen: Number(base.value),
        paidOn,
      },
    ]),
  )
}
