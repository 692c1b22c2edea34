import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueCertificate } from '../../certificates/door.ts'
import { inTransaction, must, systemActor } from '../../ground/door.ts'
import { findUserByLogin, revealIdNumber } from '../../people/door.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

let site: TestSite
let resident: Browser
let code: string
let certificateId: string
let lastFour: string

beforeAll(async () => {
  site = await testSite({ regions: ['620000'] })
  resident = await browserOf(site.app, '620000', 'ma-jun')
  const node = must(site.nodes.get('620000'), 'the node')
  await inTransaction(node, systemActor, async (work) => {
    const personId = must((await findUserByLogin(work, 'ma-jun'))?.personId, 'the resident')
    const idNumber = await revealIdNumber(work, personId, 'test')
    const issued = await issueCertificate(work, {
      key: 'test',
      service: 'example',
      kind: 'proof',
      agency: '620100',
      holder: { personId },
      holderNumber: idNumber,
      purpose: '示例',
      paper: {
        title: { zh: '示例证明', en: 'Example' },
        issuer: { zh: '示例经办机构', en: 'Example agency' },
        holder: { name: '示例', number: '****' },
      },
    })
    ;({ code, certificateId } = issued)
    lastFour = idNumber.slice(-4)
  })
})
afterAll(() => site.close())

const verify = (body: object) =>
  site.app.inject({ method: 'POST', url: '/620000/api/v1/certificates/verification', body })

describe('certificates over HTTP', () => {
  it('are listed to their holder and to the agency, and to nobody else', async () => {
    const officer = await browserOf(site.app, '620000', 'lanzhou-accept')
    for (const browser of [resident, officer]) {
      expect((await browser.get('/certificates')).json().items).toMatchObject([{ certificateId, code }])
    }
    expect((await site.app.inject({ url: '/620000/api/v1/certificates' })).statusCode).toBe(401)
  })

  it('are opened as PDF, which the holder’s access log tells', async () => {
    const file = await resident.get(`/certificates/${certificateId}/file?language=en`)
    expect(file.headers['content-type']).toBe('application/pdf')
    expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    const log = (await resident.get('/me/access-log')).json().items
    expect(log).toContainEqual(expect.objectContaining({ purpose: 'certificate_file', role: 'person' }))
  })

  it('are verified by anybody without signing in; a wrong code or number is unknown', async () => {
    expect((await verify({ code, lastFour })).json()).toMatchObject({
      state: 'genuine',
      paper: { title: { zh: '示例证明' } },
    })
    expect((await verify({ code, lastFour: '????' })).json()).toEqual({ state: 'unknown' })
    expect((await verify({ code: '620000-0000-0000-0000', lastFour })).json()).toEqual({ state: 'unknown' })
  })

  it('are withdrawn by approval, not by acceptance, and the verifier is told why', async () => {
    const path = `/certificates/${certificateId}/withdrawal`
    const reason = '缴费记录更正'
    const accept = await browserOf(site.app, '620000', 'lanzhou-accept')
    expect((await accept.post(path, { reason })).json()).toMatchObject({ code: 'caller_not_allowed' })
    const approve = await browserOf(site.app, '620000', 'lanzhou-approve')
    expect((await approve.post(path, { reason })).statusCode).toBe(200)
    expect((await verify({ code, lastFour })).json()).toMatchObject({ state: 'withdrawn', withdrawn: { reason } })
  })

  it('cannot be guessed: one address tries twenty times a minute', async () => {
    const answers = []
    for (let attempt = 0; attempt < 25; attempt++)
      answers.push(await verify({ code: '620000-0000-0000-0000', lastFour: '0000' }))
    expect(answers.at(-1)?.json()).toMatchObject({ status: 429, code: 'too_many_requests' })
  })
})
