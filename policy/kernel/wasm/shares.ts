/**
 * `share` of `language.ts` in doubles, for one number or a vector of them: the floor of a product plus an addend, over a million.
 *
 * The floor of a quotient is exact in doubles. A number of at most 2^51 may be multiplied by a millionth instead: `MILLIONTH` is the least
 * double that is not below a millionth, so that a whole quotient never comes out below itself, and it is above by at most one part in 2^52, with
 * the rounding of the product less than the millionth that separates any other quotient from the next whole number. A number of up to 2^53 is
 * divided: half a unit in the last place of the quotient is less than a millionth there.
 *
 * A product that may be larger is split, as in `language.ts`, at a million fen; then every part is small enough.
 */
import type { Rounding } from '../../language.ts'

const PPM_PER_WHOLE = 1_000_000
const ADDEND: Readonly<Record<Rounding, number>> = { half_up: 500_000, down: 0, up: 999_999 }

/** The least double that is not less than a millionth: the one after `1e-6`, which is a little less. */
export const MILLIONTH = 1e-6 + 2 ** -72

const MULTIPLIED_MAX = 2 ** 51

/** The steps of a share, for whatever computes them. */
interface ShareSteps<V> {
  readonly amount: { readonly value: V; readonly max: number }
  readonly rate: { readonly value: V; readonly max: number }
  readonly rounding: Rounding
  number(value: number): V
  step(op: 'add' | 'sub' | 'mul' | 'div' | 'floor', ...sides: V[]): V
}

/** Takes the share of an amount that is not negative. */
export function shareSteps<V>({ amount, rate, rounding, number, step }: ShareSteps<V>): V {
  const overMillion = (value: V, max: number) => {
    return max <= MULTIPLIED_MAX
      ? step('floor', step('mul', value, number(MILLIONTH)))
      : step('floor', step('div', value, number(PPM_PER_WHOLE)))
  }
  const rounded = (product: V, max: number) => {
    const addend = ADDEND[rounding]
    const raised = addend === 0 ? product : step('add', product, number(addend))
    return overMillion(raised, max + addend)
  }
  const productMax = amount.max * rate.max
  if (productMax + PPM_PER_WHOLE <= Number.MAX_SAFE_INTEGER) {
    return rounded(step('mul', amount.value, rate.value), productMax)
  }
  const millions = overMillion(amount.value, amount.max)
  const rest = step('sub', amount.value, step('mul', millions, number(PPM_PER_WHOLE)))
  const part = rounded(step('mul', rest, rate.value), PPM_PER_WHOLE * rate.max)
  return step('add', step('mul', millions, rate.value), part)
}
