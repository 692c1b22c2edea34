import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { must, startOfDate } from '../../ground/door.ts'
import { transfersOf } from '../../ledger/door.ts'
import {
  admittedStay,
  books,
  booksSince,
  look,
  nanjingInUrumqi,
  settleStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import { fundRegion, officer, type TestNation, type TestRegion, testNation } from './nation.testing.ts'
import { move, takeBack } from './postings.ts'
import { findSettlement } from './settlements.ts'

// 日对账 between Xinjiang and Jiangsu: every day that is over is listed once and answered once, and each kind of difference is settled.

let nation: TestNation
let home: TestRegion
let host: TestRegion
let treatment: Treatment
let before: { home: Record<string, number>; host: Record<string, number> }
let day = 0
beforeAll(async () => {
  nation = await testNation({ regions: ['320000', '650000'] })
  ;[home, host] = [nation.region('320000'), nation.region('650000')]
  for (const region of [home, host]) await fundRegion(region)
})
afterAll(() => nation.close())
beforeEach(async () => {
  before = { home: await books(home), host: await books(host) }
  treatment = await nanjingInUrumqi(nation)
})

/** A stay that is settled on a new day, two after the last. */
async function settled(
  of: Treatment = treatment,
  word: 'told' | 'lost' = 'told',
): Promise<{ stayId: string; number: string }> {
  const { caseId: stayId } = await admittedStay(nation, of)
  day += 2
  setClocks(dayOf(day))
  await settleStay(nation, of, stayId, { discharge: { dischargedOn: dayOf(day) } })
  if (word === 'lost') await loseWhatWaits()
  await nation.settleMessages()
  const { state } = await look(host, host.flows.stay, stayId)
  return { stayId, number: must(state.settlement, 'a settlement').number }
}

const dayOf = (number: number) => `2026-06-${String(number).padStart(2, '0')}`

function setClocks(date: string): void {
  for (const { clock } of nation.regions) clock.moveTo(startOfDate(date, '10:00'))
}

/** The next morning, on which the day before is listed. */
const nextMorning = () => nation.moveTo(dayOf(day + 1))

type Report = { day: string; difference_count: number | null }
async function reports(): Promise<Report[]> {
  const query = sql<Report>`SELECT day, difference_count FROM svc_work_injury_settlement.daily_report ORDER BY day`
  return (await host.run((work) => query.execute(work.db))).rows
}

/** Changes rows behind the product's back, as only the owner of the server can. */
async function meddle(region: TestRegion, statement: string): Promise<void> {
  const url = new URL(region.adminUrl)
  url.pathname = new URL(region.ownerUrl).pathname
  const client = new Client({ connectionString: url.toString() })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function differencesIn(region: TestRegion): Promise<Array<{ caseId: string; status: string; kind: unknown }>> {
  const rows = await region.run((work) => region.cases.find(work, { flow: 'difference', open: true }))
  return rows.map(({ caseId, status, summary }) => ({ caseId, status, kind: summary.kind }))
}

describe('a day', () => {
  it('S-21, S-22: is listed once to each partner it concerns, and answered where there is no difference', async () => {
    await settled()
    await nextMorning()
    await nation.moveTo(dayOf(day + 2))
    expect(await reports()).toEqual([{ day: '2026-06-02', difference_count: 0 }])
  })

  it('S-21: that was missed while the node was down is made up for', async () => {
    await settled()
    await settled(await nanjingInUrumqi(nation))
    await nextMorning()
    expect((await reports()).map(({ day: listed }) => listed)).toEqual(['2026-06-02', '2026-06-04', '2026-06-06'])
  })
})

describe('a settlement', () => {
  it('S-23: that the insured region does not have is told again', async () => {
    const { number } = await settled(treatment, 'lost')
    expect(await home.run((work) => findSettlement(work, 'home', number))).toBeUndefined()
    await nextMorning()
    expect(await home.run((work) => findSettlement(work, 'home', number))).toMatchObject({ fund_fen: 3_600_000 })
    expect(await differencesIn(home)).toEqual([])
  })

  it('S-23: of which the insured region has an older revision is told again', async () => {
    const { number, stayId } = await settled()
    const auditor = await officer(host, 'audit', '650100')
    await take(host, auditor, stayId, 'correct', { lessFen: 10_000, reason: '重复收费' })
    await loseWhatWaits()
    await nextMorning()
    expect(await home.run((work) => findSettlement(work, 'home', number))).toMatchObject({
      revision: 2,
      deducted_fen: 10_000,
    })
    expect(await differencesIn(home)).toEqual([])
  })

  it.each([
    ['35,000.00 instead of 36,000.00', 'fund_fen = 3500000, person_fen = 500000', -100_000, 'amount_differs'],
    ['37,000.00 instead of 36,000.00', 'fund_fen = 3700000, person_fen = 300000', 100_000, 'amount_differs'],
    ['undone instead of settled', "state = 'undone'", -3_600_000, 'state_differs'],
  ])('S-24: that the insured region has as %s is put right by an officer', async (_, wrong, wrongFen, kind) => {
    const { number } = await settled()
    await meddle(home, `UPDATE svc_work_injury_settlement.settlement SET ${wrong} WHERE number = '${number}'`)
    await bookWrongly(number, wrongFen)
    await nextMorning()
    const [difference] = await differencesIn(home)
    expect(difference).toMatchObject({ status: 'found', kind })
    const auditor = await officer(home, 'audit')
    await take(home, auditor, difference?.caseId ?? '', 'adopt', { reason: '以就医地签名消息为准' })
    await nation.settleMessages()
    const right = { state: 'settled', fund_fen: 3_600_000 }
    expect(await home.run((work) => findSettlement(work, 'home', number))).toMatchObject(right)
    const booked = { benefit_expense: 3_600_000, 'payable_to_region:650000': 3_600_000 }
    expect(await booksSince(home, before.home)).toEqual(booked)
    expect(await differencesIn(home)).toEqual([])
  })

  it('S-25: that the treatment region does not have is disowned by its officer, and taken back at home naming what was booked', async () => {
    const { number } = await settled()
    await meddle(host, `DELETE FROM svc_work_injury_settlement.settlement WHERE number = '${number}'`)
    // Somebody else's settlement on the same day, so that there is a list.
    const other = await nanjingInUrumqi(nation)
    day -= 2
    await settled(other)
    await nextMorning()
    expect(await differencesIn(home)).toMatchObject([{ kind: 'missing_there' }])
    const [difference] = await differencesIn(host)
    await take(host, await officer(host, 'audit'), difference?.caseId ?? '', 'disown', { reason: '备份恢复后无此结算' })
    await nation.settleMessages()
    const row = await home.run((work) => findSettlement(work, 'home', number))
    expect(row).toMatchObject({ state: 'undone', revision: 2 })
    const transfers = await home.run((work) => transfersOf(work, { caseId: row?.case_id ?? '' }))
    expect(transfers.map(({ kind }) => kind)).toEqual(['benefit', 'undoing'])
    expect(transfers[1]?.correctsId).toBe(transfers[0]?.id)
    expect(await differencesIn(home)).toEqual([])
    expect(await statusOf(host, difference?.caseId ?? '')).toBe('settled')
  })
})

/** What waits to be delivered never arrives. */
function loseWhatWaits(): Promise<void> {
  return meddle(host, "UPDATE exchange.delivery SET state = 'delivered', ended_at = now() WHERE state = 'waiting'")
}

/** The books of home are wrong by an amount. */
async function bookWrongly(number: string, byFen: number): Promise<void> {
  await home.run(async (work) => {
    const caseId = must(await findSettlement(work, 'home', number), number).case_id
    const common = { key: `wrong:${number}`, reference: number }
    if (byFen < 0) {
      await takeBack(work, `home:${number}:1`, { ...common, kind: 'deduction', amountFen: -byFen })
    } else {
      const benefit = { kind: 'benefit', from: 'payable_to_region:650000', to: 'benefit_expense' } as const
      await move(work, { ...common, ...benefit, on: work.today, caseId, amountFen: byFen })
    }
  })
}
