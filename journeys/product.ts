import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { journeyRegions } from './demo-world.ts'

/** The product as people run it: `tongban start` on a free port, on a copy of the demo world's first morning. */
export type Product = {
  readonly url: string
  /** Its data folder, for what is put there by thousands. */
  readonly data: string
  /** Moves the demo clock to nine in the morning of a day in Shanghai, and waits until what is due by then is done. */
  moveTo(date: string): Promise<void>
  /** Ends it without warning (`kill -9`), and its database with it. */
  kill(): Promise<void>
  /** Starts it again after `kill`, on the same data and port. */
  startAgain(): Promise<void>
  /** Stops it and takes its data away. */
  stop(): Promise<void>
}

const productFolder = fileURLToPath(new URL('..', import.meta.url))

/** Starts the product with some of its regions; ready once `/healthz` says so. Throws with the end of its log where it does not come up. */
export async function startProduct(regions: string = journeyRegions): Promise<Product> {
  const data = await mkdtemp(join(tmpdir(), 'tongban-journey-'))
  // With its owners: PostgreSQL's files are not root's, even where root runs the product.
  await promisify(execFile)('cp', ['-a', `${inject('demoWorld')}/.`, data])
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const start = () => startServer({ data, port, regions })
  let running = await start()
  return {
    url,
    data,
    moveTo: (date) => moveClock(url, date),
    kill: async () => {
      signalGroup(running, 'SIGKILL')
      await ended(running)
    },
    startAgain: async () => {
      running = await start()
    },
    stop: async () => {
      running.kill('SIGTERM')
      await ended(running)
      await rm(data, { recursive: true, force: true })
    },
  }
}

type Setting = { data: string; port: number; regions: string }

async function startServer({ data, port, regions }: Setting): Promise<ChildProcess> {
  const log: string[] = []
  const child = spawn(process.execPath, [join(productFolder, 'bin/tongban.js'), 'start'], {
    cwd: productFolder,
    env: {
      ...process.env,
      ...{ DATABASE_URL: undefined, PORT: String(port), TONGBAN_DATA: data, TONGBAN_REGIONS: regions },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that `kill` reaches the server and its database too.
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => log.push(String(chunk)))
  // A run that is broken off leaves nothing behind.
  process.once('exit', () => child.exitCode === null && signalGroup(child, 'SIGKILL'))
  await untilHealthy(child, port, log)
  return child
}

async function untilHealthy(child: ChildProcess, port: number, log: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) break
    if (await isHealthy(port)) return
    await sleep(200)
  }
  signalGroup(child, 'SIGKILL')
  throw new Error(`the product did not start: ${log.join('').slice(-2000)}`)
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const { ok } = await fetch(`http://127.0.0.1:${port}/healthz`)
    return ok
  } catch {
    return false
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended by itself.
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

async function moveClock(url: string, date: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/demo/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: `${date}T01:00:00.000Z` }),
  })
  if (!answer.ok) throw new Error(`the demo clock did not move to ${date}: ${await answer.text()}`)
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
