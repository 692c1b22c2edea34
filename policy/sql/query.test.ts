import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { EXAMPLE_FILES, exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import type { PolicyBody } from '../ir.ts'
import { readPolicies } from '../reader/read.ts'
import type { ResolvedValues } from '../values.ts'
import type { SqlTable } from './plan.ts'
import { sqlOf, totalsSqlOf } from './query.ts'
import { createTableSql, insertRowsSql } from './table.ts'
import { openDuckDb, openPostgres, type TestDatabase } from './testing.ts'
import { decodeRow } from './verdicts.ts'

const dialects = ['postgresql', 'duckdb'] as const

describe('the text of a query', () => {
  const texts = EXAMPLE_FILES.flatMap((file) => dialects.map((dialect) => ({ file, dialect })))

  it.each(texts)('of $file for $dialect is the one that people have read', async ({ file, dialect }) => {
    const parts = exampleIr(file).bodies.flatMap((body) => {
      const table: SqlTable = { dialect, table: ['club', 'cases'], setColumn: 'region', keys: ['number'] }
      const plan = { body, sets: { club: exampleValues } }
      return [createTableSql(body, table), sqlOf(plan, table), totalsSqlOf(plan, { ...table, keys: ['region'] })]
    })
    const text = parts.map((part) => `${part.trimEnd()};\n`).join('\n')
    await expect(text).toMatchFileSnapshot(`golden/${file.replace('.ts', '')}.${dialect}.sql`)
  })

  it('is as long as the rule: twice as many names, twice the text at most', () => {
    const length = (names: number) => sqlOf(planOf(chain(names)), { dialect: 'postgresql', table: 'facts' }).length
    expect(length(40) - length(20)).toBeLessThan(2.1 * (length(20) - length(10)))
  })

  it.each(['value_sets', 'given', 'endings', 'counted', 'step_1', 'Step_12'])('refuses a table called %s', (table) => {
    expect(() => sqlOf(planOf(chain(1)), { dialect: 'duckdb', table })).toThrow(RangeError)
    expect(sqlOf(planOf(chain(1)), { dialect: 'duckdb', table: ['main', table] })).toContain(`"main"."${table}"`)
  })

  it('refuses a key that is called as a column of its own', () => {
    const plan = planOf(chain(1))
    for (const key of ['outcome', 'Reason', 'result_n']) {
      expect(() => sqlOf(plan, { dialect: 'duckdb', table: 'facts', keys: [key] })).toThrow(RangeError)
    }
    expect(() => totalsSqlOf(plan, { dialect: 'duckdb', table: 'facts', keys: ['cases'] })).toThrow(RangeError)
    expect(sqlOf(plan, { dialect: 'duckdb', table: 'facts', keys: ['cases'] })).toContain('AS cases')
  })

  it('refuses several sets of values without a column that picks one, and text with the character 0', () => {
    const plan = planOf(chain(1))
    const two = { ...plan, sets: { ...plan.sets, other: {} } }
    expect(() => sqlOf(two, { dialect: 'duckdb', table: 'facts' })).toThrow('several sets of values')
    expect(() => sqlOf(plan, { dialect: 'duckdb', table: 'a\0b' })).toThrow('character 0')
    expect(() => sqlOf({ ...plan, sets: { 'a\0': {} } }, { dialect: 'duckdb', table: 'facts' })).toThrow('character 0')
  })

  it('refuses values that are not there, instead of taking them for zero', () => {
    const plan = { body: latest('club-membership.ts'), sets: { club: {} } }
    expect(() => sqlOf(plan, { dialect: 'duckdb', table: 'facts' })).toThrow(TypeError)
  })
})

describe.each(dialects)('a table of cases in %s', (dialect) => {
  const body = latest('court-booking.ts')
  const table: SqlTable = { dialect, table: 'the "cases"', setColumn: 'the region', keys: ['outcome number', 'court'] }
  const plan = { body, sets: { club: exampleValues } }
  const facts = {
    ...{ court: 'hall', hours: 1, requestedOn: '2024-05-01', playedOn: '2024-05-09', bannedUntil: null, depositFen: 0 },
    ...{ memberNumber: 'A', depositorNumber: 'A', equipment: ['balls'], players: [{ age: 30, guest: false }] },
  }
  let database: TestDatabase

  beforeAll(async () => {
    const isPostgres = dialect === 'postgresql'
    database = isPostgres ? await openPostgres(inject('adminUrl'), 'policy_sql_tables') : await openDuckDb()
    await database.run(createTableSql(body, { ...table, keys: ['outcome number'] }))
  })

  afterAll(() => database.close())

  it.each([
    ['an amount below zero', { depositFen: -1 }],
    ['a count above its bound', { hours: 25 }],
    ['a word that is none of the choice', { court: 'ice' }],
    ['a day before 1900', { playedOn: '1899-12-31' }],
    ['a day after 2199', { playedOn: '2200-01-01' }],
    ['a list that is too long', { players: Array.from({ length: 21 }, () => ({ age: 1, guest: true })) }],
  ])('does not take %s', async (_, wrong) => {
    await expect(database.run(insert({ ...facts, ...wrong }))).rejects.toThrow(/check|constraint/i)
  })

  it('tells cases apart by their keys; a case without values or without a fact has no outcome', async () => {
    await database.run(insert(facts))
    await database.run(insert(facts, 'elsewhere'))
    await database.run('ALTER TABLE "the ""cases""" ALTER COLUMN "hours" DROP NOT NULL')
    await database.run(insert(facts, 'club', 'no hours'))
    await database.run(`UPDATE "the ""cases""" SET "hours" = NULL WHERE "outcome number" = 'no hours'`)

    const rows = await database.run(sqlOf(plan, table))
    const byKey = new Map(rows.map((row) => [row['outcome number'], row]))
    expect(decodeRow(body, byKey.get('club') ?? {})).toEqual({
      ...{ outcome: 'granted', reason: null, because: 'S28', amountFen: 80_05 },
      results: {
        priceFen: { value: 80_05, unit: 'fen' },
        bindingFrom: { value: '2024-05-10', unit: 'date' },
        supervised: { value: true, unit: 'flag' },
      },
    })
    expect(byKey.get('club')?.court).toBe('hall')
    expect(decodeRow(body, byKey.get('elsewhere') ?? {})).toBeUndefined()
    expect(decodeRow(body, byKey.get('no hours') ?? {})).toBeUndefined()

    const totals = await database.run(totalsSqlOf(plan, { ...table, keys: ['the region'] }))
    const counted = totals.map((row) => [row['the region'], row.outcome, String(row.cases), row.sum_result_price_fen])
    expect(counted.toSorted()).toEqual([
      ['club', null, '1', null],
      ['club', 'granted', '1', '8005'],
      ['elsewhere', null, '1', null],
    ])
  })

  function insert(row: typeof facts, set = 'club', key = set): string {
    return insertRowsSql(body, { ...table, keys: ['outcome number'] }, [{ facts: row, set, keys: [key] }])
  }
})

describe('reading a row', () => {
  const body = latest('court-booking.ts')
  const row = {
    ...{ outcome: 'granted', reason: null, because: 'S28', result_price_fen: 5n, result_credit_fen: null },
    ...{ result_binding_from: '2024-05-10', result_supervised: true },
  }

  it('takes whole numbers as numbers, bigints or digits', () => {
    for (const fen of [5, 5n, '5']) expect(decodeRow(body, { ...row, result_price_fen: fen })?.amountFen).toBe(5)
  })

  it.each([
    ['an outcome that is none', { outcome: 'perhaps' }],
    ['a clause that is missing', { because: undefined }],
    ['an amount that is not whole', { result_price_fen: 0.5 }],
    ['an amount beyond what is exact', { result_price_fen: 2n ** 53n }],
    ['digits that are none', { result_price_fen: 'five' }],
    ['a day with a time', { result_binding_from: '2024-05-10T00:00' }],
    ['a flag that is a number', { result_supervised: 1 }],
    ['a result that is missing', { result_credit_fen: undefined }],
  ])('refuses %s', (_, wrong) => {
    expect(() => decodeRow(body, { ...row, ...wrong })).toThrow(TypeError)
  })
})

function latest(file: (typeof EXAMPLE_FILES)[number]): PolicyBody {
  const body = exampleIr(file).bodies.at(-1)
  if (body === undefined) throw new Error(`${file} has no body`)
  return body
}

function planOf(body: PolicyBody): { body: PolicyBody; sets: Record<string, ResolvedValues> } {
  return { body, sets: { club: {} } }
}

/** A body of so many names, each used twice by the next. */
function chain(names: number): PolicyBody {
  const lines = Array.from({ length: names }, (_, index) => `const n${index + 1} = n${index} + n${index}`)
  const [ir] = readPolicies(
    `import { count, grant, policy } from '@tongban/policy'
export const fee = policy({
  id: 'fee', title: { zh: '会费', en: 'Fee' }, from: '2024-01-01', clause: 'S1',
  facts: { n: count('thing', { max: 8 }) },
  values: {},
  results: { n: count('thing', { max: 9_007_199_254_740_991 }) },
  decide(facts, values) {
    const n0 = facts.n + 1\n${lines.join('\n')}
    return grant({ n: n${names} }, 'S1')
  },
})`,
    'fee.ts',
  )
  const [body] = ir?.bodies ?? []
  if (body === undefined) throw new Error('the chain has no body')
  return body
}
