import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clubService } from '../club.testing.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
const browsers = new Map<string, Browser>()
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services: [clubService] })
})
afterAll(() => site.close())

async function as(login: string): Promise<Browser> {
  const browser = browsers.get(login) ?? (await browserOf(site.app, '320000', login))
  browsers.set(login, browser)
  return browser
}

const application = { flow: 'club-membership', body: { sport: 'rowing', guests: 0 } }

async function openCase(login = 'five-months'): Promise<string> {
  const opened = await (await as(login)).post('/cases', application)
  expect(opened.json()).toMatchObject({ status: 'submitted', seq: 1 })
  return opened.json().caseId
}

/** One file as a browser's form sends it. */
function form(name: string, content: Buffer): { payload: Buffer; headers: Record<string, string> } {
  const head = `--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  return {
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--edge--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
  }
}

const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, 'x')])

describe('a case', () => {
  it('is opened by a resident for themselves and accepted by the role whose desk it lies on', async () => {
    const caseId = await openCase()
    const [accept, review] = [await as('nanjing-accept'), await as('nanjing-review')]
    const task = (await accept.get('/tasks')).json().items.find((row: { caseId: string }) => row.caseId === caseId)
    expect(task.personNameMasked).toMatch(/^\p{Script=Han}\*+$/u)
    const step = { step: 'accept', body: { accepted: true }, expectedSeq: 1 }
    const tooEarly = await review.post(`/cases/${caseId}/steps`, step)
    expect(tooEarly.json()).toMatchObject({ status: 403, code: 'not_your_step' })
    const view = (await accept.get(`/cases/${caseId}`)).json()
    expect(view.steps.map(({ step: name }: { step: string }) => name)).toContain('accept')
    const taken = await accept.post(`/cases/${caseId}/steps`, step)
    expect(taken.json()).toMatchObject({ outcome: 'accepted', status: 'member' })
    const history = (await accept.get(`/cases/${caseId}/history`)).json()
    expect(history.items).toMatchObject([
      { seq: 1, kind: 'submit', by: { kind: 'person', role: 'person' } },
      { seq: 2, kind: 'accept', by: { role: 'accept', agency: '320100', displayName: '示例·nanjing-accept' } },
    ])
    expect((await accept.get(`/cases/${caseId}/receipts`)).json().items).toMatchObject([{ kind: 'accepted' }])
  })

  it('is counted in its month and found by its days; who supervises sees who looked at the person for it, others do not', async () => {
    const caseId = await openCase()
    const [accept, supervisor] = [await as('nanjing-accept'), await as('jiangsu-supervisor')]
    const view = (await accept.get(`/cases/${caseId}`)).json().file
    await accept.get(`/people/${view.subject.personId}?purpose=${view.number}`)
    const { items } = (await supervisor.get('/cases/months?from=2026-01-01')).json()
    const [month] = items
    const listed = (
      await supervisor.get('/cases?flow=club-membership&openedFrom=2026-05-01&openedTo=2026-05-31&limit=200')
    ).json()
    expect(month).toMatchObject({
      service: 'club',
      flow: 'club-membership',
      month: '2026-05',
      opened: listed.items.length,
    })
    expect(month.open + month.closed).toBe(month.opened)
    expect((await supervisor.get('/cases?openedFrom=2026-06-01')).json().items).toEqual([])
    expect((await supervisor.get('/cases?openedTo=2026-04-30')).json().items).toEqual([])
    const closed = async (query: string) => (await supervisor.get(`/cases?limit=200&${query}`)).json().items.length
    expect(await closed('closedFrom=2026-05-01&closedTo=2026-05-31')).toBe(month.closed)
    expect(await closed('closedFrom=2026-06-01')).toBe(0)
    expect(await closed('closedTo=2026-04-30')).toBe(0)
    const log = (await supervisor.get(`/cases/${caseId}/access-log`)).json()
    expect(log.items[0]).toMatchObject({ action: 'read_person', role: 'accept', purpose: view.number, isForCase: true })
    expect(log.items[0].displayName).toBe('示例·nanjing-accept')
    const refused = await accept.get(`/cases/${caseId}/access-log`)
    expect(refused.json()).toMatchObject({ status: 403, code: 'caller_not_allowed' })
  })

  it('about somebody whom the node does not know has a log too: who opened it and who took its steps', async () => {
    const [accept, supervisor] = [await as('nanjing-accept'), await as('jiangsu-supervisor')]
    const { caseId } = (await accept.post('/cases', application)).json()
    await accept.get(`/cases/${caseId}`)
    await supervisor.get(`/cases/${caseId}`)
    const { items } = (await supervisor.get(`/cases/${caseId}/access-log`)).json()
    expect(items.map(({ action, role }: { action: string; role: string }) => `${role} ${action}`).sort()).toEqual([
      'accept read_case',
      'accept take_step',
      'supervisor read_case',
    ])
    expect(items.map(({ displayName }: { displayName: string }) => displayName)).toContain('示例·nanjing-accept')
  })

  it('is not seen by another resident', async () => {
    const caseId = await openCase()
    const other = await (await as('li-na')).get(`/cases/${caseId}`)
    expect(other.json()).toMatchObject({ status: 404, code: 'case_not_found' })
    const own = (await (await as('five-months')).get('/me/cases')).json()
    expect(own.items.map((row: { caseId: string }) => row.caseId)).toContain(caseId)
    expect(own.items.some((row: object) => 'personNameMasked' in row)).toBe(false)
  })

  it('that somebody else has moved on meanwhile is not touched', async () => {
    const caseId = await openCase()
    const [one, other] = [await as('nanjing-accept'), await as('nanjing-accept-2')]
    const request = { step: 'accept', body: { accepted: true }, expectedSeq: 1 }
    expect((await one.post(`/cases/${caseId}/steps`, request)).json()).toMatchObject({ status: 'member', seq: 2 })
    const late = await other.post(`/cases/${caseId}/steps`, request)
    expect(late.json()).toMatchObject({ status: 409, code: 'case_changed_meanwhile' })
  })

  it('shows its risk before it is opened', async () => {
    const resident = await as('five-months')
    const risky = { ...application, body: { ...application.body, guests: 11 } }
    expect((await resident.post('/cases/risk', risky)).json()).toEqual({
      level: 'medium',
      hits: [{ rule: 'many_guests', level: 'medium', params: { guests: 11 } }],
    })
  })
})

describe('an attachment', () => {
  it('comes back as it was sent, once for one key', async () => {
    const caseId = await openCase()
    const resident = await as('five-months')
    const upload = () => {
      const { payload, headers } = form('证明.pdf', pdf)
      const url = `/cases/${caseId}/attachments?kind=residence`
      return resident.send({ method: 'POST', url, payload, headers: { ...headers, 'idempotency-key': 'upload-once' } })
    }
    const first = await upload()
    expect(first.json()).toMatchObject({ name: '证明.pdf', mediaType: 'application/pdf', sizeBytes: pdf.length })
    expect((await upload()).json()).toEqual(first.json())
    const officer = await as('nanjing-accept')
    const list = (await officer.get(`/cases/${caseId}/attachments`)).json()
    expect(list.items).toHaveLength(1)
    const bytes = await officer.get(`/attachments/${first.json().id}`)
    expect(bytes.headers['content-disposition']).toContain(encodeURIComponent('证明.pdf'))
    expect(bytes.rawPayload.equals(pdf)).toBe(true)
  })

  it('of another type, too large, or of a case of others is refused', async () => {
    const caseId = await openCase()
    const send = async (login: string, content: Buffer, key: string) => {
      const { payload, headers } = form('a.pdf', content)
      const url = `/cases/${caseId}/attachments?kind=x`
      const request = { method: 'POST', url, payload, headers: { ...headers, 'idempotency-key': key } } as const
      return (await (await as(login)).send(request)).json()
    }
    const script = Buffer.from('<script>alert(1)</script>')
    expect(await send('five-months', script, 'upload-script')).toMatchObject({ code: 'attachment_type_not_allowed' })
    const large = Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)])
    expect(await send('five-months', large, 'upload-large')).toMatchObject({ code: 'attachment_too_large' })
    expect(await send('li-na', pdf, 'upload-other')).toMatchObject({ status: 404, code: 'case_not_found' })
  })
})

describe('a file of rows', () => {
  const read = async (name: string, content: Buffer) => {
    const { payload, headers } = form(name, content)
    const office = await as('nanjing-hospital-office')
    return (await office.send({ method: 'POST', url: '/files/table', payload, headers })).json()
  }
  const table = { columns: ['编码', '名称', '金额'], rows: [['007', '换药（小）', '15.00']] }

  it('is read from CSV in UTF-8 and in GB 18030, codes as they are', async () => {
    expect(await read('a.csv', Buffer.from('\ufeff编码,名称,金额\n007,换药（小）,15.00\n\n'))).toEqual(table)
    const gb18030 = Buffer.from('b1e0c2eb2cc3fbb3c62cbdf0b6ee0a3030372cbbbbd2a9a3a8d0a1a3a92c31352e30300a', 'hex')
    expect(await read('a.csv', gb18030)).toEqual(table)
  })

  it('is read from an Excel workbook', async () => {
    const workbook = new exceljs.Workbook()
    const sheet = workbook.addWorksheet('明细')
    sheet.addRow(table.columns)
    sheet.addRow(table.rows[0])
    expect(await read('a.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()))).toEqual(table)
  })

  it('that is no table is refused', async () => {
    for (const content of ['', 'a,,b\n1,2,3', '"unclosed']) {
      expect(await read('a.csv', Buffer.from(content))).toMatchObject({ status: 400, code: 'file_not_a_table' })
    }
    expect(await read('a.xlsx', Buffer.from('PK\u0003\u0004 no workbook'))).toMatchObject({ code: 'file_not_a_table' })
  })
})

describe('the registers', () => {
  it('take rows from the catalogue administrator, all or none, and tell which row is wrong', async () => {
    const row = { kind: 'item', code: 'NEW-1', nameZh: '新项目', unit: '次', from: '2026-05-11', source: '测试' }
    const administrator = await as('jiangsu-catalogue-admin')
    const wrong = await administrator.post('/registers/catalogue/import', {
      region: '320000',
      rows: [row, { ...row, code: '', unit: '' }],
    })
    expect(wrong.json().problems.map(({ path }: { path: string }) => path)).toEqual(['rows[1].code', 'rows[1].unit'])
    const right = await administrator.post('/registers/catalogue/import', { region: '320000', rows: [row] })
    expect(right.json()).toEqual({ added: 1, ended: 0, unchanged: 0 })
    const found = await (await as('li-na')).get('/registers/catalogue?text=NEW-1')
    expect(found.json().items).toMatchObject([{ code: 'NEW-1' }])
    const counter = await as('nanjing-accept')
    const refused = await counter.post('/registers/catalogue/import', { region: '320000', rows: [row] })
    expect(refused.json()).toMatchObject({ status: 403, code: 'caller_not_allowed' })
  })

  it('list who is live', async () => {
    const { items } = (await (await as('li-na')).get('/registers/agreements?kind=medical')).json()
    expect(items).toMatchObject([{ status: 'live' }])
  })
})

describe('roles', () => {
  it('that exclude each other are refused at assignment', async () => {
    const administrator = await as('nanjing-permission-admin')
    const { userId } = (await (await as('nanjing-accept')).get('/me')).json().user
    const body = { userId, role: 'review', agency: '320100', from: '2026-05-11' }
    expect((await administrator.post('/assignments', body)).json()).toMatchObject({
      status: 422,
      code: 'exclusive_roles',
      clause: 'B3.11',
      advice: expect.stringMatching(/.+/),
    })
  })
})

describe('a card', () => {
  it('reported lost takes its e-card with it; the code lives a minute', async () => {
    const resident = await as('li-na')
    const [card] = (await resident.get('/me/cards')).json().items
    const code = await resident.post(`/me/e-cards/${card.eCard.eCardId}/qr`)
    expect(code.json().token).toMatch(/^320000\./)
    expect((await resident.post(`/me/cards/${card.cardId}/lost`)).statusCode).toBe(200)
    expect((await resident.get('/me/cards')).json().items[0]).toMatchObject({
      state: 'lost',
      eCard: { state: 'suspended' },
    })
    const again = await resident.post(`/me/e-cards/${card.eCard.eCardId}/qr`)
    expect(again.json()).toMatchObject({ status: 422, advice: expect.any(String) })
    expect((await resident.post(`/me/cards/${card.cardId}/found`)).statusCode).toBe(200)
  })
})

describe('the books and the exchange', () => {
  it('are open to officers and to nobody else', async () => {
    for (const address of [
      '/ledger/trial-balance',
      '/ledger/accounts',
      '/exchange/status',
      '/exchange/failed',
      '/exchange/alerts',
      '/exchange/keys',
    ]) {
      expect((await (await as('nanjing-supervisor')).get(address)).statusCode, address).toBe(200)
      expect((await (await as('li-na')).get(address)).statusCode, address).toBe(403)
      expect((await site.app.inject(`/320000/api/v1${address}`)).statusCode, address).toBe(401)
    }
  })
})

describe('a route of a service', () => {
  const fails = async (kind: string, language = 'zh') =>
    (await as('nanjing-accept')).post(`/services/club/misfortunes/${kind}`, {}, { 'accept-language': language })

  it('that is refused tells code, clause and advice of the service', async () => {
    expect((await fails('refusal')).json()).toMatchObject({
      status: 422,
      code: 'club_is_full',
      clause: 'article 7',
      detail: '俱乐部最多 40 人，已经满了。',
      advice: '请先登记候补。',
    })
    expect((await fails('refusal', 'en')).json()).toMatchObject({ detail: 'The club has its 40 members.' })
  })

  it('that fails for the moment says when to send it again', async () => {
    const response = await fails('failure')
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '3'])
  })

  it('that is broken, or answers what it did not declare, tells nothing', async () => {
    for (const kind of ['defect', 'unfit']) {
      const response = await fails(kind)
      expect(response.json()).toMatchObject({ status: 500, code: 'broken_invariant' })
      expect(response.body).not.toMatch(/110101|untold/)
    }
  })

  it('does not parse parameters that it does not know', async () => {
    expect((await fails('magic')).json()).toMatchObject({ status: 400, problems: [{ path: 'params.kind' }] })
  })
})

describe('the clock of the demo world', () => {
  it('moves forward, and what has become due is done', async () => {
    const to = '2026-06-01T01:00:00.000Z'
    const moved = await site.app.inject({ method: 'POST', url: '/api/v1/demo/clock', body: { to } })
    expect(moved.json()).toEqual({ now: to })
    expect((await (await as('li-na')).get('/me')).json()).toMatchObject({ today: '2026-06-01' })
  })
})
