import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exchangeStatus, findNewestDirectory } from '../../exchange/door.ts'
import { type Instant, inTransaction, must, systemActor, systemClock, systemRandom } from '../../ground/door.ts'
import { chainState, defineChart, postTransfer, sealBooks } from '../../ledger/door.ts'
import { openDataFolder } from '../data-folder.ts'
import { databaseName, openWorld, type World } from '../world.ts'

// The commands of docs/operations/backup.md on an installation of a hub and one region, which sends its keys and has a few transfers.

const command = fileURLToPath(new URL('../../bin/tongban.js', import.meta.url))
const hub = '000000'
const region = '620000'
const chart = defineChart({
  bank: { kind: 'asset', book: 'cash', title: { zh: '银行存款', en: 'Bank account' } },
  dues: { kind: 'income', title: { zh: '会费', en: 'Dues' } },
})

type Ended = { code: number | null; out: string; err: string }

function restore(environment: Record<string, string | undefined>, ...parameters: string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [command, 'restore', '--region', region, '--lang', 'en', ...parameters], {
      env: { ...process.env, TONGBAN_MODE: 'operation', ...environment },
    })
    const ended = { out: '', err: '' }
    child.stdout.on('data', (text) => {
      ended.out += text
    })
    child.stderr.on('data', (text) => {
      ended.err += text
    })
    child.on('close', (code) => done({ ...ended, code }))
  })
}

/** Works in an installation: introduces the nodes to each other and books a transfer; answers the head of the region's chain. */
async function work(dataFolder: string, databaseUrl: string, key: string): Promise<string> {
  const options = { dataFolder, databaseUrl, regions: [hub, region], services: [], demo: false }
  const world = await openWorld({ ...options, machineClock: systemClock, random: systemRandom })
  try {
    world.start()
    await untilIntroduced(world)
    return await book(world, key)
  } finally {
    await world.stop()
  }
}

/** The hub's directory has come to the region, and nothing waits to be said. */
async function untilIntroduced(world: World): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const known = await Promise.all(
      world.nodes.map(({ node }) =>
        inTransaction(node, systemActor, async (part) => ({
          directory: await findNewestDirectory(part),
          waiting: (await exchangeStatus(part)).waiting > 0,
        })),
      ),
    )
    if (known.every(({ directory, waiting }) => directory && !waiting)) return
    await sleep(100)
  }
  throw new Error('the nodes did not come to know each other')
}

async function book(world: World, key: string): Promise<string> {
  const { node } = must(world.find(region), 'the node')
  await inTransaction(node, systemActor, async (part) => {
    const entries = [
      { account: { name: 'bank' }, debitFen: 100 },
      { account: { name: 'dues' }, creditFen: 100 },
    ]
    const books = { fund: 'club', agency: region, chart }
    const memo = { code: 'club_movement', params: {} }
    await postTransfer(part, { key, kind: 'club_movement', on: '2026-05-11', books, memo, entries })
  })
  await sealBooks(node)
  const { head } = await inTransaction(node, systemActor, chainState)
  return `${head?.number}:${head?.hash}`
}

async function asAdministrator<Row extends object>(adminUrl: string, database: string, ...statements: string[]) {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  const client = new Client({ connectionString: url.toString() })
  await client.connect()
  try {
    const rows: Row[] = []
    for (const statement of statements) rows.push(...(await client.query<Row>(statement)).rows)
    return rows
  } finally {
    await client.end()
  }
}

const keysOfTransfers = (adminUrl: string) =>
  asAdministrator<{ key: string }>(adminUrl, databaseName(region), 'SELECT key FROM ledger.transfer ORDER BY key')

/** What nobody may do: the evidence of the first message is exchanged for something else. */
const forge = [
  'SET session_replication_role = replica',
  `UPDATE exchange.evidence SET bytes = convert_to('{}', 'UTF8') WHERE message_id = (SELECT min(message_id::text)::uuid FROM exchange.outbox)`,
]

describe('tongban restore, to a moment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-restore-'))
  const log = join(folder, 'log')
  const base = join(folder, 'base')
  const environment = { TONGBAN_DATA: folder, DATABASE_URL: undefined }
  let head: string
  let moment: Instant

  beforeAll(async () => {
    mkdirSync(log)
    chmodSync(folder, 0o711)
    chmodSync(log, 0o777)
    await (await openDataFolder(folder)).stop()
    const archive = `archive_mode = on\narchive_command = 'cp %p ${log}/%f'\n`
    appendFileSync(join(folder, 'postgres', 'postgresql.conf'), archive)
    const server = await openDataFolder(folder)
    try {
      head = await work(folder, server.adminUrl, 'before the copy')
      await copyWhileRunning(server.adminUrl, join(folder, 'postgres'), base)
      head = await work(folder, server.adminUrl, 'before the moment')
      await sleep(50)
      moment = systemClock.now()
      await sleep(50)
      await work(folder, server.adminUrl, 'forgotten')
      await asAdministrator(server.adminUrl, 'postgres', 'SELECT pg_switch_wal()')
    } finally {
      await server.stop()
    }
    renameSync(join(folder, 'postgres'), join(folder, 'damaged'))
  }, 240_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('refuses without the keys, and says where they should be', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'tongban-restore-'))
    const ended = await restore({ ...environment, TONGBAN_DATA: empty }, '--base', base, '--log', log)
    expect(ended.code).toBe(2)
    expect(ended.err).toContain(`The keys of region ${region} are not there`)
    expect(readdirSync(empty)).toEqual([])
    rmSync(empty, { recursive: true })
  }, 60_000)

  it('brings back what was there at the moment, with books and evidence whole, and asks the partners', async () => {
    const options = ['--base', base, '--log', log, '--to', moment, '--head', head, '--since', moment]
    const ended = await restore(environment, ...options)
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toMatch(/^620000: case numbers go on from 100\d{3}, so/)
    expect(ended.out).toContain('620000: all evidence holds.')
    expect(ended.out).toContain(`620000: asks ${hub} for all since then`)
    const server = await openDataFolder(folder)
    try {
      expect((await keysOfTransfers(server.adminUrl)).map(({ key }) => key)).toEqual([
        'before the copy',
        'before the moment',
      ])
    } finally {
      await server.stop()
    }
  }, 120_000)

  it('puts nothing over what is there', async () => {
    const ended = await restore(environment, '--base', base, '--log', log)
    expect(ended.code).toBe(2)
    expect(ended.err).toContain('it is not written over')
  }, 60_000)

  it('looks at a server that was put back by others, and asks nobody where evidence was forged', async () => {
    const server = await openDataFolder(folder)
    await asAdministrator(server.adminUrl, databaseName(region), ...forge).finally(server.stop)
    const ended = await restore(environment, '--since', moment)
    expect(ended).toMatchObject({ code: 1, err: '' })
    expect(ended.out).toMatch(/things about the evidence do not hold/)
    expect(ended.out).toContain('the partners were asked for nothing')
  }, 120_000)
})

/** PostgreSQLs of the machine that come with `pg_dump`. */
const debian = '/usr/lib/postgresql'
const dumping = (existsSync(debian) ? readdirSync(debian) : [])
  .map((version) => join(debian, version, 'bin'))
  .find((bin) => existsSync(join(bin, 'pg_dump')) && existsSync(join(bin, 'initdb')))

describe.skipIf(dumping === undefined)('tongban restore, from a dump', () => {
  const bin = dumping ?? ''
  const folder = mkdtempSync(join(tmpdir(), 'tongban-restore-'))
  const dump = join(folder, 'region.dump')
  let server: ChildProcess
  let adminUrl: string
  let head: string
  const environment = () => ({ TONGBAN_DATA: folder, DATABASE_URL: adminUrl })
  const drop = () => asAdministrator(adminUrl, 'postgres', `DROP DATABASE ${databaseName(region)} WITH (FORCE)`)

  beforeAll(async () => {
    chmodSync(folder, 0o777)
    const port = 20_000 + (process.pid % 20_000)
    adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`
    const data = join(folder, 'data')
    execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'], {
      ...serverUser(),
      stdio: 'ignore',
    })
    const flags = ['-D', data, '-p', String(port), '-c', 'fsync=off', '-c', 'unix_socket_directories=']
    server = spawn(join(bin, 'postgres'), flags, { ...serverUser(), stdio: 'ignore' })
    await untilReady(adminUrl)
    head = await work(folder, adminUrl, 'dumped')
    const url = new URL(adminUrl)
    url.pathname = `/${databaseName(region)}`
    execFileSync(join(bin, 'pg_dump'), ['-Fc', '-f', dump, url.toString()])
    await work(folder, adminUrl, 'forgotten')
  }, 240_000)
  afterAll(async () => {
    server.kill('SIGINT')
    await new Promise((done) => server.once('exit', done))
    rmSync(folder, { recursive: true, force: true })
  })

  it('puts nothing over what is there', async () => {
    const ended = await restore(environment(), '--dump', dump, '--programs', bin)
    expect(ended.code).toBe(2)
    expect(ended.err).toContain('it is not written over')
  }, 60_000)

  it('brings back what was there when it was dumped, with books and evidence whole', async () => {
    await drop()
    const ended = await restore(environment(), '--dump', dump, '--programs', bin, '--head', head, '--json')
    const found = JSON.parse(ended.out)
    expect(found.books).toMatchObject({ findings: [], transferCount: 1 })
    expect(found.evidence).toMatchObject({ findings: [] })
    expect(found.evidence.messageCount).toBeGreaterThan(1)
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(await keysOfTransfers(adminUrl)).toEqual([{ key: 'dumped' }])
  }, 120_000)

  it('says what pg_restore says of a file that is no dump, and leaves the database empty', async () => {
    await drop()
    const ended = await restore(environment(), '--dump', command, '--programs', bin)
    expect(ended.code).toBe(2)
    expect(ended.err).toContain('does not appear to be a valid archive')
    expect((await restore(environment(), '--dump', dump, '--programs', bin)).code).toBe(0)
  }, 120_000)
})

async function copyWhileRunning(adminUrl: string, data: string, to: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query("SELECT pg_backup_start('drill', true)")
    const wal = join(data, 'pg_wal')
    const isKept = (path: string) => !/postmaster\.(pid|opts)$/.test(path) && !path.startsWith(`${wal}/`)
    cpSync(data, to, { recursive: true, filter: isKept })
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()')
    appendFileSync(join(to, 'backup_label'), rows[0]?.labelfile ?? '')
  } finally {
    await client.end()
  }
}

async function untilReady(adminUrl: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const isReady = await asAdministrator(adminUrl, 'postgres', 'SELECT 1').then(
      () => true,
      () => false,
    )
    if (isReady) return
    await sleep(100)
  }
  throw new Error('PostgreSQL did not start')
}

/** PostgreSQL does not run as root. */
function serverUser(): { uid?: number; gid?: number; cwd: string } {
  if (process.getuid?.() !== 0) return { cwd: tmpdir() }
  const [, , uid, gid] = (/^postgres:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0] ?? '').split(':')
  return { uid: Number(uid), gid: Number(gid), cwd: tmpdir() }
}
