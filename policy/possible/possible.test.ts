import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, monthsBetween } from '../dates.ts'
import type { Binary, BinaryOperator, ComparisonOperator, Share } from '../ir.ts'
import { max, min, type Rounding, share } from '../language.ts'
import type { Range } from '../reader/ranges.ts'
import type { Unit } from '../units.ts'
import { findRangeOperator, narrowSide } from './arithmetic.ts'
import { compare, isComparison, MIRRORED, OPPOSITES, related } from './comparison.ts'
import { among, connected, entryOf, inclusion, negated } from './conditions.ts'
import {
  canBe,
  contentAt,
  dateOf,
  dayOf,
  findContent,
  findOnly,
  isSettled,
  join,
  meet,
  ONLY_NULL,
  overlaps,
  type Possible,
  possibleOfContent,
  possibleOfUnit,
  wordsOf,
} from './possible.ts'

/** What is said of all that something may be, against each single thing that it may be. */

type One = number | string | boolean | null

const WORDS = ['a', 'b', 'c'] as const

/** Each single thing; of `anything` some texts, which stand for all. */
function ones(possible: Possible | undefined): One[] {
  if (possible === undefined) return []
  const absent = possible.absent ? [null] : []
  if (possible.kind === 'words') return [...absent, ...possible.words]
  if (possible.kind === 'anything') return [...absent, ...WORDS]
  return [...absent, ...Array.from({ length: possible.max - possible.min + 1 }, (_, index) => possible.min + index)]
}

const ranges = (least: number, most: number): fc.Arbitrary<Range> =>
  fc
    .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))
const absent = fc.boolean()
const numbers: fc.Arbitrary<Possible> = fc
  .tuple(ranges(-3, 4), absent)
  .map(([range, orNull]) => ({ kind: 'range', ...range, absent: orNull }))
const texts: fc.Arbitrary<Possible> = fc.oneof(
  fc
    .tuple(fc.subarray([...WORDS], { minLength: 1 }), absent)
    .map(([words, orNull]): Possible => ({ kind: 'words', words, absent: orNull })),
  absent.map((orNull): Possible => ({ kind: 'anything', absent: orNull })),
  fc.constant(ONLY_NULL),
)
const flags = fc.subarray([true, false], { minLength: 1 }).map((words) => wordsOf(words))
/** Two things that can be compared. */
const pairs = fc.oneof(fc.tuple(numbers, fc.oneof(numbers, fc.constant(ONLY_NULL))), fc.tuple(texts, texts))

const settings = { numRuns: 2_000, seed: 3 }

function holds(op: ComparisonOperator, a: One, b: One): boolean {
  if (op === '===') return a === b
  if (op === '!==') return a !== b
  if (typeof a !== 'number' || typeof b !== 'number') return false
  if (op === '<') return a < b
  if (op === '<=') return a <= b
  return op === '>' ? a > b : a >= b
}

function sorted(all: readonly One[]): string[] {
  return [...new Set(all.map((one) => JSON.stringify(one)))].toSorted()
}

describe('what both allow and what either allows', () => {
  it('is exactly that of both; of either it is at least that', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const [inA, inB] = [ones(a), ones(b)]
        expect(sorted(ones(meet(a, b)))).toEqual(sorted(inA.filter((one) => inB.includes(one))))
        expect(overlaps(a, b)).toBe(meet(a, b) !== undefined)
        expect(sorted(ones(join(a, b)))).toEqual(expect.arrayContaining(sorted([...inA, ...inB])))
      }),
      settings,
    )
  })

  it('is settled when it is one thing, and that is found', () => {
    fc.assert(
      fc.property(fc.oneof(numbers, texts), (possible) => {
        const all = ones(possible)
        expect(isSettled(possible)).toBe(all.length === 1)
        expect(findContent(possible, { kind: 'money', min: -9, max: 9 })).toEqual(all.length === 1 ? all[0] : undefined)
        expect(findOnly(possible)).toEqual(all.length === 1 && all[0] !== null ? all[0] : undefined)
      }),
      settings,
    )
  })

  it.each<[string, Unit, One, number | One]>([
    ['a date', { kind: 'date' }, '1900-01-02', 1],
    ['a date that may be absent', { kind: 'optional', unit: { kind: 'date' } }, '2199-12-31', dayOf('2199-12-31')],
    ['a date that is absent', { kind: 'optional', unit: { kind: 'date' } }, null, null],
    ['a text that looks like a date', { kind: 'text' }, '1900-01-02', '1900-01-02'],
    ['an amount', { kind: 'money', min: 0, max: 9 }, 7, 7],
    ['a flag', { kind: 'flag' }, false, false],
  ])('holds %s as it is', (_, unit, content, held) => {
    const possible = possibleOfContent(content, unit)
    expect(ones(possible)).toEqual([held])
    expect(findContent(possible, unit)).toBe(content)
    expect(meet(possible, possibleOfUnit(unit))).toEqual(possible)
    if (typeof held === 'number') expect(contentAt(held, unit)).toBe(content)
  })
})

describe('a comparison', () => {
  const comparisons = fc.constantFrom(...Object.values(OPPOSITES))

  it('may hold, and may fail, when it does for some two things; in an order only what is there is compared', () => {
    fc.assert(
      fc.property(comparisons, pairs, (op, [a, b]) => {
        const isOrder = op !== '===' && op !== '!=='
        const [left, right] = [ones(a), ones(b)].map((all) => all.filter((one) => !isOrder || typeof one === 'number'))
        const found = left?.flatMap((one) => right?.map((other) => holds(op, one, other)) ?? []) ?? []
        const flag = compare(op, a, b) ?? expect.unreachable()
        expect([true, false].filter((word) => canBe(flag, word))).toEqual(
          found.length === 0 ? [true, false] : [true, false].filter((word) => found.includes(word)),
        )
      }),
      settings,
    )
  })

  it('that holds leaves of a side what stands so to something of the other', () => {
    fc.assert(
      fc.property(comparisons, pairs, (op, [a, b]) => {
        const isOrder = op !== '===' && op !== '!=='
        fc.pre(!isOrder || (a.kind === 'range' && b.kind === 'range'))
        const left = sorted(ones(a).filter((one) => ones(b).some((other) => holds(op, one, other))))
        const found = sorted(ones(related(a, op, b)))
        // A hole in the middle of a range, or in all texts, is not told.
        if (op === '!==') expect(found).toEqual(expect.arrayContaining(left))
        else expect(found).toEqual(left)
      }),
      settings,
    )
  })

  it('leaves out an end of a range, a word and `null`, one at a time', () => {
    const range: Possible = { kind: 'range', min: 1, max: 3, absent: true }
    expect(ones(related(range, '!==', possibleOfContent(1, { kind: 'money', min: 0, max: 9 })))).toEqual([null, 2, 3])
    expect(ones(related(range, '!==', possibleOfContent(3, { kind: 'money', min: 0, max: 9 })))).toEqual([null, 1, 2])
    expect(ones(related(range, '!==', ONLY_NULL))).toEqual([1, 2, 3])
    expect(ones(related(wordsOf(['a', 'b']), '!==', wordsOf(['a'])))).toEqual(['b'])
    expect(related(wordsOf(['a']), '!==', wordsOf(['a']))).toBeUndefined()
    expect(related(ONLY_NULL, '!==', ONLY_NULL)).toBeUndefined()
  })

  it('has an opposite and a mirror image', () => {
    const each = fc.integer({ min: 0, max: 2 })
    fc.assert(
      fc.property(comparisons, each, each, (op, a, b) => {
        expect(holds(OPPOSITES[op], a, b)).toBe(!holds(op, a, b))
        expect(holds(MIRRORED[op], b, a)).toBe(holds(op, a, b))
        expect(isComparison(op)).toBe(true)
      }),
      settings,
    )
    expect(isComparison('min')).toBe(false)
  })
})

describe('an operator', () => {
  const day = dayOf('2024-01-31')
  const days = ranges(day - 70, day + 70)
  const few = ranges(-4, 4)
  const amounts = ranges(0, 3_000_000)
  const rates = ranges(0, 1_000_000)
  const placed = { slot: 0, at: { start: 0, end: 0, line: 1, column: 1 } } as const
  const side = { ...placed, op: 'literal', unit: { kind: 'money', min: 0, max: 0 }, value: 0 } as const
  const node = { ...placed, unit: side.unit, left: side, right: side }
  const binary = (op: BinaryOperator): Binary => ({ ...node, op })
  const shareIn = (rounding: Rounding): Share => ({ ...node, op: 'share', rounding })

  it.each<[Binary | Share, fc.Arbitrary<Range>, fc.Arbitrary<Range>, (a: number, b: number) => number]>([
    [binary('+'), few, few, (a, b) => a + b],
    [binary('-'), few, few, (a, b) => a - b],
    [binary('*'), few, few, (a, b) => a * b],
    [binary('min'), few, few, min],
    [binary('max'), few, few, max],
    [binary('addDays'), days, few, (a, b) => dayOf(addDays(dateOf(a), b))],
    [binary('addMonths'), days, few, (a, b) => dayOf(addMonths(dateOf(a), b))],
    [binary('daysBetween'), days, days, (a, b) => daysBetween(dateOf(a), dateOf(b))],
    [binary('monthsBetween'), days, days, (a, b) => monthsBetween(dateOf(a), dateOf(b))],
    [shareIn('down'), amounts, rates, (a, b) => share(a, b, 'down')],
    [shareIn('half_up'), amounts, rates, (a, b) => share(a, b, 'half_up')],
    [shareIn('up'), amounts, rates, (a, b) => share(a, b, 'up')],
  ])('$op comes to nothing outside its range, and no side that leads to what is wanted is left out', (...given) => {
    const [of, lefts, rights, compute] = given
    const operator = findRangeOperator(of) ?? expect.unreachable()
    const within = (range: Range) => fc.integer(range)
    const points = fc
      .tuple(lefts, rights)
      .chain(([a, b]) => fc.tuple(fc.constant([a, b] as const), within(a), within(b)))
    fc.assert(
      fc.property(points, fc.nat(3), ([[a, b], x, y], slack) => {
        const outcome = compute(x, y)
        const whole = operator.of(a, b)
        expect(outcome).toBeGreaterThanOrEqual(whole.min)
        expect(outcome).toBeLessThanOrEqual(whole.max)
        const wanted = { min: outcome - slack, max: outcome + slack }
        for (const [side, own, other, at] of [['left', a, b, x] as const, ['right', b, a, y] as const]) {
          const left = narrowSide(operator, side, own, other, wanted) ?? expect.unreachable()
          expect(at).toBeGreaterThanOrEqual(left.min)
          expect(at).toBeLessThanOrEqual(left.max)
        }
      }),
      settings,
    )
  })

  it('narrows a side as far as the outcome says', () => {
    const operator = findRangeOperator(binary('-')) ?? expect.unreachable()
    const [own, other] = [
      { min: 0, max: 100 },
      { min: 0, max: 10 },
    ]
    expect(narrowSide(operator, 'left', own, other, { min: 20, max: 30 })).toEqual({ min: 20, max: 40 })
    expect(narrowSide(operator, 'right', own, other, { min: -5, max: -5 })).toEqual({ min: 5, max: 15 })
    expect(narrowSide(operator, 'left', own, other, { min: 101, max: 200 })).toBeUndefined()
  })

  it('is none for what is no quantity', () => {
    expect(findRangeOperator(binary('&&'))).toBeUndefined()
  })
})

describe('conditions', () => {
  it('are connected as their words are', () => {
    fc.assert(
      fc.property(fc.constantFrom('&&' as const, '||' as const), flags, flags, (op, a, b) => {
        const found = ones(a).flatMap((x) => ones(b).map((y) => (op === '&&' ? x === true && y === true : x || y)))
        expect(sorted(ones(connected(op, a, b)))).toEqual(sorted(found))
        expect(sorted(ones(negated(a)))).toEqual(sorted(ones(a).map((one) => one !== true)))
      }),
      settings,
    )
  })

  it('are decided by the left side alone where the right one cannot be anything', () => {
    expect(connected('&&', wordsOf([true, false]), undefined)).toEqual(wordsOf([false]))
    expect(connected('||', wordsOf([true, false]), undefined)).toEqual(wordsOf([true]))
    expect(connected('&&', wordsOf([true]), undefined)).toBeUndefined()
  })

  it('look for a word among those of a list', () => {
    fc.assert(
      fc.property(fc.subarray([...WORDS], { minLength: 1 }), fc.subarray([...WORDS]), (words, listed) => {
        const isListed = (word: One) => typeof word === 'string' && listed.some((each) => each === word)
        expect(sorted(ones(inclusion(wordsOf(words), listed)))).toEqual(sorted(words.map(isListed)))
        expect(ones(among(wordsOf(words), listed, true))).toEqual(words.filter(isListed))
        expect(ones(among(wordsOf(words), listed, false))).toEqual(words.filter((word) => !isListed(word)))
      }),
      settings,
    )
  })

  it('read of a table what its key allows', () => {
    const table = { 1: 10, 2: 30, 3: 20, 10: 90 }
    const money: Unit = { kind: 'money', min: 0, max: 100 }
    const keyed = (least: number, most: number) =>
      entryOf(table, { kind: 'range', min: least, max: most, absent: false }, money)
    expect(keyed(2, 3)).toEqual({ kind: 'range', min: 20, max: 30, absent: false })
    expect(keyed(3, 10)).toEqual({ kind: 'range', min: 20, max: 90, absent: false })
    expect(keyed(4, 9)).toBeUndefined()
    expect(entryOf({ grass: 5, hall: 7 }, wordsOf(['hall']), money)).toEqual(possibleOfContent(7, money))
  })
})
