/**
 * `share` of `language.ts` in doubles, for one number or a vector of them: the floor of a product plus an addend, over what the rate counts as
 * the whole: a million, or less where all rates are multiples of a step and counted in it.
 *
 * The floor of a quotient by a whole `w` is exact in doubles. A number of at most 2^51 may be multiplied by the least double that is not below
 * `1 / w` instead: then a whole quotient never comes out below itself, and any other comes out too high by less, with the rounding of the
 * product, than the `1 / w` that at least separates it from the next whole number. A number of up to 2^53 is divided: half a unit in the last
 * place of the quotient is less than `1 / w` there.
 *
 * A product that may be larger is split, as in `language.ts`, at `w`; then every part is small enough.
 */
import type { Rounding } from '../../language.ts'

const MULTIPLIED_MAX = 2 ** 51

/** The steps of a share, for whatever computes them. */
interface ShareSteps<V> {
  readonly amount: { readonly value: V; readonly max: number }
  readonly rate: { readonly value: V; readonly max: number }
  readonly rounding: Rounding
  readonly whole: number
  number(value: number): V
  step(op: 'add' | 'sub' | 'mul' | 'div' | 'floor', ...sides: V[]): V
}

/** Takes the share of an amount that is not negative. */
export function shareSteps<V>({ amount, rate, rounding, whole, number, step }: ShareSteps<V>): V {
  const overWhole = (value: V, max: number) => {
    return max <= MULTIPLIED_MAX
      ? step('floor', step('mul', value, number(inverseAbove(whole))))
      : step('floor', step('div', value, number(whole)))
  }
  const rounded = (product: V, max: number) => {
    const addend = addendOf(rounding, whole)
    const raised = addend === 0 ? product : step('add', product, number(addend))
    return overWhole(raised, max + addend)
  }
  const productMax = amount.max * rate.max
  if (productMax + whole <= Number.MAX_SAFE_INTEGER) return rounded(step('mul', amount.value, rate.value), productMax)
  const wholes = overWhole(amount.value, amount.max)
  const rest = step('sub', amount.value, step('mul', wholes, number(whole)))
  const part = rounded(step('mul', rest, rate.value), whole * rate.max)
  return step('add', step('mul', wholes, rate.value), part)
}

/** What is added so that the floor rounds as named; see `language.ts`. */
function addendOf(rounding: Rounding, whole: number): number {
  if (rounding === 'down') return 0
  return rounding === 'up' ? whole - 1 : whole / 2
}

/** The least double that is not below `1 / whole`, found by comparing exactly: `1 / whole` itself may be rounded down. */
export function inverseAbove(whole: number): number {
  const nearest = 1 / whole
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, nearest)
  const pattern = bits.getBigUint64(0)
  const significand = (pattern & 0xf_ffff_ffff_ffffn) | 0x10_0000_0000_0000n
  const exponent = 1_075n - (pattern >> 52n)
  if (significand * BigInt(whole) >= 1n << exponent) return nearest
  bits.setBigUint64(0, pattern + 1n)
  return bits.getFloat64(0)
}
