import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, inTransaction, startOfDate, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { certificatesIssued, getCertificate, issueCertificate, withdrawCertificate } from './certificate.ts'
import { newVerificationCode } from './code.ts'
import { certificatesMigrations } from './migrations.ts'
import type { NewPaper } from './paper.ts'
import { certificatePdf } from './pdf.ts'
import { verifyCertificate } from './verification.ts'

let node: TestNode
const personId = '0190a000-0000-7000-8000-000000000001'
const otherId = '0190a000-0000-7000-8000-000000000002'
const holder: Actor = { kind: 'person', userId: personId, personId }
const stranger: Actor = { kind: 'person', userId: otherId, personId: otherId }
const officer = (agency: string): Actor => ({
  kind: 'staff',
  userId: otherId,
  assignmentId: otherId,
  role: 'approve',
  agency,
})

const paper: NewPaper = {
  title: { zh: '示例证明', en: 'Example certificate' },
  issuer: { zh: '示例经办机构', en: 'Example agency' },
  holder: { name: '示例·持有人', number: '320102********001X' },
  facts: [{ label: { zh: '首次参保', en: 'First insured on' }, value: { on: '2019-03-01' } }],
  sentences: [{ zh: '兹证明其参加社会保险。', en: 'This certifies the insurance.' }],
  tables: [
    {
      title: { zh: '缴费', en: 'Contributions' },
      columns: [
        { zh: '月份', en: 'Month' },
        { zh: '基数（元）', en: 'Base (CNY)' },
      ],
      rows: [['2026-03', { amountFen: 512_345 }]],
    },
  ],
}

beforeAll(async () => {
  node = await testNode({ migrations: [await certificatesMigrations()] })
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>, actor: Actor = systemActor) => inTransaction(node, actor, action)

let serial = 0
function issue(changes: { key?: string; validUntil?: string; agency?: string } = {}, actor: Actor = holder) {
  return run(
    (work) =>
      issueCertificate(work, {
        key: `test-${++serial}`,
        service: 'example',
        kind: 'proof',
        agency: '320100',
        holder: { personId },
        holderNumber: '32010219900101001X',
        paper,
        purpose: '购房',
        ...changes,
      }),
    actor,
  )
}
const verify = (code: string, lastFour = '001X', actor: Actor = { kind: 'public' }) =>
  run((work) => verifyCertificate(work, { code, lastFour }), actor)

describe('a certificate', () => {
  it('is kept with who asked for it and what for, and seen by whom it concerns', async () => {
    const { certificateId } = await issue()
    const found = await run((work) => getCertificate(work, certificateId), holder)
    expect(found).toMatchObject({ askedRole: 'person', askedBy: personId, purpose: '购房', withdrawn: null })
    const ids = async (actor: Actor) =>
      (await run((work) => certificatesIssued(work), actor)).map((each) => each.certificateId)
    expect(await ids(officer('320000'))).toContain(certificateId)
    for (const other of [stranger, officer('320500')]) {
      expect(await ids(other)).toEqual([])
      await expect(run((work) => getCertificate(work, certificateId), other)).rejects.toMatchObject({
        code: 'certificate_not_found',
      })
    }
  })

  it('is issued once for an occasion', async () => {
    const first = await issue({ key: 'title-of-a-case' })
    const again = await issue({ key: 'title-of-a-case' })
    expect(again).toEqual(first)
  })

  it.each([
    ['as printed', (code: string) => code],
    ['in lower case without hyphens', (code: string) => code.toLowerCase().replaceAll('-', '')],
    [
      'with O for 0 and l for 1',
      (code: string) => code.slice(0, 7) + code.slice(7).replace(/0/g, 'O').replace(/1/g, 'l'),
    ],
  ])('is verified by its code %s and the last four characters', async (_, typed) => {
    const { code } = await issue()
    expect(await verify(typed(code), '001x')).toMatchObject({
      state: 'genuine',
      code,
      paper: { title: paper.title, holder: paper.holder },
    })
  })

  it('is unknown under another code or other characters, and nothing tells which is wrong', async () => {
    const { code } = await issue()
    const other = newVerificationCode('320000', node.random)
    for (const found of [await verify(code, '0011'), await verify(other), await verify('no code'), await verify('')]) {
      expect(found).toEqual({ state: 'unknown' })
    }
  })

  it('says to a verifier no more than the paper', async () => {
    const { code } = await issue()
    const found = await verify(code)
    expect(Object.keys(found).sort()).toEqual(['code', 'issuedAt', 'paper', 'state', 'validUntil', 'withdrawn'])
    expect(JSON.stringify(found)).not.toMatch(/购房|19900101|0190a000/)
  })

  it('holds on its last day and has expired the day after', async () => {
    const { code } = await issue({ validUntil: '2026-05-12' })
    node.clock.moveTo(startOfDate('2026-05-12'))
    expect(await verify(code)).toMatchObject({ state: 'genuine' })
    node.clock.moveTo(startOfDate('2026-05-13'))
    expect(await verify(code)).toMatchObject({ state: 'expired' })
  })

  it('is withdrawn by its agency alone, once, and tells so', async () => {
    const { certificateId, code } = await issue()
    const withdraw = (actor: Actor) =>
      run((work) => withdrawCertificate(work, { certificateId, reason: '缴费记录更正' }), actor)
    await expect(withdraw(holder)).rejects.toMatchObject({ code: 'certificate_not_yours_to_withdraw' })
    await expect(withdraw(officer('320500'))).rejects.toMatchObject({ code: 'certificate_not_found' })
    await withdraw(officer('320100'))
    expect(await verify(code)).toMatchObject({ state: 'withdrawn', withdrawn: { reason: '缴费记录更正' } })
    await expect(withdraw(officer('320100'))).rejects.toMatchObject({ code: 'certificate_withdrawn_before' })
  })

  it('that was changed in the database is not shown as genuine, nor can be changed by accident', async () => {
    const { certificateId, code } = await issue()
    const address = new URL(node.adminUrl)
    address.pathname = new URL(node.ownerUrl).pathname
    const owner = new Client({ connectionString: address.toString() })
    await owner.connect()
    try {
      const change = `UPDATE certificates.certificate SET paper = jsonb_set(paper, '{holder,name}', '"another"')
        WHERE id = '${certificateId}'`
      await expect(owner.query(change)).rejects.toThrow(/append_only/)
      await owner.query(`ALTER TABLE certificates.certificate DISABLE TRIGGER append_only; ${change};
        ALTER TABLE certificates.certificate ENABLE TRIGGER append_only`)
    } finally {
      await owner.end()
    }
    await expect(verify(code)).rejects.toThrow(/not what was signed/)
  })

  it.each(['zh', 'en'] as const)('is printed on A4 with its code (%s)', async (language) => {
    const certificate = await issue()
    const pdf = await certificatePdf(certificate, { language, origin: 'https://example.test' })
    const text = pdf.toString('latin1')
    expect(text.slice(0, 5)).toBe('%PDF-')
    expect(text).toContain('/MediaBox [0 0 595.28 841.89]')
    // The font is cut down to the characters that stand there.
    expect(pdf.length).toBeLessThan(300_000)
  })
})
