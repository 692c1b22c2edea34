import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Id, PlainDate } from '../ground/door.ts'
import { benefitSpellsOf, recordDeath } from '../people/door.ts'
import { standingFen } from './application-state.ts'
import { type MonthlyPoolSite, monthlyPoolSite } from './monthly.testing.ts'
import { batchState } from './payment-flow.ts'

let site: MonthlyPoolSite
beforeAll(async () => {
  site = await monthlyPoolSite()
  await site.fund('unemployment', 1_000_000_00)
  for (const month of ['2025-07', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12']) site.lengths.set(month, 20)
})
afterAll(() => site.close())

async function receiving(from = '2025-07'): Promise<{ caseId: Id; personId: Id }> {
  const { personId } = await site.person()
  const body = { personId, from }
  const { caseId } = await site.open(await site.officer('accept'), { flow: 'pool-months', step: 'apply', body })
  await site.take(await site.officer('approve'), caseId, 'approve')
  return { caseId, personId }
}

/** The morning of a day, with every month that is due by then paid. */
async function moveTo(day: PlainDate): Promise<void> {
  site.moveTo(day)
  while ((await site.cases.runDue(site.node)).taken.length > 0);
}

/** Draws up what is due and has the bank answer: paid, but for the orders named. */
async function payBatch(returned: readonly Id[] = []): Promise<void> {
  const { caseId } = await site.open(await site.officer('pay'), { flow: 'pool-months-payment', body: {} })
  await site.take(await site.officer('approve'), caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  const { lines } = batchState.parse((await site.view(caseId)).file.state)
  const results = lines.map(({ orderId }) =>
    returned.includes(orderId)
      ? { orderId, result: 'returned' as const, reason: '户名不符' }
      : { orderId, result: 'paid' as const },
  )
  await site.take(await site.officer('pay', { another: true }), caseId, 'recordResult', { lines: results })
}

/** What stands of each month: the person's line and the premium. */
async function monthsOf(caseId: Id) {
  const { months } = await site.stateOf(caseId)
  return months.map(({ month, orders }) => [
    month,
    standingFen(orders.filter(({ line }) => line === 'swimming')),
    standingFen(orders.filter(({ line }) => line === 'premium')),
  ])
}

describe('what is paid month by month', () => {
  it('each month pays itself on its first day, once, and months that are late at once', async () => {
    const { caseId } = await receiving()
    await moveTo('2025-07-31')
    expect(await monthsOf(caseId)).toEqual([['2025-07', 20_000, 2_000]])
    await moveTo('2025-09-01')
    await moveTo('2025-09-01')
    expect(await monthsOf(caseId)).toEqual([
      ['2025-07', 20_000, 2_000],
      ['2025-08', 20_000, 2_000],
      ['2025-09', 20_000, 2_000],
    ])
  })

  it('a crash between the order and the record leaves neither', async () => {
    const { caseId } = await receiving('2025-09')
    site.crashAt('benefits.month.ordered')
    await site.cases.runDue(site.node).catch(() => undefined)
    expect((await site.stateOf(caseId)).months).toEqual([])
    site.crashAt(null)
    await moveTo('2025-09-02')
    expect(await monthsOf(caseId)).toEqual([['2025-09', 20_000, 2_000]])
  })

  it('what a month is due by the register now is ordered or cancelled, and not what was paid to a fund is owed by the person', async () => {
    const { caseId } = await receiving('2025-09')
    await moveTo('2025-09-03')
    await payBatch()
    site.lengths.set('2025-09', 15)
    await site.take(await site.officer('review'), caseId, 'recheck', { note: '登记更正' })
    expect(await monthsOf(caseId)).toEqual([['2025-09', 15_000, 2_000]])
    expect((await site.stateOf(caseId)).owedFen).toBe(5_000)
    site.lengths.set('2025-09', 3)
    await site.take(await site.officer('review'), caseId, 'recheck', { note: '登记更正' })
    expect(await monthsOf(caseId)).toEqual([['2025-09', 0, 0]])
    expect((await site.stateOf(caseId)).owedFen).toBe(20_000)
    site.lengths.set('2025-09', 20)
    await site.take(await site.officer('review'), caseId, 'recheck', { note: '登记更正' })
    expect(await monthsOf(caseId)).toEqual([['2025-09', 20_000, 2_000]])
    await payBatch()
    expect((await site.stateOf(caseId)).owedFen).toBe(0)
  })

  it('a death ends it at once when it is known: the months after it come back, and the register says the last month', async () => {
    const { caseId, personId } = await receiving('2025-09')
    await moveTo('2025-11-01')
    await payBatch()
    await site.run((work) => recordDeath(work, personId, '2025-09-20'))
    const { status } = await site.take(await site.officer('accept'), caseId, 'recheck', { note: '家属告知' })
    expect(status).toBe('ended')
    const { ended, owedFen, spellId } = await site.stateOf(caseId)
    expect([ended, owedFen, spellId]).toEqual([{ reason: 'died', since: '2025-10-01' }, 40_000, null])
    const spells = await site.run((work) => benefitSpellsOf(work, personId, {}, 'test'))
    expect(spells).toMatchObject([{ from: '2025-09', to: '2025-09' }])
    await moveTo('2025-12-01')
    expect(await monthsOf(caseId)).toHaveLength(3)
    const repaid = { amountFen: 40_000, bankReference: '示例回单1' }
    await site.take(await site.officer('pay'), caseId, 'noteRepayment', repaid)
    expect((await site.stateOf(caseId)).owedFen).toBe(0)
  })

  it('a death before anything was paid: the entry in the register never was', async () => {
    const { caseId, personId } = await receiving('2026-01')
    await site.run((work) => recordDeath(work, personId, '2025-12-01'))
    await moveTo('2026-01-01')
    expect((await site.stateOf(caseId)).ended).toEqual({ reason: 'died', since: '2026-01-01' })
    expect(await site.run((work) => benefitSpellsOf(work, personId, {}, 'test'))).toEqual([])
  })

  it('a payment that the bank returns waits for a mended account; nothing returned is refused; an order of another case is too', async () => {
    site.lengths.set('2026-01', 20)
    const { caseId } = await receiving('2026-01')
    await moveTo('2026-01-02')
    const order = (await site.stateOf(caseId)).months[0]?.orders.find(({ line }) => line === 'swimming')
    const stateOf = async () =>
      (await site.stateOf(caseId)).months[0]?.orders.find(({ orderId }) => orderId === order?.orderId)?.state
    await payBatch([order?.orderId ?? ''])
    expect(await stateOf()).toBe('returned')
    await site.take(await site.officer('pay'), caseId, 'reissue', { note: '已更正' })
    await payBatch()
    expect(await stateOf()).toBe('paid')
    await expect(site.take(await site.officer('pay'), caseId, 'reissue', { note: '再来' })).rejects.toMatchObject({
      code: 'nothing_returned',
    })
    const { personId } = await site.person()
    await expect(
      site.take({ kind: 'system' }, caseId, 'notePaid', { orderId: personId, paidOn: '2026-01-02', offsetFen: 0 }),
    ).rejects.toMatchObject({ code: 'payment_not_of_case' })
  })
})
