import { execFile, execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { type Instant, must, OperatingFailure, provisionDatabase, type Random, Refusal } from '../ground/door.ts'
import { openDataFolder } from './data-folder.ts'
import { keepSecrets, secretsFile } from './secrets.ts'
import type { Settings } from './settings.ts'
import { databaseName } from './world.ts'

/** Where a region is put back: its keys, and the server of `databaseUrl` or that of the data folder. */
export type RestorePlace = Pick<Settings, 'dataFolder' | 'databaseUrl'> & { random: Random }

/** Refuses `restore_without_keys`: what is sealed could not be read, and new keys would be made. */
export function requireKeys({ dataFolder }: Pick<RestorePlace, 'dataFolder'>, region: string): void {
  const file = secretsFile(dataFolder, region)
  if (!existsSync(file)) throw new Refusal('restore_without_keys', { params: { region, file } })
}

/**
 * Puts a dump of `pg_dump -Fc` into the region's database, which must not be there or be empty (`restore_not_empty`). `programs` is the folder of
 * `pg_restore`, else it is looked for on the path.
 */
export async function putBackDump(
  place: RestorePlace,
  region: string,
  { dump, programs }: { dump: string; programs?: string | undefined },
): Promise<void> {
  await onServer(place, async (adminUrl) => {
    const { databasePasswords } = await keepSecrets(place.dataFolder, region, place.random)
    await provisionDatabase(adminUrl, databaseName(region), databasePasswords)
    const url = databaseOf(adminUrl, region)
    const [found] = await ask<{ isUsed: boolean }>(url, `SELECT to_regclass('cases.event') IS NOT NULL AS "isUsed"`)
    if (found?.isUsed) throw new Refusal('restore_not_empty', { params: { region } })
    const program = programs === undefined ? 'pg_restore' : join(programs, 'pg_restore')
    try {
      await promisify(execFile)(program, ['--exit-on-error', '--single-transaction', '-d', url, dump])
    } catch (error) {
      // What the program was called with has the password in it.
      const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
      throw new OperatingFailure('restore_failed', { file: dump, said: said || program })
    }
  })
}

/** A copied data folder, the log that was archived since, and the moment to come back to: all that was archived where it is null. */
export type MomentSpec = { base: string; log: string; to: Instant | null }

/**
 * Puts the data folder's own PostgreSQL back to a moment: its damaged folder must have been moved away (`restore_not_empty`). Returns when the server
 * has come to the moment and stands alone again; it is stopped then.
 */
export async function putBackToMoment(place: RestorePlace, { base, log, to }: MomentSpec): Promise<void> {
  if (place.databaseUrl !== undefined) throw new Refusal('restore_not_own_server')
  const data = join(place.dataFolder, 'postgres')
  if (existsSync(data)) throw new Refusal('restore_not_empty', { params: { region: data } })
  if (!existsSync(join(base, 'PG_VERSION'))) throw new OperatingFailure('file_unreadable', { file: base })
  cpSync(base, data, { recursive: true })
  const settings = [
    `restore_command = ${quoted(`cp "${log}/%f" "%p"`)}`,
    // Said also where there is none: a copy of a server that was put back once has the moment of then.
    `recovery_target_time = ${quoted(to === null ? '' : to.replace('T', ' ').replace('Z', '+00'))}`,
    `recovery_target_action = 'promote'`,
  ]
  appendFileSync(join(data, 'postgresql.auto.conf'), `${settings.join('\n')}\n`)
  writeFileSync(join(data, 'recovery.signal'), '')
  giveToServer(data)
  await onServer(place, untilAlone)
}

/** Case numbers go on with a gap, so that none that was given since is given again. Returns the next number. */
export async function leaveNumberGap(place: RestorePlace, region: string): Promise<number> {
  return onServer(place, async (adminUrl) => {
    const [found] = await ask<{ next: string }>(databaseOf(adminUrl, region), leaveGap)
    return Number(must(found, 'the number sequence').next) + 1
  })
}

const leaveGap = `
  SELECT setval('cases.number_sequence', 1 + (last_value + 99999) % 9999999) AS next FROM cases.number_sequence`

async function onServer<T>(place: RestorePlace, action: (adminUrl: string) => Promise<T>): Promise<T> {
  if (place.databaseUrl !== undefined) return action(place.databaseUrl)
  const server = await openDataFolder(place.dataFolder)
  return action(server.adminUrl).finally(server.stop)
}

/** Waits until PostgreSQL has replayed its log and takes changes again. */
async function untilAlone(adminUrl: string): Promise<void> {
  for (;;) {
    const [found] = await ask<{ isRecovering: boolean }>(adminUrl, 'SELECT pg_is_in_recovery() AS "isRecovering"')
    if (found?.isRecovering === false) return
    await sleep(200)
  }
}

async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

function databaseOf(adminUrl: string, region: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${databaseName(region)}`
  return url.toString()
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** PostgreSQL reads no folder that others may read, and does not run as root: the folder is its user's then. */
function giveToServer(folder: string): void {
  execFileSync('chmod', ['-R', 'go-rwx', folder])
  if (process.getuid?.() !== 0) return
  const isThere = /^postgres:/m.test(readFileSync('/etc/passwd', 'utf8'))
  if (isThere) execFileSync('chown', ['-R', 'postgres', folder])
}
