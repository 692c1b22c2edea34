import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standingFen } from '../../benefits/door.ts'
import { type Actor, addDays, addMonths, type Id } from '../../ground/door.ts'
import { approveValue, proposeValue } from '../../law/door.ts'
import { benefitSpellsOf, recordDeath, recordPersonContributions } from '../../people/door.ts'
import { books, decide, look, open, payBatch, type Town, take, testTown, testVillager } from './town.testing.ts'

let town: Town
beforeAll(async () => {
  town = await testTown()
})
afterAll(() => town.close())

/** What stands of each month, and why nothing is paid for it. */
async function monthsOf(caseId: Id) {
  const { state } = await look(town, caseId)
  return state.months.map(({ month, heldFor, orders }) => [month, heldFor ?? standingFen(orders)])
}

const spellsOf = (personId: Id) =>
  town.run((work) => benefitSpellsOf(work, personId, { kind: 'resident_pension' }, 'test'))

// 165 months at 30 yuan and thirteen subsidies of 30 yuan, over 139 months; the basic pension is 143 yuan.
const monthFen = 14_300 + Math.round((165 * 3_000 + 13 * 3_000) / 139)

describe('B1.04 the pension of urban and rural residents', () => {
  it('is applied for with nothing asked, decided by three officers, and paid from the month after sixty on', async () => {
    const { actor, personId } = await testVillager(town)
    const { caseId } = await open(town, actor)
    await decide(town, caseId)
    expect((await look(town, caseId)).status).toBe('receiving')
    expect(await monthsOf(caseId)).toEqual([])
    await town.moveTo('2026-06-01')
    await town.moveTo('2026-07-01')
    expect(await monthsOf(caseId)).toEqual([
      ['2026-06', monthFen],
      ['2026-07', monthFen],
    ])
    await payBatch(town)
    expect((await books(town)).resident_pension_expense).toBe(2 * monthFen)
    expect(await spellsOf(personId)).toMatchObject([{ from: '2026-06', to: null, caseId }])
  })

  it('whoever looks for what they can get is told what a month would pay; who never paid in, that it is not theirs', async () => {
    const [rule] = town.parts.entitlements ?? []
    const said = ({ personId, actor }: { personId: Id; actor: Actor }) =>
      town.run(async (work) => rule?.decide?.(work, { personId, answers: {} }), actor)
    expect(await said(await testVillager(town))).toMatchObject({ pays: { amountFen: monthFen, per: 'month' } })
    const young = await said(await testVillager(town, { birthOn: '1990-05-02' }))
    expect(young).toMatchObject({ ruling: { decision: { outcome: 'refused' } } })
    expect(young?.pays).toBeUndefined()
    const never = await testVillager(town, { months: 0 })
    await expect(said(never)).rejects.toMatchObject({ code: 'never_paid_resident_pension' })
    const asked = await testVillager(town)
    await open(town, asked.actor)
    await expect(said(asked)).rejects.toMatchObject({ code: 'pension_open' })
  })

  it('late is not lost: whoever qualified long ago is paid every month since', async () => {
    const { actor } = await testVillager(town, { birthOn: '1966-01-20', months: 170, until: '2025-12' })
    const { caseId } = await open(town, actor)
    await decide(town, caseId)
    expect((await monthsOf(caseId)).map(([month]) => month)).toEqual([
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
      '2026-07',
    ])
  })

  it('nobody who is due is left out: found once a day, told, decided by officers; who is not due is not found', async () => {
    const due = await testVillager(town, { birthOn: '1966-07-10' })
    const notYet = await testVillager(town, { birthOn: '1966-07-11' })
    const unpaid = await testVillager(town, { birthOn: '1966-07-01', months: 60 })
    const casesOf = (personId: Id) => town.run((work) => town.cases.find(work, { flow: 'resident-pension', personId }))
    await town.moveTo('2026-07-10')
    await town.moveTo('2026-07-10')
    expect(await casesOf(due.personId)).toMatchObject([{ status: 'submitted', summary: { broughtBy: 'found' } }])
    expect([await casesOf(notYet.personId), await casesOf(unpaid.personId)]).toEqual([[], []])
    await decide(town, (await casesOf(due.personId))[0]?.caseId ?? '')
    await town.moveTo('2026-07-11')
    expect(await casesOf(due.personId)).toHaveLength(1)
    expect(await casesOf(notYet.personId)).toHaveLength(1)
  })

  it('a claim that another counter passes on is decided here, once; it is told from where it came', async () => {
    const { personId } = await testVillager(town, { birthOn: '1966-02-05' })
    const claim = (number: string) =>
      town.run((work) =>
        town.cases.passOn(work, {
          ...{ matter: 'resident_pension', personId, agency: '340123' },
          from: { id: work.newId(), number },
        }),
      )
    const passedOn = await claim('CJ1')
    expect(await claim('CJ2')).toEqual(passedOn)
    const { file } = await town.run((work) => town.cases.get(work, passedOn?.caseId ?? ''))
    expect(file).toMatchObject({ status: 'submitted', state: { personId, broughtBy: 'passed_on', fromCase: 'CJ1' } })
    await decide(town, file.id)
    expect((await monthsOf(file.id)).length).toBeGreaterThan(0)
    const proof = (number: string) =>
      town.run((work) =>
        town.cases.passOn(work, {
          ...{ matter: 'resident_pension_proof', personId, agency: '340123' },
          from: { id: work.newId(), number },
        }),
      )
    expect(await proof('CJ3')).toEqual(passedOn)
    const { state } = await look(town, file.id)
    expect(state.authentications.map(({ way }) => way)).toEqual(['approval', 'counter'])
    const { personId: nobody } = await testVillager(town)
    const without = {
      matter: 'resident_pension_proof',
      personId: nobody,
      agency: '340123',
      from: { id: file.id, number: 'X' },
    }
    expect(await town.run((work) => town.cases.passOn(work, without))).toBeUndefined()
    const unknown = { matter: 'boat_berth', personId, agency: '340123', from: { id: file.id, number: 'X' } }
    expect(await town.run((work) => town.cases.passOn(work, unknown))).toBeUndefined()
  })

  it('whoever is short of years is refused with advice, pays for them, and draws from the month after', async () => {
    const { actor } = await testVillager(town, { birthOn: '1966-02-03', months: 60 })
    const { caseId } = await open(town, actor)
    const before = (await books(town)).fiscal_special_account ?? 0
    await take(town, 'accept', caseId, 'accept', { outcome: 'accepted' })
    const payment = { from: '2012-07', to: '2021-03', monthlyFen: 3_000, bankReference: '示例回单1' }
    await take(town, 'accept', caseId, 'noteBackPayment', payment)
    const noteAgain = (change: object) => take(town, 'accept', caseId, 'noteBackPayment', { ...payment, ...change })
    await expect(noteAgain({ bankReference: '示例回单9' })).rejects.toMatchObject({
      code: 'month_paid_already',
      params: { month: '2012-07' },
    })
    for (const run of [{ to: '2012-06' }, { from: '2026-01', to: '2026-07' }]) {
      await expect(noteAgain({ ...run, bankReference: '示例回单9' })).rejects.toMatchObject({
        code: 'back_payment_not_past',
      })
    }
    await expect(noteAgain({ from: '2003-10', to: '2012-06' })).rejects.toMatchObject({ code: 'bank_reference_used' })
    const other = await open(town, (await testVillager(town, { birthOn: '1966-02-03', months: 60 })).actor)
    await take(town, 'accept', other.caseId, 'accept', { outcome: 'accepted' })
    for (const change of [{}, { from: '2012-07', to: '2012-12' }]) {
      const onceMore = take(town, 'accept', other.caseId, 'noteBackPayment', { ...payment, ...change })
      await expect(onceMore).rejects.toMatchObject({ code: 'bank_reference_used' })
    }
    await take(town, 'review', caseId, 'review', { opinion: '补缴后符合' })
    await take(town, 'approve', caseId, 'approve', { outcome: 'approved', opinion: '同意' })
    const { state } = await look(town, caseId)
    expect(state.found).toMatchObject({ outcome: 'granted', qualifiedOn: '2026-07-11' })
    expect((await books(town)).fiscal_special_account).toBe(before + 105 * 3_000)
  })

  it('refused without the years, objected to; and four pairs of eyes', async () => {
    const { actor } = await testVillager(town, { birthOn: '1966-02-03', months: 60 })
    const { caseId } = await open(town, actor)
    await expect(open(town, actor)).rejects.toMatchObject({ code: 'pension_open' })
    await take(town, 'accept', caseId, 'accept', { outcome: 'accepted' })
    expect(await take(town, 'review', caseId, 'review', { opinion: '缴费不足' })).toMatchObject({ status: 'refused' })
    expect((await look(town, caseId)).state.found).toMatchObject({ reason: 'years_since_start_unpaid' })
    expect(await take(town, actor, caseId, 'object', { grounds: '缴费漏记' })).toMatchObject({
      status: 'under_objection',
    })
  })

  it('whoever applied before sixty was refused, and is found when it is time: once', async () => {
    const { actor, personId } = await testVillager(town, { birthOn: '1966-07-12' })
    const early = await open(town, actor)
    await take(town, 'accept', early.caseId, 'accept', { outcome: 'accepted' })
    await take(town, 'review', early.caseId, 'review', { opinion: '未到龄' })
    const found = () => town.run((work) => town.cases.find(work, { flow: 'resident-pension', personId }))
    await town.moveTo('2026-07-12')
    expect((await found()).map(({ status, summary }) => [status, summary.broughtBy])).toEqual([
      ['submitted', 'found'],
      ['refused', 'person'],
    ])
    const [{ caseId } = early] = await found()
    await take(town, 'accept', caseId, 'accept', { outcome: 'not_accepted', reason: '本人在外地领取' })
    await town.moveTo('2026-07-13')
    expect(await found()).toHaveLength(2)
  })

  it('two applications at the same time: one is refused', async () => {
    const { actor, personId } = await testVillager(town)
    const [first, second] = await Promise.allSettled([open(town, actor), open(town, actor)])
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect(await town.run((work) => town.cases.find(work, { flow: 'resident-pension', personId }))).toHaveLength(1)
  })
})

describe('B1.04 proof, prison, death', () => {
  let caseId: Id
  let personId: Id
  beforeAll(async () => {
    const villager = await testVillager(town, { birthOn: '1966-05-02' })
    personId = villager.personId
    caseId = (await open(town, villager.actor)).caseId
    await decide(town, caseId)
  })

  it('a proof holds twelve months; without another the month is held, and paid when it is proved, at home or on the phone', async () => {
    const approvedOn = (await look(town, caseId)).state.authentications[0]?.on ?? ''
    await town.moveTo('2027-07-01')
    expect((await monthsOf(caseId)).at(-1)).toEqual(['2027-07', monthFen])
    await town.moveTo('2027-08-01')
    expect(addMonths(approvedOn, 12) < '2027-08-01').toBe(true)
    expect((await monthsOf(caseId)).at(-1)).toEqual(['2027-08', 'not_authenticated'])
    await expect(take(town, 'accept', caseId, 'authenticate', { way: 'phone' })).rejects.toMatchObject({
      problems: [{ path: 'way' }],
    })
    await take(town, 'accept', caseId, 'authenticate', { way: 'home_visit' })
    expect((await monthsOf(caseId)).at(-1)).toEqual(['2027-08', monthFen])
  })

  it('prison holds the months, and release pays those after it', async () => {
    await take(town, 'accept', caseId, 'noteStanding', {
      standing: 'imprisoned',
      since: '2027-08-01',
      note: '法院判决',
    })
    await town.moveTo('2027-10-01')
    expect((await monthsOf(caseId)).slice(-3).map(([, held]) => held)).toEqual([
      'imprisoned',
      'imprisoned',
      'imprisoned',
    ])
    await take(town, 'accept', caseId, 'noteStanding', { standing: 'alive', since: '2027-09-20', note: '刑满释放' })
    expect((await monthsOf(caseId)).slice(-3).map(([, held]) => held)).toEqual(['imprisoned', monthFen, monthFen])
  })

  it('a basic pension that is raised afterwards is paid afterwards: every month decided again', async () => {
    const before = await monthsOf(caseId)
    const proposal = {
      service: 'resident-pension',
      name: 'basicFen',
      region: '340000',
      value: 16_300,
      from: '2027-09-01',
      source: '示例文件',
    }
    const values = town.rulebook.values
    const id = await town.run((work) => proposeValue(work, values, proposal), await town.officer('review', '340000'))
    await town.run((work) => approveValue(work, id), await town.officer('approve', '340000'))
    await take(town, 'review', caseId, 'recalculate', { because: 'value', cause: '基础养老金' })
    const risen = before.map(([month, held]) => [
      month,
      typeof held === 'number' && String(month) >= '2027-09' ? held + 2_000 : held,
    ])
    expect(await monthsOf(caseId)).toEqual(risen)
  })

  it('the month of a death is still paid; what was paid after it comes back, also when the death is known late', async () => {
    await payBatch(town)
    await town.moveTo('2027-12-01')
    await payBatch(town)
    await town.run((work) => recordDeath(work, personId, '2027-10-15'))
    await town.moveTo('2028-01-01')
    const { status, state } = await look(town, caseId)
    expect([status, state.ended]).toEqual(['ended', { standing: 'died', since: '2027-11-01' }])
    expect(state.owedFen).toBe(2 * (monthFen + 2_000))
    expect((await spellsOf(personId))[0]?.to).toBe('2027-10')
    await take(town, 'pay', caseId, 'noteRepayment', { amountFen: 2 * (monthFen + 2_000), bankReference: '示例回单2' })
    expect((await look(town, caseId)).state.owedFen).toBe(0)
  })

  it('ended by mistake, and set aside: it goes on from where it stood, and no month is paid twice', async () => {
    const { actor, personId } = await testVillager(town, { birthOn: '1967-09-02', months: 180, until: '2027-07' })
    const { caseId: mistaken } = await open(town, actor)
    await decide(town, mistaken)
    await payBatch(town)
    const paid = await monthsOf(mistaken)
    const noted = { standing: 'draws_other_pension', since: '2028-01-01', note: '误登' }
    expect(await take(town, 'accept', mistaken, 'noteStanding', noted)).toMatchObject({ status: 'ended' })
    await take(town, actor, mistaken, 'object', { grounds: '没有领取' })
    const superior = await town.officer('approve', '340000')
    await take(town, superior, mistaken, 'decideObjection', { outcome: 'set_aside', reasons: '登记有误' })
    await take(town, 'review', mistaken, 'review', { opinion: '符合规定' })
    await take(town, 'approve', mistaken, 'approve', { outcome: 'approved', opinion: '同意' })
    await town.moveTo('2028-02-01')
    expect((await look(town, mistaken)).status).toBe('receiving')
    expect((await monthsOf(mistaken)).slice(0, paid.length)).toEqual(paid)
    expect((await monthsOf(mistaken)).slice(-2)).toEqual([
      ['2028-01', expect.any(Number)],
      ['2028-02', expect.any(Number)],
    ])
    expect(await spellsOf(personId)).toMatchObject([{ to: '2027-12' }, { from: '2028-01', to: null }])
  })

  it('what a register put right stays so when a value changes afterwards', async () => {
    const { actor, personId } = await testVillager(town, { birthOn: '1967-11-02', months: 180, until: '2027-10' })
    const { caseId: mended } = await open(town, actor)
    await decide(town, mended)
    await town.run((work) =>
      recordPersonContributions(work, [
        {
          personId,
          insurance: 'resident_pension',
          month: '2027-10',
          employerId: null,
          baseFen: 142_000,
          paidOn: '2027-10-20',
        },
      ]),
    )
    await take(town, 'review', mended, 'recalculate', { because: 'facts', cause: '更正缴费' })
    const right = await monthsOf(mended)
    await take(town, 'review', mended, 'recalculate', { because: 'value', cause: '复算' })
    expect(await monthsOf(mended)).toEqual(right)
  })

  it('a payment that the bank returns waits for a mended account', async () => {
    const { actor } = await testVillager(town, { birthOn: addDays('1967-11-30', 1), months: 182, until: '2027-10' })
    const opened = await open(town, actor)
    await decide(town, opened.caseId)
    const order = (await look(town, opened.caseId)).state.months[0]?.orders[0]?.orderId ?? ''
    await payBatch(town, [order])
    expect((await look(town, opened.caseId)).state.months[0]?.orders[0]?.state).toBe('returned')
    await take(town, 'pay', opened.caseId, 'reissue', { note: '已更正' })
    await payBatch(town)
    expect((await look(town, opened.caseId)).state.months[0]?.orders[0]?.state).toBe('paid')
  })
})
