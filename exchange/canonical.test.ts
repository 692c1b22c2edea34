import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical.ts'

describe('canonical JSON', () => {
  it.each([
    ['members in order of their names', { b: 1, a: 2, 中: 3, A: 4 }, '{"A":4,"a":2,"b":1,"中":3}'],
    ['members that are not there', { a: undefined, b: null }, '{"b":null}'],
    ['numbers as ECMAScript writes them', [1.0, 1e21, -0, 0.1], '[1,1e+21,0,0.1]'],
    ['strings escaped only where they must be', '工伤\n"€"', '"工伤\\n\\"€\\""'],
    ['nested', { a: [{ c: true, b: [] }] }, '{"a":[{"b":[],"c":true}]}'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it.each([
    ['a map', new Map()],
    ['no number', Number.NaN],
    ['a big integer', 1n],
    ['nothing', undefined],
    ['a function', () => 1],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson({ value: [value] })).toThrow(TypeError)
  })

  it('says the same as JSON, and the same again when read back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })
})
