import { describe, expect, it } from 'vitest'
import { decide, type ItemVerdict, ReadProblems, type ResolvedValues, readPolicies } from './door.ts'
import { type Block, type Expression, operandsOf } from './ir.ts'

/** What the language says of lists, case by case, on a policy with the body `statements`. */

function sourceOf(statements: string): string {
  return `import { choice, count, countOf, date, daysBetween, eachOf, everyOf, filterOf, firstOf, flag, grant, hasItem, keyed, list, max, money, optional, policy, record, refer, refuse, share, someOf, sortOf, sumOf } from '@tongban/policy'
const bill = record({ paidFen: money({ max: 1_000 }), paidOn: optional(date()), level: count('level', { min: 0, max: 5 }), urgent: flag() })
export const fee = policy({
  id: 'fee', title: { zh: '会费', en: 'Fee' }, from: '2024-01-01', clause: 'S1',
  facts: { bills: list(bill, { of: 'bill', max: 10 }), others: list(bill, { of: 'bill', max: 4 }), hours: list(count('hour', { max: 24 }), { of: 'day', max: 31 }), kinds: list(choice('a', 'b'), { max: 4 }), wanted: count('bill', { max: 3 }) },
  values: { feeByLevel: keyed(count('level', { min: 1, max: 5 }), money({ max: 500 })) },
  results: { feeFen: money({ max: 10_000 }), number: count('bill', { max: 10 }), hours: count('hour', { max: 744 }), some: flag() },
  items: { list: 'bills', results: { feeFen: money({ max: 1_000 }) }, total: 'feeFen' },
  decide(facts, values) {
    ${statements}
  },
})`
}

const values: ResolvedValues = {
  feeByLevel: {
    ...{ value: { 1: 10, 2: 20, 3: 30, 4: 40, 5: 50 }, unit: 'fen', from: '2024-01-01', source: 'S1', region: 'club' },
  },
}

/** Bills as `paid level`, with `!` when urgent and a day when they were paid on one. */
function bills(...texts: readonly string[]): object[] {
  return texts.map((text) => {
    const [paid = '0', level = '1', paidOn = null] = text.replace('!', '').split(' ')
    return { paidFen: Number(paid), level: Number(level), urgent: text.includes('!'), paidOn }
  })
}

function told({ outcome, reason, because, results, amountFen }: ItemVerdict): string {
  const given = Object.values(results).map(({ value }) => String(value))
  const total = amountFen === undefined ? [] : [`= ${amountFen}`]
  return [outcome, ...(reason === null ? [] : [reason]), because, ...given, ...total].join(' ')
}

function decided(statements: string, facts: object): string[] {
  const [ir] = readPolicies(sourceOf(statements), 'fee.ts')
  if (ir === undefined) throw new Error('nothing was read')
  const all = { bills: [], others: [], hours: [], kinds: [], wanted: 0, ...facts }
  const decision = decide(ir, all, values, '2024-05-01')
  return [decision, ...(decision.items?.outcomes ?? [])].map(told)
}

function codesOf(statements: string): string[] {
  try {
    readPolicies(sourceOf(statements), 'fee.ts')
    return []
  } catch (error) {
    if (error instanceof ReadProblems) return error.problems.map(({ code }) => code)
    throw error
  }
}

/** The proved range, or the most items, of each `const` of a body. */
function rangesOf(statements: string): string[] {
  const [ir] = readPolicies(sourceOf(`${statements}\nreturn refuse('no', 'S2')`), 'fee.ts')
  return (ir?.bodies[0]?.block ?? []).flatMap((statement) => {
    if (statement.do !== 'const') return []
    const { unit } = statement.is
    if (unit.kind === 'list') return [`${statement.name}: at most ${unit.max}`]
    return 'min' in unit ? [`${statement.name}: ${unit.min} to ${unit.max}`] : [`${statement.name}: ${unit.kind}`]
  })
}

const total = (list: string) => `return grant({ feeFen: sumOf(${list}, (bill) => bill.paidFen) }, 'S2')`
const number = (list: string) => `return grant({ number: countOf(${list}, () => true) }, 'S2')`

describe('a selection', () => {
  it.each([
    ['of a filter keeps the order', 'firstOf(filterOf(facts.bills, (bill) => bill.urgent), 1)', 20],
    ['by size, least first', "firstOf(sortOf(facts.bills, (bill) => bill.paidFen, 'ascending'), 1)", 10],
    ['by size, greatest first', "firstOf(sortOf(facts.bills, (bill) => bill.paidFen, 'descending'), 1)", 41],
    [
      'of equal ones begins with the first of the list',
      "firstOf(sortOf(facts.bills, (bill) => bill.level, 'descending'), 1)",
      10,
    ],
    [
      'of equal ones from the end begins with the first of the list too',
      "firstOf(sortOf(facts.bills, (bill) => bill.level, 'ascending'), 1)",
      20,
    ],
    [
      'by two orders takes the last one first',
      "firstOf(sortOf(sortOf(facts.bills, (bill) => bill.paidFen, 'descending'), (bill) => bill.level, 'ascending'), facts.wanted)",
      61,
    ],
    ['of the first none', 'firstOf(facts.bills, 0)', 0],
    ['of the first so many', 'firstOf(facts.bills, facts.wanted)', 30],
    ['of the first one', 'firstOf(facts.bills, 1)', 10],
    ['of all when there are fewer', 'firstOf(firstOf(facts.bills, 1), 1)', 10],
    ['of a filter that nothing satisfies', 'filterOf(facts.bills, (bill) => bill.paidFen < 0)', 0],
    [
      'by a day that may be absent',
      'filterOf(facts.bills, (bill) => bill.paidOn !== null && daysBetween(bill.paidOn, bill.paidOn) === 0)',
      30,
    ],
  ])('%s', (_, list, feeFen) => {
    const given = { wanted: 2, bills: bills('10 3', '20! 1 2024-02-01', '10! 3 2024-01-01', '41 1') }
    expect(decided(total(list), given)).toEqual([`granted S2 ${feeFen}`])
  })

  it('has a name, under which it is counted, summed and selected from again', () => {
    const statements = `const urgent = filterOf(facts.bills, (bill) => bill.urgent)
      const same = urgent
      const dear = filterOf(same, (bill) => bill.paidFen > 1)
      const isSome = someOf(dear, (bill) => bill.level === 1) || everyOf(urgent, (bill) => bill.level === 1)
      return grant({ number: countOf(dear, () => true), some: isSome }, 'S2')`
    expect(decided(statements, { bills: bills('2!', '1!', '2') })).toEqual(['granted S2 1 true'])
    expect(decided(statements, { bills: bills('2! 2', '1!', '2') })).toEqual(['granted S2 1 false'])
  })

  it.each([
    ['numbers', "firstOf(sortOf(facts.hours, (hours) => hours, 'descending'), 1)", [3, 9, 4], '9'],
    ['numbers, of which some', 'filterOf(facts.hours, (hours) => hours > 1)', [3, 1, 4], '7'],
  ])('of plain %s', (_, list, hours, sum) => {
    const statements = `return grant({ hours: sumOf(${list}, (hours) => hours) }, 'S2')`
    expect(decided(statements, { hours })).toEqual([`granted S2 ${sum}`])
  })

  it('of plain words', () => {
    const statements = "return grant({ some: someOf(filterOf(facts.kinds, (kind) => kind === 'a'), () => true) }, 'S2')"
    expect(decided(statements, { kinds: ['b'] })).toEqual(['granted S2 false'])
    expect(decided(statements, { kinds: ['b', 'a'] })).toEqual(['granted S2 true'])
  })
})

describe('hasItem', () => {
  const best = "const best = firstOf(sortOf(facts.bills, (bill) => bill.paidFen, 'descending'), 1)\n"

  it('knows an item, not its likes: of two equal ones the first is the best', () => {
    const statements = `${best}return refuse('no', 'S2', eachOf(facts.bills, (bill) => hasItem(best, bill) ? grant({ feeFen: bill.paidFen }, 'S3') : refuse('not_best', 'S4')))`
    expect(decided(statements, { bills: bills('5', '7', '7') })).toEqual([
      ...['refused no S2', 'refused not_best S4', 'granted S3 7 = 7', 'refused not_best S4'],
    ])
  })

  it('asks in the functions of selections of the same list too', () => {
    const statements = `${best}const rest = filterOf(facts.bills, (bill) => !hasItem(best, bill))
      const both = countOf(rest, (bill) => hasItem(best, bill) || hasItem(rest, bill))
      return grant({ number: both }, 'S2')`
    expect(decided(statements, { bills: bills('5', '7', '7') })).toEqual(['granted S2 2'])
  })
})

describe('eachOf', () => {
  const block = (inner: string) => `return refuse('no', 'S2', eachOf(facts.bills, (bill) => { ${inner} }))`

  it('decides no item of an empty list, and none where the outcome does not say so', () => {
    const statements = `if (facts.wanted === 0) return refuse('none_wanted', 'S2')\n${block("return refuse('no', 'S3')")}`
    expect(decided(statements, { bills: bills('1') })).toEqual(['refused none_wanted S2'])
    expect(decided(statements, { bills: [], wanted: 1 })).toEqual(['refused no S2'])
  })

  it('takes const, if and switch; what a condition proves of an item counts, in a const too', () => {
    const statements = block(`
      const isPaid = bill.paidOn !== null
      if (!isPaid) return refuse('unpaid', 'S3')
      const days = max(daysBetween(bill.paidOn, bill.paidOn), 0)
      if (bill.level === 0) return refer('no_level', 'S4')
      const feeFen = values.feeByLevel[bill.level]
      return bill.urgent ? grant({ feeFen: feeFen * (days + 1) }, 'S5') : grant({ feeFen }, 'S6')`)
    expect(codesOf(statements)).toEqual(['TB3002'])
    const bounded = statements.replace('feeFen * (days + 1)', 'feeFen + feeFen')
    expect(decided(bounded, { bills: bills('1', '1 0 2024-01-01', '1 5 2024-01-01', '1! 5 2024-01-01') })).toEqual([
      ...['refused no S2', 'refused unpaid S3', 'referred no_level S4', 'granted S6 50 = 50', 'granted S5 100 = 100'],
    ])
  })
})

describe('ranges of lists', () => {
  it.each([
    ['a filter may keep all', 'const some = filterOf(facts.bills, (bill) => bill.urgent)', ['some: at most 10']],
    [
      'the first are as many as may be asked for',
      'const some = firstOf(facts.bills, facts.wanted)',
      ['some: at most 3'],
    ],
    ['or as there are', 'const some = firstOf(facts.others, facts.wanted + facts.wanted)', ['some: at most 4']],
    [
      'a sum is over so many',
      'const fen = sumOf(firstOf(facts.bills, facts.wanted), (bill) => bill.paidFen)',
      ['fen: 0 to 3000'],
    ],
    ['and so is a count', 'const n = countOf(firstOf(facts.bills, 1), (bill) => bill.urgent)', ['n: 0 to 1']],
    ['not the least is more', 'const fen = facts.wanted !== 0 ? facts.wanted : facts.wanted + 1', ['fen: 1 to 3']],
    ['a thing less a part of it', 'const n = facts.wanted - (facts.wanted < 1 ? 0 : facts.wanted)', ['n: 0 to 3']],
  ])('%s', (_, statements, ranges) => {
    expect(rangesOf(statements)).toEqual(ranges)
  })
})

describe('what is refused of lists', () => {
  it.each([
    ['a list as a const', 'const all = facts.bills', ['TB2002']],
    [
      'a selection as a condition',
      'const urgent = filterOf(facts.bills, (bill) => bill.urgent)\nif (urgent) return refuse("no", "S2")',
      ['TB2002'],
    ],
    ['two selections compared', 'const a = firstOf(facts.bills, 1)\nconst b = a === a', ['TB2002', 'TB2002']],
    [
      'a choice between selections',
      'const a = firstOf(facts.bills, 1)\nconst b = facts.wanted === 1 ? a : a',
      ['TB2002', 'TB2002'],
    ],
    [
      'a selection inside the function of an item',
      'const n = countOf(facts.bills, (bill) => someOf(firstOf(facts.others, 1), () => true))',
      ['TB1209'],
    ],
    [
      'the first of them inside the function of an item',
      'const n = countOf(facts.bills, (bill) => firstOf(facts.others, 1))',
      ['TB1209'],
    ],
    [
      'a list operation inside eachOf',
      "return refuse('no', 'S2', eachOf(facts.bills, (bill) => someOf(facts.others, () => true) ? refuse('a', 'S2') : refuse('b', 'S2')))",
      ['TB1209'],
    ],
    ['an order by what may be null', "const a = sortOf(facts.bills, (bill) => bill.paidOn, 'ascending')", ['TB2004']],
    ['an order by a word', "const a = sortOf(facts.kinds, (kind) => kind, 'ascending')", ['TB2002']],
    [
      'an item under a name that is taken',
      'const bill = facts.wanted\nconst n = countOf(facts.bills, (bill) => bill.urgent)',
      ['TB1107'],
    ],
    [
      'a const of an item under a name that is taken',
      "const feeFen = facts.wanted\nreturn refuse('no', 'S2', eachOf(facts.bills, (bill) => { const feeFen = bill.paidFen; return grant({ feeFen }, 'S2') }))",
      ['TB1107', 'TB2001'],
    ],
    [
      'an item without an outcome',
      "return refuse('no', 'S2', eachOf(facts.bills, (bill) => { if (bill.urgent) return refuse('a', 'S2') }))",
      ['TB1103'],
    ],
    [
      'a grant of an item without its total',
      "return refuse('no', 'S2', eachOf(facts.bills, (bill) => grant({}, 'S2')))",
      ['TB1109'],
    ],
    [
      'a result that items do not have',
      "return refuse('no', 'S2', eachOf(facts.bills, (bill) => grant({ feeFen: 0, number: 1 }, 'S2')))",
      ['TB1109'],
    ],
    [
      'a key that the table may not have',
      'const n = sumOf(facts.bills, (bill) => values.feeByLevel[bill.level])',
      ['TB3005'],
    ],
    ['a key that is a word', "const n = values.feeByLevel['1']", ['TB2001']],
    ['a const that could not be read is told once', 'const n = facts.nothing\nconst m = n + n', ['TB1203']],
    ['a whole item', 'const n = countOf(facts.bills, (bill) => bill)', ['TB2002']],
  ])('%s', (_, statements, codes) => {
    const isWhole = statements.split('\n').at(-1)?.startsWith('return')
    const text = isWhole ? statements : `${statements}\nreturn refuse('no', 'S2')`
    expect(codesOf(text)).toEqual(codes)
  })
})

it('a selection knows the fact whose items it selects, through names too', () => {
  const text = sourceOf(`const a = firstOf(facts.bills, 1)\nconst b = a\n${number('b')}`)
  const block: Block = readPolicies(text, 'fee.ts')[0]?.bodies[0]?.block ?? []
  const [, second, end] = block
  expect(second).toMatchObject({ do: 'const', is: { op: 'local', base: 'bills' } })
  const counted: Expression | undefined = end?.do === 'grant' ? end.results.number : undefined
  expect(counted && operandsOf(counted)[0]).toMatchObject({ op: 'local', base: 'bills' })
})
