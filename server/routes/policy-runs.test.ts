import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServices } from '../services.ts'
import { simulatePolicy } from '../simulation.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

const question = { on: '2026-05-11', people: 3_000, changes: [{ name: 'monthsPaidMin', value: 6 }] }

const services = await openServices()
const [priced] = services.flatMap((service) =>
  service.rulebook.policies.flatMap(({ ir }) => {
    const body = ir.bodies.at(-1)
    return body?.total !== undefined && body.values.monthsPaidMin ? [{ policy: ir.id, service }] : []
  }),
)
const { policy, service } = priced ?? expect.unreachable()
let site: TestSite
let officer: Browser
let other: Browser
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services: [service] })
  officer = await browserOf(site.app, '320000', 'jiangsu-values-admin')
  other = await browserOf(site.app, '320000', 'nanjing-accept')
})
afterAll(() => site.close())

const runs = async () => (await officer.get(`/policies/${policy}/runs`)).json()

describe('an exact run on the server', () => {
  it('says what the engine says, and is kept with who asked, rule and values', async () => {
    expect((await officer.post(`/policies/${policy}/runs`, question)).json()).toMatchObject({ policy, failed: false })
    await expect.poll(async () => (await runs()).items.length, { timeout: 60_000 }).toBe(1)
    const [run] = (await runs()).items
    const { comparison } = await simulatePolicy(service, { policy, seed: 1, ...question })
    expect(run.result.all.after.cost).toBe(String(comparison.all.after.cost))
    expect(run.result.all.newlyGranted).toBe(comparison.all.newlyGranted)
    expect(run.result.all.newlyGranted).toBeGreaterThan(0)
    expect(run).toMatchObject({ irHash: expect.stringMatching(/^[0-9a-f]{64}$/), question: { people: 3_000 } })
    expect(run.startedBy).not.toBe('')
    const report = await officer.get(`/policy-runs/${run.id}/report`)
    const book = new exceljs.Workbook()
    await book.xlsx.load(Uint8Array.from(report.rawPayload).buffer)
    const texts = book.worksheets.flatMap((sheet) => sheet.getSheetValues().flat().map(String))
    expect(texts).toEqual(expect.arrayContaining([run.irHash, run.startedBy]))
  })

  it('is one at a time, and one that is stopped is not kept', async () => {
    const started = await officer.post(`/policies/${policy}/runs`, { ...question, people: 5_000_000 })
    const again = await officer.post(`/policies/${policy}/runs`, question)
    expect(again.json()).toMatchObject({ status: 422, code: 'policy_run_going' })
    expect((await officer.post(`/policy-runs/${started.json().id}/cancellation`)).statusCode).toBe(200)
    expect(await runs()).toMatchObject({ current: null, items: [{}] })
    expect((await officer.post(`/policy-runs/${started.json().id}/cancellation`)).json()).toMatchObject({
      code: 'policy_run_over',
    })
  })

  it('is not for everybody, and what cannot be answered is said at once', async () => {
    expect((await site.app.inject(`/320000/api/v1/policies/${policy}/runs`)).statusCode).toBe(401)
    expect((await other.post(`/policies/${policy}/runs`, question)).statusCode).toBe(403)
    const wrong = { ...question, changes: [{ name: 'nothing', value: 1 }] }
    expect((await officer.post(`/policies/${policy}/runs`, wrong)).json()).toMatchObject({ status: 400 })
    expect((await runs()).current).toBeNull()
  })
})
