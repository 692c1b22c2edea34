import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decide, explain, irHash, ReadProblems, readPolicies } from './door.ts'
import { exampleValues } from './examples/values.ts'

const source = readFileSync(new URL('examples/club-membership.ts', import.meta.url), 'utf8')

/** A policy whose body is `statements`, in a file of its own. */
function policySource(statements: string, facts = ''): string {
  return `import { addMonths, choice, count, date, flag, grant, includes, keyed, max, min, money, optional, policy, rate, refer, share, refuse } from '@tongban/policy'
export const fee = policy({
  id: 'fee', title: { zh: '会费', en: 'Fee' }, from: '2024-01-01', clause: 'S1',
  facts: { kind: choice('adult', 'youth', 'senior'), aFen: money(), bFen: money(), leftOn: optional(date()), joinedOn: date(), late: flag(), smallFen: money({ max: 100 }), n: count('time'), ${facts} },
  values: { feeByKind: keyed(choice('adult', 'youth'), money()), capFen: money(), rate: rate(), doubleRate: rate({ max: 2_000_000 }) },
  results: { feeFen: money(), kind: choice('adult', 'youth'), capped: money({ max: 100 }), n: count('time', { min: 1 }) },
  decide(facts, values) {
    ${statements}
  },
})`
}

function codesOf(text: string): string[] {
  try {
    readPolicies(text, 'fee.ts')
    return []
  } catch (error) {
    if (error instanceof ReadProblems) return error.problems.map(({ code }) => code)
    throw error
  }
}

describe('the reader', () => {
  it('reads one IR for each id, its bodies by date, whatever their order in the file', () => {
    const [ir, ...others] = readPolicies(source, 'club.ts')
    expect(others).toEqual([])
    expect(ir?.bodies.map(({ from, to, clause }) => [from, to, clause])).toEqual([
      ['2020-01-01', '2023-12-31', 'S1'],
      ['2024-01-01', undefined, 'S10'],
    ])
    const [first, second] = source.split(/(?=export const membershipFee = )/)
    const swapped = first?.replace(/(import[\s\S]*?)(export const membershipFeeAtFoundation[\s\S]*)/, `$1${second}$2`)
    expect(irHash(given(readPolicies(swapped ?? '', 'club.ts')[0]))).toBe(irHash(given(ir)))
  })

  it('finds nothing in a file without policies', () => {
    expect(readPolicies('export const five: number = 5', 'five.ts')).toEqual([])
  })

  it('runs nothing of the file', () => {
    const trap = `throw new Error('run')\n${source}`
    expect(readPolicies(trap, 'club.ts')).toHaveLength(1)
  })

  it('deleting the bodies after reading changes nothing but the direct call', () => {
    const [ir] = readPolicies(source, 'club.ts')
    const kept = given(ir)
    const gone = JSON.parse(JSON.stringify(kept), (key, member) =>
      key === 'source' && typeof member === 'string' ? '' : member,
    )
    const facts = { kind: 'adult', joinsOn: '2024-05-01', suspended: false, guests: [] }
    expect(decide(gone, facts, exampleValues, '2024-05-01')).toEqual(decide(kept, facts, exampleValues, '2024-05-01'))
    expect(explain(gone, facts, exampleValues, '2024-05-01').decision.outcome).toBe('granted')
  })

  it('places every node where it stands in the source', () => {
    const [ir] = readPolicies(source, 'club.ts')
    const [statement] = given(ir?.bodies[1]).block
    expect(source.slice(statement?.at.start, statement?.at.end)).toBe(
      "if (facts.suspended) return refuse('suspended', 'S11')",
    )
    const before = source.slice(0, statement?.at.start).split('\n')
    expect([statement?.at.line, statement?.at.column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1])
  })

  it('names the same rule by the same hash wherever it stands and however it is commented', () => {
    const moved = `\n\n// A comment.\n${source.replace('if (facts.suspended)', '/* why */ if ( facts.suspended )')}`
    expect(irHash(given(readPolicies(moved, 'other.ts')[0]))).toBe(irHash(given(readPolicies(source, 'club.ts')[0])))
  })

  it('names another rule by another hash', () => {
    const other = source.replace('>= values.loyaltyMonthsMin', '> values.loyaltyMonthsMin')
    expect(irHash(given(readPolicies(other, 'club.ts')[0]))).not.toBe(irHash(given(readPolicies(source, 'club.ts')[0])))
  })

  it('needs no look at types: annotations, `as const` and `satisfies` are blanks', () => {
    const typed = source
      .replace('const loyal =', 'const loyal: boolean =')
      .replace('const guest =', 'const guest: unknown =')
    expect(irHash(given(readPolicies(typed, 'club.ts')[0]))).toBe(irHash(given(readPolicies(source, 'club.ts')[0])))
  })
})

/** Statements, and the codes of what is refused in them. */
const proofs: readonly (readonly [name: string, statements: string, codes: readonly string[]])[] = [
  [
    'a difference after its comparison',
    "if (facts.aFen < facts.bFen) return refuse('less', 'S2')\nreturn grant({ feeFen: facts.aFen - facts.bFen }, 'S3')",
    [],
  ],
  [
    'the other difference after it',
    "if (facts.aFen < facts.bFen) return refuse('less', 'S2')\nreturn grant({ feeFen: facts.bFen - facts.aFen }, 'S3')",
    ['TB3002'],
  ],
  [
    'a difference inside its comparison',
    "if (facts.aFen >= facts.bFen) return grant({ feeFen: facts.aFen - facts.bFen }, 'S3')\nreturn refuse('less', 'S2')",
    [],
  ],
  [
    'a difference in the branch of its condition',
    "return grant({ feeFen: facts.aFen > facts.bFen ? facts.aFen - facts.bFen : 0 }, 'S3')",
    [],
  ],
  [
    'a difference that was named and compared with 0',
    "const overFen = facts.aFen - facts.bFen\nif (overFen < 0) return refuse('less', 'S2')\nreturn grant({ feeFen: overFen }, 'S3')",
    [],
  ],
  ['a difference with a floor', "return grant({ feeFen: max(facts.aFen - facts.bFen, 0) }, 'S3')", []],
  [
    'not null after a refusal',
    "if (facts.leftOn === null) return refuse('stays', 'S2')\nreturn facts.leftOn < facts.joinedOn ? refuse('odd', 'S2') : refuse('left', 'S2')",
    [],
  ],
  [
    'not null on the right of &&',
    "if (facts.leftOn !== null && facts.leftOn < facts.joinedOn) return refuse('odd', 'S2')\nreturn refuse('left', 'S2')",
    [],
  ],
  [
    'not null on the right of ||',
    "if (facts.leftOn === null || facts.leftOn < facts.joinedOn) return refuse('odd', 'S2')\nreturn refuse('left', 'S2')",
    [],
  ],
  [
    'maybe null on the right of the wrong one',
    "if (facts.leftOn !== null || facts.leftOn < facts.joinedOn) return refuse('odd', 'S2')\nreturn refuse('left', 'S2')",
    ['TB2004'],
  ],
  [
    'not null through a named condition',
    "const left = facts.leftOn !== null\nif (left && facts.leftOn < facts.joinedOn) return refuse('odd', 'S2')\nreturn refuse('left', 'S2')",
    [],
  ],
  [
    'not null under a negation',
    "if (!(facts.leftOn === null) && facts.leftOn < facts.joinedOn) return refuse('odd', 'S2')\nreturn refuse('left', 'S2')",
    [],
  ],
  [
    'nothing after a branch that goes on',
    "if (facts.leftOn !== null) {\n  if (facts.late) return refuse('late', 'S2')\n}\nreturn facts.leftOn < facts.joinedOn ? refuse('odd', 'S2') : refuse('left', 'S2')",
    ['TB2004'],
  ],
  [
    'what the only branch that goes on has proved',
    "if (facts.leftOn !== null) {\n  if (facts.late) return refuse('late', 'S2')\n} else return refuse('stays', 'S2')\nreturn facts.leftOn < facts.joinedOn ? refuse('odd', 'S2') : refuse('left', 'S2')",
    [],
  ],
  [
    'a word less after a refusal',
    "if (facts.kind === 'senior') return refuse('senior', 'S2')\nreturn grant({ feeFen: values.feeByKind[facts.kind], kind: facts.kind }, 'S3')",
    [],
  ],
  ['a word too many for a table', "return grant({ feeFen: values.feeByKind[facts.kind] }, 'S3')", ['TB2005']],
  [
    'the words of includes',
    "if (!includes(['adult', 'youth'], facts.kind)) return refuse('senior', 'S2')\nreturn grant({ feeFen: values.feeByKind[facts.kind] }, 'S3')",
    [],
  ],
  [
    'the words of a case',
    "switch (facts.kind) {\n  case 'adult':\n  case 'youth':\n    return grant({ feeFen: values.feeByKind[facts.kind] }, 'S3')\n}\nreturn refuse('senior', 'S2')",
    [],
  ],
  [
    'an outcome in every case',
    "switch (facts.kind) {\n  case 'adult': return refuse('adult', 'S2')\n  case 'youth': return refuse('youth', 'S2')\n  default: return refuse('senior', 'S2')\n}",
    [],
  ],
  [
    'a comparison that cannot hold any more',
    "if (facts.kind === 'senior') return refuse('senior', 'S2')\nif (facts.kind === 'senior') return refuse('again', 'S2')\nreturn refuse('other', 'S2')",
    ['TB2005'],
  ],
  ['a clause that depends', "return grant({ feeFen: facts.aFen }, facts.late ? 'S2' : 'S3')", []],
  [
    'a clause and a result that depend on the same word',
    "return grant({ feeFen: facts.kind === 'senior' ? facts.aFen : values.feeByKind[facts.kind] }, facts.kind === 'senior' ? 'S2' : 'S3')",
    [],
  ],
  [
    'a result that only the condition of its clause would prove',
    "return grant({ feeFen: facts.leftOn < facts.joinedOn ? facts.aFen : 0 }, facts.leftOn === null ? 'S2' : 'S3')",
    ['TB2004'],
  ],
  [
    'a clause that depends on two conditions, one after the other',
    "return grant({ feeFen: facts.aFen }, facts.leftOn === null ? 'S2' : facts.leftOn < facts.joinedOn ? 'S3' : 'S4')",
    [],
  ],
]

describe('what conditions prove', () => {
  it.each(proofs)('%s', (_, statements, codes) => {
    expect(codesOf(policySource(statements))).toEqual(codes)
  })
})

describe('what is known without a condition', () => {
  it.each([
    [
      'a thing less a share of it',
      "return grant({ feeFen: facts.aFen - share(facts.aFen, values.rate, 'up') }, 'S3')",
      [],
    ],
    [
      'a thing less a share of it that was named',
      "const aFen = facts.aFen\nconst cutFen = share(aFen, values.rate)\nreturn grant({ feeFen: facts.aFen - cutFen }, 'S3')",
      [],
    ],
    [
      'a thing less a share of another',
      "return grant({ feeFen: facts.aFen - share(facts.bFen, values.rate) }, 'S3')",
      ['TB3002'],
    ],
    [
      'a thing less more than the whole of it',
      "return grant({ feeFen: facts.aFen - share(facts.aFen, values.doubleRate) }, 'S3')",
      ['TB3002'],
    ],
    [
      'a thing less the lesser of it',
      "return grant({ feeFen: facts.aFen - min(values.capFen, facts.aFen) }, 'S3')",
      [],
    ],
    ['the greater less a thing', "return grant({ feeFen: max(values.capFen, facts.aFen) - facts.aFen }, 'S3')", []],
    [
      'the lesser less a thing',
      "return grant({ feeFen: min(values.capFen, facts.aFen) - facts.aFen }, 'S3')",
      ['TB3002'],
    ],
    [
      'a thing less nothing or a share of it',
      "return grant({ feeFen: facts.aFen - (facts.late ? 0 : share(facts.aFen, values.rate)) }, 'S3')",
      [],
    ],
    [
      'the share of a whole is no more than it',
      "return grant({ capped: share(facts.smallFen, values.rate, 'up') }, 'S3')",
      [],
    ],
    [
      'the share of twice a whole may be more',
      "return grant({ capped: share(facts.smallFen, values.doubleRate) }, 'S3')",
      ['TB3002'],
    ],
    ['a count that is not nothing', "return facts.n !== 0 ? grant({ n: facts.n }, 'S3') : refuse('none', 'S2')", []],
    [
      'a count that may be nothing',
      "return facts.n !== 1 ? grant({ n: facts.n }, 'S3') : refuse('one', 'S2')",
      ['TB3002'],
    ],
    ['a table by its word', "return grant({ feeFen: values.feeByKind.adult + values.feeByKind['youth'] }, 'S3')", []],
    ['a table by a word that it has not', "return grant({ feeFen: values.feeByKind.senior }, 'S3')", ['TB2005']],
  ])('%s', (_, statements, codes) => {
    expect(codesOf(policySource(statements))).toEqual(codes)
  })
})

describe('names', () => {
  it.each([
    ['a policy as the default export', 'export const fee = policy({', 'export default policy({', ['TB1002']],
    ['a policy in an array', 'export const fee = policy({', 'export const fees = [policy({', ['TB1002']],
    [
      'a name that every object has',
      "refuse('no', 'S2')",
      'grant({ feeFen: facts.constructor }, values.toString)',
      ['TB1203', 'TB1106'],
    ],
    ['an import under another name', 'refuse }', 'refuse as deny }', ['TB1105']],
  ])('%s', (_, from, to, codes) => {
    const text = policySource("return refuse('no', 'S2')").replace(from, to)
    expect(codesOf(to.includes('[') ? `${text}]` : text)).toEqual(codes)
  })

  it('a `const` of another branch is another thing', () => {
    const statements = `if (facts.late) {
      const left = facts.leftOn
      if (left === null) return refuse('stays', 'S2')
    }
    const left = facts.leftOn
    return left < facts.joinedOn ? refuse('odd', 'S2') : refuse('left', 'S2')`
    expect(codesOf(policySource(statements))).toEqual(['TB2004'])
  })
})

describe('declarations', () => {
  it.each([
    ['a unit that is a const', "age: count('year')", []],
    ['a count without a label', 'age: count()', ['TB1007']],
    ['a label that is a unit', "x: count('fen')", ['TB1007']],
    ['a label with capitals', "age: count('Year')", ['TB1007']],
    ['a choice twice the same', "size: choice('a', 'a')", ['TB1007']],
    ['a list inside a record', 'xs: list(record({ ys: list(money()) }))', ['TB1007']],
    ['a list of nothing', 'xs: list()', ['TB1007']],
    ['an optional nothing', 'x: optional()', ['TB1007']],
    ['a record of nothing', 'xs: list(record())', ['TB1007']],
    ['bounds beyond the exact range', 'x: money({ max: 9_007_199_254_740_992 })', ['TB1008']],
    ['a method', 'x() {}', ['TB1006']],
  ])('%s', (_, fact, codes) => {
    const text = policySource("return refuse('no', 'S2')", fact).replace('import {', 'import { list, record,')
    expect(codesOf(text)).toEqual(codes)
  })
})

function given<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('nothing was read')
  return thing
}
