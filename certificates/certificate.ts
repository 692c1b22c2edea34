import type { Selectable } from 'kysely'
import {
  type Actor,
  actorRole,
  actorUserId,
  asActor,
  BrokenInvariant,
  blindIndex,
  type Id,
  type Instant,
  must,
  type PlainDate,
  parseInput,
  Refusal,
  sm2Sign,
  sm2Verify,
  sm3,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { canonicalJson } from '../policy/door.ts'
import { newVerificationCode } from './code.ts'
import { type NewPaper, type Paper, schemaPaper } from './paper.ts'
import { type CertificatesTables, certificatesTables } from './tables.ts'

/** Whose a certificate is. */
export type Holder = { personId: Id } | { employerId: Id }

/** What a service has attested. `key` is the occasion: the same key gives the certificate that was issued for it. */
export type NewCertificateOfNode = {
  key: string
  service: string
  /** What sort of paper it is, in the service's own words (`insured_proof`, `title`). */
  kind: string
  agency: string
  holder: Holder
  /** The holder's whole identity number or credit code; kept only as a blind index of its last four characters. */
  holderNumber: string
  caseId?: Id
  paper: NewPaper
  /** What the holder wants it for, or why it is issued; kept, not printed. */
  purpose: string
  validUntil?: PlainDate
}

/** A certificate as it was issued, and what became of it. */
export type IssuedCertificate = {
  certificateId: Id
  code: string
  service: string
  kind: string
  agency: string
  personId: Id | null
  employerId: Id | null
  caseId: Id | null
  paper: Paper
  purpose: string
  askedRole: string
  askedBy: Id | null
  issuedAt: Instant
  validUntil: PlainDate | null
  withdrawn: { on: PlainDate; reason: string } | null
}

/**
 * Issues a certificate: signs what it says with the node's SM2 key and keeps both for good, with who asked and what for. May be called by whoever the
 * service lets; it is written as the node. The same key again gives the one that stands under it.
 */
export async function issueCertificate(work: Work, input: NewCertificateOfNode): Promise<IssuedCertificate> {
  const paper = parseInput(schemaPaper, input.paper, 'paper')
  const { actor } = work
  return asActor(work, systemActor, async (node) => {
    const known = await findBy(node, 'key', input.key)
    if (known) return known
    const { keys, random, region } = node.node
    const code = newVerificationCode(region, random)
    const signed = signedBytes({ code, issuedAt: node.now, validUntil: input.validUntil ?? null, paper })
    await certificatesTables(node)
      .insertInto('certificates.certificate')
      .values({
        id: node.newId(),
        key: input.key,
        code,
        holder_index: holderIndex(node, code, input.holderNumber.slice(-4)),
        service: input.service,
        kind: input.kind,
        agency: input.agency,
        person_id: 'personId' in input.holder ? input.holder.personId : null,
        employer_id: 'employerId' in input.holder ? input.holder.employerId : null,
        case_id: input.caseId ?? null,
        paper: JSON.stringify(paper),
        paper_sm3: sm3(signed),
        signature: sm2Sign(keys.signingPrivateKey, keys.signingPublicKey, signed),
        purpose: input.purpose,
        ...askedBy(actor),
        issued_at: node.now,
        valid_until: input.validUntil ?? null,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
    return must(await findBy(node, 'key', input.key), 'the certificate just issued')
  })
}

function askedBy(actor: Actor) {
  return { asked_role: actorRole(actor), asked_by: actorUserId(actor) }
}

/** A certificate that the acting party sees. Refuses `certificate_not_found`. */
export async function getCertificate(work: Work, certificateId: Id): Promise<IssuedCertificate> {
  const found = await findBy(work, 'id', certificateId)
  if (!found) throw new Refusal('certificate_not_found')
  return found
}

/** Certificates that the acting party sees, newest first: of a holder, a case, a kind of a service, or all. At most `limit`. */
export async function certificatesIssued(
  work: Work,
  query: { personId?: Id; employerId?: Id; caseId?: Id; service?: string; kind?: string; limit?: number } = {},
): Promise<IssuedCertificate[]> {
  let search = joined(work)
  if (query.personId) search = search.where('issued.person_id', '=', query.personId)
  if (query.employerId) search = search.where('issued.employer_id', '=', query.employerId)
  if (query.caseId) search = search.where('issued.case_id', '=', query.caseId)
  if (query.service) search = search.where('issued.service', '=', query.service)
  if (query.kind) search = search.where('issued.kind', '=', query.kind)
  const rows = await search
    .orderBy('issued.issued_at', 'desc')
    .orderBy('issued.id', 'desc')
    .limit(query.limit ?? 100)
    .execute()
  return rows.map((row) => certificateOf(work, row))
}

/**
 * Takes a certificate back that should not have been issued or no longer holds: whoever verifies it is told. For the node, and for officers of the
 * agency that issued it. Refuses `certificate_not_found`, `certificate_not_yours_to_withdraw`, `certificate_withdrawn_before`.
 */
export async function withdrawCertificate(
  work: Work,
  { certificateId, reason }: { certificateId: Id; reason: string },
): Promise<void> {
  const { actor } = work
  const certificate = await getCertificate(work, certificateId)
  if (actor.kind !== 'staff' && actor.kind !== 'system') throw new Refusal('certificate_not_yours_to_withdraw')
  if (certificate.withdrawn) {
    throw new Refusal('certificate_withdrawn_before', { params: { withdrawnOn: certificate.withdrawn.on } })
  }
  await asActor(work, systemActor, (node) =>
    certificatesTables(node)
      .insertInto('certificates.withdrawal')
      .values({
        certificate_id: certificateId,
        reason,
        withdrawn_role: actorRole(actor),
        withdrawn_by: actorUserId(actor),
        withdrawn_on: node.today,
        withdrawn_at: node.now,
      })
      .execute(),
  )
}

/**
 * The certificate of a code for somebody who also knows the last four characters of the holder's number; undefined where either is wrong, and
 * nothing tells which. For anybody: whoever knows both holds the paper.
 */
export function findByCode(
  work: Work,
  { code, lastFour }: { code: string; lastFour: string },
): Promise<IssuedCertificate | undefined> {
  return asActor(work, systemActor, async (node) => {
    const row = await joined(node)
      .where('issued.code', '=', code)
      .where('issued.holder_index', '=', holderIndex(node, code, lastFour))
      .executeTakeFirst()
    return row && certificateOf(node, row)
  })
}

async function findBy(work: Work, column: 'id' | 'key', value: string): Promise<IssuedCertificate | undefined> {
  const row = await joined(work).where(`issued.${column}`, '=', value).executeTakeFirst()
  return row && certificateOf(work, row)
}

type CertificateRow = Selectable<CertificatesTables['certificates.certificate']> & {
  withdrawnOn: PlainDate | null
  withdrawnFor: string | null
}

function joined(work: Work) {
  return certificatesTables(work)
    .selectFrom('certificates.certificate as issued')
    .leftJoin('certificates.withdrawal as withdrawal', 'withdrawal.certificate_id', 'issued.id')
    .selectAll('issued')
    .select(['withdrawal.withdrawn_on as withdrawnOn', 'withdrawal.reason as withdrawnFor'])
}

/** What stands in the row, if it is still what the node signed. */
function certificateOf(work: Work, row: CertificateRow): IssuedCertificate {
  const paper = schemaPaper.parse(row.paper)
  const { code, issued_at: issuedAt, valid_until: validUntil } = row
  const signed = signedBytes({ code, issuedAt, validUntil, paper })
  if (!sm2Verify(work.node.keys.signingPublicKey, signed, row.signature)) {
    throw new BrokenInvariant(`certificate ${row.id} is not what was signed`)
  }
  return {
    certificateId: row.id,
    code,
    service: row.service,
    kind: row.kind,
    agency: row.agency,
    personId: row.person_id,
    employerId: row.employer_id,
    caseId: row.case_id,
    paper,
    purpose: row.purpose,
    askedRole: row.asked_role,
    askedBy: row.asked_by,
    issuedAt,
    validUntil,
    withdrawn:
      row.withdrawnOn !== null && row.withdrawnFor !== null ? { on: row.withdrawnOn, reason: row.withdrawnFor } : null,
  }
}

type Signed = { code: string; issuedAt: Instant; validUntil: PlainDate | null; paper: Paper }

function signedBytes(signed: Signed): Buffer {
  return Buffer.from(canonicalJson(signed))
}

/** Bound to the code, so that holders with the same four characters cannot be told to be alike. */
function holderIndex(work: Work, code: string, lastFour: string): string {
  return blindIndex(work.node.keys, `certificate:${code}:${lastFour.toUpperCase()}`)
}
