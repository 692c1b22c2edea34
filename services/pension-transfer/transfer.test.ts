import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInProcessTransport, sendMessage } from '../../exchange/door.ts'
import { type Id, must } from '../../ground/door.ts'
import { accessLogOf, enrol, receiveMonths, recordRetirement } from '../../people/door.ts'
import { messageKinds } from './messages-between.ts'
import {
  apply,
  books,
  counted,
  failures,
  letGo,
  outCaseOf,
  type TestNation,
  take,
  testMover,
  testNation,
} from './nation.testing.ts'

const transport = createInProcessTransport()
let nation: TestNation
beforeAll(async () => {
  nation = await testNation(transport)
})
afterAll(() => nation.close())

const statusHere = async (caseId: Id) =>
  (await nation.here.run((work) => nation.here.cases.get(work, caseId))).file.status
const statusThere = async (caseId: Id) =>
  (await nation.there.run((work) => nation.there.cases.get(work, caseId))).file.status

/** Applied for, reviewed, and the letter delivered. */
async function asked(mover: Parameters<typeof apply>[1]) {
  const applied = await apply(nation, mover)
  await take(nation.here, 'review', applied.caseId, 'review', { opinion: '符合条件' })
  await nation.deliver()
  return applied
}

describe('B1.04 the transfer of the pension relation', () => {
  it('is applied for online in the new region; form, money and months follow, and both books agree', async () => {
    const mover = await testMover(nation)
    const { caseId, number } = await asked(mover)
    expect(await statusHere(caseId)).toBe('asked')
    await letGo(nation, number, 123_456)
    await nation.deliver()
    expect(await statusHere(caseId)).toBe('received')
    await take(nation.here, 'accept', caseId, 'confirm', { opinion: '一致' })
    const amountFen = 48 * 100_000 + 123_456
    expect(await books(nation.here)).toMatchObject({
      fiscal_special_account: 1_000_000_000 + amountFen,
      relation_moved_in: amountFen,
    })
    expect(await books(nation.there)).toMatchObject({
      fiscal_special_account: 1_000_000_000 - amountFen,
      relation_moved_out: amountFen,
    })
    expect(await books(nation.here)).not.toHaveProperty('receivable_from_old_region')
    expect(await counted(nation.there, mover.there)).toEqual([])
    const months = await counted(nation.here, mover.here)
    expect([months.length, months[0], months.at(-1)]).toEqual([72, '2020-01', '2025-12'])
  })

  it('a temporary account, opened at fifty-one far from home, goes back whole to the region of the relation: the employer’s part too', async () => {
    const fromHome = { monthsHere: ['2010-01', 24], birthOn: '1968-03-07', homeRegion: '320102' } as const
    const mover = await testMover(nation, fromHome)
    const { caseId, number } = await asked(mover)
    const outCase = await letGo(nation, number)
    const { form } = (
      await nation.there.run((work) => nation.there.cases.getOf(work, nation.there.transferOut, outCase))
    ).state
    expect(form).toMatchObject({ accountFen: 48 * 40_000, amountFen: 48 * 120_000 })
    // 2020 to 2023: sixteen per cent of 5,000 yuan.
    expect(form?.pooledFen).toBe(48 * 80_000)
    await nation.deliver()
    await take(nation.here, 'accept', caseId, 'confirm', { opinion: '一致' })
    expect(await counted(nation.here, mover.here)).toHaveLength(72)
  })

  it('who began at fifty far from home does not bring the relation along: refused with what follows', async () => {
    const mover = await testMover(nation, { birthOn: '1970-03-07' })
    const { caseId } = await apply(nation, mover)
    await take(nation.here, 'review', caseId, 'review', { opinion: '临时账户' })
    expect(await statusHere(caseId)).toBe('refused')
  })

  it('the person is told at each station, and every look at their data is logged in both regions', async () => {
    const mover = await testMover(nation)
    const { caseId, number } = await asked(mover)
    await letGo(nation, number)
    await nation.deliver()
    await take(nation.here, 'accept', caseId, 'confirm', { opinion: '一致' })
    const { notices } = await nation.here.run(async (work) => {
      const rows = await nation.here.cases.history(work, caseId)
      return { notices: rows.map(({ kind }) => kind) }
    })
    expect(notices).toEqual(['apply', 'review', 'hearAnswer', 'hearAnswer', 'confirm'])
    const logHere = await nation.here.run((work) => accessLogOf(work, mover.here))
    expect(logHere.map(({ action }) => action)).toEqual(expect.arrayContaining(['reveal_id_number', 'receive_months']))
    const logThere = await nation.there.run((work) => accessLogOf(work, mover.there))
    expect(logThere.map(({ action }) => action)).toEqual(expect.arrayContaining(['read_person', 'hand_over_months']))
  })

  it('a month paid in both regions counts once, in the new one, and the old one pays back the personal part', async () => {
    const before = await books(nation.there)
    const mover = await testMover(nation, { monthsThere: ['2020-01', 50] })
    const { caseId, number } = await asked(mover)
    const outCase = await letGo(nation, number)
    await nation.deliver()
    await take(nation.here, 'accept', caseId, 'confirm', { opinion: '一致' })
    expect(await counted(nation.here, mover.here)).toHaveLength(72)
    expect(await counted(nation.there, mover.there)).toEqual([])
    const file = await nation.there.run((work) => nation.there.cases.getOf(work, nation.there.transferOut, outCase))
    expect(file.state.form).toMatchObject({
      overlapping: ['2024-01', '2024-02'],
      refundFen: 80_000,
      amountFen: 4_800_000,
    })
    const pay = await nation.there.officer('pay')
    const batch = await nation.there.run(
      (work) =>
        nation.there.cases.open(work, {
          flow: 'pension-transfer-out-payment',
          body: {},
          agency: '620100',
          subject: {},
          idempotencyKey: 'batch-1',
        }),
      pay,
    )
    await take(nation.there, 'approve', batch.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
    await take(nation.there, 'pay', batch.caseId, 'recordResult', { lines: [], othersPaid: true })
    const after = await books(nation.there)
    expect((before.fiscal_special_account ?? 0) - (after.fiscal_special_account ?? 0)).toBe(4_880_000)
    expect(after.overlap_refund).toBe(80_000)
  })

  it('deadlines of 15 working days: review, the old region, and finishing', async () => {
    const mover = await testMover(nation)
    const { caseId, number } = await apply(nation, mover)
    const dueOf = async (region: TestNation['here'], id: Id) => {
      const { deadlines } = await region.run((work) => region.cases.get(work, id))
      return deadlines.map(({ name, dueOn, state }) => [name, dueOn, state])
    }
    expect(await dueOf(nation.here, caseId)).toEqual([['review', '2026-06-01', 'running']])
    await take(nation.here, 'review', caseId, 'review', { opinion: '符合条件' })
    await nation.deliver()
    const outCase = must(await outCaseOf(nation, number), 'a case there')
    expect(await dueOf(nation.there, outCase)).toEqual([['handle', '2026-06-01', 'running']])
    await letGo(nation, number)
    await nation.deliver()
    expect(await dueOf(nation.here, caseId)).toContainEqual(['finish', '2026-06-01', 'running'])
  })

  it('each part is another officer: preparing, approving, paying; reviewing, confirming, sending back', async () => {
    const { number } = await asked(await testMover(nation))
    const outCase = must(await outCaseOf(nation, number), 'a case there')
    await take(nation.there, 'accept', outCase, 'prepare', { opinion: '资料齐全' })
    const refused = (role: string, step: string, body: object) =>
      expect(take(nation.there, role, outCase, step, body)).rejects.toMatchObject({ code: 'not_your_step' })
    await refused('accept', 'approve', { outcome: 'approved', opinion: '同意' })
    await take(nation.there, 'approve', outCase, 'approve', { outcome: 'approved', opinion: '同意' })
    await refused('approve', 'pay', {})
  })
})

describe('B1.04 what is refused, with advice', () => {
  it('a second application while one is open; and whoever draws a pension or has not paid here', async () => {
    const mover = await testMover(nation)
    await apply(nation, mover)
    await expect(apply(nation, mover)).rejects.toMatchObject({ code: 'transfer_open' })
    const retired = await testMover(nation)
    await nation.here.run((work) => recordRetirement(work, retired.here, '2026-01-01'))
    const { caseId } = await apply(nation, retired)
    expect(await take(nation.here, 'review', caseId, 'review', { opinion: '已退休' })).toMatchObject({
      status: 'refused',
    })
    expect(await take(nation.here, retired.actor, caseId, 'object', { grounds: '没有领取' })).toMatchObject({
      status: 'under_objection',
    })
  })

  it('still insured there, nobody of that number there, all months paid twice: the old region declines and says why', async () => {
    const insured = await testMover(nation)
    await nation.there.run((work) =>
      enrol(work, {
        personId: insured.there,
        insurance: 'pension',
        poolingArea: 'test',
        agency: '620100',
        from: '2020-01-01',
      }),
    )
    const twice = await testMover(nation, { monthsThere: ['2024-01', 3] })
    for (const [mover, reason] of [
      [insured, 'still_paying'],
      [twice, 'no_months'],
    ] as const) {
      const { caseId, number } = await asked(mover)
      const outCase = must(await outCaseOf(nation, number), 'a case there')
      await take(nation.there, 'accept', outCase, 'prepare', { opinion: '不能转出' })
      await nation.deliver()
      const file = await nation.here.run((work) => nation.here.cases.getOf(work, nation.here.transferIn, caseId))
      expect([file.status, file.state.declinedFor]).toEqual(['declined', reason])
      expect(nation.here.rulebook.messages.zh.get(`advice.${reason}`)).toBeTruthy()
    }
  })

  it('an answer of a region that was not asked, and of a transfer that is not here', async () => {
    const { number } = await asked(await testMover(nation))
    const answer = { transferNumber: number, revision: 1, state: 'declined', reason: 'x', form: null, paidOn: null }
    const before = (await failures(nation.here)).length
    const hub = must(
      nation.regions.find(({ region }) => region === '000000'),
      'the hub',
    )
    const say = (from: TestNation['here'], body: object) =>
      from.run((work) => sendMessage(work, { to: '320000', kind: messageKinds.answer, version: 1, body }))
    await say(hub, answer)
    await say(nation.there, { ...answer, transferNumber: 'ZR-none' })
    await nation.deliver()
    const codes = (await failures(nation.here)).slice(before)
    expect(codes.sort()).toEqual(['not_theirs_to_say', 'transfer_unknown'])
  })
})

describe('B1.04 a second transfer', () => {
  it('what an earlier one brought was not paid here: the months before it stay what they were elsewhere', async () => {
    const mover = await testMover(nation, { monthsHere: ['2024-01', 0] })
    const { personId, insurance } = { personId: mover.here, insurance: 'pension' } as const
    const month = { month: '2020-01', baseFen: 500_000, paidOn: '2020-01-20' }
    await nation.here.run((work) => receiveMonths(work, { personId, insurance, region: '340000' }, [month]))
    const { caseId } = await apply(nation, mover)
    expect(await take(nation.here, 'review', caseId, 'review', { opinion: '尚未缴费' })).toMatchObject({
      status: 'refused',
    })
    const { file } = await nation.here.run((work) => nation.here.cases.get(work, caseId))
    expect(file.status).toBe('refused')
  })
})

describe('B1.04 undoing', () => {
  it('what is found wrong after it was finished goes back whole: money, months, books of both regions', async () => {
    const mover = await testMover(nation)
    const [booksHere, booksThere] = [await books(nation.here), await books(nation.there)]
    const { caseId, number } = await asked(mover)
    await letGo(nation, number)
    await nation.deliver()
    await take(nation.here, 'accept', caseId, 'confirm', { opinion: '一致' })
    await take(nation.here, 'approve', caseId, 'sendBack', { reason: '身份信息有误' })
    expect(await counted(nation.here, mover.here)).toHaveLength(24)
    await nation.deliver()
    expect(await statusHere(caseId)).toBe('sent_back')
    expect(await statusThere(must(await outCaseOf(nation, number), 'a case there'))).toBe('restored')
    expect(await counted(nation.there, mover.there)).toHaveLength(48)
    expect([await books(nation.here), await books(nation.there)]).toEqual([booksHere, booksThere])
    // And it can be asked for again.
    const again = await asked(mover)
    await letGo(nation, again.number)
    await nation.deliver()
    await take(nation.here, 'accept', again.caseId, 'confirm', { opinion: '一致' })
    expect(await counted(nation.here, mover.here)).toHaveLength(72)
  })

  it('taken back before the old region has paid: nothing has moved', async () => {
    const mover = await testMover(nation)
    const { caseId, number } = await asked(mover)
    const outCase = must(await outCaseOf(nation, number), 'a case there')
    const before = [await books(nation.here), await books(nation.there)]
    await take(nation.there, 'accept', outCase, 'prepare', { opinion: '资料齐全' })
    await take(nation.there, 'approve', outCase, 'approve', { outcome: 'approved', opinion: '同意' })
    await nation.deliver()
    const owed = (was: Record<string, number> | undefined) => (was?.receivable_from_old_region ?? 0) + 4_800_000
    expect(await books(nation.here)).toHaveProperty('receivable_from_old_region', owed(before[0]))
    await take(nation.here, mover.actor, caseId, 'recall', { reason: '暂不转移' })
    await nation.deliver()
    expect([await statusHere(caseId), await statusThere(outCase)]).toEqual(['withdrawn', 'cancelled'])
    expect([await books(nation.here), await books(nation.there)]).toEqual(before)
  })

  it('taken back while the payment was on its way: the money has come, and an officer finishes or sends it back', async () => {
    const mover = await testMover(nation)
    const { caseId, number } = await asked(mover)
    await letGo(nation, number)
    await take(nation.here, mover.actor, caseId, 'recall', { reason: '暂不转移' })
    await nation.deliver()
    expect(await statusHere(caseId)).toBe('received')
    await take(nation.here, 'approve', caseId, 'sendBack', { reason: '本人撤回' })
    await nation.deliver()
    expect(await statusHere(caseId)).toBe('sent_back')
    expect(await counted(nation.there, mover.there)).toHaveLength(48)
  })
})

describe('B1.04 the old region is away', () => {
  it('for days: the letter waits, and all catches up by itself', async () => {
    const mover = await testMover(nation)
    transport.setReachable('620000', false)
    const { caseId, number } = await asked(mover)
    await nation.moveTo('2026-05-14')
    expect([await statusHere(caseId), await outCaseOf(nation, number)]).toEqual(['asked', undefined])
    transport.setReachable('620000', true)
    for (let minute = 0; minute < 10; minute++) {
      for (const { clock } of nation.regions) clock.advance(60_000)
      await nation.deliver()
    }
    await letGo(nation, number)
    await nation.deliver()
    expect(await statusHere(caseId)).toBe('received')
  })
})
