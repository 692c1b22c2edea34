import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { addDays } from '../dates.ts'
import { decide } from '../decide.ts'
import { type Facts, parseFacts } from '../facts.ts'
import type { PolicyIr } from '../ir.ts'
import { readPolicies } from '../reader/read.ts'
import { arbitraryFacts } from '../testing.ts'
import { unitCode, type ValueUnit } from '../units.ts'
import type { ResolvedValue, ResolvedValues } from '../values.ts'
import { decideRows, openDuckDb, openPostgres, type TestDatabase } from './testing.ts'

/** Each operator by a small rule of its own on both real databases, on every row that could tell a difference, against `decide`. */

interface Case {
  readonly name: string
  readonly facts: string
  readonly values?: string
  readonly given?: Readonly<Record<string, ResolvedValue['value']>>
  readonly results: string
  readonly body: string
  /** Rows of their own, beside the random ones. */
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
}

/** Ends and beginnings of months, of common years, leap years and centuries. */
const days = ['1900-02-27', '1999-12-30', '2023-01-27', '2023-02-26', '2024-01-28', '2024-02-27', '2100-02-26'].flatMap(
  (first) => Array.from({ length: 5 }, (_, index) => addDays(first, index)),
)
const pairsOfDays = days.flatMap((from) => days.map((until) => ({ from, until })))
const shares = [0, 1, 2, 499_999, 500_000, 999_999, 1_000_000, 9_999_999_999_999, 10_000_000_000_000]
const rates = [0, 1, 333_333, 499_999, 500_000, 500_001, 999_999, 1_000_000]
const awkward = [
  "'",
  "''; DROP TABLE facts; --",
  '\\',
  '\\n',
  '\n',
  '"',
  '-- x',
  '/* x',
  '中文',
  '😀',
  '$1',
  '{}',
  'NULL',
  '',
]

const cases: readonly Case[] = [
  {
    name: 'shares by each rounding, also where the product needs more than 64 bits',
    facts: 'amountFen: money(), ratePpm: rate()',
    results: 'halfUpFen: money(), downFen: money(), upFen: money()',
    body: `return grant({
      halfUpFen: share(facts.amountFen, facts.ratePpm),
      downFen: share(facts.amountFen, facts.ratePpm, 'down'),
      upFen: share(facts.amountFen, facts.ratePpm, 'up'),
    }, 'S1')`,
    rows: shares.flatMap((amountFen) => rates.map((ratePpm) => ({ amountFen, ratePpm }))),
  },
  {
    name: 'shares of shares that fit 64 bits',
    facts: 'amountFen: money({ max: 100_000_00 }), first: rate(), second: rate()',
    results: 'feeFen: money()',
    body: `return grant({ feeFen: share(share(facts.amountFen, facts.first, 'up'), facts.second, 'down') }, 'S1')`,
  },
  {
    name: 'months and days between dates, forwards and backwards',
    facts: 'from: date(), until: date()',
    results:
      "months: count('month', { min: -120_000, max: 120_000 }), days: count('day', { min: -3_660_000, max: 3_660_000 })",
    body: `return grant({
      months: monthsBetween(facts.from, facts.until),
      days: daysBetween(facts.from, facts.until),
    }, 'S1')`,
    rows: pairsOfDays,
  },
  {
    name: 'months between moved dates, written once each',
    facts: "from: date(), until: date(), months: count('month', { min: -30, max: 30 })",
    results: "between: count('month', { min: -120_000, max: 120_000 })",
    body: `return grant({
      between: monthsBetween(addMonths(min(facts.from, facts.until), facts.months), max(facts.until, facts.from)),
    }, 'S1')`,
  },
  {
    name: 'dates moved by months and days, clipped at the end of a month',
    facts: "from: date(), months: count('month', { min: -1_200 }), days: count('day', { min: -36_600 })",
    results: 'byMonths: date(), byDays: date(), both: date()',
    body: `return grant({
      byMonths: addMonths(facts.from, facts.months),
      byDays: addDays(facts.from, facts.days),
      both: addDays(addMonths(facts.from, facts.months), 1),
    }, 'S1')`,
    rows: days.flatMap((from) =>
      [-1_200, -13, -1, 0, 1, 11, 12, 13, 1_200].map((months) => ({ from, months, days: -months })),
    ),
  },
  {
    name: 'sums, differences, products, least and greatest, also below zero',
    facts:
      'a: money({ min: -5_000_000, max: 5_000_000 }), b: money({ min: -5_000_000, max: 5_000_000 }), n: count("day", { min: -9, max: 9 })',
    results:
      'sum: money({ min: -10_000_000 }), less: money({ min: -90_000_000 }), product: money({ min: -45_000_000 }), least: money({ min: -5_000_000 }), greatest: money({ min: -5_000_000 })',
    body: `return grant({
      sum: facts.a + facts.b,
      less: facts.a - (facts.b - facts.a) - (facts.b + facts.b),
      product: facts.a * facts.n,
      least: min(facts.a, facts.b),
      greatest: max(max(facts.a, facts.b), 0),
    }, 'S1')`,
  },
  {
    name: 'comparisons and logic in each nesting',
    facts:
      'a: count("day", { max: 3 }), b: count("day", { max: 3 }), p: flag(), q: flag(), kind: choice("x", "y", "z"), word: text(), other: text()',
    results: 'one: flag(), two: flag(), three: flag(), four: flag(), five: flag(), six: flag()',
    body: `return grant({
      one: !(facts.a < facts.b || facts.p) && (facts.q || facts.a >= facts.b),
      two: (facts.a <= facts.b) === (facts.p && !facts.q),
      three: (facts.a > facts.b) !== !facts.p,
      four: facts.kind === 'x' || (facts.kind !== 'y' && facts.word === facts.other),
      five: includes(['x', 'z'], facts.kind) ? facts.a !== facts.b : !(facts.p === facts.q),
      six: !!facts.p && true,
    }, 'S1')`,
  },
  {
    name: 'what a condition has proved is held to where the row does not satisfy it',
    facts: 'amountFen: money(), times: count("day"), level: count("day")',
    values: 'timesMax: count("day", { max: 100 })',
    given: { timesMax: 12 },
    results: 'feeFen: money()',
    body: `if (facts.times > values.timesMax) return refuse('too_often', 'S1')
    const totalFen = facts.amountFen * min(facts.times, values.timesMax)
    if (facts.level > 1) return refuse('too_high', 'S2')
    const again = min(totalFen, facts.amountFen) * facts.level
    return grant({ feeFen: min(again, facts.amountFen) }, 'S3')`,
    rows: [0, 1, 10_000_000_000_000].flatMap((amountFen) =>
      [0, 1, 2, 12, 13, 1_000].flatMap((times) => [0, 1, 2, 36_600].map((level) => ({ amountFen, times, level }))),
    ),
  },
  {
    name: 'products that leave 64 bits on the rows that are refused',
    facts: 'amountFen: money(), times: count("thing"), more: count("thing")',
    results: 'feeFen: money()',
    body: `if (facts.times > 1) return refuse('too_often', 'S1')
    const feeFen = facts.amountFen * facts.times
    if (facts.more > 1) return refuse('too_much', 'S2')
    const moreFen = feeFen * facts.more
    return grant({ feeFen: moreFen }, 'S3')`,
    rows: [0, 1, 10_000_000_000_000].flatMap((amountFen) =>
      [0, 1, 2, 1_000_000].flatMap((times) => [0, 1, 1_000_000].map((more) => ({ amountFen, times, more }))),
    ),
  },
  {
    name: 'products of sums and of choices that leave 64 bits on the rows that are refused',
    facts: 'bills: list(money(), { max: 9 }), p: flag(), amountFen: money(), more: count("thing")',
    results: 'feeFen: money({ max: 90_000_000_000_000 }), otherFen: money()',
    body: `const sumFen = sumOf(facts.bills, (fen) => fen)
    const eitherFen = facts.p ? 0 : facts.amountFen
    if (facts.more > 1) return refuse('too_much', 'S2')
    const feeFen = sumFen * facts.more
    const otherFen = eitherFen * facts.more
    return grant({ feeFen, otherFen }, 'S3')`,
    rows: [0, 1, 1_000_000].flatMap((more) =>
      [true, false].map((p) => ({ bills: [10_000_000_000_000, 1], p, amountFen: 10_000_000_000_000, more })),
    ),
  },
  {
    name: 'places in tables and lists, and moves in time, that no row may leave',
    facts:
      'n: count("thing", { max: 9_000_000_000_000 }), d: count("day", { max: 9_000_000_000_000 }), m: count("month", { max: 9_000_000_000_000 }), on: date(), bills: list(money({ max: 9 }), { of: "thing", max: 4 })',
    values:
      'byNumber: keyed(count("thing", { min: 0, max: 2 }), money()), day: date(), shiftMax: count("day", { max: 36_600 }), monthsMax: count("month", { max: 1_200 })',
    given: { byNumber: { 0: 7, 1: 8, 2: 9 }, day: '2024-02-29', shiftMax: 36_600, monthsMax: 1_200 },
    results: 'a: money(), b: date(), c: date(), d: money()',
    body: `const first = sumOf(firstOf(facts.bills, facts.n), (fen) => fen)
    if (facts.d > values.shiftMax) return refuse('far', 'S1')
    const b = addDays(facts.on, facts.d)
    if (facts.m > values.monthsMax) return refuse('late', 'S2')
    const c = addMonths(facts.on, facts.m)
    if (facts.n > 1) return refuse('many', 'S3')
    const a = values.byNumber[facts.n]
    return grant({ a, b, c, d: first }, 'S4')`,
    rows: [0, 1, 2, 9_000_000_000_000].flatMap((n) =>
      [0, 36_600, 9_000_000_000_000].flatMap((d) =>
        [0, 1_200, 9_000_000_000_000].map((m) => ({ n, d, m, on: '2024-01-31', bills: [1, 2, 3] })),
      ),
    ),
  },
  {
    name: 'branches that fall through, that nest, and cases that leave words over',
    facts: 'kind: choice("a", "b", "c", "d"), p: flag(), q: flag(), n: count("day", { max: 5 })',
    results: 'days: count("day")',
    body: `if (facts.p) {
      if (facts.n > 1) return refuse('one', 'S1')
      else if (facts.q) { if (facts.n === 1) return refer('two', 'S2') }
    } else {
      switch (facts.kind) {
        case 'a':
          if (facts.q) return refuse('three', 'S3')
          return refuse('four', 'S4')
        case 'b': return grant({ days: facts.n + facts.n }, 'S5')
      }
    }
    if (facts.n > 1) {
      switch (facts.kind) {
        case 'a': return refer('seven', 'S10')
      }
    } else if (facts.kind === 'd') return refuse('eight', 'S11')
    if (!(facts.n === 0) && facts.q) { const days = facts.n * facts.n; return grant({ days }, 'S6') }
    else return facts.kind === 'c' ? refer('five', 'S7') : refuse('six', facts.q ? 'S8' : 'S9')`,
  },
  {
    name: 'absent facts and absent fields',
    facts:
      'since: optional(date()), paidFen: optional(money({ max: 10 })), bills: list(record({ day: optional(date()), fen: optional(money({ max: 9 })) }), { max: 5 })',
    values: 'day: date()',
    given: { day: '2024-01-31' },
    results: 'early: flag(), none: flag(), sumFen: money(), late: count("item")',
    body: `const paidFen = facts.paidFen
    return grant({
      early: facts.since !== null && facts.since <= values.day,
      none: facts.since === null || paidFen === null,
      sumFen: sumOf(facts.bills, (bill) => (bill.fen === null ? 0 : bill.fen)),
      late: countOf(facts.bills, (bill) => bill.day !== null && !(bill.day < values.day)),
    }, 'S1')`,
  },
  {
    name: 'tables by word and by number',
    facts:
      'kind: choice("it\'s", "b"), level: count("level", { min: 3, max: 6 }), levels: list(count("level", { min: 3, max: 6 }), { max: 4 })',
    values:
      'byKind: keyed(choice("b", "it\'s", "c"), money()), byLevel: keyed(count("level", { min: 3, max: 6 }), money({ max: 1_000 }))',
    given: { byKind: { b: 1, "it's": 2, c: 3 }, byLevel: { 3: 10, 4: 20, 5: 30, 6: 40 } },
    results: 'a: money(), b: money(), c: money()',
    body: `return grant({
      a: values.byKind[facts.kind],
      b: values.byLevel[facts.level],
      c: sumOf(facts.levels, (level) => values.byLevel[level]),
    }, 'S1')`,
  },
  {
    name: 'lists of plain things of each kind',
    facts:
      'days: list(date(), { max: 5 }), flags: list(flag(), { max: 5 }), kinds: list(choice("a", "b"), { max: 5 }), texts: list(text(), { max: 5 }), fens: list(money({ min: -9, max: 9 }), { max: 5 }), one: text()',
    values: 'day: date(), known: list(choice("a", "b"))',
    given: { day: '2024-02-29', known: [] },
    results: 'a: count("item"), b: flag(), c: flag(), d: count("item"), e: money({ min: -100 }), f: count("item")',
    body: `return grant({
      a: countOf(facts.days, (day) => day >= values.day),
      b: everyOf(facts.flags, (yes) => yes),
      c: someOf(facts.kinds, (kind) => includes(values.known, kind)),
      d: countOf(facts.texts, (word) => word === facts.one),
      e: sumOf(facts.fens, (fen) => fen),
      f: countOf(facts.kinds, (kind) => includes(['b'], kind)),
    }, 'S1')`,
  },
  {
    name: 'selections of selections: equal items keep their order, either way',
    facts:
      'bills: list(record({ fen: money({ min: -2, max: 2 }), day: date(), plain: flag() }), { max: 8 }), n: count("item", { max: 9 })',
    values: 'day: date()',
    given: { day: '2024-02-29' },
    results:
      'a: money({ min: -99 }), b: money({ min: -99 }), c: count("item"), d: flag(), e: flag(), f: money({ min: -99 }), g: count("item")',
    body: `const up = sortOf(facts.bills, (bill) => bill.fen, 'ascending')
    const down = sortOf(facts.bills, (bill) => bill.fen, 'descending')
    const byDay = sortOf(filterOf(up, (bill) => bill.plain), (bill) => bill.day, 'descending')
    const first = firstOf(down, facts.n)
    const late = sortOf(firstOf(facts.bills, facts.n), (bill) => bill.day, 'ascending')
    return grant({
      a: sumOf(firstOf(byDay, facts.n), (bill) => bill.fen),
      b: sumOf(filterOf(firstOf(sortOf(up, (bill) => bill.day, 'descending'), facts.n), (bill) => hasItem(first, bill)), (bill) => bill.fen),
      c: countOf(facts.bills, (bill) => hasItem(first, bill) && hasItem(byDay, bill)),
      d: someOf(firstOf(down, 1), (bill) => bill.plain),
      e: everyOf(firstOf(late, 1), (bill) => bill.day < values.day),
      f: sumOf(firstOf(filterOf(facts.bills, (bill) => !bill.plain), 1), (bill) => bill.fen),
      g: countOf(firstOf(up, 0), (bill) => bill.plain),
    }, 'S1')`,
  },
  {
    name: 'an outcome for each item, by a block, an expression or none',
    facts:
      'n: count("day", { max: 3 }), bills: list(record({ fen: money({ max: 9 }), day: date(), kind: choice("a", "b", "c") }), { max: 4 })',
    values: 'day: date(), third: rate()',
    given: { day: '2024-02-29', third: 333_333 },
    results: 'sumFen: money()',
    body: `const best = firstOf(sortOf(facts.bills, (bill) => bill.fen, 'descending'), 1)
    if (facts.n === 0) return refuse('none', 'S1')
    if (facts.n === 1) return refer('some', 'S2', eachOf(facts.bills, () => refuse('no', 'S3')))
    return grant({ sumFen: sumOf(facts.bills, (bill) => bill.fen) }, 'S4', eachOf(facts.bills, (bill) => {
      const partFen = share(bill.fen, values.third, 'up')
      if (hasItem(best, bill)) return grant({ fen: bill.fen, on: addMonths(bill.day, 1) }, 'S5')
      const isLate = bill.day > values.day
      switch (bill.kind) {
        case 'a': return isLate ? refuse('late', 'S6') : grant({ fen: partFen }, 'S7')
        case 'b': return partFen > 1 ? refer('much', 'S8') : refuse('little', 'S8')
      }
      return grant({ fen: max(bill.fen - partFen, 0), late: isLate }, 'S9')
    }))`,
  },
  {
    name: 'names that are words of SQL, that differ in case, and texts that would break out of quotes',
    facts: `select: text(), order: text(), item: list(record({ from: text(), nth: count('day', { max: 9 }), Nth: flag() }), { max: 3 }), aB: flag(), ab: flag(), a_b: flag(), given: text(), user: text()`,
    results: 'user: flag(), outcome: flag(), table: count("item"), a_b: flag(), aB: flag()',
    body: `const end = facts.select === facts.order
    const nth = countOf(facts.item, (item) => item.from === facts.user && item.Nth && item.nth > 0)
    return grant({ user: end, outcome: facts.given === facts.user, table: nth, a_b: facts.a_b !== facts.aB, aB: facts.ab }, "it's; S1 --")`,
    rows: awkward.map((word, index) => {
      const other = awkward[(index + 1) % awkward.length]
      const item = [
        { from: word, nth: 1, Nth: true },
        { from: other, nth: 0, Nth: false },
      ]
      return {
        select: word,
        order: index % 2 === 0 ? word : other,
        item,
        aB: true,
        ab: false,
        a_b: false,
        given: word,
        user: word,
      }
    }),
  },
  {
    name: 'a long chain in which every name is used twice stays as long as it is',
    facts: 'n: count("thing", { max: 8 })',
    results: 'n: count("thing", { max: 9_007_199_254_740_991 })',
    body: `const n0 = facts.n + 1\n${Array.from({ length: 49 }, (_, index) => `const n${index + 1} = n${index} + n${index}`).join('\n')}
    return grant({ n: n49 }, 'S1')`,
  },
]

let databases: readonly TestDatabase[]

beforeAll(async () => {
  databases = [await openPostgres(inject('adminUrl'), 'policy_sql_operators'), await openDuckDb()]
})

afterAll(async () => {
  for (const database of databases) await database.close()
})

describe('each operator, in PostgreSQL and DuckDB as in `decide`', () => {
  it.each(cases)('$name', async (each) => {
    const ir = readCase(each)
    const [body] = ir.bodies
    if (body === undefined) throw new Error('the case has no body')
    const values = valuesOf(body.values, each.given ?? {})
    const random = fc.sample(arbitraryFacts(body.facts, values), { numRuns: 300, seed: 20240303 })
    const facts: Facts[] = [...(each.rows ?? []), ...random].map((given) => parseFacts(body.facts, given))
    const expected = facts.map((given) => {
      const { policy: _, assumptions: __, ...verdict } = decide(ir, given, values, '2024-05-01')
      // As JSON, which knows one zero only.
      return JSON.parse(JSON.stringify(verdict))
    })
    const rows = facts.map((given) => ({ facts: given, set: "club's" }))
    for (const database of databases) {
      const { verdicts } = await decideRows(database, { body, sets: { "club's": values } }, rows)
      for (const [index, verdict] of verdicts.entries()) {
        expect(verdict, `${database.dialect} ${JSON.stringify(facts[index])}`).toEqual(expected[index])
      }
    }
  })
})

const WORDS = [
  ...[
    'addDays',
    'addMonths',
    'choice',
    'count',
    'countOf',
    'date',
    'daysBetween',
    'eachOf',
    'everyOf',
    'filterOf',
    'firstOf',
  ],
  ...[
    'flag',
    'grant',
    'hasItem',
    'includes',
    'keyed',
    'list',
    'max',
    'min',
    'money',
    'monthsBetween',
    'optional',
    'policy',
  ],
  ...['rate', 'record', 'refer', 'refuse', 'share', 'someOf', 'sortOf', 'sumOf', 'text'],
]

function readCase({ facts, values = '', results, body }: Case): PolicyIr {
  const items = body.includes('eachOf(')
    ? `items: { list: 'bills', results: { fen: money(), on: date(), late: flag() }, total: 'fen' },`
    : ''
  const [ir] = readPolicies(
    `import { ${WORDS.join(', ')} } from '@tongban/policy'
export const fee = policy({
  id: 'fee', title: { zh: '会费', en: 'Fee' }, from: '2024-01-01', clause: 'S1',
  facts: { ${facts} },
  values: { ${values} },
  results: { ${results} }, ${items}
  decide(facts, values) {
    ${body}
  },
})`,
    'fee.ts',
  )
  if (ir === undefined) throw new Error('the case has no policy')
  return ir
}

function valuesOf(
  units: Readonly<Record<string, ValueUnit>>,
  given: Readonly<Record<string, ResolvedValue['value']>>,
): ResolvedValues {
  const resolved = Object.entries(units).map(([name, unit]): [string, ResolvedValue] => {
    const value = given[name]
    if (value === undefined) throw new Error(`the case has no value ${name}`)
    return [name, { value, unit: unitCode(unit), from: '2020-01-01', source: 'S1', region: 'club' }]
  })
  return Object.fromEntries(resolved)
}
