import type { Id, PlainDate, Work } from '../../ground/door.ts'
import {
  beginBenefitSpell,
  beginEmployment,
  benefitSpellsOf,
  certificatesOf,
  contributionsOf,
  employmentsOf,
  endBenefitSpell,
  endEmployment,
  findEmployers,
  getPerson,
  receiveMonths,
  recordCertificate,
  recordSharedSources,
  registerEmployer,
  type SharedRecordKind,
} from '../../people/door.ts'
import type { SharedFacts } from './messages-between.ts'
import { monthReference } from './shared-facts.ts'

/** Where two records say different things about a person: a code of the message files with its parameters. */
export type Difference = { code: string; params: Record<string, string | number> }

/** Who was asked about, by which case, and who answered for which day. */
export type Told = { personId: Id; caseId: Id; number: string; from: string; asOn: PlainDate }

type Taken = { record: SharedRecordKind; reference: string }

const purpose = '取入其他地区的答复'

/**
 * Takes what another region said into the registers, each record with its source, so that whatever reads the registers reads it too. What is here
 * already stays as it is; what cannot both be true is not taken but told as a difference. A death is only told: it ends a card, so people confirm it.
 */
export async function takeIn(
  work: Work,
  told: Told,
  facts: SharedFacts,
): Promise<{ taken: number; differences: Difference[] }> {
  const differences: Difference[] = []
  const taken: Taken[] = [
    ...(await takeMonths(work, told, facts.months ?? [], differences)),
    ...(await takeEmployments(work, told, facts.employments ?? [])),
    ...(await takeCertificates(work, told, facts.certificates ?? [])),
    ...(await takeBenefits(work, told, facts.benefits ?? [], differences)),
  ]
  if (facts.diedOn != null) {
    const { diedOn } = await getPerson(work, told.personId, purpose)
    if (diedOn !== facts.diedOn) differences.push({ code: 'difference.death', params: { diedOn: facts.diedOn } })
  }
  const { personId, from: region, number: answer, asOn: saidOn } = told
  await recordSharedSources(
    work,
    taken.map((each) => ({ ...each, personId, region, answer, saidOn })),
  )
  return { taken: taken.length, differences }
}

type Facts<Name extends keyof SharedFacts> = NonNullable<SharedFacts[Name]>

/**
 * Months of unemployment insurance, named after the region that said them. Those of the pension are only told: they count in one region, and move with
 * the relation and its money, not by word.
 */
async function takeMonths(
  work: Work,
  { personId, from: region }: Told,
  months: Facts<'months'>,
  differences: Difference[],
): Promise<Taken[]> {
  const insurance = 'unemployment'
  const counted = new Map(
    (await contributionsOf(work, personId, { insurance }, purpose))
      .filter(({ paidOn }) => paidOn !== null)
      .map(({ month, receivedFrom }) => [month, receivedFrom]),
  )
  const said = months.filter((each) => each.insurance === insurance)
  const twice = said.filter(({ month }) => counted.has(month) && counted.get(month) !== region)
  if (twice.length > 0) {
    const first = twice[0]?.month ?? ''
    differences.push({ code: 'difference.months_twice', params: { count: twice.length, first } })
  }
  const missing = said.filter(({ month }) => !counted.has(month))
  const moved = missing.map(({ month, baseFen, paidOn }) => ({ month, baseFen, paidOn }))
  if (moved.length > 0) await receiveMonths(work, { personId, insurance, region }, moved)
  return missing.map(({ month }) => ({ record: 'contribution', reference: monthReference(insurance, month) }))
}

async function takeEmployments(
  work: Work,
  { personId, from: region }: Told,
  said: Facts<'employments'>,
): Promise<Taken[]> {
  const taken: Taken[] = []
  const here = await employmentsOf(work, personId, {}, purpose)
  for (const { employer, from, to, endReason, occupation } of said) {
    const employerId = await employerOf(work, employer, region)
    const known = here.find((each) => each.employerId === employerId && each.from === from)
    const employmentId =
      known?.employmentId ??
      (await beginEmployment(work, { personId, employerId, from, ...(occupation !== null && { occupation }) }))
    const isNews = known === undefined || (known.to === null && to !== null)
    if (to !== null && endReason !== null && (known?.to ?? null) === null) {
      await endEmployment(work, { employmentId, to, reason: endReason })
    }
    if (isNews) taken.push({ record: 'employment', reference: employmentId })
  }
  return taken
}

/** The employer of that credit code; one of another region is entered under that region's agency, which answers for it. */
async function employerOf(work: Work, employer: Facts<'employments'>[number]['employer'], region: string): Promise<Id> {
  const [known] = await findEmployers(work, { text: employer.creditCode, limit: 1 })
  return known?.employerId ?? (await registerEmployer(work, { ...employer, agency: region })).employerId
}

async function takeCertificates(work: Work, { personId }: Told, said: Facts<'certificates'>): Promise<Taken[]> {
  const known = new Set((await certificatesOf(work, personId, {}, purpose)).map(({ number }) => number))
  const taken: Taken[] = []
  for (const certificate of said.filter(({ number }) => !known.has(number))) {
    taken.push({ record: 'certificate', reference: await recordCertificate(work, { ...certificate, personId }) })
  }
  return taken
}

async function takeBenefits(
  work: Work,
  told: Told,
  said: Facts<'benefits'>,
  differences: Difference[],
): Promise<Taken[]> {
  const { personId, caseId, from: region } = told
  const taken: Taken[] = []
  const here = await benefitSpellsOf(work, personId, {}, purpose)
  for (const { kind, from, to } of said) {
    const known = here.find((each) => each.kind === kind && each.from === from && each.agency === region)
    if (known) {
      if (to !== null && known.to !== to) {
        await endBenefitSpell(work, { spellId: known.spellId, to })
        taken.push({ record: 'benefit', reference: known.spellId })
      }
      continue
    }
    const twice = here.find(
      (each) => each.kind === kind && (to === null || each.from <= to) && (each.to === null || each.to >= from),
    )
    if (twice) {
      differences.push({ code: 'difference.benefit_twice', params: { kind, from } })
      continue
    }
    const spell = { personId, kind, agency: region, from, caseId, ...(to !== null && { to }) }
    taken.push({ record: 'benefit', reference: await beginBenefitSpell(work, spell) })
  }
  return taken
}

/** What a person promised and what was told instead, kind by kind. */
export function promiseDifferences(
  stated: Readonly<Record<string, number>>,
  told: Readonly<Record<string, number>>,
): Difference[] {
  return Object.entries(told).flatMap(([kind, count]) => {
    const said = stated[kind]
    return said === undefined || said === count
      ? []
      : [{ code: `difference.${kind}`, params: { stated: said, told: count } }]
  })
}
