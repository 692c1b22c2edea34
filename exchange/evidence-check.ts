import { sql } from 'kysely'
import type { Id, Work } from '../ground/door.ts'
import { exportEvidence } from './evidence.ts'
import { type EvidenceFinding, verifyEvidence } from './evidence-verification.ts'
import { introductionKind } from './introduction.ts'
import { receiptKind } from './receipts.ts'
import { asNode } from './tables.ts'

/** What was looked at of a region's messages and what was found: nothing, where each can still be proven. */
export type EvidenceCheck = {
  messageCount: number
  /** Said and not signed yet: they are with the round that delivers them. */
  unsignedCount: number
  findings: EvidenceFinding[]
}

/** How many messages are checked together. */
const checkedTogether = 500

type Recorded = { from: string; to: string; id: Id; kind: string; isUnsigned: boolean; isKept: boolean }

/**
 * Checks the evidence of every message that a region has said or taken: that it is there and that its signature, its place and its key hold. For
 * after a restore; `hubFingerprint` as in `verifyEvidence`.
 */
export function checkEvidence(
  work: Work,
  keys: { hub: string; hubFingerprint?: string | undefined },
): Promise<EvidenceCheck> {
  return asNode(work, async (part) => {
    const check: EvidenceCheck = { messageCount: 0, unsignedCount: 0, findings: [] }
    for (const select of [selectSaid, selectTaken]) {
      for (let page = await select(part, undefined); page.length > 0; page = await select(part, page.at(-1))) {
        const signed = page.filter(({ isUnsigned }) => !isUnsigned)
        check.messageCount += page.length
        check.unsignedCount += page.length - signed.length
        if (signed.length > 0) check.findings.push(...(await pageFindings(part, signed, keys)))
      }
    }
    return { ...check, findings: distinct(check.findings) }
  })
}

async function pageFindings(
  work: Work,
  page: readonly Recorded[],
  keys: { hub: string; hubFingerprint?: string | undefined },
): Promise<EvidenceFinding[]> {
  const file = await exportEvidence(work, { hub: keys.hub, ids: page.map(({ id }) => id) })
  const missing = ({ id: messageId, from, to }: Recorded) => ({ code: 'missing', params: { messageId, from, to } })
  if (file === undefined) return page.map(missing)
  const { messages, findings } = verifyEvidence(Buffer.from(file), keys)
  const proven = new Set(messages.map(({ envelope: { from, id } }) => `${from} ${id}`))
  // What introduces a key is signed with it before a directory lists it, and proves itself.
  const introductions = new Set<unknown>(page.flatMap(({ kind, id }) => (kind === introductionKind ? [id] : [])))
  const told = new Set(findings.map(({ params }) => params.messageId))
  // Receipts are held against what they are for, and what does not hold is told already: of them it is asked whether they are there.
  const unproven = page.filter(({ from, id, kind, isKept }) =>
    kind === receiptKind ? !isKept : !proven.has(`${from} ${id}`),
  )
  return [
    ...findings.filter(({ code, params }) => code !== 'key_not_in_force' || !introductions.has(params.messageId)),
    ...unproven.filter(({ id }) => !told.has(id)).map(missing),
  ]
}

async function selectSaid(work: Work, last: Recorded | undefined): Promise<Recorded[]> {
  const after = last ? sql`WHERE outbox.message_id > ${last.id}` : sql``
  const { rows } = await sql<Recorded>`
    SELECT ${work.node.region} AS "from", outbox.to_region AS "to", outbox.message_id AS id, outbox.kind,
      EXISTS (SELECT FROM exchange.draft WHERE draft.message_id = outbox.message_id) AS "isUnsigned",
      EXISTS (SELECT FROM exchange.evidence
        WHERE evidence.from_region = ${work.node.region} AND evidence.message_id = outbox.message_id) AS "isKept"
    FROM exchange.outbox ${after} ORDER BY outbox.message_id LIMIT ${checkedTogether}`.execute(work.db)
  return rows
}

async function selectTaken(work: Work, last: Recorded | undefined): Promise<Recorded[]> {
  const after = last ? sql`WHERE (message_id, from_region) > (${last.id}, ${last.from})` : sql``
  const { rows } = await sql<Recorded>`
    SELECT from_region AS "from", ${work.node.region} AS "to", message_id AS id, kind, false AS "isUnsigned",
      EXISTS (SELECT FROM exchange.evidence
        WHERE evidence.from_region = inbox.from_region AND evidence.message_id = inbox.message_id) AS "isKept"
    FROM exchange.inbox ${after} ORDER BY message_id, from_region LIMIT ${checkedTogether}`.execute(work.db)
  return rows
}

/** What is wrong with the directories is found with each page. */
function distinct(findings: readonly EvidenceFinding[]): EvidenceFinding[] {
  return [...new Map(findings.map((found) => [JSON.stringify(found), found])).values()]
}
