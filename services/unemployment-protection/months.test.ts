import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standingFen } from '../../benefits/door.ts'
import type { Id } from '../../ground/door.ts'
import { approveValue, proposeValue } from '../../law/door.ts'
import { beginEmployment, benefitSpellsOf, contributionsOf } from '../../people/door.ts'
import type { LineKind } from './claim-state.ts'
import {
  approvedClaim,
  booksOfFund,
  look,
  payBatch,
  type TestWorker,
  type Town,
  take,
  testTown,
  testWorker,
} from './town.testing.ts'

let town: Town
beforeAll(async () => {
  town = await testTown()
})
afterAll(() => town.close())

/** What stands of each line of each month. */
async function linesOf(caseId: Id): Promise<Array<Partial<Record<LineKind, number>>>> {
  const { state } = await look(town, caseId)
  return state.months.map(({ orders }) =>
    Object.fromEntries(
      [...new Set(orders.map(({ kind }) => kind))].map((kind) => [
        kind,
        standingFen(orders.filter((order) => order.kind === kind)),
      ]),
    ),
  )
}

const plainMonth = { unemployment_benefit: 198_000, medical_premium: 39_000 }

describe('C4 the months of a benefit', () => {
  let worker: TestWorker
  let caseId: Id

  it('C4-t1: each benefit month has a payment order for the medical premium including maternity, beside the benefit', async () => {
    worker = await testWorker(town)
    caseId = (await approvedClaim(town, worker)).caseId
    await town.moveTo('2026-04-16')
    await town.moveTo('2026-05-15')
    expect(await linesOf(caseId)).toEqual([plainMonth, plainMonth])
    await town.moveTo('2026-05-16')
    expect(await linesOf(caseId)).toEqual([plainMonth, plainMonth, plainMonth])
  })

  it('the batch pays the person on the card and the medical fund, and the month counts as contributed', async () => {
    await payBatch(town)
    const { unemployment_benefit_expense, medical_premium_expense, ...rest } = await booksOfFund(town, 'unemployment')
    expect({ unemployment_benefit_expense, medical_premium_expense }).toEqual({
      unemployment_benefit_expense: 3 * 198_000,
      medical_premium_expense: 3 * 39_000,
    })
    expect(rest).toEqual({ contribution_income: 100_000_000, fiscal_special_account: 100_000_000 - 3 * 237_000 })
    expect(await booksOfFund(town, 'medical')).toEqual({
      contribution_income: 3 * 39_000,
      fiscal_special_account: 3 * 39_000,
    })
    const months = await town.run((work) => contributionsOf(work, worker.personId, { insurance: 'medical' }, 'test'))
    expect(months.map(({ month }) => month)).toEqual(['2026-03', '2026-04', '2026-05'])
  })

  it('C4-t2: the trigger is switched on for a month already paid, and every current recipient gets one line more', async () => {
    const another = await testWorker(town)
    const second = await approvedClaim(town, another)
    await publish('priceSubsidyTriggered', true, '2026-05-01', '2026-05-31')
    await town.moveTo('2026-05-17')
    await town.moveTo('2026-05-18')
    expect((await linesOf(caseId)).at(-1)).toEqual({ ...plainMonth, price_subsidy: 4_000 })
    expect((await linesOf(caseId)).slice(0, 2)).toEqual([plainMonth, plainMonth])
    expect(await linesOf(second.caseId)).toEqual([{ ...plainMonth, price_subsidy: 4_000 }])
    const later = await approvedClaim(town, await testWorker(town))
    expect(await linesOf(later.caseId)).toEqual([{ ...plainMonth, price_subsidy: 4_000 }])
    await town.moveTo('2026-06-16')
    expect((await linesOf(caseId)).at(-1)).toEqual(plainMonth)
  })

  it('a returned payment is told, and paid with the next batch', async () => {
    const { state } = await look(town, caseId)
    const returned = state.months.at(-1)?.orders.find(({ kind }) => kind === 'unemployment_benefit')
    await payBatch(town, [returned?.orderId ?? ''])
    const stateOf = async () =>
      (await look(town, caseId)).state.months.at(-1)?.orders.find(({ orderId }) => orderId === returned?.orderId)?.state
    expect(await stateOf()).toBe('returned')
    await take(town, await town.officer('accept'), caseId, 'reissue', { note: '已更正社保卡账户' })
    await payBatch(town)
    expect(await stateOf()).toBe('paid')
  })

  it('a higher minimum wage since a past day: the difference of each month is ordered', async () => {
    await publish('minimumWageFen', 230_000, '2026-06-01')
    const before = (await linesOf(caseId)).at(-1)
    const review = await town.officer('review')
    await take(town, review, caseId, 'recalculate', { because: 'value', cause: '最低工资标准调整' })
    expect(before).toEqual(plainMonth)
    expect((await linesOf(caseId)).at(-1)).toEqual({ ...plainMonth, unemployment_benefit: 207_000 })
    await payBatch(town)
  })

  it('who is employed again is told so by the register: the benefit ends and the register of benefits knows it', async () => {
    await town.run((work) =>
      beginEmployment(work, { personId: worker.personId, employerId: worker.employerId, from: '2026-07-01' }),
    )
    await town.moveTo('2026-07-16')
    const { status, state } = await look(town, caseId)
    expect(status).toBe('ended')
    expect(state.ended).toMatchObject({ reason: 'employed_again', since: '2026-07-16' })
    const [spell] = await town.run((work) => benefitSpellsOf(work, worker.personId, {}, 'test'))
    expect(spell).toMatchObject({ from: '2026-03', to: '2026-06' })
  })

  it('a job that is reported late: what was paid for months after it began is claimed back and offset', async () => {
    const late = await testWorker(town)
    const claim = await approvedClaim(town, late)
    await payBatch(town)
    await town.moveTo('2026-08-16')
    await payBatch(town)
    const note = { standing: 'employed', since: '2026-08-01', note: '八月一日入职' }
    await take(town, late.actor, claim.caseId, 'noteStanding', note)
    const { status, state } = await look(town, claim.caseId)
    expect(status).toBe('ended')
    expect(state.owedFen).toBe(207_000)
    expect(await linesOf(claim.caseId)).toEqual([
      { unemployment_benefit: 207_000, medical_premium: 39_000 },
      { unemployment_benefit: 0, medical_premium: 0 },
    ])
    await take(town, await town.officer('pay'), claim.caseId, 'noteRepayment', {
      amountFen: 207_000,
      bankReference: 'HK20260820',
    })
    expect((await look(town, claim.caseId)).state.owedFen).toBe(0)
  })
})

describe('C4.01 older recipients', () => {
  it('the pension premium is paid from less than a year before the retirement age, and the benefit until it', async () => {
    const worker = await testWorker(town, { months: 12, birthOn: '1966-11-20' })
    const { caseId } = await approvedClaim(town, worker)
    expect(await linesOf(caseId)).toEqual([
      { unemployment_benefit: 207_000, medical_premium: 39_000, pension_premium: 82_800 },
    ])
  })
})

async function publish(name: string, value: boolean | number, from: string, to?: string): Promise<void> {
  const proposal = {
    service: 'unemployment-protection',
    name,
    region: '130000',
    value,
    from,
    source: 'test',
    ...(to && { to }),
  }
  const id = await town.run(
    (work) => proposeValue(work, town.rulebook.values, proposal),
    await town.provincial('review'),
  )
  await town.run((work) => approveValue(work, id), await town.provincial('approve'))
}
