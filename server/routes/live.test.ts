import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clubService } from '../club.testing.ts'
import { changeKinds } from '../live/changes.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
const streams: Readable[] = []
beforeAll(async () => {
  site = await testSite({ regions: ['320000', '650000'], services: [clubService] })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.destroy()
})
afterAll(() => site.close())

const minute = 60_000
const everything = `event: changed\ndata: ${JSON.stringify(changeKinds)}\n\n`

/** What a page hears: everything that its stream said. */
type Heard = { text(): string; isOver(): boolean; until(said: (text: string) => boolean): Promise<void> }

/** Opens the stream as a page does; ready once the page was told to read everything anew. */
async function listenAs(browser: Browser): Promise<Heard> {
  const answer = await browser.send({ method: 'GET', url: '/changes', payloadAsStream: true })
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8'])
  let [text, isOver] = ['', false]
  const stream = answer.stream()
  streams.push(stream)
  stream.on('data', (chunk) => {
    text += String(chunk)
  })
  stream.on('end', () => {
    isOver = true
  })
  const until = async (said: (text: string) => boolean) => {
    for (let tries = 0; tries < 100 && !said(text); tries++) await sleep(50)
    expect(said(text), text).toBe(true)
  }
  await until((soFar) => soFar.endsWith(everything))
  text = ''
  return { text: () => text, isOver: () => isOver, until }
}

let cases = 0
const open = (browser: Browser) =>
  browser.post(
    '/cases',
    { flow: 'club-membership', body: { sport: 'rowing', guests: 0 } },
    { 'idempotency-key': `case-number-${++cases}` },
  )

const as = (login: string, region = '320000') => browserOf(site.app, region, login)

describe('what an open page is told', () => {
  it('whose case it is and on whose desk it lies: the kinds, and nothing of the case, the person or the region', async () => {
    const resident = await as('five-months')
    const [own, desk, other] = await Promise.all(
      [resident, await as('nanjing-accept'), await as('nanjing-review')].map(listenAs),
    )
    const opened = (await open(resident)).json()
    await own?.until((text) => text.includes('cases'))
    await desk?.until((text) => text.includes('tasks'))
    await other?.until((text) => text.includes('cases'))
    expect(desk?.text()).toBe('event: changed\ndata: ["cases","tasks"]\n\n')
    expect(other?.text()).toBe('event: changed\ndata: ["cases"]\n\n')
    for (const heard of [own, desk, other]) {
      expect(heard?.text()).not.toContain(opened.caseId)
      expect(heard?.text()).not.toContain(opened.number)
      expect(heard?.text()).not.toMatch(/\d/)
    }
  })

  it('nothing of what another region, another agency or another person has', async () => {
    const others = await Promise.all(
      [await as('xinjiang-supervisor', '650000'), await as('li-na'), await as('urumqi-hospital-office', '650000')].map(
        listenAs,
      ),
    )
    const desk = await listenAs(await as('nanjing-accept'))
    await open(await as('five-months'))
    await desk.until((text) => text.includes('tasks'))
    await sleep(500)
    expect(others.map((heard) => heard.text())).toEqual(['', '', ''])
  })

  it('is nothing for whoever is not signed in', async () => {
    const answer = await site.app.inject('/320000/api/v1/changes')
    expect(answer.json()).toMatchObject({ status: 401, code: 'not_signed_in' })
  })
})

describe('the stream of a session', () => {
  it('tells nothing after signing out, and says that it is over', async () => {
    const officer = await as('nanjing-accept')
    const heard = await listenAs(officer)
    expect((await officer.send({ method: 'DELETE', url: '/session' })).statusCode).toBe(200)
    await open(await as('five-months'))
    await heard.until((text) => text !== '')
    expect(heard.text()).toBe('event: ended\ndata: []\n\n')
    await expect.poll(heard.isOver).toBe(true)
  })

  it('ends when its user acts as somebody else, so that the page comes back as that', async () => {
    const husband = await as('li-na-husband')
    const { represents } = (await husband.get('/me')).json()
    const heard = await listenAs(husband)
    await husband.post('/session/acting', { person: true, onBehalfOf: represents[0].personId })
    await open(husband)
    const again = await listenAs(husband)
    await open(husband)
    await again.until((text) => text.includes('cases'))
    expect(heard.text()).not.toContain('cases')
  })

  it('keeps nobody signed in, nor does a page that asks again with nobody at it', async () => {
    const officer = await as('nanjing-review')
    await listenAs(officer)
    for (let times = 0; times < 2; times++) {
      site.machineClock.advance(14 * minute)
      expect((await officer.get('/me', { 'x-tongban-unattended': '1' })).statusCode).toBe(200)
    }
    site.machineClock.advance(3 * minute)
    expect((await officer.get('/me')).statusCode).toBe(401)
  })
})
