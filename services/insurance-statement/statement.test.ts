import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificatesIssued, verifyCertificate } from '../../certificates/door.ts'
import { failedMessages } from '../../exchange/door.ts'
import type { Id } from '../../ground/door.ts'
import {
  accessLogOf,
  applyECard,
  cardsOf,
  enrol,
  issueCard,
  makeSyntheticCreditCode,
  recordPersonContributions,
  registerEmployer,
} from '../../people/door.ts'
import { residentOf, type TestRegion, testRegions } from './regions.testing.ts'

let nation: Awaited<ReturnType<typeof testRegions>>
let jiangsu: TestRegion
let xinjiang: TestRegion
let serial = 0

beforeAll(async () => {
  nation = await testRegions(['000000', '320000', '650000'])
  ;[jiangsu, xinjiang] = [nation.region('320000'), nation.region('650000')]
  await nation.deliver()
})
afterAll(() => nation.close())

/** Somebody insured in Nanjing, with three months of pension and two of unemployment insurance in 2025; the last is not paid. */
async function insured(sequence = ++serial) {
  const resident = await residentOf(jiangsu, sequence)
  await jiangsu.run(async (work) => {
    const { employerId } = await registerEmployer(work, {
      creditCode: makeSyntheticCreditCode({ region: '320102', serial: sequence }),
      ...{ name: '示例纺织厂', region: '320102', agency: '320100', industry: 'other' as const },
    })
    const { personId } = resident
    await enrol(work, {
      personId,
      employerId,
      insurance: 'pension',
      poolingArea: '320000',
      agency: '320100',
      from: '2020-01-01',
    })
    const month = (insurance: 'pension' | 'unemployment', name: string, paidOn: string | null) => ({
      ...{ personId, employerId, insurance, month: name, baseFen: 500_050, paidOn },
    })
    await recordPersonContributions(work, [
      month('pension', '2024-12', '2024-12-20'),
      month('pension', '2025-01', '2025-01-20'),
      month('pension', '2025-02', '2025-02-20'),
      month('unemployment', '2025-01', '2025-01-20'),
      month('unemployment', '2025-02', null),
    ])
  })
  return resident
}

const statementOf = (year: number) => ({ kind: 'statement', year, purpose: '本人核对' })
const proof = { kind: 'proof', purpose: '子女入学' }

const issued = (region: TestRegion, personId: Id) => region.run((work) => certificatesIssued(work, { personId }))

describe('one’s own insurance, online', () => {
  it('B1.04: a year is shown month by month, and sums of all years', async () => {
    const { actor } = await insured()
    expect(await jiangsu.call(actor, 'GET /records', { query: { year: 2025 } })).toMatchObject({
      sums: [
        { insurance: 'pension', monthsPaid: 3, first: '2024-12', last: '2025-02' },
        { insurance: 'unemployment', monthsPaid: 1 },
      ],
      months: [
        { month: '2025-01', insurance: 'pension', baseFen: 500_050, employerName: '示例纺织厂' },
        { month: '2025-02', insurance: 'pension' },
        { month: '2025-01', insurance: 'unemployment' },
        { month: '2025-02', insurance: 'unemployment', paidOn: null },
      ],
    })
  })

  it('B1.04: the statement says them, and eight per cent of the bases paid as own account; who read is in the log', async () => {
    const { actor, personId } = await insured()
    await jiangsu.call(actor, 'POST /papers', { body: statementOf(2025) })
    const [statement] = await issued(jiangsu, personId)
    expect(statement).toMatchObject({ kind: 'statement', purpose: '本人核对', askedRole: 'person', validUntil: null })
    // Three months on 5,000.50: 8 % of 15,001.50.
    expect(statement?.paper.facts).toMatchObject([{ value: { amountFen: 120_012 } }])
    const months = statement?.paper.tables.find(({ title }) => title.zh.startsWith('2025'))?.rows
    expect(months).toHaveLength(4)
    expect(months?.at(-1)).toEqual([
      '2025-02',
      expect.anything(),
      { amountFen: 500_050 },
      { zh: '未缴', en: 'not paid' },
      '示例纺织厂',
    ])
    const log = await jiangsu.run((work) => accessLogOf(work, personId))
    expect(log).toContainEqual(
      expect.objectContaining({ action: 'read_contributions', role: 'person', purpose: 'insurance_statement' }),
    )
  })

  it('B1.08: the proof is verified by its code, says no base, and expires after ninety days', async () => {
    const { actor, lastFour } = await insured()
    const { code } = (await jiangsu.call(actor, 'POST /papers', { body: proof })) as { code: string }
    const verified = await jiangsu.run((work) => verifyCertificate(work, { code, lastFour }), { kind: 'public' })
    expect(verified).toMatchObject({ state: 'genuine', validUntil: '2026-08-09' })
    expect(JSON.stringify(verified)).not.toContain('500050')
  })

  it('B1.08: whoever was never insured gets none', async () => {
    const { actor } = await residentOf(jiangsu, ++serial)
    await expect(jiangsu.call(actor, 'POST /papers', { body: proof })).rejects.toMatchObject({
      code: 'nothing_on_record',
    })
  })

  it('refuses a statement of a year to come', async () => {
    const { actor } = await insured()
    await expect(jiangsu.call(actor, 'POST /papers', { body: statementOf(2027) })).rejects.toMatchObject({
      code: 'bad_input',
    })
  })

  it('B1.02: the e-card of whoever asks is of version 3.0', async () => {
    const { actor, personId } = await insured()
    await jiangsu.run((work) =>
      issueCard(work, { personId, number: `T${String(serial).padStart(8, '0')}`, outlet: '示例网点' }),
    )
    await jiangsu.run((work) => applyECard(work, { personId, app: 'app:12333' }), actor)
    const [card] = await jiangsu.run((work) => cardsOf(work, personId, 'self_service'), actor)
    expect(card?.eCard).toMatchObject({ version: '3.0', state: 'active' })
  })
})

describe('from another region (B1.08, 异地办理)', () => {
  type Asked = { items: Array<{ askedId: Id; state: string; code: string | null; reason: string | null }> }
  const ask = (actor: Parameters<TestRegion['call']>[0], wanted: object, region = '320000') =>
    xinjiang.call(actor, 'POST /elsewhere', { body: { region, wanted } }) as Promise<{ askedId: Id }>
  const asked = async (actor: Parameters<TestRegion['call']>[0]) =>
    ((await xinjiang.call(actor, 'GET /elsewhere')) as Asked).items

  it('B1.08: the insured region issues it and sends it; it is printed here and verified there', async () => {
    const there = await insured()
    const here = await residentOf(xinjiang, serial)
    const { askedId } = await ask(here.actor, proof)
    expect(await asked(here.actor)).toMatchObject([{ askedId, state: 'waiting' }])
    await expect(ask(here.actor, proof)).rejects.toMatchObject({ code: 'statement_asked_before' })
    await nation.deliver()
    const [told] = await asked(here.actor)
    expect(told).toMatchObject({ state: 'issued', code: expect.stringMatching(/^320000-/) })
    const query = { language: 'zh', origin: 'https://example.test' }
    const file = (await xinjiang.call(here.actor, 'GET /elsewhere/:askedId/file', { params: { askedId }, query })) as {
      contentBase64: string
    }
    expect(Buffer.from(file.contentBase64, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    const code = told?.code ?? ''
    const verified = await jiangsu.run((work) => verifyCertificate(work, { code, lastFour: there.lastFour }))
    expect(verified).toMatchObject({ state: 'genuine' })
    expect(await jiangsu.run(failedMessages)).toEqual([])
  })

  it('who is not known there is told so', async () => {
    const here = await residentOf(xinjiang, 900 + ++serial)
    await ask(here.actor, statementOf(2025))
    await nation.deliver()
    expect(await asked(here.actor)).toMatchObject([{ state: 'refused', reason: 'person_not_known_there' }])
  })

  it('is not asked of one’s own region, and nobody else sees what was asked', async () => {
    const here = await residentOf(xinjiang, 800 + ++serial)
    await expect(ask(here.actor, proof, '650000')).rejects.toMatchObject({ code: 'statement_of_own_region' })
    const { askedId } = await ask(here.actor, proof)
    const other = await residentOf(xinjiang, 700 + ++serial)
    const query = { language: 'zh', origin: 'https://example.test' }
    await expect(
      xinjiang.call(other.actor, 'GET /elsewhere/:askedId/file', { params: { askedId }, query }),
    ).rejects.toMatchObject({ code: 'certificate_not_found' })
  })
})
