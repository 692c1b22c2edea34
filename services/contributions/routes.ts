import { z } from 'zod'
import { asActor, Refusal, schemaDate, schemaFen, schemaRegion, systemActor } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { type ServiceRoute, serviceRoute } from '../contract.ts'

const estimateQuestion = z.strictObject({
  monthlyWageFen: schemaFen,
  months: z.int().min(1).max(12).default(12),
  industryClass: z
    .enum(['class_1', 'class_2', 'class_3', 'class_4', 'class_5', 'class_6', 'class_7', 'class_8'])
    .default('class_1')
    .describe('of eight classes of risk; an office is of class 1'),
  additionalDeductionsFen: schemaFen.default(0).describe('a month'),
  otherDeductionsFen: schemaFen.default(0).describe('in the year'),
  insuredRegion: schemaRegion.exactOptional().describe('without it the region that is asked'),
  on: schemaDate.exactOptional().describe('without it today'),
})

const estimateAnswer = z.object({
  insuredRegion: z.string(),
  on: schemaDate,
  personFen: schemaFen.describe('the person pays in the year'),
  employerFen: schemaFen.describe('the employer pays in the year'),
  incomeTaxFen: schemaFen.describe('income tax of the year'),
  assumed: z.array(z.object({ name: z.string(), source: z.string(), zh: z.string(), en: z.string() })),
  sentences: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
})

/** The contribution estimate (B1.07): open to everybody, enters nobody, keeps nothing about the person. */
export function estimateRoutes(rulebook: Rulebook): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/estimate',
      title: { zh: '缴费测算', en: 'What five insurances and the income tax would take of a wage' },
      callers: ['public'],
      body: estimateQuestion,
      answer: estimateAnswer,
      async handle(work, { body }) {
        const { insuredRegion = work.node.region, on = work.today, ...facts } = body
        // Whoever asks: the rule and its values are kept by their hashes, which is the node's own doing.
        const { decision, sentences } = await asActor(work, systemActor, (system) =>
          rulebook.decide(system, { policy: 'contributions', on, insuredRegion, facts }),
        )
        if (decision.outcome !== 'granted') {
          throw new Refusal(decision.reason ?? decision.outcome, { clause: decision.because })
        }
        const amounts = Object.entries(decision.results).map(([name, { value }]) => [name, value])
        const assumed = decision.assumptions.map(({ name, source }) => ({ name, source, ...labelOf(rulebook, name) }))
        return estimateAnswer.parse({ insuredRegion, on, ...Object.fromEntries(amounts), assumed, sentences })
      },
    }),
  ]
}

function labelOf({ messages }: Rulebook, name: string) {
  const key = `values.${name}`
  return { zh: messages.zh.get(key) ?? name, en: messages.en.get(key) ?? name }
}
