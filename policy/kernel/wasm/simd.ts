/**
 * Code that runs sixteen rows side by side: counts of outcomes, exact sums and stores of results. What the terms are made of is in `vectors.ts`;
 * it is computed part after part, so that few vectors are alive at a time.
 */
import { COLUMN_BYTES } from '../columns.ts'
import { Code, type Node } from './code.ts'
import type { InstructionName, WasmFunction } from './emit.ts'
import type { Frame } from './frame.ts'
import { COLUMN_LANES, homeOf, isSigned, LANE_BYTES, type Lane } from './lanes.ts'
import { isSummed, type Program, type ResultTerm } from './lower.ts'
import { FRAME, ROW, RUN_PARAMETERS, TO } from './run.ts'
import type { Term } from './terms.ts'
import { elementAddress, maskOf, splat, VECTOR_BYTES, type VectorWriting, vectorOf } from './vectors.ts'

/** Rows of one turn of the loop. */
const BLOCK_ROWS = 16

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
    // Two parts may add the same to the same local, as where every row has one amount: that is done twice.
    const node = code.node(add, [code.get(local, 1), addend], { isApart: true })
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

function storeStep(writing: VectorWriting, result: ResultTerm, part: number): Step {
  const { code } = writing
  const node = shownOf(writing, result, COLUMN_LANES[result.column.kind], part)
  const address = elementAddress(writing, result.column)
  return {
    nodes: [node, address],
    write: () => code.store('v128.store', address, part * VECTOR_BYTES, node),
  }
}
