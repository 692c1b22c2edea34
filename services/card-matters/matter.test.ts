import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Work } from '../../ground/door.ts'
import { cardsOf, findPayoutAccount, findPersonByIdNumber, getPerson, reportCardLost } from '../../people/door.ts'
import { blankStock } from './blanks.ts'
import {
  type District,
  newBankOfficer,
  newResident,
  nextCardNumber,
  openMatter,
  testDistrict,
} from './district.testing.ts'
import { replacementOffer } from './offer.ts'
import { matterRoutes } from './routes.ts'

let district: District
beforeAll(async () => {
  district = await testDistrict()
})
afterAll(() => district.close())

type Resident = Awaited<ReturnType<typeof newResident>>

const shown = ({ idNumber, name }: Resident) => ({ idNumber, name })
const cards = (personId: string) => district.run((work) => cardsOf(work, personId, 'test'))
const left = async (outletId = district.instant.outletId) =>
  (await district.run((work) => blankStock(work, outletId))).left

/** Accepted by the first officer, made by the second. */
async function madeCase(body: object, counter = district.instant) {
  const { caseId } = await openMatter(district, counter.first, body)
  const number = nextCardNumber()
  await district.take(counter.second, caseId, 'make', { number, accountNumber: '6217000000001234' })
  return { caseId, number }
}

describe('B4.13 one matter in one go', () => {
  it('a replacement reports the loss, ends the old card, issues the new one and the e-card anew, in one case', async () => {
    const resident = await newResident(district)
    const before = await left()
    const { caseId, number } = await madeCase({ matter: 'replacement', ...shown(resident) })
    expect((await cards(resident.personId))[0]).toMatchObject({ number: resident.number, state: 'active' })
    const done = await district.take(district.instant.first, caseId, 'handOver', { to: 'holder' })
    expect(done.status).toBe('done')
    const held = await cards(resident.personId)
    expect(held.find((card) => card.number === number)).toMatchObject({
      state: 'active',
      bankAccountMasked: '****1234',
      eCard: { state: 'active', apps: ['app:12333'] },
    })
    expect(held.find((card) => card.number === resident.number)).toMatchObject({ state: 'replaced', eCard: null })
    expect(await left()).toBe(before - 1)
    const { receipts, history } = await trailOf(caseId)
    expect(receipts).toHaveLength(1)
    expect(history.map(({ kind }) => kind)).toEqual(['accept', 'make', 'handOver'])
  })

  it('B1.09: a replacement is offered to whoever lost the card, and not once it is under way', async () => {
    const resident = await newResident(district)
    const rule = replacementOffer({ cases: () => district.cases })
    const event = { kind: 'card_lost' as const, agency: '421303', on: '2026-05-11', reference: '' }
    const isDue = () => district.run((work) => rule.isDue(work, { ...event, personId: resident.personId }))
    expect(await isDue()).toBe(true)
    await openMatter(district, district.instant.first, { matter: 'replacement', ...shown(resident) })
    expect(await isDue()).toBe(false)
  })

  it('B4.06 a card reported lost is replaced too, and until the new one is in force nothing is in use', async () => {
    const resident = await newResident(district)
    const [card] = await cards(resident.personId)
    await district.run((work) => reportCardLost(work, card?.cardId ?? ''))
    const { caseId } = await madeCase({ matter: 'replacement', ...shown(resident) })
    expect((await cards(resident.personId)).filter(({ state }) => state === 'active')).toEqual([])
    await district.take(district.instant.first, caseId, 'handOver', { to: 'holder' })
    expect((await cards(resident.personId)).filter(({ state }) => state === 'active')).toHaveLength(1)
  })
})

describe('B4.06 seven matters at the counter', () => {
  it('a new card for somebody whom no register knows', async () => {
    const resident = await newResident(district, 'unknown')
    const { caseId, number } = await madeCase({ matter: 'new_card', ...shown(resident), phone: '13900001111' })
    await district.take(district.instant.second, caseId, 'handOver', { to: 'holder' })
    const { file } = await district.view(caseId)
    const personId = file.subject.personId ?? ''
    expect((await cards(personId))[0]).toMatchObject({ number, state: 'active' })
    expect(await district.run((work) => getPerson(work, personId, 'test'))).toMatchObject({
      phoneMasked: '139****1111',
    })
    expect(await district.run((work) => findPayoutAccount(work, personId, 'test'))).toBeDefined()
  })

  it('an exchange; while its card waits no other is made', async () => {
    const resident = await newResident(district)
    const { caseId } = await madeCase({ matter: 'exchange', ...shown(resident) })
    const again = openMatter(district, district.plain.first, { matter: 'replacement', ...shown(resident) })
    await expect(again).rejects.toMatchObject({ code: 'card_waiting' })
    await district.take(district.instant.first, caseId, 'handOver', { to: 'holder' })
    await expect(
      openMatter(district, district.plain.first, { matter: 'new_card', ...shown(resident) }),
    ).rejects.toMatchObject({ code: 'card_in_force', clause: 'B1.01' })
  })

  it('issue and activation, at another outlet than the one that made the card', async () => {
    const resident = await newResident(district, 'none')
    const { caseId, number } = await madeCase({ matter: 'new_card', ...shown(resident) })
    const proxy = { ...shown(resident), byProxy: true, proxyShown: true }
    await openMatter(district, district.plain.first, { matter: 'issue', ...proxy })
    expect((await district.view(caseId)).file.status).toBe('handed_over')
    expect(await cards(resident.personId)).toEqual([])
    const byProxy = openMatter(district, district.plain.first, { matter: 'activation', ...proxy })
    await expect(byProxy).rejects.toMatchObject({ code: 'holder_in_person' })
    await openMatter(district, district.plain.first, { matter: 'activation', ...shown(resident) })
    expect((await district.view(caseId)).file.status).toBe('done')
    expect((await cards(resident.personId))[0]).toMatchObject({ number, state: 'active' })
  })

  it('a change of data is refused without what changes, and done at once with it', async () => {
    const resident = await newResident(district)
    const body = { matter: 'information_change', ...shown(resident) }
    await expect(openMatter(district, district.plain.first, body)).rejects.toMatchObject({ code: 'phone_needed' })
    const { status } = await openMatter(district, district.plain.first, { ...body, phone: '13812345678' })
    expect(status).toBe('done')
    const person = await district.run((work) => getPerson(work, resident.personId, 'test'))
    expect(person.phoneMasked).toBe('138****5678')
  })

  it('the financial function is opened once, by the holder in person', async () => {
    const resident = await newResident(district)
    const body = { matter: 'open_financial', ...shown(resident), accountNumber: '6217000000005678' }
    const byProxy = { ...body, byProxy: true, proxyShown: true }
    await expect(openMatter(district, district.plain.first, byProxy)).rejects.toMatchObject({
      code: 'holder_in_person',
    })
    await openMatter(district, district.plain.first, body)
    expect((await cards(resident.personId))[0]).toMatchObject({ bankAccountMasked: '****5678' })
    await expect(openMatter(district, district.plain.first, body)).rejects.toMatchObject({
      code: 'account_open_already',
    })
  })

  it('a preview keeps nothing: whoever is not known is registered by the matter alone', async () => {
    const resident = await newResident(district, 'unknown')
    const routes = matterRoutes({ rulebook: district.rulebook, cases: () => district.cases })
    const preview = routes.find(({ path }) => path === '/preview')
    const body = { matter: 'new_card', byProxy: false, proxyShown: false, ...shown(resident) }
    const asked = (work: Work) => preview?.handle(work, { params: {}, query: {}, body })
    expect(await district.run(async (work) => asked(work), district.instant.first)).toMatchObject({
      plan: { makesCard: true },
    })
    const known = await district.run((work) => findPersonByIdNumber(work, resident.idNumber, 'test'))
    expect(known).toBeUndefined()
  })

  it('tells nothing of whose name does not fit the number', async () => {
    const resident = await newResident(district)
    const wrong = { matter: 'replacement', idNumber: resident.idNumber, name: '别人' }
    await expect(openMatter(district, district.plain.first, wrong)).rejects.toMatchObject({ code: 'holder_unknown' })
  })
})

describe('who made which card', () => {
  it('whoever accepted does not make the card', async () => {
    const resident = await newResident(district)
    const { caseId } = await openMatter(district, district.instant.first, { matter: 'exchange', ...shown(resident) })
    const own = district.take(district.instant.first, caseId, 'make', { number: nextCardNumber() })
    await expect(own).rejects.toMatchObject({ code: 'same_officer_excluded', clause: 'B3.11' })
    await district.take(district.instant.second, caseId, 'make', { number: nextCardNumber() })
  })

  it('another bank’s officer sees nothing of it', async () => {
    const resident = await newResident(district)
    const { caseId } = await openMatter(district, district.instant.first, { matter: 'exchange', ...shown(resident) })
    const foreign = district.take(district.plain.first, caseId, 'make', { number: nextCardNumber() })
    await expect(foreign).rejects.toMatchObject({ code: 'case_not_found' })
  })

  it('B4.05 in a hall an officer of the hall accepts at the bank’s counter, and the bank makes the card', async () => {
    const resident = await newResident(district)
    const clerk = await district.officer('accept', { agency: '421303' })
    const body = { matter: 'exchange', ...shown(resident) }
    await expect(openMatter(district, clerk, body)).rejects.toMatchObject({ code: 'outlet_needed' })
    const { caseId } = await openMatter(district, clerk, { ...body, outletId: district.instant.outletId })
    await district.take(district.instant.first, caseId, 'make', { number: nextCardNumber() })
    expect((await district.take(district.instant.first, caseId, 'handOver', { to: 'holder' })).status).toBe('done')
  })
})

describe('blank cards', () => {
  it('a spoiled one is counted, the next one is used, and the same number never twice', async () => {
    const resident = await newResident(district)
    const before = await left()
    const { caseId } = await openMatter(district, district.instant.first, { matter: 'exchange', ...shown(resident) })
    await district.take(district.instant.second, caseId, 'spoil', { reason: '打印错位' })
    const taken = district.take(district.instant.second, caseId, 'make', { number: (await usedNumber()) ?? '' })
    await expect(taken).rejects.toMatchObject({ code: 'card_number_taken' })
    await district.take(district.instant.second, caseId, 'make', { number: nextCardNumber() })
    expect(await left()).toBe(before - 3)
  })

  it('where none is left the card is made at the centre, with a deadline, and none is counted', async () => {
    const empty = await testDistrict(1)
    try {
      const [one, two] = [await newResident(empty), await newResident(empty)]
      const first = await openMatter(empty, empty.instant.first, { matter: 'exchange', ...shown(one) })
      await empty.take(empty.instant.second, first.caseId, 'make', { number: nextCardNumber() })
      const second = await openMatter(empty, empty.instant.first, { matter: 'exchange', ...shown(two) })
      const view = await empty.view(second.caseId)
      expect(view.file.state).toMatchObject({ plan: { immediate: false, withinWorkingDays: 15 } })
      await empty.take(empty.instant.second, second.caseId, 'make', { number: nextCardNumber() })
      const stock = await empty.run((work) => blankStock(work, empty.instant.outletId))
      expect(stock).toEqual({ left: 0, delivered: 1, used: 1, spoiled: 0, returned: 0 })
    } finally {
      await empty.close()
    }
  })
})

describe('undoing', () => {
  it('a matter is cancelled before the card is in force; the old card stays good', async () => {
    const resident = await newResident(district)
    const { caseId } = await madeCase({ matter: 'replacement', ...shown(resident) })
    await district.take(district.instant.first, caseId, 'cancel', { reason: '卡找到了' })
    expect((await cards(resident.personId))[0]).toMatchObject({ number: resident.number, state: 'active' })
  })

  it('a card issued wrongly is taken back by another officer than who handed it over', async () => {
    const resident = await newResident(district, 'none')
    const { caseId } = await madeCase({ matter: 'new_card', ...shown(resident) })
    await district.take(district.instant.first, caseId, 'handOver', { to: 'holder' })
    const own = district.take(district.instant.first, caseId, 'takeBack', { reason: '发错' })
    await expect(own).rejects.toMatchObject({ code: 'same_officer_excluded' })
    const third = await newBankOfficer(district, district.instant.outletId)
    await district.take(third, caseId, 'takeBack', { reason: '发错' })
    expect((await cards(resident.personId))[0]).toMatchObject({ state: 'cancelled' })
  })

  it('what issued no card has none to take back', async () => {
    const resident = await newResident(district)
    const body = { matter: 'information_change', ...shown(resident), phone: '13812345678' }
    const { caseId } = await openMatter(district, district.instant.first, body)
    const taken = district.take(district.instant.second, caseId, 'takeBack', { reason: '发错' })
    await expect(taken).rejects.toMatchObject({ code: 'nothing_to_take_back' })
  })
})

async function trailOf(caseId: string) {
  return district.run(async (work) => ({
    history: await district.cases.history(work, caseId),
    receipts: await district.cases.receipts(work, caseId),
  }))
}

async function usedNumber(): Promise<string | undefined> {
  const resident = await newResident(district)
  return (await madeCase({ matter: 'exchange', ...shown(resident) })).number
}
