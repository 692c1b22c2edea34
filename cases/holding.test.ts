import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, actorUserId, type Id, must, newId } from '../ground/door.ts'
import { type Club, clubAgency, openClub } from './club.testing.ts'

let club: Club
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club.node.close())

const userOf = (actor: Actor) => must(actorUserId(actor), 'user of an officer')
const takeUp = (actor: Actor, caseIds: Id[], note?: string) =>
  club.as(actor, (work) => club.cases.takeUp(work, { caseIds, ...(note !== undefined && { note }) }))
const putBack = (actor: Actor, caseIds: Id[]) => club.as(actor, (work) => club.cases.putBack(work, { caseIds }))
const handOver = (actor: Actor, caseIds: Id[], to: Actor) =>
  club.as(actor, (work) => club.cases.handOver(work, { caseIds, toUserId: userOf(to), note: '请接着办' }))
const holderOf = async (caseId: Id) => (await club.view(club.acceptor, caseId)).holder?.userId ?? null
const codes = ({ refused }: { refused: Array<{ refusal: { code: string } }> }) =>
  refused.map(({ refusal }) => refusal.code)

/** What stands in the log of a case, oldest first. */
const logOf = (caseId: Id) =>
  club.as({ kind: 'system' }, async ({ db }) => {
    const { rows } = await sql<{ kind: string; holder_id: Id | null; before_id: Id | null }>`
      SELECT kind, holder_id, before_id FROM cases.holding WHERE case_id = ${caseId} ORDER BY no`.execute(db)
    return rows
  })

describe('B3.11: a task in hand', () => {
  it('is done by whoever took it up; a colleague of the desk is refused, the applicant and other desks are not', async () => {
    const { caseId } = await club.apply()
    expect(await takeUp(club.acceptor, [caseId])).toEqual({ handled: 1, refused: [] })
    expect(await holderOf(caseId)).toBe(userOf(club.acceptor))
    await expect(club.take(club.otherAcceptor, caseId, 'accept', { accepted: true })).rejects.toMatchObject({
      code: 'task_held_by_other',
    })
    const { steps } = await club.view(club.otherAcceptor, caseId)
    expect(steps.find(({ step }) => step === 'accept')?.obstacle?.code).toBe('task_held_by_other')
    const correction = { seq: 1, reason: '本人更正', changes: { guests: 1 } }
    await club.take(club.reviewer, caseId, 'correct', correction)
    expect(await holderOf(caseId)).toBe(userOf(club.acceptor))
    // Whose case it is is not told who works on it.
    expect((await club.view(club.applicant, caseId)).holder).toBeNull()
    const own = await club.as(club.applicant, (work) => club.cases.find(work, {}))
    expect(own.find((row) => row.caseId === caseId)?.heldBy).toBeNull()
    expect((await club.take(club.applicant, caseId, 'withdraw', { reason: '不办了' })).status).toBe('withdrawn')
  })

  it('is in nobody’s hands once it lies on another desk, and stays in the log', async () => {
    const { caseId } = await club.apply()
    await takeUp(club.acceptor, [caseId])
    await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    expect(await holderOf(caseId)).toBeNull()
    expect(codes(await takeUp(club.acceptor, [caseId]))).toEqual(['task_not_on_your_desk'])
    expect(await takeUp(club.reviewer, [caseId])).toMatchObject({ handled: 1 })
    expect((await logOf(caseId)).map(({ kind, holder_id }) => [kind, holder_id])).toEqual([
      ['taken_up', userOf(club.acceptor)],
      ['taken_up', userOf(club.reviewer)],
    ])
  })

  it('is taken over with a reason only, put back only by whoever has it, and handed over with what the other should know', async () => {
    const { caseId } = await club.apply()
    await takeUp(club.acceptor, [caseId])
    expect(codes(await takeUp(club.otherAcceptor, [caseId]))).toEqual(['task_held_by_other'])
    expect(codes(await putBack(club.otherAcceptor, [caseId]))).toEqual(['task_held_by_other'])
    expect(codes(await handOver(club.otherAcceptor, [caseId], club.acceptor))).toEqual(['task_held_by_other'])
    expect(await takeUp(club.otherAcceptor, [caseId], '同事休假，今天到期')).toMatchObject({ handled: 1 })
    expect(await holderOf(caseId)).toBe(userOf(club.otherAcceptor))
    await handOver(club.otherAcceptor, [caseId], club.acceptor)
    expect(await holderOf(caseId)).toBe(userOf(club.acceptor))
    await putBack(club.acceptor, [caseId])
    expect(await holderOf(caseId)).toBeNull()
    expect(await putBack(club.acceptor, [caseId])).toEqual({ handled: 1, refused: [] })
    expect((await logOf(caseId)).map(({ kind }) => kind)).toEqual(['taken_up', 'taken_over', 'handed_over', 'put_back'])
  })

  it('a step that leaves the case where it lies may be taken by a colleague too: votes and notes are of several', async () => {
    const { caseId } = await club.apply()
    await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    await takeUp(club.reviewer, [caseId])
    const id = () => newId(club.node.clock, club.node.random)
    const colleague: Actor = { kind: 'staff', userId: id(), assignmentId: id(), role: 'review', agency: clubAgency }
    await expect(club.take(colleague, caseId, 'review', { granted: true })).rejects.toMatchObject({
      code: 'task_held_by_other',
    })
    const correction = { seq: 1, reason: '本人更正', changes: { guests: 2 } }
    expect((await club.take(colleague, caseId, 'correct', correction)).status).toBe('accepted')
    expect((await club.view(club.reviewer, caseId)).holder?.userId).toBe(userOf(club.reviewer))
  })

  it('B3-t1: is neither taken up by nor handed to whoever took the step that excludes them', async () => {
    const { caseId } = await club.apply({ guests: 20 })
    await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    expect(codes(await takeUp(club.acceptor, [caseId]))).toEqual(['same_officer_excluded'])
    await takeUp(club.otherAcceptor, [caseId])
    expect(codes(await handOver(club.otherAcceptor, [caseId], club.acceptor))).toEqual(['colleague_excluded'])
    expect(await holderOf(caseId)).toBe(userOf(club.otherAcceptor))
  })

  it('of many, each is taken up by itself: one that cannot be keeps none of the others', async () => {
    const [first, second] = [(await club.apply()).caseId, (await club.apply()).caseId]
    await takeUp(club.otherAcceptor, [second])
    const elsewhere = newId(club.node.clock, club.node.random)
    const taken = await takeUp(club.acceptor, [first, second, elsewhere, first])
    expect(taken.handled).toBe(1)
    expect(codes(taken).sort()).toEqual(['case_not_found', 'task_held_by_other'])
    await expect(takeUp(club.acceptor, [])).rejects.toMatchObject({ problems: [{ path: 'caseIds' }] })
  })

  it('the next is the most urgent that is free; two who ask at once are given two', async () => {
    const other = await openClub()
    const number = async () => (await other.apply()).caseId
    const all = [await number(), await number(), await number()]
    const next = (actor: Actor) => other.as(actor, (work) => other.cases.takeUpNext(work))
    const [one, two] = await Promise.all([next(other.acceptor), next(other.otherAcceptor)])
    expect(new Set([one?.caseId, two?.caseId]).size).toBe(2)
    // Whoever has one in hand is led back to it first.
    expect((await next(other.acceptor))?.caseId).toBe(one?.caseId)
    const held = (actor: Actor, which: 'by_me' | 'by_nobody') =>
      other.as(actor, (work) => other.cases.countTasks(work, { held: which }))
    expect([await held(other.acceptor, 'by_me'), await held(other.acceptor, 'by_nobody')]).toEqual([1, 1])
    for (const caseId of all) {
      await other.as(other.acceptor, (work) => other.cases.takeUp(work, { caseIds: [caseId], note: '今天由我办' }))
      await other.take(other.acceptor, caseId, 'accept', { accepted: true })
    }
    expect(await next(other.acceptor)).toBeUndefined()
    await other.node.close()
  })
})

describe('the database itself refuses', () => {
  const raw = (actor: Actor, statement: ReturnType<typeof sql>) => club.as(actor, (work) => statement.execute(work.db))

  it('a holding under another name, a change of the log, and a holder of a case on no desk', async () => {
    const { caseId } = await club.apply()
    await takeUp(club.acceptor, [caseId])
    const asOther = sql`
      INSERT INTO cases.holding (case_id, seq, task_role, kind, holder_id, by_user_id, at)
      SELECT ${caseId}::uuid, 1, 'accept', 'taken_up', ${userOf(club.acceptor)}::uuid,
        ${userOf(club.acceptor)}::uuid, now()`
    await expect(raw(club.otherAcceptor, asOther)).rejects.toThrow(/row-level security/)
    await expect(raw({ kind: 'system' }, sql`UPDATE cases.holding SET note = 'x'`)).rejects.toThrow(/permission denied/)
    const offDesk = sql`UPDATE cases.case_file SET task_role = NULL WHERE id = ${caseId}`
    await expect(raw(club.acceptor, offDesk)).rejects.toThrow(/held_on_a_desk/)
  })
})
