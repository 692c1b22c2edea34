import { BrokenInvariant } from '../ground/door.ts'

// The same bounds stand as CHECK on ledger.entry and ledger.hold: at most ten trillion yuan.
const amountMaxFen = 1_000_000_000_000_000

/** Requires an amount that can be posted or held: whole fen from 1 to 10^15; throws `BrokenInvariant`. */
export function requireAmount(amountFen: number): void {
  if (!Number.isSafeInteger(amountFen) || amountFen < 1 || amountFen > amountMaxFen) {
    throw new BrokenInvariant(`an amount of ${amountFen} fen: must be a whole number from 1 to ${amountMaxFen}`)
  }
}
