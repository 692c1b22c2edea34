import { z } from 'zod'
import type { Benefit, BenefitTools } from '../../benefits/door.ts'
import { asActor, systemActor } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'

const flow = 'urgent-relief'
const purpose = 'urgent relief'
const causes = ['accident', 'illness', 'disaster', 'job_loss', 'other_sudden', 'not_sudden'] as const

/** Urgent relief of a person (C6.04): the rule turns away what it is not for, people decide on the rest within working days. */
export function reliefBenefit({ cases }: BenefitTools): Benefit {
  return {
    id: flow,
    service: flow,
    version: 1,
    title: { zh: '困难农民工临时救助', en: 'Urgent relief' },
    numberPrefix: 'JZ',
    policy: flow,
    applicant: 'person',
    asksConcern: true,
    fields: [
      { name: 'migrantWorker', kind: 'flag', required: true },
      { name: 'cause', kind: 'choice', options: causes, required: true },
      { name: 'description', kind: 'text', required: true },
    ],
    answers: z.strictObject({
      migrantWorker: z.boolean(),
      cause: z.enum(causes),
      description: z.string().trim().min(4).max(300),
    }),
    factsOf: ({ migrantWorker, cause }) => ({ migrantWorker, cause }),
    gather: (work, { id }, { on, caseId }) =>
      asActor(work, systemActor, async (node) => {
        const rows = await cases().find(node, { flow, personId: id, limit: 100 })
        const granted = rows.filter(
          (row) =>
            row.caseId !== caseId &&
            row.summary.outcome === 'granted' &&
            row.status !== 'withdrawn' &&
            String(row.summary.appliedOn).startsWith(on.slice(0, 4)),
        )
        return { facts: { reliefsThisYear: granted.length }, sources: { reliefsThisYear: 'own_cases' } }
      }),
    agencyOf: async (work, { id }) => (await asActor(work, systemActor, (node) => getPerson(node, id, purpose))).agency,
    mayApplyAgain: true,
    decideWithin: 'decideWorkingDays',
    determinedMaxFen: 'reliefMaxFen',
    money: {
      fund: 'social_assistance',
      expense: { name: 'urgent_relief_expense', title: { zh: '临时救助支出', en: 'Urgent relief expense' } },
    },
  }
}
