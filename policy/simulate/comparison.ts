/**
 * Two versions of a rule, or of its values, over one population: what each costs, who wins, who loses, and what becomes of every outcome.
 * Everything counted here is counted from what two kernels have stored; the sums are exact.
 */
import type { PolicyBody } from '../ir.ts'
import { type ColumnArray, endsOf, type Table } from '../kernel/columns.ts'
import type { BoundKernel } from '../kernel/kernel.ts'
import { type ChangeHistogram, createHistogram } from './histogram.ts'
import { createSum } from './sum.ts'

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
  /** The result that is compared; the bodies' common total unless given. A row that is not granted, or has no such result, has 0. */
  readonly amount?: string
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
  readonly amount: string
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
 * @throws RangeError when no amount is given and the versions have no common total, or a version lacks the amount
 */
export function compareVersions(versions: ComparedVersions): GrowingComparison {
  const { before, after, groupOf, groups = 1 } = versions
  const amount = amountOf(versions)
  const sides = { before: sideOf(before, amount), after: sideOf(after, amount) }
  const tallies = Array.from({ length: groups }, () => createTally(sides))
  const flows = sides.before.granting.map(() => new Array<number>(sides.after.granting.length).fill(0))
  const histogram = createHistogram()
  const extremes = { gain: { row: -1, by: 0 }, loss: { row: -1, by: 0 } }
  const count = (row: number) => {
    const [endBefore, endAfter] = [sides.before.ends[row] ?? 0, sides.after.ends[row] ?? 0]
    const change = (sides.after.amounts[row] ?? 0) - (sides.before.amounts[row] ?? 0)
    tallies[groupOf?.[row] ?? 0]?.count(row, endBefore, endAfter, change)
    const flow = flows[endBefore]
    if (flow !== undefined) flow[endAfter] = (flow[endAfter] ?? 0) + 1
    if (change === 0) return
    histogram.count(change)
    if (change > extremes.gain.by) extremes.gain = { row, by: change }
    if (change < extremes.loss.by) extremes.loss = { row, by: change }
  }
  return {
    run(from, to) {
      before.kernel.run(from, to)
      after.kernel.run(from, to)
      for (let row = from; row < to; row++) count(row)
    },
    report: () => ({
      amount,
      all: sumOfGroups(tallies.map((tally) => tally.report())),
      groups: groupOf === undefined ? [] : tallies.map((tally) => tally.report()),
      flows,
      changes: histogram.report(),
      ...(extremes.gain.row < 0 ? {} : { largestGain: extremes.gain }),
      ...(extremes.loss.row < 0 ? {} : { largestLoss: { ...extremes.loss, by: -extremes.loss.by } }),
    }),
  }
}

function amountOf({ before, after, amount = before.body.total }: ComparedVersions): string {
  if (amount === undefined) throw new RangeError('the policy has no total: name the result that is to be compared')
  for (const { body } of [before, after]) {
    if (!Object.hasOwn(body.results, amount)) {
      throw new RangeError(
        `the body from ${body.from} has no result '${amount}', only ${Object.keys(body.results).join(', ')}`,
      )
    }
  }
  return amount
}

/** The columns of one side that are read row by row. */
interface Side {
  readonly ends: ColumnArray
  readonly amounts: ColumnArray
  /** Whether each outcome is a grant. */
  readonly granting: readonly boolean[]
}

function sideOf({ body, outcomes }: SimulatedVersion, amount: string): Side {
  const { '@end': ends, [`results.${amount}`]: amounts } = outcomes.columns
  if (ends === undefined || amounts === undefined) throw new TypeError('a version must store @end and the amount')
  return { ends, amounts, granting: endsOf(body).map((end) => end.do === 'grant') }
}

function createTally({ before, after }: { before: Side; after: Side }) {
  const ends = { before: before.granting.map(() => 0), after: after.granting.map(() => 0) }
  const cost = { before: createSum(), after: createSum() }
  const moved = { won: createSum(), lost: createSum(), winners: 0, losers: 0 }
  const rows = { all: 0, newly: 0, noLonger: 0 }
  return {
    count(row: number, endBefore: number, endAfter: number, change: number): void {
      rows.all++
      ends.before[endBefore] = (ends.before[endBefore] ?? 0) + 1
      ends.after[endAfter] = (ends.after[endAfter] ?? 0) + 1
      cost.before.add(before.amounts[row] ?? 0)
      cost.after.add(after.amounts[row] ?? 0)
      const wasGranted = before.granting[endBefore] === true
      const isGranted = after.granting[endAfter] === true
      if (isGranted && !wasGranted) rows.newly++
      if (wasGranted && !isGranted) rows.noLonger++
      if (change > 0) {
        moved.winners++
        moved.won.add(change)
      } else if (change < 0) {
        moved.losers++
        moved.lost.add(-change)
      }
    },
    report: (): GroupComparison => ({
      rows: rows.all,
      before: sideCount(before, ends.before, cost.before.value()),
      after: sideCount(after, ends.after, cost.after.value()),
      winners: { rows: moved.winners, sum: moved.won.value() },
      losers: { rows: moved.losers, sum: moved.lost.value() },
      unchanged: rows.all - moved.winners - moved.losers,
      newlyGranted: rows.newly,
      noLongerGranted: rows.noLonger,
    }),
  }
}

function sideCount({ granting }: Side, ends: readonly number[], cost: bigint): SideCount {
  const granted = ends.reduce((sum, rows, end) => sum + (granting[end] === true ? rows : 0), 0)
  return { cost, granted, ends: [...ends] }
}

function sumOfGroups(groups: readonly GroupComparison[]): GroupComparison {
  return groups.reduce((all, group) => ({
    rows: all.rows + group.rows,
    before: sumOfSides(all.before, group.before),
    after: sumOfSides(all.after, group.after),
    winners: sumOfMoved(all.winners, group.winners),
    losers: sumOfMoved(all.losers, group.losers),
    unchanged: all.unchanged + group.unchanged,
    newlyGranted: all.newlyGranted + group.newlyGranted,
    noLongerGranted: all.noLongerGranted + group.noLongerGranted,
  }))
}

function sumOfSides(one: SideCount, other: SideCount): SideCount {
  return {
    cost: one.cost + other.cost,
    granted: one.granted + other.granted,
    ends: one.ends.map((rows, end) => rows + (other.ends[end] ?? 0)),
  }
}

function sumOfMoved(one: Moved, other: Moved): Moved {
  return { rows: one.rows + other.rows, sum: one.sum + other.sum }
}
