import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { beginEmployment, changePost, employmentsOf, endEmployment, listEndReasons } from './employment.ts'
import { bySystem, giveEmployer, givePerson, nobody, peopleNode, staff } from './fixtures.testing.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

async function employed(occupation?: string) {
  const [employerId, personId] = [await giveEmployer(node), await givePerson(node)]
  const terms = { personId, employerId, from: '2025-03-01', ...(occupation !== undefined && { occupation }) }
  const employmentId = await bySystem(node, (work) => beginEmployment(work, terms))
  return { ...terms, employmentId }
}

const on = (personId: string, day?: string) =>
  bySystem(node, (work) => employmentsOf(work, personId, day === undefined ? {} : { on: day }, 'test'))

describe('who works for whom', () => {
  it.each([
    ['2025-02-28', 0],
    ['2025-03-01', 1],
    ['2025-12-31', 1],
    ['2026-01-01', 0],
  ])('on %s', async (day, count) => {
    const { personId, employmentId } = await employed()
    await bySystem(node, (work) => endEmployment(work, { employmentId, to: '2025-12-31', reason: 'resigned' }))
    expect(await on(personId, day)).toHaveLength(count)
  })

  it.each([
    ['2025-02-28', null],
    ['2025-03-01', '6-18-01-01'],
    ['2025-05-31', '6-18-01-01'],
    ['2025-06-01', '6-18-02-04'],
    [undefined, '6-18-02-04'],
  ])('the post on %s is %s', async (day, occupation) => {
    const { personId, employmentId } = await employed('6-18-01-01')
    await bySystem(node, (work) => changePost(work, { employmentId, occupation: '6-18-02-04', from: '2025-06-01' }))
    expect((await on(personId, day))[0]?.occupation ?? null).toBe(occupation)
  })

  it('twice with one employer at a time is refused; again after the end, and with another, is not', async () => {
    const { employmentId, ...terms } = await employed()
    const again = (from: string, employerId = terms.employerId) =>
      bySystem(node, (work) => beginEmployment(work, { ...terms, employerId, from }))
    await expect(again('2025-06-01')).rejects.toMatchObject({ code: 'employment_overlaps' })
    await again('2025-06-01', await giveEmployer(node))
    await bySystem(node, (work) => endEmployment(work, { employmentId, to: '2025-05-31', reason: 'resigned' }))
    await again('2025-06-01')
    expect(await on(terms.personId, '2025-06-01')).toHaveLength(2)
  })
})

describe('why it ended', () => {
  it('C1-o2: what counts as a layoff is assumed, and every layoff is involuntary', async () => {
    const reasons = await bySystem(node, listEndReasons)
    const layoffs = reasons.filter(({ countsAsLayoff }) => countsAsLayoff)
    expect(layoffs.map(({ code }) => code)).toEqual(['dismissed', 'economic_layoff', 'mutual_by_employer'])
    expect(layoffs.every(({ involuntary, assumed }) => involuntary && assumed)).toBe(true)
  })

  it.each([
    ['economic_layoff', true],
    ['contract_expired', true],
    ['employer_at_fault', true],
    ['resigned', false],
    ['mutual_by_worker', false],
  ])('%s: involuntary %s', async (reason, involuntary) => {
    const { personId, employmentId } = await employed()
    await bySystem(node, (work) => endEmployment(work, { employmentId, to: '2025-12-31', reason }))
    expect(await on(personId)).toMatchObject([{ endReason: reason, involuntary, to: '2025-12-31' }])
  })

  it('an end stands, also against raw SQL; an unknown reason and a day before the beginning are refused', async () => {
    const { employmentId } = await employed()
    const end = (to: string, reason: string) =>
      bySystem(node, (work) => endEmployment(work, { employmentId, to, reason }))
    await expect(end('2025-12-31', 'bored')).rejects.toMatchObject({ code: 'end_reason_unknown' })
    await expect(end('2025-02-28', 'resigned')).rejects.toBeInstanceOf(BadInput)
    await end('2025-12-31', 'resigned')
    await expect(end('2025-12-30', 'dismissed')).rejects.toMatchObject({ code: 'employment_ended' })
    const raw = sql`UPDATE people.employment SET end_reason = 'dismissed' WHERE id = ${employmentId}`
    await expect(bySystem(node, (work) => raw.execute(work.db))).rejects.toThrow('employment_ended')
  })
})

describe('who may', () => {
  const officer = (employerId: string) =>
    ({ kind: 'employer', userId: nobody, assignmentId: nobody, role: 'employer_officer', employerId }) as const

  it('the employer reports the end of its own; another employer and another agency do not see it', async () => {
    const { employerId, employmentId, personId } = await employed()
    const end = { employmentId, to: '2025-12-31', reason: 'economic_layoff' }
    for (const actor of [officer(nobody), staff('320500')]) {
      const refused = inTransaction(node, actor, (work) => endEmployment(work, end))
      await expect(refused).rejects.toMatchObject({ code: 'employment_unknown' })
    }
    await inTransaction(node, officer(employerId), (work) => endEmployment(work, end))
    const own = await inTransaction(node, { kind: 'person', userId: nobody, personId }, (work) =>
      employmentsOf(work, personId, {}, 'mine'),
    )
    expect(own).toMatchObject([{ endReason: 'economic_layoff' }])
    const log = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(log.map(({ action }) => action)).toEqual([
      'read_employments',
      'end_employment',
      'begin_employment',
      'register_person',
    ])
  })
})
