import type { Id, PlainDate, Work } from '../ground/door.ts'
import type { Ruling } from '../law/door.ts'
import type { Finding } from './application-state.ts'
import type { Benefit, BenefitTools, FoundFacts, Party } from './benefit.ts'

/** An application as far as the rule is concerned. */
export type Application = {
  party: Party
  agency: string
  answers: Readonly<Record<string, unknown>>
  appliedOn: PlainDate
  caseId?: Id
}

/** What the rule says of an application, with the facts that registers gave to it and where they were found. */
export type Decided = { ruling: Ruling; found: FoundFacts }

/** Decides an application by the facts that the registers hold today. Refusals as of the service's `gather` and `value_not_in_force`. */
export async function decideApplication(
  work: Work,
  { rulebook }: Pick<BenefitTools, 'rulebook'>,
  benefit: Benefit,
  { party, agency, answers, appliedOn, caseId }: Application,
): Promise<Decided> {
  const found = await benefit.gather(work, party, {
    on: appliedOn,
    agency,
    answers,
    ...(caseId !== undefined && { caseId }),
  })
  const ruling = await rulebook.decide(work, {
    policy: benefit.policy,
    on: lawDayOf(benefit, answers, appliedOn),
    insuredRegion: agency,
    facts: { ...found.facts, ...(benefit.factsOf?.(answers) ?? answers) },
  })
  return { ruling, found }
}

/** What a ruling was asked: enough to ask it again. */
export type RuledQuestion = {
  decision: { policy: { id: string } }
  facts: Readonly<Record<string, unknown>>
  on: PlainDate
}

/** Decides again what a ruling decided, by the same facts, with the values that are known now: what a publication changed. */
export function decideAgain(
  work: Work,
  { rulebook }: Pick<BenefitTools, 'rulebook'>,
  agency: string,
  { decision, facts, on }: RuledQuestion,
): Promise<Ruling> {
  return rulebook.decide(work, { policy: decision.policy.id, on, insuredRegion: agency, facts })
}

/** The day whose law decides an application. */
export function lawDayOf(
  benefit: Benefit,
  answers: Readonly<Record<string, unknown>>,
  appliedOn: PlainDate,
): PlainDate {
  return benefit.lawOn?.(answers, appliedOn) ?? appliedOn
}

/** What of a ruling the steps need. Only what is granted has an amount. */
export function findingOf({ decision: { outcome, reason, because, amountFen } }: Ruling): Finding {
  return { outcome, reason: reason ?? null, because, amountFen: outcome === 'granted' ? (amountFen ?? 0) : 0 }
}
