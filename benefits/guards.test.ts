import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, must, type Work } from '../ground/door.ts'
import { fundChart } from './fund-books.ts'
import { cancelOrder, getOrder, orderPayment, ordersOf, takeBack } from './payment-order.ts'
import { type PoolSite, poolSite } from './pool.testing.ts'

let site: PoolSite
let pay: Actor
let approve: Actor

const chart = fundChart({ pool_expense: { title: { zh: '泳池支出', en: 'Pool expense' } } })

beforeAll(async () => {
  site = await poolSite()
  pay = await site.officer('pay')
  approve = await site.officer('approve')
  await site.fund('unemployment', 1_000_000_00)
})
afterAll(() => site.close())

/** A case whose grant is approved and ordered. */
async function approved(): Promise<{ caseId: Id; orderId: Id }> {
  const { personId, actor } = await site.person()
  site.lengths.set(personId, 20)
  const { caseId } = await site.open(actor, {
    flow: 'pool-grant',
    step: 'apply',
    body: { answers: { extraLengths: 0 } },
  })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  await site.take(await site.officer('review'), caseId, 'review', { opinion: '属实' })
  await site.take(approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  const [order] = await site.run((work) => ordersOf(work, { caseId }))
  return { caseId, orderId: must(order, 'order').orderId }
}

async function sent(): Promise<Id> {
  const batch = await site.open(pay, { flow: 'pool-grant-payment', body: {} })
  await site.take(approve, batch.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  return batch.caseId
}

const insertLine = (work: Work, orderId: Id, amountFen: number) =>
  sql`insert into benefits.payment_line (order_id, batch_id, amount_fen, offset_fen, account_masked, drawn_at)
    values (${orderId}, ${work.newId()}, ${amountFen}, 0, '****', ${work.now})`.execute(work.db)

describe('what the database itself refuses', () => {
  it('a second line while the bank has the order, a line of another amount, and a line of a cancelled order', async () => {
    const { orderId } = await approved()
    await expect(site.run((work) => insertLine(work, orderId, 1))).rejects.toThrow('line_differs')
    await sent()
    await expect(site.run((work) => insertLine(work, orderId, 20_000))).rejects.toThrow('order_in_batch')
    await expect(
      site.run((work) =>
        sql`insert into benefits.order_cancellation values (${orderId}, ${work.now})`.execute(work.db),
      ),
    ).rejects.toThrow('order_in_batch')
  })

  it('writing by anybody but the node, and every change of what was written', async () => {
    const { orderId } = await approved()
    await expect(site.run((work) => insertLine(work, orderId, 20_000), pay)).rejects.toThrow('row-level security')
    await expect(
      site.run((work) => sql`update benefits.payment_order set amount_fen = 1`.execute(work.db)),
    ).rejects.toThrow('permission denied')
  })

  it('shows officers of another region nothing', async () => {
    await approved()
    const elsewhere = await site.officer('pay', { agency: '320000' })
    expect(
      await site.run((work) => ordersOf(work, { dueOf: { service: 'pool-grant', agency: '320000' } }), elsewhere),
    ).toEqual([])
    const { rows } = await site.run((work) => sql`select id from benefits.payment_order`.execute(work.db), elsewhere)
    expect(rows).toEqual([])
  })
})

describe('orders', () => {
  it('the same key orders once, and nothing is claimed back of what was not paid', async () => {
    const { personId } = await site.person()
    const { caseId } = await approved()
    const spec = {
      key: 'twice',
      service: 'pool-grant',
      fund: 'unemployment',
      chart,
      agency: '130000',
      caseId,
      caseNumber: 'YC-1',
      payee: { kind: 'person' as const, id: personId },
      expense: 'pool_expense',
      purpose: 'benefit',
      amountFen: 500,
      on: '2025-07-01',
    }
    const first = await site.run((work) => orderPayment(work, spec))
    expect(await site.run((work) => orderPayment(work, spec))).toEqual({ orderId: first.orderId, existing: true })
    await expect(site.run((work) => orderPayment(work, { ...spec, amountFen: 501 }))).rejects.toMatchObject({
      code: 'transfer_key_reused',
    })
    const back = { orderId: first.orderId, amountFen: 100, key: 'back', on: '2025-07-01', chart }
    await expect(site.run((work) => takeBack(work, back))).rejects.toMatchObject({ code: 'payment_not_made' })
    await site.run((work) => cancelOrder(work, { orderId: first.orderId, on: '2025-07-01' }))
    expect(await site.run((work) => getOrder(work, first.orderId))).toMatchObject({ state: 'cancelled' })
  })

  it('a crash at any point of approving leaves nothing half done, and the step can be taken again', async () => {
    const points = ['benefits.order.posted', 'benefits.approve.settled']
    for (const point of points) {
      const { personId, actor } = await site.person()
      site.lengths.set(personId, 20)
      const { caseId } = await site.open(actor, {
        flow: 'pool-grant',
        step: 'apply',
        body: { answers: { extraLengths: 0 } },
      })
      await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
      await site.take(await site.officer('review'), caseId, 'review', { opinion: '属实' })
      site.crashAt(point)
      const take = () => site.take(approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' })
      await expect(take()).rejects.toThrow(point)
      site.crashAt(null)
      expect(await site.run((work) => ordersOf(work, { caseId }))).toEqual([])
      expect((await site.view(caseId)).file.status).toBe('reviewed')
      await take()
      expect(await site.run((work) => ordersOf(work, { caseId }))).toHaveLength(1)
    }
  })

  it('a crash while the bank answers leaves the whole batch as it was', async () => {
    await approved()
    const batchId = await sent()
    const answer = () => site.take(pay, batchId, 'recordResult', { lines: [], othersPaid: true })
    site.crashAt('benefits.line.posted')
    await expect(answer()).rejects.toThrow('benefits.line.posted')
    site.crashAt(null)
    expect((await site.run((work) => ordersOf(work, { batchId }))).every(({ state }) => state === 'waiting')).toBe(true)
    expect((await answer()).status).toBe('closed')
    expect((await site.run((work) => ordersOf(work, { batchId }))).every(({ state }) => state === 'paid')).toBe(true)
  })
})
