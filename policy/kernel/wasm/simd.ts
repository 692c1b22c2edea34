/**
 * Code that runs sixteen rows side by side. Each term is computed in the narrowest lanes that hold its range: sixteen bytes in one vector, or
 * eight shorts in each of two, down to two doubles in each of eight. Vectors of one term are its parts; they are widened or narrowed where
 * something else is computed with them, and computed part after part, so that few are alive at a time.
 */
import type { Column, ColumnKind } from '../columns.ts'
import { COLUMN_BYTES } from '../columns.ts'
import { Code, type Node } from './code.ts'
import { double, type InstructionName, memoryAt, type WasmFunction } from './emit.ts'
import { addressOffset, type Frame } from './frame.ts'
import { homeOf, isSigned, isSplat, LANE_BYTES, type Lane, laneAbove, laneBelow, laneOfPair, SHAPES } from './lanes.ts'
import { isSummed, type Program, type ResultTerm } from './lower.ts'
import { RUN_PARAMETERS } from './scalar.ts'
import { shareSteps } from './shares.ts'
import type { PairOperator, Term, TermOf } from './terms.ts'

/** Rows of one turn of the loop. */
export const BLOCK_ROWS = 16
const VECTOR_BYTES = 16
const FRAME = 0
const ROW = 1
const TO = 2

/** What writing the function works with. */
interface VectorWriting {
  readonly code: Code
  readonly frame: Frame
  /** Parts of terms that have been computed. */
  readonly vectors: Map<string, Node>
  readonly masks: Map<string, Node>
}

/** The function `(frame, from, to) -> row` that runs all whole blocks, adds to the totals in the frame, and says where it stopped. */
export function simdFunction(program: Program, frame: Frame, stored: boolean, name: string): WasmFunction {
  const code = new Code(RUN_PARAMETERS, (code) => {
    const writing: VectorWriting = { code, frame, vectors: new Map(), masks: new Map() }
    const first = code.local('i32')
    code.set(first, code.get(ROW, 0))
    const ends = program.ends.slice(0, -1).map((flag) => ({ flag, local: code.local('i32') }))
    const sums = program.results.filter(isSummed).map((result) => sumOf(code, result))
    const outcome = stored ? [program.end, ...program.results] : []
    const block = blockOf(writing, ends, sums, outcome)
    const row = code.get(ROW, 1)
    const left = code.node('i32.sub', [code.get(TO, 0), row])
    code.settle(
      block.flatMap(({ nodes }) => nodes),
      1,
    )
    code.loop(code.node('i32.ge_u', [left, code.int(BLOCK_ROWS)]), () => {
      for (const step of block) step.write()
      code.set(ROW, code.node('i32.add', [row, code.int(BLOCK_ROWS)]))
    })
    code.leave(1)
    const rows = code.node('i32.sub', [row, code.get(first, 1)])
    const totals = [
      ...ends.map(({ local }) => code.node('i64.extend_i32_u', [code.get(local, 1)])),
      ...sums.map((sum) => totalOf(code, sum, rows)),
    ]
    for (const [index, total] of totals.entries()) addTotal(writing, index, total)
    code.push(row)
  })
  return code.toFunction(['i32'], name)
}

function addTotal({ code, frame }: VectorWriting, index: number, total: Node): void {
  const offset = frame.totals.offset + index * 8
  const before = code.load('i64.load', code.get(FRAME, 0), offset, 1)
  code.store('i64.store', code.get(FRAME, 0), offset, code.node('i64.add', [before, total]))
}

/** One thing that a block does, with the nodes that it needs. */
interface Step {
  readonly nodes: readonly Node[]
  write(): void
}

/** The steps of a block: counts of outcomes, then sums and stores by the place of their rows. */
function blockOf(
  writing: VectorWriting,
  ends: readonly { readonly flag: Term; readonly local: number }[],
  sums: readonly Sum[],
  outcome: readonly ResultTerm[],
): Step[] {
  const steps = ends.map(({ flag, local }) => countStep(writing, flag, local))
  const smallest = BLOCK_ROWS / 2
  for (let place = 0; place < smallest; place++) {
    for (const sum of sums) {
      const parts = LANE_BYTES[sum.lane]
      if (place % (smallest / parts) === 0) steps.push(...sumSteps(writing, sum, place / (smallest / parts)))
    }
    for (const result of outcome) {
      const parts = COLUMN_BYTES[result.column.kind]
      if (place % (smallest / parts) === 0) steps.push(storeStep(writing, result, place / (smallest / parts)))
    }
  }
  return steps
}

function countStep(writing: VectorWriting, flag: Term, local: number): Step {
  const { code } = writing
  const bits = code.node('i8x16.bitmask', [maskOf(writing, flag, 'i8', 0)])
  const node = code.node('i32.add', [code.get(local, 1), code.node('i32.popcnt', [bits])])
  return { nodes: [node], write: () => code.set(local, node) }
}

/** How a result is added up without ever leaving exact numbers; see `sumSteps`. */
interface Sum {
  readonly result: ResultTerm
  readonly lane: Lane
  readonly by: 'doubles' | 'bits' | 'longs' | 'ints'
  /** Several, so that an addition need not wait for the one before. */
  readonly locals: readonly number[]
}

/** Rows that one call may run: sums within a call are proved exact for as many. */
export const CALL_ROWS_MAX = 65_536

/** Sums of as many doubles up to this stay whole numbers below 2^53. */
const DOUBLES_MAX = 2 ** 53 / CALL_ROWS_MAX

/** Added to a double of at most 2^51, it leaves the whole number in the lowest bits. */
const BITS_ADDEND = 1.5 * 2 ** 52
const ADDEND_BITS = new DataView(new Float64Array([BITS_ADDEND]).buffer).getBigInt64(0, true)

/** Results beyond this are not summed in vectors. */
export const SUMMED_MAX = 2 ** 51

const CHAINS: Readonly<Record<Sum['by'], number>> = { doubles: 4, bits: 2, longs: 2, ints: 1 }

function sumOf(code: Code, result: ResultTerm): Sum {
  const lane = homeOf(result.value)
  const { min, max } = result.value.range
  const isSmall = Math.max(-min, max) <= DOUBLES_MAX
  const by = lane === 'f64' ? (isSmall ? 'doubles' : 'bits') : lane === 'i32' ? 'longs' : 'ints'
  return { result, lane, by, locals: Array.from({ length: CHAINS[by] }, () => code.local('v128')) }
}

function sumSteps(writing: VectorWriting, { result, lane, by, locals }: Sum, part: number): Step[] {
  const { code } = writing
  const vector = shownOf(writing, result, lane, part)
  const suffix = isSigned(result.value.range) ? 's' : 'u'
  const addends = addendsOf(code, vector, by, lane, suffix)
  return addends.map(({ add, addend }, index) => {
    const local = locals[(part * addends.length + index) % locals.length] ?? 0
    const node = code.node(add, [code.get(local, 1), addend])
    return { nodes: [node], write: () => code.set(local, node) }
  })
}

function addendsOf(
  code: Code,
  vector: Node,
  by: Sum['by'],
  lane: Lane,
  suffix: 's' | 'u',
): { readonly add: InstructionName; readonly addend: Node }[] {
  switch (by) {
    case 'doubles':
      return [{ add: 'f64x2.add', addend: vector }]
    case 'bits':
      return [{ add: 'i64x2.add', addend: code.node('f64x2.add', [vector, splat(code, 'f64', BITS_ADDEND)]) }]
    case 'longs':
      return (['low', 'high'] as const).map((half) => {
        return { add: 'i64x2.add', addend: code.node(`i64x2.extend_${half}_i32x4_s`, [vector]) }
      })
    case 'ints': {
      const shorts = lane === 'i8' ? code.node(`i16x8.extadd_pairwise_i8x16_${suffix}`, [vector]) : vector
      return [{ add: 'i32x4.add', addend: code.node(`i32x4.extadd_pairwise_i16x8_${suffix}`, [shorts]) }]
    }
  }
}

/** The sum of all lanes, as an integer of 64 bits. */
function totalOf(code: Code, { by, locals }: Sum, rows: Node): Node {
  const lanes = locals.flatMap((local) => {
    const vector = code.get(local, 1)
    const lane = (name: InstructionName, index: number) => code.node(name, [vector], { immediates: [index] })
    if (by === 'doubles') {
      return [0, 1].map((index) => code.node('i64.trunc_sat_f64_s', [lane('f64x2.extract_lane', index)]))
    }
    if (by === 'ints') {
      return [0, 1, 2, 3].map((index) => code.node('i64.extend_i32_s', [lane('i32x4.extract_lane', index)]))
    }
    return [0, 1].map((index) => lane('i64x2.extract_lane', index))
  })
  const sum = lanes.reduce((all, each) => code.node('i64.add', [all, each]))
  if (by !== 'bits') return sum
  const addends = code.node('i64.mul', [code.node('i64.extend_i32_u', [rows]), code.long(ADDEND_BITS)])
  return code.node('i64.sub', [sum, addends])
}

/** The result where the outcome carries it, else 0. */
function shownOf(writing: VectorWriting, { value, when }: ResultTerm, lane: Lane, part: number): Node {
  const { code } = writing
  const vector = value.isFlag
    ? code.node('v128.and', [maskOf(writing, value, lane, part), splat(code, lane, 1)])
    : vectorOf(writing, value, lane, part)
  if (when.op === 'constant' && when.value === 1) return vector
  return code.node('v128.and', [vector, maskOf(writing, when, lane, part)])
}

const COLUMN_LANES: Readonly<Record<ColumnKind, Lane>> = { u8: 'i8', u16: 'i16', i32: 'i32', f64: 'f64' }

function storeStep(writing: VectorWriting, result: ResultTerm, part: number): Step {
  const { code } = writing
  const node = shownOf(writing, result, COLUMN_LANES[result.column.kind], part)
  const address = elementAddress(writing, result.column)
  return {
    nodes: [node, address],
    write: () => code.store('v128.store', address, part * VECTOR_BYTES, node),
  }
}

/** The address of the block's first element of a column. */
function elementAddress({ code, frame }: VectorWriting, column: Column): Node {
  const start = code.load('i32.load', code.get(FRAME, 0), addressOffset(frame, column.name), 0)
  const shift = Math.log2(COLUMN_BYTES[column.kind])
  const row = code.get(ROW, 1)
  return code.node('i32.add', [start, shift === 0 ? row : code.node('i32.shl', [row, code.int(shift)])])
}

/** The same number in every lane. */
function splat(code: Code, lane: Lane, value: number): Node {
  const bytes =
    lane === 'f64' ? double(value) : [...new Uint8Array(new Int32Array([value]).buffer)].slice(0, LANE_BYTES[lane])
  const immediates = Array.from({ length: VECTOR_BYTES }, (_, index) => bytes[index % bytes.length] ?? 0)
  return code.node('v128.const', [], { immediates })
}

/** One part of a number in lanes of a width. */
function vectorOf(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
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
function maskOf(writing: VectorWriting, term: Term, lane: Lane, part: number): Node {
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
