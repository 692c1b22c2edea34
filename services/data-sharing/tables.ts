import type { Generated } from 'kysely'
import type { Id, Instant, Work } from '../../ground/door.ts'

type SharingTables = {
  'svc_data_sharing.told': {
    seq: Generated<number>
    person_id: Id
    region: string
    question: string
    purpose: string
    kinds: string[]
    permission: string
    refused: string | null
    at: Instant
  }
  'svc_data_sharing.withdrawn_consent': { region: string; consent: string; told_at: Instant }
  'svc_data_sharing.comparison_line': {
    case_id: Id
    line: number
    agency: string
    identity_digest: string
    matches: boolean | null
  }
}

/** The work's transaction with this service's tables. */
export function sharingTables(work: Work) {
  return work.db.withTables<SharingTables>()
}
