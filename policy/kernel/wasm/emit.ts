/**
 * WebAssembly in bytes: the instructions that kernels use, numbers in LEB128, and the sections of a module. Nothing here knows what a kernel
 * computes. Numbering and layout: WebAssembly Core Specification 2.0, with the fixed-width SIMD instructions.
 */

/** The types of values on the stack and in locals. */
export type ValueType = 'i32' | 'i64' | 'f64' | 'v128'

const TYPE_CODES: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b }

interface Instruction {
  readonly bytes: readonly number[]
  /** What it leaves on the stack; stores leave nothing, which no reader of `gives` asks. */
  readonly gives: ValueType
}

const plain = (gives: ValueType, code: number): Instruction => ({ bytes: [code], gives })
const saturating = (gives: ValueType, code: number): Instruction => ({ bytes: [0xfc, code], gives })
const simd = (code: number, gives: ValueType = 'v128'): Instruction => ({ bytes: [0xfd, ...unsigned(code)], gives })

/** Instructions by the names of the specification's text format. */
export const INSTRUCTIONS = {
  'local.get': plain('i32', 0x20),
  'i32.load': plain('i32', 0x28),
  'i64.load': plain('i64', 0x29),
  'f64.load': plain('f64', 0x2b),
  'i32.load8_u': plain('i32', 0x2d),
  'i32.load16_u': plain('i32', 0x2f),
  'i32.store': plain('i32', 0x36),
  'i64.store': plain('i64', 0x37),
  'f64.store': plain('f64', 0x39),
  'i32.store8': plain('i32', 0x3a),
  'i32.store16': plain('i32', 0x3b),
  'i32.const': plain('i32', 0x41),
  'i64.const': plain('i64', 0x42),
  'f64.const': plain('f64', 0x44),
  'i32.eqz': plain('i32', 0x45),
  'i32.eq': plain('i32', 0x46),
  'i32.lt_s': plain('i32', 0x48),
  'i32.lt_u': plain('i32', 0x49),
  'i32.gt_u': plain('i32', 0x4b),
  'i32.le_s': plain('i32', 0x4c),
  'i32.ge_u': plain('i32', 0x4f),
  'i64.eq': plain('i32', 0x51),
  'f64.eq': plain('i32', 0x61),
  'f64.lt': plain('i32', 0x63),
  'f64.le': plain('i32', 0x65),
  'i32.popcnt': plain('i32', 0x69),
  'i32.add': plain('i32', 0x6a),
  'i32.sub': plain('i32', 0x6b),
  'i32.mul': plain('i32', 0x6c),
  'i32.div_u': plain('i32', 0x6e),
  'i32.and': plain('i32', 0x71),
  'i32.or': plain('i32', 0x72),
  'i32.shl': plain('i32', 0x74),
  'i32.shr_u': plain('i32', 0x76),
  'i64.add': plain('i64', 0x7c),
  'i64.sub': plain('i64', 0x7d),
  'i64.mul': plain('i64', 0x7e),
  'f64.floor': plain('f64', 0x9c),
  'f64.add': plain('f64', 0xa0),
  'f64.sub': plain('f64', 0xa1),
  'f64.mul': plain('f64', 0xa2),
  'f64.div': plain('f64', 0xa3),
  'i64.extend_i32_s': plain('i64', 0xac),
  'i64.extend_i32_u': plain('i64', 0xad),
  'f64.convert_i32_s': plain('f64', 0xb7),
  'i32.trunc_sat_f64_s': saturating('i32', 0x02),
  'i64.trunc_sat_f64_s': saturating('i64', 0x06),
  'v128.load': simd(0x00),
  'v128.load8x8_u': simd(0x02),
  'v128.load16x4_u': simd(0x04),
  'v128.store': simd(0x0b),
  'v128.const': simd(0x0c),
  'i8x16.shuffle': simd(0x0d),
  'i8x16.swizzle': simd(0x0e),
  'i8x16.splat': simd(0x0f),
  'i16x8.splat': simd(0x10),
  'i32x4.splat': simd(0x11),
  'f64x2.splat': simd(0x14),
  'i16x8.extract_lane_u': simd(0x19, 'i32'),
  'i32x4.extract_lane': simd(0x1b, 'i32'),
  'i64x2.extract_lane': simd(0x1d, 'i64'),
  'f64x2.extract_lane': simd(0x21, 'f64'),
  'i8x16.eq': simd(0x23),
  'i8x16.lt_s': simd(0x25),
  'i8x16.lt_u': simd(0x26),
  'i8x16.le_s': simd(0x29),
  'i8x16.le_u': simd(0x2a),
  'i16x8.eq': simd(0x2d),
  'i16x8.lt_s': simd(0x2f),
  'i16x8.lt_u': simd(0x30),
  'i16x8.le_s': simd(0x33),
  'i16x8.le_u': simd(0x34),
  'i32x4.eq': simd(0x37),
  'i32x4.lt_s': simd(0x39),
  'i32x4.le_s': simd(0x3d),
  'f64x2.eq': simd(0x47),
  'f64x2.lt': simd(0x49),
  'f64x2.le': simd(0x4b),
  'v128.not': simd(0x4d),
  'v128.and': simd(0x4e),
  'v128.andnot': simd(0x4f),
  'v128.or': simd(0x50),
  'v128.bitselect': simd(0x52),
  'v128.load32_lane': simd(0x56),
  'v128.load64_lane': simd(0x57),
  'v128.load32_zero': simd(0x5c),
  'v128.load64_zero': simd(0x5d),
  'i8x16.bitmask': simd(0x64, 'i32'),
  'i8x16.narrow_i16x8_s': simd(0x65),
  'i8x16.narrow_i16x8_u': simd(0x66),
  'i8x16.add': simd(0x6e),
  'i8x16.sub': simd(0x71),
  'f64x2.floor': simd(0x75),
  'i8x16.min_s': simd(0x76),
  'i8x16.min_u': simd(0x77),
  'i8x16.max_s': simd(0x78),
  'i8x16.max_u': simd(0x79),
  'i16x8.extadd_pairwise_i8x16_s': simd(0x7c),
  'i16x8.extadd_pairwise_i8x16_u': simd(0x7d),
  'i32x4.extadd_pairwise_i16x8_s': simd(0x7e),
  'i32x4.extadd_pairwise_i16x8_u': simd(0x7f),
  'i16x8.narrow_i32x4_s': simd(0x85),
  'i16x8.narrow_i32x4_u': simd(0x86),
  'i16x8.extend_low_i8x16_s': simd(0x87),
  'i16x8.extend_high_i8x16_s': simd(0x88),
  'i16x8.extend_low_i8x16_u': simd(0x89),
  'i16x8.extend_high_i8x16_u': simd(0x8a),
  'i16x8.add': simd(0x8e),
  'i16x8.sub': simd(0x91),
  'i16x8.mul': simd(0x95),
  'i16x8.min_s': simd(0x96),
  'i16x8.min_u': simd(0x97),
  'i16x8.max_s': simd(0x98),
  'i16x8.max_u': simd(0x99),
  'i32x4.extend_low_i16x8_s': simd(0xa7),
  'i32x4.extend_high_i16x8_s': simd(0xa8),
  'i32x4.extend_low_i16x8_u': simd(0xa9),
  'i32x4.extend_high_i16x8_u': simd(0xaa),
  'i32x4.add': simd(0xae),
  'i32x4.sub': simd(0xb1),
  'i32x4.mul': simd(0xb5),
  'i32x4.min_s': simd(0xb6),
  'i32x4.max_s': simd(0xb8),
  'i64x2.extend_low_i32x4_s': simd(0xc7),
  'i64x2.extend_high_i32x4_s': simd(0xc8),
  'i64x2.add': simd(0xce),
  'f64x2.add': simd(0xf0),
  'f64x2.sub': simd(0xf1),
  'f64x2.mul': simd(0xf2),
  'f64x2.div': simd(0xf3),
  'f64x2.pmin': simd(0xf6),
  'f64x2.pmax': simd(0xf7),
  'i32x4.trunc_sat_f64x2_s_zero': simd(0xfc),
  'f64x2.convert_low_i32x4_s': simd(0xfe),
  select: plain('i32', 0x1b),
} satisfies Readonly<Record<string, Instruction>>

/** The name of an instruction that kernels use. */
export type InstructionName = keyof typeof INSTRUCTIONS

/** Structure and locals, which are written apart from the instructions that compute. */
export const CONTROL = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  drop: 0x1a,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  /** The type of a block that takes and leaves nothing. */
  empty: 0x40,
} as const

/** A whole number from 0 in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return [...bytes, rest]
}

/** A whole number of at most 64 bits with its sign, in LEB128. */
export function signed(value: number | bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt(value)
  for (;;) {
    const byte = Number(rest & 0x7fn)
    rest >>= 7n
    const isDone = (rest === 0n && byte < 0x40) || (rest === -1n && byte >= 0x40)
    bytes.push(isDone ? byte : byte | 0x80)
    if (isDone) return bytes
  }
}

/** The eight bytes of a double. */
export function double(value: number): number[] {
  return [...new Uint8Array(new Float64Array([value]).buffer)]
}

/** Where a load or store goes: so many bytes past the address on the stack. Alignment is a hint that engines ignore: always 1. */
export function memoryAt(offset: number): number[] {
  return [0, ...unsigned(offset)]
}

/** A function of a module: its parameters and results, the locals after the parameters, and its instructions without the last `end`. */
export interface WasmFunction {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
  readonly locals: readonly ValueType[]
  readonly code: readonly number[]
  /** The name under which it is exported. */
  readonly name?: string
}

const PAGES_MAX = 65_536

/** The bytes of a module that imports the memory `env.memory`, shared between threads or not, and has these functions. */
export function moduleBytes(functions: readonly WasmFunction[], shared: boolean): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, results }) => [
    0x60,
    ...vector(parameters.map((type) => [TYPE_CODES[type]])),
    ...vector(results.map((type) => [TYPE_CODES[type]])),
  ])
  const limits = shared ? [0x03, 1, ...unsigned(PAGES_MAX)] : [0x00, 1]
  const memory = [...name('env'), ...name('memory'), 0x02, ...limits]
  const exported = functions.flatMap((each, index) => {
    return each.name === undefined ? [] : [[...name(each.name), 0x00, ...unsigned(index)]]
  })
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(exported)),
    ...section(10, vector(functions.map(functionBytes))),
  ])
}

function functionBytes({ locals, code }: WasmFunction): number[] {
  const groups: { type: ValueType; count: number }[] = []
  for (const type of locals) {
    const last = groups.at(-1)
    if (last?.type === type) last.count++
    else groups.push({ type, count: 1 })
  }
  const declared = vector(groups.map(({ type, count }) => [...unsigned(count), TYPE_CODES[type]]))
  const body = declared.concat(code, CONTROL.end)
  return unsigned(body.length).concat(body)
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length)].concat(content)
}

function vector(items: readonly (readonly number[])[]): number[] {
  return unsigned(items.length).concat(items.flat())
}

function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text)
  return [...unsigned(bytes.length), ...bytes]
}
