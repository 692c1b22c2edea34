import { afterEach, describe, expect, it } from 'vitest'
import { startOfDate, systemActor } from '../ground/door.ts'
import { officialCalendar } from '../law/door.ts'
import { type Club, openClub } from './club.testing.ts'
import { deadlinesOf, recomputeDeadlines } from './door.ts'

let club: Club
afterEach(() => club.node.close())

async function openOn(date: string): Promise<Club> {
  club = await openClub({ now: startOfDate(date, '09:00') })
  return club
}

const moveTo = (date: string) => club.node.clock.moveTo(startOfDate(date, '09:00'))

async function deadlineOf(caseId: string) {
  const [deadline] = await club.as(club.acceptor, (work) => deadlinesOf(work, caseId))
  return deadline
}

const missing = { missing: ['a photograph'] }

describe('five working days to decide, counted from the day after', () => {
  it.each([
    ['an ordinary week', '2026-05-11', '2026-05-18'],
    ['over Labour Day, whose Saturday 9 May is worked', '2026-04-29', '2026-05-09'],
    ['over National Day and the shifted Saturday after it', '2026-09-30', '2026-10-13'],
    ['over National Day 2025', '2025-09-30', '2025-10-14'],
  ])('%s: from %s to %s', async (_, from, dueOn) => {
    await openOn(from)
    const { caseId } = await club.apply()
    expect(await deadlineOf(caseId)).toMatchObject({ name: 'decide', state: 'running', dueOn, assumed: false })
  })
})

describe('one request to complete stops the clock (一次性补正告知)', () => {
  it.each([
    ['answered the same day: nothing is lost', '2026-05-13', '2026-05-13', 3, '2026-05-18'],
    ['answered a week later: what remained is counted again', '2026-05-13', '2026-05-20', 3, '2026-05-25'],
    ['stopped on the last day: none remain after the day of resuming', '2026-05-18', '2026-05-26', 0, '2026-05-26'],
    ['answered on the eve of National Day', '2026-05-13', '2026-09-30', 3, '2026-10-10'],
    ['answered in the middle of a holiday', '2026-05-13', '2026-10-03', 3, '2026-10-10'],
  ])('%s', async (_, stopOn, resumeOn, remainingDays, dueOn) => {
    await openOn('2026-05-11')
    const { caseId } = await club.apply()
    moveTo(stopOn)
    const { status } = await club.take(club.acceptor, caseId, 'requestCompletion', missing)
    expect(status).toBe('awaiting_completion')
    expect(await deadlineOf(caseId)).toMatchObject({ state: 'stopped', stoppedOn: stopOn, remainingDays })
    moveTo(resumeOn)
    expect((await club.take(club.applicant, caseId, 'complete', { note: '' })).status).toBe('submitted')
    expect(await deadlineOf(caseId)).toMatchObject({ state: 'running', dueOn, remainingDays: null })
  })

  it('a second request is refused', async () => {
    await openOn('2026-05-11')
    const { caseId } = await club.apply()
    await club.take(club.acceptor, caseId, 'requestCompletion', missing)
    await club.take(club.applicant, caseId, 'complete', { note: 'here it is' })
    await expect(club.take(club.acceptor, caseId, 'requestCompletion', missing)).rejects.toMatchObject({
      code: 'completion_already_requested',
    })
  })

  it('a clock that has run out is missed, not stopped, and does not run again', async () => {
    await openOn('2026-05-11')
    const { caseId } = await club.apply()
    moveTo('2026-05-19')
    expect(await deadlineOf(caseId)).toMatchObject({ state: 'running', overdue: true })
    await club.take(club.acceptor, caseId, 'requestCompletion', missing)
    expect(await deadlineOf(caseId)).toMatchObject({ state: 'missed', endedOn: '2026-05-19' })
    await club.take(club.applicant, caseId, 'complete', { note: '' })
    expect(await deadlineOf(caseId)).toMatchObject({ state: 'missed', dueOn: '2026-05-18' })
  })

  it('the person is told what is missing, with a receipt', async () => {
    await openOn('2026-05-11')
    const { caseId } = await club.apply()
    await club.take(club.acceptor, caseId, 'requestCompletion', { missing: ['a photograph', 'a signature'] })
    const [receipt] = await club.as(club.applicant, (work) => club.cases.receipts(work, caseId))
    expect(receipt).toMatchObject({
      kind: 'completion_requested',
      reason: { params: { missing: 'a photograph; a signature' } },
    })
  })
})

describe('how a deadline ends', () => {
  it.each([
    ['decided on the last day', '2026-05-18', 'met'],
    ['decided the day after', '2026-05-19', 'missed'],
  ])('%s', async (_, decidedOn, state) => {
    await openOn('2026-05-11')
    const { caseId } = await club.apply()
    await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    moveTo(decidedOn)
    await club.take(club.reviewer, caseId, 'review', { granted: true })
    expect(await deadlineOf(caseId)).toMatchObject({ state, endedOn: decidedOn })
  })

  it('a case that closes first drops it, stopped or running', async () => {
    await openOn('2026-05-11')
    const { caseId } = await club.apply()
    await club.take(club.acceptor, caseId, 'requestCompletion', missing)
    await club.take(club.applicant, caseId, 'withdraw', { reason: '' })
    expect(await deadlineOf(caseId)).toMatchObject({ state: 'dropped', remainingDays: null })
  })
})

describe('beyond the published calendar', () => {
  it('a date is provisional, and certain once the calendar is there', async () => {
    await openOn('2026-12-29')
    const { caseId } = await club.apply()
    expect(await deadlineOf(caseId)).toMatchObject({ dueOn: '2027-01-05', assumed: true })

    const published = {
      ...officialCalendar,
      lastYear: 2027,
      holidays: new Set([...officialCalendar.holidays, '2027-01-01', '2027-01-02', '2027-01-03']),
      shiftedWorkingDays: new Set([...officialCalendar.shiftedWorkingDays, '2027-01-09']),
    }
    expect(await club.as(systemActor, (work) => recomputeDeadlines(work))).toBe(0)
    expect(await deadlineOf(caseId)).toMatchObject({ dueOn: '2027-01-05', assumed: true })
    expect(await club.as(systemActor, (work) => recomputeDeadlines(work, published))).toBe(1)
    expect(await deadlineOf(caseId)).toMatchObject({ dueOn: '2027-01-06', assumed: false })
  })
})
