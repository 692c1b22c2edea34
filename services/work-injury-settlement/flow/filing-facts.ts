import { type Id, monthsBetween, type PlainDate, type Work } from '../../../ground/door.ts'
import { provinceOf, type Rulebook, type Ruling } from '../../../law/door.ts'
import { findAuthority } from '../../../people/door.ts'
import { isPilotArea } from '../../../registers/door.ts'
import type { FilingForm } from '../form.ts'
import { findInjury, injuryFacts } from '../injury.ts'
import { isOutsidePrefecture, prefectureOf } from '../treatment-place.ts'

/** Who asks for a filing: the person, a close relative or the employer's officer with recorded authority (A1.12, A3.11), an officer for them. */
export type Applicant = 'self' | 'relative' | 'employer_officer' | 'colleague'

/** An applicant, and whether the authority to act was on record when they applied. */
export type Standing = { applicant: Applicant; authorityRecorded: boolean }

/** A person, the agency that answers for them, the form they filed and who filed it: what the rule on filings needs. */
export type FilingRequest = Standing & { personId: Id; agency: string; form: FilingForm; on: PlainDate }

/**
 * Decides a filing by the insured region's rule. Identity, injury, confirmations and authority come from the registers; only class, place
 * and time of residence or the referral opinion come from the form.
 */
export async function ruleOnFiling(work: Work, rulebook: Rulebook, request: FilingRequest): Promise<Ruling> {
  const { personId, agency, form, applicant, authorityRecorded, on } = request
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
      treatmentOutsidePrefecture: isOutsidePrefecture(agency, form.treatmentRegion),
      insuredAreaPilot: await isPilotArea(work, insuredArea, on),
      treatmentAreaPilot: await isPilotArea(work, treatmentArea, on),
      offsiteMonths: form.residenceSince ? Math.max(0, monthsBetween(form.residenceSince, on)) : 0,
      opinionLevel: form.opinion?.institutionLevel ?? null,
      applicant,
      authorityRecorded,
    },
  })
}

/**
 * Who applies for a person, and by what right. A counter agent files for the person who stands in front of them. Whoever was only entrusted
 * is neither a relative nor the employer's officer, whatever they show (A3-t7: a colleague).
 */
export async function standingOf(work: Work, subjectPersonId: Id, on: PlainDate): Promise<Standing> {
  const { actor } = work
  if (actor.kind === 'employer') {
    const authority = await findAuthority(work, { subjectPersonId, agentEmployerId: actor.employerId, on })
    return { applicant: 'employer_officer', authorityRecorded: authority !== undefined }
  }
  if (actor.kind !== 'person' || !actor.onBehalfOf) return { applicant: 'self', authorityRecorded: false }
  const authority = await findAuthority(work, { subjectPersonId, agentPersonId: actor.personId, on })
  const applicant = authority?.relation === 'entrusted' ? 'colleague' : 'relative'
  return { applicant, authorityRecorded: authority !== undefined }
}
