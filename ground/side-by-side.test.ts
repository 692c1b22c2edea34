import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, sendAhead } from './database.ts'
import { rowsTogether } from './merging.ts'
import { sideBySide } from './side-by-side.ts'
import { recordingPool, type TestNode, testNode } from './testing.ts'
import { asActor, inTransaction, type Work } from './work.ts'

const tables = `CREATE TABLE note.note (number integer PRIMARY KEY, text text); CREATE SEQUENCE note.running;
  GRANT SELECT, INSERT, UPDATE, DELETE ON note.note TO tongban_app; GRANT USAGE ON note.running TO tongban_app`

type Notes = { 'note.note': { number: number; text: string | null } }
const system = { kind: 'system' } as const

let sent: string[] = []
let node: TestNode

beforeAll(async () => {
  const made = await testNode({ migrations: [{ schema: 'note', files: [{ name: '0001_note.sql', sql: tables }] }] })
  const database = openDatabase(made.database.url, {
    through: (pool) => recordingPool(pool, (text) => sent.push(text)),
  })
  await made.close()
  node = { ...made, database, close: () => database.close() }
})
afterAll(() => node.close())
beforeEach(async () => {
  await inTransaction(node, system, (work) => sql`delete from note.note`.execute(work.db))
  sent = []
})

const notes = (work: Work) => work.db.withTables<Notes>()

async function note(work: Work, number: number, text: string | null = null): Promise<void> {
  await sendAhead(work.db, notes(work).insertInto('note.note').values({ number, text }))
}

async function numbersOf(work: Work, text: string): Promise<number[]> {
  const query = notes(work).selectFrom('note.note').select('number').where('text', '=', text).orderBy('number', 'desc')
  return (await query.execute()).map(({ number }) => number)
}

/** Runs parts for these numbers side by side; returns what they answered, by number. */
async function answersOf<Answer>(numbers: readonly number[], part: (work: Work, number: number) => Promise<Answer>) {
  const answers = new Map<number, Answer>()
  await inTransaction(node, system, (work) =>
    sideBySide(work, numbers, async (own, number) => {
      answers.set(number, await part(own, number))
    }),
  )
  return answers
}

/** Statements without those of the transaction itself. */
const asked = () => sent.filter((text) => !/^(begin|commit|rollback|select \/\* settings|SET LOCAL)/.test(text))

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

describe('parts of a transaction side by side', () => {
  it('insert together what nobody waits for, and each reads what it wrote itself', async () => {
    const answers = await answersOf(upTo(21), async (work, number) => {
      await note(work, number, `of ${number % 3}`)
      await note(work, 100 + number, `own ${number}`)
      return numbersOf(work, `own ${number}`)
    })
    expect([...answers]).toEqual(upTo(21).map((number) => [number, [100 + number]]))
    // Of 21: sixteen, four and one; of the two insertions and the selection.
    expect(asked()).toHaveLength(9)
    expect(await inTransaction(node, system, (work) => numbersOf(work, 'of 0'))).toEqual([21, 18, 15, 12, 9, 6, 3])
  })

  it('get the rows of their own selection, in its order, however many', async () => {
    await inTransaction(node, system, async (work) => {
      for (const number of upTo(6)) await note(work, number, number > 3 ? 'many' : 'few')
    })
    const texts = ['many', 'none', 'few', 'many']
    const answers = await answersOf([0, 1, 2, 3], (work, at) => numbersOf(work, texts[at] ?? ''))
    expect([...answers.values()]).toEqual([[6, 5, 4], [], [3, 2, 1], [6, 5, 4]])
    const first = await answersOf([1, 9], (work, number) =>
      notes(work).selectFrom('note.note').selectAll().where('number', '=', number).forUpdate().executeTakeFirst(),
    )
    expect(first.get(1)).toEqual({ number: 1, text: 'few' })
    expect(first.get(9)).toBeUndefined()
  })

  it('take numbers of their own', async () => {
    const name = 'note.running'
    const answers = await answersOf(upTo(5), (work) =>
      sql<{ no: number }>`select nextval(${name}) as no`.execute(work.db),
    )
    expect(new Set([...answers.values()].map(({ rows }) => rows[0]?.no)).size).toBe(5)
    expect(asked()).toHaveLength(2)
  })

  it('may ask different things, and what changes rows one by one', async () => {
    await inTransaction(node, system, async (work) => {
      for (const number of upTo(3)) await note(work, number, 'before')
    })
    const answers = await answersOf(upTo(3), async (work, number) => {
      if (number === 2) return numbersOf(work, 'nothing')
      const { numUpdatedRows } = await notes(work)
        .updateTable('note.note')
        .set({ text: `after ${number}` })
        .where('number', '=', number)
        .executeTakeFirstOrThrow()
      await note(work, 10 + Number(numUpdatedRows) + number, 'counted')
      return numbersOf(work, `after ${number}`)
    })
    expect([...answers].sort()).toEqual([
      [1, [1]],
      [2, []],
      [3, [3]],
    ])
    expect(await inTransaction(node, system, (work) => numbersOf(work, 'counted'))).toEqual([14, 12])
  })

  it('fail together where a row is refused, and nothing is there', async () => {
    const fails = answersOf([1, 2, 1], async (work, number) => {
      await note(work, number, 'twice')
      await numbersOf(work, 'twice')
    })
    await expect(fails).rejects.toMatchObject({ code: '23505' })
    expect(await inTransaction(node, system, (work) => numbersOf(work, 'twice'))).toEqual([])
  })

  it('come to their end before what failed first is thrown', async () => {
    let ended = 0
    const fails = answersOf(upTo(4), async (work, number) => {
      try {
        if (number === 3) throw new Error('the third')
        await numbersOf(work, 'x')
        throw new Error('a later one')
      } finally {
        ended += 1
      }
    })
    await expect(fails).rejects.toThrow('the third')
    expect(ended).toBe(4)
  })

  it('leave nothing behind that was asked ahead by one that failed', async () => {
    for (const isAsked of [true, false]) {
      const fails = inTransaction(node, system, async (work) => {
        if (isAsked) await numbersOf(work, 'x')
        await sideBySide(work, [1, 2], async (part, number) => {
          await note(part, number, 'left')
          throw new Error('given up')
        })
      })
      await expect(fails).rejects.toThrow('given up')
    }
    expect(await inTransaction(node, system, (work) => numbersOf(work, 'left'))).toEqual([])
    expect(asked().filter((text) => text.startsWith('insert'))).toEqual([])
  })

  it('all hear of the first failure, not of what fails for its sake', async () => {
    for (let again = 0; again < 20; again++) {
      const codes: unknown[] = []
      const fails = answersOf(upTo(5), async (work, number) => {
        if (number === 1) await note(work, 1)
        if (number === 2) await note(work, 1)
        await numbersOf(work, 'x').catch((error: { code?: string }) => {
          codes.push(error.code)
          throw error
        })
      })
      await expect(fails).rejects.toMatchObject({ code: '23505' })
      expect(codes).toEqual(Array.from({ length: 5 }, () => '23505'))
    }
  })

  it('all act as one', async () => {
    const fails = answersOf([1, 2], (work) => asActor(work, { kind: 'public' }, (part) => numbersOf(part, 'x')))
    await expect(fails).rejects.toThrow('all act as one')
    const same = await answersOf([1, 2], (work) => asActor(work, system, (part) => numbersOf(part, 'x')))
    expect([...same.values()]).toEqual([[], []])
  })

  it('keep step, however their answers come in', async () => {
    // Each takes its time, so that eight, four, two and one are answered one after the other; of the first three, one goes no further.
    const [first, second] = ['a', 'b'].map((name) => sql`select pg_sleep(0.003), ${name} as name`)
    await answersOf(upTo(15), async (work, number) => {
      await first?.execute(work.db)
      if (![1, 9, 13].includes(number)) await second?.execute(work.db)
    })
    // Of the twelve that are left eight and four.
    expect(asked()).toHaveLength(4 + 2)
  })

  it('go on in groups: the next begins while the database answers the one before', async () => {
    const told: string[] = []
    await answersOf(upTo(17), async (work, number) => {
      told.push(`${number} begins after ${asked().length}`)
      await numbersOf(work, 'x')
      told.push(`${number} has its answer`)
    })
    const last = told.indexOf('17 begins after 1')
    expect(last).toBe(16)
    expect(told.indexOf('1 has its answer')).toBeGreaterThan(last)
  })

  it('plan what they ask once, and leave it to PostgreSQL again', async () => {
    const setting = sql<{ mode: string }>`select current_setting('plan_cache_mode') as mode`
    const mode = async (work: Work) => (await setting.execute(work.db)).rows[0]?.mode
    const modes = await inTransaction(node, system, async (work) => {
      const within: unknown[] = []
      await sideBySide(work, [1, 2], async (part) => void within.push(await mode(part)))
      return [...within, await mode(work)]
    })
    expect(modes).toEqual(['force_generic_plan', 'force_generic_plan', 'auto'])
  })

  it('write rows together that each gives as a list, and find their own among all', async () => {
    const written = (work: Work, number: number, text = 'listed') =>
      sql<{ number: number }>`${rowsTogether}
        INSERT INTO note.note (number, text)
        SELECT number, ${text} FROM json_to_recordset(${JSON.stringify([{ number }])}::json) AS given (number integer)
        RETURNING number`.execute(work.db)
    const answers = await answersOf(upTo(5), async (work, number) => (await written(work, number)).rows)
    for (const rows of answers.values()) expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
    expect(asked()).toHaveLength(1)
    const apart = await answersOf([6, 7], async (work, number) => (await written(work, number, `${number}`)).rows)
    expect([...apart.values()].map((rows) => rows.map(({ number }) => number))).toEqual([[6], [7]])
  })

  it('are none for nothing, and the transaction itself for one', async () => {
    await answersOf([], async () => {})
    await answersOf([1], async (work, number) => {
      await note(work, number, 'alone')
      await numbersOf(work, 'alone')
    })
    expect(asked()).toHaveLength(2)
  })
})
