import { z } from 'zod'
import { asActor, schemaDate, schemaFen, systemActor } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { type ServiceRoute, serviceRoute } from '../contract.ts'

const both = z.object({ zh: z.string(), en: z.string() })
const amount = schemaFen.default(0)

const estimateQuestion = z.strictObject({
  taxYear: z.int().min(2019).max(2099),
  filedOn: schemaDate.exactOptional().describe('without it today'),
  resident: z.boolean().default(true),
  foreignIncome: z.boolean().default(false),
  withholdingMissed: z.boolean().default(false),
  wagesFen: amount,
  labourFen: amount,
  authorFen: amount,
  royaltiesFen: amount,
  specialDeductionsFen: amount,
  additionalDeductionsFen: amount,
  otherDeductionsFen: amount,
  donationsFen: amount,
  donationsInFullFen: amount,
  prepaidFen: amount,
})

const estimateAnswer = z.object({
  outcome: z.enum(['granted', 'refused', 'referred']),
  because: z.string(),
  balanceFen: z.int().optional().describe('to pay; a refund where negative; absent unless granted'),
  taxFen: schemaFen.optional(),
  taxableFen: schemaFen.optional(),
  settlement: z.enum(['pay', 'refund', 'even', 'exempt']).optional(),
  afterWindow: z.boolean().optional(),
  meaning: both.nullable(),
  advice: both.nullable(),
  sentences: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
})

/** The estimate of a yearly settlement (M3.03): open to everybody, keeps nothing about the person, settles nothing. */
export function estimateRoutes(rulebook: Rulebook): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/years',
      title: {
        zh: '可以测算的年度',
        en: 'The last four tax years, the last first; whether a refund can still be claimed the estimate says',
      },
      callers: ['public', 'person'],
      answer: z.object({ years: z.array(z.int()) }),
      async handle({ today }) {
        const last = Number(today.slice(0, 4)) - 1
        // Enough for every refund that can still be claimed (M3.02); the rule decides of which year one can.
        return { years: [last, last - 1, last - 2, last - 3] }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/estimate',
      title: { zh: '汇算测算', en: 'What the settlement of a tax year would come to' },
      callers: ['public'],
      body: estimateQuestion,
      answer: estimateAnswer,
      async handle(work, { body }) {
        const { taxYear, filedOn = work.today, ...amounts } = body
        const question = {
          policy: 'income-tax',
          // The figures of the tax year hold, whenever it is settled.
          on: `${taxYear}-12-31`,
          insuredRegion: work.node.region,
          facts: { filedOn, ...amounts },
        }
        const { decision, meaning, advice, sentences } = await asActor(work, systemActor, (system) =>
          rulebook.decide(system, question),
        )
        const { outcome, because, results } = decision
        const found = Object.fromEntries(Object.entries(results).map(([name, { value }]) => [name, value]))
        return estimateAnswer.parse({ outcome, because, ...found, meaning, advice, sentences })
      },
    }),
  ]
}
