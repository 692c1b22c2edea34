import { z } from 'zod'
import type { Benefit, BenefitTools, FoundFacts, GatherQuestion, Party } from '../../benefits/door.ts'
import {
  asActor,
  type Id,
  monthOf,
  type PlainDate,
  Refusal,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import {
  benefitSpellsOf,
  type Certificate,
  certificatesOf,
  contributedMonths,
  type Employment,
  employmentsOf,
  enrolmentsOf,
  findEmployerProfile,
  getPerson,
} from '../../people/door.ts'
import { findUrgentList } from '../../registers/door.ts'

const flow = 'skill-subsidy'
const purpose = 'skill subsidy'

const sources = {
  status: 'employments',
  monthsPaid: 'contribution_records',
  certificates: 'certificates',
  year: 'persons',
  appliedOn: 'persons',
  post: 'employments',
  urgentPaidThisYear: 'benefit_spells',
  plainPaidThisYear: 'benefit_spells',
}

/** The subsidy of a person (C3): certificates, contributions and work are in the registers, so nothing is asked. */
export function subsidyBenefit({ cases }: BenefitTools): Benefit {
  return {
    id: flow,
    service: 'skill-subsidy',
    version: 1,
    title: { zh: '技能提升补贴', en: 'Skill-upgrade subsidy' },
    numberPrefix: 'JN',
    policy: 'skill-subsidy',
    applicant: 'person',
    fields: [],
    answers: z.strictObject({}),
    gather: (work, party, question) => asActor(work, systemActor, (node) => gather(node, cases, party, question)),
    agencyOf: (work, { id }, on) => asActor(work, systemActor, (node) => agencyOf(node, id, on)),
    occasionOf: (_, appliedOn) => appliedOn.slice(0, 4),
    mayApplyAgain: true,
    money: {
      fund: 'unemployment',
      expense: { name: 'skill_subsidy_expense', title: { zh: '技能提升补贴支出', en: 'Skill-subsidy expense' } },
    },
  }
}

async function gather(
  work: Work,
  cases: BenefitTools['cases'],
  { id }: Party,
  { on, agency, caseId }: GatherQuestion,
): Promise<FoundFacts> {
  const year = Number(on.slice(0, 4))
  const employment = await currentEmployment(work, id, on)
  const { months } = await contributedMonths(work, id, { insurance: 'unemployment', before: on }, purpose)
  const certificates = inForce(await certificatesOf(work, id, { to: on }, purpose), on)
  const urgent = new Set((await findUrgentList(work, { region: agency, year }))?.occupations.map(({ code }) => code))
  await takeTurns(work, `${flow}:${id}`)
  const paid = await paidBefore(work, cases, id, caseId)
  const paidThisYear = paid.filter((each) => each.year === year)
  return {
    sources,
    facts: {
      status: await statusOf(work, id, on, employment),
      monthsPaid: months,
      certificates: withPaidBefore(certificates, paid).map(({ level, issuedOn, occupation, wasPaid }) => ({
        level,
        urgent: urgent.has(occupation),
        issuedOn,
        occupation,
        paidBefore: wasPaid,
      })),
      year,
      appliedOn: on,
      post: employment?.occupation ?? null,
      urgentPaidThisYear: paidThisYear.filter((each) => each.urgent).length,
      plainPaidThisYear: paidThisYear.filter((each) => !each.urgent).length,
    },
  }
}

/** The certificates that are not revoked on a day, in the order in which the rule sees them: that of their issue. */
export function inForce(certificates: readonly Certificate[], on: PlainDate): Certificate[] {
  return certificates
    .filter(({ revokedOn }) => revokedOn === null || revokedOn > on)
    .toSorted((one, other) => (one.issuedOn < other.issuedOn ? -1 : one.issuedOn > other.issuedOn ? 1 : 0))
}

/** In the service of an enterprise (C3.03); an employer whose kind is not recorded is taken for one. */
async function currentEmployment(work: Work, personId: Id, on: PlainDate): Promise<Employment | undefined> {
  for (const employment of await employmentsOf(work, personId, { on }, purpose)) {
    const profile = await findEmployerProfile(work, employment.employerId, on)
    if (profile === undefined || profile.entityKind === 'enterprise') return employment
  }
  return undefined
}

async function statusOf(work: Work, personId: Id, on: PlainDate, employment: Employment | undefined) {
  if (employment) return 'employed'
  const spells = await benefitSpellsOf(work, personId, { kind: 'unemployment_benefit', month: monthOf(on) }, purpose)
  return spells.length > 0 ? 'unemployment_benefit' : 'other'
}

type Paid = { occupation: string; level: number; year: number; urgent: boolean }

/** Each occupation and level is paid once (C3-o3): of two such certificates the one issued first has the place. */
function withPaidBefore(certificates: readonly Certificate[], paid: readonly Paid[]) {
  const taken = new Set(paid.map(({ occupation, level }) => `${occupation}:${level}`))
  return certificates.map((certificate) => {
    const key = `${certificate.occupation}:${certificate.level}`
    const wasPaid = taken.has(key)
    taken.add(key)
    return { ...certificate, wasPaid }
  })
}

const keptRuling = z.looseObject({
  facts: z.looseObject({
    year: z.int(),
    certificates: z.array(z.looseObject({ occupation: z.string(), level: z.int(), urgent: z.boolean() })),
  }),
  decision: z.looseObject({ items: z.looseObject({ outcomes: z.array(z.looseObject({ outcome: z.string() })) }) }),
})

/** What other applications of the person were granted: the items of their last decision, unless they were taken back before it was approved. */
async function paidBefore(
  work: Work,
  cases: BenefitTools['cases'],
  personId: Id,
  caseId: Id | undefined,
): Promise<Paid[]> {
  const paid: Paid[] = []
  for (const row of await cases().find(work, { flow, personId, limit: 100 })) {
    if (row.caseId === caseId || row.status === 'withdrawn' || row.summary.outcome !== 'granted') continue
    const history = await cases().history(work, row.caseId)
    const { facts, decision } = keptRuling.parse(history.findLast((event) => event.decision !== null)?.decision)
    facts.certificates.forEach(({ occupation, level, urgent }, index) => {
      if (decision.items.outcomes[index]?.outcome === 'granted')
        paid.push({ occupation, level, urgent, year: facts.year })
    })
  }
  return paid
}

/** The agency with which the person is insured for unemployment; of a recipient of the benefit, the one that pays it. */
async function agencyOf(work: Work, personId: Id, on: PlainDate): Promise<string> {
  const [enrolment] = await enrolmentsOf(work, personId, { insurance: 'unemployment', on }, purpose)
  if (enrolment) return enrolment.agency
  const [spell] = await benefitSpellsOf(work, personId, { kind: 'unemployment_benefit', month: monthOf(on) }, purpose)
  if (spell) return spell.agency
  const { agency } = await getPerson(work, personId, purpose)
  const { months } = await contributedMonths(work, personId, { insurance: 'unemployment', before: on }, purpose)
  if (months === 0) throw new Refusal('not_insured_for_unemployment', { clause: 'C3.01' })
  return agency
}
