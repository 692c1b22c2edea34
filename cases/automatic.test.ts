import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startOfDate } from '../ground/door.ts'
import { type Club, openClub } from './club.testing.ts'

let club: Club
beforeEach(async () => {
  club = await openClub()
})
afterEach(() => club.node.close())

const moveTo = (date: string) => club.node.clock.moveTo(startOfDate(date, '09:00'))
const statusOf = async (caseId: string) => (await club.view(club.board, caseId)).file.status

async function accepted(): Promise<string> {
  const { caseId } = await club.apply()
  await club.take(club.acceptor, caseId, 'accept', { accepted: true })
  return caseId
}

describe('what happens by itself', () => {
  it('a membership expires the day after its last day', async () => {
    const caseId = await accepted()
    await club.take(club.reviewer, caseId, 'review', { granted: true })
    moveTo('2027-05-11')
    expect((await club.cases.runDue(club.node)).taken).toEqual([])
    moveTo('2027-05-12')
    expect((await club.cases.runDue(club.node)).taken).toEqual([{ caseId, step: 'expire' }])
    expect(await statusOf(caseId)).toBe('expired')
  })

  it('a decision that is late goes up the day after its deadline', async () => {
    const caseId = await accepted()
    moveTo('2026-05-18')
    expect((await club.cases.runDue(club.node)).taken).toEqual([])
    moveTo('2026-05-19')
    expect((await club.cases.runDue(club.node)).taken).toEqual([{ caseId, step: 'escalate' }])
    expect(await statusOf(caseId)).toBe('awaiting_board')
  })

  it('twice in a row or at once takes each step once', async () => {
    const caseId = await accepted()
    moveTo('2026-05-19')
    const rounds = await Promise.all([club.cases.runDue(club.node), club.cases.runDue(club.node)])
    rounds.push(await club.cases.runDue(club.node))
    const history = await club.as(club.board, (work) => club.cases.history(work, caseId))
    expect(history.filter(({ kind }) => kind === 'escalate')).toHaveLength(1)
    expect(rounds.flatMap(({ failed }) => failed)).toEqual([])
  })
})
