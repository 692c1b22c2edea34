import type { z } from 'zod'
import { type Id, Refusal, type Work } from '../../../ground/door.ts'
import type { Ruling } from '../../../law/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { findInjury, injuryFacts } from '../injury.ts'
import { numberResult, requireGranted } from '../ruling.ts'
import type { receiptKinds } from './claim-receipts.ts'
import type { amounts, ClaimOccasion, ClaimState } from './claim-state.ts'
import { daysClaimedBefore } from './claimed-days.ts'

type ClaimPlace = { caseId: Id; agency: string }

/** What a claim comes to by the insured region's rule: from its receipts, or before they are there from what was declared at discharge. */
export async function ruleOnClaim(
  work: Work,
  { rulebook, cases }: ServiceTools,
  claim: ClaimOccasion,
  { caseId, agency, receipts, billInScopeFen }: ClaimPlace & Pick<ClaimState, 'receipts' | 'billInScopeFen'>,
) {
  const injury = injuryFacts(await findInjury(work, claim.personId), work.today)
  const paid = (kind: (typeof receiptKinds)[number], declaredFen: number) =>
    receipts.length === 0
      ? declaredFen
      : receipts.filter((entry) => entry.kind === kind).reduce((sum, entry) => sum + entry.amountFen, 0)
  return rulebook.decide(work, {
    policy: 'manual-claim',
    on: claim.dischargedOn ?? claim.admittedOn,
    insuredRegion: agency,
    treatmentRegion: claim.treatmentRegion,
    facts: {
      ...injury,
      stayDays: claim.stayDays,
      daysClaimedBefore: await daysClaimedBefore(work, cases(), { ...claim, caseId }),
      referredWithConsent: claim.filingClass === 'referral' && claim.referralConsent,
      outsidePoolingArea: claim.outsidePoolingArea,
      travelFen: paid('travel', claim.declaredTravelFen),
      lodgingFen: paid('lodging', claim.declaredLodgingFen),
      billInScopeFen,
    },
  })
}

/** The amounts of a ruling that grants. */
export function amountsOf(ruling: Ruling): z.infer<typeof amounts> {
  requireGranted(ruling)
  return {
    mealFen: numberResult(ruling, 'mealFen'),
    travelFen: numberResult(ruling, 'travelFen'),
    billFen: numberResult(ruling, 'billFen'),
    totalFen: numberResult(ruling, 'totalFen'),
  }
}

/** Until the injury is determined one way or the other, nobody can say what is due: the claim waits (domain: 60 days, 15 if clear). */
export async function requireDetermined(work: Work, personId: Id): Promise<void> {
  const { determinationPending } = injuryFacts(await findInjury(work, personId), work.today)
  if (determinationPending) throw new Refusal('determination_pending', { clause: 'A1.10' })
}
