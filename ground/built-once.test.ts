import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtOnce, type Given } from './built-once.ts'
import { sendAhead } from './database.ts'
import { sideBySide } from './side-by-side.ts'
import { type TestNode, testNode } from './testing.ts'
import { inTransaction, type Work } from './work.ts'

const tables =
  'CREATE TABLE held.held (name text, much integer NOT NULL); GRANT SELECT, INSERT ON held.held TO tongban_app'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [{ schema: 'held', files: [{ name: '0001_held.sql', sql: tables }] }] })
})
afterAll(() => node.close())

type HeldTables = { 'held.held': { name: string | null; much: number } }

const once = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, { kind: 'system' }, action)

const added = builtOnce((query, given: Given<{ name: string | null; much: number }>) =>
  query
    .withTables<HeldTables>()
    .insertInto('held.held')
    .values({ name: given('name'), much: given('much') }),
)
const named = builtOnce((query, given: Given<{ much: number }>) =>
  query.withTables<HeldTables>().selectFrom('held.held').select('name').where('much', '=', given('much')),
)

describe('a query that is built once', () => {
  it('has one text, and each time the values that it is given, in their places', () => {
    let built = 0
    const query = builtOnce((builder, given: Given<{ name: string; least: number }>) => {
      built += 1
      const held = builder.withTables<HeldTables>().selectFrom('held.held').select('name')
      return held.where('much', '>=', given('least')).where('name', '=', given('name')).where('much', '<', 100)
    })
    const [one, other] = [query({ name: 'a', least: 1 }), query({ name: 'b', least: 2 })]
    expect(one.sql).toBe('select "name" from "held"."held" where "much" >= $1 and "name" = $2 and "much" < $3')
    expect(other.sql).toBe(one.sql)
    expect([one.parameters, other.parameters, built]).toEqual([[1, 'a', 100], [2, 'b', 100], 1])
  })

  it('may be raw, with what other raw text has in it', () => {
    const query = builtOnce(
      (_, given: Given<{ rows: string }>) => sql<{ n: number }>`SELECT ${given('rows')}::json AS n`,
    )
    expect(query({ rows: '[1]' })).toMatchObject({ sql: 'SELECT $1::json AS n', parameters: ['[1]'] })
  })

  it('is asked by a work, sent ahead, and merged side by side like any other', async () => {
    const found = new Map<number, (string | null)[]>()
    await once(async (work) => {
      await sideBySide(work, [1, 2, 3, 4], async (part, much) => {
        await sendAhead(part.db, added({ name: much === 3 ? null : `held ${much}`, much }))
        found.set(
          much,
          (await part.db.executeQuery(named({ much }))).rows.map(({ name }) => name),
        )
      })
    })
    expect([...found]).toEqual([
      [1, ['held 1']],
      [2, ['held 2']],
      [3, [null]],
      [4, ['held 4']],
    ])
  })
})
