import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, systemActor } from '../../ground/door.ts'
import { demoPassword } from '../demo/logins.ts'
import { browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['320000', '650000'] })
})
afterAll(() => site.close())

const base = '/320000/api/v1'
const minute = 60_000

const signIn = (login: string, password: string, headers: Record<string, string> = {}, remoteAddress = '10.0.0.1') =>
  site.app.inject({ method: 'POST', url: `${base}/session`, body: { login, password }, headers, remoteAddress })

describe('sign-in', () => {
  it('takes the right password and gives a session for this node only', async () => {
    const response = await signIn('nanjing-accept', demoPassword)
    expect(response.statusCode).toBe(200)
    const cookie = response.cookies.find(({ name }) => name === 'tongban_session')
    expect(cookie).toMatchObject({ path: '/320000', httpOnly: true, sameSite: 'Strict' })
    const cookies = { tongban_session: cookie?.value ?? '' }
    const me = await site.app.inject({ method: 'GET', url: `${base}/me`, cookies })
    expect(me.json()).toMatchObject({ user: { login: 'nanjing-accept' }, acting: { kind: 'staff', role: 'accept' } })
    const elsewhere = await site.app.inject({ method: 'GET', url: '/650000/api/v1/me', cookies })
    expect(elsewhere.statusCode).toBe(401)
  })

  it('answers a wrong password and an unknown login alike', async () => {
    const wrong = await signIn('nanjing-review', 'wrong')
    const unknown = await signIn('nobody-here', 'wrong')
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'credentials_wrong'])
    expect(unknown.json()).toEqual(wrong.json())
  })

  it('locks an account after five wrong passwords, for a quarter of an hour', async () => {
    for (let tries = 0; tries < 5; tries++) expect((await signIn('nanjing-pay', 'wrong')).statusCode).toBe(401)
    const locked = await signIn('nanjing-pay', demoPassword)
    expect([locked.statusCode, locked.json().code]).toEqual([403, 'account_locked'])
    site.nodes.get('320000')?.clock.advance(15 * minute)
    expect((await signIn('nanjing-pay', demoPassword)).statusCode).toBe(200)
  })

  it('slows down one address that tries too often', async () => {
    const statuses: number[] = []
    for (let tries = 0; tries < 22; tries++) statuses.push((await signIn('nobody', 'x', {}, '10.9.9.9')).statusCode)
    expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true)
    expect(statuses.slice(20)).toEqual([429, 429])
    expect((await signIn('nobody', 'x', {}, '10.9.9.10')).statusCode).toBe(401)
  })
})

describe('a session', () => {
  it('ends when staff leave it for half an hour, and goes on while it is used', async () => {
    const officer = await browserOf(site.app, '320000', 'nanjing-accept')
    site.machineClock.advance(29 * minute)
    expect((await officer.get('/me')).statusCode).toBe(200)
    site.machineClock.advance(29 * minute)
    expect((await officer.get('/me')).statusCode).toBe(200)
    site.machineClock.advance(30 * minute)
    expect((await officer.get('/me')).statusCode).toBe(401)
  })

  it('ends after twelve hours, even a resident in constant use', async () => {
    const resident = await browserOf(site.app, '320000', 'li-na')
    for (let hours = 0; hours < 11; hours++) {
      site.machineClock.advance(60 * minute)
      expect((await resident.get('/me')).statusCode).toBe(200)
    }
    site.machineClock.advance(60 * minute)
    expect((await resident.get('/me')).statusCode).toBe(401)
  })

  it('is not touched by moving the clock of the demo world', async () => {
    const resident = await browserOf(site.app, '320000', 'li-na')
    site.nodes.get('320000')?.clock.advance(90 * 24 * 60 * minute)
    expect((await resident.get('/me')).statusCode).toBe(200)
  })

  it('ends on signing out', async () => {
    const resident = await browserOf(site.app, '320000', 'li-na')
    expect((await resident.send({ method: 'DELETE', url: '/session' })).statusCode).toBe(200)
    expect((await resident.get('/me')).statusCode).toBe(401)
  })

  it('stores no token', async () => {
    const response = await signIn('nanjing-accept', demoPassword, {}, '10.0.0.2')
    const token = response.cookies.find(({ name }) => name === 'tongban_session')?.value ?? ''
    const node = must(site.nodes.get('320000'), 'the node')
    const { rows } = await inTransaction(node, systemActor, ({ db }) =>
      sql<{ row: string }>`SELECT session::text AS row FROM server.session AS session`.execute(db),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ row }) => row.includes(token))).toEqual([])
  })
})

describe('acting', () => {
  it('for somebody takes a recorded authority', async () => {
    const husband = await browserOf(site.app, '320000', 'li-na-husband')
    const { represents } = (await husband.get('/me')).json()
    expect(represents).toMatchObject([{ name: '示例·李娜', relation: 'relative' }])
    const acting = await husband.post('/session/acting', { person: true, onBehalfOf: represents[0].personId })
    expect(acting.statusCode).toBe(200)
    expect((await husband.get('/me')).json()).toMatchObject({ person: { name: '示例·李娜' } })
  })

  it('ends with the authority, at once; given anew by a code, it covers what was chosen', async () => {
    const husband = await browserOf(site.app, '320000', 'li-na-husband')
    const wife = await browserOf(site.app, '320000', 'li-na')
    const { represents } = (await husband.get('/me')).json()
    await husband.post('/session/acting', { person: true, onBehalfOf: represents[0].personId })
    const { items } = (await wife.get('/me/authorities')).json()
    expect(items).toMatchObject([
      { agentName: '示例·王强', relation: 'relative', scope: ['matters', 'records', 'card'] },
    ])
    expect((await wife.post(`/me/authorities/${items[0].authorityId}/end`)).statusCode).toBe(200)
    expect((await husband.get('/me/cards')).json()).toMatchObject({ status: 403, code: 'authority_over' })
    expect((await husband.post('/session/acting', { person: true })).statusCode).toBe(200)
    expect((await husband.get('/me')).json()).toMatchObject({ represents: [], acting: { onBehalfOf: null } })

    // Given anew by a code, it covers what the person chose.
    const { code } = (await husband.post('/me/proxy-code')).json()
    const seen = await wife.post('/me/authorities/agent', { proxyCode: code })
    expect(seen.json()).toEqual({ agentNameMasked: '示***强' })
    const given = await wife.post('/me/authorities', {
      proxyCode: code,
      relation: 'relative',
      scope: ['matters', 'card'],
    })
    expect(given.statusCode).toBe(200)
    const { personId } = (await husband.get('/me')).json().represents[0]
    await husband.post('/session/acting', { person: true, onBehalfOf: personId })
    expect((await husband.get('/me/cases')).statusCode).toBe(200)
    expect((await husband.get('/me/cards')).statusCode).toBe(200)
    expect((await husband.get('/me/enrolments')).json()).toMatchObject({ status: 403, code: 'outside_authority' })
    const log = (await wife.get('/me/access-log')).json().items
    const looked = log.filter(({ action }: { action: string }) => action === 'read_cards')
    expect(looked[0]).toMatchObject({ role: 'person', agentName: '示例·王强' })
  })

  it('for somebody else is refused', async () => {
    const stranger = await browserOf(site.app, '320000', 'five-months')
    const { person } = (await (await browserOf(site.app, '320000', 'li-na')).get('/me')).json()
    const refused = await stranger.post('/session/acting', { person: true, onBehalfOf: person.personId })
    expect(refused.json()).toMatchObject({ status: 422, code: 'no_authority' })
  })

  it("through another user's assignment is refused", async () => {
    const one = await browserOf(site.app, '320000', 'nanjing-accept')
    const other = await browserOf(site.app, '320000', 'nanjing-review')
    const { assignments } = (await other.get('/me')).json()
    const refused = await one.post('/session/acting', { assignmentId: assignments[0].assignmentId })
    expect(refused.json()).toMatchObject({ code: 'assignment_not_yours' })
  })
})

describe('forgery', () => {
  const change = { method: 'POST', url: '/me/e-card', body: { app: 'app:12333' } } as const

  it('is noticed without the CSRF token, and with another one', async () => {
    const resident = await browserOf(site.app, '320000', 'li-na')
    for (const token of ['', 'guessed']) {
      const headers = { 'idempotency-key': 'forged-key', 'x-tongban-csrf': token }
      expect((await resident.send({ ...change, headers })).json()).toMatchObject({
        status: 403,
        code: 'csrf_token_wrong',
      })
    }
  })

  it('is noticed by the origin', async () => {
    const resident = await browserOf(site.app, '320000', 'li-na')
    const forged = await resident.post('/me/e-card', change.body, { origin: 'https://evil.example' })
    expect(forged.json()).toMatchObject({ status: 403, code: 'origin_not_allowed' })
    const own = await resident.post('/me/e-card', change.body, { origin: 'http://localhost:80' })
    expect(own.json().code).not.toBe('origin_not_allowed')
    expect((await signIn('li-na', demoPassword, { origin: 'https://evil.example' }, '10.0.0.3')).statusCode).toBe(403)
  })
})
