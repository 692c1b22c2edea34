import { isDate } from '../dates.ts'
import type { SlotValue, Trace } from '../evaluate.ts'
import type { Block, Expression, PolicyBody } from '../ir.ts'
import { dayOf } from '../possible/possible.ts'
import { statementsOf } from '../walk.ts'
import { type Branch, forkOn, pathTaken, type ReadSlot, type Side, wordsOfSide } from './branches.ts'
import type { Terms } from './terms.ts'

/** How far a run was from a branch: the fewer forks between, then the less the figures had to differ. Zero when it was there. */
export type Distance = number

/** More than any distance between figures once it is brought below 1. */
const UNMET = 1
/** More than any distance inside a decision per item. */
const ITEM = 1_000

/** Tells how far a run was from taking a branch, from its trace alone. */
export function distanceTo(branch: Branch, body: PolicyBody, terms: Terms, trace: Trace): Distance {
  const { within } = branch
  if (within === undefined) return distanceInBlock(branch, body.block, terms, (slot) => trace.slots[slot])
  if (trace.end !== within.of) return ITEM + distanceTo(within, body, terms, trace)
  const { each } = trace.end
  if (each === undefined) return Number.POSITIVE_INFINITY
  const distances = (trace.items.get(each.slot) ?? []).map((slots) =>
    distanceInBlock(branch, each.block, terms, readItem(trace, slots, each)),
  )
  return Math.min(ITEM, ...distances)
}

/** Reads slots for one item that was looked at. */
export function readItem(
  trace: Trace,
  itemSlots: readonly (SlotValue | undefined)[],
  { firstSlot, slot }: { readonly firstSlot: number; readonly slot: number },
): ReadSlot {
  return (asked) => (asked >= firstSlot && asked < slot ? itemSlots[asked - firstSlot] : trace.slots[asked])
}

function distanceInBlock(branch: Branch, block: Block, terms: Terms, read: ReadSlot): Distance {
  const { forks, end } = pathTaken(block, read)
  if (end !== undefined && end === branch.of) return 0
  const forksLeft = branch.route.length
  for (const [index, { fork, side }] of branch.route.entries()) {
    const met = forks.find((taken) => taken.fork === fork)
    if (met === undefined) break
    if (met.side !== side) return forksLeft - index + nearness(toSide(fork, side, terms, read))
  }
  const last = branch.route.at(-1)
  if (branch.side !== undefined && last && forks.some(({ fork, side }) => fork === last.fork && side === last.side))
    return 0
  // The path ended before it came there: at the last fork it should have gone another way.
  const lastTaken = forks.at(-1)
  if (lastTaken === undefined) return Number.POSITIVE_INFINITY
  const other =
    lastTaken.fork.do === 'if' ? nearness(toSide(lastTaken.fork, lastTaken.side !== true, terms, read)) : UNMET
  return forksLeft + 1 + forksAfter(block, lastTaken.fork.at.start, branch.at.start) + other
}

/** How many forks of the text lie between two places. */
function forksAfter(block: Block, from: number, to: number): number {
  return statementsOf(block).filter(({ do: kind, at }) => kind !== 'const' && at.start > from && at.start < to).length
}

function nearness(difference: number): number {
  return difference / (difference + 1)
}

function toSide(fork: Branch['route'][number]['fork'], side: Side, terms: Terms, read: ReadSlot): number {
  if (fork.do === 'if') return difference(fork.condition, side === true, terms, read)
  const value = read(forkOn(fork).slot)
  return wordsOfSide(fork, Number(side)).some((word) => word === value) ? 0 : UNMET
}

/** By how much figures would have to differ for a condition to come out as `wanted`; what was not looked at counts as 1. */
function difference(condition: Expression, wanted: boolean, terms: Terms, read: ReadSlot): number {
  if (read(condition.slot) === wanted) return 0
  switch (condition.op) {
    case '!':
      return difference(condition.of, !wanted, terms, read)
    case '&&':
    case '||': {
      const left = difference(condition.left, wanted, terms, read)
      const right = difference(condition.right, wanted, terms, read)
      return wanted === (condition.op === '&&') ? left + right : Math.min(left, right)
    }
    case '?:': {
      const branch = read(condition.condition.slot) === true ? condition.whenTrue : condition.whenFalse
      return difference(branch, wanted, terms, read)
    }
    case 'local': {
      const is = terms.definitionOf(condition)
      return is === undefined ? UNMET : difference(is, wanted, terms, read)
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '===':
    case '!==':
      return Math.abs(figureOf(read(condition.left.slot)) - figureOf(read(condition.right.slot))) + UNMET
    default:
      return UNMET
  }
}

function figureOf(value: SlotValue | undefined): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && isDate(value) ? dayOf(value) : 0
}
