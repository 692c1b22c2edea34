import { booksOf } from '../../benefits/door.ts'
import { addDays, type Id, type PlainDate, startOfDate, type Work } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { type Chart, postTransfer } from '../../ledger/door.ts'
import { recordCertificate } from '../../people/door.ts'
import type { DemoWorld, ServiceTools } from '../contract.ts'
import { recordMoney } from './attendance.ts'
import { enterProject, recordDemand } from './catalogue.ts'
import { enterSessions, enterTeacher, getClass, openClass } from './classes.ts'
import { runDetection } from './detect/findings.ts'
import { enrolTrainee } from './enrolments.ts'
import { licenseInstitution } from './institutions.ts'
import { trainingTables } from './tables.ts'

const agency = '130100'
const care = '4-10-01-05'
const flowers = '6-99-00-01'
const fund = 'employment_special'

/**
 * Hebei's part of the demo world: an institution with a class to enrol in; another whose class is over, was taught by a third under a cooperation
 * contract, and has trainees who were elsewhere at the same hours. All invented.
 */
export async function seed(world: DemoWorld, tools: ServiceTools, chart: Chart): Promise<void> {
  const { rulebook } = tools
  if (world.node.region !== '130000') return
  await world.run(async (work) => {
    await openFund(work, chart)
    await recordDemand(work, demandOf(work, care, 60, 80))
    await recordDemand(work, demandOf(work, flowers, 1, 12))
    const teacherId = world.idOf('person:he-technician')
    const honest = await careClass(world, work, rulebook, teacherId)
    const bad = await flowerClass(world, work, rulebook, world.idOf('person:he-welder'))
    await teachBoth(world, work, honest, bad)
    await recordMoney(work, await getClass(work, bad), {
      ...{ personId: null, kind: 'recruitment_fee', counterparty: '示例劳务中介', amountFen: 180_000 },
      ...{ paidOn: addDays(work.today, -40), source: '银行流水（虚构）' },
    })
    await runDetection(work, tools)
  })
}

function demandOf({ today }: Work, occupation: string, vacancies: number, wishes: number) {
  return { agency, occupation, vacancies, wishes, from: addDays(today, -60), source: '演示数据（虚构）' }
}

/** Contributions of the budget so far: the fund's account cannot go below zero. */
async function openFund(work: Work, chart: Chart): Promise<void> {
  await postTransfer(work, {
    key: 'training-opening',
    kind: 'opening',
    on: '2026-01-01',
    books: booksOf(fund, work.node.region, chart),
    memo: { code: 'posting.opening', params: {} },
    entries: [
      { account: { name: 'fiscal_special_account' }, debitFen: 200_000_000 },
      { account: { name: 'contribution_income' }, creditFen: 200_000_000 },
    ],
  })
}

/** An institution for elderly care with a class to come; answers its class that is over. */
async function careClass(world: DemoWorld, work: Work, rulebook: Rulebook, teacherId: Id): Promise<Id> {
  const employerId = world.idOf('employer:he-care-home')
  await licenseInstitution(work, {
    ...{ employerId, licenceNumber: '示例民办130100001号', licensedFrom: '2020-01-01', licensedTo: null },
    fields: ['elderly_care'],
  })
  const projectId = await enterProject(work, rulebook, {
    ...{ employerId, code: 'SJZ-YL', title: '养老护理（五级）', field: 'elderly_care', occupation: care, level: 5 },
    ...{ hoursMin: 16, reason: '养老机构缺护理员', listedFrom: addDays(beganOn(work), -100) },
  })
  const startsOn = addDays(work.today, 14)
  const { id: classId } = await openClass(work, employerId, {
    ...{ projectId, title: '养老护理五级·周末班', startsOn, endsOn: addDays(startsOn, 1), capacity: 30 },
    place: '石家庄示例养老服务中心',
  })
  const of = await getClass(work, classId)
  await enterTeacher(work, rulebook, of, { personId: teacherId, practiceYears: 20 })
  await enterSessions(
    work,
    of,
    [0, 1].map((day) => ({ teacherId, topic: '护理实操', ...hoursOf(addDays(startsOn, day)) })),
  )
  await enrolTrainee(work, rulebook, { classId, personId: world.idOf('person:he-laid-off'), by: 'person' })
  return pastClass(world, work, {
    employerId,
    projectId,
    number: 'SJZ-YL-000',
    title: '养老护理五级·春季班',
    teacherId,
  })
}

/** An institution whose project is outside the focus fields, and whose class somebody else taught. */
async function flowerClass(world: DemoWorld, work: Work, rulebook: Rulebook, teacherId: Id): Promise<Id> {
  const employerId = world.idOf('employer:he-association')
  await licenseInstitution(work, {
    ...{ employerId, licenceNumber: '示例民办130100002号', licensedFrom: '2021-01-01', licensedTo: null },
    fields: ['other'],
  })
  const projectId = await enterProject(work, rulebook, {
    ...{ employerId, code: 'SJZ-HY', title: '花艺（五级）', field: 'other', occupation: flowers, level: 5 },
    ...{ hoursMin: 16, reason: '街道提出的需求' },
  })
  const taughtBy = world.idOf('employer:he-parts')
  const planned = { employerId, projectId, number: 'SJZ-HY-000', title: '花艺五级·春季班', teacherId, taughtBy }
  return pastClass(world, work, planned)
}

type PastClass = { employerId: Id; projectId: Id; number: string; title: string; teacherId: Id; taughtBy?: Id }

const trainees = ['he-jobless', 'he-resigned', 'he-twelve-months', 'he-eleven-months', 'he-shopkeeper'] as const

/** A class of two days that ended weeks ago, written down as it stands after its end. */
async function pastClass(world: DemoWorld, work: Work, planned: PastClass): Promise<Id> {
  const { employerId: employer_id, projectId: project_id, number, title, teacherId, taughtBy } = planned
  const [id, startsOn] = [work.newId(), beganOn(work)]
  const of = { class_id: id, agency, employer_id }
  const db = trainingTables(work)
  await db
    .insertInto('svc_training_supervision.class')
    .values({
      ...{ id, number, title, agency, employer_id, project_id, taught_by: taughtBy ?? employer_id },
      ...{
        contract: taughtBy === undefined ? null : 'cooperation',
        starts_on: startsOn,
        ends_on: addDays(startsOn, 1),
      },
      ...{ capacity: 30, place: '石家庄', recorded_at: work.now },
    })
    .execute()
  const isFit = taughtBy === undefined
  const because = isFit ? 'C8.08' : 'teacher_level_too_low'
  const teacher = { person_id: teacherId, practice_years: 20, qualified: isFit, because }
  await db
    .insertInto('svc_training_supervision.class_teacher')
    .values({ ...of, ...teacher })
    .execute()
  for (const day of [0, 1]) {
    const { startsAt: starts_at, endsAt: ends_at } = hoursOf(addDays(startsOn, day), taughtBy === undefined ? 0 : 1)
    const session = { id: work.newId(), teacher_id: teacherId, topic: '实操', starts_at, ends_at }
    await db
      .insertInto('svc_training_supervision.session')
      .values({ ...of, ...session })
      .execute()
  }
  const enrolled = { enrolled_on: addDays(startsOn, -5), enrolled_by: 'institution' as const, withdrawn_on: null }
  await db
    .insertInto('svc_training_supervision.enrolment')
    .values(
      traineesOfClass(taughtBy).map((name) => ({
        id: work.newId(),
        ...of,
        person_id: world.idOf(`person:${name}`),
        ...enrolled,
      })),
    )
    .execute()
  return id
}

/** Two of the flower class are trainees of the care class too. */
function traineesOfClass(taughtBy: Id | undefined): readonly string[] {
  return taughtBy === undefined ? trainees.slice(0, 4) : trainees.slice(2)
}

/** Attendance of both classes: of the care class by its terminal, of the flower class by one telephone for everybody. */
async function teachBoth(world: DemoWorld, work: Work, honest: Id, bad: Id): Promise<void> {
  for (const [classId, ofBad] of [
    [honest, undefined],
    [bad, bad],
  ] as const) {
    const { agency: at, employer_id, number } = await getClass(work, classId)
    const of = { class_id: classId, agency: at, employer_id }
    for (const [nth, name] of traineesOfClass(ofBad).entries()) {
      const personId = world.idOf(`person:${name}`)
      for (const day of [0, 1]) await attend(work, of, { personId, nth, day, isTerminal: ofBad === undefined })
      if (ofBad === undefined) await certify(work, of, personId, `${number}-${nth}`)
    }
  }
}

type OfClass = { class_id: Id; agency: string; employer_id: Id }

async function attend(
  work: Work,
  of: OfClass,
  { personId, nth, day, isTerminal }: { personId: Id; nth: number; day: number; isTerminal: boolean },
): Promise<void> {
  const on = addDays(beganOn(work), day)
  await trainingTables(work)
    .insertInto('svc_training_supervision.attendance')
    .values({
      ...{ id: work.newId(), ...of, person_id: personId, imported_at: work.now, is_terminal: isTerminal },
      ...{ in_at: startOfDate(on, `08:${50 + nth}`), out_at: startOfDate(on, '17:05') },
      ...{ device: isTerminal ? 'K-SJZ-01' : 'M-13900000000', latitude_e6: 38_042_000, longitude_e6: 114_510_000 },
      corrects: null,
    })
    .execute()
}

async function certify(work: Work, of: OfClass, personId: Id, number: string): Promise<void> {
  const assessedOn = addDays(beganOn(work), 3)
  await recordCertificate(work, {
    ...{ personId, number: `${number}-CERT`, kind: 'skill_level', occupation: care, level: 5 },
    ...{ issuedOn: assessedOn, issuer: '示例评价机构' },
  })
  const assessed = { assessed_on: assessedOn, passed: true, certificate_number: `${number}-CERT` }
  await trainingTables(work)
    .insertInto('svc_training_supervision.assessment')
    .values({ ...of, person_id: personId, ...assessed })
    .execute()
}

function beganOn({ today }: Work): PlainDate {
  return addDays(today, -30)
}

/** Eight hours of a day. */
function hoursOf(on: PlainDate, later = 0) {
  return { startsAt: startOfDate(on, later === 0 ? '09:00' : '09:30'), endsAt: startOfDate(on, '17:00') }
}
