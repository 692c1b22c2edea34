import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type EmbeddedServer, OperatingFailure, Refusal, startEmbeddedPostgres } from '../ground/door.ts'

/** One process holds a data folder; the lock is a session of the folder's own PostgreSQL, so it ends with the process however that ends. */
const folderLock = 7_460_205

/** The PostgreSQL of a data folder; `lost` comes true when it ends, whoever ended it. */
export type DataFolderServer = EmbeddedServer & { lost: Promise<void> }

/**
 * Starts the PostgreSQL of a data folder, on `port` where it is given, and takes the folder for this process alone. A server that outlived its
 * process (which was killed) is taken over. Refuses `data_folder_in_use` while another process holds the folder.
 */
export async function openDataFolder(folder: string, port?: number): Promise<DataFolderServer> {
  const server = await startOrTakeOver(folder, port)
  const lock = new Client({ connectionString: server.adminUrl })
  // The lock's connection ends when the server is stopped from outside; what then fails tells so itself.
  lock.on('error', () => {})
  const lost = new Promise<void>((resolve) => lock.once('end', resolve))
  await lock.connect()
  const { rows } = await lock.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [folderLock])
  if (!rows[0]?.free) {
    await lock.end()
    throw new Refusal('data_folder_in_use', { params: { folder } })
  }
  return {
    ...server,
    lost,
    stop: async () => {
      await lock.end().catch(() => {})
      await server.stop()
    },
  }
}

async function startOrTakeOver(folder: string, port: number | undefined): Promise<EmbeddedServer> {
  const running = await findRunningServer(folder)
  if (running) return running
  try {
    return await startEmbeddedPostgres(folder, { durable: true, port })
  } catch (error) {
    // Another process may have started it a moment before.
    const startedMeanwhile = error instanceof OperatingFailure ? await findRunningServer(folder) : undefined
    if (startedMeanwhile) return startedMeanwhile
    throw error
  }
}

/** The server that PostgreSQL's own lock file names, where it really answers with this folder's password. */
async function findRunningServer(folder: string): Promise<EmbeddedServer | undefined> {
  const lockFile = join(folder, 'postgres', 'postmaster.pid')
  const passwordFile = join(folder, 'postgres-password')
  if (!existsSync(lockFile) || !existsSync(passwordFile)) return undefined
  const [processId, , , port] = (await readFile(lockFile, 'utf8')).split('\n').map(Number)
  if (!processId || !port) return undefined
  const password = (await readFile(passwordFile, 'utf8')).trim()
  const adminUrl = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
  if (!(await answers(adminUrl))) return undefined
  return { adminUrl, port, stop: () => stopServer(processId, lockFile) }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** PostgreSQL's "fast shutdown"; waits until it has taken its lock file away. */
async function stopServer(processId: number, lockFile: string): Promise<void> {
  process.kill(processId, 'SIGINT')
  for (let tries = 0; tries < 100 && existsSync(lockFile); tries++) await sleep(100)
}
