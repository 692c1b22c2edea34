import type { z } from 'zod'
import type { Cases, RiskHit } from '../cases/door.ts'
import type { BothLanguages, Id, PlainDate, Work } from '../ground/door.ts'
import type { Rulebook } from '../law/door.ts'

/** What a service hands to this room: its rules, and the case machine (only to be called while working). */
export type BenefitTools = { rulebook: Rulebook; cases(): Cases }

/** Who is granted something: a person, or an employer. */
export type Party = { kind: 'person' | 'employer'; id: Id }

/** One question of a form, as data. Labels and help are message codes `form.<flow>.<name>`, choices `choices.<value>`. */
export type BenefitField = {
  name: string
  kind: 'choice' | 'date' | 'region' | 'text' | 'count' | 'money' | 'flag'
  options?: readonly string[]
  required?: boolean
  /** Asked only while an earlier answer is one of these. */
  askedWhen?: { field: string; is: readonly string[] }
}

/** Facts that registers hold about a party. `sources` tells for each fact which register it comes from (message code `register.<name>`). */
export type FoundFacts = { facts: Readonly<Record<string, unknown>>; sources: Readonly<Record<string, string>> }

/** One party of a whole population with the facts of the rule. */
export type PartyFacts = { party: Party; facts: Readonly<Record<string, unknown>> }

/**
 * When and for whom facts are asked: the day of the application, its answers (none before anything was asked, so that what is known can be shown
 * first), and the responsible agency.
 */
export type GatherQuestion = {
  on: PlainDate
  agency: string
  answers: Readonly<Record<string, unknown>>
  /** The case itself, where there is one: what it was granted does not count against it. */
  caseId?: Id
}

/**
 * A benefit: something that a party applies for (or is found to be owed) and is paid. The room makes of it the whole way from the application
 * to the cash, with objection, correction and recalculation; a service says only what is its own.
 */
export type Benefit = {
  /** The flow's id; the batches of its payments are the flow `<id>-payment`. */
  id: string
  service: string
  version: number
  title: BothLanguages
  /** Two to four capital letters in front of the case number; batches have `<numberPrefix>P`, so two or three letters. */
  numberPrefix: string
  /** The policy that decides. Its total is what is paid. */
  policy: string
  applicant: Party['kind']
  /** What is asked: never what a register holds. */
  fields: readonly BenefitField[]
  /**
   * Where it concerns only some, and no register tells whom: who looks for what they can get is asked this first (message `form.<id>.concerns`, a
   * yes or no), and no more after a no.
   */
  asksConcern?: true
  /** Parses the answers. */
  answers: z.ZodType<Record<string, unknown>>
  /** The facts that the registers hold; together with the answers they are all facts of the policy. */
  gather(work: Work, party: Party, question: GatherQuestion): Promise<FoundFacts>
  /** The facts that the answers say; the answers themselves where left out. */
  factsOf?(answers: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
  /** The responsible agency. Throws a `Refusal` with its clause where nobody here is. */
  agencyOf(work: Work, party: Party, on: PlainDate): Promise<string>
  /** The day whose law decides; the day of the application where left out. */
  lawOn?(answers: Readonly<Record<string, unknown>>, appliedOn: PlainDate): PlainDate
  /**
   * What makes two applications the same one (a year, a certificate): a second with the same word for the same party is refused
   * (`already_applied`) while the first is open or granted. One application for ever where left out.
   */
  occasionOf?(answers: Readonly<Record<string, unknown>>, appliedOn: PlainDate): string
  /** A further application for the same occasion is taken once the one before is decided; `gather` then tells the rule what was granted. */
  mayApplyAgain?: true
  /** The value (working days) within which an application is decided, where the law sets a term. */
  decideWithin?: string
  /** The value (money) above which people may not grant where the rule leaves the amount to them. */
  determinedMaxFen?: string
  /** The fund that pays, and the account under which its books show what was granted. */
  money: { fund: string; expense: { name: string; title: BothLanguages } }
  /**
   * The kind under which people's register of benefits keeps the month of a person's grant, for other services whose rules ask about it; nothing
   * is kept where left out.
   */
  registeredAs?: string
  /** Control rules that an application hits at acceptance (B3.09); none where left out. */
  assess?(
    work: Work,
    application: { party: Party; agency: string; answers: Record<string, unknown> },
  ): Promise<RiskHit[]>
  /**
   * All parties of an agency with the facts of the rule, for finding who is owed it without an application (免申即享). Left out where it
   * needs answers that no register has.
   */
  population?(work: Work, question: { on: PlainDate; agency: string }): AsyncIterable<PartyFacts[]>
  /** The answers with which a party found without an application stands; nothing where left out. */
  answersOfFound?: Readonly<Record<string, unknown>>
}
