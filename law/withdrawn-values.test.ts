import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, inTransaction, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { bookWithPublications } from './published-book.ts'
import { approveValue, lawMigrations, proposeValue, publishedValues } from './published-values.ts'
import { loadValues } from './value-files.ts'
import { resolveValues } from './values.ts'
import { approveWithdrawal, findWithdrawals, pendingWithdrawals, proposeWithdrawal } from './withdrawn-values.ts'

const service = 'club'
const book = loadValues([
  {
    region: '000000',
    path: 'club/values.yaml',
    text: 'feeFen: { unit: fen, regionOf: insured, dates: [{ value: 100, from: 2024-01-01, source: s }] }',
  },
])

const officer = (user: number, agency: string): Actor => ({
  kind: 'staff',
  userId: `00000000-0000-4000-8000-00000000000${user}`,
  assignmentId: `00000000-0000-4000-9000-00000000000${user}`,
  role: 'values_admin',
  agency,
})
const li = officer(1, '320000')
const wang = officer(2, '320000')

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await lawMigrations()] })
})
afterAll(() => node.close())

const as = <T>(actor: Actor, action: (work: Work) => Promise<T>) => inTransaction(node, actor, action)
const refusal = (code: string) => expect.objectContaining({ code })

async function propose(): Promise<Id> {
  const proposal = { service, name: 'feeFen', region: '320000', value: 150, from: '2026-05-01', source: 'Order 7' }
  return as(li, (work) => proposeValue(work, book, proposal))
}

async function publish(): Promise<Id> {
  const id = await propose()
  await as(wang, (work) => approveValue(work, id))
  return id
}

const takeBack = (id: Id) => as(li, (work) => proposeWithdrawal(work, id, 'a wrong figure'))

describe('a publication is taken back by two pairs of eyes', () => {
  it('stands until another officer approves; from that day on it was never made, and before it is still known', async () => {
    const feeKnownOn = (knownOn: string) =>
      as({ kind: 'public' }, async (work) => {
        const known = await bookWithPublications(work, service, book, knownOn)
        return resolveValues(known, { names: ['feeFen'], on: '2026-05-05', insuredRegion: '320000' }).feeFen?.value
      })
    const id = await publish()
    node.clock.advance(2 * 24 * 3_600_000)
    const withdrawalId = await takeBack(id)
    expect(await as(wang, (work) => pendingWithdrawals(work, service))).toMatchObject([
      { withdrawalId, name: 'feeFen' },
    ])
    expect(await feeKnownOn('2026-05-13')).toBe(150)

    await expect(as(li, (work) => approveWithdrawal(work, withdrawalId))).rejects.toThrowError(refusal('same_officer'))
    const withdrawal = await as(wang, (work) => approveWithdrawal(work, withdrawalId))
    expect(withdrawal).toMatchObject({ proposalId: id, withdrawnOn: '2026-05-13', reason: 'a wrong figure' })
    expect(await as(li, (work) => findWithdrawals(work, [id]))).toEqual([withdrawal])
    expect(await as(wang, (work) => pendingWithdrawals(work, service))).toEqual([])
    expect(await feeKnownOn('2026-05-12')).toBe(150)
    expect(await feeKnownOn('2026-05-13')).toBe(100)
    expect(await as(li, (work) => publishedValues(work, service, work.today))).toMatchObject([{ id }])
  })

  it('once: whatever else was proposed for it in the meantime', async () => {
    const id = await publish()
    const [first, second] = [await takeBack(id), await takeBack(id)]
    await as(wang, (work) => approveWithdrawal(work, first))
    const again = refusal('value_already_withdrawn')
    await expect(as(wang, (work) => approveWithdrawal(work, second))).rejects.toThrowError(again)
    await expect(takeBack(id)).rejects.toThrowError(again)
  })

  it.each([
    ['a resident', { kind: 'person', userId: 'u', personId: 'p' } as const, 'value_needs_officer'],
    ['a city for its province', officer(3, '320100'), 'value_outside_agency'],
    ['another province', officer(3, '650000'), 'value_outside_agency'],
  ])('refused to propose and to approve: %s', async (_, actor, code) => {
    const id = await publish()
    await expect(as(actor, (work) => proposeWithdrawal(work, id, 'x'))).rejects.toThrowError(refusal(code))
    const withdrawalId = await takeBack(id)
    await expect(as(actor, (work) => approveWithdrawal(work, withdrawalId))).rejects.toThrowError(refusal(code))
  })

  it('what was not published cannot be taken back, nor without a reason; an unknown withdrawal is refused', async () => {
    const pending = await propose()
    await expect(takeBack(pending)).rejects.toThrowError(refusal('value_not_published'))
    const id = await publish()
    await expect(as(li, (work) => proposeWithdrawal(work, id, '  '))).rejects.toThrowError(refusal('bad_input'))
    await expect(as(wang, (work) => approveWithdrawal(work, id))).rejects.toThrowError(
      refusal('value_withdrawal_not_found'),
    )
  })
})

describe('the database guards itself against the application role', () => {
  it.each([
    ['changing a withdrawal', sql`UPDATE law.value_withdrawal SET reason = 'x'`],
    ['deleting an approval', sql`DELETE FROM law.value_withdrawal_approval`],
  ])('%s', async (_, statement) => {
    await expect(as(li, (work) => statement.execute(work.db))).rejects.toThrow(/permission denied/)
  })

  const approval = (withdrawalId: Id, id: Id, approvedBy: number) => sql`
    INSERT INTO law.value_withdrawal_approval (withdrawal_id, proposal_id, proposed_by, approved_by, approved_at, withdrawn_on, signature)
    VALUES (${withdrawalId}, ${id}, '00000000-0000-4000-8000-000000000001',
      ${`00000000-0000-4000-8000-00000000000${approvedBy}`}, now(), '2026-05-11', 'x')`

  it('an approval by the proposer', async () => {
    const id = await publish()
    const own = approval(await takeBack(id), id, 1)
    await expect(as(li, (work) => own.execute(work.db))).rejects.toThrow(/same_officer_withdrawal/)
  })

  it('an approval written around the platform is noticed: it is not signed by the node', async () => {
    const id = await publish()
    const forged = approval(await takeBack(id), id, 2)
    await as(wang, (work) => forged.execute(work.db))
    await expect(as(li, (work) => findWithdrawals(work, [id]))).rejects.toThrow(/signature/)
  })
})
