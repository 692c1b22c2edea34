import type { z } from 'zod'
import { standingFinding, standingFlow } from '../../cases/door.ts'
import { type Id, monthsBetween, type PlainDate, type Work } from '../../ground/door.ts'
import { isWithin } from '../../law/door.ts'
import {
  benefitSpellsOf,
  type Enrolment,
  endEnrolment,
  enrol,
  enrolmentsOf,
  getPerson,
  type Insurance,
} from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { registrationAnswers } from './elsewhere/messages-between.ts'

const purpose = 'insurance_registration'

const answers = registrationAnswers

const insuranceOf: Record<z.infer<typeof answers>['scheme'], Insurance> = {
  resident: 'resident_pension',
  flexible: 'pension',
}

/**
 * Registration of a person for a pension insurance (B1.08): from the day it is decided they are enrolled in people's register, until they or the agency end
 * it, or another registration takes its place. What registers hold is not asked: only the scheme, and whether one is still at school.
 */
export function registrationFlow({ rulebook, cases }: ServiceTools) {
  return standingFlow(
    {
      id: 'insurance-registration',
      service: 'insurance-registration',
      version: 1,
      title: { zh: '参保登记', en: 'Registration for pension insurance' },
      numberPrefix: 'CBD',
      standing: { zh: '已参保登记', en: 'Registered' },
      ended: { zh: '登记已终止', en: 'Registration ended' },
      applicant: 'person',
      answers,
      agencyOf: async (work, personId) => (await getPerson(work, personId, purpose)).agency,
      async decide(work, { partyId, agency, answers: given, on }) {
        const facts = await gather(work, partyId, { ...answers.parse(given), on })
        const question = { policy: 'insurance-registration', on, insuredRegion: agency, facts }
        return standingFinding(await rulebook.decide(work, question))
      },
      replacesEarlier: true,
      async begin(work, { partyId, agency, answers: given, from }) {
        const insurance = insuranceOf[answers.parse(given).scheme]
        const poolingArea = `${insurance}:${agency.slice(0, 2)}0000`
        await enrol(work, { personId: partyId, insurance, poolingArea, agency, from })
      },
      async end(work, { partyId, answers: given, to }) {
        const enrolment = await ownEnrolment(work, partyId, insuranceOf[answers.parse(given).scheme], to)
        if (enrolment?.to === null) await endEnrolment(work, { enrolmentId: enrolment.enrolmentId, to })
      },
      summary: ({ answers: { scheme } }) => ({ scheme: scheme === undefined ? null : String(scheme) }),
    },
    cases,
  )
}

/** What the registers hold of somebody who registers, and what they answered. */
async function gather(
  work: Work,
  personId: Id,
  { scheme, atSchool, on }: z.infer<typeof answers> & { on: PlainDate },
): Promise<Record<string, unknown>> {
  const { birthOn, homeRegion, retiredOn } = await getPerson(work, personId, purpose)
  const byEmployer = await enrolmentsOf(work, personId, { insurance: 'pension', on }, purpose)
  const spells = await benefitSpellsOf(work, personId, {}, purpose)
  return {
    scheme,
    atSchool,
    ageYears: Math.floor(monthsBetween(birthOn, on) / 12),
    householdHere: isWithin(homeRegion, work.node.region),
    insuredByEmployer: byEmployer.some(({ employerId }) => employerId !== null),
    registeredAlready: (await ownEnrolment(work, personId, insuranceOf[scheme], on)) !== undefined,
    drawsPension:
      (retiredOn !== null && retiredOn <= on) || spells.some(({ kind, to }) => kind.endsWith('pension') && to === null),
  }
}

/** The person's enrolment without an employer on a day, whichever counter made it (B3.03). */
async function ownEnrolment(
  work: Work,
  personId: Id,
  insurance: Insurance,
  on: PlainDate,
): Promise<Enrolment | undefined> {
  const enrolments = await enrolmentsOf(work, personId, { insurance, on }, purpose)
  return enrolments.find(({ employerId }) => employerId === null)
}

/** Whether somebody has any pension insurance today. */
export async function isInsured(work: Work, personId: Id): Promise<boolean> {
  const enrolments = await enrolmentsOf(work, personId, { on: work.today }, purpose)
  return enrolments.some(({ insurance }) => insurance === 'pension' || insurance === 'resident_pension')
}
