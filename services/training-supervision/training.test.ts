import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BenefitSite } from '../../benefits/testing.ts'
import { type Actor, addDays, type Id, must, startOfDate } from '../../ground/door.ts'
import { accessLogOf, certificatesOf } from '../../people/door.ts'
import { type Academy, attendanceFile, newAcademy, newClass, teach, trainingSite } from './academy.testing.ts'
import { enterAssessments, importAttendance, recordMoney } from './attendance.ts'
import { enterProject, findListing, getProject, recordDemand, removeIneffective, reviewProject } from './catalogue.ts'
import { classView } from './class-views.ts'
import { enterSessions, getClass, openClass } from './classes.ts'
import { findingsOf, runDetection } from './detect/findings.ts'
import { enrolTrainee, withdrawEnrolment } from './enrolments.ts'
import { licenseInstitution } from './institutions.ts'
import { residentRoutes } from './routes-resident.ts'
import type { SanctionKind, ViolationKind } from './tables.ts'

const startsOn = '2026-03-10'

let site: BenefitSite
beforeAll(async () => {
  site = await trainingSite('2026-03-02')
})
afterAll(() => site.close())

const enrol = (classId: Id, personId: Id) =>
  site.run((work) => enrolTrainee(work, site.rulebook, { classId, personId, by: 'person' }))

async function approved(claimId: Id): Promise<void> {
  await site.take(await site.officer('accept'), claimId, 'accept', { outcome: 'accepted' })
  await site.take(await site.officer('review'), claimId, 'review', { opinion: '属实' })
  await site.take(await site.officer('approve'), claimId, 'approve', { outcome: 'approved', opinion: '同意' })
}

async function paid(): Promise<void> {
  const batch = await site.open(await site.officer('pay'), { flow: 'training-claim-payment', body: {} })
  await site.take(await site.officer('approve'), batch.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  await site.take(await site.officer('pay'), batch.caseId, 'recordResult', { lines: [], othersPaid: true })
}

const claim = (actor: Actor, classNumber: string) =>
  site.open(actor, { flow: 'training-claim', step: 'apply', body: { answers: { classNumber } } })

/** A case from the class to the decision: who did what in it is other people's. */
async function sanctioned(
  academy: Academy,
  classId: Id,
  options: { violation: ViolationKind; sanctions: SanctionKind[]; disallowed?: Id[]; wholeClass?: boolean },
): Promise<Id> {
  const { violation: kind, sanctions, disallowed = [], wholeClass = false } = options
  const supervisor = await site.officer('supervisor')
  const { caseId } = await site.open(supervisor, { flow: 'training-supervision', body: { classId, complaint: '举报' } })
  const violations = [{ kind, established: true, note: '查实' }]
  await site.take(supervisor, caseId, 'investigate', { violations, disallowed, wholeClass })
  await site.take(academy.actor, caseId, 'makeStatement', { statement: '我们有说明' })
  await site.take(supervisor, caseId, 'propose', { sanctions, reasons: '按建议' })
  await site.take(await site.officer('approve', { another: true }), caseId, 'decide', {
    outcome: 'approved',
    opinion: '同意',
  })
  return caseId
}

describe('B1.05: enrolment in training by the resident', () => {
  it('enrols until the class is full, not twice, and takes it back before the class begins', async () => {
    const academy = await newAcademy(site)
    const { classId } = await newClass(site, academy, { startsOn, trainees: 1, capacity: 2 })
    const [first, second] = [await site.person(), await site.person()]
    const enrolmentId = await enrol(classId, first.personId)
    await expect(enrol(classId, first.personId)).rejects.toMatchObject({ code: 'already_enrolled' })
    await expect(enrol(classId, second.personId)).rejects.toMatchObject({ code: 'class_full' })
    await site.run((work) => withdrawEnrolment(work, first.personId, enrolmentId))
    await enrol(classId, second.personId)
    const looks = await site.run((work) => accessLogOf(work, second.personId, 20))
    expect(looks.map(({ purpose }) => purpose)).toContain('enrolment in training')
  })

  it('a resident sees the classes to come with how many are in them, and after enrolling their own', async () => {
    const academy = await newAcademy(site)
    const { classId } = await newClass(site, academy, { startsOn, trainees: 2 })
    const { actor } = await site.person()
    const routes = residentRoutes({ rulebook: site.rulebook, cases: () => site.cases })
    const call = (path: string, body: unknown = {}) => {
      const route = must(
        routes.find((each) => each.path === path),
        path,
      )
      return site.run(
        async (work) => route.answer.parse(await route.handle(work, { params: {}, query: {}, body })),
        actor,
      )
    }
    const own = { classId, enrolled: 3, capacity: 40, enrolmentId: expect.any(String) }
    const before = {
      items: expect.arrayContaining([expect.objectContaining({ classId, enrolled: 2, enrolmentId: null })]),
    }
    expect(await call('/open-classes')).toMatchObject(before)
    await call('/enrolments', { classId })
    expect(await call('/open-classes')).toMatchObject({ items: expect.arrayContaining([expect.objectContaining(own)]) })
  })

  it('of two who come at once for the last place one gets it', async () => {
    const academy = await newAcademy(site)
    const { classId } = await newClass(site, academy, { startsOn, trainees: 0, capacity: 1 })
    const people = await Promise.all([site.person(), site.person(), site.person()])
    const answers = await Promise.allSettled(people.map(({ personId }) => enrol(classId, personId)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('C8.09: the guidance catalogue is adjusted', () => {
  it('a project without posts is not entered; one that has lost them is removed with the evidence', async () => {
    const { employerId, projectId } = await newAcademy(site)
    const demand = { agency: '130000', occupation: '9-99', vacancies: 0, wishes: 5, from: '2026-03-01', source: '示例' }
    await site.run((work) => recordDemand(work, demand))
    const project = {
      employerId,
      code: 'X9',
      title: '无岗项目',
      field: 'other' as const,
      level: 5,
      hoursMin: 40,
      reason: '试',
    }
    const enter = () => site.run((work) => enterProject(work, site.rulebook, { ...project, occupation: '9-99' }))
    await expect(enter()).rejects.toMatchObject({ code: 'no_posts_for_project' })
    await site.run((work) => recordDemand(work, { ...demand, vacancies: 3, from: '2026-03-02' }))
    const entered = await enter()
    await expect(site.run((work) => removeIneffective(work, site.rulebook, entered))).rejects.toMatchObject({
      code: 'project_still_effective',
    })
    await site.run((work) => recordDemand(work, { ...demand, from: '2026-03-03' }))
    const { effect } = await site.run((work) => reviewProject(work, site.rulebook, entered))
    expect(effect).toMatchObject({ vacancies: 0, wishes: 5, graduates: 0 })
    expect(await site.run((work) => removeIneffective(work, site.rulebook, entered))).toBe('no_posts_for_project')
    expect(await site.run((work) => findListing(work, entered, '2026-03-02'))).toBeUndefined()
    expect(await site.run((work) => findListing(work, projectId, '2026-03-02'))).toBeDefined()
  })
})

describe('attendance from a file', () => {
  it('is taken over whole, once, or not at all with what is wrong by row', async () => {
    const academy = await newAcademy(site)
    const { classId, people } = await newClass(site, academy, { startsOn, trainees: 2 })
    const stranger = await site.person()
    site.moveTo('2026-03-20')
    const wrong = await attendanceFile(site, [...people, stranger.personId], startsOn)
    const importing = (file: Buffer) =>
      site.run(async (work) => importAttendance(work, await getClass(work, classId), file))
    expect(await importing(wrong)).toEqual({
      ...{ imported: 0, known: 0 },
      problems: [6, 7].map((row) => ({
        row,
        column: '证件号码',
        ...{ code: 'cell.trainee_of_class', params: {} },
      })),
    })
    const late = await attendanceFile(site, people, startsOn, { came: '17:00' })
    expect((await importing(late)).problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
      ...['2 签退', '3 签退', '4 签退', '5 签退'],
    ])
    const nowhere = (await attendanceFile(site, people, startsOn)).toString().replaceAll('38.042,114.51', '138,214.51')
    expect((await importing(Buffer.from(nowhere))).problems.map(({ row, column }) => `${row} ${column}`)).toEqual(
      [2, 3, 4, 5].flatMap((row) => [`${row} 纬度`, `${row} 经度`]),
    )
    const atOnce = (
      await attendanceFile(site, people.slice(0, 1), startsOn, { came: '08:00', left: '08:00:00' })
    ).toString()
    expect((await importing(Buffer.from(atOnce))).problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
      ...['2 签退', '3 签退'],
    ])
    const right = await attendanceFile(site, people, startsOn)
    expect(await importing(right)).toMatchObject({ imported: 4, known: 0 })
    expect(await importing(right)).toMatchObject({ imported: 0, known: 4 })
    site.moveTo('2026-03-02')
  })
})

describe('C8.04: what a class is paid', () => {
  it('pays for those who were there and are certified, once', async () => {
    const academy = await newAcademy(site)
    const taught = await newClass(site, academy, { startsOn, trainees: 3 })
    await expect(claim(academy.actor, 'no-such')).rejects.toMatchObject({ code: 'class_unknown' })
    await teach(site, taught, startsOn, taught.people.slice(0, 2))
    const { caseId } = await claim(academy.actor, taught.number)
    await approved(caseId)
    const { file } = await site.view(caseId)
    expect(file.state).toMatchObject({ found: { outcome: 'granted', amountFen: 200_000 } })
    await expect(claim(academy.actor, taught.number)).rejects.toMatchObject({ code: 'already_applied' })
    site.moveTo('2026-03-02')
  })
})

describe('C8.05: what would be paid twice', () => {
  it('a certificate is reported of one class, and a class is not paid by that of another', async () => {
    const academies = [await newAcademy(site), await newAcademy(site)] as const
    const [first, second] = [
      await newClass(site, academies[0], { startsOn, trainees: 1 }),
      await newClass(site, academies[1], { startsOn: addDays(startsOn, 3), trainees: 0 }),
    ]
    const [personId = ''] = first.people
    await enrol(second.classId, personId)
    await teach(site, first, startsOn)
    site.moveTo(addDays(startsOn, 9))
    const attendance = await attendanceFile(site, [personId], addDays(startsOn, 3))
    await site.run(async (work) => importAttendance(work, await getClass(work, second.classId), attendance))
    const [certificate] = await site.run((work) => certificatesOf(work, personId, {}, 'test'))
    const report = (certificateNumber: string | null) =>
      site.run(async (work) =>
        enterAssessments(work, await getClass(work, second.classId), [{ personId, passed: true, certificateNumber }]),
      )
    await expect(report(must(certificate, 'certificate').number)).rejects.toMatchObject({
      code: 'certificate_of_other_class',
    })
    await report(null)
    for (const [academy, { number }, amountFen] of [
      [academies[0], first, 100_000],
      [academies[1], second, 0],
    ] as const) {
      const { caseId } = await claim(academy.actor, number)
      await approved(caseId)
      expect((await site.view(caseId)).file.state).toMatchObject({ found: { amountFen } })
    }
    site.moveTo('2026-03-02')
  })

  it('hours are on the days of the class, and not entered once they have begun', async () => {
    const academy = await newAcademy(site)
    const { classId } = await newClass(site, academy, { startsOn, trainees: 0 })
    const enter = (startsAt: string, endsAt: string) =>
      site.run(async (work) => {
        const teacherId = must((await classView(work, classId)).teachers[0], 'teacher').personId
        await enterSessions(work, await getClass(work, classId), [{ teacherId, startsAt, endsAt, topic: '实操' }])
      })
    const at = (day: number, time: string) => startOfDate(addDays(startsOn, day), time)
    const wrong = (path: string) => ({ problems: [expect.objectContaining({ path })] })
    await expect(enter(at(2, '08:00'), at(2, '09:00'))).rejects.toMatchObject(wrong('sessions.0.startsAt'))
    await expect(enter(at(-1, '08:00'), at(-1, '09:00'))).rejects.toMatchObject(wrong('sessions.0.startsAt'))
    await expect(enter(at(0, '09:00'), at(0, '09:00'))).rejects.toMatchObject(wrong('sessions.0.endsAt'))
    await expect(enter(at(0, '09:00'), at(1, '09:00'))).rejects.toMatchObject(wrong('sessions.0.endsAt'))
    await enter(at(0, '18:00'), at(0, '19:00'))
    site.moveTo(addDays(startsOn, 1))
    await expect(enter(at(0, '19:00'), at(0, '20:00'))).rejects.toMatchObject({ code: 'session_already_begun' })
    site.moveTo('2026-03-02')
  })
})

describe('what cannot be entered', () => {
  it('a class taught by the institution itself under a contract, a licence that ends before it begins, a code used by anybody', async () => {
    const academy = await newAcademy(site)
    await expect(
      newClass(site, academy, { startsOn, trainees: 0, taughtBy: academy.employerId }),
    ).rejects.toMatchObject({ problems: [expect.objectContaining({ path: 'taughtBy.employerId' })] })
    await expect(
      newClass(site, academy, { startsOn, trainees: 0, taughtBy: '00000000-0000-7000-8000-000000000000' }),
    ).rejects.toMatchObject({ code: 'employer_unknown' })

    const { employerId } = await site.employer({ agency: '130100' })
    const licensed = (licensedTo: string | null) =>
      site.run((work) =>
        licenseInstitution(work, {
          ...{ employerId, licenceNumber: '示例民办许可特1号', licensedFrom: '2020-01-02', licensedTo },
          fields: ['other', 'other'],
        }),
      )
    await expect(licensed('2020-01-01')).rejects.toMatchObject({
      problems: [expect.objectContaining({ path: 'licensedTo' })],
    })
    await licensed(null)
    const demand = { agency: '130100', occupation: '9-98', vacancies: 1, wishes: 1, from: '2026-03-01', source: '示例' }
    await site.run((work) => recordDemand(work, demand))
    const { code } = await site.run((work) => getProject(work, academy.projectId))
    const project = { code, title: '同码项目', field: 'other' as const, level: 5, hoursMin: 40, reason: '试' }
    await expect(
      site.run((work) => enterProject(work, site.rulebook, { employerId, occupation: '9-98', ...project })),
    ).rejects.toMatchObject({ code: 'project_code_taken' })
  })
})

describe('C8.06: from the suspicion to the money that comes back', () => {
  it('C8-t1, C8-t2, C8-t3: found, heard, decided by another, recovered, recruitment and catalogue stopped; set aside, all stands again', async () => {
    const [academy, other] = [await newAcademy(site), await newAcademy(site)]
    const taught = await newClass(site, academy, { startsOn, trainees: 2 })
    // A second class, taught by another institution, with a trainee of the first at the same hours.
    const passedOn = await newClass(site, other, { startsOn, trainees: 0, taughtBy: academy.employerId })
    await enrol(passedOn.classId, taught.people[0] ?? '')
    await teach(site, taught, startsOn)
    const { caseId: claimId } = await claim(academy.actor, taught.number)
    await approved(claimId)
    await paid()
    site.moveTo(addDays(startsOn, 8))
    const again = await attendanceFile(site, taught.people.slice(0, 1), startsOn)
    await site.run(async (work) => importAttendance(work, await getClass(work, passedOn.classId), again))
    await site.run(async (work) =>
      recordMoney(work, await getClass(work, taught.classId), {
        ...{ personId: null, kind: 'recruitment_fee', counterparty: '示例中介', amountFen: 60_000 },
        ...{ paidOn: '2026-03-01', source: '银行流水' },
      }),
    )
    const { fresh } = await site.run((work) => runDetection(work, { rulebook: site.rulebook, cases: () => site.cases }))
    expect(fresh).toBeGreaterThan(2)
    expect(
      await site.run((work) => runDetection(work, { rulebook: site.rulebook, cases: () => site.cases })),
    ).toMatchObject({ fresh: 0 })
    const rulesOf = async (classId: Id) =>
      (await site.run((work) => findingsOf(work, { classId }))).map(({ rule }) => rule)
    expect(await rulesOf(taught.classId)).toEqual(expect.arrayContaining(['overlapping_attendance', 'recruitment_fee']))
    expect(await rulesOf(passedOn.classId)).toEqual(expect.arrayContaining(['overlapping_attendance', 'subcontracted']))
    // The institution does not see what was found before it is heard.
    expect(await site.run((work) => findingsOf(work), academy.actor)).toEqual([])

    const supervisor = await site.officer('supervisor')
    const [finding] = await site.run((work) => findingsOf(work, { classId: taught.classId }))
    const { caseId } = await site.open(supervisor, {
      flow: 'training-supervision',
      body: { classId: taught.classId, findingIds: [finding?.findingId] },
    })
    await expect(
      site.open(supervisor, { flow: 'training-supervision', body: { classId: taught.classId, complaint: '再报' } }),
    ).rejects.toMatchObject({ code: 'matter_open' })
    await site.take(supervisor, caseId, 'investigate', {
      violations: [{ kind: 'claiming_in_anothers_name', established: true, note: '同一人两处签到' }],
      disallowed: taught.people.slice(0, 1),
    })
    await expect(site.take(supervisor, caseId, 'propose', {})).rejects.toBeDefined()
    await site.take(academy.actor, caseId, 'makeStatement', { statement: '系统录入有误' })
    const sanctions = ['recover_subsidy', 'suspend_recruitment', 'remove_from_catalogue', 'order_rectification']
    await site.take(supervisor, caseId, 'propose', { sanctions, reasons: '骗补' })
    await expect(
      site.take(supervisor, caseId, 'decide', { outcome: 'approved', opinion: '同意' }),
    ).rejects.toMatchObject({
      code: 'not_your_step',
    })
    await site.take(await site.officer('approve'), caseId, 'decide', { outcome: 'approved', opinion: '同意' })

    const { file } = await site.view(caseId)
    expect(file.state).toMatchObject({
      proposedByRule: expect.arrayContaining(['recover_subsidy', 'suspend_recruitment', 'order_rectification']),
      rectifyBy: addDays(addDays(startsOn, 8), 30),
    })
    // 追回: one trainee of two is not counted any more, and what was paid for them is owed back.
    expect((await site.view(claimId)).file.state).toMatchObject({ found: { amountFen: 100_000 }, owedFen: 100_000 })
    const next = { startsOn: addDays(startsOn, 30), trainees: 0 }
    await expect(newClass(site, academy, next)).rejects.toMatchObject({ code: 'project_not_in_catalogue' })

    await site.take(academy.actor, caseId, 'object', { grounds: '证据不足' })
    await site.take(await site.officer('approve', { another: true }), caseId, 'decideObjection', {
      outcome: 'set_aside',
      reasons: '证据不足',
    })
    expect((await site.view(claimId)).file.state).toMatchObject({ found: { amountFen: 200_000 } })
    expect((await site.view(caseId)).file.status).toBe('heard')
    site.moveTo('2026-03-02')
  })

  it('C8-t3: who had enrolled before cannot be joined by others once the catalogue or recruitment is closed; a lifted sanction opens it', async () => {
    const academy = await newAcademy(site)
    const { classId } = await newClass(site, academy, { startsOn, trainees: 1 })
    const caseId = await sanctioned(academy, classId, {
      violation: 'training_loan',
      sanctions: ['suspend_recruitment', 'remove_from_catalogue', 'administrative_penalty'],
    })
    const { personId } = await site.person()
    await expect(enrol(classId, personId)).rejects.toMatchObject({ code: 'recruitment_suspended' })
    const { state } = (await site.view(caseId)).file as {
      state: { sanctions: Array<{ sanctionId: Id; kind: string }> }
    }
    const liftOne = async (kind: string) =>
      site.take(await site.officer('approve'), caseId, 'lift', {
        sanctionId: state.sanctions.find((each) => each.kind === kind)?.sanctionId,
        reason: '已整改',
      })
    await liftOne('suspend_recruitment')
    await expect(enrol(classId, personId)).rejects.toMatchObject({ code: 'project_not_in_catalogue' })
    await liftOne('remove_from_catalogue')
    await enrol(classId, personId)
    await expect(liftOne('remove_from_catalogue')).rejects.toMatchObject({ code: 'sanction_not_in_force' })
    const referral = { to: '示例司法机关', reference: 'YS-1', referredOn: '2026-03-02' }
    const supervisor = await site.officer('supervisor')
    await expect(
      site.take(supervisor, caseId, 'noteReferral', { kind: 'refer_to_justice', ...referral }),
    ).rejects.toMatchObject({
      code: 'sanction_not_decided',
    })
    await site.take(supervisor, caseId, 'noteReferral', { kind: 'administrative_penalty', ...referral })
  })

  it('C8.06: what two cases removed from the catalogue comes back with the last of them; nothing is entered meanwhile', async () => {
    const academy = await newAcademy(site)
    const classes = [
      await newClass(site, academy, { startsOn, trainees: 0 }),
      await newClass(site, academy, { startsOn, trainees: 0 }),
    ]
    const cases: Id[] = []
    for (const { classId } of classes) {
      cases.push(
        await sanctioned(academy, classId, { violation: 'false_training', sanctions: ['remove_from_catalogue'] }),
      )
    }
    const listed = async () =>
      (await site.run((work) => findListing(work, academy.projectId, '2026-03-02'))) !== undefined
    const lift = async (caseId: Id | undefined) => {
      const { state } = (await site.view(caseId ?? '')).file as { state: { sanctions: Array<{ sanctionId: Id }> } }
      const body = { sanctionId: state.sanctions[0]?.sanctionId, reason: '已整改' }
      await site.take(await site.officer('approve'), caseId ?? '', 'lift', body)
    }
    await lift(cases[0])
    expect(await listed()).toBe(false)
    const {
      id: _,
      agency: __,
      employer_id: ___,
      recorded_at: ____,
      hours_min,
      ...own
    } = await site.run((work) => getProject(work, academy.projectId))
    const again = { ...own, code: `${own.code}-2`, employerId: academy.employerId, hoursMin: hours_min, reason: '试' }
    const enter = () => site.run((work) => enterProject(work, site.rulebook, again))
    await expect(enter()).rejects.toMatchObject({ code: 'institution_removed' })
    await lift(cases[1])
    expect(await listed()).toBe(true)
    await enter()
  })

  it('C8.06: no subsidy is recovered where nobody was disallowed', async () => {
    const academy = await newAcademy(site)
    const { classId } = await newClass(site, academy, { startsOn, trainees: 1 })
    await expect(
      sanctioned(academy, classId, { violation: 'collusion', sanctions: ['recover_subsidy'] }),
    ).rejects.toMatchObject({ code: 'recovery_of_nobody' })
  })

  it('C8.03: a class that another institution teaches under a cooperation contract is paid nothing', async () => {
    const [academy, other] = [await newAcademy(site), await newAcademy(site)]
    const passedOn = await newClass(site, academy, { startsOn, trainees: 1, taughtBy: other.employerId })
    await teach(site, passedOn, startsOn)
    const { caseId } = await claim(academy.actor, passedOn.number)
    await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    await site.take(await site.officer('review'), caseId, 'review', { opinion: '属实' })
    expect((await site.view(caseId)).file).toMatchObject({
      status: 'refused',
      state: { found: { reason: 'class_subcontracted', because: 'C8.03' } },
    })
    site.moveTo('2026-03-02')
  })

  it('a class of which a case is open is decided by people; a case without evidence is closed and frees it', async () => {
    const academy = await newAcademy(site)
    const taught = await newClass(site, academy, { startsOn, trainees: 1 })
    await teach(site, taught, startsOn)
    const supervisor = await site.officer('supervisor')
    const { caseId } = await site.open(supervisor, {
      flow: 'training-supervision',
      body: { classId: taught.classId, complaint: '举报' },
    })
    const { caseId: claimId } = await claim(academy.actor, taught.number)
    expect((await site.view(claimId)).file.state).toMatchObject({ expected: { reason: 'class_under_investigation' } })
    await site.take(supervisor, caseId, 'dismiss', { reasons: '查无实据' })
    await approved(claimId)
    expect((await site.view(claimId)).file.state).toMatchObject({ found: { amountFen: 100_000 } })
    site.moveTo('2026-03-02')
  })

  it('a claim that stands between two officers is not undercut: the decision waits for it', async () => {
    const academy = await newAcademy(site)
    const taught = await newClass(site, academy, { startsOn, trainees: 1 })
    await teach(site, taught, startsOn)
    const { caseId: claimId } = await claim(academy.actor, taught.number)
    await site.take(await site.officer('accept'), claimId, 'accept', { outcome: 'accepted' })
    await site.take(await site.officer('review'), claimId, 'review', { opinion: '属实' })
    await expect(
      sanctioned(academy, taught.classId, { violation: 'collusion', sanctions: ['recover_subsidy'], wholeClass: true }),
    ).rejects.toMatchObject({ code: 'claim_under_way' })
    site.moveTo('2026-03-02')
  })

  it('another institution’s class is not opened, seen or claimed', async () => {
    const [academy, other] = [await newAcademy(site), await newAcademy(site)]
    const { classId, number } = await newClass(site, academy, { startsOn, trainees: 1 })
    const planned = {
      ...{ projectId: academy.projectId, title: '别人的班', startsOn, endsOn: startsOn, capacity: 5, place: '示例' },
    }
    await expect(site.run((work) => openClass(work, other.employerId, planned))).rejects.toMatchObject({
      code: 'class_not_yours',
    })
    await expect(site.run((work) => getClass(work, classId), other.actor)).rejects.toMatchObject({
      code: 'class_unknown',
    })
    await expect(claim(other.actor, number)).rejects.toMatchObject({ code: 'class_unknown' })
  })
})
