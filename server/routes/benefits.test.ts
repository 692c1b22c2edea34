import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bursaryService } from '../bursary.testing.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
const browsers = new Map<string, Browser>()
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services: [bursaryService()] })
})
afterAll(() => site.close())

async function as(login: string): Promise<Browser> {
  const browser = browsers.get(login) ?? (await browserOf(site.app, '320000', login))
  browsers.set(login, browser)
  return browser
}

const tenLessons = { lessons: 10, instrument: 'cello' }

async function apply(login: string, answers: object = tenLessons): Promise<string> {
  const opened = await (await as(login)).post('/cases', { flow: 'lesson-bursary', step: 'apply', body: { answers } })
  expect(opened.json()).toMatchObject({ status: 'submitted' })
  return opened.json().caseId
}

async function take(login: string, caseId: string, step: string, body: object) {
  const browser = await as(login)
  const { seq } = (await browser.get(`/cases/${caseId}`)).json().file
  return (await browser.post(`/cases/${caseId}/steps`, { step, body, expectedSeq: seq })).json()
}

async function approved(login: string): Promise<string> {
  const caseId = await apply(login)
  await take('nanjing-accept', caseId, 'accept', { outcome: 'accepted' })
  await take('nanjing-review', caseId, 'review', { opinion: 'as the registers say' })
  expect(await take('nanjing-approve', caseId, 'approve', { outcome: 'approved', opinion: 'agreed' })).toMatchObject({
    status: 'approved',
  })
  return caseId
}

describe('what one can apply for', () => {
  it('is told to everybody, with its questions and the flows of its batches', async () => {
    const { items, payments } = (await site.app.inject('/320000/api/v1/benefits')).json()
    expect(items).toMatchObject([
      {
        flow: 'lesson-bursary',
        service: 'bursary',
        applicant: 'person',
        fields: [{ name: 'lessons' }, { name: 'instrument' }],
      },
      { flow: 'band-grant', applicant: 'employer', itemCode: 'TEST-BURSARY' },
    ])
    expect(payments).toMatchObject([
      { flow: 'lesson-bursary-payment', service: 'bursary', fund: 'bursary' },
      { flow: 'band-grant-payment' },
    ])
  })
})

describe('what the registers know', () => {
  it('is shown to the person with its source, in words; the rest is asked', async () => {
    const { facts, fields, asOf } = (await (await as('li-na')).post('/benefits/lesson-bursary/known')).json()
    expect(facts).toMatchObject([
      {
        name: 'bornOn',
        unit: 'date',
        label: { zh: '出生日期', en: 'born on' },
        text: { zh: '1986年4月12日', en: '12 April 1986' },
        source: { zh: '人员登记簿', en: 'register of persons' },
      },
      { name: 'exams', text: { zh: '级别 3 级，通过日期 2025年6月1日' } },
    ])
    expect(fields.map(({ name }: { name: string }) => name)).toEqual(['lessons', 'instrument'])
    expect(asOf).toBe('2026-05-11')
  })

  it('is read for the represented person by who acts for them, and every reading is in their access log', async () => {
    const husband = await as('li-na-husband')
    const { represents } = (await husband.get('/me')).json()
    await husband.post('/session/acting', { person: true, onBehalfOf: represents[0].personId })
    const { facts } = (await husband.post('/benefits/lesson-bursary/known')).json()
    expect(facts[0]).toMatchObject({ value: '1986-04-12' })
    const { items } = (await (await as('li-na')).get('/me/access-log')).json()
    expect(items.some(({ purpose }: { purpose: string }) => purpose === 'lesson bursary')).toBe(true)
  })

  it('is shown to the counter for whom it names, and to an employer of itself', async () => {
    const counter = await as('nanjing-accept')
    const nobody = (await counter.post('/benefits/lesson-bursary/known')).json()
    expect(nobody).toMatchObject({ status: 400, problems: [{ path: 'body.partyId' }] })
    const [person] = (await counter.get('/people?text=李娜&purpose=counter')).json().items
    const known = (await counter.post('/benefits/lesson-bursary/known', { partyId: person.personId })).json()
    expect(known.facts[0]).toMatchObject({ value: '1986-04-12' })
    const { items } = (await (await as('li-na')).get('/me/access-log')).json()
    expect(items).toContainEqual(expect.objectContaining({ role: 'accept', purpose: 'application at the counter' }))
    const band = (await (await as('nanjing-employer-1-officer')).post('/benefits/band-grant/known')).json()
    expect(band.facts).toMatchObject([{ name: 'region', text: { zh: '已登记', en: 'on record' } }])
  })

  it('is not told to a person of what employers apply for, nor the other way round', async () => {
    const person = await (await as('li-na')).post('/benefits/band-grant/known')
    expect(person.json()).toMatchObject({ status: 403, code: 'not_yours_to_open' })
    const officer = await (await as('nanjing-employer-1-officer')).post('/benefits/lesson-bursary/known')
    expect(officer.json()).toMatchObject({ status: 403, code: 'not_yours_to_open' })
    const unknown = await (await as('li-na')).post('/benefits/swimming/known')
    expect(unknown.json()).toMatchObject({ status: 400, problems: [{ path: 'params.flow' }] })
  })
})

describe('a preview', () => {
  const preview = async (answers: object) =>
    (await (await as('five-months')).post('/benefits/lesson-bursary/preview', { answers })).json()

  it('says what the rule would say, why, on which assumptions, and what officers would look at', async () => {
    expect(await preview(tenLessons)).toMatchObject({
      ruling: {
        decision: { outcome: 'granted', because: 'M2', amountFen: 50_000, assumptions: [{ name: 'lessonsMax' }] },
      },
      hits: [],
    })
    expect(await preview({ ...tenLessons, lessons: 16 })).toMatchObject({ hits: [{ rule: 'many_lessons' }] })
    expect(await preview({ ...tenLessons, lessons: 21 })).toMatchObject({
      ruling: { decision: { outcome: 'refused', reason: 'too_many_lessons' }, advice: { zh: '请减少课时' } },
    })
  })

  it('keeps nothing', async () => {
    await preview(tenLessons)
    expect((await (await as('five-months')).get('/me/cases')).json().items).toEqual([])
  })

  it('tells each answer that does not parse by its place', async () => {
    const refused = await preview({ lessons: 0, instrument: 'drum' })
    expect(refused.problems.map(({ path }: { path: string }) => path)).toEqual([
      'answers.lessons',
      'answers.instrument',
    ])
  })
})

describe('deciding a case today', () => {
  it('is shown to the reviewer with facts and sources before anything is decided, and beside what was decided', async () => {
    const caseId = await apply('no-confirmation')
    const before = (await (await as('nanjing-review')).get(`/benefits/cases/${caseId}/now`)).json()
    expect(before).toMatchObject({
      before: null,
      after: { outcome: 'granted', amountFen: 50_000 },
      facts: [{ name: 'bornOn' }, {}],
    })
    await take('nanjing-accept', caseId, 'accept', { outcome: 'accepted' })
    await take('nanjing-review', caseId, 'review', { opinion: 'as the registers say' })
    const after = (await (await as('nanjing-review')).get(`/benefits/cases/${caseId}/now?because=value`)).json()
    expect(after).toMatchObject({ before: { amountFen: 50_000 }, after: { amountFen: 50_000 }, ruling: null })
  })
})

describe('payments', () => {
  it('go from the list of what is due through the file for the bank and back', async () => {
    const caseIds = [await approved('li-na'), await approved('five-months')]
    const pay = await as('nanjing-pay')
    const due = (await pay.get('/benefits/payments/due?service=bursary')).json()
    expect(due).toMatchObject({ count: 2, totalFen: '100000' })
    expect(due.items.map(({ payeeName }: { payeeName: string }) => payeeName).sort()).toEqual([
      '示例·李娜',
      '示例·陈五月',
    ])
    expect(due.items[0].accountMasked).toMatch(/^\*+\d{4}$/)

    const batch = (await pay.post('/cases', { flow: 'lesson-bursary-payment', body: {} })).json()
    const early = await pay.get(`/benefits/payments/${batch.caseId}/file?format=csv`)
    expect(early.json()).toMatchObject({ status: 422, code: 'batch_not_approved' })
    const agreed = { outcome: 'approved', opinion: 'agreed' }
    expect(await take('nanjing-approve', batch.caseId, 'approve', agreed)).toMatchObject({ status: 'sent' })
    const file = await pay.get(`/benefits/payments/${batch.caseId}/file?format=csv`)
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${batch.number}.csv"`)
    const [columns = [], ...rows] = file.body
      .replace('\ufeff', '')
      .split('\n')
      .map((line) => line.split(','))
    expect(columns).toEqual(['付款单号', '办件编号', '收款人', '开户银行', '账号', '金额（元）', '结果', '退票原因'])
    expect(rows[0]?.[4]).toMatch(/^8888\d{8}$/)
    const workbook = await pay.get(`/benefits/payments/${batch.caseId}/file?format=xlsx`)
    expect(workbook.rawPayload.subarray(0, 2).toString()).toBe('PK')

    const answered = rows.map((cells, index) => [
      ...cells.slice(0, 6),
      ...(index === 0 ? ['成功', ''] : ['失败', '户名不符']),
    ])
    const read = async (table: string[][]) =>
      (await pay.post(`/benefits/payments/${batch.caseId}/results/read`, { columns, rows: table })).json()
    const wrong = await read([...answered, ['no-such-order', '', '', '', '', '', '成功', '']])
    expect(wrong).toEqual({
      results: null,
      problems: [{ row: 4, column: 'order', problem: 'line_unknown', found: 'no-such-order' }],
    })
    const { results } = await read(answered)
    expect(await take('nanjing-pay', batch.caseId, 'recordResult', { lines: results })).toMatchObject({
      status: 'closed',
    })
    const statuses = await Promise.all(caseIds.map(async (id) => (await pay.get(`/cases/${id}`)).json().file.status))
    // Which of the two stands first in the file is not said: orders of one instant have no order among themselves.
    expect(statuses.toSorted()).toEqual(['paid', 'returned'])
  })

  it('are shown to whom they came: the sum, the day, the end of the account; what came back is not', async () => {
    const received = async (login: string) => (await (await as(login)).get('/me/received')).json().items
    const [first, ...more] = [...(await received('li-na')), ...(await received('five-months'))]
    expect(more).toEqual([])
    expect(first).toMatchObject({ service: 'bursary', amountFen: 50000, offsetFen: 0, title: { zh: '补助' } })
    expect(first.accountMasked).toMatch(/^\*+\d{4}$/)
  })

  it('notices of one instant stand in the order of what happened, the last one first', async () => {
    for (const login of ['li-na', 'five-months']) {
      const { items } = (await (await as(login)).get('/me/notices')).json()
      const codes = items.map(({ code }: { code: string }) => code)
      expect(codes[0]).toMatch(/paid|returned/)
      const [last] = items
      const after = (await (await as(login)).get(`/me/notices?after=${last.id}`)).json().items
      expect(after.map(({ id }: { id: string }) => id)).toEqual(items.slice(1).map(({ id }: { id: string }) => id))
    }
  })

  it('are shown to who pays and oversees, and to nobody else', async () => {
    expect((await (await as('li-na')).get('/benefits/payments/due?service=bursary')).statusCode).toBe(403)
    expect((await (await as('nanjing-accept')).get('/benefits/payments/due?service=bursary')).statusCode).toBe(403)
    expect((await (await as('nanjing-supervisor')).get('/benefits/payments/due?service=bursary')).statusCode).toBe(200)
  })
})

describe('my employer', () => {
  it('is shown to its officer, who records where it is paid', async () => {
    const officer = await as('nanjing-employer-2-officer')
    expect((await officer.get('/me/employer')).json()).toMatchObject({ employer: { agency: '320100' }, account: null })
    const account = {
      bankName: '示例银行',
      accountName: '示例单位',
      accountNumber: '6222000011112222',
      from: '2026-05-11',
    }
    expect((await officer.post('/me/employer/account', account)).statusCode).toBe(200)
    expect((await officer.get('/me/employer')).json().account).toMatchObject({ accountNumberMasked: '****2222' })
    expect((await (await as('li-na')).get('/me/employer')).statusCode).toBe(403)
  })
})
