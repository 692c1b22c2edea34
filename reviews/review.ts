import type { z } from 'zod'
import type { Cases } from '../cases/door.ts'
import type { BothLanguages, Id, PlainDate, Work } from '../ground/door.ts'
import type { Rulebook } from '../law/door.ts'

/** What a service hands to this room: its rules, and the case machine (only to be called while working). */
export type ReviewTools = { rulebook: Rulebook; cases(): Cases }

/** One question of the form, as data. Labels and help are message codes `form.<flow>.<name>`, choices `choices.<value>`. */
export type ReviewField = {
  name: string
  kind: 'choice' | 'date' | 'text' | 'count' | 'flag'
  options?: readonly string[]
  required?: boolean
  /** Asked only while an earlier answer is one of these. */
  askedWhen?: { field: string; is: readonly string[] }
}

/** Facts that registers hold about a person. `sources` tells for each fact which register it comes from (message code `register.<name>`). */
export type RegisteredFacts = { facts: Readonly<Record<string, unknown>>; sources: Readonly<Record<string, string>> }

/** When, where and with which answers facts are asked. */
export type FactsQuestion = { on: PlainDate; agency: string; answers: Readonly<Record<string, unknown>> }

/**
 * A title (or another distinction) that people apply for and experts judge in rounds. The room makes of it the whole way from the application
 * to the decision, with the round, its committee, its secret scores, its publicity, objections and withdrawal; a service says what is its own.
 */
export type Review = {
  /** The flow of applications; its rounds are the flow `<id>-round`. */
  id: string
  service: string
  version: number
  title: BothLanguages
  /** Two or three capital letters in front of the case number; rounds have `<numberPrefix>R`. */
  numberPrefix: string
  /**
   * Its policies. `entry` says who may apply and grants with the result `group`, a choice among `groups`. `points` weighs the scores of one
   * reviewer, with `pointsFacts` of the entry, and grants `points` of 0 to 10,000. `round` tells for a `group` its terms (`roundTerms`).
   */
  rules: { entry: string; points: string; round: string }
  pointsFacts: readonly string[]
  /** Groups that are judged apart, each with its committee, list and ratio (message codes `choices.<group>`). */
  groups: readonly string[]
  /** What a reviewer scores, 0 to 100 each: facts of the policy `points`. */
  indicators: readonly string[]
  /** Facts that reviewers are shown: none from which one could tell who it is. */
  shown: readonly string[]
  /** Results and facts that the publicity and the title tell beside the group (message codes `results.<name>`, `facts.<name>`). */
  told: readonly string[]
  /** What is asked: never what a register holds. */
  fields: readonly ReviewField[]
  /** Parses the answers. */
  answers: z.ZodType<Record<string, unknown>>
  /** The facts that the registers hold; together with the answers they are all facts of the policy `entry`. */
  gather(work: Work, personId: Id, question: FactsQuestion): Promise<RegisteredFacts>
  /** The agency that reviews this person. Throws a `Refusal` with its clause where none here does. */
  agencyOf(work: Work, personId: Id, on: PlainDate): Promise<string>
}

/** The flow of a review's rounds. */
export function roundFlowId({ id }: Pick<Review, 'id'>): string {
  return `${id}-round`
}
