import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import type { Actor, Id } from '../../ground/door.ts'
import {
  assign,
  assignmentActor,
  createUser,
  getAssignment,
  recordOwner,
  registerInstitution,
} from '../../people/door.ts'
import { service } from './service.ts'

let site: BenefitSite
let bankId: Id
let bank: Actor

const created: Parameters<typeof benefitSite>[0]['service']['create'] = (tools) => ({
  flows: service.create(tools).flows,
})
beforeAll(async () => {
  site = await benefitSite({ region: '430000', on: '2024-12-20', service: { ...service, create: created } })
  await site.run(async (work) => {
    const of = { code: 'TESTBANK0001', name: '示例银行', kind: 'bank', level: null, region: '430000' } as const
    bankId = await registerInstitution(work, { ...of, bankClass: 'local_legal_person' })
    const userId = await createUser(work, { login: 'test-bank', displayName: '示例' })
    const terms = { userId, role: 'bank_officer', institutionId: bankId, from: '2020-01-01' }
    bank = assignmentActor(await getAssignment(work, await assign(work, terms)))
  })
})
afterAll(() => site.close())

async function owner() {
  const { personId, actor } = await site.person()
  const { employerId } = await site.employer({ entityKind: 'individual_business' })
  await site.run((work) => recordOwner(work, { employerId, personId, from: '2024-01-01', source: '示例登记' }))
  return actor
}
const answers = { group: 'returning_migrant_worker', requestedFen: 35_000_000, purpose: '购买设备' }
const open = (actor: Actor) => site.open(actor, { flow: 'startup-loan', step: 'apply', body: { answers } })

describe('C5.05: a guaranteed loan', () => {
  it('is guaranteed up to the limit, lent within it, and followed until it is repaid', async () => {
    const actor = await owner()
    const { caseId } = await open(actor)
    const decided = await site.take(await site.officer('review'), caseId, 'guarantee', { opinion: '属实', bankId })
    expect(decided.status).toBe('guaranteed')
    const loan = { contractNumber: 'HT-0001', lentFen: 30_000_001, lentOn: '2024-12-21' }
    await expect(site.take(bank, caseId, 'lend', loan)).rejects.toMatchObject({ code: 'lent_above_guarantee' })
    await site.take(bank, caseId, 'lend', { ...loan, lentFen: 30_000_000 })
    await expect(open(actor)).rejects.toMatchObject({ code: 'loan_applied' })
    expect((await site.take(bank, caseId, 'repay', { on: '2026-12-20', amountFen: 30_000_000 })).status).toBe('repaid')
    await open(actor)
  })

  it('what is guaranteed already takes from the limit, also where an objection brings back what was refused', async () => {
    const { personId, actor } = await site.person()
    const review = await site.officer('review')
    const { caseId: refused } = await open(actor)
    await site.take(review, refused, 'guarantee', { opinion: '查无登记', bankId })
    const { employerId } = await site.employer({ entityKind: 'individual_business' })
    await site.run((work) => recordOwner(work, { employerId, personId, from: '2024-01-01', source: '示例登记' }))
    const { caseId: second } = await open(actor)
    await site.take(review, second, 'guarantee', { opinion: '属实', bankId })
    await site.take(actor, refused, 'object', { grounds: '已经登记' })
    await site.take(await site.officer('approve'), refused, 'decideObjection', {
      outcome: 'set_aside',
      reasons: '重新审核',
    })
    const decided = await site.take(review, refused, 'guarantee', { opinion: '属实', bankId })
    expect(decided.status).toBe('refused')
    expect((await site.view(refused)).file.state).toMatchObject({ found: { reason: 'guarantee_used_up' } })
  })

  it('is not repaid by less than was lent, not before it was lent, and not called for more', async () => {
    const { caseId } = await open(await owner())
    await site.take(await site.officer('review'), caseId, 'guarantee', { opinion: '属实', bankId })
    await site.take(bank, caseId, 'lend', { contractNumber: 'HT-0003', lentFen: 10_000_000, lentOn: '2024-12-20' })
    const repaid = { on: '2026-12-20', amountFen: 9_999_999 }
    await expect(site.take(bank, caseId, 'repay', repaid)).rejects.toMatchObject({ code: 'repaid_below_loan' })
    await expect(site.take(bank, caseId, 'repay', { on: '2024-12-19', amountFen: 10_000_000 })).rejects.toThrow()
    const called = { on: '2026-12-20', amountFen: 10_000_001, opinion: '逾期' }
    await expect(site.take(await site.officer('approve'), caseId, 'call', called)).rejects.toMatchObject({
      code: 'called_above_loan',
    })
  })

  it('who has no business is refused', async () => {
    const { actor } = await site.person()
    const { caseId } = await open(actor)
    const decided = await site.take(await site.officer('review'), caseId, 'guarantee', { opinion: '查无登记', bankId })
    expect(decided.status).toBe('refused')
  })

  it('the guarantee is called by another officer than the one who gave it', async () => {
    const { caseId } = await open(await owner())
    const reviewer = await site.officer('review')
    await site.take(reviewer, caseId, 'guarantee', { opinion: '属实', bankId })
    await site.take(bank, caseId, 'lend', { contractNumber: 'HT-0002', lentFen: 10_000_000, lentOn: '2024-12-21' })
    const called = { on: '2026-12-20', amountFen: 8_000_000, opinion: '逾期三个月' }
    await expect(site.take(reviewer, caseId, 'call', called)).rejects.toMatchObject({ code: 'not_your_step' })
    expect((await site.take(await site.officer('approve'), caseId, 'call', called)).status).toBe('called')
  })
})
