import {
  asActor,
  BadInput,
  businessDate,
  type Id,
  type Instant,
  millisecondsBetween,
  type PlainDate,
  Refusal,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { certificatesOf, findPersonByIdNumber, getEmployer } from '../../people/door.ts'
import { findListing, getProject } from './catalogue.ts'
import { getInstitutionOf, isLicensed } from './institutions.ts'
import { isSanctioned } from './supervision/sanctions.ts'
import { type ClassRow, trainingTables } from './tables.ts'

const purpose = 'subsidised training'

/** What opening a class takes. `taughtBy` is named where another institution teaches, with the name of the contract. */
export type NewClass = {
  projectId: Id
  title: string
  startsOn: PlainDate
  endsOn: PlainDate
  capacity: number
  place: string
  taughtBy?: { employerId: Id; contract: 'joint_schooling' | 'cooperation' } | undefined
}

/**
 * Opens a class of one's own project. That another institution teaches it is recorded as it is told, and found by the detectors (C8.03). Refusals
 * `class_not_yours`, `project_not_in_catalogue`, `institution_not_licensed`, `recruitment_suspended`.
 */
export async function openClass(work: Work, employerId: Id, planned: NewClass): Promise<{ id: Id; number: string }> {
  const project = await getProject(work, planned.projectId)
  if (project.employer_id !== employerId) throw new Refusal('class_not_yours')
  const { startsOn, endsOn, taughtBy } = planned
  if (endsOn < startsOn) throw new BadInput([{ path: 'endsOn', expected: `a day from ${startsOn} on`, found: endsOn }])
  if (taughtBy?.employerId === employerId) {
    throw new BadInput([
      { path: 'taughtBy.employerId', expected: 'another institution', found: 'the institution itself' },
    ])
  }
  if ((await findListing(work, project.id, startsOn)) === undefined) {
    throw new Refusal('project_not_in_catalogue', { clause: 'C8.09' })
  }
  const institution = await getInstitutionOf(work, employerId)
  if (!isLicensed(institution, project.field, startsOn)) {
    throw new Refusal('institution_not_licensed', { clause: 'C8.01' })
  }
  if (await isSanctioned(work, employerId, 'suspend_recruitment')) {
    throw new Refusal('recruitment_suspended', { clause: 'C8.06' })
  }
  await takeTurns(work, `training class:${project.id}`)
  return asActor(work, systemActor, async (node) => {
    if (taughtBy) await getEmployer(node, taughtBy.employerId)
    const { count } = await trainingTables(node)
      .selectFrom('svc_training_supervision.class')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('project_id', '=', project.id)
      .executeTakeFirstOrThrow()
    const id = node.newId()
    const number = `${project.code}-${String(Number(count) + 1).padStart(3, '0')}`
    await trainingTables(node)
      .insertInto('svc_training_supervision.class')
      .values({
        ...{ id, number, agency: project.agency, employer_id: employerId, project_id: project.id },
        ...{ taught_by: taughtBy?.employerId ?? employerId, contract: taughtBy?.contract ?? null },
        ...{ title: planned.title, starts_on: startsOn, ends_on: endsOn },
        ...{ capacity: planned.capacity, place: planned.place, recorded_at: node.now },
      })
      .execute()
    return { id, number }
  })
}

/** A class that the actor may see. Refusal `class_unknown`. */
export async function getClass(work: Work, classId: Id): Promise<ClassRow> {
  const row = await trainingTables(work)
    .selectFrom('svc_training_supervision.class')
    .selectAll()
    .where('id', '=', classId)
    .executeTakeFirst()
  if (!row) throw new Refusal('class_unknown')
  return row
}

/** A class by its number, of an institution. Refusal `class_unknown`. */
export async function getClassByNumber(work: Work, employerId: Id, number: string): Promise<ClassRow> {
  const row = await trainingTables(work)
    .selectFrom('svc_training_supervision.class')
    .selectAll()
    .where('number', '=', number)
    .where('employer_id', '=', employerId)
    .executeTakeFirst()
  if (!row) throw new Refusal('class_unknown')
  return row
}

/** Somebody by the identity number that the institution has from them. Refusal `person_unknown`. */
export async function personOf(work: Work, idNumber: string): Promise<Id> {
  const person = await asActor(work, systemActor, (node) => findPersonByIdNumber(node, idNumber, purpose))
  if (!person) throw new Refusal('person_unknown')
  return person.personId
}

/** Enters a teacher, with what the rule says of them (C8.08). One who is not fit is entered too and told: the finding stands with the class. */
export async function enterTeacher(
  work: Work,
  rulebook: Rulebook,
  { id: classId, agency, employer_id, starts_on }: ClassRow,
  { personId, practiceYears }: { personId: Id; practiceYears: number },
): Promise<{ qualified: boolean; because: string }> {
  return asActor(work, systemActor, async (node) => {
    const certificates = await certificatesOf(node, personId, { to: starts_on }, purpose)
    const levels = certificates.filter(({ revokedOn }) => revokedOn === null).map(({ level }) => level)
    const { decision } = await rulebook.decide(node, {
      ...{ policy: 'training-teacher', on: node.today, insuredRegion: agency },
      facts: { bestLevel: levels.length === 0 ? null : Math.min(...levels), practiceYears },
    })
    const found = { qualified: decision.outcome === 'granted', because: decision.reason ?? decision.because }
    const entered = await trainingTables(node)
      .insertInto('svc_training_supervision.class_teacher')
      .values({
        ...{ class_id: classId, agency, employer_id, person_id: personId, practice_years: practiceYears },
        ...found,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (Number(entered.numInsertedOrUpdatedRows ?? 0) === 0) throw new Refusal('teacher_entered_before')
    return found
  })
}

/** Hours of the timetable as they are entered. */
export type NewSession = { teacherId: Id; startsAt: Instant; endsAt: Instant; topic: string }

/** Enters hours of the timetable, before they are taught. Refusals `session_already_begun`, `teacher_not_of_class`. */
export async function enterSessions(work: Work, of: ClassRow, sessions: readonly NewSession[]): Promise<void> {
  const { id: classId, agency, employer_id } = of
  await asActor(work, systemActor, async (node) => {
    const teachers = await trainingTables(node)
      .selectFrom('svc_training_supervision.class_teacher')
      .select('person_id')
      .where('class_id', '=', classId)
      .execute()
    const known = new Set(teachers.map(({ person_id }) => person_id))
    for (const [index, { teacherId, startsAt, endsAt }] of sessions.entries()) {
      if (!known.has(teacherId)) throw new Refusal('teacher_not_of_class', { clause: 'C8.08' })
      requireWithinDay(of, `sessions.${index}`, startsAt, endsAt)
      if (startsAt < node.now) throw new Refusal('session_already_begun')
    }
    const rows = sessions.map(({ teacherId, startsAt, endsAt, topic }) => ({
      ...{ id: node.newId(), class_id: classId, agency, employer_id },
      ...{ teacher_id: teacherId, starts_at: startsAt, ends_at: endsAt, topic },
    }))
    if (rows.length > 0)
      await trainingTables(node).insertInto('svc_training_supervision.session').values(rows).execute()
  })
}

/** Hours are on one day of the class: what goes on overnight, or before and after the class, nobody can attend. */
function requireWithinDay({ starts_on, ends_on }: ClassRow, path: string, startsAt: Instant, endsAt: Instant): void {
  const day = businessDate(startsAt)
  if (day < starts_on || day > ends_on) {
    throw new BadInput([{ path: `${path}.startsAt`, expected: `a day from ${starts_on} to ${ends_on}`, found: day }])
  }
  if (millisecondsBetween(startsAt, endsAt) <= 0 || businessDate(endsAt) !== day) {
    throw new BadInput([{ path: `${path}.endsAt`, expected: `later on ${day}`, found: endsAt }])
  }
}
