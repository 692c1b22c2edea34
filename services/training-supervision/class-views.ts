import { z } from 'zod'
import {
  asActor,
  type Id,
  schemaDate,
  schemaFen,
  schemaId,
  schemaInstant,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { getEmployer, getPerson } from '../../people/door.ts'
import { getProject } from './catalogue.ts'
import { getClass } from './classes.ts'
import { moneyKinds, trainingTables } from './tables.ts'

const purpose = 'supervision of subsidised training'

/** Schema of classes. */
export const classesAnswer = z.array(
  z.object({
    classId: schemaId,
    employerId: schemaId,
    number: z.string(),
    title: z.string(),
    startsOn: schemaDate,
    endsOn: schemaDate,
    capacity: z.int(),
    enrolled: z.int(),
  }),
)

/** The classes that the actor may see, of an institution or of all, the newest first. */
export async function classesOf(work: Work, employerId?: Id): Promise<z.infer<typeof classesAnswer>> {
  let search = trainingTables(work)
    .selectFrom('svc_training_supervision.class as class')
    .select(['id', 'employer_id', 'number', 'title', 'starts_on', 'ends_on', 'capacity'])
    .select(({ selectFrom, fn }) =>
      selectFrom('svc_training_supervision.enrolment as enrolment')
        .select(fn.countAll<number>().as('count'))
        .whereRef('enrolment.class_id', '=', 'class.id')
        .where('withdrawn_on', 'is', null)
        .as('enrolled'),
    )
    .orderBy('id', 'desc')
    .limit(200)
  if (employerId !== undefined) search = search.where('employer_id', '=', employerId)
  const rows = await search.execute()
  return rows.map((row) => ({
    ...{ classId: row.id, employerId: row.employer_id, number: row.number, title: row.title, capacity: row.capacity },
    ...{ startsOn: row.starts_on, endsOn: row.ends_on, enrolled: Number(row.enrolled ?? 0) },
  }))
}

/** Schema of a class with its records. */
export const classViewAnswer = z.object({
  classId: schemaId,
  number: z.string(),
  title: z.string(),
  institution: z.string(),
  employerId: schemaId,
  taughtBy: z.string(),
  contract: z.enum(['joint_schooling', 'cooperation']).nullable(),
  project: z.string(),
  startsOn: schemaDate,
  endsOn: schemaDate,
  place: z.string(),
  capacity: z.int(),
  teachers: z.array(
    z.object({
      personId: schemaId,
      name: z.string(),
      practiceYears: z.int(),
      qualified: z.boolean(),
      because: z.string(),
    }),
  ),
  sessions: z.array(
    z.object({
      id: schemaId,
      startsAt: schemaInstant,
      endsAt: schemaInstant,
      topic: z.string(),
      teacherId: schemaId,
      cancelled: z.string().nullable().describe('why the hours were called off'),
    }),
  ),
  trainees: z.array(
    z.object({
      enrolmentId: schemaId,
      personId: schemaId,
      name: z.string(),
      idNumberMasked: z.string(),
      attendances: z.int(),
      passed: z.boolean().nullable(),
      certificateNumber: z.string().nullable(),
      assessmentNo: z.int().nullable().describe('how often the assessment was corrected; what a correction names'),
      assessmentCorrected: z.string().nullable().describe('why it was corrected the last time'),
    }),
  ),
  attendance: z.array(
    z.object({
      id: schemaId,
      personId: schemaId,
      inAt: schemaInstant,
      outAt: schemaInstant,
      device: z.string(),
      isTerminal: z.boolean(),
      corrected: z.string().nullable().describe('why the record counts no more'),
      corrects: schemaId.nullable().describe('the record that this one takes the place of'),
    }),
  ),
  money: z
    .array(
      z.object({
        id: schemaId,
        kind: z.enum(moneyKinds),
        counterparty: z.string(),
        amountFen: schemaFen,
        paidOn: schemaDate,
        source: z.string(),
      }),
    )
    .describe('what inspectors found; empty for the institution'),
})

/** A class with its records, as far as the actor may see them; whose data are shown is in their access logs. Refusal `class_unknown`. */
export async function classView(work: Work, classId: Id): Promise<z.infer<typeof classViewAnswer>> {
  const of = await getClass(work, classId)
  const project = await getProject(work, of.project_id)
  const db = trainingTables(work)
  const attendance = await db
    .selectFrom('svc_training_supervision.attendance as attendance')
    .leftJoin(
      'svc_training_supervision.attendance_correction as correction',
      'correction.attendance_id',
      'attendance.id',
    )
    .selectAll('attendance')
    .select('correction.reason as corrected')
    .where('attendance.class_id', '=', classId)
    .orderBy('in_at')
    .limit(2_000)
    .execute()
  const assessments = new Map(
    (
      await db
        .selectFrom('svc_training_supervision.standing_assessment')
        .selectAll()
        .where('class_id', '=', classId)
        .execute()
    ).map((each) => [each.person_id, each]),
  )
  const trainees = await db
    .selectFrom('svc_training_supervision.enrolment')
    .select(['id', 'person_id'])
    .where('class_id', '=', classId)
    .where('withdrawn_on', 'is', null)
    .orderBy('id')
    .execute()
  const names = await asActor(work, systemActor, async (node) => ({
    institution: (await getEmployer(node, of.employer_id)).name,
    taughtBy: (await getEmployer(node, of.taught_by)).name,
  }))
  const teachers = await db
    .selectFrom('svc_training_supervision.class_teacher')
    .selectAll()
    .where('class_id', '=', classId)
    .execute()
  return {
    ...{ classId, number: of.number, title: of.title, ...names, employerId: of.employer_id, contract: of.contract },
    ...{ project: project.title, startsOn: of.starts_on, endsOn: of.ends_on, place: of.place, capacity: of.capacity },
    teachers: await Promise.all(
      teachers.map(async ({ person_id: personId, practice_years, qualified, because }) => ({
        ...{ personId, practiceYears: practice_years, qualified, because },
        name: (await personView(work, personId)).name,
      })),
    ),
    sessions: (
      await db
        .selectFrom('svc_training_supervision.session as session')
        .leftJoin(
          'svc_training_supervision.session_cancellation as cancellation',
          'cancellation.session_id',
          'session.id',
        )
        .selectAll('session')
        .select('cancellation.reason as cancelled')
        .where('session.class_id', '=', classId)
        .orderBy('starts_at')
        .execute()
    ).map((each) => ({
      ...{ id: each.id, startsAt: each.starts_at, endsAt: each.ends_at, topic: each.topic },
      ...{ teacherId: each.teacher_id, cancelled: each.cancelled },
    })),
    trainees: await Promise.all(
      trainees.map(async ({ id: enrolmentId, person_id: personId }) => {
        const { name, idNumberMasked } = await personView(work, personId)
        const assessed = assessments.get(personId)
        return {
          ...{ enrolmentId, personId, name, idNumberMasked },
          attendances: attendance.filter((each) => each.person_id === personId && each.corrected === null).length,
          passed: assessed?.passed ?? null,
          certificateNumber: assessed?.certificate_number ?? null,
          assessmentNo: assessed?.no ?? null,
          assessmentCorrected: assessed?.corrected ?? null,
        }
      }),
    ),
    attendance: attendance.map((each) => ({
      ...{ id: each.id, personId: each.person_id, inAt: each.in_at, outAt: each.out_at },
      ...{ device: each.device, isTerminal: each.is_terminal, corrected: each.corrected, corrects: each.corrects },
    })),
    money: (
      await db
        .selectFrom('svc_training_supervision.money_record')
        .selectAll()
        .where('class_id', '=', classId)
        .orderBy('paid_on')
        .execute()
    ).map((each) => ({
      ...{ id: each.id, kind: each.kind, counterparty: each.counterparty, source: each.source },
      ...{ amountFen: each.amount_fen, paidOn: each.paid_on },
    })),
  }
}

/** An institution sees the people of its classes by name, though not in the register. */
function personView(work: Work, personId: Id) {
  return asActor(work, systemActor, (node) => getPerson(node, personId, purpose))
}
