import { inTransaction, type Node, systemActor } from '../ground/door.ts'
import { expireHolds } from './hold.ts'
import { sealBooks } from './seal.ts'

/** What the ledger does by itself, every minute: ends the holds whose term is over, and seals what was committed. */
export async function keepBooks(node: Node): Promise<void> {
  await inTransaction(node, systemActor, expireHolds, 'ledger.expire')
  await sealBooks(node)
}
