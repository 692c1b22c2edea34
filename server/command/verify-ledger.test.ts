import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, systemActor, systemClock, systemRandom } from '../../ground/door.ts'
import { chainState, defineChart, postTransfer, sealBooks } from '../../ledger/door.ts'
import { keepSecrets } from '../secrets.ts'
import { openWorld } from '../world.ts'

const command = fileURLToPath(new URL('../../bin/tongban.js', import.meta.url))
const region = '620000'
const chart = defineChart({
  bank: { kind: 'asset', book: 'cash', title: { zh: '银行存款', en: 'Bank account' } },
  dues: { kind: 'income', title: { zh: '会费', en: 'Dues' } },
})

let folder: string
let kept: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-ledger-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function verify(...parameters: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const environment = { DATABASE_URL: undefined, TONGBAN_MODE: 'operation', TONGBAN_REGIONS: region }
    const env = { ...process.env, ...environment, TONGBAN_DATA: folder }
    const child = spawn(process.execPath, [command, 'ledger', 'verify', ...parameters], { env })
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

/** Opens the installation, seals three transfers where there are none, and lays hands on its books as the owner of the database. */
async function inDatabase(statement?: string): Promise<string> {
  const options = { dataFolder: folder, regions: [region], services: [], demo: false }
  const world = await openWorld({ ...options, machineClock: systemClock, random: systemRandom })
  try {
    const { node } = must(world.find(region), 'the node')
    await inTransaction(node, systemActor, async (work) => {
      for (const key of ['first', 'second', 'third']) {
        const entries = [
          { account: { name: 'bank' }, debitFen: 100 },
          { account: { name: 'dues' }, creditFen: 100 },
        ]
        const books = { fund: 'club', agency: region, chart }
        const memo = { code: 'club_movement', params: {} }
        await postTransfer(work, { key, kind: 'club_movement', on: '2026-05-11', books, memo, entries })
      }
    })
    await sealBooks(node)
    if (statement !== undefined) await asOwner(node.database.url, statement)
    const { head } = await inTransaction(node, systemActor, chainState)
    return `${head?.number}:${head?.hash}`
  } finally {
    await world.stop()
  }
}

async function asOwner(applicationUrl: string, statement: string): Promise<void> {
  const url = new URL(applicationUrl)
  url.username = `tongban_${region}_owner`
  url.password = (await keepSecrets(folder, region, systemRandom)).databasePasswords.owner
  const owner = new Client({ connectionString: url.toString() })
  await owner.connect()
  try {
    await owner.query(statement)
  } finally {
    await owner.end()
  }
}

describe('tongban ledger verify', () => {
  it('ends with 0 where the books are as they were sealed, and shows the head to keep', async () => {
    kept = await inDatabase()
    const ended = await verify('--head', kept, '--region', region)
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toBe(`${region}：1 块 3 笔已核对，0 笔待封存，链首 ${kept}\n${region}：账与封存时一致。\n`)
  })

  it('ends with 1 where a row was changed, and says which, in both languages and as JSON', async () => {
    await inDatabase(`ALTER TABLE ledger.transfer DISABLE TRIGGER refuse_change;
      UPDATE ledger.transfer SET booked_on = '2026-05-12' WHERE key = 'second';
      ALTER TABLE ledger.transfer ENABLE TRIGGER refuse_change`)
    const zh = await verify()
    expect(zh).toMatchObject({ code: 1, err: '' })
    expect(zh.out).toMatch(/第 1 块第 2 行：记账 \S+ 与封存时不同/)
    const en = await verify('--lang', 'en')
    expect(en.code).toBe(1)
    expect(en.out).toMatch(/Block 1, row 2: transfer \S+ is not as it was sealed/)
    const json = await verify('--json', '--from', '2026-01-01')
    expect(JSON.parse(json.out)[region]).toMatchObject({
      ...{ blockCount: 1, transferCount: 3, head: { number: 1 } },
      findings: [{ code: 'transfer_changed', params: { block: 1, position: 2 } }],
    })
  })

  it('ends with 1 where a head that was kept is not in the chain any more', async () => {
    const other = `${kept.slice(0, -1)}${kept.endsWith('0') ? '1' : '0'}`
    const ended = await verify('--region', region, '--head', other, '--lang', 'en')
    expect(ended.code).toBe(1)
    expect(ended.out).toContain('was shown once and is not in the chain')
  })

  it.each([
    ['a head without its region', ['--head', `1:${'0'.repeat(64)}`], 'region'],
    ['a head that is none', ['--head', '1:ab', '--region', region], 'options.head'],
    ['a day that does not exist', ['--from', '2026-02-30'], 'options.from'],
    ['a region that is not here', ['--region', '110000'], 'region'],
  ])('ends with 2 for %s: the books were not looked at', async (_, parameters, path) => {
    const ended = await verify(...parameters)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(JSON.parse(ended.err).problems).toMatchObject([{ path }])
  })
})
