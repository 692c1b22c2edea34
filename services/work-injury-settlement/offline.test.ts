import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInProcessTransport } from '../../exchange/door.ts'
import {
  admission,
  admittedStay,
  bill,
  books,
  caseOf,
  discharge,
  look,
  nanjingInUrumqi,
  open,
  paidStay,
  settleStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import { fundRegion, type TestNation, testNation } from './nation.testing.ts'

// Jiangsu cannot be reached for days, and later cannot reach others: the counter goes on, and what waits arrives by itself.

const transport = createInProcessTransport()
let nation: TestNation
let treatments: Treatment[]
beforeAll(async () => {
  nation = await testNation({ regions: ['000000', '320000', '650000'], transport })
  for (const region of ['320000', '650000']) await fundRegion(nation.region(region))
  treatments = []
  for (let count = 0; count < 3; count++) treatments.push(await nanjingInUrumqi(nation))
})
afterAll(() => nation.close())

const treatment = (index: number) => treatments[index] ?? Promise.reject(new Error('three were made'))

const office = async (index: number, stayId: string, step: string, body: object = {}) => {
  const { host, hospital } = await treatment(index)
  return take(host, hospital.office, stayId, step, body)
}

describe('the insured region is away for twelve days', () => {
  const stays: string[] = []

  it('S-05: who is in hospital is settled at once, in the books of the host, although nobody hears of it', async () => {
    const first = await treatment(0)
    stays.push((await admittedStay(nation, first)).caseId)
    transport.setReachable('320000', false)
    await nation.moveTo('2026-05-31')
    await settleStay(nation, first, stays[0] ?? '')
    expect(await statusOf(first.host, stays[0] ?? '')).toBe('settled')
    expect(await books(first.host)).toMatchObject({ 'receivable_from_region:320000': 3_600_000 })
    expect(await books(first.home)).not.toHaveProperty('payable_to_region:650000')
  })

  it('S-03, S-05: who comes now waits for an answer; the bill is taken and previewed, and nothing is settled', async () => {
    for (const index of [1, 2]) {
      const { host, hospital, person } = await treatment(index)
      const shown = { kind: 'card', cardNumber: person.cardNumber }
      const stay = await open(host, hospital.office, 'stay', admission('320000', shown))
      stays.push(stay.caseId)
      expect(stay.status).toBe('pending_eligibility')
      await office(index, stay.caseId, 'importBill', { sourceName: 'bill.csv', lines: bill })
      expect(await office(index, stay.caseId, 'previewBill')).toMatchObject({ status: 'pending_eligibility' })
      const settling = office(index, stay.caseId, 'settle', discharge(400_000))
      await expect(settling).rejects.toMatchObject({ code: 'step_not_open' })
    }
  })

  it('S-06: whoever leaves before the answer leaves without settlement', async () => {
    const body = { dischargedOn: '2026-05-31', reason: '参保地网络中断' }
    expect(await office(2, stays[2] ?? '', 'leave', body)).toMatchObject({ status: 'left_without_settlement' })
    expect(await caseOf((await treatment(2)).home, (await treatment(2)).person, 'claim')).toBeUndefined()
  })

  it('S-41: after twelve days all catches up by itself: booked, admitted as previewed, and a claim for who has left', async () => {
    await nation.moveTo('2026-06-12')
    transport.setReachable('320000', true)
    await nation.moveTo('2026-06-12')
    await catchUp(nation)
    const { home, host } = await treatment(0)
    expect((await look(host, host.flows.stay, stays[0] ?? '')).state.settlement).toMatchObject({ home: 'booked' })
    expect(await books(home)).toMatchObject({ 'payable_to_region:650000': 3_600_000 })
    expect(await statusOf(host, stays[1] ?? '')).toBe('previewed')
    await office(1, stays[1] ?? '', 'settle', discharge(400_000))
    expect(await caseOf(home, (await treatment(2)).person, 'claim')).toMatchObject({
      status: 'opened',
      summary: { stayNumber: expect.stringMatching(/^ZY/) },
    })
  })
})

describe('the hub is away while a quarter ends', () => {
  it('S-41: its statement comes when it is back', async () => {
    await catchUp(nation)
    const first = await treatment(0)
    await paidStay(nation, first, '650100', await stayOf(first))
    transport.setReachable('000000', false)
    await nation.moveTo('2026-07-01')
    await nation.moveTo('2026-07-06')
    transport.setReachable('000000', true)
    await catchUp(nation)
    const hub = nation.region('000000')
    expect(await hub.run((work) => hub.cases.find(work, { flow: 'statement' }))).toMatchObject([
      { status: 'ready', summary: { owedFen: 3_600_000 } },
    ])
  })
})

/** Ten minutes pass in which whoever waits tries again. */
async function catchUp(all: TestNation): Promise<void> {
  for (let minute = 0; minute < 10; minute++) {
    for (const { clock } of all.regions) clock.advance(60_000)
    await all.settleMessages()
  }
}

async function stayOf({ host, hospital }: Treatment): Promise<string> {
  const { institutionId } = hospital
  const [row] = await host.run((work) => host.cases.find(work, { flow: 'stay', institutionId }))
  return row?.caseId ?? ''
}
