import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BenefitSite } from '../../benefits/testing.ts'
import { type Actor, addDays, type Id, must } from '../../ground/door.ts'
import { accessLogOf } from '../../people/door.ts'
import { type Academy, attendanceFile, newAcademy, newClass, teach, trainingSite } from './academy.testing.ts'
import { importAttendance, recordMoney } from './attendance.ts'
import { enterProject, findListing, recordDemand, removeIneffective, reviewProject } from './catalogue.ts'
import { getClass, openClass } from './classes.ts'
import { findingsOf, runDetection } from './detect/findings.ts'
import { enrolTrainee, withdrawEnrolment } from './enrolments.ts'
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
        expected: 'somebody enrolled in this class',
        found: '',
      })),
    })
    const late = await attendanceFile(site, people, startsOn, { came: '17:00' })
    expect((await importing(late)).problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
      ...['2 签退', '3 签退', '4 签退', '5 签退'],
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
    const { fresh } = await site.run((work) => runDetection(work, site.rulebook))
    expect(fresh).toBeGreaterThan(2)
    expect(await site.run((work) => runDetection(work, site.rulebook))).toMatchObject({ fresh: 0 })
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
