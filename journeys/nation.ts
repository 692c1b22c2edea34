import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { z } from 'zod'

const schemaStatus = z.object({
  processes: z.array(
    z.object({ name: z.string(), state: z.string(), processId: z.int().nullable(), restarts: z.int() }),
  ),
  regions: z.array(
    z.object({
      region: z.string(),
      url: z.string(),
      isWell: z.boolean(),
      messagesWaiting: z.int().nullable(),
      messagesFailed: z.int().nullable(),
      messagesResting: z.int().nullable(),
    }),
  ),
  clearing: z.array(z.object({ count: z.int() })),
})

/** What the nation's page says, as data. */
export type NationStatus = z.infer<typeof schemaStatus>

/** `tongban nation` on a copy of the demo world's first morning. */
export type RunningNation = {
  status(): Promise<NationStatus>
  /** The address of a region's own process. */
  urlOf(region: string): string
  /** Moves the clock of every region to nine in the morning of a day in Shanghai. */
  moveTo(date: string): Promise<void>
  /** Ends a process by the name that the page gives it, or `PostgreSQL`, without warning (`kill -9`). */
  kill(name: string): Promise<void>
  /** Stops a process in the middle of what it does for some time, as a hanging machine or network would; the others see nothing but silence. */
  freeze(name: string, milliseconds: number): Promise<void>
  /** The database server's address as administrator, for judges who read the tables. */
  databaseUrl(): Promise<string>
  /** Waits until everybody is well, all that was said has been taken, and nothing rests or failed. */
  untilQuiet(milliseconds: number): Promise<void>
  /** Tells it to stop as Ctrl-C does; answers its exit code and the processes that it left behind, which should be none. */
  stop(): Promise<{ code: number | null; left: number[] }>
}

const productFolder = fileURLToPath(new URL('..', import.meta.url))

/** Starts a nation; ready once its page answers. Throws with what it said where it does not come up. */
export async function startNation(): Promise<RunningNation> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-nation-'))
  await promisify(execFile)('cp', ['-a', `${inject('demoWorld')}/.`, folder])
  const port = 20_000 + (process.pid % 400) * 20
  const page = `http://127.0.0.1:${port}`
  const child = await spawnNation(folder, port)
  const status = async () => schemaStatus.parse(await (await fetch(`${page}/status`)).json())
  const { regions } = await status()
  const known = new Set<number>()
  const note = async () => {
    const seen = await status()
    for (const { processId } of seen.processes) if (processId !== null) known.add(processId)
    return seen
  }
  const findProcess = async (name: string) => {
    const { processes } = await note()
    if (name === 'PostgreSQL') return postmasterOf(folder)
    return processes.find((each) => each.name === name)?.processId
  }
  return {
    status: note,
    urlOf: (region) => regions.find((each) => each.region === region)?.url ?? '',
    moveTo: (date) => moveClocks(page, date),
    kill: async (name) => {
      const processId = await findProcess(name)
      if (processId) process.kill(processId, 'SIGKILL')
    },
    freeze: async (name, milliseconds) => {
      const processId = await findProcess(name)
      if (!processId) return
      process.kill(processId, 'SIGSTOP')
      await sleep(milliseconds)
      process.kill(processId, 'SIGCONT')
    },
    databaseUrl: async () => {
      const password = (await readFile(join(folder, 'postgres-password'), 'utf8')).trim()
      return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port + 1}`
    },
    untilQuiet: (milliseconds) => untilQuiet(note, milliseconds),
    stop: async () => {
      await note().catch(() => undefined)
      child.kill('SIGINT')
      const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode]
      const left = [...known].filter(isRunning)
      await rm(folder, { recursive: true, force: true })
      return { code, left }
    },
  }
}

async function spawnNation(folder: string, port: number): Promise<ChildProcess> {
  const parameters = ['--disable-warning=ExperimentalWarning', join(productFolder, 'server/tongban.ts')]
  const child = spawn(process.execPath, [...parameters, 'nation', '--port', String(port), '--data', folder], {
    env: { ...process.env, DATABASE_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A run that is broken off leaves nothing behind: the nation stops its own.
  process.once('exit', () => child.kill('SIGTERM'))
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  for (let tries = 0; tries < 1500 && child.exitCode === null; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined)
    if (answer?.ok) return child
    await sleep(200)
  }
  child.kill('SIGTERM')
  throw new Error(`the nation did not start: ${said.join('').slice(-2000)}`)
}

async function postmasterOf(folder: string): Promise<number> {
  const [processId] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return Number(processId)
}

async function moveClocks(page: string, date: string): Promise<void> {
  const answer = await fetch(`${page}/api/v1/demo/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: `${date}T01:00:00.000Z` }),
  })
  if (!answer.ok) throw new Error(`the clocks did not move to ${date}: ${await answer.text()}`)
}

async function untilQuiet(status: () => Promise<NationStatus>, milliseconds: number): Promise<void> {
  const late = AbortSignal.timeout(milliseconds)
  // What one message makes somebody say is said within a second: three quiet looks in a row.
  for (let quiet = 0; quiet < 3; ) {
    const { regions } = await status()
    const isQuiet = regions.every(
      ({ isWell, messagesWaiting, messagesFailed, messagesResting }) =>
        isWell && messagesWaiting === 0 && messagesFailed === 0 && messagesResting === 0,
    )
    quiet = isQuiet ? quiet + 1 : 0
    if (late.aborted) throw new Error(`not quiet after ${milliseconds} ms: ${JSON.stringify(regions)}`)
    await sleep(1000)
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch {
    return false
  }
}
