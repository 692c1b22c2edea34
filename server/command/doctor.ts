import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { Client } from 'pg'
import { businessDate, systemClock } from '../../ground/door.ts'
import { isCalendarKnown } from '../../law/door.ts'
import { pagesFolder } from '../http/pages.ts'
import { secretsFile } from '../secrets.ts'
import { openServiceRules } from '../services.ts'
import { readSettings, type Settings } from '../settings.ts'

type Finding = { state: 'ok' | 'warn' | 'fail'; what: string; advice?: string }

/** Looks at this machine and installation, a line each, with what to do. Starts and changes nothing. Exit code 1 when something fails. */
export async function doctor(): Promise<number> {
  const settings = readSettings(process.env)
  const findings = [
    nodeVersion(),
    await services(),
    await dataFolder(settings),
    await database(settings),
    await keys(settings),
    await port(settings),
    calendar(),
    await pages(),
  ]
  for (const { state, what, advice } of findings) {
    console.log(`${state.padEnd(4)}  ${what}${advice === undefined ? '' : `\n      -> ${advice}`}`)
  }
  return findings.some(({ state }) => state === 'fail') ? 1 : 0
}

function nodeVersion(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  const what = `Node ${process.versions.node}`
  return major >= 24 ? { state: 'ok', what } : { state: 'fail', what, advice: 'run npm ci: it brings Node 24 with it' }
}

async function services(): Promise<Finding> {
  try {
    const opened = await openServiceRules()
    const policies = opened.reduce((sum, { rulebook }) => sum + rulebook.policies.length, 0)
    return { state: 'ok', what: `${opened.length} services with ${policies} policies` }
  } catch (error) {
    return { state: 'fail', what: 'services do not open', advice: String(error) }
  }
}

async function dataFolder({ dataFolder: folder }: Settings): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
    return { state: 'ok', what: `data folder ${folder}` }
  } catch (error) {
    return {
      state: 'fail',
      what: `data folder ${folder}: ${String(error)}`,
      advice: 'set TONGBAN_DATA to a writable folder',
    }
  }
}

async function database({ databaseUrl }: Settings): Promise<Finding> {
  if (!databaseUrl) return { state: 'ok', what: 'database: embedded PostgreSQL in the data folder' }
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; encoding: string; can_create: boolean }>(
      `SELECT current_setting('server_version') AS version, pg_encoding_to_char(encoding) AS encoding,
         (SELECT rolcreatedb AND rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) AS can_create
       FROM pg_database WHERE datname = current_database()`,
    )
    await client.end()
    const [found] = rows
    const what = `database: PostgreSQL ${found?.version}, ${found?.encoding}`
    return found?.can_create
      ? { state: 'ok', what }
      : { state: 'fail', what, advice: 'the role of DATABASE_URL must be allowed to create databases and roles' }
  } catch (error) {
    return { state: 'fail', what: `database: ${String(error)}`, advice: 'check DATABASE_URL, and that the server runs' }
  }
}

async function keys({ dataFolder: folder, regions }: Settings): Promise<Finding> {
  const missing: string[] = []
  for (const region of regions) {
    await access(secretsFile(folder, region)).catch(() => missing.push(region))
  }
  if (missing.length === 0) return { state: 'ok', what: 'keys of every node' }
  return {
    state: 'warn',
    what: `no keys yet: ${missing.join(', ')}`,
    advice: 'the first start makes them; then back them up',
  }
}

async function port({ port: wanted, host }: Settings): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(wanted, host, () => probe.close(() => resolve(true)))
  })
  const what = `port ${wanted} on ${host}`
  return free
    ? { state: 'ok', what }
    : { state: 'warn', what: `${what} is taken`, advice: 'stop what runs there, or set PORT' }
}

/** Deadlines reach into next year from the summer on. */
function calendar(): Finding {
  const year = Number(businessDate(systemClock.now()).slice(0, 4))
  const known = isCalendarKnown(`${year + 1}-12-31`)
  if (known) return { state: 'ok', what: `holiday calendar of ${year + 1}` }
  return {
    state: isCalendarKnown(`${year}-12-31`) ? 'warn' : 'fail',
    what: `the holiday calendar of ${year + 1} is not known yet`,
    advice: 'dates beyond it are provisional; update the package chinese-days when the State Council has published it',
  }
}

async function pages(): Promise<Finding> {
  try {
    await access(`${pagesFolder}/index.html`)
    return { state: 'ok', what: 'pages are built' }
  } catch {
    return { state: 'warn', what: 'pages are not built', advice: 'npm start builds them, or npm run build' }
  }
}
