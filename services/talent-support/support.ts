import { z } from 'zod'
import {
  type CaseFlow,
  type StandingSpec,
  type StandingState,
  standingFinding,
  standingFlow,
} from '../../cases/door.ts'
import { schemaDate } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { panelSteps } from './panel.ts'

/** Kinds of talent; `other` is supported by nothing here (M6.01). */
export const categories = ['high_level', 'urgently_needed', 'other'] as const

/** Support for a talent of the zone (M6.01): asked for, checked, decided by the rule, and where the rule leaves it to people by a panel (M6.02). */
export function supportFlow(tools: ServiceTools): CaseFlow<StandingState> {
  const flow = standingFlow(supportSpec(tools), tools.cases)
  return { ...flow, steps: { ...flow.steps, ...panelSteps(tools, flow) } }
}

function supportSpec({ rulebook }: ServiceTools): StandingSpec {
  return {
    id: 'talent-support',
    service: 'talent-support',
    version: 1,
    title: { zh: '自贸试验区人才支持申请', en: 'Application for support as a talent of the zone' },
    numberPrefix: 'ZMR',
    standing: { zh: '支持中', en: 'Supported' },
    ended: { zh: '已终止', en: 'Ended' },
    applicant: 'person',
    answers: z.strictObject({
      category: z.enum(categories),
      worksInZone: z.boolean(),
      contractUntil: schemaDate,
      firstRank: z.boolean(),
      asksHousing: z.boolean(),
      asksMedical: z.boolean(),
      asksEducation: z.boolean(),
    }),
    agencyOf: async (work, personId) => (await getPerson(work, personId, 'support for talents')).agency,
    async decide(work, { agency, answers, on }) {
      const ruling = await rulebook.decide(work, {
        policy: 'talent-support',
        on,
        insuredRegion: agency,
        facts: { ...answers, appliedOn: on },
      })
      const found = standingFinding(ruling)
      // What a panel grants holds as long as what the rule would grant: to the end of the contract.
      return found.outcome === 'refused' ? found : { ...found, until: schemaDate.parse(answers.contractUntil) }
    },
  }
}
