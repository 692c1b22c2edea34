import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction, Refusal } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  assign,
  assignmentActor,
  assignmentsOf,
  endAssignment,
  exclusivePairs,
  getAssignment,
  listRoles,
} from './assignment.ts'
import { bySystem, giveEmployer, giveUser, nobody, peopleNode, staff } from './fixtures.testing.ts'
import { registerInstitution } from './institution.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

function give(userId: string, role: string, from: string, to?: string, agency = '320100') {
  return bySystem(node, (work) => assign(work, { userId, role, agency, from, ...(to && { to }) }))
}

describe('roles that exclude each other (B3.11, B3-t2, G6.08, G6-t1)', () => {
  it.each([
    ['accept', 'review', true],
    ['review', 'accept', true],
    ['review', 'pay', true],
    ['accept', 'pay', true],
    ['approve', 'pay', true],
    ['permission_admin', 'accept', true],
    ['permission_admin', 'pay', true],
    ['values_admin', 'review', true],
    ['catalogue_admin', 'approve', true],
    ['audit', 'accept', true],
    ['audit', 'pay', true],
    ['control', 'permission_admin', true],
    ['hub_clerk', 'pay', true],
    ['accept', 'approve', false],
    ['audit', 'control', false],
    ['supervisor', 'review', false],
  ])('%s and %s', async (held, wanted, excluded) => {
    const userId = await giveUser(node)
    await give(userId, held, '2026-01-01')
    const second = give(userId, wanted, '2026-06-01')
    if (!excluded) await expect(second).resolves.toBeDefined()
    else {
      await expect(second).rejects.toMatchObject({
        code: 'exclusive_roles',
        clause: 'B3.11',
        params: { role: wanted, heldRole: held },
      })
    }
  })

  it.each([
    ['the day before the first', undefined, '2025-12-31', false],
    ['the first day', undefined, '2026-01-01', true],
    ['the last day', '2026-06-30', undefined, true],
    ['the day after the last', '2026-07-01', undefined, false],
  ])(
    'a role that excludes one from January to June 2026, touching %s',
    async (_, from = '2025-01-01', to, excluded) => {
      const userId = await giveUser(node)
      await give(userId, 'accept', '2026-01-01', '2026-06-30')
      const outcome = await give(userId, 'review', from, to).then(
        () => false,
        (error) => error instanceof Refusal && error.code === 'exclusive_roles',
      )
      expect(outcome).toBe(excluded)
    },
  )

  it('also when the other role is held in an agency that the administrator does not see', async () => {
    const userId = await giveUser(node)
    await give(userId, 'accept', '2026-01-01', undefined, '320500')
    const second = inTransaction(node, staff('320100', 'permission_admin', await giveUser(node)), (work) =>
      assign(work, { userId, role: 'review', agency: '320100', from: '2026-01-01' }),
    )
    await expect(second).rejects.toMatchObject({ code: 'exclusive_roles' })
  })

  it('only one of two given at the same moment', async () => {
    const userId = await giveUser(node)
    const both = await Promise.allSettled([give(userId, 'accept', '2026-01-01'), give(userId, 'review', '2026-01-01')])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('raw SQL: refused by the database when added, and when an end is moved', async () => {
    const userId = await giveUser(node)
    const first = await give(userId, 'accept', '2026-01-01', '2026-06-30')
    const insert = bySystem(node, (work) =>
      sql`INSERT INTO people.assignment (id, user_id, role, kind, agency, from_on, assigned_at)
        VALUES (gen_random_uuid(), ${userId}, 'review', 'staff', '320100', '2026-06-30', now())`.execute(work.db),
    )
    await expect(insert).rejects.toThrow('exclusive_roles')
    await give(userId, 'review', '2026-07-01')
    const prolong = bySystem(node, (work) =>
      sql`UPDATE people.assignment SET to_on = '2026-07-01' WHERE id = ${first}`.execute(work.db),
    )
    await expect(prolong).rejects.toThrow('exclusive_roles')
  })

  it('every pair has a source; only acceptance with review is from the text', async () => {
    const pairs = await bySystem(node, exclusivePairs)
    expect(pairs.every((pair) => pair.source.startsWith('B3.11'))).toBe(true)
    expect(pairs.filter((pair) => !pair.assumed)).toEqual([
      { first: 'accept', second: 'review', source: 'B3.11', assumed: false },
    ])
  })
})

describe('who assigns', () => {
  it.each([
    ['the administrator of the agency', () => staff('320100', 'permission_admin'), undefined],
    ['the administrator of the province', () => staff('320000', 'permission_admin'), undefined],
    ['the administrator of another city', () => staff('320500', 'permission_admin'), 'outside_own_agency'],
    ['an officer', () => staff('320100', 'accept'), 'permission_admin_only'],
    ['nobody signed in', () => ({ kind: 'public' }) as const, 'permission_admin_only'],
  ])('%s', async (_, makeActor, code) => {
    const userId = await giveUser(node)
    const actor = makeActor()
    const assigner = actor.kind === 'staff' ? { ...actor, userId: await giveUser(node) } : actor
    const given = inTransaction(node, assigner, (work) =>
      assign(work, { userId, role: 'accept', agency: '320100', from: '2026-01-01' }),
    )
    if (code) await expect(given).rejects.toMatchObject({ code })
    else await expect(given).resolves.toBeDefined()
  })

  it('raw SQL: an officer cannot give a role, nor an administrator in the name of another', async () => {
    const userId = await giveUser(node)
    const insert = sql`INSERT INTO people.assignment (id, user_id, role, kind, agency, from_on, assigned_at)
      VALUES (gen_random_uuid(), ${userId}, 'accept', 'staff', '320100', '2026-01-01', now())`
    for (const role of ['accept', 'permission_admin']) {
      const given = inTransaction(node, staff('320100', role), (work) => insert.execute(work.db))
      await expect(given).rejects.toThrow('row-level security')
    }
  })
})

describe('an assignment', () => {
  it('acts for the body of its role, and becomes the actor of the user', async () => {
    const userId = await giveUser(node)
    const employerId = await giveEmployer(node)
    const hospital = { code: 'H1', name: '试样医院', kind: 'hospital', level: 3, region: '320102' } as const
    const from = '2026-01-01'
    const actors = await bySystem(node, async (work) => {
      const institutionId = await registerInstitution(work, hospital)
      await assign(work, { userId, role: 'accept', agency: '320100', from })
      await assign(work, { userId, role: 'employer_officer', employerId, from })
      await assign(work, { userId, role: 'hospital_office', institutionId, from })
      return (await assignmentsOf(work, userId, '2026-05-11')).map(assignmentActor)
    })
    expect(actors).toEqual([
      { kind: 'staff', userId, assignmentId: expect.any(String), role: 'accept', agency: '320100' },
      { kind: 'employer', userId, assignmentId: expect.any(String), role: 'employer_officer', employerId },
      {
        kind: 'institution',
        userId,
        assignmentId: expect.any(String),
        role: 'hospital_office',
        institutionId: expect.any(String),
      },
    ])
  })

  it.each([
    ['no body', { role: 'accept' }],
    ['the wrong body', { role: 'accept', employerId: nobody }],
    ['two bodies', { role: 'accept', agency: '320100', employerId: nobody }],
    ['an unknown role', { role: 'janitor', agency: '320100' }],
  ])('with %s is bad input', async (_, terms) => {
    const userId = await giveUser(node)
    const given = bySystem(node, (work) => assign(work, { userId, from: '2026-01-01', ...terms }))
    await expect(given).rejects.toBeInstanceOf(BadInput)
  })

  it('holds to its last day and is not prolonged', async () => {
    const userId = await giveUser(node)
    const assignmentId = await give(userId, 'accept', '2026-01-01')
    const end = (to: string) => bySystem(node, (work) => endAssignment(work, { assignmentId, to }))
    await end('2026-06-30')
    const held = (on: string) => bySystem(node, (work) => assignmentsOf(work, userId, on))
    expect([(await held('2026-06-30')).length, (await held('2026-07-01')).length]).toEqual([1, 0])
    await expect(end('2026-07-01')).rejects.toMatchObject({ code: 'assignment_ended' })
  })

  it('is not ended by its own user, an administrator elsewhere', async () => {
    const userId = await giveUser(node)
    const assignmentId = await give(userId, 'permission_admin', '2026-01-01')
    const elsewhere = staff('320500', 'permission_admin', userId)
    const end = inTransaction(node, elsewhere, (work) => endAssignment(work, { assignmentId, to: '2026-06-30' }))
    await expect(end).rejects.toMatchObject({ code: 'outside_own_agency' })
  })

  it('is seen by its user and its agency', async () => {
    const userId = await giveUser(node)
    const assignmentId = await give(userId, 'accept', '2026-01-01')
    const seen = (actor: ReturnType<typeof staff>) =>
      inTransaction(node, actor, (work) => getAssignment(work, assignmentId))
    expect((await seen(staff('650100', 'accept', userId))).role).toBe('accept')
    expect((await seen(staff('320100'))).role).toBe('accept')
    await expect(seen(staff('320500'))).rejects.toMatchObject({ code: 'assignment_unknown' })
  })

  it('roles have a title in both languages', async () => {
    const roles = await bySystem(node, listRoles)
    expect(roles.find((role) => role.code === 'accept')).toEqual({
      code: 'accept',
      kind: 'staff',
      duty: 'operations',
      title: { zh: '受理（初审）', en: 'Acceptance' },
    })
    expect(roles.every((role) => role.title.zh && role.title.en)).toBe(true)
  })
})
