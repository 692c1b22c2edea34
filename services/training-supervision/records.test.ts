import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAndPay, type BenefitSite } from '../../benefits/testing.ts'
import { addDays, type Id, must, startOfDate } from '../../ground/door.ts'
import { certificatesOf, revealIdNumber, revokeCertificate } from '../../people/door.ts'
import { newAcademy, newClass, teach, trainingSite } from './academy.testing.ts'
import { factsOfClass } from './claim.ts'
import { takeList } from './class-lists.ts'
import { classView } from './class-views.ts'
import { enterTeacher, getClass } from './classes.ts'
import { cancelSession, correctAssessment, correctAttendance } from './corrections.ts'
import { findingsOf, runDetection } from './detect/findings.ts'
import { enrolTrainee } from './enrolments.ts'
import { changeLicenceTerm } from './institutions.ts'

const startsOn = '2026-03-10'
let site: BenefitSite
beforeAll(async () => {
  site = await trainingSite('2026-03-02')
})
afterAll(() => site.close())

describe('what an institution enters as lists, and puts right', () => {
  const csv = (rows: string[][]) => Buffer.from(rows.map((row) => row.join(',')).join('\r\n'))
  const numberOf = (personId: Id) => site.run((work) => revealIdNumber(work, personId, 'test'))
  const taking = (classId: Id, list: 'trainees' | 'sessions' | 'assessments', content: Buffer) =>
    site.run(async (work) => takeList(work, site.rulebook, await getClass(work, classId), { list, content }))
  const tools = () => ({ rulebook: site.rulebook, cases: () => site.cases })

  it('of each list what is right is entered, and of every other line the row and the reason are told', async () => {
    const academy = await newAcademy(site)
    const { classId, people } = await newClass(site, academy, { startsOn, trainees: 1 })
    const [trainee, teacher] = [await site.person(), await site.person()]
    const known = await numberOf(must(people[0], 'a trainee'))
    const fresh = await numberOf(trainee.personId)
    expect(await taking(classId, 'trainees', csv([['证件号码'], [known], [fresh], [''], ['123']]))).toEqual({
      entered: 1,
      problems: [
        { row: 2, column: '证件号码', code: 'already_enrolled', params: {} },
        { row: 5, column: '证件号码', code: 'cell.id_number', params: {} },
      ],
    })
    const teaches = await numberOf(teacher.personId)
    const of = await site.run((work) => getClass(work, classId), academy.actor)
    await site.run((work) => enterTeacher(work, site.rulebook, of, { personId: teacher.personId, practiceYears: 3 }))
    const hours = ['日期', '开始', '结束', '教师证件号码', '内容']
    const late = addDays(startsOn, 9)
    expect(
      await taking(
        classId,
        'sessions',
        // As spreadsheets in Chinese save it.
        gb18030(hours, [startsOn, '16:00', '17:00', teaches, '复习'], [late, '16:00', '17:00', teaches, '复习']),
      ),
    ).toMatchObject({ entered: 1, problems: [{ row: 3, code: 'cell.day_of_class' }] })
    const results = ['证件号码', '结果', '证书编号']
    const [good, bad] = [
      [fresh, '合格', 'sjz-0001'],
      [known, '不合格', 'SJZ-0002'],
    ]
    expect((await taking(classId, 'assessments', csv([results, good]))).problems).toMatchObject([
      { row: 2, code: 'assessment_before_end' },
    ])
    site.moveTo(addDays(startsOn, 3))
    expect(await taking(classId, 'assessments', csv([results, good, bad]))).toMatchObject({
      entered: 1,
      problems: [{ row: 3, column: '证书编号', code: 'cell.certificate_of_failed' }],
    })
    await expect(taking(classId, 'sessions', csv([['别的']]))).rejects.toMatchObject({ code: 'bad_input' })
    site.moveTo('2026-03-02')
  })

  it('attendance that was corrected stays on record and counts no more; the right times stand beside it; not once it is claimed', async () => {
    const academy = await newAcademy(site)
    const taught = await newClass(site, academy, { startsOn, trainees: 2 })
    await teach(site, taught, startsOn)
    const view = () => site.run((work) => classView(work, taught.classId), academy.actor)
    const [first, second] = (await view()).attendance
    const correct = (attendanceId: Id, times: { came: string; left: string } | null) =>
      site.run(
        async (work) =>
          correctAttendance(work, tools(), await getClass(work, taught.classId), {
            attendanceId,
            reason: '设备故障',
            times,
          }),
        academy.actor,
      )
    const wrong = must(first, 'an attendance')
    await correct(wrong.id, { came: '08:00', left: '10:00' })
    await expect(correct(wrong.id, null)).rejects.toMatchObject({ code: 'attendance_unknown' })
    await expect(correct(must(second, 'another').id, { came: '10:00', left: '09:00' })).rejects.toMatchObject({
      code: 'bad_input',
    })
    const { attendance, trainees } = await view()
    expect(attendance.find(({ id }) => id === wrong.id)?.corrected).toBe('设备故障')
    expect(attendance.find(({ corrects }) => corrects === wrong.id)).toMatchObject({
      outAt: startOfDate(startsOn, '10:00'),
    })
    expect(trainees.map(({ attendances }) => attendances)).toEqual([2, 2])
    // Two hours of sixteen are too few: the class is paid for the other one alone.
    const { caseId } = await site.open(academy.actor, {
      ...{ flow: 'training-claim', step: 'apply' },
      body: { answers: { classNumber: taught.number } },
    })
    expect((await site.view(caseId)).file.state).toMatchObject({ expected: { outcome: 'granted', amountFen: 100_000 } })
    await expect(correct(must(second, 'another').id, null)).rejects.toMatchObject({ code: 'class_claimed' })
    site.moveTo('2026-03-02')
  })

  it('an assessment that was corrected stays on record and counts no more, each correction names which; not once it is claimed', async () => {
    const academy = await newAcademy(site)
    const taught = await newClass(site, academy, { startsOn, trainees: 2 })
    await teach(site, taught, startsOn)
    const view = () => site.run((work) => classView(work, taught.classId), academy.actor)
    const [trainee] = (await view()).trainees
    const { personId, certificateNumber } = must(trainee, 'a trainee')
    expect(trainee).toMatchObject({ passed: true, assessmentNo: 0, assessmentCorrected: null })
    const correct = (corrects: number, passed: boolean, number: string | null, reason = '成绩录错') =>
      site.run(async (work) => {
        const of = await getClass(work, taught.classId)
        await correctAssessment(work, tools(), of, { personId, corrects, passed, certificateNumber: number, reason })
      }, academy.actor)
    const certified = async () => {
      const { trainees } = await site.run(async (work) => factsOfClass(work, await getClass(work, taught.classId)))
      return trainees.filter((each) => each.certified).length
    }
    expect(await certified()).toBe(2)
    await correct(0, false, null)
    expect((await view()).trainees[0]).toMatchObject({ passed: false, certificateNumber: null, assessmentNo: 1 })
    expect(await certified()).toBe(1)
    // Who has not seen the correction corrects nothing.
    await expect(correct(0, true, certificateNumber)).rejects.toMatchObject({ code: 'assessment_changed' })
    await expect(correct(1, false, certificateNumber)).rejects.toMatchObject({ code: 'bad_input' })
    await correct(1, true, certificateNumber, '复核后恢复')
    expect((await view()).trainees[0]).toMatchObject({
      ...{ passed: true, certificateNumber, assessmentNo: 2, assessmentCorrected: '复核后恢复' },
    })
    expect(await certified()).toBe(2)
    await site.open(academy.actor, {
      ...{ flow: 'training-claim', step: 'apply' },
      body: { answers: { classNumber: taught.number } },
    })
    await expect(correct(2, false, null)).rejects.toMatchObject({ code: 'class_claimed' })
    site.moveTo('2026-03-02')
  })

  it('of who was not assessed nothing is corrected', async () => {
    const academy = await newAcademy(site)
    const { classId, people } = await newClass(site, academy, { startsOn, trainees: 1 })
    const correction = { corrects: 0, passed: true, certificateNumber: null, reason: '录错' }
    await expect(
      site.run(async (work) =>
        correctAssessment(work, tools(), await getClass(work, classId), {
          ...{ personId: must(people[0], 'a trainee') },
          ...correction,
        }),
      ),
    ).rejects.toMatchObject({ code: 'assessment_unknown' })
  })

  it('hours that are called off before they begin are not taught', async () => {
    const academy = await newAcademy(site)
    const { classId } = await newClass(site, academy, { startsOn, trainees: 0 })
    const view = () => site.run((work) => classView(work, classId), academy.actor)
    const [hours] = (await view()).sessions
    const sessionId = must(hours, 'hours').id
    const cancel = () =>
      site.run(async (work) => cancelSession(work, await getClass(work, classId), { sessionId, reason: '教师生病' }))
    await cancel()
    await expect(cancel()).rejects.toMatchObject({ code: 'session_unknown' })
    expect((await view()).sessions.map(({ cancelled }) => cancelled)).toEqual(['教师生病', null])
    const facts = await site.run(async (work) => factsOfClass(work, await getClass(work, classId)))
    expect(facts.hoursTaught).toBe(8)
  })

  it('a licence that was revoked permits nothing any more', async () => {
    const academy = await newAcademy(site)
    const { employerId } = academy
    const change = (licensedTo: string | null) =>
      site.run((work) => changeLicenceTerm(work, { employerId, licensedTo, reason: '吊销' }))
    await change('2026-03-01')
    await expect(newClass(site, academy, { startsOn, trainees: 0 })).rejects.toMatchObject({
      code: 'institution_not_licensed',
    })
    await expect(change('2019-12-31')).rejects.toMatchObject({ code: 'bad_input' })
    await change(null)
    await newClass(site, academy, { startsOn, trainees: 0 })
  })
})

describe('C8.05: payment records beside class and attendance', () => {
  it('what was paid and is not borne out by the records any more is found, and so is who learns the same again for money', async () => {
    const academy = await newAcademy(site)
    const taught = await newClass(site, academy, { startsOn, trainees: 3 })
    await teach(site, taught, startsOn)
    await applyAndPay(site, academy.actor, { flow: 'training-claim', answers: { classNumber: taught.number } })
    const again = await newClass(site, academy, { startsOn: addDays(startsOn, 30), trainees: 0 })
    const [person] = taught.people
    const found = async () => {
      await site.run((work) => runDetection(work, { rulebook: site.rulebook, cases: () => site.cases }))
      const findings = await site.run((work) => findingsOf(work, { classId: taught.classId }))
      return findings.map(({ rule, params }) => ({ rule, params }))
    }
    expect((await found()).filter(({ rule }) => rule === 'paid_beyond_records')).toEqual([])
    await site.run(async (work) => {
      const [certificate] = await certificatesOf(work, must(person, 'a trainee'), {}, 'test')
      const { certificateId } = must(certificate, 'a certificate')
      await revokeCertificate(work, { certificateId, on: work.today, reason: '冒考' })
      await enrolTrainee(work, site.rulebook, {
        classId: again.classId,
        personId: must(person, 'a trainee'),
        by: 'institution',
      })
    })
    const after = await found()
    expect(after.find(({ rule }) => rule === 'paid_beyond_records')?.params).toMatchObject({
      paidFen: 300_000,
      dueFen: 200_000,
    })
    expect(after.find(({ rule }) => rule === 'repeated_course')?.params).toEqual({ classes: 2, paid: 1 })
    site.moveTo('2026-03-02')
  })
})

/** A list in the encoding that spreadsheets in Chinese use. */
function gb18030(...rows: string[][]): Buffer {
  const text = rows.map((row) => row.join(',')).join('\r\n')
  const table = new Map<string, number[]>()
  const decoder = new TextDecoder('gb18030')
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  }
  return Buffer.from(
    [...text].flatMap((letter) => (letter < '\x80' ? [letter.charCodeAt(0)] : (table.get(letter) ?? []))),
  )
}
