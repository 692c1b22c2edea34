import { type Id, must, type Work } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'
import { findDirectoryRegion, type SignedDirectory } from './directory.ts'
import { readDirectories } from './key-store.ts'
import { exchangeTables } from './tables.ts'

/** A message by its sender and the sender's id for it. */
export type MessageKey = { from: string; id: Id }

/**
 * The signed wire bytes of a message, sent or received, as a third party can check them: where it was signed anew, the newest. Undefined where
 * there are none. System only.
 */
export async function findEvidence(work: Work, key: MessageKey): Promise<Uint8Array | undefined> {
  const found = await exchangeTables(work)
    .selectFrom('exchange.evidence')
    .select('bytes')
    .where('from_region', '=', key.from)
    .where('message_id', '=', key.id)
    .orderBy('signed_no', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.bytes
}

/**
 * A file by which a third can check, offline, what two regions said to each other: the messages as they went over the wire, the receipts of
 * whoever took them, and the hub's directories of keys. Canonical JSON `{directories, evidence: 1, messages}`, without a line end. `about` takes
 * all messages shown under a number, `id` one, `ids` these. Undefined where no signed message is there. System only.
 */
export async function exportEvidence(
  work: Work,
  { hub, ...chosen }: { hub: string } & Chosen,
): Promise<string | undefined> {
  const keys = [...(await sentMessages(work, chosen)), ...(await takenMessages(work, chosen))]
  const receipts = keys.flatMap(({ receipt }) => receipt ?? [])
  const named = new Map([...keys, ...receipts].map((key) => [`${key.from} ${key.id}`, key]))
  const messages: unknown[] = []
  for (const key of named.values()) {
    const bytes = await findEvidence(work, key)
    if (bytes) messages.push(JSON.parse(Buffer.from(bytes).toString()))
  }
  if (messages.length === 0) return undefined
  const directories = chainOfTrust(await readDirectories(work), hub)
  return canonicalJson({ directories, evidence: 1, messages })
}

type Chosen = { about: string } | { id: Id } | { ids: readonly Id[] }

function idsOf(chosen: { id: Id } | { ids: readonly Id[] }): readonly Id[] {
  return 'id' in chosen ? [chosen.id] : chosen.ids
}

/** A message and the message that is the receipt for it, once there is one. */
type ReceiptedKey = MessageKey & { receipt: MessageKey | undefined }

async function sentMessages(work: Work, chosen: Chosen): Promise<ReceiptedKey[]> {
  const { region } = work.node
  const sent = exchangeTables(work)
    .selectFrom('exchange.outbox as outbox')
    .innerJoin('exchange.delivery as delivery', 'delivery.message_id', 'outbox.message_id')
    .select(['outbox.message_id as id', 'outbox.to_region as to', 'delivery.receipt_id as receiptId'])
    .orderBy('outbox.seq')
  const rows =
    'about' in chosen
      ? await sent.where('outbox.about', '=', chosen.about).execute()
      : await sent.where('outbox.message_id', 'in', idsOf(chosen)).execute()
  return rows.map(({ id, to, receiptId }) => ({ from: region, id, receipt: keyOf(to, receiptId) }))
}

async function takenMessages(work: Work, chosen: Chosen): Promise<ReceiptedKey[]> {
  const taken = exchangeTables(work)
    .selectFrom('exchange.inbox as inbox')
    .innerJoin('exchange.handling as handling', (join) =>
      join
        .onRef('handling.from_region', '=', 'inbox.from_region')
        .onRef('handling.message_id', '=', 'inbox.message_id'),
    )
    .select(['inbox.from_region as from', 'inbox.message_id as id', 'handling.receipt_id as receiptId'])
    .orderBy('inbox.sent_at')
    .orderBy('inbox.message_id')
  const rows =
    'about' in chosen
      ? await taken.where('inbox.about', '=', chosen.about).execute()
      : await taken.where('inbox.message_id', 'in', idsOf(chosen)).execute()
  return rows.map(({ from, id, receiptId }) => ({ from, id, receipt: keyOf(work.node.region, receiptId) }))
}

function keyOf(from: string, id: Id | null): MessageKey | undefined {
  return id === null ? undefined : { from, id }
}

/** The newest directory, which has every key there ever was, and those by which one key of the hub vouches for the next. */
function chainOfTrust(directories: readonly SignedDirectory[], hub: string): SignedDirectory[] {
  const hubKeys = ({ directory }: SignedDirectory) => canonicalJson(findDirectoryRegion(directory, hub)?.keys ?? [])
  return directories.filter((signed, place) => {
    const isNewest = place === directories.length - 1
    return isNewest || place === 0 || hubKeys(signed) !== hubKeys(must(directories[place - 1], 'the one before'))
  })
}
