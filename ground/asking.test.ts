import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { recordingPool, type TestNode, testNode } from './testing.ts'
import { inTransaction, type Work } from './work.ts'

describe('a transaction that asks at once', () => {
  let happened: string[] = []
  let node: TestNode
  const actor = { kind: 'system' } as const
  const ask = async (work: Work, text: string) => {
    await sql.raw(text).execute(work.db)
    happened.push(`answered: ${text}`)
  }
  const failureOf = (asked: Promise<unknown>) => asked.then(() => 'none', String)

  beforeAll(async () => {
    const made = await testNode({ migrations: [] })
    const through = (pool: Parameters<typeof recordingPool>[0]) =>
      recordingPool(
        pool,
        (text) => text.startsWith('select 1') && happened.push(`sent: ${text}`),
        // As when a busy machine hears of answers that came in together.
        async (text, answer) => {
          await answer.catch(() => {})
          if (text === 'select 1 / 0') await setTimeout(20)
        },
      )
    const database = openDatabase(made.database.url, { through })
    await made.close()
    node = { ...made, database, close: () => database.close() }
  })
  afterAll(() => node.close())
  beforeEach(() => {
    happened = []
  })

  it('sends the second before the first is answered, and hears of them in their order', async () => {
    await inTransaction(node, actor, (work) => Promise.all([ask(work, 'select 1'), ask(work, 'select 12')]))
    expect(happened).toEqual(['sent: select 1', 'sent: select 12', 'answered: select 1', 'answered: select 12'])
  })

  it('tells those after a failure how it failed', async () => {
    const failures: string[] = []
    const fails = inTransaction(node, actor, async (work) => {
      failures.push(...(await Promise.all([failureOf(ask(work, 'select 1 / 0')), failureOf(ask(work, 'select 12'))])))
      failures.push(await failureOf(ask(work, 'select 13')))
    })
    await expect(fails).rejects.toThrow(/rolled back/)
    expect(failures).toEqual(Array(3).fill(expect.stringContaining('division by zero')))
  })

  it('forgets a failure that was taken back', async () => {
    const failures: string[] = []
    const fails = inTransaction(node, actor, async (work) => {
      await ask(work, 'savepoint apart')
      await failureOf(ask(work, 'select 1 / 0'))
      await ask(work, 'rollback to savepoint apart')
      await ask(work, 'select 12')
      failures.push(await failureOf(ask(work, 'select 1 from nowhere')), await failureOf(ask(work, 'select 13')))
    })
    await expect(fails).rejects.toThrow(/rolled back/)
    expect(failures).toEqual(Array(2).fill(expect.stringContaining('nowhere')))
  })

  it('takes nothing after its end, when the connection is somebody else’s', async () => {
    const late: Array<Promise<string>> = []
    const fails = inTransaction(node, actor, async (work) => {
      late.push(setTimeout(50).then(() => failureOf(ask(work, 'select 12'))))
      throw new Error('given up')
    })
    await expect(fails).rejects.toThrow('given up')
    expect(await Promise.all(late)).toEqual([expect.stringContaining('after its transaction had ended')])
    expect(happened).toEqual([])
  })
})
