import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../ground/door.ts'
import type { OfferedOccasion, OfferRule } from '../services/contract.ts'
import { clubService } from './club.testing.ts'
import type { OpenedService } from './services.ts'
import { type Browser, browserOf, type TestSite, testSite } from './testing.ts'

let isDue: boolean | OfferedOccasion = true
let asked = 0

const rule: OfferRule = {
  id: 'new-card',
  title: { zh: '补一张会员卡', en: 'Get another card' },
  text: { zh: '您的卡已挂失。', en: 'Your card is reported lost.' },
  path: '/club/card',
  event: { kind: 'card_lost' },
  isDue: async () => {
    asked += 1
    return isDue
  },
}

const offering: OpenedService = {
  ...clubService,
  service: {
    ...clubService.service,
    create: (tools) => ({ ...clubService.service.create(tools), offers: [rule] }),
  },
}

/** The same rule in a service of another province. */
const elsewhere: OpenedService = {
  ...clubService,
  id: 'elsewhere',
  service: {
    ...clubService.service,
    id: 'elsewhere',
    regions: ['430000'],
    create: () => ({ flows: [], messages: [], routes: [], offers: [rule] }),
  },
}

let site: TestSite
let loser: Browser
let holder: Browser

beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services: [offering, elsewhere] })
  loser = await browserOf(site.app, '320000', 'lost-card')
  holder = await browserOf(site.app, '320000', 'li-na')
})
afterAll(() => site.close())

const search = () => site.world.find('320000')?.runDue()
const offered = async (browser: Browser) => (await browser.get('/me/offers')).json()
async function nextDay() {
  const clock = site.nodes.get('320000')?.clock
  clock?.moveTo(addDays(clock.now().slice(0, 10), 1).concat('T03:00:00.000Z'))
  await search()
}

describe('services come to the person (B1.09)', () => {
  it('B1.09: a card reported lost is offered a new one, with a link; nobody else is', async () => {
    await search()
    expect(await offered(loser)).toMatchObject({
      wanted: true,
      items: [{ service: 'club', title: rule.title, path: '/club/card' }],
    })
    expect((await offered(holder)).items).toEqual([])
  })

  it('nothing is offered, nor pages shown, of a service of other regions', async () => {
    expect((await offered(loser)).items).toHaveLength(1)
    const { items } = (await loser.get('/services')).json()
    expect(items).toMatchObject([
      { id: 'club', isOffered: true },
      { id: 'elsewhere', isOffered: false },
    ])
  })

  it('once for an occasion: the next days offer nothing more, and a day is searched once', async () => {
    const before = asked
    await search()
    expect(asked).toBe(before)
    await nextDay()
    expect((await offered(loser)).items).toHaveLength(1)
  })

  it('what was done meanwhile is not shown', async () => {
    isDue = false
    expect((await offered(loser)).items).toEqual([])
    isDue = true
  })

  it('an occasion with words of its own is told in them, with the sum', async () => {
    isDue = { text: { zh: '红色的卡', en: 'the red card' }, amountFen: 100000 }
    expect((await offered(loser)).items).toMatchObject([{ text: isDue.text, amountFen: 100000 }])
    isDue = true
    expect((await offered(loser)).items).toMatchObject([{ text: rule.text, amountFen: null }])
  })

  it('who looked, and for what, stands in the access log', async () => {
    const log = (await loser.get('/me/access-log')).json().items
    expect(log).toContainEqual(expect.objectContaining({ purpose: 'offers', role: 'system' }))
  })

  it('whoever switches offers off is shown none, and their registers are not looked at for it', async () => {
    expect((await loser.post('/me/offers/choice', { wanted: false })).statusCode).toBe(200)
    expect(await offered(loser)).toEqual({ wanted: false, items: [] })
    const before = asked
    await nextDay()
    expect(asked).toBe(before)
    await loser.post('/me/offers/choice', { wanted: true })
    expect((await offered(loser)).items).toHaveLength(1)
  })

  it('an offer is put away for good, by its person alone', async () => {
    const [offer] = (await offered(loser)).items
    const path = `/me/offers/${offer.offerId}/dismissal`
    expect((await holder.post(path)).json()).toMatchObject({ code: 'offer_not_found' })
    expect((await loser.post(path)).statusCode).toBe(200)
    expect((await offered(loser)).items).toEqual([])
  })
})
