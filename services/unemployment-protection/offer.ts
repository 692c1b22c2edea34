import { Refusal, type Work } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import type { OfferRule, ServiceTools } from '../contract.ts'
import { decideClaim } from './claim-deciding.ts'
import { claimFlowId } from './claim-facts.ts'

/** Offered once an employment ended, to whom the benefit would be granted if they registered today and sought work, unless they have claimed. */
export function claimOffer(tools: ServiceTools): OfferRule {
  return {
    id: 'employment-ended',
    title: { zh: '您可能可以领失业保险金', en: 'You may draw unemployment benefit' },
    text: {
      zh: '登记簿显示您已离职。办理失业登记并申领后，按月发到社保卡。',
      en: 'The register says that your employment ended. Register and claim, and it is paid to your card each month.',
    },
    path: '/services/unemployment/claim',
    event: { kind: 'employment_ended' },
    isDue: (work, { personId }) => isDue(work, tools, personId),
  }
}

async function isDue(work: Work, tools: ServiceTools, personId: string): Promise<boolean> {
  const [open] = await tools.cases().find(work, { flow: claimFlowId, personId, open: true, limit: 1 })
  if (open) return false
  try {
    const { agency } = await getPerson(work, personId, 'unemployment benefit')
    const answers = { seeksWork: true }
    const { ruling } = await decideClaim(work, tools, { agency, personId, registeredOn: work.today, answers })
    return ruling.decision.outcome === 'granted'
  } catch (error) {
    // Still employed elsewhere, no rule for this region: not theirs to claim now.
    if (error instanceof Refusal) return false
    throw error
  }
}
