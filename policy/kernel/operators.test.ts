import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { PolicyBody } from '../ir.ts'
import { readPolicies } from '../reader/read.ts'
import { arbitraryFacts, arbitraryValues } from '../testing.ts'
import { expectAgreement, KERNELS, manyRows } from './testing.ts'

/** Bodies made up to hold every operator in every width of lane, over ranges that the examples do not have. */

interface Made {
  readonly facts: string
  readonly values?: string
  readonly results: string
  readonly rest?: string
  readonly decide: string
}

function bodyOf({ facts, values = '', results, rest = '', decide }: Made): PolicyBody {
  const words =
    'addDays addMonths choice count countOf date daysBetween eachOf everyOf filterOf firstOf flag grant hasItem includes keyed list max min money monthsBetween optional policy rate record refer refuse share someOf sortOf sumOf text'
  const used = words
    .split(' ')
    .filter((word) => new RegExp(`\\b${word}\\(`).test(`${facts}${values}${results}${decide}policy(`))
  const source = `import { ${used.join(', ')} } from '../door.ts'
export const made = policy({
  id: 'made',
  title: { zh: '试', en: 'Made' },
  from: '2024-01-01',
  clause: 'S1',
  facts: { ${facts} },
  values: { ${values} },
  results: { ${results} },
  ${rest}
  decide(facts, values) {
    ${decide}
  },
})
`
  const body = readPolicies(source, 'made.ts')[0]?.bodies[0]
  if (body === undefined) throw new Error('no body was read')
  return body
}

const widths = [
  '{ max: 200 }',
  '{ min: -100, max: 100 }',
  '{ max: 60_000 }',
  '{ min: -30_000, max: 30_000 }',
  '{ max: 2_000_000_000 }',
  '{ min: -2_000_000_000, max: 5 }',
  '{ max: 90_000_000_000 }',
  '{ min: -90_000_000_000, max: 90_000_000_000 }',
]

const arithmetic = widths.flatMap((left) => widths.map((right) => [`${left} with ${right}`, left, right] as const))

const made: readonly (readonly [string, Made])[] = [
  ...arithmetic.map(([name, left, right]) => {
    const each: Made = {
      facts: `a: count('thing', ${left}), b: count('thing', ${right}), on: flag()`,
      values: `c: count('thing', ${right})`,
      results: `sum: count('thing', { min: -1_000_000_000_000, max: 1_000_000_000_000 }), difference: count('thing', { min: -1_000_000_000_000, max: 1_000_000_000_000 }), least: count('thing', { min: -1_000_000_000_000, max: 1_000_000_000_000 }), one: count('thing', { min: -1_000_000_000_000, max: 1_000_000_000_000 }), less: flag(), same: flag()`,
      decide: `if (facts.a > values.c && facts.on) return refuse('above', 'S2')
    if (facts.a <= facts.b || !facts.on) {
      return grant({ sum: facts.a + facts.b, difference: facts.b - facts.a, one: facts.on ? facts.a : values.c }, 'S3')
    }
    return grant({ least: min(facts.a, max(facts.b, values.c)), less: facts.b < values.c, same: facts.a === facts.b, one: facts.b }, 'S4')`,
    }
    return [`counts of ${name}`, each] as const
  }),
  [
    'products',
    {
      facts: `small: count('thing', { min: -11, max: 11 }), bytes: count('thing', { max: 255 }), shorts: count('thing', { max: 30_000 }), wide: count('thing', { max: 3_000_000_000 })`,
      values: `times: count('time', { max: 3 })`,
      results: `a: count('thing', { min: -3_000, max: 3_000 }), b: count('thing', { max: 8_000_000 }), c: count('thing', { max: 90_000 }), d: count('thing', { max: 9_000_000_000 })`,
      decide: `return grant({ a: facts.small * facts.bytes, b: facts.shorts * facts.bytes, c: facts.shorts * values.times, d: facts.wide * values.times }, 'S2')`,
    },
  ],
  [
    'shares of every rounding, of amounts small and as large as they may be',
    {
      facts: `small: money({ max: 1_000_000 }), large: money(), huge: money({ max: 9_000_000_000_000_000 }), rate: rate(), kind: choice('a', 'b', 'c')`,
      values: `percent: rate(), byKind: keyed(choice('a', 'b', 'c'), rate())`,
      results: `a: money(), b: money({ max: 10_000_000_000_001 }), c: money({ max: 9_000_000_000_000_001 }), d: money({ max: 10_000_000_000_001 }), e: money({ max: 10_000_000_000_001 })`,
      decide: `return grant({
      a: share(facts.small, facts.rate, 'up'),
      b: share(facts.large, facts.rate, 'down'),
      c: share(facts.huge, values.percent),
      d: share(facts.large, facts.kind === 'b' ? values.percent : values.byKind[facts.kind]),
      e: share(facts.large, values.percent, 'up'),
    }, 'S2')`,
    },
  ],
  [
    'tables by word and by number, large ones too, and lists of words',
    {
      facts: `kind: choice('a', 'b', 'c', 'd'), level: count('level', { min: 1, max: 90 }), other: optional(choice('c', 'b'))`,
      values: `open: list(choice('b', 'd')), byKind: keyed(choice('b', 'c', 'a'), money()), byLevel: keyed(count('level', { min: 1, max: 90 }), money()), counts: keyed(count('level', { min: 1, max: 90 }), count('thing', { max: 200 })), best: choice('a', 'd'), on: flag()`,
      results: `fen: money({ max: 30_000_000_000_000 }), things: count('thing', { max: 400 }), kind: choice('d', 'c', 'b', 'a'), listed: flag()`,
      decide: `if (facts.kind === 'd') {
      return grant({ fen: 0, kind: facts.other === null ? values.best : facts.other, listed: values.on && includes(values.open, facts.kind) }, 'S2')
    }
    if (includes(['a', 'c'], facts.kind) && facts.kind === values.best) return refer('best', 'S3')
    return grant({
      fen: values.byKind[facts.kind] + values.byLevel[facts.level],
      things: values.counts[facts.level] + values.counts[facts.level],
      kind: facts.kind,
      listed: includes(values.open, facts.kind),
    }, 'S4')`,
    },
  ],
  [
    'days without a list',
    {
      facts: `a: date(), b: optional(date()), days: count('day', { min: -400, max: 400 })`,
      values: `limit: date()`,
      results: `moved: date(), apart: count('day', { min: -4_000_000, max: 4_000_000 }), latest: date()`,
      decide: `if (facts.b === null) return refuse('unknown', 'S2')
    if (facts.b >= values.limit) return grant({ moved: addDays(facts.b, facts.days), latest: max(facts.a, facts.b) }, 'S3')
    return grant({ moved: min(facts.a, values.limit), apart: daysBetween(facts.a, facts.b) }, 'S4')`,
    },
  ],
  [
    'months',
    {
      facts: `a: date(), b: date(), months: count('month', { min: -1_200, max: 1_200 })`,
      results: `moved: date(), back: date(), between: count('month', { min: -120_000, max: 120_000 })`,
      decide: `const moved = addMonths(facts.a, facts.months)
    return grant({ moved, back: addMonths(moved, 0 - facts.months), between: monthsBetween(facts.b, moved) }, 'S2')`,
    },
  ],
  [
    'selections of selections',
    {
      facts: `bills: list(record({ fen: money({ max: 5_000 }), on: optional(date()), sick: flag() }), { of: 'bill', max: 40 }), days: list(date(), { of: 'day', max: 9 }), first: count('bill', { max: 4 })`,
      values: `most: count('bill', { max: 3 }), daysMost: count('day', { max: 3 }), notice: count('day', { max: 40 }), since: date(), fenMin: money({ max: 5_000 })`,
      results: `fen: money(), bills: count('bill', { max: 40 }), late: count('day', { max: 9 }), some: flag(), every: flag(), early: flag()`,
      rest: `items: { list: 'bills', results: { fen: money() } },`,
      decide: `const head = firstOf(facts.bills, facts.first)
    const dear = firstOf(filterOf(facts.bills, (bill) => bill.fen >= values.fenMin), values.most)
    const sorted = sortOf(dear, (bill) => bill.fen, 'ascending')
    const sick = firstOf(filterOf(sorted, (bill) => bill.sick || hasItem(head, bill)), facts.first)
    const bySize = sortOf(filterOf(facts.bills, (bill) => !hasItem(sick, bill)), (bill) => bill.fen, 'descending')
    const dearest = firstOf(bySize, 1)
    const latest = firstOf(sortOf(facts.days, (day) => day, 'descending'), values.daysMost)
    const late = countOf(latest, (day) => day > values.since)
    if (someOf(head, (bill) => bill.on !== null && bill.on < values.since)) {
      return refuse('early', 'S2', eachOf(facts.bills, (bill) => hasItem(sick, bill) ? refer('sick', 'S3') : refuse('early', 'S2')))
    }
    return grant({
      fen: sumOf(sick, (bill) => bill.fen) + sumOf(firstOf(bySize, values.most), (bill) => bill.fen),
      bills: countOf(dear, (bill) => hasItem(sick, bill)),
      late,
      some: someOf(sorted, (bill) => bill.sick),
      every: everyOf(sick, (bill) => bill.sick),
      early: everyOf(filterOf(facts.days, (day) => day < values.since), (day) => addDays(day, values.notice) < values.since),
    }, 'S4', eachOf(facts.bills, (bill) => {
      if (hasItem(dear, bill)) return grant({ fen: hasItem(sick, bill) ? bill.fen : 1 }, 'S5')
      return hasItem(dearest, bill) ? grant({ fen: 0 }, 'S6') : refuse('cheap', 'S7')
    }))`,
    },
  ],
  ...['{ max: 100 }', '{ max: 60_000 }', '{ max: 2_000_000_000 }', '{ max: 90_000_000_000 }'].map(
    (range): readonly [string, Made] => [
      `one amount for every row, ${range}`,
      {
        facts: `size: count('thing', { max: 1_000 })`,
        values: `fen: money(${range})`,
        results: `fen: money(), size: count('thing')`,
        decide: `return grant({ fen: values.fen, size: facts.size }, 'S1')`,
      },
    ],
  ),
  [
    'a selection that is always empty, sorted',
    {
      facts: `name: text(), bills: list(record({ fen: money({ max: 900 }), sick: flag() }), { of: 'bill', max: 6 })`,
      results: `none: count('bill'), all: count('bill')`,
      decide: `
    const none = sortOf(filterOf(facts.bills, () => facts.name !== facts.name), (bill) => bill.fen, 'ascending')
    const all = sortOf(filterOf(facts.bills, () => facts.name === facts.name), (bill) => bill.fen, 'descending')
    return grant({ none: countOf(none, (bill) => bill.sick || !bill.sick), all: countOf(firstOf(all, 1), () => true) }, 'S1')`,
    },
  ],
]

describe.each(made)('%s', (name, source) => {
  it.each(KERNELS)('%s comes to what the interpreter says, in one set of values and in several', (_, bind) => {
    const body = bodyOf(source)
    const inputs = fc.array(arbitraryValues(body.values), { minLength: 1, maxLength: 3 }).chain((sets) => {
      const near = fc
        .constantFrom(...sets.keys())
        .chain((set) => fc.record({ set: fc.constant(set), facts: arbitraryFacts(body.facts, sets[set] ?? {}) }))
      return fc.tuple(fc.constant(sets), manyRows(near))
    })
    fc.assert(
      fc.property(inputs, ([sets, rows]) => void expectAgreement(bind, body, sets, rows)),
      { numRuns: name.startsWith('counts') ? 4 : 30, seed: 20240101 },
    )
  })
})
