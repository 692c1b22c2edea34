import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, newId } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  balances,
  type ChainHead,
  chainState,
  closePeriod,
  confirmClosing,
  placeHold,
  postLinked,
  postTransfer,
  releaseHold,
  sealBooks,
  trialBalance,
} from './door.ts'
import { administratorUrl, clubBooks, clubTransfer, ledgerNode, officerOf, once, staffOf, tamper } from './testing.ts'

// What the database itself refuses to the application role, whatever the code says (raw SQL, acting as the system).

let node: TestNode
let transferId: Id
let farTransferId: Id
let bankId: Id
let duesId: Id
beforeAll(async () => {
  node = await ledgerNode()
  await once(node, async (work) => {
    transferId = (await postTransfer(work, clubTransfer('first', { name: 'bank' }, { name: 'dues' }, 100))).transferId
    const expiresAt = '2026-06-01T00:00:00.000Z'
    const hold = { key: 'hold', books: clubBooks(), account: { name: 'bank' }, amountFen: 1, expiresAt }
    await placeHold(work, hold)
    await placeHold(work, { ...hold, key: 'released' })
    await releaseHold(work, { key: 'released' })
    const elsewhere = { books: clubBooks('650100') }
    const far = await postTransfer(work, clubTransfer('elsewhere', { name: 'bank' }, { name: 'dues' }, 5, elsewhere))
    farTransferId = far.transferId
    const parts = ['one', 'two'].map((key) => clubTransfer(key, { name: 'bank' }, { name: 'dues' }, 1))
    await postLinked(work, { key: 'link', transfers: parts })
    const opened = await balances(work, { agency: '320100' })
    bankId = opened.find(({ name }) => name === 'bank')?.id ?? ''
    duesId = opened.find(({ name }) => name === 'dues')?.id ?? ''
  })
  await sealBooks(node)
  const [payer, auditor] = [officerOf('650100', 'pay', idOf(7)), officerOf('650100', 'audit', idOf(8))]
  const closed = await once(node, (work) => closePeriod(work, { books: clubBooks('650100'), period: '2026-04' }), payer)
  await once(node, (work) => confirmClosing(work, closed), auditor)
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

/** A balanced transfer by raw SQL, with more columns. */
function transferWith(id: Id, more: Record<string, unknown>) {
  const columns = sql.join(Object.keys(more).map((name) => sql.ref(name)))
  return sql`INSERT INTO ledger.transfer (id, key, kind, fund, agency, recorded_at, memo, content_sm3, entry_count, total_fen, ${columns})
    VALUES (${id}, ${id}, 'raw', 'club', '320100', '2026-05-11T01:00:00Z', '{}', 'x', 2, 10, ${sql.join(Object.values(more))})`
}

const fresh = () => newId(node.clock, node.random)

describe('what was written is never changed or removed', () => {
  const first: Record<string, string> = {
    ...{ account: 'id', transfer: 'id', entry: 'no', balance_part: 'debit_fen', link: 'id' },
    ...{ hold: 'id', hold_end: 'agency', open_hold: 'agency' },
    ...{ block: 'number', sealed_transfer: 'position', awaiting_seal: 'seq' },
    ...{ closing: 'id', closing_confirmation: 'agency' },
  }
  const tables = Object.keys(first)

  it.each(tables)('%s: UPDATE, DELETE and TRUNCATE are not permitted to the application', async (name) => {
    const table = sql.table(`ledger.${name}`)
    const column = sql.ref(first[name] ?? '')
    await expect(raw([sql`UPDATE ${table} SET ${column} = ${column}`])).rejects.toThrow(/permission denied/)
    await expect(raw([sql`DELETE FROM ${table}`])).rejects.toThrow(/permission denied/)
    await expect(raw([sql`TRUNCATE ${table} CASCADE`])).rejects.toThrow(/permission denied/)
  })

  it("not even by the server's administrator", async () => {
    const administrator = new Client({ connectionString: administratorUrl(node) })
    await administrator.connect()
    try {
      const kept = tables.filter((name) => !['open_hold', 'awaiting_seal'].includes(name))
      for (const name of kept) {
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

describe('sealed blocks', () => {
  const hash = '0'.repeat(64)
  const blockRow = (number: number, firstPosition: number, transferCount: number, previousHash = hash) =>
    sql`INSERT INTO ledger.block (number, format, previous_number, previous_hash, first_position, transfer_count, rows_hash, sealed_at, hash)
      VALUES (${number}, 1, ${number === 1 ? null : number - 1}, ${previousHash}, ${firstPosition}, ${transferCount}, ${hash},
        '2026-05-11T01:00:00Z', ${hash})`
  const sealRow = (position: number, block: number, id = transferId, rowHash = hash) =>
    sql`INSERT INTO ledger.sealed_transfer VALUES (${position}, ${block}, ${id}, ${rowHash})`
  const second = () => ({
    head: sealedHead?.hash ?? '',
    position: sealedCount + 1,
    number: (sealedHead?.number ?? 0) + 1,
  })
  let sealedHead: ChainHead | null = null
  let sealedCount = 0
  let waiting: Id
  beforeAll(async () => {
    ;({ head: sealedHead, sealedCount } = await once(node, chainState))
    const unsealed = clubTransfer('waiting', { name: 'bank' }, { name: 'dues' }, 1)
    waiting = (await once(node, (work) => postTransfer(work, unsealed))).transferId
  })

  it('one that does not follow on the last fails', async () => {
    const { number, position, head } = second()
    await expect(raw([blockRow(number, position, 1)])).rejects.toThrow(/foreign key/)
    await expect(raw([blockRow(number + 1, position, 1, head)])).rejects.toThrow(/foreign key/)
    await expect(raw([blockRow(1, 1, 1)])).rejects.toThrow(/duplicate key/)
  })

  it('one with a gap, with too few rows or with none fails', async () => {
    const { number, position, head } = second()
    const rows = (count: number, at = position) => [blockRow(number, at, count, head), sealRow(at, number, waiting)]
    await expect(raw(rows(1, position + 1))).rejects.toThrow(/block_incomplete/)
    await expect(raw(rows(2))).rejects.toThrow(/block_incomplete/)
    await expect(raw([blockRow(number, position, 1, head)])).rejects.toThrow(/block_incomplete/)
    await expect(raw([blockRow(number, position, 0, head)])).rejects.toThrow(/check constraint/)
  })

  it('one that does not name the hash of its last row fails', async () => {
    const { number, position, head } = second()
    const otherRow = sealRow(position, number, waiting, '1'.repeat(64))
    await expect(raw([blockRow(number, position, 1, head), otherRow])).rejects.toThrow(/block_incomplete/)
  })

  it('a row cannot be added to a block, nor a transfer be sealed twice', async () => {
    const { number, position, head } = second()
    await expect(raw([sealRow(position, 1, waiting)])).rejects.toThrow(/seal_beyond_block/)
    await expect(raw([blockRow(number, position, 1, head), sealRow(position, number)])).rejects.toThrow(/duplicate key/)
  })

  it('what does not wait is not sealed', async () => {
    const { number, position, head } = second()
    const hidden = clubTransfer('hidden', { name: 'bank' }, { name: 'dues' }, 1)
    const { transferId: id } = await once(node, (work) => postTransfer(work, hidden))
    await tamper(node, `DELETE FROM ledger.awaiting_seal WHERE transfer_id = '${id}'`)
    const sealing = [blockRow(number, position, 1, head), sealRow(position, number, id)]
    await expect(raw(sealing)).rejects.toThrow(/seal_not_awaited/)
  })

  it('only the system seals, and nobody takes a transfer out of those that wait', async () => {
    const { number, position, head } = second()
    await expect(raw([blockRow(number, position, 1, head)], staffOf('320100'))).rejects.toThrow(/row-level security/)
    await expect(raw([sql`DELETE FROM ledger.awaiting_seal`])).rejects.toThrow(/permission denied/)
  })
})

describe('links', () => {
  const linkRow = (id: Id, count: number, agency = '320100') =>
    sql`INSERT INTO ledger.link VALUES (${id}, ${id}, 'club', ${agency}, ${count}, '2026-05-11T01:00:00Z')`
  const linked = (linkId: Id, no: number) => {
    const id = fresh()
    const row = transferWith(id, { booked_on: '2026-05-11', link_id: linkId, link_no: no })
    return [row, entryRow(id, 1, 'debit', 10), entryRow(id, 2, 'credit', 10)]
  }

  it('one that lacks a transfer fails at its commit', async () => {
    const id = fresh()
    await expect(raw([linkRow(id, 2), ...linked(id, 1)])).rejects.toThrow(/link_incomplete/)
    await expect(raw([linkRow(id, 1), ...linked(id, 1)])).rejects.toThrow(/check constraint/)
  })

  it('one of the books of another agency has no part here, and a number needs its link', async () => {
    const id = fresh()
    await expect(raw([linkRow(id, 2, '650100'), ...linked(id, 1), ...linked(id, 2)])).rejects.toThrow(/foreign key/)
    await expect(raw([transferWith(fresh(), { booked_on: '2026-05-11', link_no: 1 })])).rejects.toThrow(
      /check constraint/,
    )
  })

  it('a transfer cannot join later, under a new number or one that is taken', async () => {
    const id = fresh()
    await raw([linkRow(id, 2), ...linked(id, 1), ...linked(id, 2)])
    await expect(raw(linked(id, 3))).rejects.toThrow(/transfer_beyond_link/)
    await expect(raw(linked(id, 2))).rejects.toThrow(/duplicate key/)
  })
})

describe('corrections', () => {
  const correcting = (corrects: Id, amountFen: number, sides: ['debit' | 'credit', 'debit' | 'credit']) => {
    const id = fresh()
    const row = sql`INSERT INTO ledger.transfer (id, key, kind, fund, agency, booked_on, recorded_at, memo, content_sm3, entry_count, total_fen, corrects)
      VALUES (${id}, ${id}, 'raw', 'club', '320100', '2026-05-11', '2026-05-11T01:00:00Z', '{}', 'x', 2, ${amountFen}, ${corrects})`
    const [first, second] = [entryOn(id, 1, bankId, sides[0], amountFen), entryOn(id, 2, duesId, sides[1], amountFen)]
    return { id, statements: [row, first, second] }
  }
  const entryOn = (id: Id, no: number, account: Id, side: string, amountFen: number) =>
    sql`INSERT INTO ledger.entry (transfer_id, no, account_id, fund, agency, side, amount_fen)
      VALUES (${id}, ${no}, ${account}, 'club', '320100', ${side}, ${amountFen})`

  it('beyond what was booked, on the wrong side or of a correction fails', async () => {
    await expect(raw(correcting(transferId, 101, ['credit', 'debit']).statements)).rejects.toThrow(/correction_exceeds/)
    await expect(raw(correcting(transferId, 1, ['debit', 'credit']).statements)).rejects.toThrow(/correction_exceeds/)
    const part = correcting(transferId, 60, ['credit', 'debit'])
    await raw(part.statements)
    await expect(raw(correcting(transferId, 41, ['credit', 'debit']).statements)).rejects.toThrow(/correction_exceeds/)
    await expect(raw(correcting(part.id, 1, ['debit', 'credit']).statements)).rejects.toThrow(
      /correction_of_correction/,
    )
  })

  it('of a transfer in the books of another agency fails', async () => {
    await expect(raw(correcting(farTransferId, 1, ['credit', 'debit']).statements)).rejects.toThrow(/foreign key/)
  })
})

describe('holds', () => {
  it('one does not expire before its term', async () => {
    const end = sql`INSERT INTO ledger.hold_end (hold_id, agency, outcome, ended_at)
      SELECT id, agency, 'expired', expires_at - interval '1 millisecond' FROM ledger.hold WHERE key = 'hold'`
    await expect(raw([end])).rejects.toThrow(/hold_not_expired/)
  })

  it('one ends once, and as posted only with a transfer', async () => {
    const endOf = (key: string, outcome: string) => sql`INSERT INTO ledger.hold_end (hold_id, agency, outcome, ended_at)
      SELECT id, agency, ${outcome}, '2026-06-02T00:00:00Z' FROM ledger.hold WHERE key = ${key}`
    await expect(raw([endOf('released', 'expired')])).rejects.toThrow(/duplicate key/)
    await expect(raw([endOf('hold', 'posted')])).rejects.toThrow(/check constraint/)
  })

  it('one of more than is available fails', async () => {
    const hold = sql`INSERT INTO ledger.hold (id, key, account_id, fund, agency, amount_fen, placed_at, expires_at)
      VALUES (${fresh()}, 'raw', ${bankId}, 'club', '320100', 1000000, '2026-05-11T01:00:00Z', '2026-06-01T00:00:00Z')`
    await expect(raw([hold])).rejects.toThrow(/overdraft_refused/)
  })
})

describe('closed periods', () => {
  const closingId = '00000000-0000-7000-8000-0000000000d1'
  const payer = officerOf('320100', 'pay', idOf(4))
  const auditor = officerOf('320100', 'audit', idOf(5))
  const closingRow = (id: Id, closedBy: Id, [from, to] = ['2026-04-01', '2026-04-30']) =>
    sql`INSERT INTO ledger.closing VALUES (${id}, 'club', '320100', '2026-04', ${from}, ${to}, 'x', ${closedBy}, '2026-05-11T01:00:00Z')`
  const confirmationRow = (
    id: Id,
    confirmedBy: Id,
    [from, to] = ['2026-04-01', '2026-04-30'],
    closedBy = payer.userId,
    [headNumber, headHash]: [number | null, string | null] = [null, null],
  ) =>
    sql`INSERT INTO ledger.closing_confirmation VALUES (${id}, 'club', '320100', ${from}, ${to}, ${closedBy}, ${confirmedBy},
      '2026-05-11T01:00:00Z', ${headNumber}, ${headHash}, 'x', 'x', 'x')`

  it.each([
    ['the system', { kind: 'system' } as const],
    ['an auditor', auditor],
    ['payment of a superior agency', officerOf('320000', 'pay', idOf(4))],
    ['payment under the name of another', officerOf('320100', 'pay', idOf(6))],
  ])('%s cannot close', async (_, actor) => {
    await expect(raw([closingRow(fresh(), payer.userId)], actor)).rejects.toThrow(/row-level security/)
  })

  it('only another officer, of audit, confirms; and only the period that was closed', async () => {
    await raw([closingRow(closingId, payer.userId)], payer)
    await expect(raw([confirmationRow(closingId, payer.userId)], payer)).rejects.toThrow(/row-level security/)
    const both = officerOf('320100', 'audit', payer.userId)
    await expect(raw([confirmationRow(closingId, both.userId)], both)).rejects.toThrow(/check constraint/)
    const wider = confirmationRow(closingId, auditor.userId, ['2026-04-01', '2026-05-31'])
    await expect(raw([wider], auditor)).rejects.toThrow(/foreign key/)
    for (const head of [[1, '0'.repeat(64)] as const, [1, null] as const]) {
      const elsewhere = confirmationRow(closingId, auditor.userId, undefined, undefined, [...head])
      await expect(raw([elsewhere], auditor)).rejects.toThrow(/foreign key/)
    }
    await raw([confirmationRow(closingId, auditor.userId)], auditor)
  })

  it.each([
    ['in it', '2026-04-15', false],
    ['on its last day', '2026-04-30', false],
    ['before it', '2025-12-31', false],
    ['on the day after it', '2026-05-01', true],
  ])('a posting %s', async (_, bookedOn, isTaken) => {
    const id = fresh()
    const row = transferWith(id, { booked_on: bookedOn })
    const posting = raw([row, entryRow(id, 1, 'debit', 10), entryRow(id, 2, 'credit', 10)])
    await (isTaken ? expect(posting).resolves.toBeUndefined() : expect(posting).rejects.toThrow(/period_closed/))
  })

  it('a day of its own is one before the day it is booked under', async () => {
    const sameDay = transferWith(fresh(), { booked_on: '2026-05-11', occurred_on: '2026-05-11' })
    await expect(raw([sameDay])).rejects.toThrow(/check constraint/)
  })

  it('are not closed again, reopened, or skipped', async () => {
    const [again, later] = [fresh(), fresh()]
    await raw([closingRow(again, payer.userId), closingRow(later, payer.userId, ['2026-05-02', '2026-05-31'])], payer)
    await expect(raw([confirmationRow(again, auditor.userId)], auditor)).rejects.toThrow(/period_not_next/)
    const skipping = confirmationRow(later, auditor.userId, ['2026-05-02', '2026-05-31'])
    await expect(raw([skipping], auditor)).rejects.toThrow(/period_not_next/)
    await expect(raw([sql`DELETE FROM ledger.closing_confirmation`], auditor)).rejects.toThrow(/permission denied/)
  })
})

describe('nobody pays the debt of another', () => {
  const owedBy = (party: string) => ({ name: 'dues_receivable', party })
  const posting = (key: string, debit: string, credit: string) =>
    once(node, (work) => postTransfer(work, clubTransfer(key, owedBy(debit), owedBy(credit), 5)))

  it.each([
    ['two regions', '620000', '650000', true],
    ['one region with itself', '650000', '650000', false],
    ['a region and a member', '650000', 'li', false],
    ['two members', 'li', 'wang', false],
  ])('a transfer between %s', async (what, debit, credit, isRefused) => {
    const code = 'debt_of_another_region'
    const made = posting(what, debit, credit)
    await (isRefused ? expect(made).rejects.toMatchObject({ code }) : expect(made).resolves.toBeDefined())
  })

  it('by raw SQL neither: of two regions, of another fund', async () => {
    await posting('opens one', '650000', 'li')
    await posting('opens the other', '620000', 'li')
    const opened = await once(node, (work) => balances(work, { agency: '320100', name: 'dues_receivable' }))
    const accountOf = (party: string) => opened.find((account) => account.party === party)?.id
    const entryOf = (id: Id, no: number, party: string, side: string) =>
      sql`INSERT INTO ledger.entry VALUES (${id}, ${no}, ${accountOf(party)}, 'club', '320100', ${side}, 10)`
    const id = fresh()
    const settling = [transferRow(id), entryOf(id, 1, '650000', 'debit'), entryOf(id, 2, '620000', 'credit')]
    await expect(raw(settling)).rejects.toThrow(/debt_of_another_region/)
    const other = fresh()
    const otherFund = sql`INSERT INTO ledger.entry VALUES (${other}, 1, ${bankId}, 'pension', '320100', 'debit', 10)`
    await expect(raw([transferRow(other), otherFund])).rejects.toThrow(/entry_outside_books/)
  })

  it('a bank account does not go below zero by raw SQL either', async () => {
    const id = fresh()
    const spent = [bankId, duesId].map(
      (account, index) =>
        sql`INSERT INTO ledger.entry VALUES (${id}, ${index + 1}, ${account}, 'club', '320100', ${index ? 'debit' : 'credit'}, 1000000)`,
    )
    await expect(raw([transferRow(id, 2, 1_000_000), ...spent])).rejects.toThrow(/overdraft_refused/)
  })
})

describe('books do not mix', () => {
  it('an entry on an account of another agency fails', async () => {
    const id = fresh()
    const far = transferRow(id, 2, 10, '650100')
    await expect(raw([far, entryRow(id, 1, 'debit', 10, '650100')])).rejects.toThrow(/entry_outside_books/)
    await expect(raw([far, entryRow(id, 1, 'debit', 10)])).rejects.toThrow(/entry_outside_books/)
  })

  it('an entry of no transfer, or on no account, fails', async () => {
    const id = fresh()
    await expect(raw([entryRow(id, 1, 'debit', 10)])).rejects.toThrow(/entry_outside_books/)
    const onNone = sql`INSERT INTO ledger.entry VALUES (${id}, 1, ${fresh()}, 'club', '320100', 'debit', 10)`
    await expect(raw([transferRow(id), onNone])).rejects.toThrow(/entry_outside_books/)
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
    const link = sql`INSERT INTO ledger.link VALUES (${fresh()}, 'staff', 'club', '320100', 2, '2026-05-11T01:00:00Z')`
    await expect(raw([link], staffOf('320100'))).rejects.toThrow(/row-level security/)
  })
})

function idOf(number: number): Id {
  return `00000000-0000-7000-8000-00000000000${number}`
}
