import { type Actor, type Id, monthsBetween, type PlainDate, type Work } from '../../../ground/door.ts'
import { isWithin, provinceOf, type Rulebook, type Ruling, regionPath } from '../../../law/door.ts'
import { findAuthority } from '../../../people/door.ts'
import { isPilotArea } from '../../../registers/door.ts'
import type { FilingForm } from '../form.ts'
import { findInjury, injuryFacts } from '../injury.ts'

/** Who asks for a filing: the person, a close relative or the employer's officer with recorded authority (A1.12, A3.11), an officer for them. */
export type Applicant = 'self' | 'relative' | 'employer_officer' | 'colleague'

/** A person, the agency that answers for them and the form they filed: what the rule on filings needs. */
export type FilingRequest = { personId: Id; agency: string; form: FilingForm; applicant: Applicant; on: PlainDate }

/**
 * Decides a filing by the insured region's rule. Identity, injury, confirmations and authority come from the registers; only class, place
 * and time of residence or the referral opinion come from the form.
 */
export async function ruleOnFiling(work: Work, rulebook: Rulebook, request: FilingRequest): Promise<Ruling> {
  const { personId, agency, form, applicant, on } = request
  const injury = await findInjury(work, personId, form.injuryId)
  const insuredArea = prefectureOf(agency)
  const treatmentArea = prefectureOf(form.treatmentRegion)
  return rulebook.decide(work, {
    policy: 'filing-eligibility',
    on,
    insuredRegion: agency,
    treatmentRegion: form.treatmentRegion,
    facts: {
      ...injuryFacts(injury, on),
      filingClass: form.filingClass,
      treatmentOutsideProvince: provinceOf(form.treatmentRegion).code !== provinceOf(agency).code,
      treatmentOutsidePrefecture: !isWithin(form.treatmentRegion, insuredArea),
      insuredAreaPilot: await isPilotArea(work, insuredArea, on),
      treatmentAreaPilot: await isPilotArea(work, treatmentArea, on),
      offsiteMonths: form.residenceSince ? Math.max(0, monthsBetween(form.residenceSince, on)) : 0,
      opinionLevel: form.opinion?.institutionLevel ?? null,
      applicant,
      authorityRecorded: applicant === 'self' || (await hasAuthority(work, personId, on)),
    },
  })
}

/** Who the applicant is, from who acts. A counter agent files for the person who stands in front of them. */
export function applicantOf(actor: Actor): Applicant {
  if (actor.kind === 'employer') return 'employer_officer'
  return actor.kind === 'person' && actor.onBehalfOf ? 'relative' : 'self'
}

async function hasAuthority(work: Work, subjectPersonId: Id, on: PlainDate): Promise<boolean> {
  const { actor } = work
  if (actor.kind === 'person') {
    return (await findAuthority(work, { subjectPersonId, agentPersonId: actor.personId, on })) !== undefined
  }
  if (actor.kind === 'employer') {
    return (await findAuthority(work, { subjectPersonId, agentEmployerId: actor.employerId, on })) !== undefined
  }
  return false
}

/** The prefecture a region lies in; the region itself where it is a province or has none. */
function prefectureOf(region: string): string {
  return regionPath(region).find(({ level }) => level === 'prefecture')?.code ?? region
}
