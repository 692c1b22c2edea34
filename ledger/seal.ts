import { sql } from 'kysely'
import { inTransaction, type Node, systemActor, type Work } from '../ground/door.ts'
import { type Block, blockHash, lastBlock, noHash, rowHash } from './block.ts'
import { asLedger, ledgerTables } from './tables.ts'
import { selectSealable, transferDigest } from './transfer-digest.ts'

/** So many rows at most are read and written at a time. */
const blockTransfersMax = 1000

// Any number that no other lock of the node's database uses.
const sealingLock = 7_460_402

/**
 * Seals what was committed before, block after block, each in a transaction of its own, and returns how many transfers it sealed. A crash
 * leaves whole blocks behind, and the next call goes on from there; of two callers one waits for the other.
 */
export async function sealBooks(node: Node): Promise<number> {
  for (let sealedCount = 0; ; ) {
    const block = await inTransaction(node, systemActor, sealBlock, 'ledger.seal')
    sealedCount += block?.transferCount ?? 0
    if (block?.transferCount !== blockTransfersMax) return sealedCount
  }
}

/** Seals all that waits within this work, e.g. before something is signed that stands on it. */
export async function sealWithin(work: Work): Promise<void> {
  await asLedger(work, async (part) => {
    while (await sealBlock(part));
  })
}

/**
 * Makes the next block of what waits, in the order of recording, or returns undefined where nothing does. A transfer is seen only after its
 * commit, so one that commits late stands in a later block than one recorded after it.
 */
async function sealBlock(work: Work): Promise<Block | undefined> {
  await sql`select pg_advisory_xact_lock(${sealingLock})`.execute(work.db)
  const waiting = await selectSealable(work)
    .innerJoin('ledger.awaiting_seal as awaiting', 'awaiting.transfer_id', 'transfer.id')
    .orderBy('awaiting.seq')
    .limit(blockTransfersMax)
    .execute()
  if (waiting.length === 0) return undefined
  const last = await lastBlock(work)
  const number = (last?.number ?? 0) + 1
  const previousHash = last?.hash ?? noHash
  const firstPosition = last ? last.firstPosition + last.transferCount : 1
  let rowsHash = previousHash
  const rows = waiting.map((transfer, index) => {
    rowsHash = rowHash(rowsHash, transferDigest(transfer))
    return { position: firstPosition + index, block_number: number, transfer_id: transfer.id, hash: rowsHash }
  })
  const transferCount = rows.length
  const header = {
    format: 1 as const,
    number,
    previousHash,
    firstPosition,
    transferCount,
    rowsHash,
    sealedAt: work.now,
  }
  const block = { ...header, hash: blockHash(header) }
  await insertBlock(work, block)
  await work.reach('ledger.block-recorded')
  await ledgerTables(work).insertInto('ledger.sealed_transfer').values(rows).execute()
  await work.reach('ledger.rows-sealed')
  return block
}

async function insertBlock(work: Work, block: Block): Promise<void> {
  await ledgerTables(work)
    .insertInto('ledger.block')
    .values({
      number: block.number,
      format: block.format,
      previous_number: block.number === 1 ? null : block.number - 1,
      previous_hash: block.previousHash,
      first_position: block.firstPosition,
      transfer_count: block.transferCount,
      rows_hash: block.rowsHash,
      sealed_at: block.sealedAt,
      hash: block.hash,
    })
    .execute()
}
