import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServices } from '../services.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services: await openServices() })
})
afterAll(() => site.close())

const browsers = new Map<string, Promise<Browser>>()

/** Whoever signed in stays signed in: only so many may within a minute. */
function as(login: string): Promise<Browser> {
  const known = browsers.get(login) ?? browserOf(site.app, '320000', login)
  browsers.set(login, known)
  return known
}

const read = async (url: string) => (await as('li-na')).get(url).then((answer) => answer.json())

/** Sends one file as a browser's form does. */
async function upload(login: string, list: string, name: string, content: string, key = `${name} ${content}`) {
  const head = `--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  return (await as(login)).send({
    method: 'POST',
    url: `/lists/${list}/file`,
    payload: Buffer.from(`${head}${content}\r\n--edge--\r\n`),
    headers: {
      'content-type': 'multipart/form-data; boundary=edge',
      'idempotency-key': `lists-${Buffer.from(key).toString('hex').slice(0, 90)}${key.length}`,
    },
  })
}

describe('targets, figures and activities', () => {
  it('are read by everybody, with progress, qualifier and source, and tied to services by their clauses', async () => {
    const { items } = await read('/registers/targets?region=320000')
    const share = items.find(({ id }: { id: string }) => id === 'pilot-share')
    expect(share).toMatchObject({
      ...{ comparison: 'at_most', shown: { zh: '不超过40%', en: '≤ 40%' }, requirement: 'A1.03' },
      actuals: [
        { on: '2026-04-30', outcome: 'met', shown: { en: '38.46%' } },
        { on: '2024-04-01', outcome: 'met' },
      ],
    })
    expect(share.services.length).toBeGreaterThan(0)
    const figures = await read('/registers/figures?requirement=C8')
    expect(figures.items.map(({ shown }: { shown: { zh: string } }) => shown.zh)).toEqual([
      '超18,000,000人次',
      '超12,000,000人次',
    ])
    expect((await read('/registers/figures?requirement=C10.02')).derived).toMatchObject([
      { shown: { zh: '5,986.39元' }, from: ['g4-016', 'g4-017'] },
    ])
  })

  it('the calendar tells what runs on a day', async () => {
    const stateOn = async (on: string) => {
      const { items } = await read(`/registers/activities?on=${on}`)
      return items.find(({ id }: { id: string }) => id === 'work-injury-pilot').state
    }
    expect([await stateOn('2024-03-31'), await stateOn('2024-04-01')]).toEqual(['not_begun', 'running'])
  })

  it('the counters of the region tell anybody where to go and when', async () => {
    const { items } = (await site.app.inject({ method: 'GET', url: '/320000/api/v1/registers/counters' })).json()
    expect(items.map(({ region }: { region: string }) => region)).toContain('320100')
    expect(items.find(({ region }: { region: string }) => region === '320100')).toMatchObject({
      ...{ address: { zh: '南京市示例路1号' }, hours: { zh: expect.stringContaining('9:00') }, phone: null },
    })
  })

  it('B1-t3: the catalogue filtered by level national counts 102', async () => {
    const { items } = await read('/registers/service-items?service=e-card&level=national')
    expect(items).toHaveLength(102)
  })
})

describe('what was reached', () => {
  const report = async (login: string, key: string, body: object) =>
    (await as(login)).send({
      method: 'POST',
      url: '/registers/targets/device-institutions/actuals',
      payload: { source: '示例报表', ...body },
      headers: { 'idempotency-key': `report-${key}` },
    })

  it('is reported by day, corrected by saying it again, and never for a day to come', async () => {
    expect((await report('nanjing-accept', 'no-post', { on: '2026-05-10', value: '1' })).statusCode).toBe(403)
    expect((await report('jiangsu-supervisor', 'first', { on: '2026-05-10', value: '0' })).statusCode).toBe(200)
    expect((await report('jiangsu-supervisor', 'second', { on: '2026-05-10', value: '1' })).statusCode).toBe(200)
    const { items } = await read('/registers/targets?requirement=A1.08')
    const { actuals } = items.find(({ id }: { id: string }) => id === 'device-institutions')
    expect(actuals[0]).toMatchObject({ on: '2026-05-10', outcome: 'met', version: 2, missing: null })
    expect((await report('jiangsu-supervisor', 'third', { on: '2026-05-12', value: '1' })).json()).toMatchObject({
      ...{ status: 400, problems: [{ path: 'on' }] },
    })
    const needless = await report('jiangsu-supervisor', 'fourth', { on: '2026-05-10', value: '1', whole: '2' })
    expect(needless.json().problems[0].path).toBe('device-institutions · whole')
  })
})

describe('a file of a list', () => {
  const header = 'id,region,source,target,on,value'

  it('is taken as a table or as YAML, once for one key, by those who keep the list', async () => {
    const row = 'jiangsu-reached,320000,示例,rehabilitation-institutions,2026-05-01,3'
    const csv = `${header}\r\n${row}\r\n`
    expect((await upload('jiangsu-supervisor', 'actuals', 'a.csv', csv)).json()).toEqual({
      ...{ added: 1, changed: 0, unchanged: 0 },
    })
    expect((await upload('jiangsu-supervisor', 'actuals', 'a.csv', csv)).json()).toMatchObject({ added: 1 })
    expect((await upload('jiangsu-supervisor', 'actuals', 'a.csv', csv, 'another')).json()).toMatchObject({
      unchanged: 1,
    })
    expect((await upload('nanjing-accept', 'actuals', 'a.csv', csv, 'third')).statusCode).toBe(403)
    const wrong = await upload('jiangsu-supervisor', 'actuals', 'a.yaml', 'list: figures\nrows: []')
    expect(wrong.json()).toMatchObject({ status: 400, problems: [{ path: 'list', found: 'figures' }] })
  })

  it('is refused whole, with every mistake by row and column', async () => {
    const rows = ['good,320000,示例,device-institutions,2026-05-02,1', 'bad,320000,示例,no-such,2026-13-01,many']
    const refused = await upload('jiangsu-supervisor', 'actuals', 'b.csv', [header, ...rows].join('\n'))
    expect(refused.statusCode).toBe(400)
    const paths = refused.json().problems.map(({ path }: { path: string }) => path)
    expect(paths).toEqual(['row 3 · on', 'row 3 · value'])
    const { items } = await read('/lists/actuals/rows')
    expect(items.some(({ id }: { id: string }) => id === 'good')).toBe(false)
  })

  it('what was exported is taken again, and changes nothing', async () => {
    const { csv } = await read('/lists/training-projects/file')
    const back = await upload('jiangsu-values-admin', 'training-projects', 'c.csv', csv)
    expect(back.json()).toEqual({ added: 0, changed: 0, unchanged: 2 })
  })
})

describe('the next step of a row', () => {
  const approve = async (login: string, id: string, key: string) =>
    (await as(login)).send({
      method: 'POST',
      url: `/lists/training-projects/rows/${id}/advance`,
      payload: {},
      headers: { 'idempotency-key': key },
    })

  it('C9-t1: a project without a vacancy is refused in words; a whole one is approved, and its versions tell it', async () => {
    const refused = await approve('jiangsu-supervisor', '320000-live-2026', 'approve-live')
    expect(refused.json()).toMatchObject({ status: 422, code: 'training_project_incomplete', clause: 'C9.03' })
    expect((await approve('jiangsu-values-admin', '320000-care-2026', 'approve-care-1')).statusCode).toBe(403)
    const approved = await approve('jiangsu-supervisor', '320000-care-2026', 'approve-care-2')
    expect(approved.json()).toEqual({ state: { zh: '已批准', en: 'approved' } })
    const officer = await as('jiangsu-supervisor')
    const { items } = (await officer.get('/lists/training-projects/rows/320000-care-2026/versions')).json()
    expect(items.map(({ version }: { version: number }) => version)).toEqual([2, 1])
  })
})
