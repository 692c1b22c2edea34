import type { QuantityUnit } from '../../policy/browser.ts'

/** Where a slider begins and ends, and what one press of an arrow moves. The shipped content stands on a step. */
export type SliderRange = { readonly min: number; readonly max: number; readonly step: number }

/** How far a slider reaches to each side of nothing, where the shipped content is no measure: 10,000 yuan, ten percent, a dozen. */
const reachOfNothing = { money: 1_000_000, rate: 100_000, count: 12 } as const

/** Steps that a slider has, at most, over its whole length. */
const stepsMax = 200

/** From nothing to twice what is shipped, within the unit, in round steps. */
export function sliderRange(shipped: number, unit: QuantityUnit): SliderRange {
  const reach = shipped === 0 ? reachOfNothing[unit.kind] : Math.abs(shipped)
  const lowest = Math.max(unit.min, shipped - reach)
  const highest = Math.min(unit.max, shipped + reach)
  const step = roundUp((highest - lowest) / stepsMax)
  return {
    min: shipped - Math.floor((shipped - lowest) / step) * step,
    max: shipped + Math.floor((highest - shipped) / step) * step,
    step,
  }
}

/** The next of 1, 2, 5, 10, 20, 50 ... that is not below. */
function roundUp(size: number): number {
  if (size <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(size))
  return power * ([1, 2, 5].find((factor) => factor * power >= size) ?? 10)
}

/** A quantity as it is typed: yuan, percent, a plain number. */
export function quantityInput(quantity: number, { kind }: QuantityUnit): string {
  if (kind === 'count') return String(quantity)
  const places = kind === 'money' ? 2 : 4
  return (quantity / 10 ** places).toFixed(places).replace(/\.?0+$/, '')
}

/** What was typed, full-width digits too, in whole fen, parts per million or units; undefined where it is no quantity of the unit. */
export function parseQuantity(text: string, { kind, min, max }: QuantityUnit): number | undefined {
  const places = { money: 2, rate: 4, count: 0 }[kind]
  const [, sign, whole = '', part = ''] =
    /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.normalize('NFKC').trim().replaceAll(',', '')) ?? []
  if (whole === '' || part.length > places) return undefined
  const quantity = Number(`${sign}${whole}${part.padEnd(places, '0')}`)
  return Number.isSafeInteger(quantity) && quantity >= min && quantity <= max ? quantity : undefined
}
