import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, millisecondsBetween, OperatingFailure } from '../../ground/door.ts'

/** What is kept running, as the page tells it. */
export type KeptView = {
  name: string
  state: 'running' | 'coming_back' | 'stopped'
  processId: number | null
  restarts: number
}

/** A process that is started again whenever it ends, until it is stopped. */
export type KeptProcess = { view(): KeptView; stop(): Promise<void> }

/** A program to run. What it says goes to `logFile`. */
export type ProgramSpec = {
  program: string
  parameters: readonly string[]
  environment?: Record<string, string | undefined>
  logFile: string
}

/** What is to be kept. */
export type ProcessSpec = ProgramSpec & {
  name: string
  /** Whether it is ready for work; asked until it is. */
  isReady(): Promise<boolean>
}

const waits = { first: 500, longest: 10_000, steady: 30_000, ready: 180_000, stop: 15_000 }

/**
 * Starts a process and comes back when it is ready; from then on it is started again after 0.5 s, doubling to 10 s, whenever it ends. A
 * process that does not become ready, or not before `signal` says to end, is ended: `nation_process_failed` with the end of its log.
 */
export async function keepProcess(spec: ProcessSpec, clock: Clock, signal: AbortSignal): Promise<KeptProcess> {
  let child = await startProcess(spec)
  let restarts = 0
  let isStopping = false
  const kept: KeptProcess = {
    view: () => ({
      name: spec.name,
      state: isStopping ? 'stopped' : isAlive(child) ? 'running' : 'coming_back',
      processId: isAlive(child) ? (child.pid ?? null) : null,
      restarts,
    }),
    async stop() {
      isStopping = true
      await endProcess(child)
    },
  }

  async function keep(): Promise<void> {
    for (let wait = waits.first; !isStopping; wait = Math.min(wait * 2, waits.longest)) {
      const startedAt = clock.now()
      await ended(child)
      if (millisecondsBetween(startedAt, clock.now()) > waits.steady) wait = waits.first
      await sleep(wait)
      if (isStopping) return
      child = await startProcess(spec)
      restarts += 1
    }
  }

  try {
    await untilReady(spec, () => isAlive(child) && !signal.aborted)
  } catch (error) {
    await kept.stop()
    throw error
  }
  void keep()
  return kept
}

/** Runs a program to its end, or to that of `signal`, and answers its exit code; null where a signal ended it. */
export async function runOnce(spec: ProgramSpec, signal: AbortSignal): Promise<number | null> {
  const child = await startProcess(spec)
  const end = () => void endProcess(child)
  signal.addEventListener('abort', end)
  await ended(child)
  signal.removeEventListener('abort', end)
  return child.exitCode
}

async function startProcess({ program, parameters, environment, logFile }: ProgramSpec): Promise<ChildProcess> {
  await mkdir(dirname(logFile), { recursive: true })
  const log = await open(logFile, 'a')
  try {
    return spawn(program, parameters, {
      env: { ...process.env, ...environment },
      // The channel tells a region's process when its keeper is gone. A group of its own: Ctrl-C is for the keeper, who stops all in order.
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      detached: true,
    })
  } finally {
    await log.close()
  }
}

async function untilReady(spec: ProcessSpec, isWanted: () => boolean): Promise<void> {
  const late = AbortSignal.timeout(waits.ready)
  while (isWanted() && !late.aborted) {
    if (await spec.isReady()) return
    await sleep(200)
  }
  throw await processFailed(spec.name, spec.logFile)
}

/** What to say of a program that did not do what it should: the end of its log. */
export async function processFailed(name: string, file: string): Promise<OperatingFailure> {
  const log = await readFile(file, 'utf8')
  return new OperatingFailure('nation_process_failed', { name, file, log: log.slice(-500) })
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

async function ended(child: ChildProcess): Promise<void> {
  if (isAlive(child)) await once(child, 'exit')
}

/** Asks it to end, and ends it where it does not. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), waits.stop)
  await ended(child)
  clearTimeout(impatience)
}
