import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestNode } from '../ground/testing.ts'
import { bySystem, giveEmployer, givePerson, monthsFrom, peopleNode } from './fixtures.testing.ts'
import { handOverMonths, type MovedMonth, receiveMonths, takeMonthsBack } from './moved-months.ts'
import { contributedMonths, contributionsOf, recordPersonContributions } from './person-contributions.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

const received = (months: readonly string[]): MovedMonth[] =>
  months.map((month) => ({ month, baseFen: 500_000, paidOn: `${month}-20` }))

async function paidHere(personId: string, months: readonly string[], employerId: string | null = null): Promise<void> {
  const rows = received(months).map((month) => ({ ...month, personId, insurance: 'pension' as const, employerId }))
  await bySystem(node, (work) => recordPersonContributions(work, rows))
}

const counted = async (personId: string) => {
  const query = { insurance: 'pension', before: '2026-01-01' } as const
  return (await bySystem(node, (work) => contributedMonths(work, personId, query, 'test'))).months
}

describe('months that move between regions (B1.04)', () => {
  it('are handed over, count here no more, and count again when they are taken back; each once', async () => {
    const personId = await givePerson(node)
    const months = monthsFrom('2020-01', 24)
    await paidHere(personId, months)
    await paidHere(personId, months.slice(0, 2), await giveEmployer(node))
    const moving = { personId, insurance: 'pension', region: '620000' } as const
    const act = (action: typeof handOverMonths) => bySystem(node, (work) => action(work, moving, months.slice(0, 12)))
    expect([await act(handOverMonths), await act(handOverMonths), await counted(personId)]).toEqual([12, 0, 12])
    expect([await act(takeMonthsBack), await act(takeMonthsBack), await counted(personId)]).toEqual([12, 0, 24])
  })

  it('are received with the region they came from, once; sent on and received again they count', async () => {
    const personId = await givePerson(node)
    const moving = { personId, insurance: 'pension', region: '620000' } as const
    const months = received(monthsFrom('2019-01', 6))
    const receive = () => bySystem(node, (work) => receiveMonths(work, moving, months))
    await receive()
    await receive()
    expect(await counted(personId)).toBe(6)
    const rows = await bySystem(node, (work) => contributionsOf(work, personId, { insurance: 'pension' }, 'test'))
    expect(new Set(rows.map(({ receivedFrom }) => receivedFrom))).toEqual(new Set(['620000']))
    const back = months.map(({ month }) => month)
    expect(await bySystem(node, (work) => handOverMonths(work, moving, back))).toBe(6)
    expect(await counted(personId)).toBe(0)
    await receive()
    expect(await counted(personId)).toBe(6)
  })

  it('are refused where one of them counts here already', async () => {
    const personId = await givePerson(node)
    await paidHere(personId, ['2021-03'])
    const moving = { personId, insurance: 'pension', region: '620000' } as const
    const receiving = bySystem(node, (work) => receiveMonths(work, moving, received(monthsFrom('2021-01', 6))))
    await expect(receiving).rejects.toMatchObject({ code: 'month_counted_already', params: { month: '2021-03' } })
    expect(await counted(personId)).toBe(1)
  })
})
