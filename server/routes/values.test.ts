import { afterAll, beforeAll, expect, it } from 'vitest'
import { openServices } from '../services.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

const services = await openServices()
const [found] = services.flatMap((service) =>
  service.rulebook.policies.flatMap(({ ir }) =>
    ir.bodies.at(-1)?.values.monthsPaidMin ? [{ policy: ir.id, service }] : [],
  ),
)
const { policy, service } = found ?? expect.unreachable()

let site: TestSite
let first: Browser
let second: Browser
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services: [service] })
  first = await browserOf(site.app, '320000', 'jiangsu-values-admin')
  second = await browserOf(site.app, '320000', 'jiangsu-values-admin-2')
})
afterAll(() => site.close())

it('who approves a value sees what holds now, who proposed the other, and which policies go by it', async () => {
  const proposal = {
    ...{ service: service.id, name: 'monthsPaidMin', region: '320000', value: 7 },
    ...{ from: '2027-01-01', source: '示例文件', note: '示例说明' },
  }
  const { proposalId } = (await first.post('/values/proposals', proposal)).json()
  const list = async () => (await second.get(`/values/proposals?service=${service.id}`)).json().items
  const [shown] = await list()
  expect(shown).toMatchObject({
    ...{ id: proposalId, value: 7, note: '示例说明', proposer: '示例·jiangsu-values-admin' },
    policies: expect.arrayContaining([expect.objectContaining({ id: policy })]),
  })
  expect(shown.before).toBeGreaterThan(0)
  expect(shown.before).not.toBe(7)
  expect((await second.post(`/values/proposals/${proposalId}/approve`)).statusCode).toBe(200)
  await first.post('/values/proposals', { ...proposal, value: 8, from: '2027-02-01' })
  expect(await list()).toMatchObject([{ value: 8, before: 7 }])
})
