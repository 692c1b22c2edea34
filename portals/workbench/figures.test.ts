import { describe, expect, it } from 'vitest'
import { formatAxis, formatChange, formatShare, formatShort, formatShortChange, formatSum } from './figures.ts'

describe('figures', () => {
  it.each([
    [17_121_590_500_050n, 'fen', 'zh', '1,712.16 亿元', '171,215,905,000.50 元'],
    [17_121_590_500_050n, 'fen', 'en', 'CNY 171.22bn', 'CNY 171,215,905,000.50'],
    [2_334_399_634_957_550n, 'fen', 'zh', '23.34 万亿元', '23,343,996,349,575.50 元'],
    [-1_234_567n, 'fen', 'zh', '-1.23 万元', '-12,345.67 元'],
    [99_900n, 'fen', 'zh', '999 元', '999.00 元'],
    [1_500n, 'month', 'en', '1.5k', '1,500'],
    [0n, 'fen', 'en', 'CNY 0', 'CNY 0.00'],
  ] as const)('%d %s in %s', (sum, unit, language, short, exact) => {
    expect(formatShort(sum, unit, language)).toBe(short)
    expect(formatSum(sum, unit, language)).toBe(exact)
  })

  it('a change has its sign', () => {
    expect(formatChange(150n, 'fen', 'zh')).toBe('+1.50 元')
    expect(formatChange(-150n, 'fen', 'en')).toBe('CNY −1.50')
    expect(formatChange(0n, 'fen', 'zh')).toBe('0.00 元')
    expect(formatShortChange(1_234_567n, 'fen', 'zh')).toBe('+1.23 万元')
    expect(formatShortChange(-1_234_567n, 'fen', 'zh')).toBe('−1.23 万元')
  })

  it.each([
    [1, 8, '12.5%'],
    [0, 8, '0.0%'],
    [1, 10_000_000, '<0.1%'],
    [0, 0, '0.0%'],
  ])('%d of %d', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text)
  })

  it.each([
    [1, 'fen', 'zh', '0.01'],
    [16_384, 'fen', 'zh', '160'],
    [1_048_576, 'fen', 'zh', '1万'],
    [1_048_576, 'fen', 'en', '10k'],
    [8, 'month', 'en', '8'],
  ] as const)('on an axis, %d %s', (size, unit, language, text) => {
    expect(formatAxis(size, unit, language)).toBe(text)
  })
})
