import { describe, expect, it } from 'vitest'
import {
  choice,
  count,
  date,
  FactProblems,
  flag,
  list,
  money,
  optional,
  parseFacts,
  rate,
  record,
  text,
} from './door.ts'

const units = {
  kind: choice('adult', 'youth'),
  months: count('month', { max: 600 }),
  paidFen: money({ min: -5, max: 100 }),
  shareRate: rate(),
  joinedOn: date(),
  leftOn: optional(date()),
  late: flag(),
  name: text(),
  guests: list(record({ visits: count('visit'), note: optional(text()) }), { max: 2 }),
  tags: list(choice('a', 'b')),
}

const right = {
  kind: 'adult',
  months: 0,
  paidFen: -5,
  shareRate: 1_000_000,
  joinedOn: '2024-02-29',
  late: false,
  name: '',
  guests: [{ visits: 1 }],
  tags: ['a', 'a'],
}

const NAMES = '`kind`, `months`, `paidFen`, `shareRate`, `joinedOn`, `leftOn`, `late`, `name`, `guests`, `tags`'

function problemsOf(facts: unknown): string[] {
  try {
    parseFacts(units, facts)
    return []
  } catch (error) {
    if (error instanceof FactProblems) {
      return error.problems.map(({ path, expected, found }) => `${path} | ${expected} | ${found}`)
    }
    throw error
  }
}

it('fills in null for what is absent and may be', () => {
  expect(parseFacts(units, right)).toEqual({ ...right, leftOn: null, guests: [{ visits: 1, note: null }] })
})

describe('facts that do not parse', () => {
  it.each([
    [{ kind: 'senior' }, "kind | one of 'adult', 'youth' | 'senior'"],
    [{ months: 601 }, 'months | a whole number (month) from 0 to 600 | 601'],
    [{ months: -1 }, 'months | a whole number (month) from 0 to 600 | -1'],
    [{ months: 1.5 }, 'months | a whole number (month) from 0 to 600 | 1.5'],
    [{ months: '6' }, "months | a whole number (month) from 0 to 600 | '6'"],
    [{ months: Number.NaN }, 'months | a whole number (month) from 0 to 600 | NaN'],
    [{ paidFen: -6 }, 'paidFen | whole fen from -5 to 100 | -6'],
    [{ paidFen: 101 }, 'paidFen | whole fen from -5 to 100 | 101'],
    [{ shareRate: 1_000_001 }, 'shareRate | whole parts per million from 0 to 1000000 | 1000001'],
    [{ joinedOn: '2023-02-29' }, "joinedOn | a date YYYY-MM-DD of the years 1900 to 2199 | '2023-02-29'"],
    [{ joinedOn: null }, 'joinedOn | a date YYYY-MM-DD of the years 1900 to 2199 | null'],
    [{ leftOn: 'never' }, "leftOn | a date YYYY-MM-DD of the years 1900 to 2199 | 'never'"],
    [{ late: 'yes' }, "late | true or false | 'yes'"],
    [{ name: 7 }, 'name | text | 7'],
    [{ guests: {} }, 'guests | a list of at most 2 | an object'],
    [{ guests: [1, 2, 3] }, 'guests | a list of at most 2 | a list of 3'],
    [{ guests: [{ visits: 1 }, 7] }, 'guests.1 | an object | 7'],
    [{ guests: [{ visits: -1 }] }, 'guests.0.visits | a whole number (visit) from 0 to 1000000 | -1'],
    [{ guests: [{ visits: 1, notes: '' }] }, 'guests.0.notes | `note` perhaps | an unknown name'],
    [{ tags: ['a', 'c'] }, "tags.1 | one of 'a', 'b' | 'c'"],
    [{ month: 6 }, 'month | `months` perhaps | an unknown name'],
    [{ colour: 'red' }, `colour | one of ${NAMES} | an unknown name`],
    [{ constructor: 1 }, `constructor | one of ${NAMES} | an unknown name`],
  ])('%j', (wrong, expected) => {
    expect(problemsOf({ ...right, ...wrong })).toEqual([expected])
  })

  it('are told all at once', () => {
    expect(problemsOf({ months: 601, late: 1 }).map((problem) => problem.split(' ')[0])).toEqual([
      ...['kind', 'months', 'paidFen', 'shareRate', 'joinedOn', 'late', 'name', 'guests', 'tags'],
    ])
  })

  it.each([[null], [[]], ['facts'], [undefined]])('%j instead of facts', (facts) => {
    expect(problemsOf(facts)).toEqual([expect.stringMatching(/^ \| an object \| /)])
  })
})
