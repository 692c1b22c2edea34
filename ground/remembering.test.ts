import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attemptApart } from './apart.ts'
import { Refusal } from './errors.ts'
import { remembering } from './remembering.ts'
import { type TestNode, testNode } from './testing.ts'
import { inTransaction, type Work } from './work.ts'

const system = { kind: 'system' } as const

let node: TestNode
beforeEach(async () => {
  node = await testNode({ migrations: [] })
})
afterEach(() => node.close())

const once = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, system, action)

describe('what a node remembers', () => {
  it('is what was committed, from then on', async () => {
    const memory = remembering<number>(10)
    const failing = once(async (work) => {
      memory.keep(work, 'lost', 1)
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    await once(async (work) => {
      memory.keep(work, 'kept', 2)
      expect(memory.find(work, 'kept')).toBeUndefined()
    })
    await once(async (work) => expect([memory.find(work, 'lost'), memory.find(work, 'kept')]).toEqual([undefined, 2]))
  })

  it('is not what a part wrote that was taken back', async () => {
    const memory = remembering<number>(10)
    await once(async (work) => {
      const attempts = [
        await attemptApart(work, async (part) => memory.keep(part, 'stands', 1)),
        await attemptApart(work, async (part) => {
          memory.keep(part, 'taken back', 2)
          throw new Refusal('not_that')
        }),
      ]
      expect(attempts).toEqual([{ done: undefined }, { code: 'not_that' }])
    })
    const found = await once(async (work) => [memory.find(work, 'stands'), memory.find(work, 'taken back')])
    expect(found).toEqual([1, undefined])
  })

  it('is its own, and at most so much: what was asked for last', async () => {
    const memory = remembering<string>(2)
    const put = (key: string) => once(async (work) => memory.keep(work, key, key))
    const found = () =>
      once(async (work) => ['one', 'two', 'three'].filter((key) => memory.find(work, key) !== undefined))
    await put('one')
    await put('two')
    await once(async (work) => expect(memory.find(work, 'one')).toBe('one'))
    await put('three')
    expect(await found()).toEqual(['one', 'three'])
    const other = { ...node }
    await inTransaction(other, system, async (work) => expect(memory.find(work, 'one')).toBeUndefined())
  })

  it('is nothing any more once a connection broke', async () => {
    const memory = remembering<number>(10)
    await once(async (work) => memory.keep(work, 'kept', 1))
    const ended = once(async (work) => {
      await sql`select 1`.execute(work.db)
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(work.db)
    })
    await expect(ended).rejects.toThrow()
    await expect.poll(() => once(async (work) => memory.find(work, 'kept'))).toBeUndefined()
  })
})
