import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, inTransaction, must, readMigrations } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook } from '../../law/door.ts'
import { messageRoutes } from './routes.ts'
import { service } from './service.ts'

const message = '税务局提醒张某某：请扫描下方二维码，登录 refund.example.com 填写验证码并发给客服13800000000'

let node: TestNode
beforeAll(async () => {
  const own = await readMigrations('svc_message_check', new URL('./migrations/', import.meta.url))
  node = await testNode({ region: '320000', migrations: [await lawMigrations(), own] })
})
afterAll(() => node.close())

const routes = messageRoutes(openRulebook(service.id, service.folder))
const supervisor: Actor = {
  kind: 'staff',
  userId: '00000000-0000-7000-8000-000000000001',
  assignmentId: '00000000-0000-7000-8000-000000000002',
  role: 'supervisor',
  agency: '320000',
}

function call(method: string, path: string, body: unknown, actor: Actor = { kind: 'public' }) {
  const route = must(
    routes.find((each) => each.method === method && each.path === path),
    `${method} ${path}`,
  )
  const query = route.query?.parse({}) ?? {}
  return inTransaction(node, actor, (work) => route.handle(work, { params: {}, query, body: route.body?.parse(body) }))
}

describe('M3.01: checking and reporting', () => {
  it('answers level and signs with their places, and no word of the message', async () => {
    const answer = await call('POST', '/check', { text: message })
    expect(answer).toMatchObject({ level: 'likely_fraud', because: 'M3.01' })
    expect(JSON.stringify(answer)).not.toMatch(/\p{Script=Han}|13800000000|example/u)
  })

  it('keeps nothing of a check, and of a report only signs and sites', async () => {
    const before = await call('GET', '/reports', {}, supervisor)
    expect(before).toMatchObject({ messages: 0 })
    await call('POST', '/reports', { text: message })
    expect(await call('GET', '/reports', {}, supervisor)).toEqual({
      messages: 1,
      signs: expect.arrayContaining([{ what: 'qr_code', count: 1 }]),
      hosts: [{ what: 'refund.example.com', count: 1 }],
    })
    expect(await call('GET', '/reports', {}, { kind: 'public' })).toMatchObject({ messages: 0 })
  })

  it('M3-t1: a genuine reminder has no sign', async () => {
    const text = '2022年度个人所得税汇算已开始，请于2023年3月1日至6月30日登录个人所得税App办理。'
    expect(await call('POST', '/check', { text })).toMatchObject({ level: 'no_sign', signs: [] })
  })
})
