/** In which lanes a term is computed: the narrowest that hold its range and those of what it is made of. */
import type { ColumnKind } from '../columns.ts'
import { joined, operandsOf, type Range, type Term } from './terms.ts'
import { isInt32, isLookedUpTogether } from './value-tables.ts'

/** Widths of lanes: bytes, shorts and integers of 32 bits, and doubles that hold whole numbers. Flags have all bits of a lane, or none. */
export type Lane = 'i8' | 'i16' | 'i32' | 'f64'

const LANES = ['i8', 'i16', 'i32', 'f64'] as const
/** Bytes of one lane. */
export const LANE_BYTES: Readonly<Record<Lane, 1 | 2 | 4 | 8>> = { i8: 1, i16: 2, i32: 4, f64: 8 }

/** The names that instructions give to vectors of each lane. */
export const SHAPES = { i8: 'i8x16', i16: 'i16x8', i32: 'i32x4', f64: 'f64x2' } as const

/** The lanes in which a column of each kind is loaded and stored as it is. */
export const COLUMN_LANES: Readonly<Record<ColumnKind, Lane>> = { u8: 'i8', u16: 'i16', i32: 'i32', f64: 'f64' }

/** Bytes and shorts are read with a sign when a range has negative numbers, else without. */
export function isSigned({ min }: Range): boolean {
  return min < 0
}

/** The next narrower lane. */
export function laneBelow(lane: Lane): Lane {
  return LANES[LANES.indexOf(lane) - 1] ?? 'i8'
}

/** The next wider lane. */
export function laneAbove(lane: Lane): Lane {
  return LANES[LANES.indexOf(lane) + 1] ?? 'f64'
}

/** The narrowest lane that holds a range. */
function laneFor(range: Range): Lane {
  const { min, max } = range
  if (min >= 0 ? max <= 0xff : min >= -0x80 && max <= 0x7f) return 'i8'
  if (min >= 0 ? max <= 0xffff : min >= -0x8000 && max <= 0x7fff) return 'i16'
  return isInt32(range) ? 'i32' : 'f64'
}

function widest(...lanes: readonly Lane[]): Lane {
  return lanes.reduce((wide, lane) => (LANE_BYTES[lane] > LANE_BYTES[wide] ? lane : wide))
}

/** The lane in which two numbers are compared or computed with each other, for a result of range `gives`. */
export function laneOfPair(left: Term, right: Term, gives: Range = left.range): Lane {
  const own = [left, right].filter((side) => !isAnyLane(side)).map(homeOf)
  return widest(laneFor(joined(gives, joined(left.range, right.range))), ...own)
}

/** True for a number that is written into lanes of any width just as easily. */
function isAnyLane(term: Term): boolean {
  return term.op === 'constant' || (term.op === 'lookup' && term.key === undefined)
}

/** True for what is the same for every row. */
export function isSplat(term: Term): boolean {
  if (term.op === 'column') return false
  return operandsOf(term).every(isSplat)
}

const homes = new WeakMap<Term, Lane>()

/** The lane in which a term is computed; elsewhere it is widened or narrowed. */
export function homeOf(term: Term): Lane {
  const known = homes.get(term)
  if (known !== undefined) return known
  const home = findHome(term)
  homes.set(term, home)
  return home
}

function findHome(term: Term): Lane {
  switch (term.op) {
    case 'column':
      return COLUMN_LANES[term.column.kind]
    case 'truth':
    case 'not':
      return homeOf(term.of)
    case 'and':
    case 'or':
      return flagsHome(term.left, term.right)
    case 'eq':
    case 'lt':
    case 'le':
      return laneOfPair(term.left, term.right)
    case 'add':
    case 'sub':
    case 'min':
    case 'max':
      return laneOfPair(term.left, term.right, term.range)
    case 'mul':
      return widest('i16', laneOfPair(term.left, term.right, term.range))
    case 'select':
      return laneOfPair(term.whenTrue, term.whenFalse)
    case 'share':
      return 'f64'
    case 'lookup':
      return term.key === undefined || isLookedUpTogether(term.table)
        ? laneFor(term.range)
        : widest('i32', laneFor(term.range))
    default:
      return laneFor(term.range)
  }
}

/** Flags meet in the narrower lanes: narrowing costs less than widening. */
function flagsHome(left: Term, right: Term): Lane {
  if (isSplat(left)) return homeOf(right)
  if (isSplat(right)) return homeOf(left)
  const [a, b] = [homeOf(left), homeOf(right)]
  return LANE_BYTES[a] < LANE_BYTES[b] ? a : b
}
