import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  beginBenefitSpell,
  benefitRecipients,
  benefitSpellsOf,
  cancelBenefitSpell,
  endBenefitSpell,
  type NewBenefitSpell,
} from './benefit-spells.ts'
import { bySystem, givePerson, nobody, peopleNode, staff } from './fixtures.testing.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

const caseId = '00000000-0000-7000-8000-0000000000c4'
const kind = 'unemployment_benefit'

async function receiving(change: Partial<NewBenefitSpell> = {}) {
  const personId = change.personId ?? (await givePerson(node))
  const terms = { personId, kind, agency: '320100', from: '2025-03', to: '2026-02', caseId, ...change }
  return { personId, terms, spellId: await bySystem(node, (work) => beginBenefitSpell(work, terms)) }
}
const inMonth = (personId: string, month: string) =>
  bySystem(node, (work) => benefitSpellsOf(work, personId, { kind, month }, 'test'))

describe('months of a benefit', () => {
  it.each([
    ['2025-02', 0],
    ['2025-03', 1],
    ['2026-02', 1],
    ['2026-03', 0],
  ])('in %s', async (month, count) => {
    expect(await inMonth((await receiving()).personId, month)).toHaveLength(count)
  })

  it('two of a kind in one month are refused, another kind and the month after are not', async () => {
    const { terms } = await receiving()
    const again = (change: object) => bySystem(node, (work) => beginBenefitSpell(work, { ...terms, ...change }))
    await expect(again({ from: '2026-02', to: '2026-12' })).rejects.toMatchObject({ code: 'benefit_overlaps' })
    await again({ from: '2026-03', to: undefined })
    await again({ kind: 'price_subsidy' })
  })

  it('ends earlier than it said, never later', async () => {
    const { personId, spellId } = await receiving()
    const end = (to: string) => bySystem(node, (work) => endBenefitSpell(work, { spellId, to }))
    await expect(end('2026-03')).rejects.toMatchObject({ code: 'benefit_ended', params: { toMonth: '2026-02' } })
    await expect(end('2025-02')).rejects.toBeInstanceOf(BadInput)
    await end('2025-08')
    expect(await inMonth(personId, '2025-08')).toHaveLength(1)
    expect(await inMonth(personId, '2025-09')).toHaveLength(0)
  })

  it('one taken back never was, and its months are free again', async () => {
    const { personId, spellId, terms } = await receiving()
    const cancel = () => bySystem(node, (work) => cancelBenefitSpell(work, { spellId, caseId }))
    await cancel()
    expect(await inMonth(personId, '2025-03')).toEqual([])
    await expect(cancel()).rejects.toMatchObject({ code: 'benefit_unknown' })
    await bySystem(node, (work) => beginBenefitSpell(work, terms))
  })
})

describe('everybody who receives a benefit (C4-t2)', () => {
  it('in a month, and of that kind only', async () => {
    const here = await receiving({ kind: 'living_allowance', from: '2025-06', to: '2025-06' })
    await receiving({ kind: 'living_allowance', from: '2025-07' })
    await receiving({ from: '2025-06' })
    const found = await bySystem(node, async (work) => {
      const pages = []
      for await (const page of benefitRecipients(work, { kind: 'living_allowance', month: '2025-06' }, 'test')) {
        pages.push(page.map(({ personId }) => personId))
      }
      return pages
    })
    expect(found).toEqual([[here.personId]])
  })
})

describe('who may', () => {
  it('the agency that grants it and whoever sees the person; nobody grants for another agency or to themselves', async () => {
    const { personId, terms } = await receiving()
    const seen = async (actor: Parameters<typeof inTransaction>[1]) =>
      (await inTransaction(node, actor, (work) => benefitSpellsOf(work, personId, { kind }, 'test'))).length
    expect(await seen(staff('320100'))).toBe(1)
    expect(await seen(staff('320500'))).toBe(0)
    const self = { kind: 'person', userId: nobody, personId } as const
    expect(await seen(self)).toBe(1)
    const more = { ...terms, from: '2026-03', to: undefined }
    for (const [actor, agency] of [
      [self, '320100'],
      [staff('320100'), '320500'],
    ] as const) {
      const refused = inTransaction(node, actor, (work) => beginBenefitSpell(work, { ...more, agency }))
      await expect(refused).rejects.toMatchObject({ code: 'outside_own_agency' })
    }
  })
})
