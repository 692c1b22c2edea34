import type { Selectable } from 'kysely'
import { z } from 'zod'
import {
  BadInput,
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaId,
  type Work,
} from '../ground/door.ts'
import { logRead, logWrite } from './access-log.ts'
import { guarded, guardedUpdate } from './constraints.ts'
import { refuseBefore } from './period.ts'
import { getPersonRow } from './person-row.ts'
import { type CertificateKind, certificateKinds, type PeopleTables, peopleTables } from './tables.ts'

/** A skill certificate (C3.02). `occupation` is a code of the register of occupations; `level` 5 (junior) to 1 (senior technician). */
export type Certificate = {
  certificateId: Id
  personId: Id
  number: string
  kind: CertificateKind
  occupation: string
  level: number
  issuedOn: PlainDate
  issuer: string
  revokedOn: PlainDate | null
}

/** What recording a certificate takes. */
export const schemaNewCertificate = z.object({
  personId: schemaId,
  number: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[0-9A-Z-]{6,40}$/, { error: 'a certificate number of 6 to 40 digits, capitals and hyphens' }),
  kind: z.enum(certificateKinds),
  occupation: z.string().trim().min(1).max(40),
  level: z.int().min(1).max(5),
  issuedOn: schemaDate,
  issuer: z.string().trim().min(1).max(200),
})
export type NewCertificate = z.input<typeof schemaNewCertificate>

/** Records a certificate. Refused: `certificate_number_taken`, `person_unknown`; `BadInput` for one issued later than today. */
export async function recordCertificate(work: Work, input: NewCertificate): Promise<Id> {
  const certificate = parseInput(schemaNewCertificate, input)
  await getPersonRow(work, certificate.personId)
  if (certificate.issuedOn > work.today) {
    throw new BadInput([{ path: 'issuedOn', expected: `a date not after ${work.today}`, found: certificate.issuedOn }])
  }
  const certificateId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.certificate')
      .values({
        id: certificateId,
        number: certificate.number,
        person_id: certificate.personId,
        kind: certificate.kind,
        occupation: certificate.occupation,
        level: certificate.level,
        issued_on: certificate.issuedOn,
        issuer: certificate.issuer,
        revoked_on: null,
        revoke_reason: null,
        recorded_at: work.now,
      })
      .execute(),
    {
      certificate_number_once: () =>
        new Refusal('certificate_number_taken', { params: { number: certificate.number } }),
    },
  )
  await logWrite(work, certificate.personId, 'record_certificate')
  return certificateId
}

/** Records that a certificate does not hold any more since a day, and why. Refused: `certificate_unknown` (also for one revoked before). */
export async function revokeCertificate(
  work: Work,
  revocation: { certificateId: Id; on: PlainDate; reason: string },
): Promise<void> {
  const on = parseInput(schemaDate, revocation.on, 'on')
  const reason = parseInput(z.string().trim().min(1), revocation.reason, 'reason')
  const row = await peopleTables(work)
    .selectFrom('people.certificate')
    .selectAll()
    .where('id', '=', revocation.certificateId)
    .where('revoked_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('certificate_unknown')
  refuseBefore('on', on, row.issued_on)
  await guardedUpdate(
    peopleTables(work)
      .updateTable('people.certificate')
      .set({ revoked_on: on, revoke_reason: reason })
      .where('id', '=', revocation.certificateId)
      .executeTakeFirstOrThrow(),
  )
  await logWrite(work, row.person_id, 'revoke_certificate')
}

/** A person's certificates issued from one day to another, both inclusive and open where left out, the oldest first; revoked ones too. */
export async function certificatesOf(
  work: Work,
  personId: Id,
  query: { from?: PlainDate; to?: PlainDate },
  purpose: string,
): Promise<Certificate[]> {
  let search = peopleTables(work).selectFrom('people.certificate').selectAll().where('person_id', '=', personId)
  if (query.from !== undefined) search = search.where('issued_on', '>=', query.from)
  if (query.to !== undefined) search = search.where('issued_on', '<=', query.to)
  const rows = await search.orderBy('issued_on').orderBy('number').execute()
  await logRead(work, [personId], 'read_certificates', purpose)
  return rows.map(certificateOf)
}

/** A stored certificate as the door gives it. */
export function certificateOf(row: Selectable<PeopleTables['people.certificate']>): Certificate {
  return {
    certificateId: row.id,
    personId: row.person_id,
    number: row.number,
    kind: row.kind,
    occupation: row.occupation,
    level: row.level,
    issuedOn: row.issued_on,
    issuer: row.issuer,
    revokedOn: row.revoked_on,
  }
}
