import type { Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { type SanctionKind, sanctionKinds } from '../tables.ts'
import { subsidyAtStake } from './recovery.ts'
import { sanctionsOf } from './sanctions.ts'
import { establishedIn, matterOf, type SupervisionFile } from './state.ts'

/** What the rule proposes for what was established (C8-o1), and the subsidy at stake. Nothing is changed. */
export async function proposalFor(work: Work, tools: ServiceTools, file: SupervisionFile) {
  const { caseId, employerId } = matterOf(file)
  const { classNumber } = file.state
  const subsidyAtStakeFen = await subsidyAtStake(work, tools, { caseId, employerId, classNumber })
  const before = (await sanctionsOf(work, employerId)).filter((each) => each.caseId !== caseId)
  const ruling = await tools.rulebook.decide(work, {
    policy: 'training-sanctions',
    on: work.today,
    insuredRegion: file.agency,
    facts: {
      violations: establishedIn(file.state),
      subsidyAtStakeFen,
      sanctionsBefore: Math.min(100, new Set(before.map((each) => each.caseId)).size),
    },
  })
  const sanctions = sanctionKinds.filter((kind) => ruling.decision.results[results[kind]]?.value === true)
  return { ruling, subsidyAtStakeFen, sanctions }
}

const results: Record<SanctionKind, string> = {
  recover_subsidy: 'recoverSubsidy',
  suspend_recruitment: 'suspendRecruitment',
  order_rectification: 'orderRectification',
  remove_from_catalogue: 'removeFromCatalogue',
  revoke_licence: 'revokeLicence',
  hold_persons_responsible: 'holdPersonsResponsible',
  administrative_penalty: 'administrativePenalty',
  refer_to_justice: 'referToJustice',
}
