import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { beginBenefitSpell, cancelBenefitSpell } from './benefit-spells.ts'
import { recordCertificate, revokeCertificate } from './certificates.ts'
import { beginEmployment } from './employment.ts'
import { bySystem, giveEmployer, givePerson, monthsFrom, nobody, peopleNode } from './fixtures.testing.ts'
import { recordPersonContributions } from './person-contributions.ts'
import { getPersonFacts, type PersonFacts, personFacts } from './person-facts.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

const certificates = { from: '2025-01-01', to: '2025-12-31' }
const query = { insurance: 'unemployment', on: '2025-07-01', certificates } as const

async function skilledWorker() {
  const [employerId, personId] = [await giveEmployer(node), await givePerson(node)]
  await bySystem(node, async (work) => {
    const months = monthsFrom('2024-05', 14)
    await recordPersonContributions(
      work,
      months.map((month) => ({
        ...{ personId, insurance: 'unemployment' as const, month, employerId },
        ...{ baseFen: 500_000, paidOn: `${month}-20` },
      })),
    )
    await beginEmployment(work, { personId, employerId, from: '2024-05-01', occupation: '6-18-01-01' })
    for (const issuedOn of ['2024-12-31', '2025-02-01', '2025-03-01']) {
      await recordCertificate(work, {
        ...{ personId, number: `${personId.slice(-12)}-${issuedOn}`, kind: 'skill_level' },
        ...{ occupation: '6-18-01-01', level: 4, issuedOn, issuer: '试样评价机构' },
      })
    }
  })
  return { employerId, personId }
}

describe('what the registers know of a person', () => {
  it('months paid, the employer and post of the day, certificates of the days asked about', async () => {
    const { employerId, personId } = await skilledWorker()
    const facts = await bySystem(node, (work) => getPersonFacts(work, personId, query, 'case 3'))
    expect(facts).toMatchObject({
      personId,
      agency: '320100',
      monthsPaid: 14,
      employerId,
      occupation: '6-18-01-01',
      benefits: [],
      diedOn: null,
    })
    expect(facts.certificates.map(({ issuedOn }) => issuedOn)).toEqual(['2025-02-01', '2025-03-01'])
    const log = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(log[0]).toMatchObject({ action: 'read_person_facts', purpose: 'case 3' })
  })

  it('a revoked certificate is not there, nor a benefit taken back', async () => {
    const { personId } = await skilledWorker()
    const facts = await bySystem(node, async (work) => {
      const [first] = (await getPersonFacts(work, personId, query, 'test')).certificates
      await revokeCertificate(work, { certificateId: first?.certificateId ?? '', on: '2025-06-01', reason: '试样' })
      const benefit = { personId, agency: '320100', from: '2025-07', caseId: nobody }
      await beginBenefitSpell(work, { ...benefit, kind: 'unemployment_benefit', to: '2025-07' })
      await beginBenefitSpell(work, { ...benefit, kind: 'price_subsidy', from: '2025-08' })
      const spellId = await beginBenefitSpell(work, { ...benefit, kind: 'living_allowance' })
      await cancelBenefitSpell(work, { spellId, caseId: nobody })
      return getPersonFacts(work, personId, query, 'test')
    })
    expect(facts.certificates).toHaveLength(1)
    expect(facts.benefits).toEqual(['unemployment_benefit'])
  })

  it('somebody unknown is refused', async () => {
    const facts = bySystem(node, (work) => getPersonFacts(work, nobody, query, 'test'))
    await expect(facts).rejects.toMatchObject({ code: 'person_unknown' })
  })
})

describe('a whole population', () => {
  const read = (change: object = {}) =>
    bySystem(node, async (work) => {
      const found: PersonFacts[] = []
      for await (const page of personFacts(work, { ...query, ...change }, 'population')) found.push(...page)
      return found
    })

  it('of the holders of certificates says what is said of each alone, and everybody read is logged', async () => {
    const { personId } = await skilledWorker()
    const without = await givePerson(node)
    const all = await read()
    const ids = all.map((one) => one.personId)
    expect(ids).toContain(personId)
    expect(ids).not.toContain(without)
    for (const facts of all) {
      const alone = await bySystem(node, (work) => getPersonFacts(work, facts.personId, query, 'test'))
      expect(alone).toEqual(facts)
    }
    const log = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(log.map(({ purpose }) => purpose)).toContain('population')
    expect(await read({ after: ids.at(-1) })).toEqual([])
  })

  it('without certificates asked about it is everybody, of one agency where asked', async () => {
    const elsewhere = await givePerson(node, { agency: '320500' })
    const everybody = (await read({ certificates: undefined })).map(({ personId }) => personId)
    expect(everybody).toContain(elsewhere)
    const there = await read({ certificates: undefined, agency: '320500' })
    expect(there).toMatchObject([{ personId: elsewhere, certificates: [], employerId: null, occupation: null }])
  })
})
