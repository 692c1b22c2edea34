import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { cardsOf, issueCard, openCardAccount, replaceCard, reportCardFound, reportCardLost } from './card.ts'
import { cardStateAt } from './card-history.ts'
import { cardholders } from './card-list.ts'
import { applyECard } from './e-card.ts'
import { bySystem, giveCard, givePerson, nextCardNumber, peopleNode, staff } from './fixtures.testing.ts'
import { changePhone, getPerson } from './person.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

describe('how a card stood at a moment', () => {
  it('is told to the moment, through loss, finding and replacement', async () => {
    const personId = await givePerson(node)
    node.clock.moveTo('2026-05-11T01:00:00.000Z')
    const { cardId } = await giveCard(node, personId)
    node.clock.moveTo('2026-05-11T02:00:00.000Z')
    await bySystem(node, (work) => reportCardLost(work, cardId))
    node.clock.moveTo('2026-05-11T03:00:00.000Z')
    await bySystem(node, (work) => reportCardFound(work, cardId))
    node.clock.moveTo('2026-05-11T04:00:00.000Z')
    const number = nextCardNumber()
    await bySystem(node, (work) => replaceCard(work, { cardId, number, outlet: '试样网点' }))
    const at = (time: string) => bySystem(node, (work) => cardStateAt(work, cardId, `2026-05-11T${time}Z`))
    expect(await at('00:59:59.999')).toBeUndefined()
    expect(await at('01:00:00.000')).toBe('active')
    expect(await at('01:59:59.999')).toBe('active')
    expect(await at('02:00:00.000')).toBe('lost')
    expect(await at('03:00:00.000')).toBe('active')
    expect(await at('04:00:00.000')).toBe('replaced')
  })
})

describe('the account behind a card', () => {
  it('is opened once, afterwards, and not on a lost card', async () => {
    const personId = await givePerson(node)
    const { cardId } = await giveCard(node, personId)
    const bank = { name: '试样银行', accountNumber: '6200000000004321' }
    await bySystem(node, (work) => openCardAccount(work, cardId, bank))
    await bySystem(node, (work) => openCardAccount(work, cardId, bank))
    const [card] = await bySystem(node, (work) => cardsOf(work, personId, 'test'))
    expect(card).toMatchObject({ bankName: '试样银行', bankAccountMasked: '****4321' })
    const other = { ...bank, accountNumber: '6200000000009999' }
    await expect(bySystem(node, (work) => openCardAccount(work, cardId, other))).rejects.toMatchObject({
      code: 'card_account_open',
    })
    await bySystem(node, (work) => reportCardLost(work, cardId))
    await expect(bySystem(node, (work) => openCardAccount(work, cardId, bank))).rejects.toMatchObject({
      code: 'card_not_active',
    })
  })
})

describe('B4.09 the list of cardholders', () => {
  it('lists whom the officer sees, filtered, page by page, and each holder’s access log says so', async () => {
    const officer = staff('320100')
    const inCity = await givePerson(node, { agency: '320100', homeRegion: '320104', name: '台账甲' })
    const other = await givePerson(node, { agency: '320500', homeRegion: '320505', name: '台账乙' })
    const { number } = await giveCard(node, inCity)
    await giveCard(node, other)
    await bySystem(node, (work) => applyECard(work, { personId: inCity, app: 'app:12333' }))
    const list = (query: object) =>
      inTransaction(node, officer, (work) => cardholders(work, { limit: 100, ...query }, '台账核对'))
    const found = await list({ text: '台账' })
    expect(found.map(({ name }) => name)).toEqual(['台账甲'])
    expect(found[0]).toMatchObject({ number, state: 'active', eCardState: 'active', homeRegion: '320104' })
    expect(found[0]?.idNumberMasked).toContain('*')
    expect(await list({ region: '320104' })).toHaveLength(1)
    expect(await list({ region: '320105' })).toHaveLength(0)
    expect(await list({ text: number, state: 'lost' })).toHaveLength(0)
    const [first] = await list({ limit: 1 })
    expect(await list({ limit: 1, after: first?.cardId })).not.toEqual([first])
    const log = await bySystem(node, (work) => accessLogOf(work, inCity))
    expect(log[0]).toMatchObject({ action: 'list_cardholders', purpose: '台账核对', agency: '320100' })
    const otherLog = await bySystem(node, (work) => accessLogOf(work, other))
    expect(otherLog.map(({ action }) => action)).not.toContain('list_cardholders')
  })

  it('a page without purpose is refused', async () => {
    const personId = await givePerson(node)
    await bySystem(node, (work) => issueCard(work, { personId, number: nextCardNumber(), outlet: '试样网点' }))
    await expect(bySystem(node, (work) => cardholders(work, { limit: 5 }, ' '))).rejects.toThrow()
  })
})

describe('another phone number', () => {
  it('is recorded and kept masked; a wrong one is not', async () => {
    const personId = await givePerson(node)
    await bySystem(node, (work) => changePhone(work, personId, '13812345678'))
    expect(await bySystem(node, (work) => getPerson(work, personId, 'test'))).toMatchObject({
      phoneMasked: '138****5678',
    })
    await expect(bySystem(node, (work) => changePhone(work, personId, '123'))).rejects.toThrow()
  })
})
