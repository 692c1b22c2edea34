import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrokenInvariant, type Work } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  balanceOf,
  defineChart,
  findAccount,
  findTransferByKey,
  getTransfer,
  openAccount,
  postTransfer,
  postTransfers,
  type TransferSpec,
  transfersOf,
} from './door.ts'
import { clubBooks, clubTransfer, ledgerNode, once, staffOf, tamper } from './testing.ts'

const bank = { name: 'bank' }
const dues = { name: 'dues' }
const caseId = '00000000-0000-7000-8000-0000000000c1'

let node: TestNode
beforeAll(async () => {
  node = await ledgerNode()
})
afterAll(() => node.close())

describe('a chart of accounts', () => {
  const title = { zh: '户', en: 'Account' }
  it.each([
    ['a name not in snake_case', { bankAccount: { kind: 'asset', title } }],
    ['cash that is no asset', { bank: { kind: 'liability', book: 'cash', title } }],
    ['another cash item for cash itself', { bank: { kind: 'asset', book: 'cash', cashItem: 'dues', title } }],
  ] as const)('%s is refused', (_, chart) => {
    expect(() => defineChart(chart)).toThrow(BrokenInvariant)
  })
})

describe('accounts', () => {
  it('an account is opened once, however often it is asked for', async () => {
    const member = { name: 'dues_receivable', party: 'opened-once' }
    const first = await once(node, (work) => openAccount(work, clubBooks(), member))
    const second = await once(node, (work) => openAccount(work, clubBooks(), member))
    expect(second).toEqual(first)
    expect(await once(node, (work) => findAccount(work, clubBooks(), member))).toEqual(first)
    expect(await once(node, (work) => findAccount(work, clubBooks('320500'), member))).toBeUndefined()
  })

  it.each([
    ['not in the chart', { name: 'yacht' }, /yacht in the chart/],
    ['kept per party, none given', { name: 'dues_receivable' }, /none is given/],
    ['not kept per party, one given', { name: 'dues', party: 'someone' }, /not kept per party/],
  ])('an account %s is a broken invariant', async (_, ref, message) => {
    await expect(once(node, (work) => openAccount(work, clubBooks(), ref))).rejects.toThrow(message)
  })

  it('an open account never changes its nature with the chart', async () => {
    await once(node, (work) => openAccount(work, clubBooks(), dues))
    const changed = {
      ...clubBooks(),
      chart: { dues: { kind: 'expense', title: { zh: '户', en: 'Account' } } },
    } as const
    await expect(once(node, (work) => openAccount(work, changed, dues))).rejects.toThrow(/opened with kind income/)
  })
})

describe('posting', () => {
  it('a transfer stands with its entries, its case and the user, though the ledger wrote it as the system', async () => {
    const posted = await once(
      node,
      (work) => postTransfer(work, clubTransfer('dues-1', bank, dues, 30_000, { caseId, reference: 'R-1' })),
      staffOf('320100'),
    )
    expect(posted.existing).toBe(false)
    const transfer = await once(node, (work) => getTransfer(work, posted.transferId), staffOf('320100'))
    expect(transfer).toMatchObject({
      ...{ key: 'dues-1', kind: 'club_movement', fund: 'club', agency: '320100', on: '2026-05-11', totalFen: 30_000 },
      ...{ recordedAt: '2026-05-11T01:00:00.000Z', caseId, reference: 'R-1', occurredOn: null, linkId: null },
      ...{ correctsId: null, correctedById: null, correctedFen: 0 },
      userId: '00000000-0000-7000-8000-000000000001',
      memo: { code: 'club_movement', params: { amountFen: 30_000 } },
    })
    expect(transfer.entries.map(({ account, side, amountFen }) => [account, side, amountFen])).toEqual([
      ['bank', 'debit', 30_000],
      ['dues', 'credit', 30_000],
    ])
    expect(await once(node, (work) => transfersOf(work, { caseId }))).toEqual([transfer])
    expect(await once(node, (work) => findTransferByKey(work, 'dues-1'))).toEqual(transfer)
    expect(await once(node, (work) => findTransferByKey(work, 'no such key'))).toBeUndefined()
  })

  it('the same key with the same content posts once, and with other content is refused', async () => {
    const first = await once(node, (work) => postTransfer(work, clubTransfer('dues-2', bank, dues, 100)))
    const again = await once(node, (work) => postTransfer(work, clubTransfer('dues-2', bank, dues, 100)))
    expect(again).toEqual({ transferId: first.transferId, existing: true })
    for (const other of [
      clubTransfer('dues-2', bank, dues, 101),
      clubTransfer('dues-2', { name: 'till' }, dues, 100),
      clubTransfer('dues-2', bank, dues, 100, { on: '2026-05-12' }),
      clubTransfer('dues-2', bank, dues, 100, { books: clubBooks('320500') }),
    ]) {
      await expect(once(node, (work) => postTransfer(work, other))).rejects.toMatchObject({
        code: 'transfer_key_reused',
      })
    }
  })

  it.each([
    ['no entries', []],
    ['one entry', [{ account: bank, debitFen: 1 }]],
    [
      'debit without equal credit',
      [
        { account: bank, debitFen: 2 },
        { account: dues, creditFen: 1 },
      ],
    ],
    [
      'an entry of nothing',
      [
        { account: bank, debitFen: 0 },
        { account: dues, creditFen: 0 },
      ],
    ],
    [
      'a negative entry',
      [
        { account: bank, debitFen: -1 },
        { account: dues, creditFen: -1 },
      ],
    ],
    [
      'part of a fen',
      [
        { account: bank, debitFen: 0.5 },
        { account: dues, creditFen: 0.5 },
      ],
    ],
    [
      'more than the bound',
      [
        { account: bank, debitFen: 1_000_000_000_000_001 },
        { account: dues, creditFen: 1_000_000_000_000_001 },
      ],
    ],
  ])('%s is a broken invariant before anything is written', async (what, entries) => {
    const spec = { ...clubTransfer(`broken ${what}`, bank, dues, 1), entries }
    await expect(once(node, (work) => postTransfer(work, spec))).rejects.toThrow(BrokenInvariant)
    expect(await once(node, (work) => findTransferByKey(work, spec.key))).toBeUndefined()
  })

  it('a bank account goes down to nothing and not one fen below', async () => {
    const books = clubBooks('320200')
    const post = (key: string, from: typeof bank, to: typeof bank, amountFen: number) =>
      once(node, (work) => postTransfer(work, clubTransfer(key, to, from, amountFen, { books })))
    await post('guard-1', dues, bank, 100)
    await expect(post('guard-2', bank, { name: 'till' }, 101)).rejects.toMatchObject({
      code: 'overdraft_refused',
      params: { account: 'bank', party: null, missingFen: 1 },
    })
    await post('guard-3', bank, { name: 'till' }, 100)
    expect(await once(node, (work) => balanceOf(work, { account: bank, books }))).toMatchObject({ balanceFen: 0 })
  })
})

describe('transfers of one statement', () => {
  const till = { name: 'till' }
  const postAll = (...specs: TransferSpec[]) => once(node, (work) => postTransfers(work, specs))

  it('stand in their order, each as if it were posted by itself, in whatever books', async () => {
    const [books, others] = [clubBooks('320900'), clubBooks('321000')]
    const before = await postAll(clubTransfer('all-1', bank, dues, 50, { books }))
    const posted = await postAll(
      clubTransfer('all-2', bank, dues, 70, { books: others }),
      clubTransfer('all-1', bank, dues, 50, { books }),
      clubTransfer('all-3', till, bank, 20, { books, caseId }),
      clubTransfer('all-3', till, bank, 20, { books, caseId }),
    )
    expect(posted.map(({ existing }) => existing)).toEqual([false, true, false, true])
    expect([posted[1]?.transferId, posted[3]?.transferId]).toEqual([before[0]?.transferId, posted[2]?.transferId])
    const [second, third] = await once(node, (work) =>
      Promise.all([getTransfer(work, posted[0]?.transferId ?? ''), getTransfer(work, posted[2]?.transferId ?? '')]),
    )
    expect(second.seq).toBeLessThan(third.seq)
    expect(third).toMatchObject({ key: 'all-3', agency: '320900', caseId, totalFen: 20 })
    expect(await once(node, (work) => balanceOf(work, { account: bank, books }))).toMatchObject({ balanceFen: 30 })
    expect(await postAll()).toEqual([])
  })

  it('are there all or none, and an account is judged by what they take from it together', async () => {
    const books = clubBooks('321100')
    const balanceFen = async () => (await once(node, (work) => balanceOf(work, { account: bank, books }))).balanceFen
    const [paid, received] = [
      clubTransfer('judged-1', till, bank, 30, { books }),
      clubTransfer('judged-2', bank, dues, 30, { books }),
    ]
    const tooMuch = clubTransfer('judged-3', till, bank, 1, { books })
    await expect(postAll(paid, received, tooMuch)).rejects.toMatchObject({ code: 'overdraft_refused' })
    expect(await once(node, (work) => findTransferByKey(work, received.key))).toBeUndefined()
    await postAll(paid, received)
    expect(await balanceFen()).toBe(0)
    await expect(postAll(received, { ...paid, entries: received.entries })).rejects.toMatchObject({
      code: 'transfer_key_reused',
    })
  })

  it('an account opened by a work that fails is opened again by the next', async () => {
    const books = clubBooks('321200')
    const posting = (key: string) => (work: Work) => postTransfer(work, clubTransfer(key, bank, dues, 1, { books }))
    const failing = once(node, async (work) => {
      await posting('given-up')(work)
      throw new Error('given up')
    })
    await expect(failing).rejects.toThrow('given up')
    expect(await once(node, posting('taken-up'))).toMatchObject({ existing: false })
  })
})

describe('many at once', () => {
  it('twenty postings over the same accounts in opposite directions end without a deadlock and with the right balance', async () => {
    const books = clubBooks('320400')
    await once(node, (work) => postTransfer(work, clubTransfer('pool-0', bank, dues, 10_000, { books })))
    const till = { name: 'till' }
    const postings = Array.from({ length: 20 }, (_, index) => {
      const [debit, credit] = index % 2 ? [bank, till] : [till, bank]
      return once(node, (work) =>
        postTransfer(work, clubTransfer(`pool-${index + 1}`, debit, credit, index % 2 ? 10 : 100, { books })),
      ).catch((error: unknown) => error)
    })
    const refused = (await Promise.all(postings)).filter((result) => result instanceof Error)
    // The till may be asked for money before any is in it; nothing else may go wrong.
    for (const error of refused) expect(error).toMatchObject({ code: 'overdraft_refused' })
    const balance = await once(node, (work) => balanceOf(work, { account: bank, books }))
    expect(balance.balanceFen).toBe(10_000 - 10 * 100 + (10 - refused.length) * 10)
  })

  it('the same posting sent twenty times at once is there once', async () => {
    const books = clubBooks('320600')
    const spec = clubTransfer('twenty-times', bank, dues, 9, { books })
    const results = await Promise.all(Array.from({ length: 20 }, () => once(node, (work) => postTransfer(work, spec))))
    expect(new Set(results.map(({ transferId }) => transferId)).size).toBe(1)
    expect(results.filter(({ existing }) => !existing)).toHaveLength(1)
    expect(await once(node, (work) => balanceOf(work, { account: bank, books }))).toMatchObject({ balanceFen: 9 })
  })
})

/** How often the ledger's tables were read as a whole, and by key. */
async function scansOf(work: Work) {
  const scans = sql<{ table: string; whole: number; byKey: number }>`
    SELECT relname AS table, seq_scan::int AS whole, idx_scan::int AS "byKey" FROM pg_stat_xact_user_tables
    WHERE schemaname = 'ledger' AND relname IN ('account', 'transfer', 'entry', 'balance_part') ORDER BY relname`
  return (await scans.execute(work.db)).rows
}

describe('two who post at the same time', () => {
  const partOf = async (work: Work) => {
    const { rows } = await sql<{ part: number }>`select pg_backend_pid() % 8 as part`.execute(work.db)
    return rows[0]?.part
  }

  /** Posts `second` on another connection, and in another part of the balances, while the work that posts `first` is not committed. */
  const postBeside = (first: TransferSpec, second: TransferSpec) =>
    once(node, async (work) => {
      await postTransfer(work, first)
      const part = await partOf(work)
      const beside = (): Promise<void> =>
        once(node, async (other) => {
          if ((await partOf(other)) === part) return beside()
          await sql`SET LOCAL lock_timeout = '500ms'`.execute(other.db)
          await postTransfer(other, second)
        })
      await beside()
    })

  it('do not wait for each other where an account may be overdrawn, and both stand in its balance', async () => {
    const books = clubBooks('320700')
    const coach = { name: 'payable_to_coach', party: 'beside' }
    const lessons = (number: number) => clubTransfer(`beside ${number}`, { name: 'lessons' }, coach, number, { books })
    await once(node, (work) => postTransfer(work, lessons(1)))
    await postBeside(lessons(10), lessons(200))
    const stands = await once(node, (work) => balanceOf(work, { account: coach, books }))
    expect(stands).toMatchObject({ debitFen: 0, creditFen: 211, balanceFen: 211, availableFen: 211 })
  })

  it('cannot together bring an account above what a reader can hold', async () => {
    const books = clubBooks('320900')
    const lessons = (key: string) => clubTransfer(key, { name: 'lessons' }, { name: 'dues' }, 100, { books })
    await once(node, (work) => postTransfer(work, lessons('too large 1')))
    const tooLarge = once(node, async (work) => {
      const part = ((await partOf(work)) ?? 0) + 1
      const largest = `(SELECT id, ${part} % 8, 9007199254740900 FROM ledger.account WHERE name = 'dues' AND agency = '320900')`
      await tamper(
        node,
        `INSERT INTO ledger.balance_part (account_id, part, credit_fen) ${largest}
         ON CONFLICT (account_id, part) DO UPDATE SET credit_fen = excluded.credit_fen`,
      )
      await postTransfer(work, lessons('too large 2'))
    })
    await expect(tooLarge).rejects.toThrow('balance_too_large')
  })

  it('look at their own accounts by key, though nothing was known of the tables when the guards were first planned', async () => {
    const books = clubBooks('321000')
    // With statistics of so small a ledger, reading a table as a whole would be right.
    const tables = ['account', 'balance_part', 'entry', 'transfer']
    await tamper(node, ...tables.map((table) => `ALTER TABLE ledger.${table} SET (autovacuum_enabled = false)`))
    const coachOf = (number: number) => ({ name: 'payable_to_coach', party: `coach ${number}` })
    await once(node, async (work) => {
      for (let number = 0; number < 50; number++) await openAccount(work, books, coachOf(number))
    })
    const coach = coachOf(7)
    const posted = (number: number) => [
      clubTransfer(`by key ${number}`, { name: 'lessons' }, coach, 10, { books }),
      clubTransfer(`by key, paid ${number}`, bank, dues, 10, { books }),
      clubTransfer(`by key, spent ${number}`, { name: 'lessons' }, bank, 5, { books }),
    ]
    await once(node, (work) => postTransfers(work, posted(1)))
    const scanned = await once(node, async (work) => {
      // The server adds what the connection did before, as long as it has not told it to everybody.
      const before = await scansOf(work)
      await postTransfers(work, posted(2))
      await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(work.db)
      const after = await scansOf(work)
      return after.map(({ table, whole, byKey }, at) => ({
        table,
        whole: whole - (before[at]?.whole ?? 0),
        isByKey: byKey > (before[at]?.byKey ?? 0),
      }))
    })
    expect(scanned).toEqual(tables.map((table) => ({ table, whole: 0, isByKey: true })))
  })

  it('come one after the other where overdraft is refused', async () => {
    const books = clubBooks('320800')
    const paid = (number: number) => clubTransfer(`one by one ${number}`, bank, dues, number, { books })
    await once(node, (work) => postTransfer(work, paid(1)))
    await expect(postBeside(paid(10), paid(200))).rejects.toMatchObject({ code: '55P03' })
    expect(await once(node, (work) => balanceOf(work, { account: bank, books }))).toMatchObject({ balanceFen: 1 })
  })
})
