import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failedMessages, sendMessage } from '../../exchange/door.ts'
import { must } from '../../ground/door.ts'
import {
  books,
  issueStatements,
  look,
  nanjingInUrumqi,
  paidStay,
  settledStay,
  statusOf,
  type Treatment,
} from './journey.testing.ts'
import { messageKinds } from './messages-between.ts'
import { fundRegion, type TestNation, type TestRegion, testNation } from './nation.testing.ts'

// What a region does with a word of its partner or of the hub that does not fit its own books: nothing, and it puts the word before people.

let nation: TestNation
let hub: TestRegion
let home: TestRegion
let host: TestRegion
let treatment: Treatment
let stayId: string
beforeAll(async () => {
  nation = await testNation({ regions: ['000000', '320000', '650000'] })
  ;[hub, home, host] = [nation.region('000000'), nation.region('320000'), nation.region('650000')]
  for (const region of [home, host]) await fundRegion(region)
  treatment = await nanjingInUrumqi(nation)
  stayId = (await settledStay(nation, treatment)).caseId
})
afterAll(() => nation.close())

/** Says something and delivers it; returns the codes under which the partner could not handle it. */
async function say(from: TestRegion, to: TestRegion, kind: string, body: object): Promise<string[]> {
  const before = (await to.run(failedMessages)).length
  await from.run((work) => sendMessage(work, { to: to.region, kind, version: 1, body }))
  await nation.settleMessages().catch(() => {})
  return (await to.run(failedMessages)).slice(before).map(({ code }) => code ?? '')
}

const settlementTold = async () => {
  const rows = await home.run((work) => home.cases.find(work, { flow: 'visit', personId: treatment.person.personId }))
  const { state } = await look(home, home.flows.visit, rows[0]?.caseId ?? '')
  return must(state.settlement, 'a settlement')
}

describe('a statement', () => {
  it('S-28: of a quarter and a pair comes once: another under another number is refused', async () => {
    await paidStay(nation, treatment, '650100', stayId)
    await issueStatements(nation, '2026-07-01')
    const [clearing] = await home.run((work) => home.cases.find(work, { flow: 'clearing' }))
    const { state } = await look(home, home.flows.clearing, clearing?.caseId ?? '')
    const again = { ...must(state.statement, 'a statement'), statementNumber: 'QS-another' }
    expect(await say(hub, home, messageKinds.clearingStatement, again)).toEqual(['idempotency_key_reused'])
    expect(await home.run((work) => home.cases.find(work, { flow: 'clearing' }))).toHaveLength(1)
  })

  it('S-29, S-31: is received only in its amount, less the items that the payment names', async () => {
    const before = await books(host)
    const [clearing] = await host.run((work) => host.cases.find(work, { flow: 'clearing' }))
    const paid = { statementNumber: clearing?.summary.statementNumber, paidOn: '2026-07-02' }
    const word = (change: object) => say(home, host, messageKinds.clearingPaid, { ...paid, ...change })
    expect(await word({ paidFen: 3_599_999 })).toEqual(['clearing_amount_differs'])
    const number = (await settlementTold()).settlementNumber
    expect(await word({ paidFen: 3_600_000, frozen: [number] })).toEqual(['clearing_amount_differs'])
    expect(await books(host)).toEqual(before)
    expect(await word({ paidFen: 3_600_000 })).toEqual([])
    expect(await statusOf(host, stayId)).toBe('cleared')
  })
})

describe('a settlement', () => {
  it('S-10: of a stay that home was never asked about is not booked, and its host is told so', async () => {
    const before = await books(home)
    const told = {
      ...(await settlementTold()),
      stayNumber: 'ZY1',
      settlementNumber: `${await stayNumber()}-1`,
      revision: 9,
    }
    expect(await say(host, home, messageKinds.settlementState, told)).toEqual([])
    expect(await books(home)).toEqual(before)
    expect((await look(host, host.flows.stay, stayId)).state.settlement).toMatchObject({ home: 'booked' })
  })

  it('S-25: that home does not have cannot be disowned', async () => {
    const body = { settlementNumber: 'ZY1-1', revision: 2, disownedOn: '2026-05-31', reason: '不存在' }
    expect(await say(host, home, messageKinds.settlementDisowned, body)).toEqual(['settlement_unknown'])
  })
})

const stayNumber = async () => (await host.run((work) => host.cases.get(work, stayId))).file.number
