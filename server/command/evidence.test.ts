import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { exportEvidence, fingerprintOf, keyOfPem, sendMessage, verifyEvidence } from '../../exchange/door.ts'
import { inTransaction, must, systemActor, systemClock, systemRandom, type Work } from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'
import { openWorld } from '../world.ts'

const command = fileURLToPath(new URL('../../bin/tongban.js', import.meta.url))
const regions = [nationCode, '620000']

let folder: string
let file: string
let hubKey: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-evidence-'))
  file = join(folder, 'evidence.json')
  hubKey = await sayOnce()
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** An installation of Gansu and the hub, in which Gansu says one thing to the hub. Returns the fingerprint of the hub's key. */
async function sayOnce(): Promise<string> {
  const options = { dataFolder: folder, regions, services: [], demo: false }
  const world = await openWorld({ ...options, machineClock: systemClock, random: systemRandom })
  try {
    for (const { exchange } of world.nodes) exchange.start()
    const gansu = must(world.find('620000'), 'Gansu')
    const message = { to: nationCode, kind: 'club.score', version: 1, body: { points: 3 }, about: 'G-1' }
    await inTransaction(gansu.node, systemActor, (work) => sendMessage(work, message))
    const hub = must(world.find(nationCode), 'the hub')
    const hubFingerprint = fingerprintOf(keyOfPem(hub.node.keys.signingPublicKey))
    // Introductions and receipts go in the background: how many rounds they take depends on the machine.
    const isProven = async () => {
      for (const { exchange } of [gansu, hub]) await exchange.pump()
      const exported = (work: Work) => exportEvidence(work, { hub: nationCode, about: 'G-1' })
      const file = await inTransaction(gansu.node, systemActor, exported)
      const verified = verifyEvidence(Buffer.from(file ?? ''), { hub: nationCode, hubFingerprint })
      return verified.holds && verified.messages.every(({ takenAt }) => takenAt !== null)
    }
    await vi.waitFor(async () => expect(await isProven()).toBe(true), { timeout: 60_000 })
    return hubFingerprint
  } finally {
    await world.stop()
  }
}

function tongban(...parameters: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const environment = { DATABASE_URL: undefined, TONGBAN_MODE: 'operation', TONGBAN_REGIONS: regions.join() }
    const env = { ...process.env, ...environment, TONGBAN_DATA: folder }
    const child = spawn(process.execPath, [command, 'evidence', ...parameters], { env })
    const ended = { out: '', err: '' }
    child.stdout.on('data', (text) => {
      ended.out += text
    })
    child.stderr.on('data', (text) => {
      ended.err += text
    })
    child.on('close', (code) => resolve({ ...ended, code }))
  })
}

describe('tongban evidence', () => {
  it('writes a file that says offline what it proves and what not; a changed byte is found', async () => {
    expect(await tongban('export', '--region', '620000', '--case', 'G-1', '--out', file)).toMatchObject({ code: 0 })
    const known = await tongban('verify', file, '--hub-key', hubKey)
    expect(known).toMatchObject({ code: 0, err: '' })
    expect(known.out).toContain('地区 620000 向地区 000000 发出 club.score')
    expect(known.out).toContain('region 620000 said club.score')
    expect(known.out).toContain('gave its receipt')
    expect(known.out).toContain('It does not prove that what they said is true')

    const unknown = await tongban('verify', file, '--lang', 'en')
    expect(unknown).toMatchObject({ code: 3 })
    expect(unknown.out).toContain('--hub-key')
    expect(unknown.out).not.toMatch(/[一-鿿]/)

    const changed = join(folder, 'changed.json')
    await writeFile(changed, (await readFile(file, 'utf8')).replace('"points":3', '"points":4'))
    const wrong = await tongban('verify', changed, '--hub-key', hubKey, '--json')
    expect(wrong.code).toBe(1)
    expect(JSON.parse(wrong.out)).toMatchObject({ holds: false, findings: [{ code: 'not_in_batch' }] })
  }, 120_000)

  it.each([
    ['what is no evidence file', ['verify', command], 2],
    ['a file that is not there', ['verify', '/nowhere'], 2],
    ['a number that no message is about', ['export', '--region', '620000', '--case', 'none'], 2],
    ['neither a number nor a message', ['export', '--region', '620000'], 2],
    ['another region', ['export', '--region', '110000', '--case', 'G-1'], 2],
  ])(
    '%s: exit code 2',
    async (_, parameters, code) => {
      expect((await tongban(...parameters)).code).toBe(code)
    },
    60_000,
  )
})
