import { describe, expect, it } from 'vitest'
import {
  dayInShanghai,
  firstDayMonthsBack,
  formatDate,
  formatFen,
  formatInstant,
  formatYuan,
  isIdentityNumber,
  lastDayOfMonth,
  parseYuan,
} from './formats.ts'
import { renderSentence } from './sentence.ts'

describe('identity numbers', () => {
  it.each([
    ['340104196604205071', true],
    ['340104196604205070', false],
    ['34010419660420507', false],
    ['3401041966042050711', false],
    ['11010519491231002X', true],
    ['11010519491231002x', true],
    [' 340104196604205071 ', true],
    ['', false],
  ])('%s: %s', (text, isRight) => {
    expect(isIdentityNumber(text)).toBe(isRight)
  })
})

describe('amounts', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [100, '1.00'],
    [4_000_000, '40,000.00'],
    [-123_456, '-1,234.56'],
    ['90071992547409930', '900,719,925,474,099.30'],
  ])('%s fen is %s yuan', (amountFen, text) => {
    expect(formatFen(amountFen)).toBe(text)
  })

  it('names the unit in the language of the reader', () => {
    expect([formatYuan(60_000, 'zh'), formatYuan(60_000, 'en')]).toEqual(['600.00 元', 'CNY 600.00'])
  })

  it.each([
    ['40,000.00', 4_000_000],
    ['128.5', 12_850],
    [' 7 ', 700],
    ['1.005', undefined],
    ['-1', undefined],
    ['4,00', undefined],
    ['', undefined],
  ])('"%s" typed is %s fen', (text, amountFen) => {
    expect(parseYuan(text)).toBe(amountFen)
  })
})

describe('days and moments', () => {
  it('a day is told in both languages', () => {
    expect([formatDate('2026-03-01', 'zh'), formatDate('2026-03-01', 'en')]).toEqual(['2026年3月1日', '1 Mar 2026'])
  })

  it('a moment is told in Shanghai, where it may be the next day already', () => {
    const lateInLondon = '2026-05-10T17:05:00.000Z'
    expect(formatInstant(lateInLondon, 'zh')).toBe('2026年5月11日 01:05')
    expect(formatInstant(lateInLondon, 'en')).toBe('11 May 2026, 01:05')
    expect([dayInShanghai(lateInLondon), dayInShanghai('2026-05-10T15:59:59.999Z')]).toEqual([
      '2026-05-11',
      '2026-05-10',
    ])
  })
})

describe('sentences', () => {
  it.each([
    ['{totalFen} until {untilOn}', { totalFen: 60_000, untilOn: '2026-07-30' }, 'CNY 600.00 until 30 Jul 2026'],
    ['{ratePpm} of {count}', { ratePpm: 55_000, count: 3 }, '5.5% of 3'],
    ['to {validTo}', { validTo: null }, 'to —'],
    ['{unknown} stays', {}, '{unknown} stays'],
  ])('%s', (sentence, params, text) => {
    expect(renderSentence(sentence, params, 'en')).toBe(text)
  })
})

describe('the last day of a month', () => {
  it.each(['2023-02-28', '2024-02-29', '2100-02-28', '2000-02-29', '2026-04-30', '2026-12-31'])('%s', (day) => {
    expect(lastDayOfMonth(day.slice(0, 7))).toBe(day)
  })

  it.each([
    ['2026-05-10', 1, '2026-05-01'],
    ['2026-05-10', 12, '2025-06-01'],
    ['2026-12-31', 12, '2026-01-01'],
    ['2026-01-31', 2, '2025-12-01'],
  ])('on %s, %i months back begin with %s', (today, months, from) => {
    expect(firstDayMonthsBack(today, months)).toBe(from)
  })
})
