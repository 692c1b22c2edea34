import { describe, expect, it } from 'vitest'
import { choice, count, date, flag, money, rate, text } from '../definition.ts'
import { comment, scalarLiteral, textLiteral, wholeDigits } from './literals.ts'

describe('literals', () => {
  it.each([
    [money(), 12_345, '12345::bigint'],
    [rate(), 0, '0::bigint'],
    [count('day', { min: -5 }), -5, '(-5)::bigint'],
    [money(), Number.MAX_SAFE_INTEGER, '9007199254740991::bigint'],
    [flag(), true, 'TRUE'],
    [flag(), false, 'FALSE'],
    [date(), '2024-02-29', "DATE '2024-02-29'"],
    [choice('a'), 'a', "'a'"],
    [text(), 'it\'s \\ "', "'it''s \\ \"'"],
  ])('%o of %o is %s', (unit, value, literal) => {
    expect(scalarLiteral(unit, value)).toBe(literal)
  })

  it.each([
    [money(), '5'],
    [money(), undefined],
    [flag(), 1],
    [date(), 20240229],
    [text(), null],
  ])('%o refuses %o', (unit, value) => {
    expect(() => scalarLiteral(unit, value)).toThrow(TypeError)
  })

  it.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('%d is no whole number that is exact', (value) => {
    expect(() => wholeDigits(value)).toThrow(RangeError)
  })

  it('text cannot hold the character 0', () => {
    expect(() => textLiteral('a\0b')).toThrow(RangeError)
  })

  it('a comment ends with its line, whatever it quotes', () => {
    expect(comment('a\nDROP TABLE b\r\n\u2028 c ')).toBe('-- a DROP TABLE b c')
  })
})
