import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, startOfDate, systemActor } from '../ground/door.ts'
import { type Club, openClub } from './club.testing.ts'

const morning = (date: string) => startOfDate(date, '09:00')

let club: Club
beforeAll(async () => {
  club = await openClub({ now: morning('2026-05-11') })
})
afterAll(() => club.node.close())

const desk = (actor: Actor = club.acceptor, role = 'accept') =>
  club.as(actor, async (work) => (await club.cases.tasks(work, { role })).map(({ caseId }) => caseId))

/** Cases whose row says another last day than the running deadline that their status names; there are none. */
async function astray(): Promise<Id[]> {
  const { rows } = await club.as(systemActor, ({ db }) =>
    sql<{ id: Id }>`SELECT file.id FROM cases.case_file file
        LEFT JOIN cases.deadline due ON due.case_id = file.id AND due.name = file.task_deadline AND due.state = 'running'
        WHERE (file.task_due_on, file.task_due_assumed) IS DISTINCT FROM (due.due_on, due.assumed)`.execute(db),
  )
  return rows.map(({ id }) => id)
}

describe('the last day in the row of a case follows its deadline', () => {
  afterEach(async () => {
    expect(await astray()).toEqual([])
  })

  const dueOf = async (actor: Actor, caseId: Id) => {
    const rows = await club.as(actor, (work) => club.cases.find(work, {}))
    return rows.find((row) => row.caseId === caseId)?.dueOn
  }

  it('from the opening on, stopped while the case is completed, counted again after it, gone with the decision', async () => {
    const { caseId } = await club.apply()
    expect(await dueOf(club.acceptor, caseId)).toBe('2026-05-18')
    club.node.clock.moveTo(morning('2026-05-13'))
    await club.take(club.acceptor, caseId, 'requestCompletion', { missing: ['a photograph'] })
    expect(await dueOf(club.acceptor, caseId)).toBeNull()
    club.node.clock.moveTo(morning('2026-05-20'))
    await club.take(club.applicant, caseId, 'complete', { note: '' })
    expect(await dueOf(club.acceptor, caseId)).toBe('2026-05-25')
    await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    expect(await dueOf(club.reviewer, caseId)).toBe('2026-05-25')
    await club.take(club.reviewer, caseId, 'review', { granted: true })
    expect(await dueOf(club.reviewer, caseId)).toBeNull()
  })

  it('on a desk without a last day there is none, and the same deadline is told again on the next', async () => {
    const { caseId } = await club.apply({ guests: 11 })
    await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    expect(await dueOf(club.otherAcceptor, caseId)).toBeNull()
    await club.take(club.otherAcceptor, caseId, 'lookAgain')
    expect(await dueOf(club.reviewer, caseId)).toBe('2026-05-27')
  })

  it('whoever writes the deadline, and nobody writes it past the deadline', async () => {
    const { caseId } = await club.apply()
    await club.as(systemActor, ({ db }) =>
      sql`UPDATE cases.deadline SET due_on = '2026-06-01' WHERE case_id = ${caseId}`.execute(db),
    )
    expect(await dueOf(club.acceptor, caseId)).toBe('2026-06-01')
    const past = club.as(systemActor, ({ db }) => sql`UPDATE cases.case_file SET task_due_on = NULL`.execute(db))
    await expect(past).rejects.toThrow(/permission denied/)
  })
})

describe('a desk', () => {
  it('has the nearest last day first, then the riskier, then the older, whatever page is read, and tasks without a last day at the end', async () => {
    const other = await openClub({ now: morning('2026-05-11') })
    const open = async (guests: number) => (await other.apply({ guests })).caseId
    const second = await open(11)
    const looked = await open(12)
    await other.take(other.acceptor, looked, 'accept', { accepted: true })
    const plain = await open(0)
    const low = await open(6)
    other.node.clock.moveTo(morning('2026-05-12'))
    const later = await open(11)
    other.node.clock.moveTo(morning('2026-05-13'))
    const high = (await other.apply({ minor: true })).caseId
    const order = [second, low, plain, later, high, looked]
    const page = (offset: number, limit: number) =>
      other.as(other.acceptor, async (work) =>
        (await other.cases.tasks(work, { offset, limit })).map(({ caseId }) => caseId),
      )
    expect(await page(0, 10)).toEqual(order)
    for (const [index, caseId] of order.entries()) expect(await page(index, 1)).toEqual([caseId])
    expect(await page(4, 10)).toEqual(order.slice(4))
    await other.node.close()
  })

  it('is that of the agency and those below it', async () => {
    const { caseId } = await club.apply()
    const at = (agency: string): Actor => ({ ...club.acceptor, agency }) as Actor
    expect(await desk(at('320100'))).toContain(caseId)
    expect(await desk(at('320000'))).toContain(caseId)
    for (const agency of ['320101', '320200', '330000', '000000']) expect(await desk(at(agency))).toEqual([])
    expect(await desk(systemActor)).toContain(caseId)
  })
})
