import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { makeSyntheticCreditCode } from './credit-code.ts'
import { findEmployers, getEmployer, registerEmployer, setEmployerStatus } from './employer.ts'
import { bySystem, giveEmployer, nobody, peopleNode, staff } from './fixtures.testing.ts'
import {
  bankAccountOf,
  findInstitutionByCode,
  findInstitutions,
  registerInstitution,
  setBankAccount,
} from './institution.ts'
import { industries } from './tables.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

describe('employers', () => {
  const creditCode = makeSyntheticCreditCode({ region: '320100', serial: 900_001 })
  const employer = {
    creditCode,
    name: '试样矿业',
    region: '320100',
    agency: '320100',
    industry: 'mining',
  } as const

  it('the same credit code is one record; under another name it is refused', async () => {
    const first = await bySystem(node, (work) => registerEmployer(work, employer))
    const again = await inTransaction(node, staff('320100'), (work) => registerEmployer(work, employer))
    expect(again).toEqual({ employerId: first.employerId, existing: true })
    const renamed = bySystem(node, (work) => registerEmployer(work, { ...employer, name: '别名矿业' }))
    await expect(renamed).rejects.toMatchObject({ code: 'credit_code_of_another_name' })
  })

  it.each(['hazardous_chemicals', 'mining', 'construction', 'transport', 'machinery'] as const)(
    'A1.20: the industry %s is counted apart for its risk',
    async (industry) => {
      const serial = 900_010 + industries.indexOf(industry)
      const known = makeSyntheticCreditCode({ region: '320100', serial })
      const { employerId } = await bySystem(node, (work) =>
        registerEmployer(work, { ...employer, creditCode: known, name: `试样${industry}`, industry }),
      )
      expect(await bySystem(node, (work) => getEmployer(work, employerId))).toMatchObject({ industry })
    },
  )

  it('a wrong credit code is bad input', async () => {
    const wrong = bySystem(node, (work) => registerEmployer(work, { ...employer, creditCode: '913201000000000001' }))
    await expect(wrong).rejects.toBeInstanceOf(BadInput)
  })

  it('are found by code and by a part of the name, also by residents', async () => {
    const self = { kind: 'person', userId: nobody, personId: nobody } as const
    const found = await inTransaction(node, self, async (work) => [
      ...(await findEmployers(work, { text: creditCode.toLowerCase(), limit: 5 })),
      ...(await findEmployers(work, { text: '样矿', limit: 5 })),
    ])
    expect(found.map((one) => [one.name, one.industry, one.status])).toEqual([
      ['试样矿业', 'mining', 'active'],
      ['试样矿业', 'mining', 'active'],
    ])
  })

  it('only the responsible agency changes the status', async () => {
    const employerId = await giveEmployer(node, '320100')
    const other = inTransaction(node, staff('320500'), (work) => setEmployerStatus(work, employerId, 'bankrupt'))
    await expect(other).rejects.toMatchObject({ code: 'outside_own_agency' })
    await inTransaction(node, staff('320100'), (work) => setEmployerStatus(work, employerId, 'bankrupt'))
    expect((await bySystem(node, (work) => getEmployer(work, employerId))).status).toBe('bankrupt')
  })
})

describe('institutions', () => {
  it('are listed by region and kind, to anybody', async () => {
    const hospital = { name: '试样医院', kind: 'hospital', level: 3 } as const
    await bySystem(node, async (work) => {
      await registerInstitution(work, { ...hospital, code: 'H320102', region: '320102' })
      await registerInstitution(work, { ...hospital, code: 'H320500', region: '320500' })
      await registerInstitution(work, {
        code: 'D320102',
        name: '试样辅具厂',
        kind: 'device_maker',
        level: null,
        region: '320102',
      })
    })
    const codes = (region: string, kind?: 'hospital') =>
      inTransaction(node, { kind: 'public' }, async (work) =>
        (await findInstitutions(work, { region, ...(kind && { kind }) })).map((one) => one.code),
      )
    expect(await codes('320000')).toEqual(['D320102', 'H320102', 'H320500'])
    expect(await codes('320100')).toEqual(['D320102', 'H320102'])
    expect(await codes('320100', 'hospital')).toEqual(['H320102'])
    expect((await bySystem(node, (work) => findInstitutionByCode(work, 'H320500')))?.level).toBe(3)
  })

  it('a code is registered once', async () => {
    const bank = { code: 'B1', name: '试样银行', kind: 'bank', level: null, region: '320100' } as const
    await bySystem(node, (work) => registerInstitution(work, bank))
    const again = bySystem(node, (work) => registerInstitution(work, bank))
    await expect(again).rejects.toMatchObject({ code: 'institution_code_taken' })
  })
})

describe('the bank account of an institution', () => {
  const account = { bankName: '试样银行', accountName: '试样康复中心', accountNumber: '320000000001' }
  let institutionId: string
  beforeAll(async () => {
    const institution = {
      code: 'R1',
      name: '试样康复中心',
      kind: 'rehabilitation',
      level: 2,
      region: '320100',
    } as const
    institutionId = await bySystem(node, (work) => registerInstitution(work, institution))
    await inTransaction(node, staff('320100'), async (work) => {
      await setBankAccount(work, institutionId, { ...account, from: '2026-01-01' })
      await setBankAccount(work, institutionId, { ...account, accountNumber: '320000000099', from: '2026-07-01' })
      await setBankAccount(work, institutionId, { ...account, accountNumber: '320000000002', from: '2026-07-01' })
    })
  })

  it.each([
    ['2025-12-31', undefined],
    ['2026-01-01', '320000000001'],
    ['2026-06-30', '320000000001'],
    ['2026-07-01', '320000000002'],
  ])('on %s is the version of that date, the last recorded one', async (on, accountNumber) => {
    const found = await bySystem(node, (work) => bankAccountOf(work, institutionId, on))
    expect(found?.accountNumber).toBe(accountNumber)
  })

  it('is for the institution and staff of its region only', async () => {
    const office = (id: string) =>
      ({
        kind: 'institution',
        userId: nobody,
        assignmentId: nobody,
        role: 'hospital_office',
        institutionId: id,
      }) as const
    const seenBy = async (actor: Parameters<typeof inTransaction>[1]) =>
      (await inTransaction(node, actor, (work) => bankAccountOf(work, institutionId, '2026-05-11'))) !== undefined
    expect(await seenBy(office(institutionId))).toBe(true)
    expect(await seenBy(office(nobody))).toBe(false)
    expect(await seenBy(staff('320000', 'pay'))).toBe(true)
    expect(await seenBy(staff('320500', 'pay'))).toBe(false)
    const foreign = inTransaction(node, staff('320500'), (work) =>
      setBankAccount(work, institutionId, { ...account, from: '2026-08-01' }),
    )
    await expect(foreign).rejects.toMatchObject({ code: 'outside_own_agency' })
  })

  it('raw SQL: versions are neither changed nor removed', async () => {
    await expect(
      bySystem(node, (work) => sql`UPDATE people.institution_account SET account_number = '1'`.execute(work.db)),
    ).rejects.toThrow('permission denied')
    await expect(
      bySystem(node, (work) => sql`DELETE FROM people.institution_account`.execute(work.db)),
    ).rejects.toThrow('permission denied')
  })
})
