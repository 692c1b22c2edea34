import type { Transaction } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../ground/door.ts'

/** The tables of schema `certificates`, as its migrations make them. */
export type CertificatesTables = {
  'certificates.certificate': {
    id: Id
    key: string
    code: string
    holder_index: string
    service: string
    kind: string
    agency: string
    person_id: Id | null
    employer_id: Id | null
    case_id: Id | null
    paper: unknown
    paper_sm3: string
    signature: string
    purpose: string
    asked_role: string
    asked_by: Id | null
    issued_at: Instant
    valid_until: PlainDate | null
  }
  'certificates.withdrawal': {
    certificate_id: Id
    reason: string
    withdrawn_role: string
    withdrawn_by: Id | null
    withdrawn_on: PlainDate
    withdrawn_at: Instant
  }
}

/** The work's transaction with this room's tables. */
export function certificatesTables(work: Work): Transaction<CertificatesTables> {
  return work.db.$extendTables<CertificatesTables>()
}
