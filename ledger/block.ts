import { type Instant, sm3, type Work } from '../ground/door.ts'
import { ledgerTables } from './tables.ts'

/**
 * The header of a block of sealed transfers. Its `hash` is over all else here; `rowsHash` is that of its last row, and each row's is over the row
 * before (`rowHash`), the first row's over `previousHash`. So one hash stands for everything that was sealed up to it.
 */
export type Block = {
  /** Which columns of a transfer are sealed and how they are written (`transferDigest`). */
  format: 1
  /** From 1, dense. */
  number: number
  /** The hash of the block before; zeros in front of the first. */
  previousHash: string
  /** The first row's place in the whole chain, from 1, dense over all blocks. */
  firstPosition: number
  transferCount: number
  rowsHash: string
  sealedAt: Instant
  hash: string
}

/** A place in the chain that a third party can keep: what it was shown once must be found there for ever. */
export type ChainHead = Pick<Block, 'number' | 'hash'>

/** How far the books are sealed: the last block, the transfers in all blocks, and those that wait for the next. */
export type ChainState = { head: (ChainHead & { sealedAt: Instant }) | null; sealedCount: number; waitingCount: number }

/** What stands in front of the first block. */
export const noHash = '0'.repeat(64)

/** The hash of a block's header (SM3). */
export function blockHash({
  format,
  number,
  previousHash,
  firstPosition,
  transferCount,
  rowsHash,
  sealedAt,
}: Omit<Block, 'hash'>): string {
  return sm3(JSON.stringify([format, number, previousHash, firstPosition, transferCount, rowsHash, sealedAt]))
}

/** The hash of a sealed row (SM3): its transfer's digest over the hash of the row before. */
export function rowHash(previousHash: string, transferDigest: string): string {
  return sm3(`${previousHash}${transferDigest}`)
}

/** How far the node's books are sealed, for staff and the node itself. */
export async function chainState(work: Work): Promise<ChainState> {
  const last = await lastBlock(work)
  const waitingCount = await countWaiting(work)
  if (!last) return { head: null, sealedCount: 0, waitingCount }
  const { number, hash, sealedAt, firstPosition, transferCount } = last
  return { head: { number, hash, sealedAt }, sealedCount: firstPosition + transferCount - 1, waitingCount }
}

/** How many transfers wait for the next block. */
export async function countWaiting(work: Work): Promise<number> {
  const waiting = ledgerTables(work).selectFrom('ledger.awaiting_seal')
  const { count } = await waiting.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return count
}

/** The newest block, or undefined. */
export function lastBlock(work: Work): Promise<Block | undefined> {
  return selectBlocks(work).orderBy('block.number', 'desc').limit(1).executeTakeFirst()
}

/** The blocks with their columns under the names in code. */
export function selectBlocks(work: Work) {
  return ledgerTables(work)
    .selectFrom('ledger.block as block')
    .select([
      'block.format',
      'block.number',
      'block.previous_hash as previousHash',
      'block.first_position as firstPosition',
      'block.transfer_count as transferCount',
      'block.rows_hash as rowsHash',
      'block.sealed_at as sealedAt',
      'block.hash',
    ])
}
