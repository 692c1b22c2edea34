/** A sum of whole numbers that stays exact however many there are. */
export interface ExactSum {
  /** @param value a whole number of at most 2^52 either way */
  add(value: number): void
  value(): bigint
}

/** Two numbers of at most 2^52 have a sum that a double holds. */
const PARTIAL_MAX = 2 ** 52

/** A sum of nothing yet. It adds in doubles and moves to whole numbers of any size before a double could round. */
export function createSum(): ExactSum {
  let whole = 0n
  let partial = 0
  return {
    add(value) {
      partial += value
      if (partial <= PARTIAL_MAX && partial >= -PARTIAL_MAX) return
      whole += BigInt(partial)
      partial = 0
    },
    value: () => whole + BigInt(partial),
  }
}
