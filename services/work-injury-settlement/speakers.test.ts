import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failedMessages, sendMessage } from '../../exchange/door.ts'
import { must } from '../../ground/door.ts'
import {
  books,
  caseOf,
  issueStatements,
  look,
  nanjingInUrumqi,
  open,
  paidStay,
  settledStay,
} from './journey.testing.ts'
import { messageKinds } from './messages-between.ts'
import { fundRegion, officer, type TestNation, type TestRegion, testNation } from './nation.testing.ts'

// Gansu, whose signature holds, speaks of what is between Jiangsu and Xinjiang: one settlement of 36,000.00 in a statement, one in dispute.

let nation: TestNation
let home: TestRegion
let host: TestRegion
const words = new Map<string, object>()

beforeAll(async () => {
  nation = await testNation()
  ;[home, host] = [nation.region('320000'), nation.region('650000')]
  for (const region of [home, host]) await fundRegion(region, 20_000_000)
  const paid = await nanjingInUrumqi(nation)
  await paidStay(nation, paid, '650100', (await settledStay(nation, paid)).caseId)
  const disputed = await nanjingInUrumqi(nation)
  const { caseId: stayId } = await settledStay(nation, disputed)
  const { number: stayNumber, state: stay } = await look(host, host.flows.stay, stayId)
  const { ruling, catalogueOf, filing, manualClaim } = must(stay.eligibility, 'an answer')
  const visitId = must(await caseOf(home, disputed.person, 'visit'), 'a visit').caseId
  const told = must((await look(home, home.flows.visit, visitId)).state.settlement, 'a settlement')
  const { settlementNumber } = told
  const form = { settlementNumber, expectedFen: 3_500_000, reason: '与工伤无关的检查' }
  const { caseId } = await open(home, await officer(home, 'audit', '320100'), 'dispute', form, { step: 'raise' })
  await nation.settleMessages()
  const claim = must((await look(home, home.flows.dispute, caseId)).state.claim, 'a claim')
  await issueStatements(nation, '2026-07-01')
  const [clearing] = await host.run((work) => host.cases.find(work, { flow: 'clearing' }))
  const statementNumber = String(clearing?.summary.statementNumber)

  const { disputeNumber } = claim
  words
    .set('eligibilityAnswer', { stayNumber, ruling, catalogueOf, patient: null, filing, manualClaim })
    .set('settlementReceipt', {
      ...{ settlementNumber, revision: 1, booked: false },
      ...{ disputeCode: 'stay_not_asked', claimNumber: null },
    })
    .set('settlementState', { ...told, revision: 2, deductedFen: 100_000 })
    .set('settlementDisowned', { settlementNumber, revision: 2, disownedOn: '2026-07-01', reason: '本地无此结算' })
    .set('disputeState', { ...claim, revision: 2, state: 'withdrawn' })
    .set('disputeAnswer', { disputeNumber, revision: 1, outcome: 'rejected', opinion: '经核对' })
    .set('clearingStatement', {
      ...{ statementNumber: 'QS-FORGED', quarter: '2026-Q1', treatmentRegion: '650000', insuredRegion: '320000' },
      ...{ owedFen: 100, oppositeFen: 0, items: [{ settlementNumber, revision: 1, owedFen: 100 }] },
    })
    .set('clearingPaid', { statementNumber, paidFen: 3_600_000, paidOn: '2026-07-01', frozen: [] })
})
afterAll(() => nation.close())

/** What stands in the books and the cases of both. */
async function everything(): Promise<unknown> {
  return Promise.all(
    [home, host].map(async (region) => {
      const cases = await region.run((work) => region.cases.find(work, { limit: 100 }))
      return [await books(region), cases.map(({ number, status, seq }) => `${number} ${status} ${seq}`).sort()]
    }),
  )
}

describe('S-42: a word that is not its sender’s to say', () => {
  it.each([
    ['eligibilityAnswer', '650000'],
    ['settlementReceipt', '650000'],
    ['settlementState', '320000'],
    ['settlementDisowned', '320000'],
    ['disputeState', '650000'],
    ['disputeAnswer', '320000'],
    ['clearingStatement', '320000'],
    ['clearingPaid', '650000'],
  ] as const)('%s to %s changes nothing, and people look at it', async (name, to) => {
    const before = await everything()
    const body = must(words.get(name), name)
    const kind = messageKinds[name]
    await nation.region('620000').run((work) => sendMessage(work, { to, kind, version: 1, body }))
    for (const region of [...nation.regions, ...nation.regions]) await region.exchange.pump()
    const failed = await nation.region(to).run(failedMessages)
    const code = name === 'settlementDisowned' ? 'settlement_unknown' : 'not_theirs_to_say'
    expect(failed.filter((message) => message.kind === kind)).toMatchObject([{ code }])
    expect(await everything()).toEqual(before)
  })
})
