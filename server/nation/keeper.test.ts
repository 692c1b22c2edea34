import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../ground/door.ts'
import { keepProcess, runOnce } from './keeper.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-keeper-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A program of one line of JavaScript. */
const programOf = (script: string) => ({
  program: process.execPath,
  parameters: ['--eval', script],
  logFile: join(folder, 'log', 'program.log'),
})
const waits = 'setInterval(() => {}, 1000)'
const never = new AbortController().signal

describe('a kept process', () => {
  it('is started again when it is killed, and not any more once it was stopped', async () => {
    const spec = { ...programOf(waits), name: 'waits', isReady: async () => true }
    const kept = await keepProcess(spec, systemClock, never)
    const first = kept.view()
    expect(first).toMatchObject({ name: 'waits', state: 'running', restarts: 0 })
    process.kill(first.processId ?? 0, 'SIGKILL')
    await expect.poll(() => kept.view(), { timeout: 20_000 }).toMatchObject({ state: 'running', restarts: 1 })
    expect(kept.view().processId).not.toBe(first.processId)
    await kept.stop()
    expect(kept.view()).toMatchObject({ state: 'stopped', processId: null, restarts: 1 })
  })

  it('that ends before it is ready is told with the end of its log', async () => {
    const spec = { ...programOf("console.log('no port'); process.exit(3)"), name: 'ends', isReady: async () => false }
    await expect(keepProcess(spec, systemClock, never)).rejects.toMatchObject({
      code: 'nation_process_failed',
      params: { name: 'ends', log: expect.stringContaining('no port') },
    })
  })

  it('that is not wanted any more before it is ready is ended', async () => {
    const spec = { ...programOf(waits), name: 'late', isReady: async () => false }
    const starting = keepProcess(spec, systemClock, AbortSignal.timeout(300))
    await expect(starting).rejects.toMatchObject({ code: 'nation_process_failed' })
  })
})

describe('a program that runs once', () => {
  it.each([
    ['process.exit(0)', 0],
    ['process.exit(2)', 2],
  ])('%s answers its exit code', async (script, code) => {
    expect(await runOnce(programOf(script), never)).toBe(code)
  })

  it('is ended when it is not wanted any more', async () => {
    expect(await runOnce(programOf(waits), AbortSignal.timeout(300))).toBe(null)
  })
})
