import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, systemActor, type Work } from '../../ground/door.ts'
import {
  businessesOf,
  certificatesOf,
  contributedMonths,
  type EmployerFacts,
  employerFacts,
  employmentsOf,
  findEmployerAccount,
  findInstitutions,
  findPayoutAccount,
  findUserByLogin,
  getPerson,
  getUser,
} from '../../people/door.ts'
import { findUrgentList, listedCreditCodes } from '../../registers/door.ts'
import { browserOf, type TestSite, testSite } from '../testing.ts'
import { demoLogins } from './logins.ts'

let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['130000', '230000'] })
}, 120_000)
afterAll(() => site.close())

const today = '2026-05-11'
const run = <T>(region: string, action: (work: Work) => Promise<T>) =>
  inTransaction(must(site.world.find(region), 'a node').node, systemActor, action)

async function factsByName(region: string, year: number): Promise<Map<string, EmployerFacts>> {
  return run(region, async (work) => {
    const found: EmployerFacts[] = []
    for await (const page of employerFacts(work, { insurance: 'unemployment', on: today, year })) found.push(...page)
    return new Map(found.map((facts) => [facts.name, facts]))
  })
}

async function personOf(region: string, login: string): Promise<string> {
  return run(region, async (work) => {
    const { userId } = must(await findUserByLogin(work, login), login)
    return must((await getUser(work, userId)).personId, 'a person')
  })
}

describe('employers of Hebei are what their stories say', () => {
  it.each([
    ['示例钢铁集团', { sizeClass: 'large', layoffRatePpm: 0, monthsPaidInFull: 29, headcountYearEnd: 316 }],
    ['示例重工', { sizeClass: 'large', layoffRatePpm: 55_000 }],
    ['示例机械', { sizeClass: 'large', layoffRatePpm: 60_000 }],
    ['示例汽配', { sizeClass: 'medium', layoffRatePpm: 0, paidInYearFen: 12 * 95 * 5_000 }],
    ['示例食品', { monthsPaidInFull: 12, monthsPaidInFullRunning: 12 }],
    ['示例印刷', { monthsPaidInFull: 11, monthsPaidInFullRunning: 11 }],
    ['示例包装', { monthsPaidInFull: 28, monthsPaidInFullRunning: 8 }],
    ['示例餐饮', { headcountYearEnd: 30, layoffRatePpm: 200_000 }],
    ['示例物流', { headcountYearEnd: 30, layoffRatePpm: 233_334 }],
    ['示例律师事务所', { entityKind: 'law_firm' }],
    ['示例便利店', { entityKind: 'individual_business', sizeClass: 'micro' }],
  ])('%s', async (name, expected) => {
    expect((await factsByName('130000', 2025)).get(name)).toMatchObject(expected)
  })

  it('there are forty of them, all can be paid, and three stand on the lists', async () => {
    const all = [...(await factsByName('130000', 2025)).values()]
    expect(all).toHaveLength(40)
    const lists = await run('130000', (work) => listedCreditCodes(work, today))
    expect([...lists.values()].flat().sort()).toEqual([
      'bankruptcy_liquidation',
      'deregistration',
      'serious_dishonesty',
    ])
    for (const { employerId } of all) {
      const account = await run('130000', (work) => findEmployerAccount(work, employerId, today))
      expect(account?.accountNumberMasked).toMatch(/^\*{4}\d{4}$/)
    }
  })
})

describe('people of Hebei are what their stories say', () => {
  it.each([
    ['he-welder', { monthsPaid: 50, occupation: '6-18-02-04' }, [4]],
    ['he-three-certificates', { occupation: '6-30-99-00' }, [3, 4, 5]],
    ['he-twelve-months', { monthsPaid: 12 }, [3]],
    ['he-eleven-months', { monthsPaid: 11 }, [3]],
    ['he-technician', { monthsPaid: 118 }, [2]],
    ['he-jobless', { monthsPaid: 40, employerId: null }, [5]],
    ['he-older', { monthsPaid: 132, sex: 'male', birthOn: '1966-09-15', employerId: null }, []],
  ])('%s', async (login, expected, levels) => {
    const personId = await personOf('130000', login)
    const facts = await run('130000', async (work) => {
      const { sex, birthOn } = await getPerson(work, personId, 'test')
      const [job] = await employmentsOf(work, personId, { on: today }, 'test')
      const { months } = await contributedMonths(work, personId, { insurance: 'unemployment', before: today }, 'test')
      return { sex, birthOn, employerId: job?.employerId ?? null, occupation: job?.occupation, monthsPaid: months }
    })
    expect(facts).toMatchObject(expected)
    const issued = { from: '2026-01-01', to: today }
    const certificates = await run('130000', (work) => certificatesOf(work, personId, issued, 'test'))
    expect(certificates.map(({ level }) => level)).toEqual(levels)
    expect(await run('130000', (work) => findPayoutAccount(work, personId, 'test'))).toBeDefined()
  })

  it.each([
    ['he-jobless', true],
    ['he-laid-off', true],
    ['he-older', true],
    ['he-resigned', false],
  ])('%s lost work involuntarily: %s', async (login, involuntary) => {
    const personId = await personOf('130000', login)
    const [employment] = await run('130000', (work) => employmentsOf(work, personId, {}, 'test'))
    expect(employment?.involuntary).toBe(involuntary)
  })

  it('the urgent list of the year is there and says that it is assumed', async () => {
    const list = await run('130000', (work) => findUrgentList(work, { region: '130100', year: 2026 }))
    expect(list).toMatchObject({ region: '130000', version: 1, assumed: true })
    expect(list?.occupations.map(({ code }) => code)).toEqual(['4-10-01-05', '6-30-99-00'])
  })
})

describe('Heilongjiang', () => {
  it.each([
    ['示例冰雪装备', { sizeClass: 'small', layoffs: 0 }],
    ['示例木业', { layoffs: 11, layoffRatePpm: 55_000 }],
    ['示例乳业', { layoffs: 14, layoffRatePpm: 56_000 }],
    ['示例软件', { sizeClass: 'micro', headcountYearBefore: 12, headcountYearEnd: 9, layoffs: 0 }],
    ['示例修理铺', { entityKind: 'individual_business', headcountLatest: 0 }],
  ])('%s', async (name, expected) => {
    expect((await factsByName('230000', 2025)).get(name)).toMatchObject(expected)
  })

  it('has a bank of every class, and owners of what belongs to them', async () => {
    const banks = await run('230000', (work) => findInstitutions(work, { kind: 'bank' }))
    expect(new Set(banks.map(({ bankClass }) => bankClass)).size).toBe(6)
    for (const login of ['hlj-owner', 'hlj-shopkeeper', 'hlj-repairer']) {
      const personId = await personOf('230000', login)
      expect(await run('230000', (work) => businessesOf(work, personId, today, 'test'))).toHaveLength(1)
    }
  })
})

it.each([
  ['130000', 'he-steel-officer'],
  ['230000', 'harbin-bank-officer'],
])('everybody who is offered for sign-in in %s has an account, and %s signs in', async (region, login) => {
  const logins = demoLogins(region).map((offered) => offered.login)
  expect(new Set(logins).size).toBe(logins.length)
  expect(logins).toContain(login)
  for (const each of logins) expect(await run(region, (work) => findUserByLogin(work, each))).toBeDefined()
  await browserOf(site.app, region, login)
})
