import { z } from 'zod'
import { parseInput, Refusal, type Work } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import type { EntitlementRule, OfferRule, ServiceTools } from '../contract.ts'
import { decideClaim, entitlementOf, requireNoOpenClaim } from './claim-deciding.ts'
import { claimFlowId } from './claim-facts.ts'
import { claimFields } from './form.ts'

const path = '/services/unemployment/claim'
const interviewAnswers = z.strictObject({ seeksWork: z.boolean().optional() })

/** The benefit of every month, for whoever looks for what they can get: registers say all but whether they seek work. */
export function claimEntitlement(tools: ServiceTools): EntitlementRule {
  return {
    id: claimFlowId,
    title: { zh: '失业保险金', en: 'Unemployment benefit' },
    path,
    async decide(work, { personId, answers: given }) {
      const { seeksWork } = parseInput(interviewAnswers, given)
      await requireNoOpenClaim(work, tools, personId)
      const { agency } = await getPerson(work, personId, 'unemployment benefit')
      const answers = { seeksWork: seeksWork ?? true }
      const { ruling } = await decideClaim(work, tools, { agency, personId, registeredOn: work.today, answers })
      const [asks] = claimFields('male')
      return {
        ruling,
        pays: { amountFen: entitlementOf(ruling).monthFen, per: 'month' },
        ...(seeksWork === undefined && asks && { asks }),
      }
    },
  }
}

/** Offered once an employment ended, to whom the benefit would be granted if they registered today and sought work, unless they have claimed. */
export function claimOffer(tools: ServiceTools): OfferRule {
  return {
    id: 'employment-ended',
    title: { zh: '您可能可以领失业保险金', en: 'You may draw unemployment benefit' },
    text: {
      zh: '登记簿显示您已离职。办理失业登记并申领后，按月发到社保卡。',
      en: 'The register says that your employment ended. Register and claim, and it is paid to your card each month.',
    },
    path,
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
