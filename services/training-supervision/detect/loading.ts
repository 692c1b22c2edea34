import { applicationState, standingFen } from '../../../benefits/door.ts'
import { addDays, type Id, must, type PlainDate, type Work } from '../../../ground/door.ts'
import type { Rulebook } from '../../../law/door.ts'
import { certificatesOf, getPerson } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { numberOf } from '../asking.ts'
import { findDemand } from '../catalogue.ts'
import { factsOfClass } from '../claim.ts'
import { getClass } from '../classes.ts'
import { findClaim } from '../supervision/recovery.ts'
import { type ClassRow, standingAttendance, standingSessions, trainingTables } from '../tables.ts'
import {
  type ClassRecord,
  type DeathRecord,
  type HeldCertificate,
  type PaymentRecord,
  type Thresholds,
  type TrainingRecords,
  thresholdNames,
} from './records.ts'

const purpose = 'supervision of subsidised training'

/** The thresholds that hold today. */
export async function readThresholds(node: Work, rulebook: Rulebook, agency: string): Promise<Thresholds> {
  const at = { on: node.today, agency }
  const read = async (name: string) => [name, await numberOf(node, rulebook, name, at)] as const
  const entries = new Map(await Promise.all(thresholdNames.map(read)))
  const of = (name: (typeof thresholdNames)[number]) => must(entries.get(name), name)
  return {
    overlapMinutesMin: of('overlapMinutesMin'),
    burstTrainees: of('burstTrainees'),
    burstSeconds: of('burstSeconds'),
    phoneTraineesMax: of('phoneTraineesMax'),
    timetableToleranceMinutes: of('timetableToleranceMinutes'),
    travelSpeedMaxKmh: of('travelSpeedMaxKmh'),
    travelDistanceMinMetres: of('travelDistanceMinMetres'),
    traineesPerVacancyMax: of('traineesPerVacancyMax'),
    classesPerYearMax: of('classesPerYearMax'),
    attendedClaimedMinPpm: of('attendedClaimedMinPpm'),
    regularDaysMin: of('regularDaysMin'),
    regularTraineesMin: of('regularTraineesMin'),
    correctedMaxPpm: of('correctedMaxPpm'),
  }
}

/** The records of all classes of the node that ended in the last days or have not ended: people are compared across agencies. */
export async function loadRecords(node: Work, tools: ServiceTools, days: number): Promise<TrainingRecords> {
  const classes = await loadClasses(node, addDays(node.today, -days))
  const ids = classes.map(({ classId }) => classId)
  if (ids.length === 0) return noRecords
  const db = trainingTables(node)
  const trainees = await db
    .selectFrom('svc_training_supervision.enrolment')
    .select(['id as enrolmentId', 'class_id as classId', 'person_id as personId'])
    .where('class_id', 'in', ids)
    .where('withdrawn_on', 'is', null)
    .execute()
  return {
    classes,
    trainees,
    ...(await loadFromRegister(node, trainees)),
    payments: await loadPayments(node, tools, ids),
    sessions: await standingSessions(node)
      .select(['id as sessionId', 'class_id as classId', 'teacher_id as teacherId'])
      .select(['starts_at as startsAt', 'ends_at as endsAt'])
      .where('class_id', 'in', ids)
      .execute(),
    attendance: await standingAttendance(node)
      .select(['id as attendanceId', 'class_id as classId', 'person_id as personId', 'in_at as inAt'])
      .select(['out_at as outAt', 'device', 'is_terminal as isTerminal'])
      .select(['latitude_e6 as latitudeE6', 'longitude_e6 as longitudeE6', 'corrects'])
      .where('class_id', 'in', ids)
      .execute(),
    assessments: await db
      .selectFrom('svc_training_supervision.assessment')
      .select(['class_id as classId', 'person_id as personId', 'passed', 'certificate_number as certificateNumber'])
      .where('class_id', 'in', ids)
      .execute(),
    money: await db
      .selectFrom('svc_training_supervision.money_record')
      .select(['id as moneyId', 'class_id as classId', 'person_id as personId', 'kind', 'amount_fen as amountFen'])
      .where('class_id', 'in', ids)
      .execute(),
    corrected: await db
      .selectFrom('svc_training_supervision.attendance_correction as correction')
      .innerJoin('svc_training_supervision.attendance as attendance', 'attendance.id', 'correction.attendance_id')
      .innerJoin('svc_training_supervision.class as class', 'class.id', 'correction.class_id')
      .select(['attendance.id as attendanceId', 'correction.class_id as classId', 'correction.person_id as personId'])
      .where('correction.class_id', 'in', ids)
      .where('attendance.corrects', 'is', null)
      .where('class.ends_on', '<', node.today)
      .execute(),
    teachers: await db
      .selectFrom('svc_training_supervision.class_teacher')
      .select(['class_id as classId', 'person_id as personId', 'qualified'])
      .where('class_id', 'in', ids)
      .execute(),
  }
}

const noRecords: TrainingRecords = {
  ...{ classes: [], sessions: [], trainees: [], attendance: [] },
  ...{ assessments: [], certificates: [], money: [], teachers: [] },
  ...{ corrected: [], payments: [], deaths: [] },
}

async function loadClasses(node: Work, since: PlainDate): Promise<ClassRecord[]> {
  const rows = await trainingTables(node)
    .selectFrom('svc_training_supervision.class as class')
    .innerJoin('svc_training_supervision.project as project', 'project.id', 'class.project_id')
    .select(['class.id', 'class.agency', 'class.employer_id', 'taught_by', 'starts_on', 'ends_on'])
    .select(['field', 'occupation', 'level'])
    .where('ends_on', '>=', since)
    .execute()
  const classes: ClassRecord[] = []
  for (const row of rows) {
    const demand = await findDemand(node, row)
    classes.push({
      ...{ classId: row.id, employerId: row.employer_id, taughtBy: row.taught_by },
      ...{ field: row.field, occupation: row.occupation, level: row.level },
      ...{ startsOn: row.starts_on, endsOn: row.ends_on, vacancies: demand?.vacancies ?? null },
    })
  }
  return classes
}

/** What the register of persons has of every trainee: certificates, and whether they died; each look is in the person's access log. */
async function loadFromRegister(
  node: Work,
  trainees: ReadonlyArray<{ personId: Id }>,
): Promise<Pick<TrainingRecords, 'certificates' | 'deaths'>> {
  const certificates: HeldCertificate[] = []
  const deaths: DeathRecord[] = []
  for (const personId of new Set(trainees.map((each) => each.personId))) {
    const held = await certificatesOf(node, personId, {}, purpose)
    certificates.push(
      ...held
        .filter(({ revokedOn }) => revokedOn === null)
        .map(({ number, occupation, level, issuedOn }) => ({ personId, number, occupation, level, issuedOn })),
    )
    const { diedOn } = await getPerson(node, personId, purpose)
    if (diedOn !== null) deaths.push({ personId, diedOn })
  }
  return { certificates, deaths }
}

/** What was ordered of the classes' subsidies, beside what the rule says of their records now. */
async function loadPayments(node: Work, tools: ServiceTools, ids: readonly Id[]): Promise<PaymentRecord[]> {
  const payments: PaymentRecord[] = []
  for (const classId of ids) {
    const of = await getClass(node, classId)
    const claim = await findClaim(node, tools, { employerId: of.employer_id, classNumber: of.number })
    if (!claim) continue
    const { file } = await tools.cases().get(node, claim.caseId)
    const { orders, appliedOn } = applicationState.parse(file.state)
    const paidFen = standingFen(orders)
    if (paidFen === 0) continue
    const dueFen = await dueByRecords(node, tools, of, must(appliedOn, 'day of an application'))
    payments.push({ claimId: claim.caseId, classId, paidFen, dueFen })
  }
  return payments
}

/** By the rule of the day of the claim: a standard that changes later makes nothing that was paid too much. */
async function dueByRecords(node: Work, { rulebook }: ServiceTools, of: ClassRow, on: PlainDate): Promise<number> {
  const { decision } = await rulebook.decide(node, {
    ...{ policy: 'training-claim', on, insuredRegion: of.agency },
    // A case that is open leaves the class to people; what its records come to is asked all the same.
    facts: { ...(await factsOfClass(node, of)), ended: of.ends_on < on, underInvestigation: false },
  })
  return Number(decision.results.subsidyFen?.value ?? 0)
}
