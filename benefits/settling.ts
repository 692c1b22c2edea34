import { BrokenInvariant, type Work } from '../ground/door.ts'
import type { Chart } from '../ledger/door.ts'
import { type ApplicationFile, type OrderedPayment, partyOf, standingFen } from './application-state.ts'
import type { Benefit } from './benefit.ts'
import { cancelOrder, getOrder, orderPayment, takeBack } from './payment-order.ts'

/** What a case's payments are after its amount was settled. */
export type Settled = { orders: OrderedPayment[]; owedFen: number }

/**
 * Brings what was ordered for a case to the amount that is now due. More: a further order of the difference. Less: orders that no bank has are
 * cancelled, newest first, and what is too much of them ordered anew; the rest is claimed back from what was paid. Refusal `payment_with_bank`
 * while the bank has an order that would have to be lowered.
 */
export async function settleDifference(
  work: Work,
  benefit: Benefit,
  chart: Chart,
  file: ApplicationFile,
  dueFen: number,
): Promise<Settled> {
  const { orders, owedFen } = file.state
  const differenceFen = dueFen - standingFen(orders)
  if (differenceFen === 0) return { orders, owedFen }
  if (differenceFen > 0) {
    return { orders: [...orders, await orderMore(work, benefit, chart, file, differenceFen)], owedFen }
  }
  return lower(work, benefit, chart, file, -differenceFen)
}

async function orderMore(
  work: Work,
  benefit: Benefit,
  chart: Chart,
  file: ApplicationFile,
  amountFen: number,
): Promise<OrderedPayment> {
  const party = partyOf(file)
  const { orderId } = await orderPayment(work, {
    key: `${file.number}:${file.seq}`,
    service: benefit.service,
    fund: benefit.money.fund,
    chart,
    agency: file.agency,
    caseId: file.id,
    caseNumber: file.number,
    payee: party,
    expense: benefit.money.expense.name,
    purpose: 'benefit',
    amountFen,
    on: work.today,
  })
  return { orderId, amountFen, state: 'ordered', takenBackFen: 0 }
}

async function lower(
  work: Work,
  benefit: Benefit,
  chart: Chart,
  file: ApplicationFile,
  tooMuchFen: number,
): Promise<Settled> {
  const orders = [...file.state.orders]
  let leftFen = tooMuchFen
  let orderAgainFen = 0
  for (let index = orders.length - 1; index >= 0 && leftFen > 0; index--) {
    const order = orders[index]
    if (order?.state !== 'ordered' && order?.state !== 'returned') continue
    await cancelOrder(work, { orderId: order.orderId, on: work.today })
    orders[index] = { ...order, state: 'cancelled' }
    orderAgainFen = Math.max(0, order.amountFen - leftFen)
    leftFen = Math.max(0, leftFen - order.amountFen)
  }
  if (orderAgainFen > 0) orders.push(await orderMore(work, benefit, chart, file, orderAgainFen))
  const claimedFen = leftFen
  for (const [index, order] of orders.entries()) {
    if (leftFen === 0) break
    const { state } = await getOrder(work, order.orderId)
    const amountFen = Math.min(leftFen, order.amountFen - order.takenBackFen)
    if (state !== 'paid' || amountFen === 0) continue
    await takeBack(work, {
      orderId: order.orderId,
      amountFen,
      key: `${file.number}:${file.seq}:${index}`,
      on: work.today,
      chart,
    })
    orders[index] = { ...order, takenBackFen: order.takenBackFen + amountFen }
    leftFen -= amountFen
  }
  if (leftFen > 0) throw new BrokenInvariant(`case ${file.number}: ${leftFen} fen to take back were never paid`)
  return { orders, owedFen: file.state.owedFen + claimedFen }
}
