import { orderPayment, settleOrders } from '../../benefits/door.ts'
import type { PlainDate, Work } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import type { ServiceTools } from '../contract.ts'
import { retirementFactsOf } from './claim-facts.ts'
import { type ClaimFile, type LineKind, type LineOrder, lineKinds, personOf, type Standing } from './claim-state.ts'
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

/** Brings what is ordered for each line of a month to what is due (`settleOrders`). What was paid on somebody's behalf is not claimed from them. */
export async function settleMonth(
  work: Work,
  file: ClaimFile,
  number: number,
  before: readonly LineOrder[],
  dueFen: ReadonlyMap<LineKind, number>,
): Promise<SettledMonth> {
  const month: SettledMonth = { orders: [], claimedFen: 0 }
  for (const kind of lineKinds) {
    const key = `${file.number}:${file.seq}:${number}:${kind}`
    const ofKind = before.filter((order) => order.kind === kind)
    const { orders, takenBackFen } = await settleOrders(work, ofKind, dueFen.get(kind) ?? 0, {
      key,
      chart,
      order: (amountFen) => orderLine(work, file, { key, kind, amountFen }),
    })
    month.orders.push(...orders)
    if (insuranceOf[kind] === undefined) month.claimedFen += takenBackFen
  }
  return month
}

async function orderLine(
  work: Work,
  file: ClaimFile,
  { key, kind, amountFen }: { key: string; kind: LineKind; amountFen: number },
): Promise<LineOrder> {
  const insurance = insuranceOf[kind]
  const { orderId } = await orderPayment(work, {
    key,
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
