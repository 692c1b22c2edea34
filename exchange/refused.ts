import { sm3, type Work } from '../ground/door.ts'
import { raiseAlert } from './alert.ts'
import type { RefusalReason } from './opening.ts'
import { exchangeTables } from './tables.ts'
import type { Receipt } from './transport.ts'

/** How many refused messages of one alert are recorded one by one; a flood is only counted. */
const recordedMax = 1000

/** Records bytes that were refused, and raises the alert. `partner` is whom it concerns as far as that is known. */
export async function recordRefused(
  work: Work,
  bytes: Uint8Array,
  { reason, claimedFrom, partner }: { reason: RefusalReason; claimedFrom: string | null; partner: string | null },
): Promise<Receipt> {
  if ((await raiseAlert(work, reason, partner)) > recordedMax) return 'refused'
  await exchangeTables(work)
    .insertInto('exchange.refused')
    .values({
      id: work.newId(),
      received_at: work.now,
      reason,
      claimed_from: claimedFrom,
      bytes_sm3: sm3(bytes),
      size_bytes: bytes.length,
    })
    .execute()
  return 'refused'
}
