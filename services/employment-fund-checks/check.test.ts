import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Benefit, type BenefitTools, benefitParts } from '../../benefits/door.ts'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { type Actor, BadInput } from '../../ground/door.ts'
import { openRulebook } from '../../law/door.ts'
import { payeeOf, paymentsTo } from './payments.ts'
import { service } from './service.ts'

let site: BenefitSite

/** The made-up grant of the benefits' own tests, paid by the fund that is checked. */
const grant: Benefit = {
  id: 'pool-grant',
  service: 'pool-grant',
  version: 1,
  title: { zh: '泳池补贴（示例）', en: 'Pool grant (made up)' },
  numberPrefix: 'YC',
  policy: 'pool-grant',
  applicant: 'person',
  fields: [],
  answers: z.strictObject({ extraLengths: z.int() }),
  gather: async () => ({ facts: { lengths: 0 }, sources: {} }),
  agencyOf: async () => '430000',
  money: { fund: 'employment_special', expense: { name: 'pool_expense', title: { zh: '支出', en: 'Expense' } } },
}
const rulebook = openRulebook('pool-grant', new URL('../../benefits/pool-grant.testing/', import.meta.url))

function created(tools: BenefitTools) {
  const { chart, flows } = benefitParts({ ...tools, rulebook }, [grant])
  return { chart, flows: [...service.create(tools).flows, ...flows] }
}
beforeAll(async () => {
  site = await benefitSite({ region: '430000', on: '2024-12-20', service: { ...service, create: created } })
  await site.fund('employment_special', 100_000_000)
})
afterAll(() => site.close())

/** So many payments of the fund, through the bank. */
async function pay(count: number) {
  for (let serial = 1; serial <= count; serial += 1) {
    const { actor } = await site.person()
    await applyAndPay(site, actor, { flow: 'pool-grant', answers: { extraLengths: 10 * serial } })
  }
}

describe('C5.09: supervision after the fact', () => {
  it('draws five of what was paid, each once; every one is checked before it is closed', async () => {
    const audit = await site.officer('audit')
    const period = { from: '2024-12-01', to: '2024-12-31' }
    const draw = () => site.open(audit, { flow: 'fund-check', step: 'draw', body: period })
    await expect(draw()).rejects.toMatchObject({ code: 'nothing_paid_in_the_period' })
    await pay(8)
    const { caseId } = await draw()
    const { state } = (await site.view(caseId)).file
    const { lines } = state as { lines: Array<{ no: number; caseNumber: string }> }
    expect(new Set(lines.map(({ caseNumber }) => caseNumber)).size).toBe(5)
    await expect(site.take(audit, caseId, 'close')).rejects.toMatchObject({ code: 'lines_not_checked' })
    const irregular = { no: 1, outcome: 'irregular', note: '申报材料不实', recoverFen: 999_999_999 }
    await site.take(audit, caseId, 'check', irregular)
    await expect(site.take(audit, caseId, 'check', irregular)).rejects.toMatchObject({ code: 'line_unknown' })
    for (const no of [2, 3, 4, 5]) await site.take(audit, caseId, 'check', { no, outcome: 'in_order', note: '相符' })
    expect((await site.take(audit, caseId, 'close')).status).toBe('closed')
    const [row] = await site.run((work) => site.cases.find(work, { flow: 'fund-check' }))
    expect(row?.summary).toMatchObject({ payments: 8, drawn: 5, irregular: 1 })
    expect(Number(row?.summary.recoverFen)).toBeLessThanOrEqual(80_000)
  })
})

describe('C5.09: how the money was spent', () => {
  const use = { use: 'equipment_and_materials', spentFen: 6_000, spentOn: '2024-12-20', note: '' }

  async function paidPerson() {
    const { actor } = await site.person()
    const paidCaseId = await applyAndPay(site, actor, { flow: 'pool-grant', answers: { extraLengths: 10 } })
    return { actor, paidCaseId }
  }
  const declare = (actor: Actor, answers: object) =>
    site.open(actor, { flow: 'fund-use', step: 'declare', body: { answers } })

  it('is declared of a payment by whoever was paid, and never more than was paid', async () => {
    const { actor, paidCaseId } = await paidPerson()
    const paidFen = (await paymentsOf(actor))[0]?.paidFen ?? 0
    expect((await declare(actor, { ...use, paidCaseId, spentFen: paidFen - 1 })).status).toBe('accepted')
    await expect(declare(actor, { ...use, paidCaseId, spentFen: 2 })).rejects.toMatchObject({
      code: 'spent_more_than_paid',
    })
    const { caseId } = await declare(actor, { ...use, paidCaseId, spentFen: 1 })
    expect((await paymentsOf(actor))[0]?.unspentFen).toBe(0)
    await site.take(actor, caseId, 'withdraw', { reason: '填错了' })
    expect((await paymentsOf(actor))[0]?.unspentFen).toBe(1)
  })

  it('of a payment to somebody else is refused, and so is a day that has not come', async () => {
    const { paidCaseId } = await paidPerson()
    const { actor: other } = await site.person()
    await expect(declare(other, { ...use, paidCaseId })).rejects.toMatchObject({ code: 'payment_not_yours' })
    const own = await paidPerson()
    const early = declare(own.actor, { ...use, paidCaseId: own.paidCaseId, spentOn: '2024-12-21' })
    await expect(early).rejects.toBeInstanceOf(BadInput)
  })

  it('outside the rules of the fund it is looked into by auditors; what they refuse is free again', async () => {
    const { actor, paidCaseId } = await paidPerson()
    const car = await declare(actor, { ...use, paidCaseId, use: 'buildings_and_vehicles' })
    expect(car.status).toBe('flagged')
    const before = (await paymentsOf(actor))[0]?.unspentFen ?? 0
    const checked = { outcome: 'not_accepted', opinion: '购车不在列支范围' }
    expect((await site.take(await site.officer('audit'), car.caseId, 'check', checked)).status).toBe('not_accepted')
    expect((await paymentsOf(actor))[0]?.unspentFen).toBe(before + use.spentFen)
    await site.take(actor, car.caseId, 'object', { grounds: '是工程车' })
    const aside = { outcome: 'set_aside', reasons: '重新核查' }
    await site.take(await site.officer('approve'), car.caseId, 'decideObjection', aside)
    const accepted = await site.take(await site.officer('audit'), car.caseId, 'check', {
      outcome: 'accepted',
      opinion: '属作业设备',
    })
    expect(accepted.status).toBe('accepted')
  })

  it('one that counts again after an objection is not accepted where its money was spent otherwise meanwhile', async () => {
    const { actor, paidCaseId } = await paidPerson()
    const paidFen = (await paymentsOf(actor))[0]?.paidFen ?? 0
    const car = await declare(actor, { ...use, paidCaseId, use: 'buildings_and_vehicles', spentFen: paidFen })
    const checked = { outcome: 'not_accepted', opinion: '购车不在列支范围' }
    await site.take(await site.officer('audit'), car.caseId, 'check', checked)
    expect((await declare(actor, { ...use, paidCaseId, spentFen: 1 })).status).toBe('accepted')
    await site.take(actor, car.caseId, 'object', { grounds: '是工程车' })
    const aside = { outcome: 'set_aside', reasons: '重新核查' }
    await site.take(await site.officer('approve'), car.caseId, 'decideObjection', aside)
    const accept = { outcome: 'accepted', opinion: '属作业设备' }
    await expect(site.take(await site.officer('audit'), car.caseId, 'check', accept)).rejects.toMatchObject({
      code: 'spent_more_than_paid',
    })
    expect((await site.take(await site.officer('audit'), car.caseId, 'check', checked)).status).toBe('not_accepted')
  })
})

function paymentsOf(actor: Actor) {
  return site.run((work) => paymentsTo(work, { cases: () => site.cases }, payeeOf(work)), actor)
}
