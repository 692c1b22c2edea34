import { describe, expect, it } from 'vitest'
import { handedOver, parsePercent, setTexts, valueFields, valueInitial, valueTyped } from './value-fields.ts'

describe('a value as people say it', () => {
  it.each([
    ['5.5', 55_000],
    ['60', 600_000],
    ['６０％', 600_000],
    ['0.0001', 1],
    ['0.00001', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('%s percent is %s parts per million', (text, ppm) => {
    expect(parsePercent(text)).toBe(ppm)
  })

  it.each([
    ['fen', 12_345],
    ['ppm', 55_000],
    ['flag', false],
    ['date', '2026-07-01'],
    ['month', 6],
    ['ppm', { micro: 600_000, large: 300_000 }],
  ])('in %s comes out of its fields as it went in: %s', (unit, content) => {
    const fields = valueFields(unit, content, (key) => key)
    const initial = valueInitial(unit, content)
    expect(Object.keys(initial)).toEqual(fields.map(({ name }) => name))
    const typed =
      typeof content === 'object' ? { micro: initial['value.micro'], large: initial['value.large'] } : initial.value
    expect(valueTyped(unit, typed)).toEqual(content)
  })

  it('nothing is asked in fen, in millionths or as true', () => {
    const kinds = ['fen', 'ppm', 'flag', 'date', 'month'].map((unit) => valueFields(unit, 1, String)[0]?.kind)
    expect(kinds).toEqual(['money', 'text', 'choice', 'date', 'count'])
    expect(valueTyped('ppm', 'many')).toBeUndefined()
  })
})

describe('a value that the workbench hands over', () => {
  it('stands in the place of what is law, entry by entry', () => {
    expect(handedOver(['months=6', 'other=1'], 'months', 12)).toBe(6)
    expect(handedOver(['rate.micro=1'], 'rate', { micro: 2, large: 3 })).toEqual({ micro: 1, large: 3 })
    expect(handedOver(['other=1'], 'months', 12)).toBeUndefined()
  })

  it('is told as it is read', () => {
    expect(setTexts('rate', { micro: 1, large: 3 })).toEqual(['rate.micro=1', 'rate.large=3'])
    expect(setTexts('months', 6)).toEqual(['months=6'])
  })
})
