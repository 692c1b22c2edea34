import type { PostgresPool } from 'kysely'
import { DatabaseError, type Pool, type PoolClient, type QueryResult } from 'pg'

/**
 * A pool whose connections keep the statements that come again prepared, so that PostgreSQL reads and plans each once per connection, and send in
 * one write what is asked of them at once.
 */
export function preparedPool(pool: Pool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => preparedClient(await pool.connect()),
    end: () => pool.end(),
  }
}

/** How many statements are kept prepared at most, and how many texts are counted towards it: lists of many lengths make many. */
const preparedMax = 1000
const countedMax = 10_000

/** So many statements go out in one write. More would wait for whoever asks for them, and PostgreSQL with them. */
const gatheredMax = 4

const names = new Map<string, string>()
const seen = new Set<string>()

/** The name of a statement that is worth preparing: one with values whose text came before. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= preparedMax) return known
  if (!seen.has(text)) {
    if (seen.size >= countedMax) seen.clear()
    seen.add(text)
    return undefined
  }
  seen.delete(text)
  const name = `s${names.size + 1}`
  names.set(text, name)
  return name
}

function preparedClient(client: PoolClient): PoolClient {
  let isOutdated = false
  let gathered = 0

  const write = () => {
    if (gathered === 0) return
    gathered = 0
    client.connection.stream.uncork()
  }

  function gather(): void {
    if (gathered === gatheredMax) write()
    gathered += 1
    if (gathered > 1) return
    client.connection.stream.cork()
    process.nextTick(write)
  }

  function query(text: string, values: readonly unknown[]): Promise<QueryResult> {
    gather()
    if (values.length === 0) return client.query(text)
    const name = nameOf(text)
    const answer = client.query({ text, values: [...values], ...(name !== undefined && { name }) })
    answer.catch((error: unknown) => {
      isOutdated ||= isOutdatedStatement(error)
    })
    return answer
  }

  const release = (destroy?: boolean) => client.release(destroy || isOutdated)
  const own: Record<string | symbol, unknown> = { query, release }
  return new Proxy(client, { get: (target, name) => own[name] ?? Reflect.get(target, name) })
}

/**
 * A table has changed since a statement on it was prepared: another connection prepares it anew, and this one ends. Known by where PostgreSQL says it,
 * since the sentence is in the server's language.
 */
export function isOutdatedStatement(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'
}
