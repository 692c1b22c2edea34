import type { Cases, RiskHit } from '../../cases/door.ts'
import { type Id, must, type Work } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
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
    wi_third_party: injury?.third_party_liable ?? false,
    wi_recent_filing: earlier.some(({ caseId, status }) => caseId !== file.id && status === 'effective'),
    wi_by_another: state.applicant !== 'self',
    wi_written_promise: state.form?.residenceProof === 'written_promise',
  }
  return withLevels(work, hits)
}

/** The control rules a manual claim hits at acceptance. */
export async function assessClaim(
  work: Work,
  rulebook: Rulebook,
  claim: { personId: Id; agency: string; receiptFen: number },
): Promise<RiskHit[]> {
  const threshold = async (name: string) =>
    Number((await rulebook.valueOf(work, name, { on: work.today, insuredRegion: claim.agency })).value)
  return withLevels(work, {
    wi_large_receipts: claim.receiptFen > (await threshold('riskReceiptsFen')),
    wi_many_receipts: (await receiptCount(work, claim.personId)) > (await threshold('riskReceiptCount')),
  })
}

async function withLevels(work: Work, hits: Record<string, boolean>): Promise<RiskHit[]> {
  const rules = await listControlRules(work, service, work.today)
  return rules.filter(({ code }) => hits[code]).map(({ code, level }) => ({ rule: code, level }))
}

async function receiptCount(work: Work, personId: Id): Promise<number> {
  const { count } = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.claimed_receipt')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
