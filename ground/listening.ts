import { Client } from 'pg'

/** A connection of its own that hears what transactions of a database notify. */
export type Listening = {
  /** Resolves when the connection is gone, by `stop` or by itself. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Listens on a channel of the database at `url`, and holds an exclusive advisory lock for as long, by which writers know that somebody does. When
 * this returns, every transaction that commits from now on tells; those that did not were waited for. Throws where there is no connection, and after five seconds
 * where the lock is not to be had.
 */
export async function listen(
  url: string,
  { channel, lock, onMessage }: { channel: string; lock: number; onMessage(payload: string): void },
): Promise<Listening> {
  const client = new Client({ connectionString: url })
  const ended = new Promise<void>((resolve) => {
    client.on('end', resolve)
    client.on('error', () => resolve())
  })
  client.on('notification', ({ payload }) => onMessage(payload ?? ''))
  try {
    await client.connect()
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`)
    // A writer that takes long, or another process that listens, is not waited for without end; who listens tries again.
    await client.query("SET lock_timeout = '5s'")
    await client.query('SELECT pg_advisory_lock($1)', [lock])
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  return { ended, stop: () => client.end() }
}
