import type { Id, Work } from '../ground/door.ts'
import { exchangeTables } from './tables.ts'

/** A message by its sender and the sender's id for it. */
export type MessageKey = { from: string; id: Id }

/** The signed wire bytes of a message, sent or received, as a third party can check them; undefined where there is none. System only. */
export async function findEvidence(work: Work, key: MessageKey): Promise<Uint8Array | undefined> {
  const query = exchangeTables(work).selectFrom('exchange.evidence').select('bytes')
  const found = await query.where('from_region', '=', key.from).where('message_id', '=', key.id).executeTakeFirst()
  return found?.bytes
}
