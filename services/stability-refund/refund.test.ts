import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applicationState, ordersOf, revisionLines, roundLines } from '../../benefits/door.ts'
import { type BenefitSite, benefitSite, type SiteEmployer } from '../../benefits/testing.ts'
import { noticesOf } from '../../cases/door.ts'
import { type Actor, type Id, must } from '../../ground/door.ts'
import { approveValue, approveWithdrawal, proposeValue, proposeWithdrawal } from '../../law/door.ts'
import { trialBalance } from '../../ledger/door.ts'
import { recordEmployerContributions } from '../../people/door.ts'
import { importListings } from '../../registers/door.ts'
import { refundBenefit } from './refund.ts'
import { service } from './service.ts'

const months = (count: number) =>
  Array.from({ length: count }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}`)

let site: BenefitSite
let officers: Record<'accept' | 'review' | 'approve' | 'second' | 'pay' | 'banker', Actor>

beforeAll(async () => {
  site = await benefitSite({ region: '130000', on: '2025-07-01', service })
  officers = {
    accept: await site.officer('accept'),
    review: await site.officer('review'),
    approve: await site.officer('approve'),
    second: await another('approve'),
    pay: await site.officer('pay'),
    banker: await site.officer('pay'),
  }
  await site.fund('unemployment', 1_000_000_000_00)
})
afterAll(() => site.close())

/** A second officer of a role. */
const another = (role: string) => site.officer(role, { another: true })

const stateOf = async (caseId: Id) => applicationState.parse((await site.view(caseId)).file.state)
const apply = ({ actor }: SiteEmployer) =>
  site.open(actor, { flow: 'stability-refund', step: 'apply', body: { answers: {} } })

async function toApproved(employer: SiteEmployer): Promise<Id> {
  const { caseId } = await apply(employer)
  await site.take(officers.accept, caseId, 'accept', { outcome: 'accepted' })
  await site.take(officers.review, caseId, 'review', { opinion: '属实' })
  await site.take(officers.approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  return caseId
}

async function payAll(result: 'paid' | 'returned' = 'paid') {
  const batch = await site.open(officers.pay, { flow: 'stability-refund-payment', body: {} })
  await site.take(officers.approve, batch.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  const { file } = await site.view(batch.caseId)
  const { lines } = file.state as { lines: Array<{ orderId: Id; offsetFen: number }> }
  const answered = lines.map(({ orderId, offsetFen }) => ({
    orderId,
    result: offsetFen > 0 ? ('paid' as const) : result,
  }))
  await site.take(officers.banker, batch.caseId, 'recordResult', { lines: answered })
  return lines
}

/** What the fund still owes and is owed by employers. */
const open = async (name: string, employerId: Id) => {
  const { rows } = await site.run((work) => trialBalance(work, { fund: 'unemployment', agency: '130000' }))
  return rows.find((row) => row.name === name && row.party === employerId)?.closingFen ?? 0n
}

describe('a refund from the application to the cash', () => {
  it('asks nothing, decides by the registers, and pays (C2.05, C2-t2)', async () => {
    const employer = await site.employer({ sizeClass: 'small', months: months(12) })
    const { caseId } = await apply(employer)
    const opened = await stateOf(caseId)
    expect(opened.expected).toMatchObject({ outcome: 'granted', amountFen: 7_200_000 })
    await site.take(officers.accept, caseId, 'accept', { outcome: 'accepted' })
    await site.take(officers.review, caseId, 'review', { opinion: '属实' })
    expect(
      (await site.take(officers.approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' })).status,
    ).toBe('approved')
    await payAll()
    const { file, decision } = await site.view(caseId)
    expect(file.status).toBe('paid')
    expect(must(decision, 'decision')).toMatchObject({
      decision: { decision: { outcome: 'granted', because: 'C2.05' } },
    })
    const told = await site.run((work) => noticesOf(work, { employerId: employer.employerId }), employer.actor)
    expect(told.find(({ code }) => code === 'notice.benefit_paid')?.params).toMatchObject({ amountFen: 7_200_000 })
  })

  it('asks for no fact: each one of the rule has its register', async () => {
    const { employerId } = await site.employer({ months: months(12) })
    const benefit = refundBenefit(site.rulebook)
    const question = { on: '2025-07-01', agency: '130000', answers: {} }
    const { facts, sources } = await site.run((work) =>
      benefit.gather(work, { kind: 'employer', id: employerId }, question),
    )
    const declared = site.rulebook.policies.find(({ ir }) => ir.id === benefit.policy)?.ir.bodies[0]?.facts ?? {}
    expect(benefit.fields).toEqual([])
    expect(Object.keys(facts).sort()).toEqual(Object.keys(declared).sort())
    expect(Object.keys(sources).sort()).toEqual(Object.keys(declared).sort())
  })

  it('refuses a second application of the same year', async () => {
    const employer = await site.employer({ months: months(12) })
    await apply(employer)
    await expect(apply(employer)).rejects.toMatchObject({ code: 'already_applied' })
  })

  it.each([
    {
      says: 'eleven months (C2-t3)',
      options: { sizeClass: 'medium' as const, months: months(11) },
      reason: 'months_in_full_below_minimum',
    },
    {
      says: 'on the list of dishonest units (C2-t4)',
      options: { months: months(12) },
      list: 'serious_dishonesty' as const,
      reason: 'seriously_dishonest',
    },
    {
      says: 'in bankruptcy (C2-t5)',
      options: { sizeClass: 'large' as const, months: months(12) },
      list: 'bankruptcy_liquidation' as const,
      reason: 'bankruptcy_or_deregistration',
    },
  ])('refuses an employer with $says, who can object', async ({ options, list, reason }) => {
    const employer = await site.employer(options)
    if (list) {
      await site.run((work) =>
        importListings(work, '130000', [
          { list, creditCode: employer.creditCode, name: '示例', from: '2025-01-01', source: '示例' },
        ]),
      )
    }
    const { caseId } = await apply(employer)
    await site.take(officers.accept, caseId, 'accept', { outcome: 'accepted' })
    expect((await site.take(officers.review, caseId, 'review', { opinion: '不符' })).status).toBe('refused')
    expect((await stateOf(caseId)).found).toMatchObject({ outcome: 'refused', reason })
    expect((await site.take(employer.actor, caseId, 'object', { grounds: '有误' })).status).toBe('under_objection')
    expect(
      (await site.take(officers.second, caseId, 'decideObjection', { outcome: 'upheld', reasons: '核实无误' })).status,
    ).toBe('refused')
  })

  it('an objection that is set aside is reviewed anew, and the register that was put right decides', async () => {
    const employer = await site.employer({ sizeClass: 'large', months: months(11) })
    const { caseId } = await apply(employer)
    await site.take(officers.accept, caseId, 'accept', { outcome: 'accepted' })
    await site.take(officers.review, caseId, 'review', { opinion: '不足十二个月' })
    await site.take(employer.actor, caseId, 'object', { grounds: '十二月已补缴' })
    await site.run((work) =>
      recordEmployerContributions(work, [
        {
          employerId: employer.employerId,
          insurance: 'unemployment',
          month: '2024-12',
          headcount: 50,
          dueFen: 1_000_000,
          paidFen: 1_000_000,
          paidOn: '2024-12-20',
        },
      ]),
    )
    expect(
      (await site.take(officers.second, caseId, 'decideObjection', { outcome: 'set_aside', reasons: '补缴属实' }))
        .status,
    ).toBe('accepted')
    await site.take(officers.review, caseId, 'review', { opinion: '补缴后满十二个月' })
    expect((await stateOf(caseId)).found).toMatchObject({ outcome: 'granted', amountFen: 3_600_000 })
  })

  it('a returned payment waits for the mended account and is paid once', async () => {
    const employer = await site.employer({ months: months(12) })
    const caseId = await toApproved(employer)
    await payAll('returned')
    expect((await site.view(caseId)).file.status).toBe('returned')
    await site.take(officers.pay, caseId, 'reissue', { note: '账户已更正' })
    await payAll()
    expect((await site.view(caseId)).file.status).toBe('paid')
    const orders = await site.run((work) => ordersOf(work, { caseId }))
    expect(orders).toMatchObject([{ state: 'paid', amountFen: 7_200_000 }])
  })
})

describe('what nobody applied for', () => {
  it('finds every employer that is owed it, pays after two officers, and skips who has changed since (免申即享)', async () => {
    const [owed, changed, short] = [
      await site.employer({ sizeClass: 'large', months: months(12) }),
      await site.employer({ sizeClass: 'micro', months: months(12) }),
      await site.employer({ months: months(10) }),
    ]
    const round = await site.open(officers.review, { flow: 'stability-refund-round', body: {} })
    expect(round.status).toBe('found')
    const lines = await site.run((work) => roundLines(work, round.caseId))
    const parties = lines.map(({ party }) => party.id)
    expect(parties).toEqual(expect.arrayContaining([owed.employerId, changed.employerId]))
    expect(parties).not.toContain(short.employerId)
    await site.run((work) =>
      importListings(work, '130000', [
        {
          list: 'serious_dishonesty',
          creditCode: changed.creditCode,
          name: '示例',
          from: '2025-06-01',
          source: '示例',
        },
      ]),
    )
    await expect(
      site.take(officers.review, round.caseId, 'approve', { outcome: 'approved', opinion: '同意' }),
    ).rejects.toMatchObject({
      code: 'not_your_step',
    })
    await site.take(officers.approve, round.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
    expect((await site.take(officers.approve, round.caseId, 'carryOut')).status).toBe('done')
    const after = await site.run((work) => roundLines(work, round.caseId))
    expect(after.find(({ party }) => party.id === changed.employerId)).toMatchObject({
      caseId: null,
      skippedBecause: 'offer_differs',
    })
    const paidFor = must(
      after.find(({ party }) => party.id === owed.employerId),
      'line',
    )
    expect((await site.view(must(paidFor.caseId, 'case'))).file.status).toBe('approved')
    await payAll()
    expect((await site.view(must(paidFor.caseId, 'case'))).file.status).toBe('paid')
  })
})

describe('a policy change carried to the end', () => {
  it('recomputes what a published value concerns, posts the differences, tells people, and undoes a wrong publication', async () => {
    const employer = await site.employer({ sizeClass: 'medium', months: months(12) })
    const caseId = await toApproved(employer)
    await payAll()
    const [proposer, approver] = [await site.officer('values_admin'), await another('values_admin')]
    const publish = async (rates: Record<string, number>) => {
      const proposal = {
        service: service.id,
        name: 'refundRatePpm',
        region: '130000',
        value: rates,
        from: '2025-06-20',
        source: '示例更正通知',
      }
      const id = await site.run((work) => proposeValue(work, site.rulebook.values, proposal), proposer)
      const published = await site.run((work) => approveValue(work, id), approver)
      return published
    }
    const cause = (kind: 'published' | 'withdrawn', proposalId: Id) => ({
      kind,
      proposalId,
      value: 'refundRatePpm',
      region: '130000',
      from: '2025-06-20',
      to: null,
      source: '示例更正通知',
    })
    const carry = async (kind: 'published' | 'withdrawn', proposalId: Id) => {
      const system = { kind: 'system' as const }
      const revision = await site.open(system, {
        flow: 'stability-refund-revision',
        body: cause(kind, proposalId),
        key: `${kind}-${proposalId}`,
      })
      expect(revision.status).toBe('found')
      const lines = await site.run((work) => revisionLines(work, revision.caseId))
      await site.take(officers.approve, revision.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
      await site.take(officers.approve, revision.caseId, 'carryOut')
      return lines
    }

    const wrong = await publish({ large: 300_000, medium: 500_000, small: 500_000, micro: 500_000 })
    const lowered = await carry('published', wrong.id)
    expect(lowered.find((line) => line.caseId === caseId)).toMatchObject({ beforeFen: 7_200_000, afterFen: 6_000_000 })
    expect(await stateOf(caseId)).toMatchObject({ owedFen: 1_200_000, found: { amountFen: 6_000_000 } })
    const { decision } = await site.view(caseId)
    expect(must(decision, 'decision').objection.reconsideration.date).toBe('2025-09-01')
    const told = await site.run((work) => noticesOf(work, { employerId: employer.employerId }), employer.actor)
    expect(told.find(({ code }) => code === 'notice.benefit_recalculated')?.params).toMatchObject({
      beforeFen: 7_200_000,
      afterFen: 6_000_000,
    })

    const withdrawal = await site.run((work) => proposeWithdrawal(work, wrong.id, '公布的比例有误'), proposer)
    await expect(site.run((work) => approveWithdrawal(work, withdrawal), proposer)).rejects.toMatchObject({
      code: 'same_officer',
    })
    await site.run((work) => approveWithdrawal(work, withdrawal), approver)
    await carry('withdrawn', wrong.id)
    expect(await stateOf(caseId)).toMatchObject({ found: { amountFen: 7_200_000 }, owedFen: 1_200_000 })
    const lines = await payAll()
    expect(lines.some(({ offsetFen }) => offsetFen === 1_200_000)).toBe(true)
    expect(await stateOf(caseId)).toMatchObject({ owedFen: 0 })
    expect((await site.view(caseId)).file.status).toBe('paid')
    expect(await open('receivable_from_payee', employer.employerId)).toBe(0n)
    expect(await open('payable_to_payee', employer.employerId)).toBe(0n)
  })
})

describe('what the refund was spent on', () => {
  const declare = (employer: SiteEmployer, refundNumber: string, use: string, spentFen: number) =>
    site.open(employer.actor, {
      flow: 'refund-use',
      body: { refundNumber, use, spentFen, spentOn: '2025-07-01' },
    })

  it('accepts what is permitted, flags what is not, and refuses more than is left (C2.08, C2-t6)', async () => {
    const employer = await site.employer({ sizeClass: 'large', months: months(12) })
    const caseId = await toApproved(employer)
    const { file } = await site.view(caseId)
    await expect(declare(employer, file.number, 'skill_upgrade_training', 100)).rejects.toMatchObject({
      code: 'refund_not_paid',
    })
    await payAll()
    expect((await declare(employer, file.number, 'skill_upgrade_training', 1_000_000)).status).toBe('accepted')
    const flagged = await declare(employer, file.number, 'executive_dividend', 2_000_000)
    expect(flagged.status).toBe('flagged')
    await expect(declare(employer, file.number, 'social_insurance', 600_001)).rejects.toMatchObject({
      code: 'spent_more_than_refund',
    })
    await site.take(officers.review, flagged.caseId, 'check', { outcome: 'not_accepted', opinion: '高管分红不在列' })
    expect((await declare(employer, file.number, 'social_insurance', 2_600_000)).status).toBe('accepted')
    expect((await site.take(employer.actor, flagged.caseId, 'object', { grounds: '记错用途' })).status).toBe(
      'under_objection',
    )
    expect(
      (await site.take(officers.approve, flagged.caseId, 'decideObjection', { outcome: 'upheld', reasons: '属实' }))
        .status,
    ).toBe('not_accepted')
  })
})
