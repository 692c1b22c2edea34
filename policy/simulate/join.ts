import type { Comparison, GroupComparison, Moved, SideCount } from './comparison.ts'

/**
 * The comparison of several parts of one population as one. Parts must compare the same versions by the same groups.
 * @throws RangeError when there is no part
 */
export function joinComparisons(parts: readonly Comparison[]): Comparison {
  const [first, ...others] = parts
  if (first === undefined) throw new RangeError('there is nothing to join')
  return others.reduce(joined, first)
}

/** Groups taken together. */
export function sumOfGroups(groups: readonly GroupComparison[]): GroupComparison {
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

function joined(one: Comparison, other: Comparison): Comparison {
  const largestGain = larger(one.largestGain, other.largestGain)
  const largestLoss = larger(one.largestLoss, other.largestLoss)
  return {
    amount: one.amount,
    all: sumOfGroups([one.all, other.all]),
    groups: one.groups.map((group, index) =>
      sumOfGroups([group, ...(other.groups[index] ? [other.groups[index]] : [])]),
    ),
    flows: one.flows.map((targets, from) => targets.map((rows, to) => rows + (other.flows[from]?.[to] ?? 0))),
    changes: { bins: joinedBins([...one.changes.bins, ...other.changes.bins]) },
    ...(largestGain && { largestGain }),
    ...(largestLoss && { largestLoss }),
  }
}

function joinedBins(bins: Comparison['changes']['bins']): Comparison['changes']['bins'] {
  return [...Map.groupBy(bins, ({ from }) => from)]
    .toSorted(([one], [other]) => one - other)
    .map(([from, alike]) => ({ from, to: alike[0]?.to ?? from, rows: alike.reduce((sum, { rows }) => sum + rows, 0) }))
}

function larger(one: Comparison['largestGain'], other: Comparison['largestGain']): Comparison['largestGain'] {
  if (one === undefined || other === undefined) return one ?? other
  return other.by > one.by ? other : one
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
