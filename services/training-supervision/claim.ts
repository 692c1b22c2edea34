import { z } from 'zod'
import type { Benefit } from '../../benefits/door.ts'
import { asActor, type Id, millisecondsBetween, systemActor, type Work } from '../../ground/door.ts'
import { certificatesOf } from '../../people/door.ts'
import { findListing, getProject } from './catalogue.ts'
import { getClassByNumber } from './classes.ts'
import { getInstitutionOf, isLicensed } from './institutions.ts'
import { disallowedOf } from './supervision/sanctions.ts'
import { type ClassRow, trainingTables } from './tables.ts'

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

async function factsOfClass(node: Work, of: ClassRow) {
  const project = await getProject(node, of.project_id)
  const institution = await getInstitutionOf(node, of.employer_id)
  const sessions = await trainingTables(node)
    .selectFrom('svc_training_supervision.session')
    .select(['starts_at', 'ends_at'])
    .where('class_id', '=', of.id)
    .execute()
  const taughtMs = sessions.reduce((sum, { starts_at, ends_at }) => sum + millisecondsBetween(starts_at, ends_at), 0)
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
    hoursTaught: Math.floor(taughtMs / 3_600_000),
    hoursMin: project.hours_min,
    level: project.level,
    trainees: await traineeFacts(node, of, project, sessions),
  }
}

type Span = { starts_at: string; ends_at: string }

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
  const records = await trainingTables(node)
    .selectFrom('svc_training_supervision.attendance')
    .select(['in_at', 'out_at'])
    .where('class_id', '=', classId)
    .where('person_id', '=', personId)
    .execute()
  let taughtMs = 0
  let attendedMs = 0
  for (const { starts_at, ends_at } of sessions) {
    const taught = millisecondsBetween(starts_at, ends_at)
    const present = records.reduce((sum, { in_at, out_at }) => {
      const from = in_at > starts_at ? in_at : starts_at
      const to = out_at < ends_at ? out_at : ends_at
      return sum + Math.max(0, millisecondsBetween(from, to))
    }, 0)
    taughtMs += taught
    attendedMs += Math.min(taught, present)
  }
  return taughtMs === 0 ? 0 : Math.floor((attendedMs * 1_000_000) / taughtMs)
}

async function isCertified(
  node: Work,
  personId: Id,
  of: ClassRow,
  { occupation, level }: { occupation: string; level: number },
): Promise<boolean> {
  const certificates = await certificatesOf(node, personId, { from: of.starts_on }, 'training subsidy')
  return certificates.some((each) => each.revokedOn === null && each.occupation === occupation && each.level === level)
}
