import { describe, expect, it } from 'vitest'
import { excerptOf } from './excerpts.ts'
import { searchIndexOf, termsOf, tsqueryOf } from './lexemes.ts'

describe('what is looked for', () => {
  it.each([
    ['words of a query', '工伤保险', ['工伤', '保险']],
    ['traditional characters', '工傷保險', ['工伤', '保险']],
    ['full-width digits', '２０２４年', ['2024', '年']],
    ['capitals', 'DRG 付费', ['drg', '付费']],
    ['what is in quotation marks stays together', '“工伤保险” 备案', ['工伤保险', '备案']],
    ['spaces do not matter', '"10 条"', ['10条']],
    ['nothing but signs', '，。 “”', []],
  ])('%s: %s', (_, query, terms) => {
    expect(termsOf(query)).toEqual(terms)
  })

  it.each([
    ['a phrase by its pairs', ['工伤保险'], "('工伤' <1> '伤保' <1> '保险')"],
    ['one character as the beginning of a pair', ['卡'], "('卡':*)"],
    ['a number as it is', ['30'], "('30')"],
    ['letters as a beginning', ['drg'], "('drg':*)"],
    ['both', ['10条', 'dip付费'], "('10' <2> '条':*) & ('dip' <3> '付费')"],
  ])('%s', (_, terms, query) => {
    expect(tsqueryOf(terms)).toBe(query)
  })
})

describe('what is kept to be found', () => {
  it('pairs of a word weigh more than pairs across two; the last character stands alone', () => {
    expect(searchIndexOf('工伤保险', '')).toBe("'工伤':17B '伤保':18D '保险':19B '险':20B")
  })

  it('the title weighs most, and no phrase runs from it into the text', () => {
    expect(searchIndexOf('10条', '工伤')).toBe("'工伤':1A '伤':2A '10':19B '条':21B")
  })
})

describe('an excerpt', () => {
  it('marks every place, as it is printed', () => {
    expect(excerptOf('工傷，工 伤，２人', ['工伤', '2'])).toEqual([
      { text: '工傷', isHit: true },
      { text: '，', isHit: false },
      { text: '工 伤', isHit: true },
      { text: '，', isHit: false },
      { text: '２', isHit: true },
      { text: '人', isHit: false },
    ])
  })

  it('is the piece around the first place', () => {
    const pieces = excerptOf(`${'前'.repeat(100)}工伤${'后'.repeat(200)}`, ['工伤'])
    expect(pieces.map(({ text, isHit }) => (isHit ? text : text.length))).toEqual([1, 24, '工伤', 94, 1])
  })
})
