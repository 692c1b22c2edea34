import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  beginEmploymentStatus,
  employmentStatusesOf,
  endEmploymentStatus,
  type NewEmploymentStatus,
} from './employment-status.ts'
import { bySystem, givePerson, peopleNode, staff } from './fixtures.testing.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

const caseId = '00000000-0000-7000-8000-0000000000c7'

async function registered(from = '2025-03-01') {
  const personId = await givePerson(node)
  const terms: NewEmploymentStatus = { personId, status: 'employed', form: 'platform', agency: '320100', from, caseId }
  return { personId, terms, statusId: await bySystem(node, (work) => beginEmploymentStatus(work, terms)) }
}
const on = (personId: string, day: string) =>
  bySystem(node, (work) => employmentStatusesOf(work, personId, { on: day }, 'test'))

describe('C7.01: a registered employment status', () => {
  it('holds from its first day until it is ended', async () => {
    const { personId, statusId } = await registered()
    expect(await on(personId, '2025-02-28')).toEqual([])
    expect(await on(personId, '2025-03-01')).toMatchObject([{ status: 'employed', form: 'platform' }])
    await bySystem(node, (work) => endEmploymentStatus(work, { statusId, to: '2025-06-30' }))
    expect(await on(personId, '2025-06-30')).toHaveLength(1)
    expect(await on(personId, '2025-07-01')).toEqual([])
  })

  it('is one at a time, and ends once', async () => {
    const { personId, terms, statusId } = await registered()
    const unemployed = { personId, status: 'unemployed', agency: '320100', from: '2025-06-01', caseId } as const
    await expect(bySystem(node, (work) => beginEmploymentStatus(work, unemployed))).rejects.toMatchObject({
      code: 'employment_status_overlaps',
    })
    const end = (to: string) => bySystem(node, (work) => endEmploymentStatus(work, { statusId, to }))
    await expect(end('2025-02-28')).rejects.toBeInstanceOf(BadInput)
    await end('2025-05-31')
    await expect(end('2025-05-30')).rejects.toMatchObject({ code: 'employment_status_unknown' })
    await bySystem(node, (work) => beginEmploymentStatus(work, unemployed))
    expect(await on(personId, '2025-06-01')).toMatchObject([{ status: 'unemployed', form: null }])
    expect(terms.from).toBe('2025-03-01')
  })

  it('is seen by the agency and the person, and by nobody else', async () => {
    const { personId } = await registered()
    const as = (actor: Parameters<typeof inTransaction>[1]) =>
      inTransaction(node, actor, (work) => employmentStatusesOf(work, personId, {}, 'test'))
    expect(await as(staff('320100'))).toHaveLength(1)
    expect(await as(staff('320200'))).toEqual([])
  })
})
