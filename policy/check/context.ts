import type { ResolvedValue } from '../values.ts'

/** A value as one region set it for some days. */
export interface DatedEntry extends ResolvedValue {
  readonly name: string
  /** The day on which it became known; of several that hold on a day the one published last counts. */
  readonly publishedOn?: string
}

/** One line of a table of cases: facts and a day on which the policy has been tried. */
export interface CheckCase {
  readonly facts: unknown
  readonly on: string
  /** Where; the first region of the check unless given. */
  readonly region?: string
}

/** What a policy is checked against. */
export interface CheckContext {
  /** Every value of every region, in any order. */
  readonly values: readonly DatedEntry[]
  /** The regions in which the policy is law, and in which it is tried. */
  readonly regions: readonly string[]
  /** From a region up to the nation: the first that has a value for a day decides. The region alone unless given. */
  readonly pathOf?: (region: string) => readonly string[]
  /** Names of values that something else reads: other policies, the program. */
  readonly readElsewhere?: readonly string[]
  readonly cases?: readonly CheckCase[]
  /** Checks as of this day alone. */
  readonly on?: string
  /** The day of the check, on which values may be past their review; no such notes unless given. */
  readonly today?: string
}
