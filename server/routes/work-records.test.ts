import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['130000'] })
}, 120_000)
afterAll(() => site.close())

const browsers = new Map<string, Browser>()
async function as(login: string): Promise<Browser> {
  const browser = browsers.get(login) ?? (await browserOf(site.app, '130000', login))
  browsers.set(login, browser)
  return browser
}

async function employerId(name: string): Promise<string> {
  const found = await (await as('hebei-accept')).get(`/employers?text=${encodeURIComponent(name)}`)
  return found.json().items[0].employerId
}
async function personId(name: string): Promise<string> {
  const query = `text=${encodeURIComponent(name)}&purpose=test`
  return (await (await as('hebei-accept')).get(`/people?${query}`)).json().items[0].personId
}

describe('what the registers hold of an employer', () => {
  it('is read by its officer and its agency, and not by another employer', async () => {
    const path = `/employers/${await employerId('示例重工')}`
    const facts = async (login: string) =>
      (await (await as(login)).get(`${path}/facts?insurance=unemployment&year=2025`)).json()
    const expected = { sizeClass: 'large', layoffs: 11, layoffRatePpm: 55_000, monthsPaidInFull: 29 }
    expect(await facts('he-at-limit-officer')).toMatchObject(expected)
    expect(await facts('tangshan-review')).toMatchObject(expected)
    expect(await facts('he-steel-officer')).toMatchObject({ code: 'employer_unknown' })
    expect(await facts('shijiazhuang-review')).toMatchObject({ code: 'employer_unknown' })
    const months = await (await as('he-at-limit-officer')).get(
      `${path}/contribution-records?insurance=unemployment&from=2025-01&to=2025-03`,
    )
    expect(months.json().items.map(({ month }: { month: string }) => month)).toEqual(['2025-01', '2025-02', '2025-03'])
  })

  it('months are imported by the officer who keeps data, all or nothing', async () => {
    const row = {
      ...{ employerId: await employerId('示例汽配'), insurance: 'unemployment', month: '2026-05', headcount: 95 },
      ...{ dueFen: 475_000, paidFen: 475_000, paidOn: '2026-05-08' },
    }
    const importRows = async (login: string, rows: object[]) =>
      (await (await as(login)).post('/contribution-records/employers', { rows })).json()
    expect(await importRows('hebei-accept', [row])).toMatchObject({ status: 403 })
    const half = [row, { ...row, month: '2026-06', paidOn: null }]
    expect(await importRows('hebei-catalogue-admin', half)).toMatchObject({ status: 400 })
    expect(await importRows('hebei-catalogue-admin', [row])).toEqual({ written: 1, unchanged: 0 })
    expect(await importRows('hebei-catalogue-admin', [row])).toEqual({ written: 0, unchanged: 1 })
    const corrected = [{ ...row, headcount: 94 }]
    expect(await importRows('hebei-catalogue-admin', corrected)).toEqual({ written: 1, unchanged: 0 })
    const before = await (await as('he-parts-officer')).get(
      `/employers/${row.employerId}/contribution-records/corrected`,
    )
    expect(before.json().items).toMatchObject([{ month: '2026-05', before: { headcount: 95 } }])
  })
})

describe('what the registers hold of a worker', () => {
  it('an employer reports the end of an employment and why; the worker sees it', async () => {
    const id = await personId('示例·满年')
    const path = `/people/${id}/employments?purpose=test`
    const officer = await as('he-twelve-officer')
    const [employment] = (await officer.get(path)).json().items
    expect(employment).toMatchObject({ occupation: '6-31-01-03', to: null })
    const end = { to: '2026-05-10', reason: 'economic_layoff' }
    const foreign = await (await as('he-eleven-officer')).post(`/employments/${employment.employmentId}/end`, end)
    expect(foreign.json()).toMatchObject({ code: 'employment_unknown' })
    expect((await officer.post(`/employments/${employment.employmentId}/end`, end)).statusCode).toBe(200)
    const own = (await (await as('he-twelve-months')).get(path)).json().items
    expect(own).toMatchObject([{ to: '2026-05-10', endReason: 'economic_layoff', involuntary: true }])
    const reasons = (await officer.get('/end-reasons')).json().items
    expect(reasons.map(({ code }: { code: string }) => code)).toContain('economic_layoff')
  })

  it('a certificate is recorded at the counter, read by the holder, and revoked by another role', async () => {
    const id = await personId('示例·韩焊')
    const certificate = {
      ...{ personId: id, number: 'TEST-2026-0001', kind: 'skill_level', occupation: '6-31-01-03', level: 5 },
      ...{ issuedOn: '2026-05-06', issuer: '示例评价机构' },
    }
    const accept = await as('shijiazhuang-accept')
    const { certificateId } = (await accept.post('/certificates', certificate)).json()
    const revocation = { on: '2026-05-07', reason: '考试作弊' }
    const path = `/certificates/${certificateId}/revoke`
    expect((await accept.post(path, revocation)).statusCode).toBe(403)
    expect((await (await as('shijiazhuang-review')).post(path, revocation)).statusCode).toBe(200)
    const held = (await (await as('he-welder')).get(`/people/${id}/certificates?purpose=mine`)).json().items
    expect(held.map(({ revokedOn }: { revokedOn: string | null }) => revokedOn)).toEqual([null, '2026-05-07'])
  })
})

describe('lists', () => {
  it('a party comes on a list and leaves it', async () => {
    const admin = await as('hebei-catalogue-admin')
    const row = {
      ...{ list: 'serious_dishonesty', creditCode: '911301000000000001', name: '示例单位' },
      ...{ from: '2026-01-01', source: '试样公告' },
    }
    const imported = await admin.post('/registers/listings/import', { region: '130000', rows: [row] })
    expect(imported.json()).toEqual({ added: 1, unchanged: 0 })
    const on = async (day: string) =>
      (await admin.get(`/registers/listings?creditCode=${row.creditCode}&on=${day}`)).json().items
    const [listing] = await on('2026-05-11')
    await admin.post(`/registers/listings/${listing.id}/end`, { to: '2026-04-30' })
    expect(await on('2026-04-30')).toHaveLength(1)
    expect(await on('2026-05-01')).toEqual([])
  })

  it('the urgent list of a year is read by anybody, and a new version takes its place', async () => {
    const urgent = async () =>
      (await site.app.inject({ method: 'GET', url: '/130000/api/v1/registers/urgent-occupations?year=2026' })).json()
        .list
    expect(await urgent()).toMatchObject({ version: 1, assumed: true })
    const list = { region: '130000', year: 2026, source: '试样目录', assumed: false }
    const rows = [{ code: '6-18-02-04', name: '焊工' }]
    const imported = await (await as('hebei-catalogue-admin')).post('/registers/urgent-occupations/import', {
      ...list,
      rows,
    })
    expect(imported.json()).toEqual({ version: 2, count: 1 })
    expect(await urgent()).toMatchObject({ version: 2, assumed: false, occupations: rows })
  })
})
