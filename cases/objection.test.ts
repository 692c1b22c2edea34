import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startOfDate } from '../ground/door.ts'
import { type Club, openClub } from './club.testing.ts'
import { objectionTerms } from './door.ts'

describe('terms of objection: 60 days, and six months for a court', () => {
  it.each([
    ['an ordinary decision', '2026-05-11', '2026-07-10', '2026-11-11'],
    ['a last day on a Saturday moves to Monday', '2026-03-10', '2026-05-09', '2026-09-10'],
    ['a last day on a Sunday moves to Monday', '2026-04-15', '2026-06-15', '2026-10-15'],
    ['a last day in National Day week moves behind it', '2026-08-05', '2026-10-08', '2027-02-05'],
  ])('%s', (_, decidedOn, reconsideration, litigation) => {
    const terms = objectionTerms(decidedOn)
    expect([terms.reconsideration.date, terms.litigation.date]).toEqual([reconsideration, litigation])
    expect(terms.reconsideration.source).toMatch(/行政复议法/)
  })

  it('a term that ends beyond the published calendar is provisional', () => {
    expect(objectionTerms('2026-08-05').litigation.assumed).toBe(true)
  })
})

describe('an objection', () => {
  let club: Club
  beforeEach(async () => {
    club = await openClub()
  })
  afterEach(() => club.node.close())

  const moveTo = (date: string) => club.node.clock.moveTo(startOfDate(date, '09:00'))

  async function refused(): Promise<string> {
    const { caseId } = await club.apply()
    await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    await club.take(club.reviewer, caseId, 'review', { granted: false })
    return caseId
  }

  it('the case shows until when it can be objected to', async () => {
    const caseId = await refused()
    expect((await club.view(club.applicant, caseId)).decision).toMatchObject({
      seq: 3,
      decidedOn: '2026-05-11',
      decision: { granted: false },
      objection: { reconsideration: { date: '2026-07-10' }, litigation: { date: '2026-11-11' } },
    })
  })

  it.each([
    ['on the last day', '2026-07-10', 'taken'],
    ['the day after', '2026-07-13', 'objection_too_late'],
  ])('%s', async (_, on, expected) => {
    const caseId = await refused()
    moveTo(on)
    const objecting = club.take(club.applicant, caseId, 'object', { grounds: 'I play well' }).then(
      ({ status }) => (status === 'objected' ? 'taken' : status),
      (error) => error.code,
    )
    expect(await objecting).toBe(expected)
  })

  it('upheld: the decision stands and the person is told about the court', async () => {
    const caseId = await refused()
    await club.take(club.applicant, caseId, 'object', { grounds: 'I play well' })
    const verdict = { outcome: 'upheld', reasons: 'no court is free' }
    expect((await club.take(club.board, caseId, 'decideObjection', verdict)).status).toBe('refused')
    await expect(club.take(club.applicant, caseId, 'object', { grounds: 'still' })).rejects.toMatchObject({
      code: 'already_objected',
    })
    const court = { court: 'a made-up court', courtCaseNumber: '1', filedOn: '2026-05-12' }
    expect((await club.take(club.board, caseId, 'noteLitigation', court)).status).toBe('refused')
  })

  it('set aside: the case is decided again, and the new decision can be objected to', async () => {
    const caseId = await refused()
    await club.take(club.applicant, caseId, 'object', { grounds: 'I play well' })
    const verdict = { outcome: 'set_aside', reasons: 'a court is free' }
    expect((await club.take(club.board, caseId, 'decideObjection', verdict)).status).toBe('accepted')
    expect((await club.view(club.applicant, caseId)).file.closedAt).toBe(null)
    await club.take(club.reviewer, caseId, 'review', { granted: false })
    expect((await club.take(club.applicant, caseId, 'object', { grounds: 'once more' })).status).toBe('objected')
  })

  it('not being accepted can be objected to as well, and leads back to acceptance', async () => {
    const { caseId } = await club.apply()
    await club.take(club.acceptor, caseId, 'accept', { accepted: false })
    expect((await club.view(club.applicant, caseId)).decision).toMatchObject({ seq: 2, decision: null })
    await club.take(club.applicant, caseId, 'object', { grounds: 'tennis is a sport' })
    const verdict = { outcome: 'set_aside', reasons: 'it is' }
    expect((await club.take(club.board, caseId, 'decideObjection', verdict)).status).toBe('submitted')
  })
})
