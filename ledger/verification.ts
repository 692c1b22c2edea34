import { sql } from 'kysely'
import { asActor, type Id, type PlainDate, startOfDate, systemActor, type Work } from '../ground/door.ts'
import { type Block, blockHash, type ChainHead, countWaiting, noHash, rowHash, selectBlocks } from './block.ts'
import { findChangedClosings } from './closing-document.ts'
import { ledgerTables } from './tables.ts'
import { selectSealable, transferDigest } from './transfer-digest.ts'

/** What is wrong with the books: `verify.<code>` in the messages tells it. */
export type LedgerFinding = {
  code:
    | 'transfer_changed'
    | 'transfer_missing'
    | 'transfer_added'
    | 'transfer_reordered'
    | 'seal_missing'
    | 'seal_added'
    | 'block_missing'
    | 'block_changed'
    | 'block_unlinked'
    | 'head_unknown'
    | 'balance_wrong'
    | 'closing_changed'
  params: Record<string, string | number>
}

/** What was looked at and what was found: nothing, where the books are as they were sealed. */
export type LedgerVerification = {
  blockCount: number
  transferCount: number
  /** Not sealed yet: the clockwork seals them within a minute. */
  waitingCount: number
  head: ChainHead | null
  findings: LedgerFinding[]
}

/** From which day of sealing on (the beginning where not given), and a head kept elsewhere that must still be in the chain. */
export type VerificationSpec = { from?: PlainDate | undefined; head?: ChainHead | undefined }

/**
 * Makes every hash of the chain again from the rows as they stand now and names each transfer, sealed row and block that is not as it was
 * sealed; then every balance from its entries, and every signed closing. Whoever can rewrite rows can rewrite the whole chain after them:
 * only a head that was kept elsewhere (`head`) shows that.
 */
export function verifyLedger(work: Work, spec: VerificationSpec = {}): Promise<LedgerVerification> {
  return asActor(work, systemActor, async (part) => {
    const findings: LedgerFinding[] = []
    const { blockCount, transferCount, head } = await verifyBlocks(part, spec.from, findings)
    findings.push(...(await strayRows(part, head)))
    findings.push(...(await wrongBalances(part)))
    findings.push(
      ...(await findChangedClosings(part)).map((closing) => ({ code: 'closing_changed' as const, params: closing })),
    )
    if (spec.head && !(await isInChain(part, spec.head))) findings.push({ code: 'head_unknown', params: spec.head })
    return { blockCount, transferCount, waitingCount: await countWaiting(part), head, findings }
  })
}

async function verifyBlocks(work: Work, from: PlainDate | undefined, findings: LedgerFinding[]) {
  let previous = from === undefined ? undefined : await blockBefore(work, from)
  let [blockCount, transferCount] = [0, 0]
  for (;;) {
    const block = await nextBlock(work, previous?.number ?? 0)
    if (!block) break
    findings.push(...headerFindings(block, previous), ...(await rowFindings(work, block)))
    blockCount += 1
    transferCount += block.transferCount
    previous = block
  }
  return { blockCount, transferCount, head: previous ? { number: previous.number, hash: previous.hash } : null }
}

/** The last block sealed before a day, on which the first one looked at stands. */
function blockBefore(work: Work, day: PlainDate): Promise<Block | undefined> {
  const before = selectBlocks(work).where('block.sealed_at', '<', startOfDate(day))
  return before.orderBy('block.number', 'desc').limit(1).executeTakeFirst()
}

function nextBlock(work: Work, number: number): Promise<Block | undefined> {
  return selectBlocks(work).where('block.number', '>', number).orderBy('block.number').limit(1).executeTakeFirst()
}

function headerFindings(block: Block, previous: Block | undefined): LedgerFinding[] {
  const findings: LedgerFinding[] = []
  const expected = (previous?.number ?? 0) + 1
  for (let number = expected; number < block.number; number++) {
    findings.push({ code: 'block_missing', params: { block: number } })
  }
  if (blockHash(block) !== block.hash) findings.push({ code: 'block_changed', params: { block: block.number } })
  const firstPosition = previous ? previous.firstPosition + previous.transferCount : 1
  const isLinked = block.previousHash === (previous?.hash ?? noHash) && block.firstPosition === firstPosition
  // After a missing block the link leads nowhere, and that is told already.
  if (block.number === expected && !isLinked) findings.push({ code: 'block_unlinked', params: { block: block.number } })
  return findings
}

type SealedRow = { position: number; transferId: Id; hash: string; digest: string | undefined }

/** What is wrong with the rows of a block. After each the chain goes on from the hash as stored, so that every row is judged for itself. */
async function rowFindings(work: Work, block: Block): Promise<LedgerFinding[]> {
  const rows = await readRows(work, block)
  const rowAt = new Map(rows.map((row) => [row.position, row]))
  const findings: LedgerFinding[] = []
  const last = block.firstPosition + block.transferCount - 1
  let previousHash: string | undefined = block.previousHash
  for (let position = block.firstPosition; position <= last; position++) {
    const row = rowAt.get(position)
    const place = { block: block.number, position }
    if (!row) findings.push({ code: 'seal_missing', params: place })
    else if (row.digest === undefined) {
      findings.push({ code: 'transfer_missing', params: { ...place, transferId: row.transferId } })
    } else if (previousHash !== undefined && rowHash(previousHash, row.digest) !== row.hash) {
      const code = rows.some((other) => isSealedAs(previousHash, row.hash, other))
        ? 'transfer_reordered'
        : 'transfer_changed'
      findings.push({ code, params: { ...place, transferId: row.transferId } })
    }
    previousHash = row?.hash
  }
  const lastHash = rowAt.get(last)?.hash
  if (lastHash !== undefined && lastHash !== block.rowsHash) {
    findings.push({ code: 'block_changed', params: { block: block.number } })
  }
  return findings
}

/** Whether another transfer of the block is the one that this hash was made of. */
function isSealedAs(previousHash: string | undefined, hash: string, other: SealedRow): boolean {
  return previousHash !== undefined && other.digest !== undefined && rowHash(previousHash, other.digest) === hash
}

async function readRows(work: Work, block: Block): Promise<SealedRow[]> {
  const seals = await ledgerTables(work)
    .selectFrom('ledger.sealed_transfer')
    .select(['position', 'transfer_id as transferId', 'hash'])
    .where('block_number', '=', block.number)
    .where('position', '>=', block.firstPosition)
    .where('position', '<', block.firstPosition + block.transferCount)
    .orderBy('position')
    .execute()
  const ids = seals.map(({ transferId }) => transferId)
  const transfers = ids.length === 0 ? [] : await selectSealable(work).where('transfer.id', 'in', ids).execute()
  const digests = new Map(transfers.map((transfer) => [transfer.id, transferDigest(transfer)]))
  return seals.map((seal) => ({ ...seal, digest: digests.get(seal.transferId) }))
}

/** Rows that no block knows of: transfers neither sealed nor waiting, waiting ones that are gone, sealed rows outside of every block. */
async function strayRows(work: Work, head: ChainHead | null): Promise<LedgerFinding[]> {
  const transfers = await sql<{ id: Id | null; seq: number }>`
    select transfer.id, coalesce(transfer.seq, awaiting.seq) as seq
    from ledger.transfer
    full join ledger.awaiting_seal awaiting on awaiting.transfer_id = transfer.id and awaiting.seq = transfer.seq
    where transfer.id is null
       or (awaiting.seq is null and not exists (select from ledger.sealed_transfer sealed where sealed.transfer_id = transfer.id))
    order by 2`.execute(work.db)
  const seals = await ledgerTables(work)
    .selectFrom('ledger.sealed_transfer as sealed')
    .leftJoin('ledger.block as block', (join) =>
      join
        .onRef('block.number', '=', 'sealed.block_number')
        .on(
          sql<boolean>`sealed.position between block.first_position and block.first_position + block.transfer_count - 1`,
        ),
    )
    .select(['sealed.position', 'sealed.block_number as block', 'sealed.transfer_id as transferId'])
    .where('block.number', 'is', null)
    // What is sealed meanwhile was not looked at.
    .where('sealed.block_number', '<=', head?.number ?? 0)
    .orderBy('sealed.position')
    .execute()
  return [
    ...transfers.rows.map(({ id, seq }) =>
      id === null
        ? { code: 'transfer_missing' as const, params: { block: '-', position: '-', transferId: `seq ${seq}` } }
        : { code: 'transfer_added' as const, params: { transferId: id, seq } },
    ),
    ...seals.map((params) => ({ code: 'seal_added' as const, params })),
  ]
}

async function wrongBalances(work: Work): Promise<LedgerFinding[]> {
  const { rows } = await sql<{ account: string; party: string; fund: string; agency: string }>`
    with moved as (
      select account_id, coalesce(sum(amount_fen) filter (where side = 'debit'), 0) as debit_fen,
             coalesce(sum(amount_fen) filter (where side = 'credit'), 0) as credit_fen
      from ledger.entry group by account_id),
    held as (
      select hold.account_id, sum(hold.amount_fen) as fen from ledger.hold
      where not exists (select from ledger.hold_end where hold_end.hold_id = hold.id) group by hold.account_id)
    select account.name as account, coalesce(account.party, '-') as party, account.fund, account.agency
    from ledger.account
    left join ledger.balance on balance.account_id = account.id
    left join moved on moved.account_id = account.id
    left join held on held.account_id = account.id
    where (balance.debit_fen, balance.credit_fen, balance.held_fen)
      is distinct from (coalesce(moved.debit_fen, 0), coalesce(moved.credit_fen, 0), coalesce(held.fen, 0))
    order by account.agency, account.fund, account.name, account.party`.execute(work.db)
  return rows.map((params) => ({ code: 'balance_wrong' as const, params }))
}

async function isInChain(work: Work, { number, hash }: ChainHead): Promise<boolean> {
  const found = await selectBlocks(work).where('block.number', '=', number).executeTakeFirst()
  return found?.hash === hash
}
