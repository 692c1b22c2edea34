/** How many rows changed by how much: bins that double in width, so that a yuan and a million both have a place. */
export interface ChangeHistogram {
  /** Bins that hold rows, from the greatest loss to the greatest gain. */
  readonly bins: readonly ChangeBin[]
}

/** Rows that changed by `from` to `to`, both included and both of one sign. */
export interface ChangeBin {
  readonly from: number
  readonly to: number
  readonly rows: number
}

/** Bits of the greatest whole number that a double holds. */
const BITS = 53

/** Counts changes into bins: 1, 2 to 3, 4 to 7, and so on, and the same below zero. */
export function createHistogram(): { count(change: number): void; report(): ChangeHistogram } {
  const gains = new Float64Array(BITS)
  const losses = new Float64Array(BITS)
  return {
    count(change) {
      const bins = change > 0 ? gains : losses
      const bin = binOf(Math.abs(change))
      bins[bin] = (bins[bin] ?? 0) + 1
    },
    report() {
      const lost = [...losses].map((rows, bin) => ({ from: -(2 ** (bin + 1) - 1), to: -(2 ** bin), rows })).toReversed()
      const won = [...gains].map((rows, bin) => ({ from: 2 ** bin, to: 2 ** (bin + 1) - 1, rows }))
      return { bins: [...lost, ...won].filter(({ rows }) => rows > 0) }
    },
  }
}

/** The place of the highest bit of a whole number above zero: exact where a logarithm would round. */
function binOf(size: number): number {
  const high = Math.floor(size / 2 ** 31)
  return high > 0 ? 31 + (31 - Math.clz32(high)) : 31 - Math.clz32(size)
}
