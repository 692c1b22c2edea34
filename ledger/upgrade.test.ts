import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type MigrationSet, migrate } from '../ground/door.ts'
import { testNode } from '../ground/testing.ts'
import { balances, expireHolds, findHold, getTransfer, ledgerMigrations, sealBooks, verifyLedger } from './door.ts'
import { administratorUrl, once } from './testing.ts'

// Books as the first release kept them: a payment, its correction, a hold that has expired, one that is open and one that was released.

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const [bank, dues, paid, undone] = [id(1), id(2), id(3), id(4)]
const at = '2026-05-10T01:00:00Z'

const transfer = (transferId: string, corrects: string | null) =>
  sql`INSERT INTO ledger.transfer
    (id, key, kind, fund, agency, booked_on, recorded_at, memo, content_sm3, entry_count, total_fen, corrects)
    VALUES (${transferId}, ${transferId}, 'old', 'club', '320100', '2026-05-10', ${at}, '{}', 'x', 2, 100, ${corrects})`
const entry = (transferId: string, no: number, account: string, side: string) =>
  sql`INSERT INTO ledger.entry VALUES (${transferId}, ${no}, ${account}, 'club', '320100', ${side}, 100)`
const hold = (number: number, amountFen: number, expiresAt: string) =>
  sql`INSERT INTO ledger.hold VALUES
    (${id(number)}, ${`hold ${number}`}, ${dues}, 'club', '320100', ${amountFen}, ${at}, ${expiresAt}, NULL, NULL)`

const oldBooks = [
  sql`INSERT INTO ledger.account VALUES
    (${bank}, 'bank', 'club', '320100', NULL, 'asset', 'cash', 'bank', 'refused', ${at}),
    (${dues}, 'dues', 'club', '320100', NULL, 'income', 'accrual', 'dues', 'allowed', ${at})`,
  ...[transfer(paid, null), entry(paid, 1, bank, 'debit'), entry(paid, 2, dues, 'credit')],
  ...[transfer(undone, paid), entry(undone, 1, bank, 'credit'), entry(undone, 2, dues, 'debit')],
  ...[hold(5, 10, '2026-05-10T02:00:00Z'), hold(6, 20, '2026-06-01T00:00:00Z'), hold(7, 40, '2026-06-01T00:00:00Z')],
  sql`INSERT INTO ledger.hold_end VALUES (${id(7)}, '320100', 'released', NULL, ${at}, NULL)`,
]

it('books of the first release are taken over: sealed, with their holds and corrections', async () => {
  const all = await ledgerMigrations()
  const first: MigrationSet = { ...all, files: all.files.slice(0, 1) }
  const node = await testNode({ migrations: [first] })
  await once(node, async (work) => {
    for (const statement of oldBooks) await statement.execute(work.db)
  })
  // The tables of a test belong to the owner of its template, so the administrator migrates here.
  await migrate(administratorUrl(node), [all])

  const held = async () => {
    const rows = await once(node, (work) => balances(work, { name: 'dues' }))
    return rows.map(({ balanceFen, availableFen }) => [balanceFen, availableFen])
  }
  expect(await held()).toEqual([[0, -30]])
  expect(await once(node, expireHolds)).toBe(1)
  expect(await held()).toEqual([[0, -20]])
  expect(await once(node, (work) => findHold(work, 'hold 5'))).toMatchObject({ ended: 'expired' })
  const corrected = await once(node, (work) => getTransfer(work, paid))
  expect(corrected).toMatchObject({ correctedById: undone, correctedFen: 100, occurredOn: null })
  expect(await sealBooks(node)).toBe(2)
  expect(await once(node, (work) => verifyLedger(work))).toMatchObject({ transferCount: 2, findings: [] })
  await node.close()
})
