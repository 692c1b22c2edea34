/**
 * Terms as vectors of sixteen bytes. Each term is computed in the narrowest lanes that hold its range: sixteen rows in one vector of bytes, or in
 * two of shorts, down to eight of doubles. The vectors of a term are its parts; where something wider or narrower is computed with them, they
 * are widened or narrowed.
 */
import { COLUMN_BYTES, type Column } from '../columns.ts'
import type { Code, Node } from './code.ts'
import { double, type InstructionName, memoryAt } from './emit.ts'
import { addressOffset, type Frame } from './frame.ts'
import {
  COLUMN_LANES,
  homeOf,
  isSigned,
  isSplat,
  LANE_BYTES,
  type Lane,
  laneAbove,
  laneBelow,
  laneOfPair,
  SHAPES,
} from './lanes.ts'
import { FRAME, ROW } from './run.ts'
import { shareSteps } from './shares.ts'
import type { PairOperator, Term, TermOf } from './terms.ts'

/** Bytes of a vector, and so the most rows of which it holds something. */
export const VECTOR_BYTES = 16

/** What writing the function works with. */
export interface VectorWriting {
  readonly code: Code
  readonly frame: Frame
  /** Parts of terms that have been computed. */
  readonly vectors: Map<string, Node>
  readonly masks: Map<string, Node>
}

/** The address of the block's first element of a column. */
export function elementAddress({ code, frame }: VectorWriting, column: Column): Node {
  const start = code.load('i32.load', code.get(FRAME, 0), addressOffset(frame, column.name), 0)
  const shift = Math.log2(COLUMN_BYTES[column.kind])
  const row = code.get(ROW, 1)
  return code.node('i32.add', [start, shift === 0 ? row : code.node('i32.shl', [row, code.int(shift)])])
}

/** The same number in every lane. */
export function splat(code: Code, lane: Lane, value: number): Node {
  const bytes =
    lane === 'f64' ? double(value) : [...new Uint8Array(new Int32Array([value]).buffer)].slice(0, LANE_BYTES[lane])
  const immediates = Array.from({ length: VECTOR_BYTES }, (_, index) => bytes[index % bytes.length] ?? 0)
  return code.node('v128.const', [], { immediates })
}

/** One part of a number in lanes of a width. */
export function vectorOf(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
  const key = `${term.id} ${lane} ${part}`
  const node = writing.vectors.get(key) ?? makeVector(writing, term, lane, part)
  writing.vectors.set(key, node)
  return node
}

function makeVector(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
  const { code } = writing
  if (term.op === 'constant') return splat(code, lane, term.value)
  if (term.op === 'lookup' && term.key === undefined) return valueVector(writing, term, lane)
  if (term.op === 'column') {
    const direct = loadVector(writing, term.column, lane, part)
    if (direct !== undefined) return direct
  }
  const home = homeOf(term)
  if (LANE_BYTES[lane] > LANE_BYTES[home]) {
    // Of two numbers that are the same for every row one is selected in the lanes that are asked for.
    if (term.op === 'select' && isSplat(term.whenTrue) && isSplat(term.whenFalse))
      return selectVector(writing, term, lane, part)
    return widened(writing, term, lane, part)
  }
  return lane === home ? computed(writing, term, lane, part) : narrowed(writing, term, lane, part)
}

function widened(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
  const { code } = writing
  const from = laneBelow(lane)
  const vector = vectorOf(writing, term, from, part >> 1)
  const half = part % 2 === 0 ? 'low' : 'high'
  const suffix = isSigned(term.range) ? 's' : 'u'
  if (lane === 'i16') return code.node(`i16x8.extend_${half}_i8x16_${suffix}`, [vector])
  if (lane === 'i32') return code.node(`i32x4.extend_${half}_i16x8_${suffix}`, [vector])
  const low = half === 'low' ? vector : shuffle(code, vector, vector, UPPER_HALF)
  return code.node('f64x2.convert_low_i32x4_s', [low])
}

function narrowed(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
  const { code } = writing
  const from = laneAbove(lane)
  const [low, high] = [vectorOf(writing, term, from, part * 2), vectorOf(writing, term, from, part * 2 + 1)]
  const suffix = isSigned(term.range) ? 's' : 'u'
  if (lane === 'i8') return code.node(`i8x16.narrow_i16x8_${suffix}`, [low, high])
  if (lane === 'i16') return code.node(`i16x8.narrow_i32x4_${suffix}`, [low, high])
  const ints = [low, high].map((vector) => code.node('i32x4.trunc_sat_f64x2_s_zero', [vector]))
  return code.node('i8x16.shuffle', ints, { immediates: LOWER_HALVES })
}

const bytesOf = (lanes: readonly number[], bytes: number) => {
  return lanes.flatMap((lane) => Array.from({ length: bytes }, (_, byte) => lane * bytes + byte))
}
const UPPER_HALF = bytesOf([1, 1], 8)
const LOWER_HALVES = bytesOf([0, 2], 8)
const EVEN_INTS = bytesOf([0, 2, 4, 6], 4)

function shuffle(code: Code, a: Node, b: Node, immediates: readonly number[]): Node {
  return code.node('i8x16.shuffle', [a, b], { immediates })
}

/** The lanes of two vectors in turns, from their lower or upper halves. */
function interleaved(code: Code, a: Node, b: Node, bytes: number, half: number): Node {
  const lanes = VECTOR_BYTES / bytes
  const start = (half * lanes) / 2
  const order = Array.from({ length: lanes }, (_, lane) => start + (lane >> 1) + (lane % 2) * lanes)
  return shuffle(code, a, b, bytesOf(order, bytes))
}

/** A column loaded in lanes of a width, where one or two instructions do it. */
function loadVector(writing: VectorWriting, column: Column, lane: Lane, part: number): Node | undefined {
  const { code } = writing
  const address = elementAddress(writing, column)
  const load = (name: InstructionName, bytes: number) => code.load(name, address, part * bytes, 1)
  const own = COLUMN_LANES[column.kind]
  if (own === lane) return load('v128.load', 16)
  if (own === 'i8' && lane === 'i16') return load('v128.load8x8_u', 8)
  if (own === 'i16' && lane === 'i32') return load('v128.load16x4_u', 8)
  if (own === 'i32' && lane === 'f64') return code.node('f64x2.convert_low_i32x4_s', [load('v128.load64_zero', 8)])
  if (own === 'i8' && lane === 'i32') {
    const shorts = code.node('i16x8.extend_low_i8x16_u', [load('v128.load32_zero', 4)])
    return code.node('i32x4.extend_low_i16x8_u', [shorts])
  }
  return undefined
}

/** A value of law in every lane. */
function valueVector({ code, frame }: VectorWriting, { table }: TermOf<'lookup'>, lane: Lane): Node {
  const place = frame.tables.find((each) => each.table === table)
  const address = code.get(FRAME, 0)
  const loaded = code.load(place?.stored === 'f64' ? 'f64.load' : 'i32.load', address, place?.offset ?? 0, 0)
  if (lane !== 'f64') return code.node(`${SHAPES[lane]}.splat`, [loaded])
  return code.node('f64x2.splat', [loaded.gives === 'f64' ? loaded : code.node('f64.convert_i32_s', [loaded])])
}

function computed(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
  const { code } = writing
  switch (term.op) {
    case 'lookup':
      return lookupVector(writing, term, lane, part)
    case 'select':
      return selectVector(writing, term, lane, part)
    case 'share':
      return shareSteps({
        amount: { value: vectorOf(writing, term.left, 'f64', part), max: term.left.range.max },
        rate: { value: vectorOf(writing, term.right, 'f64', part), max: term.right.range.max },
        rounding: term.rounding,
        whole: term.whole,
        number: (value) => splat(code, 'f64', value),
        step: (op, ...sides) => code.node(`f64x2.${op}`, sides),
      })
    case 'add':
    case 'sub':
    case 'min':
    case 'max': {
      const sides = [vectorOf(writing, term.left, lane, part), vectorOf(writing, term.right, lane, part)]
      return code.node(arithmetic(term, lane), sides)
    }
    case 'mul':
      return productVector(writing, term, lane, part)
    default:
      throw new TypeError(`${term.op} is not computed in vectors`)
  }
}

function productVector(writing: VectorWriting, { left, right }: TermOf<PairOperator>, lane: Lane, part: number): Node {
  if (lane === 'i8') throw new TypeError('there is no product of bytes')
  const sides = [vectorOf(writing, left, lane, part), vectorOf(writing, right, lane, part)]
  return writing.code.node(`${SHAPES[lane]}.mul`, sides)
}

function arithmetic(term: TermOf<PairOperator>, lane: Lane): InstructionName {
  const { op } = term
  if (op === 'min' || op === 'max') {
    if (lane === 'f64') return `f64x2.p${op}`
    if (lane === 'i32') return `i32x4.${op}_s`
    return `${SHAPES[lane]}.${op}_${isSigned(term.left.range) || isSigned(term.right.range) ? 's' : 'u'}`
  }
  return `${SHAPES[lane]}.${op === 'add' ? 'add' : 'sub'}`
}

function selectVector(
  writing: VectorWriting,
  { condition, whenTrue, whenFalse }: TermOf<'select'>,
  lane: Lane,
  part: number,
): Node {
  const { code } = writing
  const mask = maskOf(writing, condition, lane, part)
  if (isZero(whenFalse)) return code.node('v128.and', [vectorOf(writing, whenTrue, lane, part), mask])
  if (isZero(whenTrue)) return code.node('v128.andnot', [vectorOf(writing, whenFalse, lane, part), mask])
  const sides = [vectorOf(writing, whenTrue, lane, part), vectorOf(writing, whenFalse, lane, part)]
  return code.node('v128.bitselect', [...sides, mask])
}

function isZero(term: Term): boolean {
  return term.op === 'constant' && term.value === 0
}

/** Looks up sixteen entries at a time, byte by byte, in a small table; one by one in any other. */
function lookupVector(writing: VectorWriting, term: TermOf<'lookup'>, lane: Lane, part: number): Node {
  const { code, frame } = writing
  const place = frame.tables.find((each) => each.table === term.table)
  if (place === undefined || term.key === undefined) throw new TypeError('a table of values has no place in the frame')
  if (place.planes === undefined) return gathered(writing, term.key, place, lane, part)
  const { planes } = place
  const plane = (index: number) => {
    if (index >= planes.count) return splat(code, 'i8', 0)
    const start = planes.offset + index * planes.vectors * VECTOR_BYTES
    return planeVector(writing, vectorOf(writing, term.key ?? term, 'i8', 0), start, planes.vectors)
  }
  if (lane === 'i8') return plane(0)
  if (lane === 'i16') return interleaved(code, plane(0), plane(1), 1, part)
  const shorts = [plane(0), plane(2)].map((low, index) => interleaved(code, low, plane(index * 2 + 1), 1, part >> 1))
  const [low, high] = shorts
  if (low === undefined || high === undefined) throw new TypeError('a number of 32 bits has two halves')
  return interleaved(code, low, high, 2, part % 2)
}

/** One byte of sixteen entries. Swizzling gives 0 for a place outside its vector, so that the vectors of a table add up. */
function planeVector({ code }: VectorWriting, keys: Node, start: number, vectors: number): Node {
  const each = Array.from({ length: vectors }, (_, index) => {
    const table = code.load('v128.load', code.get(FRAME, 0), start + index * VECTOR_BYTES, 0)
    const places = index === 0 ? keys : code.node('i8x16.sub', [keys, splat(code, 'i8', index * VECTOR_BYTES)])
    return code.node('i8x16.swizzle', [table, places])
  })
  return each.reduce((all, one) => code.node('v128.or', [all, one]))
}

function gathered(
  writing: VectorWriting,
  key: Term,
  { offset, stored, table }: Frame['tables'][number],
  lane: Lane,
  part: number,
): Node {
  const { code } = writing
  const lanes = VECTOR_BYTES / LANE_BYTES[lane]
  const firstRow = part * lanes
  // In a row where the look-up does not count the key may lie outside.
  const keys = code.node('i16x8.min_u', [
    vectorOf(writing, key, 'i16', firstRow >> 3),
    splat(code, 'i16', table.cells - 1),
  ])
  const bytes = stored === 'f64' ? 8 : 4
  const addressOf = (row: number) => {
    const index = code.node('i16x8.extract_lane_u', [keys], { immediates: [(firstRow + row) % 8] })
    return code.node('i32.add', [code.get(FRAME, 0), code.node('i32.shl', [index, code.int(Math.log2(bytes))])])
  }
  const bits = bytes === 8 ? '64' : '32'
  let vector = code.load(`v128.load${bits}_zero`, addressOf(0), offset, 1)
  for (let row = 1; row < lanes; row++) {
    vector = code.node(`v128.load${bits}_lane`, [addressOf(row), vector], { immediates: [...memoryAt(offset), row] })
  }
  return vector
}

/** One part of a flag: all bits of the lane, or none. */
export function maskOf(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
  const key = `${term.id} ${lane} ${part}`
  const node = writing.masks.get(key) ?? makeMask(writing, term, lane, part)
  writing.masks.set(key, node)
  return node
}

function makeMask(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
  const { code } = writing
  if (term.op === 'constant') return splat(code, 'i8', term.value === 1 ? -1 : 0)
  const home = homeOf(term)
  // The same for every row, it is the same in lanes of every width.
  if (isSplat(term)) return computedMask(writing, term, home, 0)
  if (lane === home) return computedMask(writing, term, home, part)
  if (LANE_BYTES[lane] > LANE_BYTES[home]) {
    const narrow = maskOf(writing, term, laneBelow(lane), part >> 1)
    return interleaved(code, narrow, narrow, LANE_BYTES[laneBelow(lane)], part % 2)
  }
  const wide = [0, 1].map((half) => maskOf(writing, term, laneAbove(lane), part * 2 + half))
  if (lane === 'i8') return code.node('i8x16.narrow_i16x8_s', wide)
  if (lane === 'i16') return code.node('i16x8.narrow_i32x4_s', wide)
  return code.node('i8x16.shuffle', wide, { immediates: EVEN_INTS })
}

function computedMask(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
  const { code } = writing
  const mask = (of: Term) => maskOf(writing, of, lane, part)
  switch (term.op) {
    case 'truth':
      return code.node(`${SHAPES[lane]}.eq`, [vectorOf(writing, term.of, lane, part), splat(code, lane, 1)])
    case 'not':
      return code.node('v128.not', [mask(term.of)])
    case 'and':
      if (term.right.op === 'not') return code.node('v128.andnot', [mask(term.left), mask(term.right.of)])
      if (term.left.op === 'not') return code.node('v128.andnot', [mask(term.right), mask(term.left.of)])
      return code.node('v128.and', [mask(term.left), mask(term.right)])
    case 'or':
      return code.node('v128.or', [mask(term.left), mask(term.right)])
    case 'eq':
    case 'lt':
    case 'le':
      return comparison(writing, term.op, term.left, term.right, part)
    default:
      throw new TypeError(`${term.op} is not computed in vectors`)
  }
}

function comparison(writing: VectorWriting, op: 'eq' | 'lt' | 'le', left: Term, right: Term, part: number): Node {
  const { code } = writing
  const lane = laneOfPair(left, right)
  const sides = [vectorOf(writing, left, lane, part), vectorOf(writing, right, lane, part)]
  if (op === 'eq') return code.node(`${SHAPES[lane]}.eq`, sides)
  if (lane === 'f64') return code.node(`f64x2.${op}`, sides)
  if (lane === 'i32') return code.node(`i32x4.${op}_s`, sides)
  const suffix = isSigned(left.range) || isSigned(right.range) ? 's' : 'u'
  return code.node(`${SHAPES[lane]}.${op}_${suffix}`, sides)
}
