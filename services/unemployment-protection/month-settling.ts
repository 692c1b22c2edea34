import { cancelOrder, getOrder, orderPayment, takeBack } from '../../benefits/door.ts'
import { BrokenInvariant, type PlainDate, type Work } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import type { ServiceTools } from '../contract.ts'
import { retirementFactsOf } from './claim-facts.ts'
import {
  type ClaimFile,
  type LineKind,
  type LineOrder,
  lineKinds,
  personOf,
  type Standing,
  standingFen,
} from './claim-state.ts'
import { chart, expenseOf, fund, insuranceOf } from './fund-books.ts'

const service = 'unemployment-protection'

/** A benefit month as the rule is asked about it. */
export type MonthQuestion = { number: number; beginsOn: PlainDate; standing: Standing; entitledMonths: number }

/** What the rule says of a benefit month: the ruling, whether the recipient counts as older, and what each line comes to. */
export type DecidedMonth = { ruling: Ruling; isOlder: boolean; dueFen: ReadonlyMap<LineKind, number> }

/** Decides one benefit month by the law of its first day. */
export async function decideMonth(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  file: ClaimFile,
  { number, beginsOn, standing, entitledMonths }: MonthQuestion,
): Promise<DecidedMonth> {
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
  const outcomes = ruling.decision.items?.outcomes ?? []
  const dueFen = new Map(lineKinds.map((kind, index) => [kind, outcomes[index]?.amountFen ?? 0]))
  return { ruling, isOlder, dueFen }
}

/** C4.01: whether the fund pays the pension premium of a month that begins on a day. */
async function isOlderOn(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  file: ClaimFile,
  beginsOn: PlainDate,
): Promise<boolean> {
  const known = await retirementFactsOf(work, personOf(file), file.state.answers)
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

/** A month's orders as they stand after settling, and what was claimed back from the person. */
export type SettledMonth = { orders: LineOrder[]; claimedFen: number }

/**
 * Brings what is ordered for a month to what is due. More of a line: a further order. Less: orders that no bank has are cancelled, newest first,
 * and what is too much of them ordered anew; the rest is claimed back from what was paid. Refusal `payment_with_bank` while the bank has an order
 * that would have to be lowered.
 */
export async function settleMonth(
  work: Work,
  file: ClaimFile,
  number: number,
  before: readonly LineOrder[],
  dueFen: ReadonlyMap<LineKind, number>,
): Promise<SettledMonth> {
  const settled: SettledMonth = { orders: [...before], claimedFen: 0 }
  for (const kind of lineKinds) {
    const ofKind = before.filter((order) => order.kind === kind)
    const differenceFen = (dueFen.get(kind) ?? 0) - standingFen(ofKind)
    const place = { file, number, kind }
    if (differenceFen > 0) settled.orders.push(await orderLine(work, place, differenceFen))
    if (differenceFen < 0) await lowerLine(work, place, settled, -differenceFen)
  }
  return settled
}

type LinePlace = { file: ClaimFile; number: number; kind: LineKind }

async function orderLine(work: Work, { file, number, kind }: LinePlace, amountFen: number): Promise<LineOrder> {
  const insurance = insuranceOf[kind]
  const { orderId } = await orderPayment(work, {
    key: `${file.number}:${file.seq}:${number}:${kind}`,
    service,
    fund,
    chart,
    agency: file.agency,
    caseId: file.id,
    caseNumber: file.number,
    payee: insurance === undefined ? { kind: 'person', id: personOf(file) } : { kind: 'fund', id: insurance },
    expense: expenseOf[kind],
    purpose: kind,
    amountFen,
    on: work.today,
  })
  return { kind, orderId, amountFen, state: 'ordered', takenBackFen: 0 }
}

async function lowerLine(work: Work, place: LinePlace, settled: SettledMonth, tooMuchFen: number): Promise<void> {
  const { file, number, kind } = place
  const { orders } = settled
  let leftFen = tooMuchFen
  for (const [index, order] of [...orders.entries()].toReversed()) {
    if (leftFen === 0 || order.kind !== kind || (order.state !== 'ordered' && order.state !== 'returned')) continue
    await cancelOrder(work, { orderId: order.orderId, on: work.today })
    orders[index] = { ...order, state: 'cancelled' }
    const keptFen = Math.max(0, order.amountFen - leftFen)
    leftFen -= order.amountFen - keptFen
    if (keptFen > 0) orders.push(await orderLine(work, place, keptFen))
  }
  for (const [index, order] of orders.entries()) {
    const amountFen = Math.min(leftFen, order.amountFen - order.takenBackFen)
    if (amountFen === 0 || order.kind !== kind || (await getOrder(work, order.orderId)).state !== 'paid') continue
    const key = `${file.number}:${file.seq}:${number}:${order.orderId}`
    await takeBack(work, { orderId: order.orderId, amountFen, key, on: work.today, chart })
    orders[index] = { ...order, takenBackFen: order.takenBackFen + amountFen }
    leftFen -= amountFen
    if (insuranceOf[kind] === undefined) settled.claimedFen += amountFen
  }
  if (leftFen > 0) throw new BrokenInvariant(`case ${file.number}: ${leftFen} fen to take back were never paid`)
}
