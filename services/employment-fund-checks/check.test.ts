import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Benefit, type BenefitTools, benefitParts } from '../../benefits/door.ts'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { openRulebook } from '../../law/door.ts'
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
