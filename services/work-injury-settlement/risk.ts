import type { Cases, RiskHit } from '../../cases/door.ts'
import { type Id, must, type Work } from '../../ground/door.ts'
import { listControlRules } from '../../registers/door.ts'
import type { FilingFile } from './flow/filing-state.ts'
import { findInjury } from './injury.ts'
import { serviceTables } from './tables.ts'

const service = 'work-injury-settlement'

/**
 * The control rules a filing hits at acceptance (B3.09-B3.10). Level and words of each rule stand in the register of control rules; here is
 * only how it is recognised.
 */
export async function assessFiling(work: Work, cases: Cases, file: FilingFile): Promise<RiskHit[]> {
  const { state } = file
  const personId = must(state.personId, 'person of a filing')
  const injury = await findInjury(work, personId, state.form?.injuryId)
  const earlier = await cases.find(work, { flow: 'filing', personId, limit: 10 })
  const hits: Record<string, boolean> = {
    'WI-F01': injury?.third_party_liable ?? false,
    'WI-F02': earlier.some(({ caseId, status }) => caseId !== file.id && status === 'effective'),
    'WI-F03': state.applicant !== 'self',
    'WI-F04': state.form?.residenceProof === 'written_promise',
  }
  return withLevels(work, hits)
}

/** The control rules a manual claim hits at acceptance. */
export async function assessClaim(work: Work, claim: { personId: Id; receiptFen: number }): Promise<RiskHit[]> {
  return withLevels(work, {
    'WI-C01': claim.receiptFen > 500_000,
    'WI-C02': await hasManyClaims(work, claim.personId),
  })
}

async function withLevels(work: Work, hits: Record<string, boolean>): Promise<RiskHit[]> {
  const rules = await listControlRules(work, service, work.today)
  return rules
    .filter(({ code }) => hits[code])
    .map(({ code, level }) => ({ rule: code, level }))
}

async function hasManyClaims(work: Work, personId: Id): Promise<boolean> {
  const { count } = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.claimed_receipt')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return count > 20
}
