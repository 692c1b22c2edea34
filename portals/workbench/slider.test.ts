import { describe, expect, it } from 'vitest'
import type { QuantityUnit } from '../../policy/browser.ts'
import { parseQuantity, quantityInput, sliderRange } from './slider.ts'

const money: QuantityUnit = { kind: 'money', min: 0, max: 10_000_000_000_000 }
const rate: QuantityUnit = { kind: 'rate', min: 0, max: 1_000_000 }
const months: QuantityUnit = { kind: 'count', of: 'month', min: 0, max: 120 }

describe('a slider', () => {
  it.each([
    ['60,000 yuan', 6_000_000, money, { min: 0, max: 12_000_000, step: 100_000 }],
    ['nothing in yuan', 0, money, { min: 0, max: 1_000_000, step: 5_000 }],
    ['5.5 %', 55_000, rate, { min: 0, max: 110_000, step: 1_000 }],
    ['90 %, no more than the whole', 900_000, rate, { min: 0, max: 1_000_000, step: 5_000 }],
    ['8.3333 %, which stands on a step', 83_333, rate, { min: 333, max: 166_333, step: 1_000 }],
    ['12 months', 12, months, { min: 0, max: 24, step: 1 }],
    ['120 months, the most there are', 120, months, { min: 0, max: 120, step: 1 }],
  ])('around %s', (_, shipped, unit, range) => {
    expect(sliderRange(shipped, unit)).toEqual(range)
  })
})

describe('what is typed', () => {
  it.each([
    ['60,000.5', money, 6_000_050],
    ['60000.501', money, undefined],
    ['-1', money, undefined],
    ['5.5', rate, 55_000],
    ['100', rate, 1_000_000],
    ['100.0001', rate, undefined],
    ['0.0001', rate, 1],
    ['120', months, 120],
    ['１２', months, 12],
    ['６０，０００．５', money, 6_000_050],
    ['121', months, undefined],
    ['1.5', months, undefined],
    ['', months, undefined],
    ['many', months, undefined],
  ])('%s', (text, unit, quantity) => {
    expect(parseQuantity(text, unit)).toBe(quantity)
  })

  it.each([
    [6_000_050, money, '60000.5'],
    [6_000_000, money, '60000'],
    [55_000, rate, '5.5'],
    [10, months, '10'],
    [0, rate, '0'],
  ])('%d comes back as it is typed', (quantity, unit, text) => {
    expect(quantityInput(quantity, unit)).toBe(text)
    expect(parseQuantity(text, unit)).toBe(quantity)
  })
})
