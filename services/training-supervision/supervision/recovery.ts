import { applicationState, standingFen } from '../../../benefits/door.ts'
import type { CaseRow } from '../../../cases/door.ts'
import { asActor, type Id, Refusal, systemActor, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { claimFlowId } from '../claim.ts'

type ClaimOf = { employerId: Id; classNumber: string }
type Matter = ClaimOf & { caseId: Id }

const decided = new Set(['approved', 'returned', 'paid', 'refused'])
const between = new Set(['reviewed', 'referred', 'under_objection'])

/** The claim of a class, if the institution has made one that stands: of those refused and made again, the one that was not refused. */
export async function findClaim(node: Work, { cases }: ServiceTools, { employerId, classNumber }: ClaimOf) {
  const rows = await cases().find(node, { flow: claimFlowId, employerId, text: classNumber, limit: 50 })
  const claims = rows.filter(
    ({ summary, status }) => summary.occasion === classNumber && status !== 'withdrawn' && status !== 'not_accepted',
  )
  return claims.find(({ status }) => status !== 'refused') ?? claims[0]
}

/** What of a class's subsidy was ordered and stands: what there is to be recovered. Whole fen. */
export function subsidyAtStake(work: Work, tools: ServiceTools, matter: Matter): Promise<number> {
  return asActor(work, systemActor, async (node) => {
    const claim = await findClaim(node, tools, matter)
    if (!claim) return 0
    const { file } = await tools.cases().get(node, claim.caseId)
    return standingFen(applicationState.parse(file.state).orders)
  })
}

/**
 * Has the claim of a class decided again by what stands now: less is taken off what waits for the bank or claimed back through the books (追回), more
 * is ordered. Refusal `claim_under_way` while the claim is between two officers, who would decide by facts of before.
 */
export function decideClaimAgain(work: Work, tools: ServiceTools, matter: Matter, cause: string): Promise<void> {
  return asActor(work, systemActor, async (node) => {
    const claim = await findClaim(node, tools, matter)
    if (!claim) return
    if (between.has(claim.status)) throw new Refusal('claim_under_way', { params: { number: claim.number } })
    if (decided.has(claim.status)) await takeRecalculation(node, tools, claim, cause)
  })
}

async function takeRecalculation(node: Work, { cases }: ServiceTools, { caseId, seq }: CaseRow, cause: string) {
  await cases().take(node, {
    caseId,
    step: 'recalculate',
    expectedSeq: seq,
    idempotencyKey: `supervision:${caseId}:${seq}`,
    body: { because: 'facts', cause },
  })
}
