import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rounding } from '../../language.ts'
import { inverseAbove, shareSteps } from './shares.ts'

const OPERATIONS = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  floor: Math.floor,
} as const

function shareOf(amount: number, rate: number, rounding: Rounding, whole: number, amountMax: number): number {
  return shareSteps({
    amount: { value: amount, max: amountMax },
    rate: { value: rate, max: whole },
    rounding,
    whole,
    number: (value) => value,
    step: (op, a, b = 0) => OPERATIONS[op](a ?? 0, b),
  })
}

function exactShare(amount: number, rate: number, rounding: Rounding, whole: number): number {
  const addend = { half_up: BigInt(whole) / 2n, down: 0n, up: BigInt(whole) - 1n }[rounding]
  return Number((BigInt(amount) * BigInt(rate) + addend) / BigInt(whole))
}

const wholes = [100, 1_000, 10_000, 100_000, 1_000_000]

describe('a share in doubles', () => {
  it.each(wholes)('of a whole of %i is the exact one, just below, at and just above every turn', (whole) => {
    const turn = fc.bigInt({ min: 0n, max: 9_007_199_254_740_991n / BigInt(whole) - 1n })
    const near = fc.record({
      quotient: turn,
      rate: fc.integer({ min: 1, max: whole }),
      off: fc.integer({ min: -1, max: 1 }),
      rounding: fc.constantFrom('half_up', 'down', 'up'),
    })
    fc.assert(
      fc.property(near, ({ quotient, rate, off, rounding }) => {
        const amount = Math.max(0, Number((quotient * BigInt(whole)) / BigInt(rate)) + off)
        if (amount > Number.MAX_SAFE_INTEGER) return
        const expected = exactShare(amount, rate, rounding, whole)
        for (const max of [amount, Number.MAX_SAFE_INTEGER]) {
          expect(shareOf(amount, rate, rounding, whole, max)).toBe(expected)
        }
      }),
      { numRuns: 5_000, seed: 20240101 },
    )
  })

  it('multiplies by the least double that is not below the inverse', () => {
    for (const whole of wholes) {
      const inverse = inverseAbove(whole)
      expect(inverse - 1 / whole).toBeLessThanOrEqual(2 ** -52 / whole)
      expect(Math.floor(whole * 2 ** 30 * inverse)).toBe(2 ** 30)
    }
    expect(inverseAbove(1_000_000)).toBeGreaterThan(1e-6)
  })
})
