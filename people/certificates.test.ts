import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { certificatesOf, recordCertificate, revokeCertificate } from './certificates.ts'
import { bySystem, givePerson, nobody, peopleNode, staff } from './fixtures.testing.ts'

let node: TestNode
let personId: string
beforeAll(async () => {
  node = await peopleNode()
  personId = await givePerson(node)
})
afterAll(() => node.close())

let sequence = 0
const newCertificate = (change: object = {}) => {
  sequence += 1
  return {
    personId,
    number: `TEST-${String(sequence).padStart(6, '0')}`,
    kind: 'skill_level' as const,
    occupation: '6-18-01-01',
    level: 4,
    issuedOn: '2025-05-10',
    issuer: '试样评价机构',
    ...change,
  }
}
const record = (change: object = {}) => bySystem(node, (work) => recordCertificate(work, newCertificate(change)))

describe('certificates (C3.02)', () => {
  it.each([
    ['level 0', { level: 0 }, false],
    ['level 1', { level: 1 }, true],
    ['level 5', { level: 5 }, true],
    ['level 6', { level: 6 }, false],
    ['issued today', { issuedOn: '2026-05-11' }, true],
    ['issued tomorrow', { issuedOn: '2026-05-12' }, false],
    ['a vocational qualification', { kind: 'vocational_qualification' }, true],
    ['another kind', { kind: 'driving_licence' }, false],
    ['a number of five', { number: 'AB-12' }, false],
  ])('%s', async (_, change, accepted) => {
    if (accepted) await record(change)
    else await expect(record(change)).rejects.toBeInstanceOf(BadInput)
  })

  it('a number is given once, to whomever', async () => {
    await record({ number: 'once-000001' })
    const other = await givePerson(node)
    await expect(record({ number: 'ONCE-000001', personId: other })).rejects.toMatchObject({
      code: 'certificate_number_taken',
      params: { number: 'ONCE-000001' },
    })
  })

  it('are listed by the day of issue, both days included; a revoked one says so and is revoked once', async () => {
    const holder = await givePerson(node)
    for (const issuedOn of ['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01']) {
      await record({ personId: holder, issuedOn })
    }
    const year = { from: '2025-01-01', to: '2025-12-31' }
    const found = await bySystem(node, (work) => certificatesOf(work, holder, year, 'test'))
    expect(found.map(({ issuedOn }) => issuedOn)).toEqual(['2025-01-01', '2025-12-31'])
    const certificateId = found[0]?.certificateId ?? ''
    const revoke = (on: string) =>
      bySystem(node, (work) => revokeCertificate(work, { certificateId, on, reason: '冒名考试' }))
    await expect(revoke('2024-12-31')).rejects.toBeInstanceOf(BadInput)
    await revoke('2025-06-01')
    await expect(revoke('2025-06-02')).rejects.toMatchObject({ code: 'certificate_unknown' })
    const after = await bySystem(node, (work) => certificatesOf(work, holder, year, 'test'))
    expect(after.map(({ revokedOn }) => revokedOn)).toEqual(['2025-06-01', null])
  })

  it('are recorded by staff who see the person, and read by the person', async () => {
    const refused = inTransaction(node, staff('320500'), (work) => recordCertificate(work, newCertificate()))
    await expect(refused).rejects.toMatchObject({ code: 'person_unknown' })
    const self = { kind: 'person', userId: nobody, personId } as const
    const forged = inTransaction(node, self, (work) => recordCertificate(work, newCertificate()))
    await expect(forged).rejects.toMatchObject({ code: 'outside_own_agency' })
    await inTransaction(node, staff('320100'), (work) => recordCertificate(work, newCertificate()))
    expect(
      (await inTransaction(node, self, (work) => certificatesOf(work, personId, {}, 'mine'))).length,
    ).toBeGreaterThan(0)
    const stranger = { kind: 'person', userId: nobody, personId: nobody } as const
    expect(await inTransaction(node, stranger, (work) => certificatesOf(work, personId, {}, 'curious'))).toEqual([])
  })
})
