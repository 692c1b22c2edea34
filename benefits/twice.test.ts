import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, must } from '../ground/door.ts'
import { trialBalance } from '../ledger/door.ts'
import { applicationState } from './application-state.ts'
import { batchState } from './payment-flow.ts'
import { type PoolSite, poolSite } from './pool.testing.ts'

let site: PoolSite
let officers: Record<'accept' | 'review' | 'approve' | 'second' | 'pay' | 'banker', Actor>

beforeAll(async () => {
  site = await poolSite()
  officers = {
    accept: await site.officer('accept'),
    review: await site.officer('review'),
    approve: await site.officer('approve'),
    second: await site.officer('approve', { another: true }),
    pay: await site.officer('pay'),
    banker: await site.officer('pay', { another: true }),
  }
  await site.fund('unemployment', 1_000_000_00)
})
afterAll(() => site.close())

type Swimmer = Awaited<ReturnType<PoolSite['person']>>

async function swimmer(lengths: number): Promise<Swimmer> {
  const person = await site.person()
  site.lengths.set(person.personId, lengths)
  return person
}

async function reviewed({ actor }: Swimmer): Promise<Id> {
  const application = { flow: 'pool-grant', step: 'apply', body: { answers: { extraLengths: 0 } } }
  const { caseId } = await site.open(actor, application)
  await site.take(officers.accept, caseId, 'accept', { outcome: 'accepted' })
  await site.take(officers.review, caseId, 'review', { opinion: '属实' })
  return caseId
}

async function approved(person: Swimmer): Promise<Id> {
  const caseId = await reviewed(person)
  await site.take(officers.approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  return caseId
}

async function sent(): Promise<Id> {
  const { caseId } = await site.open(officers.pay, { flow: 'pool-grant-payment', body: {} })
  await site.take(officers.approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  return caseId
}

/** What the bank says to every line of a batch. */
async function answered(batchId: Id, result: 'paid' | 'returned' = 'paid'): Promise<void> {
  const { lines } = batchState.parse((await site.view(batchId)).file.state)
  const results = lines.map(({ orderId }) => ({ orderId, result }))
  await site.take(officers.banker, batchId, 'recordResult', { lines: results })
}

const setAside = async (caseId: Id, { actor }: Swimmer) => {
  await site.take(actor, caseId, 'object', { grounds: '不服' })
  await site.take(officers.second, caseId, 'decideObjection', { outcome: 'set_aside', reasons: '撤销' })
}
const decideAgain = (caseId: Id) =>
  site.take(officers.review, caseId, 'recalculate', { because: 'facts', cause: '登记更正' })
const statusOf = async (caseId: Id) => (await site.view(caseId)).file.status
const owedOf = async (caseId: Id) => applicationState.parse((await site.view(caseId)).file.state).owedFen

async function receivable(personId: Id): Promise<number> {
  const { rows } = await site.run((work) => trialBalance(work, { fund: 'unemployment', agency: '130000' }))
  return Number(rows.find(({ name, party }) => name === 'receivable_from_payee' && party === personId)?.closingFen ?? 0)
}

describe('nothing is granted twice', () => {
  it('what was paid is not taken back by withdrawing after an objection, so that the occasion stays taken', async () => {
    const person = await swimmer(20)
    const caseId = await approved(person)
    await answered(await sent())
    await setAside(caseId, person)
    await expect(site.take(person.actor, caseId, 'withdraw', { reason: '不要了' })).rejects.toMatchObject({
      code: 'withdrawal_too_late',
    })
    await expect(reviewed(person)).rejects.toMatchObject({ code: 'already_applied' })
  })

  it('of two applications for one occasion, the first refused, only one is granted when both are due', async () => {
    const person = await swimmer(0)
    const first = await reviewed(person)
    expect(await statusOf(first)).toBe('refused')
    site.lengths.set(person.personId, 20)
    const second = await approved(person)
    await expect(decideAgain(first)).rejects.toMatchObject({ code: 'granted_elsewhere' })
    await setAside(first, person)
    await site.take(officers.review, first, 'review', { opinion: '属实' })
    await expect(
      site.take(officers.approve, first, 'approve', { outcome: 'approved', opinion: '同意' }),
    ).rejects.toMatchObject({ code: 'granted_elsewhere' })
    await site.take(officers.approve, first, 'approve', { outcome: 'returned', opinion: '已另案发给' })
    await site.take(person.actor, first, 'withdraw', { reason: '已另案发给' })
    expect(await statusOf(second)).toBe('approved')
    await answered(await sent())
  })

  it('an officer of an agency that is not responsible applies for nobody', async () => {
    const { personId } = await swimmer(20)
    const elsewhere = await site.officer('accept', { agency: '130100' })
    const application = { flow: 'pool-grant', step: 'apply', body: { partyId: personId, answers: { extraLengths: 0 } } }
    await expect(site.open(elsewhere, { ...application, agency: '130100' })).rejects.toMatchObject({
      code: 'not_yours_to_open',
    })
  })
})

describe('what came back', () => {
  it('while an objection was open waits for the mended account once it is decided', async () => {
    const person = await swimmer(20)
    const caseId = await approved(person)
    const batchId = await sent()
    await site.take(person.actor, caseId, 'object', { grounds: '不服' })
    await answered(batchId, 'returned')
    await site.take(officers.second, caseId, 'decideObjection', { outcome: 'upheld', reasons: '维持' })
    expect(await statusOf(caseId)).toBe('approved')
    await site.cases.runDue(site.node)
    expect(await statusOf(caseId)).toBe('returned')
    await site.take(officers.pay, caseId, 'reissue', { note: '账户已更正' })
    await site.cases.runDue(site.node)
    expect(await statusOf(caseId)).toBe('approved')
    await answered(await sent())
    expect(await statusOf(caseId)).toBe('paid')
  })
})

describe('what a payee owes', () => {
  it('is offset by the payment of another case, which the first is told of, and is not paid back as well', async () => {
    const person = await swimmer(20)
    const first = await approved(person)
    await answered(await sent())
    site.lengths.set(person.personId, 15)
    await decideAgain(first)
    const owedFen = await owedOf(first)
    expect(owedFen).toBeGreaterThan(0)

    site.moveTo('2026-03-02')
    const second = await approved(person)
    const batchId = await sent()
    const { lines } = batchState.parse((await site.view(batchId)).file.state)
    expect(must(lines[0], 'line').offsetFen).toBe(owedFen)
    const repay = { amountFen: owedFen, bankReference: '回款0001' }
    await expect(site.take(officers.pay, first, 'noteRepayment', repay)).rejects.toMatchObject({
      code: 'repayment_above_debt',
    })
    await answered(batchId)
    expect(await statusOf(second)).toBe('paid')
    expect(await owedOf(first)).toBe(0)
    expect(await receivable(person.personId)).toBe(0)
  })

  it('needs no bank where a payment is wholly offset', async () => {
    const person = await swimmer(20)
    const first = await approved(person)
    await answered(await sent())
    site.lengths.set(person.personId, 0)
    await decideAgain(first)
    expect(await statusOf(first)).toBe('refused')

    site.moveTo('2027-03-01')
    site.lengths.set(person.personId, 20)
    const second = await approved(person)
    const { status } = await site.take(officers.banker, await sent(), 'recordResult', { lines: [] })
    expect(status).toBe('closed')
    expect(await statusOf(second)).toBe('paid')
    expect(await owedOf(first)).toBe(0)
  })
})
