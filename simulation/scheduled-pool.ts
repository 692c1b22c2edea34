import type { PostgresPool } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import type { Baton } from './baton.ts'
import type { Machine } from './machine.ts'

/**
 * A pool whose every use waits for the baton and may die at each statement. A connection whose process died is closed, as the operating system
 * does: PostgreSQL takes back what was not committed. Statements are prepared once per connection, since a seed sends the same ones as the one
 * before. `onChange` is told of every commit of something written, come about or not.
 */
export function scheduledPool(pool: Pool, machine: Machine, baton: Baton, onChange: () => void): PostgresPool {
  return {
    options: pool.options,
    async connect() {
      await baton.take()
      try {
        if (machine.isDown) machine.reach()
        return scheduledClient(await pool.connect(), machine, baton, onChange)
      } catch (error) {
        baton.give()
        throw error
      }
    },
    end: () => pool.end(),
  }
}

function scheduledClient(client: PoolClient, machine: Machine, baton: Baton, onChange: () => void): PoolClient {
  let isBroken = false
  let hasWritten = false
  let underWay = 0
  let round = Promise.withResolvers<void>()

  /** Answers are heard of together once nothing is under way, or it would be left to the machine who hears first and asks next. */
  async function inRounds<T>(run: () => Promise<T>): Promise<T> {
    underWay += 1
    const [answer] = await Promise.allSettled([run()])
    underWay -= 1
    const own = round
    if (underWay === 0) {
      round = Promise.withResolvers<void>()
      own.resolve()
    }
    await own.promise
    if (answer.status === 'rejected') throw answer.reason
    return answer.value
  }

  const query = async (text: string, values: readonly unknown[]) => {
    const run = () => {
      sendTogether(client)
      if (takesLock.test(text) && machine.isCrossed()) return client.query(deadlock)
      return client.query(plainStatements.has(text) ? { text } : { name: nameOf(text), text, values: [...values] })
    }
    hasWritten ||= writes.test(text)
    try {
      return await inRounds(() => machine.execute(run))
    } finally {
      isBroken ||= machine.isDown
      if (text === 'commit' && hasWritten) onChange()
    }
  }
  const release = () => {
    void close(client, isBroken).then(baton.give)
  }
  const own: Record<string | symbol, unknown> = { query, release }
  return new Proxy(client, { get: (target, name) => own[name] ?? Reflect.get(target, name) })
}

/** What is asked for at once goes out in one write. */
function sendTogether({ connection: { stream } }: PoolClient): void {
  stream.cork()
  process.nextTick(() => stream.uncork())
}

async function close(client: PoolClient, isBroken: boolean): Promise<void> {
  if (!isBroken) return client.release()
  // As when the connection breaks: PostgreSQL rolls back, and nobody else runs before it has.
  await client.query('rollback')
  client.release(true)
}

/** A statement that may change something; functions that do it unseen are told by `pg_` (locks, settings) and sequences alone. */
const writes = /\b(insert into|update|delete from|nextval)\b/i

const takesLock = /^\s*(insert|update|with)\b|for update/i

/** PostgreSQL itself ends the transaction, as it does to one of two that wait for each other. */
const deadlock = `DO $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = 'deadlock_detected'; END $$`

const plainStatements = new Set(['begin', 'commit', 'rollback'])

const names = new Map<string, string>()

/** PostgreSQL knows a prepared statement by a short name. */
function nameOf(text: string): string {
  const known = names.get(text) ?? `s${names.size + 1}`
  names.set(text, known)
  return known
}
