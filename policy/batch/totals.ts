import { endsOf, SET_COLUMN, type Table } from '../kernel/columns.ts'
import type { KernelPlan, Totals } from '../kernel/kernel.ts'
import { isQuantity } from '../units.ts'

/** The totals of nothing yet. */
export function noTotals(): Totals {
  return { rows: 0, ends: [], sums: {} }
}

/** Two totals as one. */
export function addTotals(a: Totals, b: Totals): Totals {
  const names = new Set([...Object.keys(a.sums), ...Object.keys(b.sums)])
  return {
    rows: a.rows + b.rows,
    ends: Array.from(
      { length: Math.max(a.ends.length, b.ends.length) },
      (_, end) => (a.ends[end] ?? 0) + (b.ends[end] ?? 0),
    ),
    sums: Object.fromEntries([...names].map((name) => [name, (a.sums[name] ?? 0n) + (b.sums[name] ?? 0n)])),
  }
}

/** Adds up stored outcomes by set of values. */
export interface SetTotals {
  /** Adds the rows from `from` to just before `to`. */
  add(facts: Table, outcomes: Table, from: number, to: number): void
  /** One for each set of the plan, of everything added. */
  totals(): Totals[]
}

/** Totals by set of values, of nothing yet. */
export function createSetTotals({ body, sets }: KernelPlan): SetTotals {
  const ends = endsOf(body).length
  const counts = new Float64Array(sets.length * ends)
  const summed = Object.entries(body.results).flatMap(([name, unit]) => {
    if (!isQuantity(unit)) return []
    // As many rows as can be added up before a sum of doubles could leave the exact whole numbers.
    const rowsMax = Math.max(
      1,
      Math.floor(Number.MAX_SAFE_INTEGER / Math.max(1, Math.abs(unit.min), Math.abs(unit.max))),
    )
    return [{ name, rowsMax, sums: sets.map(() => 0n) }]
  })
  return {
    add({ columns: facts }, { columns: outcomes }, from, to) {
      const set = facts[SET_COLUMN.name] ?? new Uint8Array(to)
      const end = outcomes['@end'] ?? new Uint8Array(to)
      for (let row = from; row < to; row++) {
        const place = (set[row] ?? 0) * ends + (end[row] ?? 0)
        counts[place] = (counts[place] ?? 0) + 1
      }
      for (const { name, rowsMax, sums } of summed) {
        const results = outcomes[`results.${name}`] ?? new Uint8Array(to)
        for (let start = from; start < to; start += rowsMax) {
          const parts = sumBySet(set, results, start, Math.min(start + rowsMax, to), sets.length)
          parts.forEach((part, index) => {
            sums[index] = (sums[index] ?? 0n) + BigInt(part)
          })
        }
      }
    },
    totals: () =>
      sets.map((_, set) => {
        const ofSet = [...counts.subarray(set * ends, (set + 1) * ends)]
        const sums = Object.fromEntries(summed.map((each) => [each.name, each.sums[set] ?? 0n]))
        return { rows: ofSet.reduce((rows, count) => rows + count, 0), ends: ofSet, sums }
      }),
  }
}

function sumBySet(
  set: ArrayLike<number>,
  results: ArrayLike<number>,
  from: number,
  to: number,
  sets: number,
): Float64Array {
  const parts = new Float64Array(sets)
  for (let row = from; row < to; row++) {
    const place = set[row] ?? 0
    parts[place] = (parts[place] ?? 0) + (results[row] ?? 0)
  }
  return parts
}
