import { describe, expect, it } from 'vitest'
import { attendedMs, coveredMs, type Span } from './attended.ts'

const hour = 3_600_000

/** From one hour of a day to another, such as `8-12`. */
const spans = (...texts: string[]): Span[] =>
  texts.map((text) => {
    const [startsAt = '', endsAt = ''] = text.split('-').map((each) => `2026-03-02T${each.padStart(2, '0')}:00:00.000Z`)
    return { startsAt, endsAt }
  })

describe('C8.04: time that is taught and attended counts once', () => {
  it.each([
    ['two halves of a day', spans('1-5', '6-10'), 8],
    ['the same hours entered twice', spans('1-5', '1-5'), 4],
    ['hours that overlap, in any order', spans('3-7', '1-5'), 6],
    ['hours within others', spans('1-9', '2-3'), 8],
    ['none', [], 0],
  ])('%s', (_, taught, hours) => {
    expect(coveredMs(taught)).toBe(hours * hour)
  })

  it.each([
    ['all day at lessons of all day', spans('1-9'), spans('1-9'), 8],
    ['half a day told twice is half a day', spans('1-9'), spans('1-5', '2-5'), 4],
    ['half a day in two records that overlap', spans('1-9'), spans('1-4', '3-5'), 4],
    ['before and after the lessons nothing is attended', spans('2-4'), spans('0-2', '4-9'), 0],
    ['one stay over two lessons', spans('1-3', '5-7'), spans('2-6'), 2],
    ['lessons entered twice do not make attendance twice', spans('1-5', '1-5'), spans('1-3'), 2],
  ])('%s', (_, taught, present, hours) => {
    expect(attendedMs(taught, present)).toBe(hours * hour)
  })
})
