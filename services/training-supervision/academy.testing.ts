import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { type Actor, addDays, type Id, must, type PlainDate, readMigrations, startOfDate } from '../../ground/door.ts'
import { recordCertificate, revealIdNumber } from '../../people/door.ts'
import { enterAssessments, importAttendance } from './attendance.ts'
import { attendanceColumns } from './attendance-file.ts'
import { enterProject, recordDemand } from './catalogue.ts'
import { enterSessions, enterTeacher, getClass, openClass } from './classes.ts'
import { enrolTrainee } from './enrolments.ts'
import { licenseInstitution } from './institutions.ts'
import { service } from './service.ts'
import type { TrainingField } from './tables.ts'

/** A training institution of a test, with its officer and a project in the catalogue. All synthetic. */
export type Academy = { employerId: Id; actor: Actor; projectId: Id }

const occupation = '4-10-01-05'
let serial = 0

/** A site of Hebei with this service's tables and a fund. */
export async function trainingSite(on: PlainDate): Promise<BenefitSite> {
  const migrations = await readMigrations('svc_training_supervision', new URL('./migrations/', import.meta.url))
  const site = await benefitSite({ region: '130000', on, service, migrations: [migrations] })
  await site.fund('employment_special', 1_000_000_00)
  await site.run((work) =>
    recordDemand(work, { agency: '130000', occupation, vacancies: 40, wishes: 60, from: on, source: '示例' }),
  )
  return site
}

/** A licensed institution with one project of 16 hours, level 5. */
export async function newAcademy(site: BenefitSite, field: TrainingField = 'elderly_care'): Promise<Academy> {
  const { employerId, actor } = await site.employer({ entityKind: 'social_organisation' })
  const nth = ++serial
  const projectId = await site.run(async (work) => {
    await licenseInstitution(work, {
      ...{ employerId, licenceNumber: `示例民办许可${nth}号`, licensedFrom: '2020-01-01', licensedTo: null },
      fields: [field, 'other'],
    })
    return enterProject(work, site.rulebook, {
      ...{ employerId, code: `YL${nth}`, title: '养老护理', field, occupation, level: 5, hoursMin: 16 },
      reason: '示例',
    })
  })
  return { employerId, actor, projectId }
}

/** A class of two days, with a fit teacher, a timetable, and so many trainees enrolled. */
export async function newClass(
  site: BenefitSite,
  academy: Academy,
  options: { startsOn: PlainDate; trainees: number; capacity?: number; taughtBy?: Id },
): Promise<{ classId: Id; number: string; people: Id[] }> {
  const { startsOn, capacity = 40, taughtBy } = options
  const people: Id[] = []
  for (let nth = 0; nth < options.trainees; nth++) people.push((await site.person()).personId)
  const { personId: teacherId } = await site.person()
  return site.run(async (work) => {
    await recordCertificate(work, {
      ...{ personId: teacherId, number: `TEACHER-${++serial}`, kind: 'skill_level' as const, occupation, level: 2 },
      ...{ issuedOn: '2020-01-01', issuer: '示例' },
    })
    const { id: classId, number } = await openClass(work, academy.employerId, {
      ...{ projectId: academy.projectId, title: '养老护理五级班', startsOn, endsOn: addDays(startsOn, 1), capacity },
      place: '示例教室',
      ...(taughtBy !== undefined && { taughtBy: { employerId: taughtBy, contract: 'cooperation' as const } }),
    })
    const of = await getClass(work, classId)
    await enterTeacher(work, site.rulebook, of, { personId: teacherId, practiceYears: 10 })
    await enterSessions(
      work,
      of,
      [0, 1].map((day) => ({
        ...{ teacherId, topic: '护理实操', startsAt: startOfDate(addDays(startsOn, day), '08:00') },
        endsAt: startOfDate(addDays(startsOn, day), '16:00'),
      })),
    )
    for (const personId of people) await enrolTrainee(work, site.rulebook, { classId, personId, by: 'person' })
    return { classId, number, people }
  })
}

/** A file of both days for the people named. */
export async function attendanceFile(
  site: BenefitSite,
  people: readonly Id[],
  startsOn: PlainDate,
  { came = '07:55', left = '16:02' } = {},
): Promise<Buffer> {
  const numbers = await site.run((work) =>
    Promise.all(people.map((personId) => revealIdNumber(work, personId, 'attendance of subsidised training'))),
  )
  const lines = numbers.flatMap((idNumber, nth) =>
    [0, 1].map((day) => {
      const seconds = String((nth * 9) % 60).padStart(2, '0')
      return [idNumber, addDays(startsOn, day), `${came}:${seconds}`, left, 'K-01', '考勤机', '38.042', '114.51'].join(
        ',',
      )
    }),
  )
  return Buffer.from([attendanceColumns.join(','), ...lines].join('\n'))
}

/** Teaches a class to its end: attendance of those named, assessment and certificate of all. The site's clock is then a week behind the class. */
export async function teach(
  site: BenefitSite,
  { classId, people }: { classId: Id; people: readonly Id[] },
  startsOn: PlainDate,
  present: readonly Id[] = people,
): Promise<void> {
  site.moveTo(addDays(startsOn, 7))
  const file = await attendanceFile(site, present, startsOn)
  await site.run(async (work) => {
    const of = await getClass(work, classId)
    if (present.length > 0) must((await importAttendance(work, of, file)).imported || undefined, 'attendance')
    for (const personId of people) {
      const number = `CERT-${++serial}-${classId.slice(-6).toUpperCase()}`
      await recordCertificate(work, {
        ...{ personId, number, kind: 'skill_level' as const, occupation, level: 5 },
        ...{ issuedOn: addDays(startsOn, 4), issuer: '示例' },
      })
      await enterAssessments(work, of, [{ personId, passed: true, certificateNumber: number }])
    }
  })
}
