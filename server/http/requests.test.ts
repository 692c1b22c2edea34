import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, systemActor } from '../../ground/door.ts'
import { findUserByLogin, getUser, makeSyntheticCreditCode, makeSyntheticIdNumber } from '../../people/door.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'
import { answerOnce } from './answers.ts'

let site: TestSite
let officer: Browser
beforeAll(async () => {
  site = await testSite({ regions: ['620000'] })
  officer = await browserOf(site.app, '620000', 'lanzhou-accept')
})
afterAll(() => site.close())

const newEmployer = (nth: number) => ({
  creditCode: makeSyntheticCreditCode({ region: '620102', serial: 900 + nth }),
  name: `示例新单位${nth}号`,
  region: '620102',
  agency: '620100',
  industry: 'other',
})

describe('an idempotency key', () => {
  it('is demanded of every change', async () => {
    const response = await officer.send({ method: 'POST', url: '/people', body: {} })
    expect(response.json()).toMatchObject({ status: 400, code: 'idempotency_key_missing' })
  })

  it('makes the same request once, and answers it the same again', async () => {
    const person = { idNumber: idNumber(1), name: '示例·幂等', homeRegion: '620102', agency: '620100' }
    const first = await officer.post('/people', person, { 'idempotency-key': 'register-once' })
    const again = await officer.post('/people', person, { 'idempotency-key': 'register-once' })
    expect(first.json()).toMatchObject({ existing: false })
    expect(again.json()).toEqual(first.json())
    const withAnotherKey = await officer.post('/people', person, { 'idempotency-key': 'register-twice' })
    expect(withAnotherKey.json()).toEqual({ ...first.json(), existing: true })
  })

  it('of another request is refused', async () => {
    const person = { idNumber: idNumber(2), name: '示例·甲', homeRegion: '620102', agency: '620100' }
    await officer.post('/people', person, { 'idempotency-key': 'one-key-for-two' })
    const other = await officer.post(
      '/people',
      { ...person, name: '示例·乙' },
      { 'idempotency-key': 'one-key-for-two' },
    )
    expect(other.json()).toMatchObject({ status: 409, code: 'idempotency_key_reused' })
  })

  it('of another user is another key', async () => {
    const colleague = await browserOf(site.app, '620000', 'lanzhou-accept-2')
    const body = { idNumber: idNumber(3), name: '示例·丙', homeRegion: '620102', agency: '620100' }
    const first = await officer.post('/people', body, { 'idempotency-key': 'shared-key' })
    const second = await colleague.post('/people', body, { 'idempotency-key': 'shared-key' })
    expect([first.json().existing, second.json().existing]).toEqual([false, true])
  })

  it('of a refused request may be used again', async () => {
    const bad = { idNumber: '620102199001010000', name: '示例·丁', homeRegion: '620102', agency: '620100' }
    const refused = await officer.post('/people', bad, { 'idempotency-key': 'mended-later' })
    expect(refused.statusCode).toBe(400)
    const good = await officer.post('/people', { ...bad, idNumber: idNumber(4) }, { 'idempotency-key': 'mended-later' })
    expect(good.statusCode).toBe(200)
  })

  it('that comes twice at once is done once', async () => {
    const body = { idNumber: idNumber(5), name: '示例·戊', homeRegion: '620102', agency: '620100' }
    const headers = { 'idempotency-key': 'both-at-once' }
    const answers = await Promise.all([officer.post('/people', body, headers), officer.post('/people', body, headers)])
    expect(answers.map((answer) => answer.json().existing)).toEqual([false, false])
  })
})

describe('a crash', () => {
  it.each(['answer.before-store', 'work.before-commit'])(
    'at %s leaves neither the change nor the answer',
    async (point) => {
      const node = must(site.nodes.get('620000'), 'the node')
      const { userId } = must(await asSystem((work) => findUserByLogin(work, 'lanzhou-accept')), 'the officer')
      const actor = { kind: 'staff', userId, assignmentId: userId, role: 'accept', agency: '620100' } as const
      const attempt = (faults: (at: string) => void) =>
        inTransaction({ ...node, faults }, actor, (work) =>
          answerOnce(work, { key: `crash-at-${point}`, route: 'POST /test', content: null }, async () => {
            await sql`INSERT INTO people.access_log (at, person_id, action, purpose, actor_kind, role, user_id)
            SELECT ${work.now}, id, 'read_person', ${point}, 'staff', 'accept', ${userId} FROM people.person LIMIT 1`.execute(
              work.db,
            )
            return { status: 200, body: await getUser(work, userId) }
          }),
        )
      const crash = (at: string) => {
        if (at === point) throw new Error(`crash at ${at}`)
      }
      const count = () =>
        asSystem(async ({ db }) => {
          const { rows } = await sql<{
            n: number
          }>`SELECT count(*) AS n FROM people.access_log WHERE purpose = ${point}`.execute(db)
          return rows[0]?.n
        })
      await expect(attempt(crash)).rejects.toThrow('crash')
      expect(await count()).toBe(0)
      await attempt(() => {})
      await attempt(() => {})
      expect(await count()).toBe(1)
    },
  )
})

describe('undoing by time-out', () => {
  it('closes a key that was never answered: what comes late does nothing', async () => {
    const cancelled = await officer.post('/requests/cancel', { key: 'never-arrived' })
    expect(cancelled.json()).toEqual({ state: 'cancelled' })
    const body = { idNumber: idNumber(6), name: '示例·己', homeRegion: '620102', agency: '620100' }
    const late = await officer.post('/people', body, { 'idempotency-key': 'never-arrived' })
    expect(late.json()).toMatchObject({ status: 409, code: 'request_cancelled' })
    expect((await officer.post('/requests/cancel', { key: 'never-arrived' })).json()).toEqual({ state: 'cancelled' })
  })

  it('tells the answer of one that was done', async () => {
    const body = { idNumber: idNumber(7), name: '示例·庚', homeRegion: '620102', agency: '620100' }
    const done = await officer.post('/people', body, { 'idempotency-key': 'was-done' })
    const asked = await officer.post('/requests/cancel', { key: 'was-done' })
    expect(asked.json()).toEqual({ state: 'answered', answer: done.json() })
  })
})

describe('a problem', () => {
  it('lists every entry that is wrong, in the language asked for', async () => {
    const body = { ...newEmployer(0), creditCode: 'x', industry: 'magic' }
    const zh = await officer.post('/employers', body)
    expect(zh.headers['content-type']).toContain('application/problem+json')
    expect(zh.json()).toMatchObject({ status: 400, title: '填报内容有误', code: 'bad_input' })
    expect(zh.json().problems.map(({ path }: { path: string }) => path)).toEqual(['creditCode', 'industry'])
    const en = await officer.post('/employers', body, { 'accept-language': 'en-GB,zh;q=0.5' })
    expect(en.json()).toMatchObject({ title: 'What was entered is not right' })
    expect(en.json().detail).not.toBe(zh.json().detail)
    expect(zh.json().problems[0]).toMatchObject({
      label: '统一社会信用代码',
      sentence: expect.stringMatching(/^不是有效的统一社会信用代码/),
    })
    expect(en.json().problems[0]).toMatchObject({ label: 'Unified social credit code' })
  })

  it('follows the lang cookie before the header', async () => {
    const headers = { 'accept-language': 'zh' }
    const response = await site.app.inject({ url: '/620000/api/v1/me', headers, cookies: { lang: 'en' } })
    expect(response.json()).toMatchObject({ status: 401, detail: 'You have not signed in, or your session has ended.' })
  })

  it('says who may, to somebody who may not', async () => {
    const resident = await browserOf(site.app, '620000', 'ma-jun')
    expect((await resident.get('/tasks')).json()).toMatchObject({
      status: 403,
      code: 'caller_not_allowed',
      advice: expect.stringMatching(/.+/),
    })
  })

  it('answers an unknown address, a broken body and a body of another type', async () => {
    expect((await officer.get('/nothing-here')).json()).toMatchObject({ status: 404, code: 'route_not_found' })
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'broken-json' }
    const broken = await officer.send({ method: 'POST', url: '/employers', payload: '{', headers })
    expect(broken.json()).toMatchObject({ status: 400, code: 'request_malformed' })
    const text = { 'content-type': 'text/xml', 'idempotency-key': 'other-type' }
    const other = await officer.send({ method: 'POST', url: '/employers', payload: '<a/>', headers: text })
    expect(other.json()).toMatchObject({ status: 415, code: 'media_type_not_supported' })
  })
})

describe('another agency', () => {
  it('neither finds nor reads a person of this one', async () => {
    const tianshui = await browserOf(site.app, '620000', 'tianshui-accept')
    const found = (await officer.get('/people?text=示例·马军&purpose=counter')).json().items
    expect(found).toHaveLength(1)
    expect((await tianshui.get('/people?text=示例·马军&purpose=counter')).json().items).toEqual([])
    const read = await tianshui.get(`/people/${found[0].personId}?purpose=counter`)
    expect(read.json()).toMatchObject({ status: 404, code: 'person_unknown' })
    const province = await browserOf(site.app, '620000', 'gansu-supervisor')
    expect((await province.get('/people?text=示例·马军&purpose=supervision')).json().items).toHaveLength(1)
  })

  it('is seen in the access log of the person who was looked at', async () => {
    const resident = await browserOf(site.app, '620000', 'ma-jun')
    const log = (await resident.get('/me/access-log')).json().items
    expect(log).toContainEqual(expect.objectContaining({ role: 'supervisor', purpose: 'supervision' }))
  })
})

function asSystem<T>(action: Parameters<typeof inTransaction<T>>[2]): Promise<T> {
  return inTransaction(must(site.nodes.get('620000'), 'the node'), systemActor, action)
}

/** Numbers that no other seed uses: born on a day of 1950. */
function idNumber(nth: number): string {
  return makeSyntheticIdNumber({ region: '620102', birthOn: '1950-02-01', sequence: nth })
}
