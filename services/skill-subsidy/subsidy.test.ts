import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applicationState, ordersOf } from '../../benefits/door.ts'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import type { Actor, Id } from '../../ground/door.ts'
import { beginBenefitSpell, certificatesOf, recordCertificate, revokeCertificate } from '../../people/door.ts'
import { importOccupations, importUrgentOccupations } from '../../registers/door.ts'
import { service } from './service.ts'
import { subsidyBenefit } from './subsidy.ts'

const lastYear = Array.from({ length: 12 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}`)

let site: BenefitSite
let officers: Record<'accept' | 'review' | 'approve' | 'second' | 'pay' | 'banker', Actor>
let employerId: Id
let serial = 0

beforeAll(async () => {
  site = await benefitSite({ region: '130000', on: '2025-07-01', service })
  officers = {
    accept: await site.officer('accept'),
    review: await site.officer('review'),
    approve: await site.officer('approve'),
    second: await site.officer('approve', { another: true }),
    pay: await site.officer('pay'),
    banker: await site.officer('pay'),
  }
  ;({ employerId } = await site.employer({ sizeClass: 'small' }))
  await site.fund('unemployment', 100_000_000)
  const rows = ['U-1', 'U-2', 'U-3', 'U-4', 'P-1', 'P-2'].map((code) => ({
    code,
    nameZh: code,
    nameEn: code,
    source: '示例',
    assumed: true,
  }))
  await site.run((work) => importOccupations(work, rows))
  await site.run((work) =>
    importUrgentOccupations(work, {
      region: '130000',
      year: 2025,
      source: '示例',
      assumed: true,
      rows: rows.filter(({ code }) => code.startsWith('U')).map(({ code, nameZh }) => ({ code, name: nameZh })),
    }),
  )
})
afterAll(() => site.close())

async function holder(
  certificates: Array<[occupation: string, level: number]>,
  options: { months?: string[]; employed?: boolean } = {},
) {
  const { months = lastYear, employed = true } = options
  const person = await site.person({ months, ...(employed && { employerId, occupation: 'U-1' }) })
  const ids: Id[] = []
  for (const [occupation, level] of certificates) {
    serial += 1
    const certificate = {
      number: `CERT-${String(serial).padStart(6, '0')}`,
      kind: 'skill_level' as const,
      issuer: '示例机构',
    }
    ids.push(
      await site.run((work) =>
        recordCertificate(work, {
          personId: person.personId,
          occupation,
          level,
          issuedOn: '2025-03-01',
          ...certificate,
        }),
      ),
    )
  }
  return { ...person, certificates: ids }
}

const apply = (actor: Actor) => site.open(actor, { flow: 'skill-subsidy', step: 'apply', body: { answers: {} } })
const stateOf = async (caseId: Id) => applicationState.parse((await site.view(caseId)).file.state)

async function decided(actor: Actor): Promise<Id> {
  const { caseId } = await apply(actor)
  await site.take(officers.accept, caseId, 'accept', { outcome: 'accepted' })
  await site.take(officers.review, caseId, 'review', { opinion: '属实' })
  return caseId
}

async function paid(actor: Actor): Promise<Id> {
  const caseId = await decided(actor)
  await site.take(officers.approve, caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  const batch = await site.open(officers.pay, { flow: 'skill-subsidy-payment', body: {} })
  await site.take(officers.approve, batch.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  await site.take(officers.banker, batch.caseId, 'recordResult', { lines: [], othersPaid: true })
  return caseId
}

describe('a subsidy from the register of certificates to the card', () => {
  it.each([
    { says: 'C3-t1: one plain certificate of level 4', certificates: [['P-1', 4]], amountFen: 150_000 },
    {
      says: 'C3-t4: two urgent and one plain',
      certificates: [
        ['U-1', 3],
        ['U-2', 4],
        ['P-1', 5],
      ],
      amountFen: 450_000,
    },
    {
      says: 'C3-t5: one urgent and two plain: two are paid',
      certificates: [
        ['U-1', 4],
        ['P-1', 5],
        ['P-2', 4],
      ],
      amountFen: 300_000,
    },
    {
      says: 'C3-t6: four urgent: three are paid',
      certificates: [
        ['U-1', 5],
        ['U-2', 5],
        ['U-3', 5],
        ['U-4', 5],
      ],
      amountFen: 300_000,
    },
    {
      says: 'C3-o3: the same occupation and level twice is paid once',
      certificates: [
        ['U-1', 4],
        ['U-1', 4],
      ],
      amountFen: 150_000,
    },
  ] satisfies Array<{ says: string; certificates: Array<[string, number]>; amountFen: number }>)(
    '$says',
    async ({ certificates, amountFen }) => {
      const { actor } = await holder(certificates)
      const caseId = await paid(actor)
      expect((await site.view(caseId)).file.status).toBe('paid')
      expect(await site.run((work) => ordersOf(work, { caseId }))).toMatchObject([{ amountFen, state: 'paid' }])
    },
  )

  it('C3-t3: a recipient of unemployment benefit is paid, who neither works nor receives it is not', async () => {
    const recipient = await holder([['P-1', 5]], { employed: false })
    const spell = { personId: recipient.personId, kind: 'unemployment_benefit', agency: '130000', from: '2025-05' }
    await site.run((work) => beginBenefitSpell(work, { ...spell, caseId: work.newId() }))
    expect((await stateOf(await decided(recipient.actor))).found).toMatchObject({
      outcome: 'granted',
      amountFen: 100_000,
    })
    const other = await holder([['P-1', 5]], { employed: false })
    expect((await stateOf(await decided(other.actor))).found).toMatchObject({ reason: 'status_not_covered' })
  })

  it('asks for no fact: each one of the rule has its register', async () => {
    const { personId } = await holder([['P-1', 4]])
    const benefit = subsidyBenefit({ rulebook: site.rulebook, cases: () => site.cases })
    const question = { on: '2025-07-01', agency: '130000', answers: {} }
    const { facts, sources } = await site.run((work) =>
      benefit.gather(work, { kind: 'person', id: personId }, question),
    )
    const declared = site.rulebook.policies.find(({ ir }) => ir.id === benefit.policy)?.ir.bodies[0]?.facts ?? {}
    expect(benefit.fields).toEqual([])
    expect(Object.keys(facts).sort()).toEqual(Object.keys(declared).sort())
    expect(Object.keys(sources).sort()).toEqual(Object.keys(declared).sort())
  })

  it('C3-t2: eleven months are not enough', async () => {
    const { actor } = await holder([['P-1', 3]], { months: lastYear.slice(1) })
    expect((await stateOf(await decided(actor))).found).toMatchObject({ reason: 'insured_months_below_minimum' })
  })

  it('applies again the same year only for what was not granted, and within the limits of the year (C3.05, C3.06)', async () => {
    const { actor, personId } = await holder([['U-1', 4]])
    await paid(actor)
    expect((await stateOf(await decided(actor))).found).toMatchObject({ outcome: 'refused', reason: 'paid_before' })
    for (const occupation of ['U-2', 'P-1', 'P-2']) {
      serial += 1
      const certificate = {
        number: `CERT-${String(serial).padStart(6, '0')}`,
        kind: 'skill_level' as const,
        issuer: '示例机构',
      }
      await site.run((work) =>
        recordCertificate(work, { personId, occupation, level: 4, issuedOn: '2025-05-01', ...certificate }),
      )
    }
    const again = await decided(actor)
    expect((await stateOf(again)).found).toMatchObject({ outcome: 'granted', amountFen: 300_000 })
    await expect(apply(actor)).rejects.toMatchObject({ code: 'already_applied' })
  })

  it('what was found due and taken back before it was approved does not count as paid', async () => {
    const { actor } = await holder([['P-1', 4]])
    const first = await decided(actor)
    await site.take(officers.approve, first, 'approve', { outcome: 'returned', opinion: '再核' })
    await site.take(actor, first, 'withdraw', { reason: '改日再报' })
    expect((await stateOf(await decided(actor))).found).toMatchObject({ outcome: 'granted', amountFen: 150_000 })
  })

  it('a certificate that was revoked is taken back: decided again by the facts, the money is owed and offset', async () => {
    const { actor, certificates } = await holder([['P-1', 3]])
    const caseId = await paid(actor)
    await site.run((work) =>
      revokeCertificate(work, { certificateId: certificates[0] ?? '', on: '2025-06-30', reason: '伪造' }),
    )
    const { status } = await site.take(officers.review, caseId, 'recalculate', { because: 'facts', cause: '证书注销' })
    expect(status).toBe('refused')
    expect(await stateOf(caseId)).toMatchObject({ owedFen: 200_000, found: { outcome: 'refused', amountFen: 0 } })
    expect((await site.take(actor, caseId, 'object', { grounds: '证书真实' })).status).toBe('under_objection')
    expect(
      (await site.take(officers.second, caseId, 'decideObjection', { outcome: 'upheld', reasons: '属实' })).status,
    ).toBe('refused')
    await site.take(officers.pay, caseId, 'noteRepayment', { amountFen: 200_000, bankReference: '回款0001' })
    expect((await stateOf(caseId)).owedFen).toBe(0)
  })

  it('B1.09: is offered once a certificate is recorded that earns it, and not after it was paid', async () => {
    const [offer] = service.create({ rulebook: site.rulebook, cases: () => site.cases }).offers ?? []
    const isDue = ({ personId }: { personId: Id }) =>
      site.run(async (work) => {
        const certificates = await certificatesOf(work, personId, {}, 'test')
        const event = { kind: 'certificate_recorded' as const, personId, agency: '130000', on: '2025-07-01' }
        const due = []
        for (const { certificateId } of certificates) {
          due.push(await offer?.isDue(work, { ...event, reference: certificateId }))
        }
        return due
      })
    const earns = await holder([['P-1', 4]])
    expect(await isDue(earns)).toMatchObject([{ amountFen: 150000, text: { zh: expect.stringContaining('中级工') } }])
    await paid(earns.actor)
    expect(await isDue(earns)).toEqual([false])
    expect(await isDue(await holder([['P-1', 4]], { months: lastYear.slice(1) }))).toEqual([false])
    // Of two plain ones a year pays one: only it is offered, with its own sum.
    const two = await isDue(
      await holder([
        ['P-1', 5],
        ['P-2', 4],
      ]),
    )
    expect(two.filter((due) => due !== false)).toMatchObject([{ amountFen: 150000 }])
  })
})
