import { z } from 'zod'
import { asActor, Refusal, schemaDate, schemaFen, schemaRegion, systemActor, type Work } from '../../ground/door.ts'
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

const assumedValues = z.array(z.object({ name: z.string(), source: z.string(), zh: z.string(), en: z.string() }))

const estimateAnswer = z.object({
  insuredRegion: z.string(),
  on: schemaDate,
  personFen: schemaFen.describe('the person pays in the year'),
  employerFen: schemaFen.describe('the employer pays in the year'),
  incomeTaxFen: schemaFen.describe('income tax of the year'),
  assumed: assumedValues,
  sentences: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
})

const place = {
  insuredRegion: schemaRegion.exactOptional().describe('without it the region that is asked'),
  on: schemaDate.exactOptional().describe('by the law of which day, e.g. of retirement; without it today'),
}

const employeeQuestion = z.strictObject({
  monthlyBaseFen: schemaFen,
  years: z.int().min(0).max(50),
  retirementAge: z.int().min(40).max(70),
  accountSoFarFen: schemaFen.default(0),
  ...place,
})

const residentQuestion = z.strictObject({
  yearlyPaidFen: schemaFen,
  years: z.int().min(0).max(60),
  accountSoFarFen: schemaFen.default(0),
  ...place,
})

const pensionAnswer = z.object({
  insuredRegion: z.string(),
  on: schemaDate,
  basicFen: schemaFen.describe('basic pension a month'),
  accountFen: schemaFen.describe('in the personal account by then, without interest'),
  accountMonths: z.int().describe('over which the account is paid out'),
  accountMonthFen: schemaFen.describe('of the account a month, to the nearest fen'),
  pensionFen: schemaFen.describe('both together'),
  assumed: assumedValues,
  sentences: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
})

/** The estimates (B1.07): what is paid, and what comes back later. Open to everybody; they enter nobody and keep nothing about the person. */
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
        const estimated = await estimate(work, rulebook, 'contributions', body)
        return estimateAnswer.parse(estimated)
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/employee-pension',
      title: { zh: '职工养老金测算', en: 'What an employee’s pension would be' },
      callers: ['public'],
      body: employeeQuestion,
      answer: pensionAnswer,
      handle: (work, { body }) => estimatePension(work, rulebook, 'employee-pension-estimate', body),
    }),
    serviceRoute({
      method: 'POST',
      path: '/residents-pension',
      title: { zh: '城乡居民养老金测算', en: 'What the pension of urban and rural residents would be' },
      callers: ['public'],
      body: residentQuestion,
      answer: pensionAnswer,
      handle: (work, { body }) => estimatePension(work, rulebook, 'residents-pension-estimate', body),
    }),
  ]
}

type Question = { insuredRegion?: string; on?: string; [fact: string]: unknown }

/** Decides an estimate; the results by their names, what was assumed, and the steps. */
async function estimate(work: Work, rulebook: Rulebook, policy: string, question: Question) {
  const { insuredRegion = work.node.region, on = work.today, ...facts } = question
  // Whoever asks: the rule and its values are kept by their hashes, which is the node's own doing.
  const { decision, sentences } = await asActor(work, systemActor, (system) =>
    rulebook.decide(system, { policy, on, insuredRegion, facts }),
  )
  if (decision.outcome !== 'granted') {
    throw new Refusal(decision.reason ?? decision.outcome, { clause: decision.because })
  }
  const results = Object.fromEntries(Object.entries(decision.results).map(([name, { value }]) => [name, value]))
  const assumed = decision.assumptions.map(({ name, source }) => ({ name, source, ...labelOf(rulebook, name) }))
  return { insuredRegion, on, ...results, assumed, sentences }
}

const accountShare = z.looseObject({ basicFen: schemaFen, accountFen: schemaFen, accountMonths: z.int().min(1) })

/** The rule has no division: what the account comes to a month is found here, to the nearest fen. */
async function estimatePension(work: Work, rulebook: Rulebook, policy: string, question: Question) {
  const estimated = accountShare.parse(await estimate(work, rulebook, policy, question))
  const accountMonthFen = Math.round(estimated.accountFen / estimated.accountMonths)
  return pensionAnswer.parse({ ...estimated, accountMonthFen, pensionFen: estimated.basicFen + accountMonthFen })
}

function labelOf({ messages }: Rulebook, name: string) {
  const key = `values.${name}`
  return { zh: messages.zh.get(key) ?? name, en: messages.en.get(key) ?? name }
}
