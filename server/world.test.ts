import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { inTransaction, must, standingClock, systemActor, systemRandom } from '../ground/door.ts'
import { findUserByLogin } from '../people/door.ts'
import { seedState } from './demo/half-made.ts'
import { seedDemo } from './demo/seed.ts'
import type { ServerTables } from './tables.ts'
import { openWorld } from './world.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-world-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a process on a data folder of its own', () => {
  const program = fileURLToPath(new URL('./tongban.ts', import.meta.url))
  const environment = {
    ...process.env,
    DATABASE_URL: undefined,
    TONGBAN_MODE: 'operation',
    TONGBAN_REGIONS: '620000',
    PORT: '0',
  }
  const running: ChildProcess[] = []
  afterEach(async () => {
    for (const child of running.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
    }
  })

  function start(): {
    child: ChildProcess
    ended: Promise<number | null>
    address: Promise<string>
    said: () => string
  } {
    const child = spawn(process.execPath, [program, 'start'], { env: { ...environment, TONGBAN_DATA: folder } })
    running.push(child)
    let said = ''
    const address = new Promise<string>((resolve) => {
      child.stdout?.on('data', (text) => {
        said += text
        const found = /Tongban: (http:\S+)/.exec(said)
        if (found) resolve(must(found[1], 'an address'))
      })
    })
    child.stderr?.on('data', (text) => {
      said += text
    })
    const ended = once(child, 'exit').then(([code]) => code)
    return { child, ended, address, said: () => said }
  }

  const health = async (address: string) => (await fetch(`${address}/healthz`)).json()

  it('keeps its data and its keys, refuses a second process, stops cleanly, and comes back after it was killed', async () => {
    const first = start()
    expect(await health(await first.address)).toMatchObject({ ok: true })
    const keysFile = join(folder, 'keys', '620000.json')
    const keys = await readFile(keysFile, 'utf8')
    expect((await stat(keysFile)).mode & 0o777).toBe(0o600)

    const second = start()
    expect(await second.ended).toBe(1)
    expect(second.said()).toContain('in use by another Tongban process')
    expect(await health(await first.address)).toMatchObject({ ok: true })

    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)

    const third = start()
    expect(await health(await third.address)).toMatchObject({ ok: true })
    third.child.kill('SIGKILL')
    await third.ended

    const fourth = start()
    expect(await health(await fourth.address)).toMatchObject({ ok: true })
    expect(await readFile(keysFile, 'utf8')).toBe(keys)
    fourth.child.kill('SIGTERM')
    expect(await fourth.ended).toBe(0)
  }, 90_000)
})

describe('the demo world', () => {
  const machineClock = standingClock('2026-11-22T01:00:00.000Z')
  const open = () =>
    openWorld({
      dataFolder: folder,
      databaseUrl: inject('adminUrl'),
      regions: ['000000'],
      services: [],
      demo: true,
      machineClock,
      random: systemRandom,
    })

  it('is made once, and goes on at the moment to which its clock was moved', async () => {
    const first = await open()
    expect(await seedDemo(first)).toBe(true)
    await first.demo?.moveTo('2026-07-06T01:00:00.000Z')
    await first.stop()
    machineClock.advance(3_600_000)
    const second = await open()
    expect(await seedDemo(second)).toBe(false)
    expect(second.demo?.now()).toBe('2026-07-06T02:00:00.000Z')
    await expect(second.demo?.moveTo('2026-07-06T01:59:59.999Z')).rejects.toMatchObject({ code: 'clock_runs_forward' })
    await second.stop()
  })

  it('that was left half made is thrown away and made again', async () => {
    const half = await open()
    const hub = must(half.nodes[0], 'the hub').node
    await inTransaction(hub, systemActor, ({ db }) =>
      db.withTables<ServerTables>().updateTable('server.demo_seed').set({ state: 'started' }).execute(),
    )
    await half.stop()
    const next = await open()
    const { node } = must(next.nodes[0], 'the hub')
    expect(await seedState(node)).toBe('missing')
    expect(await inTransaction(node, systemActor, (work) => findUserByLogin(work, 'hub-clerk'))).toBeUndefined()
    expect(await seedDemo(next)).toBe(true)
    expect(await inTransaction(node, systemActor, (work) => findUserByLogin(work, 'hub-clerk'))).toBeDefined()
    await next.stop()
  })
})
