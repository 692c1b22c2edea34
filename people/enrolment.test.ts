import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { changeEnrolment, endEnrolment, enrol, enrolmentsOf } from './enrolment.ts'
import { bySystem, giveEmployer, givePerson, peopleNode, staff } from './fixtures.testing.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

/** A person insured through an employer from the first of March 2025. */
async function insured() {
  const personId = await givePerson(node)
  const employerId = await giveEmployer(node)
  const terms = { personId, employerId, insurance: 'medical', poolingArea: 'nanjing', agency: '320100' } as const
  const enrolmentId = await bySystem(node, (work) => enrol(work, { ...terms, from: '2025-03-01' }))
  return { personId, enrolmentId, terms }
}

function on(personId: string, date: string) {
  return bySystem(node, (work) => enrolmentsOf(work, personId, { insurance: 'medical', on: date }, 'test'))
}

describe('enrolments hold from their first to their last day', () => {
  it.each([
    ['the day before the first', '2025-02-28', 0],
    ['the first day', '2025-03-01', 1],
    ['the last day', '2025-12-31', 1],
    ['the day after the last', '2026-01-01', 0],
  ])('%s', async (_, date, count) => {
    const { personId, enrolmentId } = await insured()
    await bySystem(node, (work) => endEnrolment(work, { enrolmentId, to: '2025-12-31' }))
    expect(await on(personId, date)).toHaveLength(count)
  })

  it('a change keeps what was so before', async () => {
    const { personId, enrolmentId } = await insured()
    const change = { enrolmentId, on: '2025-10-01', relation: 'retired', contributingContinuously: false } as const
    await bySystem(node, (work) => changeEnrolment(work, change))
    expect(await on(personId, '2025-09-30')).toMatchObject([{ relation: 'active', contributingContinuously: true }])
    expect(await on(personId, '2025-10-01')).toMatchObject([
      { relation: 'retired', contributingContinuously: false, from: '2025-10-01', to: null },
    ])
  })

  it.each([
    ['on the first day', '2025-03-01', BadInput],
    ['on no date', '2025-13-01', BadInput],
  ])('a change %s is bad input', async (_, date, kind) => {
    const { enrolmentId } = await insured()
    const change = bySystem(node, (work) => changeEnrolment(work, { enrolmentId, on: date, relation: 'retired' }))
    await expect(change).rejects.toBeInstanceOf(kind)
  })

  it('what has ended cannot be prolonged or changed, only ended earlier', async () => {
    const { personId, enrolmentId } = await insured()
    const end = (to: string) => bySystem(node, (work) => endEnrolment(work, { enrolmentId, to }))
    await end('2025-12-31')
    await expect(end('2026-01-01')).rejects.toMatchObject({ code: 'enrolment_ended', params: { toOn: '2025-12-31' } })
    const change = bySystem(node, (work) => changeEnrolment(work, { enrolmentId, on: '2026-01-01' }))
    await expect(change).rejects.toMatchObject({ code: 'enrolment_ended' })
    await end('2025-06-30')
    expect(await on(personId, '2025-07-01')).toEqual([])
  })
})

describe('one insurance through one employer at a time', () => {
  it('an overlap is refused, the day after the end is not', async () => {
    const { enrolmentId, terms } = await insured()
    await bySystem(node, (work) => endEnrolment(work, { enrolmentId, to: '2025-12-31' }))
    const overlapping = bySystem(node, (work) => enrol(work, { ...terms, from: '2025-12-31' }))
    await expect(overlapping).rejects.toMatchObject({ code: 'enrolment_overlaps' })
    await bySystem(node, (work) => enrol(work, { ...terms, from: '2026-01-01' }))
  })

  it('a second employer may insure the same person', async () => {
    const { personId, terms } = await insured()
    const employerId = await giveEmployer(node)
    await bySystem(node, (work) => enrol(work, { ...terms, employerId, from: '2025-03-01' }))
    expect(await on(personId, '2025-03-01')).toHaveLength(2)
  })
})

describe('who may', () => {
  it('an agency insures with itself only, and does not end what another one keeps', async () => {
    const { personId, enrolmentId, terms } = await insured()
    const foreign = inTransaction(node, staff('320100'), (work) =>
      enrol(work, { ...terms, insurance: 'pension', agency: '320500', from: '2025-03-01' }),
    )
    await expect(foreign).rejects.toMatchObject({ code: 'outside_own_agency' })
    const unseen = inTransaction(node, staff('320500'), (work) => endEnrolment(work, { enrolmentId, to: '2025-12-31' }))
    await expect(unseen).rejects.toMatchObject({ code: 'enrolment_unknown' })
    const stranger = inTransaction(node, staff('320500'), (work) =>
      enrol(work, { ...terms, personId, agency: '320500', from: '2025-03-01' }),
    )
    await expect(stranger).rejects.toMatchObject({ code: 'person_unknown' })
  })
})
