import { BrokenInvariant, monthOf, type Work } from '../ground/door.ts'
import type { Chart } from '../ledger/door.ts'
import { beginBenefitSpell, benefitSpellsOf, cancelBenefitSpell } from '../people/door.ts'
import { type ApplicationFile, type OrderedPayment, partyOf, standingFen } from './application-state.ts'
import type { Benefit } from './benefit.ts'
import { cancelOrder, getOrder, orderPayment, takeBack } from './payment-order.ts'
import { asNode } from './tables.ts'

/** What a case's payments are after its amount was settled. */
export type Settled = { orders: OrderedPayment[]; owedFen: number }

/** Brings what was ordered for an application to the amount that is now due (`settleOrders`). */
export async function settleDifference(
  work: Work,
  benefit: Benefit,
  chart: Chart,
  file: ApplicationFile,
  dueFen: number,
): Promise<Settled> {
  const key = `${file.number}:${file.seq}`
  if (benefit.registeredAs !== undefined) await registerGrant(work, benefit.registeredAs, file, dueFen > 0)
  const { orders, takenBackFen } = await settleOrders(work, file.state.orders, dueFen, {
    key,
    chart,
    order: (amountFen) => orderMore(work, benefit, chart, file, { key, amountFen }),
  })
  return { orders, owedFen: file.state.owedFen + takenBackFen }
}

/** Enters a grant in the register of benefits for the month of the day, and takes it back once nothing is due any more. */
async function registerGrant(work: Work, kind: string, file: ApplicationFile, isGranted: boolean): Promise<void> {
  const { kind: who, id: personId } = partyOf(file)
  if (who !== 'person') return
  await asNode(work, async (node) => {
    const spells = await benefitSpellsOf(node, personId, { kind }, 'granting a benefit')
    const known = spells.find(({ caseId }) => caseId === file.id)
    const month = monthOf(work.today)
    if (isGranted && !known) {
      await beginBenefitSpell(node, { personId, kind, agency: file.agency, from: month, to: month, caseId: file.id })
    } else if (!isGranted && known) {
      await cancelBenefitSpell(node, { spellId: known.spellId, caseId: file.id })
    }
  })
}

async function orderMore(
  work: Work,
  benefit: Benefit,
  chart: Chart,
  file: ApplicationFile,
  { key, amountFen }: { key: string; amountFen: number },
): Promise<OrderedPayment> {
  const { orderId } = await orderPayment(work, {
    key,
    service: benefit.service,
    fund: benefit.money.fund,
    chart,
    agency: file.agency,
    caseId: file.id,
    caseNumber: file.number,
    payee: partyOf(file),
    expense: benefit.money.expense.name,
    purpose: 'benefit',
    amountFen,
    on: work.today,
  })
  return { orderId, amountFen, state: 'ordered', takenBackFen: 0 }
}

/** How the orders of a case are settled: what names this settling, by which chart, and how one more is ordered (asked at most once). */
export type OrderSettling<Order> = { key: string; chart: Chart; order(amountFen: number): Promise<Order> }

/**
 * Brings orders to the amount that is now due. More: a further order of the difference. Less: orders that no bank has are cancelled, newest first,
 * and what is too much of them ordered anew; the rest is claimed back from what was paid (`takenBackFen`). Refusal `payment_with_bank` while the
 * bank has an order that would have to be lowered.
 */
export async function settleOrders<Order extends OrderedPayment>(
  work: Work,
  orders: readonly Order[],
  dueFen: number,
  { key, chart, order: orderMoreFen }: OrderSettling<Order>,
): Promise<{ orders: Order[]; takenBackFen: number }> {
  const settled = [...orders]
  const differenceFen = dueFen - standingFen(orders)
  if (differenceFen > 0) settled.push(await orderMoreFen(differenceFen))
  if (differenceFen >= 0) return { orders: settled, takenBackFen: 0 }
  const leftFen = await cancelUnpaid(work, settled, -differenceFen)
  if (leftFen < 0) settled.push(await orderMoreFen(-leftFen))
  const takenBackFen = Math.max(0, leftFen)
  await takeBackPaid(work, settled, takenBackFen, { key, chart })
  return { orders: settled, takenBackFen }
}

/** Cancels orders until nothing is too much. Returns what is still too much; below zero: what was cancelled beyond that. */
async function cancelUnpaid<Order extends OrderedPayment>(
  work: Work,
  orders: Order[],
  tooMuchFen: number,
): Promise<number> {
  let leftFen = tooMuchFen
  for (const [index, order] of [...orders.entries()].toReversed()) {
    if (leftFen <= 0) break
    if (order.state !== 'ordered' && order.state !== 'returned') continue
    await cancelOrder(work, { orderId: order.orderId, on: work.today })
    orders[index] = { ...order, state: 'cancelled' }
    leftFen -= order.amountFen
  }
  return leftFen
}

async function takeBackPaid<Order extends OrderedPayment>(
  work: Work,
  orders: Order[],
  tooMuchFen: number,
  { key, chart }: { key: string; chart: Chart },
): Promise<void> {
  let leftFen = tooMuchFen
  for (const [index, order] of orders.entries()) {
    const amountFen = Math.min(leftFen, order.amountFen - order.takenBackFen)
    if (amountFen === 0 || (await getOrder(work, order.orderId)).state !== 'paid') continue
    const { orderId } = order
    await takeBack(work, { orderId, amountFen, key: `${key}:${orderId}`, on: work.today, chart })
    orders[index] = { ...order, takenBackFen: order.takenBackFen + amountFen }
    leftFen -= amountFen
  }
  if (leftFen > 0) throw new BrokenInvariant(`${key}: ${leftFen} fen to take back were never paid`)
}
