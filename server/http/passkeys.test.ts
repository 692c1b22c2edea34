import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, systemActor } from '../../ground/door.ts'
import { createUser, findUserByLogin } from '../../people/door.ts'
import { type KeptPasskey, type Lies, makePasskey, newKeys, signWith } from '../signin/authenticator.testing.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
const origin = 'https://tongban.example'
const base = '/320000/api/v1'
const minute = 60_000

beforeAll(async () => {
  site = await testSite({ regions: ['320000', '650000'], origin })
})
afterAll(() => site.close())

const browsers = new Map<string, Browser>()

/** One session for each user, whose requests come from many addresses: how often one address may try is not the matter here. */
async function signedIn(login: string): Promise<Browser> {
  const known = browsers.get(login)
  if (known) return known
  const browser = await browserOf(site.app, '320000', login)
  const send: Browser['send'] = (options) => browser.send({ ...options, remoteAddress: newAddress() })
  const headers = { 'idempotency-key': 'not-kept-here' }
  const made: Browser = {
    send,
    get: browser.get,
    post: (url, body = {}, given = {}) => send({ method: 'POST', url, body, headers: { ...headers, ...given } }),
  }
  browsers.set(login, made)
  return made
}

let addresses = 0
const newAddress = () => `10.1.${Math.floor(++addresses / 250)}.${addresses % 250}`

const send = (path: string, body?: object, headers: Record<string, string> = {}) =>
  site.app.inject({
    method: 'POST',
    url: path,
    ...(body && { body }),
    headers,
    remoteAddress: newAddress(),
  })

let credentials = 0
const newId = () => Buffer.from(`credential-${++credentials}-of-a-test`).toString('base64url')

async function add(browser: Browser, name: string, lies: Lies = {}, id = newId()) {
  const options = (await browser.post('/me/passkeys/options')).json()
  const { kept, response } = await makePasskey(origin, options, id, lies)
  const added = await browser.post('/me/passkeys', { name, response })
  return { kept, response, added, options }
}

async function signIn(kept: KeptPasskey, lies: Lies = {}, region = '320000') {
  const { challenge } = (await send(`/${region}/api/v1/session/passkey/options`)).json()
  return send(`/${region}/api/v1/session/passkey`, await signWith(origin, kept, challenge, lies))
}

const codeOf = (response: { statusCode: number; json(): { code?: string } }) => [
  response.statusCode,
  response.json().code,
]

describe('a passkey', () => {
  it('is added, seen by its owner alone, and signs in as them on this node', async () => {
    const resident = await signedIn('li-na')
    const { kept, added, options } = await add(resident, '我的手机')
    expect(added.statusCode).toBe(200)
    expect(options).toMatchObject({
      rp: { id: 'tongban.example' },
      user: { name: 'li-na@320000' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const begun = await signIn(kept)
    expect(begun.statusCode).toBe(200)
    const cookies = Object.fromEntries(begun.cookies.map(({ name, value }) => [name, value]))
    const me = await site.app.inject({ method: 'GET', url: `${base}/me`, cookies })
    expect(me.json()).toMatchObject({ user: { login: 'li-na' }, acting: { kind: 'person' } })
    const own = (await resident.get('/me/security')).json()
    expect(own).toMatchObject({ origin, hasPassword: true, passkeys: [{ name: '我的手机', synced: false }] })
    expect(own.passkeys[0].lastUsedAt).not.toBeNull()
    expect(own.events.map(({ what }: { what: string }) => what).slice(0, 2)).toEqual(['passkey_used', 'passkey_added'])
    const other = await signedIn('five-months')
    expect((await other.get('/me/security')).json().passkeys).toEqual([])
  })

  it('signs staff in at their post', async () => {
    const officer = await signedIn('nanjing-review')
    const { kept } = await add(officer, 'Security key')
    const begun = await signIn(kept)
    const cookies = Object.fromEntries(begun.cookies.map(({ name, value }) => [name, value]))
    const me = await site.app.inject({ method: 'GET', url: `${base}/me`, cookies })
    expect(me.json()).toMatchObject({ acting: { kind: 'staff', role: 'review' } })
  })

  it('is of one region: another node does not know it', async () => {
    const { kept } = await add(await signedIn('li-na'), 'one region')
    expect(codeOf(await signIn(kept, {}, '650000'))).toEqual([401, 'passkey_unknown'])
  })

  it('is added once', async () => {
    const id = newId()
    await add(await signedIn('li-na'), 'first', {}, id)
    const again = await add(await signedIn('five-months'), 'second', {}, id)
    expect(codeOf(again.added)).toEqual([422, 'passkey_known'])
  })

  it('is one of ten at most', async () => {
    const resident = await signedIn('nanjing-pay')
    for (let count = 0; count < 10; count++) expect((await add(resident, `${count}`)).added.statusCode).toBe(200)
    expect(codeOf(await resident.post('/me/passkeys/options'))).toEqual([422, 'passkeys_too_many'])
  })
})

describe('a challenge', () => {
  it('is good for once', async () => {
    const resident = await signedIn('li-na')
    const { kept, response } = await add(resident, 'once')
    expect(codeOf(await resident.post('/me/passkeys', { name: 'twice', response }))).toEqual([
      401,
      'passkey_challenge_over',
    ])
    const { challenge } = (await send(`${base}/session/passkey/options`)).json()
    const signed = await signWith(origin, kept, challenge)
    expect((await send(`${base}/session/passkey`, signed)).statusCode).toBe(200)
    expect(codeOf(await send(`${base}/session/passkey`, signed))).toEqual([401, 'passkey_challenge_over'])
  })

  it('is used up by what is refused', async () => {
    const { kept } = await add(await signedIn('li-na'), 'used up')
    const { challenge } = (await send(`${base}/session/passkey/options`)).json()
    const forged = await signWith(origin, kept, challenge, { origin: 'https://evil.example' })
    expect(codeOf(await send(`${base}/session/passkey`, forged))).toEqual([401, 'passkey_wrong'])
    const right = await signWith(origin, kept, challenge)
    expect(codeOf(await send(`${base}/session/passkey`, right))).toEqual([401, 'passkey_challenge_over'])
  })

  it('lasts three minutes', async () => {
    const { kept } = await add(await signedIn('li-na'), 'three minutes')
    const ask = async () => (await send(`${base}/session/passkey/options`)).json().challenge
    const [early, late] = [await ask(), await ask()]
    site.machineClock.advance(3 * minute - 1)
    expect((await send(`${base}/session/passkey`, await signWith(origin, kept, early))).statusCode).toBe(200)
    site.machineClock.advance(1)
    const tooLate = await send(`${base}/session/passkey`, await signWith(origin, kept, late))
    expect(codeOf(tooLate)).toEqual([401, 'passkey_challenge_over'])
  })

  it('is not good for somebody else, nor one for signing in for adding', async () => {
    const [one, other] = [await signedIn('li-na'), await signedIn('five-months')]
    const options = (await one.post('/me/passkeys/options')).json()
    const { response } = await makePasskey(origin, options, newId())
    expect(codeOf(await other.post('/me/passkeys', { name: 'x', response }))).toEqual([401, 'passkey_challenge_over'])
    const { challenge } = (await send(`${base}/session/passkey/options`)).json()
    const made = await makePasskey(origin, { challenge, user: options.user }, newId())
    expect(codeOf(await one.post('/me/passkeys', { name: 'x', response: made.response }))).toEqual([
      401,
      'passkey_challenge_over',
    ])
  })
})

describe('refused', () => {
  it.each([
    ['of another address', { origin: 'https://evil.example' }],
    ['of another host', { rpId: 'evil.example' }],
    ['without a PIN or a finger', { isUserVerified: false }],
  ])('what was made or signed %s', async (_, lies) => {
    const resident = await signedIn('li-na')
    expect(codeOf((await add(resident, 'lies', lies)).added)).toEqual([401, 'passkey_wrong'])
    const { kept } = await add(resident, 'honest')
    expect(codeOf(await signIn(kept, lies))).toEqual([401, 'passkey_wrong'])
    const { events } = (await resident.get('/me/security')).json()
    expect(events[0]).toMatchObject({ what: 'passkey_refused', passkey: 'honest' })
    for (const { passkeyId } of (await resident.get('/me/security')).json().passkeys)
      await resident.send({ method: 'DELETE', url: `/me/passkeys/${passkeyId}` })
  })

  it('what another key signed, and for another user', async () => {
    const resident = await signedIn('five-months')
    const { kept } = await add(resident, 'mine')
    const { privateKey } = await newKeys()
    expect(codeOf(await signIn(kept, { signedBy: privateKey }))).toEqual([401, 'passkey_wrong'])
    const handle = Buffer.from('00000000-0000-4000-8000-000000000000').toString('base64url')
    expect(codeOf(await signIn({ ...kept, userHandle: handle }))).toEqual([401, 'passkey_wrong'])
    expect((await signIn(kept)).statusCode).toBe(200)
  })

  it('a copy: its counter stands still or falls back, and of two at once one signs in', async () => {
    const resident = await signedIn('five-months')
    const { kept } = await add(resident, 'copied')
    expect((await signIn(kept, { counter: 7 })).statusCode).toBe(200)
    expect(codeOf(await signIn(kept, { counter: 7 }))).toEqual([401, 'passkey_copied'])
    expect(codeOf(await signIn(kept, { counter: 3 }))).toEqual([401, 'passkey_copied'])
    expect(codeOf(await signIn(kept, { counter: 0 }))).toEqual([401, 'passkey_copied'])
    const { events } = (await resident.get('/me/security')).json()
    expect(events[0]).toMatchObject({ what: 'passkey_refused', passkey: 'copied' })
    const both = await Promise.all([signIn({ ...kept }, { counter: 8 }), signIn({ ...kept }, { counter: 8 })])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401])
  })

  it('does not mind an authenticator that never counts', async () => {
    const { kept } = await add(await signedIn('five-months'), 'uncounted', { counter: 0 })
    for (let times = 0; times < 2; times++) expect((await signIn(kept, { counter: 0 })).statusCode).toBe(200)
  })

  it('what another site sends', async () => {
    const headers = { origin: 'https://evil.example' }
    expect(codeOf(await send(`${base}/session/passkey/options`, undefined, headers))).toEqual([
      403,
      'origin_not_allowed',
    ])
    const resident = await signedIn('li-na')
    const forged = await resident.post('/me/passkeys/options', {}, { 'x-tongban-csrf': 'guessed' })
    expect(codeOf(forged)).toEqual([403, 'csrf_token_wrong'])
    expect(codeOf(await send(`${base}/me/passkeys/options`))).toEqual([401, 'not_signed_in'])
  })

  it('what no authenticator makes', async () => {
    const resident = await signedIn('li-na')
    const bytes = Buffer.from('{"challenge":1}').toString('base64url')
    const made = {
      id: 'AA',
      rawId: 'AA',
      type: 'public-key',
      response: { clientDataJSON: bytes, attestationObject: 'AA' },
    }
    expect(codeOf(await resident.post('/me/passkeys', { name: 'x', response: made }))).toEqual([
      401,
      'passkey_challenge_over',
    ])
    const torn = { ...made, response: { ...made.response, clientDataJSON: 'AAAA' } }
    expect(codeOf(await resident.post('/me/passkeys', { name: 'x', response: torn }))).toEqual([401, 'passkey_wrong'])
    expect((await resident.post('/me/passkeys', { name: ' ', response: made })).statusCode).toBe(400)
  })
})

describe('removing', () => {
  it('ends the sessions elsewhere, and the passkey is unknown from then on', async () => {
    const resident = await signedIn('li-na-husband')
    const elsewhere = await browserOf(site.app, '320000', 'li-na-husband')
    const { kept, added } = await add(resident, 'lost phone')
    const url = `/me/passkeys/${added.json().passkeyId}`
    const stranger = await signedIn('five-months')
    expect(codeOf(await stranger.send({ method: 'DELETE', url }))).toEqual([401, 'passkey_unknown'])
    expect((await resident.send({ method: 'DELETE', url })).statusCode).toBe(200)
    expect(codeOf(await signIn(kept))).toEqual([401, 'passkey_unknown'])
    expect((await elsewhere.get('/me')).statusCode).toBe(401)
    const { passkeys, events } = (await resident.get('/me/security')).json()
    expect(passkeys).toEqual([])
    expect(events[0]).toMatchObject({ what: 'passkey_removed', passkey: 'lost phone' })
  })

  it('leaves one way to sign in, also when two are removed at once', async () => {
    const node = must(site.nodes.get('320000'), 'the node')
    await inTransaction(node, systemActor, async (work) => {
      const userId = await createUser(work, { login: 'no-password', displayName: '示例·无密码' })
      await sql`INSERT INTO people.assignment (id, user_id, role, kind, agency, from_on, assigned_by, assigned_at)
        VALUES (gen_random_uuid(), ${userId}, 'review', 'staff', '320100', '2026-01-01', NULL, now())`.execute(work.db)
    })
    const user = await signedIn('no-password')
    const ids = [(await add(user, 'one')).added.json().passkeyId, (await add(user, 'two')).added.json().passkeyId]
    const removed = await Promise.all(ids.map((id) => user.send({ method: 'DELETE', url: `/me/passkeys/${id}` })))
    expect(removed.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422])
    const { passkeys, hasPassword } = (await user.get('/me/security')).json()
    expect([hasPassword, passkeys.length]).toEqual([false, 1])
    const last = await user.send({ method: 'DELETE', url: `/me/passkeys/${passkeys[0].passkeyId}` })
    expect(codeOf(last)).toEqual([422, 'last_way_to_sign_in'])
    expect(last.json().advice).toMatch(/另一个通行密钥/)
  })
})

describe('without an address', () => {
  it('there are no passkeys, and that is said', async () => {
    const other = await testSite({ regions: ['320000'], seed: false })
    const options = await other.app.inject({ method: 'POST', url: `${base}/session/passkey/options` })
    await other.close()
    expect(codeOf(options)).toEqual([422, 'passkeys_not_set_up'])
  })
})

it('the tables keep no challenge, and a user reads only their own rows', async () => {
  const node = must(site.nodes.get('320000'), 'the node')
  const { challenge } = (await send(`${base}/session/passkey/options`)).json()
  const { rows } = await inTransaction(node, systemActor, ({ db }) =>
    sql<{ row: string }>`SELECT row_to_json(asked)::text AS row FROM server.passkey_challenge AS asked`.execute(db),
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter(({ row }) => row.includes(challenge))).toEqual([])
  const user = await inTransaction(node, systemActor, (work) => findUserByLogin(work, 'five-months'))
  const { userId, personId } = must(user, 'a user')
  const actor = { kind: 'person', userId, personId: must(personId, 'a person') } as const
  const seen = await inTransaction(node, actor, async ({ db }) => {
    const keys = await sql<{ user_id: string }>`SELECT DISTINCT user_id FROM server.passkey`.execute(db)
    const events = await sql<{ user_id: string }>`SELECT DISTINCT user_id FROM server.sign_in_event`.execute(db)
    const asked = await sql`SELECT FROM server.passkey_challenge`.execute(db)
    return { users: [...keys.rows, ...events.rows].map((row) => row.user_id), asked: asked.rows.length }
  })
  expect(seen).toEqual({ users: [userId, userId], asked: 0 })
})
