/**
 * Two versions of a rule, or of its values, over one population: what each costs, who wins, who loses, and what becomes of every outcome.
 * Everything counted here is counted from what two kernels have stored; the sums are exact.
 */
import type { PolicyBody } from '../ir.ts'
import { type ColumnArray, endsOf, type Table } from '../kernel/columns.ts'
import type { BoundKernel } from '../kernel/kernel.ts'
import { isQuantity } from '../units.ts'
import { type ChangeHistogram, createHistogram } from './histogram.ts'
import { sumOfGroups } from './join.ts'

/** One version: its body, and a kernel bound to the population that stores into `outcomes`. */
export interface SimulatedVersion {
  readonly body: PolicyBody
  readonly kernel: BoundKernel
  readonly outcomes: Table
}

/** What is compared. Both versions must be bound to the same rows. */
export interface ComparedVersions {
  readonly before: SimulatedVersion
  readonly after: SimulatedVersion
  /**
   * The result that is compared; the bodies' common total unless given. A row that is not granted, or has no such result, has 0. Null compares
   * the outcomes alone: every amount is 0.
   */
  readonly amount?: string | null
  /** The group of each row, below `groups`: the region, for example. One group unless given. */
  readonly groupOf?: ColumnArray
  readonly groups?: number
}

/** One version's side of a comparison. */
export interface SideCount {
  /** Sum of the compared result, in its unit. */
  readonly cost: bigint
  readonly granted: number
  /** Rows by outcome, in the order of `endsOf` of the version's body. */
  readonly ends: readonly number[]
}

/** Rows whose amount moved one way, by how many and by how much in all. */
export interface Moved {
  readonly rows: number
  readonly sum: bigint
}

/** What a change does to one group of rows, or to all. */
export interface GroupComparison {
  readonly rows: number
  readonly before: SideCount
  readonly after: SideCount
  readonly winners: Moved
  readonly losers: Moved
  readonly unchanged: number
  /** Rows granted only after, and only before. */
  readonly newlyGranted: number
  readonly noLongerGranted: number
}

/** What a change does to a population. */
export interface Comparison {
  /** Null where outcomes alone were compared. */
  readonly amount: string | null
  readonly all: GroupComparison
  /** By group, where groups were given. */
  readonly groups: readonly GroupComparison[]
  /** Rows that went from one outcome to another: `[before][after]`, in the order of `endsOf`. */
  readonly flows: readonly (readonly number[])[]
  /** How many rows gained or lost how much. */
  readonly changes: ChangeHistogram
  /** The row that gains most and the one that loses most; absent where nobody does. */
  readonly largestGain?: { readonly row: number; readonly by: number }
  readonly largestLoss?: { readonly row: number; readonly by: number }
}

/** A comparison that grows: run both versions over some rows, each row once, and look at it whenever it is wanted. */
export interface GrowingComparison {
  /** Runs both kernels over the rows from `from` to just before `to` and counts what they stored. */
  run(from: number, to: number): void
  report(): Comparison
}

/**
 * Begins a comparison.
 * @throws RangeError when no amount is given and the version before has no total, or the amount is no quantity among the results of both
 */
export function compareVersions(versions: ComparedVersions): GrowingComparison {
  const { before, after, groupOf, groups = 1 } = versions
  const amount = amountOf(versions)
  const sides = { before: sideOf(before, amount), after: sideOf(after, amount) }
  const tally = createTally(sides, groups)
  const stretch = rowsWithExactSum(before.body, after.body, amount)
  return {
    run(from, to) {
      before.kernel.run(from, to)
      after.kernel.run(from, to)
      for (let row = from; row < to; row += stretch) tally.count(row, Math.min(row + stretch, to), groupOf)
    },
    report() {
      const all = Array.from({ length: groups }, (_, group) => tally.groupReport(group))
      return { amount, all: sumOfGroups(all), groups: groupOf === undefined ? [] : all, ...tally.report() }
    },
  }
}

function amountOf({ before, after, amount = before.body.total }: ComparedVersions): string | null {
  if (amount === null) return null
  if (amount === undefined) throw new RangeError('the policy has no total: name the result that is to be compared')
  for (const { body } of [before, after]) {
    const quantities = Object.keys(body.results).filter((name) => isQuantityOf(body, name))
    if (!quantities.includes(amount)) {
      throw new RangeError(
        `the body from ${body.from} has no result '${amount}' that is a quantity, only ${quantities.join(', ')}`,
      )
    }
  }
  return amount
}

function isQuantityOf({ results }: PolicyBody, name: string): boolean {
  const unit = results[name]
  return unit !== undefined && isQuantity(unit)
}

/** The columns of one side that are read row by row. */
interface Side {
  readonly ends: ColumnArray
  readonly amounts: ColumnArray
  /** Whether each outcome is a grant. */
  readonly granting: readonly boolean[]
}

const NO_AMOUNTS = new Float64Array()

function sideOf({ body, outcomes }: SimulatedVersion, amount: string | null): Side {
  const ends = outcomes.columns['@end']
  const amounts = amount === null ? NO_AMOUNTS : outcomes.columns[`results.${amount}`]
  if (ends === undefined || amounts === undefined) throw new TypeError('a version must store @end and the amount')
  return { ends, amounts, granting: endsOf(body).map((end) => end.do === 'grant') }
}

/** Twice the greatest amount that any row can have, as a bound of a change; what no grant carries is 0. */
function rowsWithExactSum(before: PolicyBody, after: PolicyBody, amount: string | null): number {
  const sizes = [before, after].flatMap(endsOf).map((end) => {
    const unit = end.do === 'grant' && amount !== null ? end.results[amount]?.unit : undefined
    return unit !== undefined && isQuantity(unit) ? Math.max(Math.abs(unit.min), Math.abs(unit.max)) : 0
  })
  return Math.max(1, Math.floor(Number.MAX_SAFE_INTEGER / (2 * Math.max(1, ...sizes))))
}

/** Sums of one group, whole. */
interface GroupSums {
  before: bigint
  after: bigint
  won: bigint
  lost: bigint
}

/** Counts rows. Everything about outcomes follows from how many went from which to which, so that a row costs few steps. */
function createTally({ before, after }: { before: Side; after: Side }, groups: number) {
  const [endsBefore, endsAfter] = [before.granting.length, after.granting.length]
  const flows = new Float64Array(groups * endsBefore * endsAfter)
  const partial = {
    before: new Float64Array(groups),
    after: new Float64Array(groups),
    won: new Float64Array(groups),
    lost: new Float64Array(groups),
  }
  const moved = { winners: new Float64Array(groups), losers: new Float64Array(groups) }
  const sums = Array.from({ length: groups }, (): GroupSums => ({ before: 0n, after: 0n, won: 0n, lost: 0n }))
  const histogram = createHistogram()
  const extremes = { gain: { row: -1, by: 0 }, loss: { row: -1, by: 0 } }

  const countMoved = (row: number, group: number, change: number) => {
    histogram.count(change)
    if (change > 0) {
      add(moved.winners, group, 1)
      add(partial.won, group, change)
      if (change > extremes.gain.by) extremes.gain = { row, by: change }
    } else {
      add(moved.losers, group, 1)
      add(partial.lost, group, -change)
      if (-change > extremes.loss.by) extremes.loss = { row, by: -change }
    }
  }
  const flowOf = (group: number, from: number, to: number) => flows[(group * endsBefore + from) * endsAfter + to] ?? 0

  return {
    /** Counts rows, no more than their sum stays exact for. */
    count(from: number, to: number, groupOf: ColumnArray | undefined): void {
      const { ends: fromEnds, amounts: fromAmounts } = before
      const { ends: toEnds, amounts: toAmounts } = after
      for (let row = from; row < to; row++) {
        const group = groupOf === undefined ? 0 : (groupOf[row] ?? 0)
        add(flows, (group * endsBefore + (fromEnds[row] ?? 0)) * endsAfter + (toEnds[row] ?? 0), 1)
        const was = fromAmounts[row] ?? 0
        const is = toAmounts[row] ?? 0
        add(partial.before, group, was)
        add(partial.after, group, is)
        if (was !== is) countMoved(row, group, is - was)
      }
      for (const [group, sum] of sums.entries()) {
        for (const name of ['before', 'after', 'won', 'lost'] as const) sum[name] += BigInt(partial[name][group] ?? 0)
      }
      for (const values of Object.values(partial)) values.fill(0)
    },
    groupReport(group: number): GroupComparison {
      const sum = sums[group] ?? { before: 0n, after: 0n, won: 0n, lost: 0n }
      const endsOfBefore = before.granting.map((_, end) =>
        total(after.granting.map((__, to) => flowOf(group, end, to))),
      )
      const endsOfAfter = after.granting.map((_, end) =>
        total(before.granting.map((__, from) => flowOf(group, from, end))),
      )
      const between = (wasGranted: boolean, isGranted: boolean) =>
        total(
          before.granting.flatMap((was, from) =>
            after.granting.map((is, to) => (was === wasGranted && is === isGranted ? flowOf(group, from, to) : 0)),
          ),
        )
      const rows = total(endsOfBefore)
      const [winners, losers] = [moved.winners[group] ?? 0, moved.losers[group] ?? 0]
      return {
        rows,
        before: { cost: sum.before, granted: between(true, true) + between(true, false), ends: endsOfBefore },
        after: { cost: sum.after, granted: between(true, true) + between(false, true), ends: endsOfAfter },
        winners: { rows: winners, sum: sum.won },
        losers: { rows: losers, sum: sum.lost },
        unchanged: rows - winners - losers,
        newlyGranted: between(false, true),
        noLongerGranted: between(true, false),
      }
    },
    report: (): Pick<Comparison, 'flows' | 'changes' | 'largestGain' | 'largestLoss'> => ({
      flows: before.granting.map((_, from) =>
        after.granting.map((__, to) => total(sums.map((___, group) => flowOf(group, from, to)))),
      ),
      changes: histogram.report(),
      ...(extremes.gain.row < 0 ? {} : { largestGain: extremes.gain }),
      ...(extremes.loss.row < 0 ? {} : { largestLoss: extremes.loss }),
    }),
  }
}

function add(counts: Float64Array, index: number, value: number): void {
  counts[index] = (counts[index] ?? 0) + value
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
