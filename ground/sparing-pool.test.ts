import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client, type Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, sendAhead } from './database.ts'
import { recordingPool, type TestNode, testNode } from './testing.ts'
import { asActor, inTransaction, type Work } from './work.ts'

describe('what has no answer does not take a round trip', () => {
  let sent: string[] = []
  let node: TestNode
  const kind = sql<{ kind: string }>`select ground.setting('actor_kind') as kind`
  const system = { kind: 'system' } as const
  const nobody = { kind: 'public' } as const

  beforeAll(async () => {
    const made = await testNode({ migrations: [] })
    const database = openDatabase(made.database.url, {
      through: (pool) => recordingPool(pool, (text) => sent.push(text)),
    })
    await made.close()
    node = { ...made, database, close: () => database.close() }
  })
  afterAll(() => node.close())
  beforeEach(() => {
    sent = []
  })

  it('a transaction in which nothing is asked is none', async () => {
    await inTransaction(node, system, async () => {})
    expect(sent).toEqual([])
  })

  it('begin and actor go out with the first statement', async () => {
    const { rows } = await inTransaction(node, system, (work) => kind.execute(work.db))
    expect(rows).toEqual([{ kind: 'system' }])
    expect(sent.map((text) => text.slice(0, 6))).toEqual(['begin', 'select', 'select', 'commit'])
  })

  it('an actor that asked nothing is never set, and the one before is set again only where there was another', async () => {
    const kinds = await inTransaction(node, nobody, async (work) => {
      await asActor(work, system, async () => {})
      const first = await kind.execute(work.db)
      await asActor(work, system, async () => {})
      const second = await kind.execute(work.db)
      const third = await asActor(work, system, (part) => kind.execute(part.db))
      const fourth = await kind.execute(work.db)
      return [first, second, third, fourth].map(({ rows }) => rows[0]?.kind)
    })
    expect(kinds).toEqual(['public', 'public', 'system', 'public'])
    expect(sent.filter((text) => text.includes('/* settings */'))).toHaveLength(3)
  })

  it('who acts is the same after a savepoint was taken back', async () => {
    const kinds = await inTransaction(node, nobody, async (work) => {
      await sql`savepoint apart`.execute(work.db)
      return asActor(work, system, async (part) => {
        const inside = await kind.execute(part.db)
        await sql`rollback to savepoint apart`.execute(part.db)
        const after = await kind.execute(part.db)
        return [inside, after].map(({ rows }) => rows[0]?.kind)
      })
    })
    expect(kinds).toEqual(['system', 'system'])
  })

  it('a savepoint takes back what failed as another actor', async () => {
    const after = await inTransaction(node, nobody, async (work) => {
      await sql`savepoint apart`.execute(work.db)
      await asActor(work, system, (part) => sql`select 1 / 0`.execute(part.db)).catch(() => {})
      await sql`rollback to savepoint apart`.execute(work.db)
      return kind.execute(work.db)
    })
    expect(after.rows).toEqual([{ kind: 'public' }])
  })

  it('a first statement that fails takes the transaction with it, what comes after it fails as it did, and the connection stays good', async () => {
    const fails = inTransaction(node, system, async (work) => {
      await sql`select 1 / 0`.execute(work.db).catch(() => {})
      await sql`select 1`.execute(work.db)
    })
    await expect(fails).rejects.toThrow(/division by zero/)
    expect((await inTransaction(node, nobody, (work) => kind.execute(work.db))).rows).toEqual([{ kind: 'public' }])
  })
})

describe('a statement that is sent ahead', () => {
  let node: TestNode
  beforeAll(async () => {
    const tables =
      'CREATE TABLE note.note (number integer PRIMARY KEY); GRANT SELECT, INSERT ON note.note TO tongban_app'
    node = await testNode({ migrations: [{ schema: 'note', files: [{ name: '0001_note.sql', sql: tables }] }] })
  })
  afterAll(() => node.close())

  type Notes = { 'note.note': { number: number } }
  const note = (work: Work, number: number) =>
    sendAhead(work.db, work.db.withTables<Notes>().insertInto('note.note').values({ number }))
  const numbers = async (work: Work) => {
    const rows = await work.db.withTables<Notes>().selectFrom('note.note').select('number').execute()
    return rows.map(({ number }) => number)
  }

  it('is there for the next one, and after the commit', async () => {
    const seen = await inTransaction(node, { kind: 'system' }, async (work) => {
      await note(work, 1)
      await note(work, 2)
      return numbers(work)
    })
    expect(seen).toEqual([1, 2])
    await inTransaction(node, { kind: 'system' }, (work) => note(work, 3))
    expect(await inTransaction(node, { kind: 'system' }, numbers)).toEqual([1, 2, 3])
  })

  it.each([
    ['the next statement', numbers],
    ['the commit', async () => {}],
  ] as const)('fails %s with its own error, and nothing is there', async (_, then) => {
    const fails = inTransaction(node, { kind: 'system' }, async (work) => {
      await note(work, 4)
      await note(work, 1)
      await then(work)
    })
    await expect(fails).rejects.toMatchObject({ code: '23505' })
    expect(await inTransaction(node, { kind: 'system' }, numbers)).toEqual([1, 2, 3])
  })

  it('is taken back with a work that fails by itself', async () => {
    const fails = inTransaction(node, { kind: 'system' }, async (work) => {
      await note(work, 5)
      throw new Error('given up')
    })
    await expect(fails).rejects.toThrow('given up')
    expect(await inTransaction(node, { kind: 'system' }, numbers)).toEqual([1, 2, 3])
  })
})

it('a statement that comes again is kept prepared, one of one use is not', async () => {
  const node = await testNode({ migrations: [] })
  const texts = await inTransaction(node, { kind: 'system' }, async (work) => {
    for (const number of [1, 2, 3]) await sql`select ${number}::integer as again`.execute(work.db)
    await sql`select ${1}::integer as once`.execute(work.db)
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(work.db)
    return rows.map(({ statement }) => statement)
  })
  await node.close()
  expect(texts.filter((text) => text.includes('as again'))).toHaveLength(1)
  expect(texts.filter((text) => text.includes('as once'))).toHaveLength(0)
})

it('a statement prepared before its table changed runs again on another connection', async () => {
  const tables = 'CREATE TABLE note.note (text text); GRANT SELECT ON note.note TO tongban_app'
  const node = await testNode({ migrations: [{ schema: 'note', files: [{ name: '0001_note.sql', sql: tables }] }] })
  const place = new URL(node.adminUrl)
  place.pathname = new URL(node.ownerUrl).pathname
  const owner = new Client({ connectionString: place.toString() })
  await owner.connect()
  const read = () =>
    inTransaction(node, { kind: 'system' }, (work) => sql`select * from note.note where ${1} = 1`.execute(work.db))
  for (const _ of [1, 2, 3]) await read()
  await owner.query("ALTER TABLE note.note ADD COLUMN more text; INSERT INTO note.note VALUES ('one', 'two')")
  await owner.end()
  expect((await read()).rows).toEqual([{ text: 'one', more: 'two' }])
  await node.close()
})

it('of several failures that of the first statement is told, whichever is heard of first', async () => {
  const made = await testNode({ migrations: [] })
  const hearsLate = async (text: string, answer: Promise<unknown>) => {
    await answer.catch(async (error: unknown) => {
      if (text.includes('1 / 0')) await setTimeout(50)
      throw error
    })
  }
  const through = (pool: Pool) => recordingPool(pool, () => {}, hearsLate)
  const database = openDatabase(made.database.url, { through })
  await made.close()
  const fails = inTransaction({ ...made, database }, { kind: 'system' }, async (work) => {
    const divided = sql`select 1 / 0`
    await sendAhead(work.db, { compile: () => divided.compile(work.db) })
    await sql`select 2`.execute(work.db)
  })
  await expect(fails).rejects.toThrow(/division by zero/)
  await database.close()
})
