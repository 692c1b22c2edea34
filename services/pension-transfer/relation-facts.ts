import { asActor, type Id, monthsBetween, systemActor, type Work } from '../../ground/door.ts'
import { isWithin, provinceOf, type Ruling } from '../../law/door.ts'
import { contributionsOf, enrolmentsOf, getPerson, type Month, type MovedMonth } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { paidMonths } from './flow/in-state.ts'
import type { InformationForm } from './messages-between.ts'

const purpose = 'transfer of the pension relation'

/** What of somebody's months goes to the new region, and what was paid there for the same month. */
export type MonthsToMove = { moving: MovedMonth[]; overlapping: MovedMonth[] }

/** Somebody's paid months here, each once (several employers in a month add their bases), apart by whether they were paid there too. */
export async function monthsToMove(work: Work, personId: Id, monthsThere: readonly Month[]): Promise<MonthsToMove> {
  const paid = await asActor(work, systemActor, (system) =>
    contributionsOf(system, personId, { insurance: 'pension' }, purpose),
  )
  const byMonth = new Map<Month, MovedMonth>()
  for (const { month, baseFen, paidOn } of paid) {
    if (paidOn === null) continue
    const known = byMonth.get(month)
    byMonth.set(month, known ? { ...known, baseFen: known.baseFen + baseFen } : { month, baseFen, paidOn })
  }
  const there = new Set(monthsThere)
  const all = [...byMonth.values()]
  return {
    moving: all.filter(({ month }) => !there.has(month)),
    overlapping: all.filter(({ month }) => there.has(month)),
  }
}

/** What the rule of the old region says of letting somebody go; `personId` null where nobody here has the identity number. */
export function decideTransferOut(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  { personId, months }: { personId: Id | null; months: MonthsToMove },
): Promise<Ruling> {
  return asActor(work, systemActor, async (system) => {
    const person = personId === null ? null : await getPerson(system, personId, purpose)
    const today = { insurance: 'pension', on: work.today } as const
    const enrolments = personId === null ? [] : await enrolmentsOf(system, personId, today, purpose)
    return rulebook.decide(system, {
      policy: 'pension-transfer-out',
      on: work.today,
      insuredRegion: work.node.region,
      facts: {
        relationKnown: person !== null && months.moving.length + months.overlapping.length > 0,
        stillPaying: enrolments.some(({ relation }) => relation === 'active'),
        drawsPension: person !== null && person.retiredOn !== null && person.retiredOn <= work.today,
        monthsToMove: months.moving.length,
      },
    })
  })
}

/** The information form (信息表): months, account and pooled part by the rule, and the personal part of months paid twice. */
export async function fillForm(
  work: Work,
  { rulebook }: Pick<ServiceTools, 'rulebook'>,
  personId: Id,
  { moving, overlapping }: MonthsToMove,
  interestFen: number,
): Promise<{ form: InformationForm; ruling: Ruling }> {
  const question = { policy: 'pension-transfer-amount', on: work.today, insuredRegion: work.node.region }
  const beginning = await asActor(work, systemActor, (system) => beginningOf(system, personId))
  const factsOf = (months: readonly MovedMonth[], interest: number) => ({
    months: months.map(({ month, baseFen }) => ({ beginsOn: `${month}-01`, baseFen })),
    interestFen: interest,
    ...beginning,
  })
  const [ruling, refund] = await asActor(work, systemActor, async (system) => [
    await rulebook.decide(system, { ...question, facts: factsOf(moving, interestFen) }),
    await rulebook.decide(system, { ...question, facts: factsOf(overlapping, 0) }),
  ])
  const fenOf = (decided: Ruling, name: string) => Number(decided.decision.results[name]?.value ?? 0)
  return {
    ruling,
    form: {
      months: moving,
      overlapping: overlapping.map(({ month }) => month),
      accountFen: fenOf(ruling, 'accountFen'),
      pooledFen: fenOf(ruling, 'pooledFen'),
      amountFen: fenOf(ruling, 'amountFen'),
      refundFen: fenOf(refund, 'accountFen'),
    },
  }
}

/** What makes an account a temporary one (PT.5): how old its person was when months began here, and whether their household is here. */
export async function beginningOf(work: Work, personId: Id) {
  const { homeRegion, sex, birthOn } = await getPerson(work, personId, purpose)
  const [first] = (await paidMonths(work, personId)).filter(({ receivedFrom }) => receivedFrom === null)
  return {
    homeRegionHere: isWithin(homeRegion, provinceOf(work.node.region).code),
    sex,
    ageMonthsAtFirst: first ? Math.max(0, monthsBetween(birthOn, `${first.month}-01`)) : 0,
  }
}
