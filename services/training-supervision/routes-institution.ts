import { z } from 'zod'
import { asActor, Refusal, schemaDate, schemaId, startOfDate, systemActor, type Work } from '../../ground/door.ts'
import { findEmployers, schemaCreditCode, schemaIdNumber } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { enterAssessments, importAttendance } from './attendance.ts'
import { listedProjects } from './catalogue.ts'
import { listNames, takeList } from './class-lists.ts'
import { classesAnswer, classesOf, classView, classViewAnswer } from './class-views.ts'
import { enterSessions, enterTeacher, getClass, openClass, personOf } from './classes.ts'
import { cancelSession, correctAssessment, correctAttendance } from './corrections.ts'
import { enrolTrainee } from './enrolments.ts'
import { getInstitutionOf } from './institutions.ts'
import { lineProblem, timeCell } from './sheet-file.ts'
import { sanctionsOf } from './supervision/sanctions.ts'
import { sanctionKinds, trainingFields } from './tables.ts'

const officer = ['employer_officer']
const classId = z.object({ classId: schemaId })
const done = z.object({ done: z.literal(true) })
const title = z.string().trim().min(2).max(80)
const file = z.strictObject({ contentBase64: z.base64().max(7_000_000) })
const idNumber = schemaIdNumber

/** What an institution does: its classes, teachers, timetable, trainees, attendance and assessments. */
export function institutionRoutes(tools: ServiceTools): ServiceRoute[] {
  return [...classRoutes(), ...peopleRoutes(tools.rulebook), ...recordRoutes(), ...correctionRoutes(tools)]
}

function classRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/institution',
      title: { zh: '本机构', en: 'The licence, listed projects, classes and sanctions of the institution' },
      callers: officer,
      answer: z.object({
        name: z.string(),
        licenceNumber: z.string(),
        licensedTo: schemaDate.nullable(),
        fields: z.array(z.enum(trainingFields)),
        projects: z.array(z.object({ projectId: schemaId, code: z.string(), title: z.string(), level: z.int() })),
        classes: classesAnswer,
        sanctions: z.array(z.object({ kind: z.enum(sanctionKinds), from: schemaDate, endedOn: schemaDate.nullable() })),
      }),
      async handle(work) {
        const employerId = ownEmployer(work)
        const institution = await getInstitutionOf(work, employerId)
        const projects = await listedProjects(work, employerId)
        return {
          ...institution,
          projects: projects.map(({ id: projectId, code, title: name, level }) => ({
            ...{ projectId, code, title: name, level },
          })),
          classes: await classesOf(work, employerId),
          sanctions: await sanctionsOf(work, employerId),
        }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/classes',
      title: { zh: '开班', en: 'Open a class' },
      callers: officer,
      body: z.strictObject({
        projectId: schemaId,
        title,
        startsOn: schemaDate,
        endsOn: schemaDate,
        capacity: z.int().min(1).max(500),
        place: title,
        taughtBy: z
          .strictObject({ creditCode: schemaCreditCode, contract: z.enum(['joint_schooling', 'cooperation']) })
          .optional()
          .describe('another institution that teaches, and under what contract'),
      }),
      answer: z.object({ id: schemaId, number: z.string() }),
      async handle(work, { body: { taughtBy: other, ...planned } }) {
        const employerId = ownEmployer(work)
        if (!other) return openClass(work, employerId, planned)
        const taughtBy = { employerId: await employerOf(work, other.creditCode), contract: other.contract }
        return openClass(work, employerId, { ...planned, taughtBy })
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/classes/:classId',
      title: { zh: '班级', en: 'A class with its records' },
      callers: ['employer_officer', 'supervisor', 'review', 'approve', 'audit'],
      params: classId,
      answer: classViewAnswer,
      handle: (work, { params }) => classView(work, params.classId),
    }),
  ]
}

/** Teachers, their hours, and trainees who come to the institution. */
function peopleRoutes(rulebook: ServiceTools['rulebook']): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/teachers',
      title: { zh: '登记教师', en: 'Enter a teacher of a class' },
      callers: officer,
      params: classId,
      body: z.strictObject({ idNumber, practiceYears: z.int().min(0).max(60) }),
      answer: z.object({ personId: schemaId, qualified: z.boolean(), because: z.string() }),
      async handle(work, { params, body }) {
        const of = await getClass(work, params.classId)
        const personId = await personOf(work, body.idNumber)
        return { personId, ...(await enterTeacher(work, rulebook, of, { personId, ...body })) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/sessions',
      title: { zh: '登记课表', en: 'Enter hours of the timetable' },
      callers: officer,
      params: classId,
      body: z.strictObject({
        sessions: z
          .array(z.strictObject({ teacherId: schemaId, day: schemaDate, from: timeCell, to: timeCell, topic: title }))
          .min(1)
          .max(400),
      }),
      answer: done,
      async handle(work, { params, body }) {
        const hours = body.sessions.map(({ day, from, to, ...session }) => ({
          ...session,
          ...{ startsAt: startOfDate(day, from), endsAt: startOfDate(day, to) },
        }))
        await enterSessions(work, await getClass(work, params.classId), hours)
        return { done: true as const }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/trainees',
      title: { zh: '代为报名', en: 'Enrol a trainee at the institution' },
      callers: officer,
      params: classId,
      body: z.strictObject({ idNumber }),
      answer: z.object({ enrolmentId: schemaId }),
      async handle(work, { params, body }) {
        await getClass(work, params.classId)
        const personId = await personOf(work, body.idNumber)
        const of = { classId: params.classId, personId, by: 'institution' as const }
        return { enrolmentId: await enrolTrainee(work, rulebook, of) }
      },
    }),
  ]
}

const certificateNumber = z.string().trim().toUpperCase().min(6).max(40).nullable()

/** What an institution puts right: attendance and assessments that it reported wrongly, hours that will not be taught. */
function correctionRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/lists/:list',
      title: {
        zh: '导入学员、课表或考核',
        en: 'Take over trainees, hours or assessments from CSV or Excel, line by line',
      },
      callers: officer,
      params: classId.extend({ list: z.enum(listNames) }),
      body: file,
      answer: z.object({ entered: z.int(), problems: z.array(lineProblem) }),
      handle: async (work, { params, body }) =>
        takeList(work, tools.rulebook, await getClass(work, params.classId), {
          list: params.list,
          content: Buffer.from(body.contentBase64, 'base64'),
        }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/attendance/:attendanceId/correction',
      title: { zh: '更正考勤', en: 'Correct an attendance that was reported wrongly' },
      callers: officer,
      params: classId.extend({ attendanceId: schemaId }),
      body: z.strictObject({
        reason: title,
        times: z.strictObject({ came: timeCell, left: timeCell }).nullable().describe('null: they were not there'),
      }),
      answer: done,
      async handle(work, { params, body }) {
        const of = await getClass(work, params.classId)
        await correctAttendance(work, tools, of, { attendanceId: params.attendanceId, ...body })
        return { done: true as const }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/assessments/:personId/correction',
      title: { zh: '更正考核', en: 'Correct an assessment that was entered wrongly' },
      callers: officer,
      params: classId.extend({ personId: schemaId }),
      body: z.strictObject({
        corrects: z.int().min(0).describe('`assessmentNo` of the trainee'),
        passed: z.boolean(),
        certificateNumber,
        reason: title,
      }),
      answer: done,
      async handle(work, { params, body }) {
        const of = await getClass(work, params.classId)
        await correctAssessment(work, tools, of, { personId: params.personId, ...body })
        return { done: true as const }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/sessions/:sessionId/cancellation',
      title: { zh: '取消课时', en: 'Call hours off before they begin' },
      callers: officer,
      params: classId.extend({ sessionId: schemaId }),
      body: z.strictObject({ reason: title }),
      answer: done,
      async handle(work, { params, body }) {
        await cancelSession(work, await getClass(work, params.classId), { ...body, sessionId: params.sessionId })
        return { done: true as const }
      },
    }),
  ]
}

/** What an institution reports of a class that is taught. */
function recordRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/attendance',
      title: { zh: '导入考勤', en: 'Import attendance from CSV or Excel: all of it, or what is wrong by row' },
      callers: officer,
      params: classId,
      body: file,
      answer: z.object({
        imported: z.int(),
        known: z.int(),
        problems: z.array(lineProblem),
      }),
      handle: async (work, { params, body }) =>
        importAttendance(work, await getClass(work, params.classId), Buffer.from(body.contentBase64, 'base64')),
    }),
    serviceRoute({
      method: 'POST',
      path: '/classes/:classId/assessments',
      title: { zh: '登记考核', en: 'Enter assessments' },
      callers: officer,
      params: classId,
      body: z.strictObject({
        assessments: z
          .array(
            z.strictObject({
              personId: schemaId,
              passed: z.boolean(),
              certificateNumber,
            }),
          )
          .min(1)
          .max(500),
      }),
      answer: done,
      async handle(work, { params, body }) {
        await enterAssessments(work, await getClass(work, params.classId), body.assessments)
        return { done: true as const }
      },
    }),
  ]
}

function ownEmployer({ actor }: Work): string {
  if (actor.kind !== 'employer') throw new Refusal('class_not_yours')
  return actor.employerId
}

/** An employer by its credit code, of which an institution knows no more. Refusal `employer_unknown`. */
async function employerOf(work: Work, creditCode: string): Promise<string> {
  const found = await asActor(work, systemActor, (node) => findEmployers(node, { text: creditCode, limit: 2 }))
  const employer = found.find((each) => each.creditCode === creditCode)
  if (!employer) throw new Refusal('employer_unknown')
  return employer.employerId
}
