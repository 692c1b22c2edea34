/** One value of law as it stood on the day of the decision, resolved by the caller for the right region. */
export interface ResolvedValue {
  /** A record holds a keyed table, a list of words a list of choices. */
  readonly value: number | string | boolean | Readonly<Record<string, number>> | readonly string[]
  /** The unit code: `fen`, `ppm`, the label of a count, `date`, `flag`, `choice`. */
  readonly unit: string
  /** First day on which the value holds. */
  readonly from: string
  /** Last day on which it holds. */
  readonly to?: string
  /** The clause or document that sets it. */
  readonly source: string
  /** The region that set it; opaque here. */
  readonly region: string
  /** Whose region was asked for it. */
  readonly regionOf?: 'insured' | 'treatment'
  /** The text leaves it open and this value is assumed. */
  readonly assumed?: true
  readonly note?: string
  readonly reviewBy?: string
}

/** All that is resolved for a decision, by name; names that the policy does not declare are ignored. */
export type ResolvedValues = Readonly<Record<string, ResolvedValue>>
