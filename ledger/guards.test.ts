import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, newId } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { balances, placeHold, postTransfer, trialBalance } from './door.ts'
import { clubBooks, clubTransfer, ledgerNode, once, staffOf } from './testing.ts'

// What the database itself refuses to the application role, whatever the code says (raw SQL, acting as the system).

let node: TestNode
let transferId: Id
let bankId: Id
let duesId: Id
beforeAll(async () => {
  node = await ledgerNode()
  await once(node, async (work) => {
    transferId = (await postTransfer(work, clubTransfer('first', { name: 'bank' }, { name: 'dues' }, 100))).transferId
    const expiresAt = '2026-06-01T00:00:00.000Z'
    const hold = { key: 'hold', books: clubBooks(), account: { name: 'bank' }, amountFen: 1, expiresAt }
    await placeHold(work, hold)
    const elsewhere = { books: clubBooks('650100') }
    await postTransfer(work, clubTransfer('elsewhere', { name: 'bank' }, { name: 'dues' }, 5, elsewhere))
    const opened = await balances(work, { agency: '320100' })
    bankId = opened.find(({ name }) => name === 'bank')?.id ?? ''
    duesId = opened.find(({ name }) => name === 'dues')?.id ?? ''
  })
})
afterAll(() => node.close())

/** Runs raw SQL in one transaction and commits. */
function raw(statements: ReturnType<typeof sql>[], actor?: Actor): Promise<void> {
  return once(
    node,
    async (work) => {
      for (const statement of statements) await statement.execute(work.db)
    },
    actor,
  )
}

function transferRow(id: Id, entryCount = 2, totalFen = 10, agency = '320100') {
  return sql`INSERT INTO ledger.transfer (id, key, kind, fund, agency, booked_on, recorded_at, memo, content_sm3, entry_count, total_fen)
    VALUES (${id}, ${id}, 'raw', 'club', ${agency}, '2026-05-11', '2026-05-11T01:00:00Z', '{}', 'x', ${entryCount}, ${totalFen})`
}

function entryRow(id: Id, no: number, side: 'debit' | 'credit', amountFen: number, agency = '320100') {
  return sql`INSERT INTO ledger.entry (transfer_id, no, account_id, fund, agency, side, amount_fen)
    VALUES (${id}, ${no}, ${side === 'debit' ? bankId : duesId}, 'club', ${agency}, ${side}, ${amountFen})`
}

const fresh = () => newId(node.clock, node.random)

describe('what was written is never changed or removed', () => {
  const tables = ['account', 'transfer', 'entry', 'hold', 'hold_end', 'balance'] as const
  const first = { account: 'id', transfer: 'id', entry: 'no', hold: 'id', hold_end: 'agency', balance: 'debit_fen' }

  it.each(tables)('%s: UPDATE, DELETE and TRUNCATE are not permitted to the application', async (name) => {
    const table = sql.table(`ledger.${name}`)
    const column = sql.ref(first[name])
    await expect(raw([sql`UPDATE ${table} SET ${column} = ${column}`])).rejects.toThrow(/permission denied/)
    await expect(raw([sql`DELETE FROM ${table}`])).rejects.toThrow(/permission denied/)
    await expect(raw([sql`TRUNCATE ${table} CASCADE`])).rejects.toThrow(/permission denied/)
  })

  it("not even by the server's administrator", async () => {
    const url = new URL(node.adminUrl)
    url.pathname = new URL(node.database.url).pathname
    const administrator = new Client({ connectionString: url.toString() })
    await administrator.connect()
    try {
      for (const name of ['account', 'transfer', 'entry', 'hold']) {
        await expect(administrator.query(`DELETE FROM ledger.${name}`)).rejects.toThrow(/append_only/)
        await expect(administrator.query(`TRUNCATE ledger.${name} CASCADE`)).rejects.toThrow(/append_only/)
      }
      await expect(administrator.query('UPDATE ledger.entry SET amount_fen = amount_fen + 1')).rejects.toThrow(
        /append_only/,
      )
    } finally {
      await administrator.end()
    }
  })
})

describe('a transfer balances at its commit or is not there', () => {
  it.each([
    ['without entries', () => []],
    ['with one entry', (id: Id) => [entryRow(id, 1, 'debit', 10)]],
    ['with debit above credit', (id: Id) => [entryRow(id, 1, 'debit', 10), entryRow(id, 2, 'credit', 9)]],
    ['with two debits', (id: Id) => [entryRow(id, 1, 'debit', 10), entryRow(id, 2, 'debit', 10)]],
    ['balanced at another total', (id: Id) => [entryRow(id, 1, 'debit', 9), entryRow(id, 2, 'credit', 9)]],
  ])('%s it fails', async (_, entries) => {
    const id = fresh()
    await expect(raw([transferRow(id), ...entries(id)])).rejects.toThrow(/transfer_unbalanced/)
  })

  it('balanced it stands', async () => {
    const id = fresh()
    await expect(
      raw([transferRow(id), entryRow(id, 1, 'debit', 10), entryRow(id, 2, 'credit', 10)]),
    ).resolves.toBeUndefined()
  })

  it.each([
    ['nothing', 0],
    ['less than nothing', -1],
    ['more than the bound', 1_000_000_000_000_001],
  ])('an entry of %s fails', async (_, amountFen) => {
    const id = fresh()
    await expect(raw([transferRow(id), entryRow(id, 1, 'debit', amountFen)])).rejects.toThrow(/check constraint/)
  })
})

describe('entries cannot come later', () => {
  it.each([
    ['under a new number', 3, /entry_beyond_transfer/],
    ['under a number that is taken', 2, /duplicate key/],
    ['under no number', 0, /check constraint/],
  ])('%s', async (_, no, message) => {
    await expect(raw([entryRow(transferId, no, 'debit', 1)])).rejects.toThrow(message)
  })
})

describe('books do not mix', () => {
  it('an entry on an account of another agency fails', async () => {
    const id = fresh()
    await expect(raw([transferRow(id, 2, 10, '650100'), entryRow(id, 1, 'debit', 10, '650100')])).rejects.toThrow(
      /foreign key/,
    )
    await expect(raw([transferRow(id, 2, 10, '650100'), entryRow(id, 1, 'debit', 10)])).rejects.toThrow(/foreign key/)
  })
})

describe('who sees and writes', () => {
  const person: Actor = { kind: 'person', userId: idOf(1), personId: idOf(2) }

  it.each([
    ['staff of the agency', staffOf('320100'), ['320100']],
    ['staff of the province above', staffOf('320000'), ['320100']],
    ['staff of another province', staffOf('650000'), ['650100']],
    ['staff of another city', staffOf('320500'), []],
    ['a person', person, []],
    ['nobody', { kind: 'public' }, []],
  ] as const)('%s sees its own books only', async (_, actor, agencies) => {
    const seen = await once(
      node,
      async (work) => {
        const rows = await balances(work)
        const { rows: trial } = await trialBalance(work)
        const count = sql<{
          agency: string
        }>`SELECT DISTINCT agency FROM ledger.entry UNION SELECT agency FROM ledger.transfer`
        const raw = (await count.execute(work.db)).rows
        return [rows, trial, raw].map((list) => [...new Set(list.map(({ agency }) => agency))])
      },
      actor,
    )
    expect(seen).toEqual([agencies, agencies, agencies])
  })

  it('only the system writes: staff by raw SQL cannot', async () => {
    await expect(raw([transferRow(fresh())], staffOf('320100'))).rejects.toThrow(/row-level security/)
  })
})

function idOf(number: number): Id {
  return `00000000-0000-7000-8000-00000000000${number}`
}
