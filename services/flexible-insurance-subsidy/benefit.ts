import { z } from 'zod'
import type { Benefit, BenefitTools, FoundFacts, GatherQuestion, Party } from '../../benefits/door.ts'
import { asActor, type Id, type PlainDate, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { contributionsOf, employmentStatusesOf, employmentsOf, getPerson, type Month } from '../../people/door.ts'

const flow = 'flexible-insurance-subsidy'
const purpose = 'flexible insurance subsidy'

const answers = z.strictObject({
  group: z.enum(['hard_to_employ', 'recent_graduate', 'other']),
  year: z.int().min(2024).max(2099),
  half: z.enum(['first_half', 'second_half']),
})

/** The subsidy of a half-year (C7.02): work and contributions are in the registers; the group is asked. It ends where an employer begins. */
export function flexibleSubsidyBenefit({ cases }: BenefitTools): Benefit {
  return {
    id: flow,
    service: flow,
    version: 1,
    title: { zh: '灵活就业社保补贴', en: 'Flexible workers’ insurance subsidy' },
    numberPrefix: 'LS',
    policy: flow,
    applicant: 'person',
    fields: [
      { name: 'group', kind: 'choice', options: ['hard_to_employ', 'recent_graduate', 'other'], required: true },
      { name: 'year', kind: 'count', required: true },
      { name: 'half', kind: 'choice', options: ['first_half', 'second_half'], required: true },
    ],
    answers,
    factsOf: (given) => ({ group: given.group }),
    gather: (work, party, question) => asActor(work, systemActor, (node) => gather(node, cases, party, question)),
    agencyOf: async (work, { id }) => (await asActor(work, systemActor, (node) => getPerson(node, id, purpose))).agency,
    occasionOf: (given) => `${given.year} ${given.half}`,
    money: {
      fund: 'employment_special',
      expense: { name: 'flexible_subsidy_expense', title: { zh: '灵活就业社保补贴支出', en: 'Flexible-work subsidy' } },
    },
  }
}

async function gather(
  work: Work,
  cases: BenefitTools['cases'],
  { id }: Party,
  { on, answers: given, caseId }: GatherQuestion,
): Promise<FoundFacts> {
  const statuses = await employmentStatusesOf(work, id, { on }, purpose)
  const [from, to] = halfYearOf(given, on)
  if (on <= `${to}-31`) throw new Refusal('half_year_not_over', { clause: 'C7.02' })
  const paid = await contributionsOf(work, id, { insurance: 'pension', from, to }, purpose)
  const months = await Promise.all(
    paid
      .filter(({ employerId, paidOn }) => employerId === null && paidOn !== null)
      .map(async ({ month, baseFen }) => ({ baseFen, employed: await isEmployed(work, id, month) })),
  )
  return {
    facts: {
      registeredFlexible: statuses.some(({ form }) => form === 'platform' || form === 'flexible'),
      months,
      monthsSubsidisedBefore: await monthsSubsidised(work, cases, id, caseId),
    },
    sources: {
      registeredFlexible: 'employment_status',
      months: 'contribution_records',
      monthsSubsidisedBefore: 'benefit_spells',
    },
  }
}

/** First and last month of the half-year asked for; of the last one that is over while nothing was asked yet. */
function halfYearOf(given: Readonly<Record<string, unknown>>, on: PlainDate): [Month, Month] {
  const { year, half } = answers.safeParse(given).data ?? lastHalfYear(on)
  return half === 'first_half' ? [`${year}-01`, `${year}-06`] : [`${year}-07`, `${year}-12`]
}

function lastHalfYear(on: PlainDate): { year: number; half: 'first_half' | 'second_half' } {
  const year = Number(on.slice(0, 4))
  return on.slice(5, 7) > '06' ? { year, half: 'first_half' } : { year: year - 1, half: 'second_half' }
}

/** Whether an employer had them in that month: then it pays. */
async function isEmployed(work: Work, personId: Id, month: Month): Promise<boolean> {
  return (await employmentsOf(work, personId, { on: `${month}-15` }, purpose)).length > 0
}

const keptRuling = z.looseObject({
  decision: z.looseObject({ results: z.looseObject({ monthsPaid: z.looseObject({ value: z.int() }) }) }),
})

/** The months of other applications that were granted, by their last decision. */
async function monthsSubsidised(work: Work, cases: BenefitTools['cases'], personId: Id, caseId?: Id): Promise<number> {
  let months = 0
  for (const row of await cases().find(work, { flow, personId, limit: 100 })) {
    if (row.caseId === caseId || row.status === 'withdrawn' || row.summary.outcome !== 'granted') continue
    const decided = (await cases().history(work, row.caseId)).findLast((event) => event.decision !== null)
    months += keptRuling.parse(decided?.decision).decision.results.monthsPaid.value
  }
  return months
}
