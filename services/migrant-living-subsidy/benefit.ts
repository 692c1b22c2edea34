import { z } from 'zod'
import type { Benefit, BenefitTools, FoundFacts, GatherQuestion, Party } from '../../benefits/door.ts'
import {
  addDays,
  asActor,
  type Id,
  monthOf,
  monthsBetween,
  type PlainDate,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { benefitSpellsOf, type Employment, employmentsOf, getPerson } from '../../people/door.ts'

const flow = 'migrant-living-subsidy'
const purpose = 'one-off living subsidy'

/** The subsidy of a person (C6.03): work and benefits are in the registers; whether by contract as a migrant worker is asked. */
export function livingSubsidyBenefit({ cases }: BenefitTools): Benefit {
  return {
    id: flow,
    service: flow,
    version: 1,
    title: { zh: '失业农民工一次性生活补助', en: 'One-off living subsidy' },
    numberPrefix: 'SH',
    policy: flow,
    applicant: 'person',
    fields: [{ name: 'contractMigrantWorker', kind: 'flag', required: true }],
    answers: z.strictObject({ contractMigrantWorker: z.boolean() }),
    gather: (work, party, question) => asActor(work, systemActor, (node) => gather(node, cases, party, question)),
    agencyOf: async (work, { id }) => (await asActor(work, systemActor, (node) => getPerson(node, id, purpose))).agency,
    mayApplyAgain: true,
    registeredAs: 'one_off_living_subsidy',
    money: {
      fund: 'unemployment',
      expense: { name: 'living_subsidy_expense', title: { zh: '一次性生活补助支出', en: 'Living subsidy expense' } },
    },
  }
}

async function gather(
  work: Work,
  cases: BenefitTools['cases'],
  { id }: Party,
  { on, caseId }: GatherQuestion,
): Promise<FoundFacts> {
  const employments = await employmentsOf(work, id, {}, purpose)
  const last = lastEnded(employments, on)
  return {
    facts: {
      employedNow: employments.some(({ from, to }) => from <= on && (to === null || to >= on)),
      monthsContinuous: last ? monthsBetween(last.from, addDays(last.to, 1)) : 0,
      unemploymentBenefitGranted: last !== undefined && (await benefitSince(work, id, last.to)),
      subsidyGrantedBefore: last !== undefined && (await grantedSince(work, cases, id, { since: last.to, caseId })),
    },
    sources: {
      employedNow: 'employments',
      monthsContinuous: 'employments',
      unemploymentBenefitGranted: 'benefit_spells',
      subsidyGrantedBefore: 'benefit_spells',
    },
  }
}

/** The loss of the job that an application is about: the end last before the day. */
function lastEnded(employments: readonly Employment[], on: PlainDate): { from: PlainDate; to: PlainDate } | undefined {
  const ended = employments.flatMap(({ from, to }) => (to !== null && to < on ? [{ from, to }] : []))
  return ended.toSorted((one, other) => (one.to < other.to ? 1 : -1))[0]
}

/** Whether unemployment benefit was granted since the job was lost, wherever it stands now. */
async function benefitSince(work: Work, personId: Id, since: PlainDate): Promise<boolean> {
  const spells = await benefitSpellsOf(work, personId, { kind: 'unemployment_benefit' }, purpose)
  return spells.some(({ from }) => from >= monthOf(since))
}

async function grantedSince(
  work: Work,
  cases: BenefitTools['cases'],
  personId: Id,
  { since, caseId }: { since: PlainDate; caseId: Id | undefined },
): Promise<boolean> {
  const rows = await cases().find(work, { flow, personId, limit: 100 })
  return rows.some(
    (row) =>
      row.caseId !== caseId &&
      row.status !== 'withdrawn' &&
      row.summary.outcome === 'granted' &&
      String(row.summary.appliedOn) > since,
  )
}
