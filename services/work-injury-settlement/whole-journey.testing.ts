import type { StepTaken } from '../../cases/door.ts'
import { failedMessages } from '../../exchange/door.ts'
import type { Actor, Id } from '../../ground/door.ts'
import {
  admission,
  bill,
  books,
  discharge,
  line,
  longTermInUrumqi,
  look,
  open,
  statusOf,
  take,
} from './journey.testing.ts'
import {
  fundRegion,
  officer,
  type TestHospital,
  type TestNation,
  type TestPerson,
  type TestRegion,
  testHospital,
  testPerson,
} from './nation.testing.ts'
import { payPrepaid } from './prepaid.ts'
import { listSettlements } from './settlements.ts'

/** How a journey is taken: what may happen around and between its steps. */
export type Way = {
  /** Does one thing; every repetition of it has the same idempotency key. */
  act<T>(name: string, region: TestRegion, action: (key: string) => Promise<T>): Promise<T>
  /** Some messages may arrive, or not. */
  someTime(): Promise<void>
  /** Messages arrive until this holds. */
  until(isDone: () => Promise<boolean>): Promise<void>
  /** All messages arrive. */
  everything(): Promise<void>
}

type Place = { hub: TestRegion; home: TestRegion; host: TestRegion; person: TestPerson; hospital: TestHospital }

/**
 * Everything this service does with money, once: a filing and its end, an advance, a stay that is settled, undone and settled again, its claim,
 * reconciliation, deduction, payment, statement and clearing. Returns what must be the same whatever happened on the way.
 */
export async function wholeJourney(nation: TestNation, way: Way): Promise<unknown> {
  const [hub, home, host] = [nation.region('000000'), nation.region('320000'), nation.region('650000')]
  for (const region of [home, host]) await fundRegion(region, 10_000_000)
  const place = {
    ...{ hub, home, host },
    person: await testPerson(home, '320100'),
    hospital: await testHospital(host, '650100'),
  }
  const filing = await fileAndAdvance(place, way)
  const stayId = await admit(place, way)
  for (const { clock } of nation.regions) clock.moveTo('2026-05-31T01:00:00.000Z')
  await settle(place, way, stayId, bill)
  await step(way, host, place.hospital.office, stayId, 'undo', { reason: '录入错误' })
  await settle(place, way, stayId, [...bill, line('H-ITEM-1', 50_000)])
  await auditAndPay(place, way, stayId)
  await dispute(place, way, stayId)
  await step(way, home, await officer(home, 'accept', '320100'), filing, 'end', { reason: 'entitlement_lost' })
  // What the quarter owes is what both sides know at its end.
  await way.everything()
  await payClaim(place, way)
  for (const { clock } of nation.regions) clock.moveTo('2026-07-01T01:00:00.000Z')
  await clear(place, way)
  await way.everything()
  return outcome(nation, host, stayId)
}

/** A step on a case, after which some time passes. */
async function step(
  way: Way,
  region: TestRegion,
  actor: Actor,
  caseId: Id,
  name: string,
  body: unknown = {},
): Promise<StepTaken> {
  const taken = await way.act(name, region, (key) => take(region, actor, caseId, name, body, { key }))
  await way.someTime()
  return taken
}

async function fileAndAdvance({ home, person }: Place, way: Way): Promise<Id> {
  const { caseId } = await way.act('file', home, (key) =>
    open(home, person.actor, 'filing', longTermInUrumqi, { agency: '320100', key }),
  )
  await step(way, home, await officer(home, 'accept', '320100'), caseId, 'accept', { outcome: 'accepted' })
  const approved = { outcome: 'approved', opinion: '符合规定' }
  await step(way, home, await officer(home, 'review', '320100'), caseId, 'review', approved)
  await home.run((work) => payPrepaid(work, '650000', 5_000_000), await officer(home, 'pay'))
  return caseId
}

async function admit({ host, person, hospital }: Place, way: Way): Promise<Id> {
  const shown = { kind: 'card', cardNumber: person.cardNumber }
  const { caseId } = await way.act('admit', host, (key) =>
    open(host, hospital.office, 'stay', admission('320000', shown), { key }),
  )
  await way.until(async () => (await statusOf(host, caseId)) === 'in_hospital')
  return caseId
}

async function settle({ host, hospital }: Place, way: Way, stayId: Id, lines: object[]): Promise<void> {
  await step(way, host, hospital.office, stayId, 'importBill', { sourceName: 'bill.csv', lines })
  await step(way, host, hospital.office, stayId, 'previewBill')
  await step(way, host, hospital.office, stayId, 'settle', discharge(400_000))
}

async function auditAndPay({ host, hospital }: Place, way: Way, stayId: Id): Promise<void> {
  const [auditor, payer] = [await officer(host, 'audit', '650100'), await officer(host, 'pay', '650100')]
  const { institutionId, office } = hospital
  const month = { institutionId, month: '2026-05' }
  const reconciliation = await way.act('open', host, (key) => open(host, auditor, 'reconciliation', month, { key }))
  await step(way, host, auditor, stayId, 'correct', { lessFen: 10_000, reason: '重复收费' })
  const { state } = await look(host, host.flows.reconciliation, reconciliation.caseId)
  await step(way, host, office, reconciliation.caseId, 'submitList', { rows: state.items })
  await step(way, host, auditor, reconciliation.caseId, 'agree')
  await step(way, host, auditor, stayId, 'audit', { outcome: 'deduct', amountFen: 20_000, reason: '超范围用药' })
  await step(way, host, office, stayId, 'acceptDeduction')

  const batch = await way.act('open', host, (key) => open(host, payer, 'payment', {}, { key }))
  const approved = { outcome: 'approved', opinion: '同意' }
  await step(way, host, await officer(host, 'approve', '650100'), batch.caseId, 'approve', approved)
  const drawnUp = await look(host, host.flows.payment, batch.caseId)
  const lines = drawnUp.state.lines.map(({ settlementNumber }) => ({ settlementNumber, result: 'paid' }))
  await step(way, host, payer, batch.caseId, 'recordResult', { lines })
}

/** Jiangsu holds 100.00 less to be owed, and Xinjiang agrees: the hospital, which has been paid, owes it. */
async function dispute({ home, host }: Place, way: Way, stayId: Id): Promise<void> {
  await way.everything()
  const { state } = await look(host, host.flows.stay, stayId)
  const settlementNumber = state.settlement?.number ?? ''
  const claim = { settlementNumber, expectedFen: 3_610_000, reason: '与工伤无关的检查' }
  const auditor = await officer(home, 'audit', '320100')
  await way.act('raise', home, (key) => open(home, auditor, 'dispute', claim, { step: 'raise', key }))
  await way.until(async () => (await findCase(host, 'dispute', 'to_answer')) !== undefined)
  const answering = await officer(host, 'audit', '650100')
  await step(way, host, answering, await onlyCase(host, 'dispute', 'to_answer'), 'accept', { opinion: '同意' })
}

async function payClaim({ home, person }: Place, way: Way): Promise<void> {
  const claim = await onlyCase(home, 'claim', 'opened')
  const as = (role: string) => officer(home, role, '320100')
  const account = { bankName: '示例银行', bankAccount: '6222000000000001', receipts: [] }
  await step(way, home, person.actor, claim, 'supply', account)
  await step(way, home, await as('accept'), claim, 'accept', { outcome: 'accepted', billInScopeFen: 0 })
  await step(way, home, await as('review'), claim, 'review', { opinion: '核对无误' })
  await step(way, home, await as('approve'), claim, 'approve', { opinion: '同意' })
  await step(way, home, await as('pay'), claim, 'pay', { bankReference: 'BANK-0001' })
}

async function clear({ hub, home, host }: Place, way: Way): Promise<void> {
  for (const region of [home, host]) {
    for (const { name, run } of region.parts.clockwork ?? []) await way.act(name, region, () => region.run(run))
  }
  await way.until(async () => (await findCase(hub, 'statement', 'ready')) !== undefined)
  await step(way, hub, await officer(hub, 'hub_clerk'), await onlyCase(hub, 'statement', 'ready'), 'issue')
  await way.until(async () => (await findCase(home, 'clearing', 'to_pay')) !== undefined)
  await step(way, home, await officer(home, 'pay'), await onlyCase(home, 'clearing', 'to_pay'), 'pay')
}

async function findCase(region: TestRegion, flow: string, status: string): Promise<Id | undefined> {
  return (await region.run((work) => region.cases.find(work, { flow, status })))[0]?.caseId
}

async function onlyCase(region: TestRegion, flow: string, status: string): Promise<Id> {
  const found = await findCase(region, flow, status)
  if (!found) throw new Error(`no ${flow} is ${status}`)
  return found
}

/** Books, settlements, where every case stands, the claims that stand, and that no message failed. */
async function outcome(nation: TestNation, host: TestRegion, stayId: Id) {
  const { state } = await look(host, host.flows.stay, stayId)
  const { fundFen, deductedFen, home } = state.settlement ?? {}
  const regions: unknown[] = []
  for (const region of nation.regions) regions.push({ ...(await standing(region)), books: await books(region) })
  return { settlement: { fundFen, deductedFen, home }, regions }
}

function standing(region: TestRegion) {
  return region.run(async (work) => {
    const cases = (await region.cases.find(work, { limit: 100 })).filter(({ status }) => status !== 'cancelled')
    const home = await listSettlements(work, { side: 'home' })
    const host = await listSettlements(work, { side: 'host' })
    return {
      failed: await failedMessages(work),
      cases: cases.map(({ flow, status }) => `${flow} ${status}`).sort(),
      claims: cases.filter(({ flow }) => flow === 'claim').map(({ summary }) => summary.totalFen),
      settlements: [...home, ...host].map((row) => ({
        ...{ side: row.side, revision: row.revision, state: row.state },
        ...{ fundFen: row.fund_fen, deductedFen: row.deducted_fen, clearedFen: row.cleared_fen },
      })),
    }
  })
}
