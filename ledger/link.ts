import { actorUserId, type Id, must, Refusal, type Work } from '../ground/door.ts'
import { type CorrectionSpec, prepareCorrection, type ReversalSpec, recordCorrection } from './correction.ts'
import { asLedger, ledgerTables } from './tables.ts'
import { prepareTransfer, type TransferSpec } from './transfer.ts'
import { contentDigest, recordTransfer, type TransferRecord } from './transfer-record.ts'

/** Transfers that happen together, in the order in which they are posted; all in the same books. `key` makes it idempotent. */
export type LinkSpec = { key: string; transfers: ReadonlyArray<TransferSpec | ReversalSpec | CorrectionSpec> }

/** What became of linked transfers, in their order. `existing`: the same link was there already. */
export type PostedLink = { linkId: Id; transferIds: Id[]; existing: boolean }

/**
 * Posts at least two transfers and corrections together or not at all: the link says how many there are, and the database counts them at
 * commit. Throws `Refusal` `link_key_reused` (same key, other transfers), `transfer_key_reused` (one of them was posted before), and as
 * `postTransfer` and `correctTransfer`. Transfers of several funds or agencies cannot be linked.
 */
export async function postLinked(work: Work, spec: LinkSpec): Promise<PostedLink> {
  const userId = actorUserId(work.actor)
  return asLedger(work, async (part) => {
    const records: TransferRecord[] = []
    for (const each of spec.transfers) {
      const isCorrection = 'transferId' in each
      records.push(await (isCorrection ? prepareCorrection(part, each, userId) : prepareTransfer(part, each, userId)))
    }
    const linkId = await insertLink(part, spec.key, records)
    if (linkId === undefined) return existingLink(part, spec.key, records)
    const transferIds: Id[] = []
    for (const [index, record] of records.entries()) transferIds.push(await recordPart(part, record, linkId, index + 1))
    return { linkId, transferIds, existing: false }
  })
}

async function recordPart(work: Work, record: TransferRecord, linkId: Id, no: number): Promise<Id> {
  const write = record.corrects === undefined ? recordTransfer : recordCorrection
  const { transferId, existing } = await write(work, record, { linkId, no })
  if (existing) throw new Refusal('transfer_key_reused', { params: { key: record.key } })
  await work.reach('ledger.link-part-recorded')
  return transferId
}

async function insertLink(work: Work, key: string, records: readonly TransferRecord[]): Promise<Id | undefined> {
  const { fund, agency } = must(records[0], 'a transfer to be linked')
  const insert = ledgerTables(work)
    .insertInto('ledger.link')
    .values({
      id: work.newId(),
      key,
      fund,
      agency,
      transfer_count: records.length,
      recorded_at: work.now,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
  return (await insert.executeTakeFirst())?.id
}

async function existingLink(work: Work, key: string, records: readonly TransferRecord[]): Promise<PostedLink> {
  const recorded = await ledgerTables(work)
    .selectFrom('ledger.link as link')
    .innerJoin('ledger.transfer as transfer', 'transfer.link_id', 'link.id')
    .select(['link.id as linkId', 'transfer.id', 'transfer.key', 'transfer.content_sm3 as contentSm3'])
    .where('link.key', '=', key)
    .orderBy('transfer.link_no')
    .execute()
  const isSame = (record: TransferRecord, index: number) =>
    recorded[index]?.key === record.key && recorded[index].contentSm3 === contentDigest(record)
  const [first] = recorded
  if (first === undefined || recorded.length !== records.length || !records.every(isSame)) {
    throw new Refusal('link_key_reused', { params: { key } })
  }
  return { linkId: first.linkId, transferIds: recorded.map(({ id }) => id), existing: true }
}
