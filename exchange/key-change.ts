import { actorUserId, addMilliseconds, type Id, type Instant, must, Refusal, type Work } from '../ground/door.ts'
import { raiseAlert } from './alert.ts'
import {
  type DirectoryChange,
  findDirectoryKey,
  findDirectoryRegion,
  nextDirectory,
  signDirectory,
} from './directory.ts'
import { defineHandler, type MessageHandler } from './handler.ts'
import { directoryKind, type Introduction, introductionKind, requireProof, schemaIntroduction } from './introduction.ts'
import { fingerprintOf, type KeyPair, keyOfPem } from './key.ts'
import { findNewestDirectory, type KeyStore, keepDirectory } from './key-store.ts'
import { sendMessage } from './outbox.ts'
import { asNode, exchangeTables, type KeyChangeRow } from './tables.ts'

/** How long a region's earlier keys still sign after a new one came: what was signed before the partner heard of it still arrives. */
const overlapMilliseconds = 30 * 86_400_000

/** Who may come into the directory by itself: a region without a key there (`automatic`, for trials), or only whom officers confirm. */
export type Enrolment = 'automatic' | 'officers'

/** A change to the directory that waits for officers at the hub. */
export type KeyChange = {
  id: Id
  region: string
  kind: DirectoryChange['kind']
  fingerprint: string | null
  reason: string | null
  proposedAt: Instant
  /** Who confirmed it so far; another has to. */
  firstOfficer: Id | null
}

/** The hub's handler of introductions. */
export function introductionHandler(keys: KeyStore, enrolment: Enrolment): MessageHandler {
  return defineHandler({
    kind: introductionKind,
    version: 1,
    schema: schemaIntroduction,
    async handle(work, { id, from, signer, body }) {
      requireProof(from, body)
      const ring = await keys.read(work)
      const entry = ring.directory && findDirectoryRegion(ring.directory, from)
      const listed = entry?.keys.find(({ publicKey }) => publicKey === body.publicKey)
      if (listed) {
        if (String(entry?.reads) !== String(body.reads)) {
          await recordChange(work, { kind: 'reads', region: from, reads: body.reads }, { confirmed: true })
        } else if (body.directoryVersion < ring.directoryVersion) {
          await sendDirectory(work, from, id)
        }
        return
      }
      const fingerprint = fingerprintOf(body.publicKey)
      const vouchedFor =
        signer !== fingerprint || isConfigured(keys, from, body) || (!entry && enrolment === 'automatic')
      await recordKey(work, from, body, vouchedFor)
    },
  })
}

/** At the hub: its own key comes into the directory like the others'. */
export async function introduceHub(work: Work, keys: KeyStore, introduction: Introduction): Promise<void> {
  const { directory } = await keys.read(work)
  const hub = work.node.region
  if (directory && findDirectoryKey(directory, hub, fingerprintOf(introduction.publicKey))) return
  await recordKey(work, hub, introduction, true)
}

/** An officer of the hub asks to revoke a region's key that was lost; another has to confirm. Throws `Refusal` `key_unknown`, `not_the_hub`. */
export async function proposeRevocation(
  work: Work,
  keys: KeyStore,
  { region, fingerprint, reason }: { region: string; fingerprint: string; reason: string },
): Promise<Id> {
  requireHub(work, keys)
  const officer = must(actorUserId(work.actor), 'an officer who acts')
  return asNode(work, async (part) => {
    const { directory } = await keys.read(part)
    const key = directory && findDirectoryKey(directory, region, fingerprint)
    if (!key || key.revokedAt !== null) throw new Refusal('key_unknown', { params: { region, fingerprint } })
    return recordChange(part, { kind: 'revoke_key', region, fingerprint }, { confirmed: false, officer, reason })
  })
}

/** An officer of the hub brings a region into the directory that cannot introduce itself; another has to confirm. Throws `Refusal` `not_the_hub`. */
export async function proposeKey(
  work: Work,
  keys: KeyStore,
  { region, publicKey, reads }: { region: string; publicKey: string; reads: number[] },
): Promise<Id> {
  requireHub(work, keys)
  const officer = must(actorUserId(work.actor), 'an officer who acts')
  const change: DirectoryChange = { kind: 'add_key', region, publicKey, reads }
  return asNode(work, (part) => recordChange(part, change, { confirmed: false, officer }))
}

/**
 * An officer of the hub confirms a change; the second one puts it into the next directory. Throws `Refusal` `not_the_hub`, `key_change_unknown`,
 * `second_officer_needed` (the same officer again).
 */
export async function confirmKeyChange(work: Work, keys: KeyStore, id: Id): Promise<void> {
  requireHub(work, keys)
  const officer = must(actorUserId(work.actor), 'an officer who acts')
  await asNode(work, async (part) => {
    const tables = exchangeTables(part)
    const open = await tables
      .selectFrom('exchange.key_change')
      .select('first_officer')
      .where('id', '=', id)
      .where('confirmed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!open) throw new Refusal('key_change_unknown', { params: { changeId: id } })
    if (open.first_officer === officer) throw new Refusal('second_officer_needed')
    const confirmed =
      open.first_officer === null ? { first_officer: officer } : { second_officer: officer, confirmed_at: part.now }
    await tables.updateTable('exchange.key_change').set(confirmed).where('id', '=', id).execute()
  })
}

/** The changes that wait for officers, oldest first. */
export async function waitingKeyChanges(work: Work): Promise<KeyChange[]> {
  return exchangeTables(work)
    .selectFrom('exchange.key_change')
    .select([
      'id',
      'region',
      'kind',
      'fingerprint',
      'reason',
      'proposed_at as proposedAt',
      'first_officer as firstOfficer',
    ])
    .where('confirmed_at', 'is', null)
    .orderBy('seq')
    .execute()
}

/** Puts all confirmed changes into the next directory and sends it to every region that is in it. Nothing where there are none. */
export async function issueDirectory(work: Work, pair: KeyPair): Promise<void> {
  const changes = await claimConfirmed(work)
  if (changes.length === 0) return
  const last = (await findNewestDirectory(work))?.directory
  const overlapEndsAt = addMilliseconds(work.now, overlapMilliseconds)
  const directory = nextDirectory(last, changes, { issuedAt: work.now, overlapEndsAt })
  await keepDirectory(work, signDirectory(pair, directory))
  for (const { region, reads } of directory.regions) {
    // A region of the first release knows no directories.
    if (region !== work.node.region && reads.includes(2)) await sendDirectory(work, region)
  }
}

async function claimConfirmed(work: Work): Promise<DirectoryChange[]> {
  const rows = await exchangeTables(work)
    .selectFrom('exchange.key_change')
    .selectAll()
    .where('directory_version', 'is', null)
    .where('confirmed_at', 'is not', null)
    .orderBy('seq')
    .forUpdate()
    .execute()
  if (rows.length === 0) return []
  const version = ((await findNewestDirectory(work))?.directory.version ?? 0) + 1
  const ids = rows.map(({ id }) => id)
  const update = exchangeTables(work).updateTable('exchange.key_change').set({ directory_version: version })
  await update.where('id', 'in', ids).execute()
  return rows.map(changeOf)
}

function changeOf(row: KeyChangeRow): DirectoryChange {
  const { kind, region } = row
  if (kind === 'revoke_key') return { kind, region, fingerprint: must(row.fingerprint, 'a fingerprint') }
  const reads = must(row.reads, 'envelope versions')
  return kind === 'reads' ? { kind, region, reads } : { kind, region, reads, publicKey: must(row.public_key, 'a key') }
}

async function sendDirectory(work: Work, to: string, replyTo?: Id): Promise<void> {
  const body = await findNewestDirectory(work)
  await sendMessage(work, { to, kind: directoryKind, version: 1, body, ...(replyTo && { replyTo }) })
}

/** A key that nobody vouches for waits for two officers, one at a time for each region, and they are told. */
async function recordKey(work: Work, region: string, introduction: Introduction, vouchedFor: boolean): Promise<void> {
  const { publicKey, reads } = introduction
  const waiting = await exchangeTables(work)
    .selectFrom('exchange.key_change')
    .select(['public_key', 'confirmed_at'])
    .where('region', '=', region)
    .where('kind', '=', 'add_key')
    .where('directory_version', 'is', null)
    .execute()
  if (!vouchedFor) await raiseAlert(work, 'enrolment_asked', null)
  const isThere = waiting.some((row) => row.public_key === publicKey && (!vouchedFor || row.confirmed_at !== null))
  const isCrowded = !vouchedFor && waiting.some(({ confirmed_at }) => confirmed_at === null)
  if (isThere || isCrowded) return
  await recordChange(work, { kind: 'add_key', region, publicKey, reads }, { confirmed: vouchedFor })
}

async function recordChange(
  work: Work,
  change: DirectoryChange,
  { confirmed, officer = null, reason = null }: { confirmed: boolean; officer?: Id | null; reason?: string | null },
): Promise<Id> {
  const id = work.newId()
  await exchangeTables(work)
    .insertInto('exchange.key_change')
    .values({
      id,
      region: change.region,
      kind: change.kind,
      fingerprint: fingerprintOfChange(change),
      public_key: change.kind === 'add_key' ? change.publicKey : null,
      reads: change.kind === 'revoke_key' ? null : JSON.stringify(change.reads),
      reason,
      proposed_at: work.now,
      first_officer: officer,
      confirmed_at: confirmed ? work.now : null,
    })
    .execute()
  return id
}

function fingerprintOfChange(change: DirectoryChange): string | null {
  switch (change.kind) {
    case 'add_key':
      return fingerprintOf(change.publicKey)
    case 'revoke_key':
      return change.fingerprint
    case 'reads':
      return null
  }
}

function isConfigured({ keyOf }: KeyStore, region: string, { publicKey }: Introduction): boolean {
  const configured = keyOf(region)
  return configured !== undefined && keyOfPem(configured) === publicKey
}

function requireHub(work: Work, { hub }: KeyStore): void {
  if (work.node.region !== hub) throw new Refusal('not_the_hub', { params: { hub } })
}
