import { z } from 'zod'
import type { Benefit } from '../../benefits/door.ts'
import { asActor, type Id, systemActor, type Work } from '../../ground/door.ts'
import { certificatesOf } from '../../people/door.ts'
import { attendedMs, coveredMs, type Span } from './attended.ts'
import { findListing, getProject } from './catalogue.ts'
import { getClassByNumber } from './classes.ts'
import { getInstitutionOf, isLicensed } from './institutions.ts'
import { disallowedOf } from './supervision/sanctions.ts'
import { type ClassRow, standingAttendance, standingSessions, trainingTables } from './tables.ts'

/** The flow of claims. */
export const claimFlowId = 'training-claim'

/**
 * The subsidy of a class: the institution names the class, everything else is read from its records (C8.04). What a sanction disallows is not counted,
 * so that deciding again claims it back (追回).
 */
export const claimBenefit: Benefit = {
  id: claimFlowId,
  service: 'training-supervision',
  version: 1,
  title: { zh: '职业培训补贴（按班申领）', en: 'Training subsidy of a class' },
  numberPrefix: 'PXB',
  policy: 'training-claim',
  applicant: 'employer',
  fields: [{ name: 'classNumber', kind: 'text', required: true }],
  answers: z.strictObject({ classNumber: z.string().trim().min(3).max(60) }),
  factsOf: () => ({}),
  gather: (work, party, { answers, on }) =>
    asActor(work, systemActor, async (node) => {
      // Before a class is named nothing can be read.
      const number = z.string().safeParse(answers.classNumber)
      if (!number.success) return { facts: {}, sources: {} }
      const of = await getClassByNumber(node, party.id, number.data)
      return { facts: { ...(await factsOfClass(node, of)), ended: of.ends_on < on }, sources }
    }),
  agencyOf: async (work, { id }) => (await getInstitutionOf(work, id)).agency,
  occasionOf: ({ classNumber }) => String(classNumber),
  money: {
    fund: 'employment_special',
    expense: { name: 'training_subsidy_expense', title: { zh: '职业培训补贴支出', en: 'Training subsidy expense' } },
  },
}

const sources = {
  ended: 'training_classes',
  inCatalogue: 'training_catalogue',
  licensed: 'training_licences',
  subcontracted: 'training_classes',
  underInvestigation: 'training_supervision',
  hoursTaught: 'training_timetable',
  hoursMin: 'training_catalogue',
  level: 'training_catalogue',
  trainees: 'training_attendance',
}

/** What the rule of a claim reads of a class: its records as they stand. */
export async function factsOfClass(node: Work, of: ClassRow) {
  const project = await getProject(node, of.project_id)
  const institution = await getInstitutionOf(node, of.employer_id)
  const sessions = await standingSessions(node)
    .select(['starts_at as startsAt', 'ends_at as endsAt'])
    .where('class_id', '=', of.id)
    .execute()
  const open = await trainingTables(node)
    .selectFrom('svc_training_supervision.matter')
    .select('case_id')
    .where('class_id', '=', of.id)
    .where('is_open', '=', true)
    .executeTakeFirst()
  return {
    inCatalogue: (await findListing(node, project.id, of.starts_on)) !== undefined,
    licensed: isLicensed(institution, project.field, of.starts_on),
    subcontracted: of.taught_by !== of.employer_id,
    underInvestigation: open !== undefined,
    hoursTaught: Math.floor(coveredMs(sessions) / 3_600_000),
    hoursMin: project.hours_min,
    level: project.level,
    trainees: await traineeFacts(node, of, project, sessions),
  }
}

/** For each trainee the share of the taught time they were there, and whether the register has their certificate of this class. */
async function traineeFacts(
  node: Work,
  of: ClassRow,
  project: { occupation: string; level: number },
  sessions: readonly Span[],
) {
  const rows = await trainingTables(node)
    .selectFrom('svc_training_supervision.enrolment')
    .select('person_id')
    .where('class_id', '=', of.id)
    .where('withdrawn_on', 'is', null)
    .orderBy('person_id')
    .execute()
  const disallowed = await disallowedOf(node, of.id)
  const facts: Array<{ attendedPpm: number; certified: boolean; disallowed: boolean }> = []
  for (const { person_id: personId } of rows) {
    facts.push({
      attendedPpm: await attendedPpm(node, of.id, personId, sessions),
      certified: await isCertified(node, personId, of, project),
      disallowed: disallowed.has(personId),
    })
  }
  return facts
}

async function attendedPpm(node: Work, classId: Id, personId: Id, sessions: readonly Span[]): Promise<number> {
  const records = await standingAttendance(node)
    .select(['in_at as startsAt', 'out_at as endsAt'])
    .where('class_id', '=', classId)
    .where('person_id', '=', personId)
    .execute()
  const taughtMs = coveredMs(sessions)
  return taughtMs === 0 ? 0 : Math.floor((attendedMs(sessions, records) * 1_000_000) / taughtMs)
}

/**
 * Whether the register has, as theirs and still valid, the certificate that was reported of this class. One certificate is reported of one class, so
 * that it is paid once.
 */
async function isCertified(
  node: Work,
  personId: Id,
  of: ClassRow,
  { occupation, level }: { occupation: string; level: number },
): Promise<boolean> {
  const reported = await trainingTables(node)
    .selectFrom('svc_training_supervision.standing_assessment')
    .select('certificate_number')
    .where('class_id', '=', of.id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  const certificates = await certificatesOf(node, personId, { from: of.starts_on }, 'training subsidy')
  return certificates.some(
    (each) =>
      each.number === reported?.certificate_number &&
      each.revokedOn === null &&
      each.occupation === occupation &&
      each.level === level,
  )
}
