import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { assign } from './assignment.ts'
import { bySystem, givePerson, giveUser, peopleNode, staff } from './fixtures.testing.ts'
import {
  createUser,
  findUserByLogin,
  getUser,
  recordFailedSignIn,
  recordSuccessfulSignIn,
  setPasswordHash,
} from './user.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

describe('accounts', () => {
  it('are found by login in any case', async () => {
    const userId = await bySystem(node, (work) => createUser(work, { login: 'Shen.Shiyang', displayName: '沈试样' }))
    expect(await bySystem(node, (work) => findUserByLogin(work, ' SHEN.shiyang'))).toEqual({
      userId,
      login: 'shen.shiyang',
      displayName: '沈试样',
      personId: null,
      passwordHash: null,
      failedCount: 0,
      lockedUntil: null,
    })
  })

  it('one login, and one account of a person', async () => {
    const personId = await givePerson(node)
    await bySystem(node, (work) => createUser(work, { login: 'resident', displayName: '居民', personId }))
    const sameLogin = bySystem(node, (work) => createUser(work, { login: 'resident', displayName: '另一人' }))
    await expect(sameLogin).rejects.toMatchObject({ code: 'login_taken' })
    const samePerson = bySystem(node, (work) => createUser(work, { login: 'resident2', displayName: '居民', personId }))
    await expect(samePerson).rejects.toMatchObject({ code: 'person_has_account' })
    const badLogin = bySystem(node, (work) => createUser(work, { login: '居民', displayName: '居民' }))
    await expect(badLogin).rejects.toBeInstanceOf(BadInput)
  })

  it('are made by the node and by permission administrators', async () => {
    const make = (role: string, login: string) =>
      inTransaction(node, staff('320100', role), (work) => createUser(work, { login, displayName: '新用户' }))
    await expect(make('permission_admin', 'made-by-admin')).resolves.toBeDefined()
    await expect(make('accept', 'made-by-officer')).rejects.toMatchObject({ code: 'outside_own_agency' })
  })

  it('an officer sees colleagues of the agency, by their assignments', async () => {
    const userId = await giveUser(node)
    await bySystem(node, (work) => assign(work, { userId, role: 'review', agency: '320100', from: '2026-01-01' }))
    const colleague = inTransaction(node, staff('320100'), (work) => getUser(work, userId))
    expect((await colleague).userId).toBe(userId)
    const stranger = inTransaction(node, staff('320500'), (work) => getUser(work, userId))
    await expect(stranger).rejects.toMatchObject({ code: 'user_unknown' })
  })
})

describe('signing in', () => {
  const limits = { failuresMax: 3, lockMinutes: 15 }

  it('is locked from the third failure on, and open again after a right password', async () => {
    const userId = await giveUser(node, 'locksmith')
    await bySystem(node, (work) => setPasswordHash(work, userId, 'a hash'))
    const fail = () => bySystem(node, (work) => recordFailedSignIn(work, userId, limits))
    expect([await fail(), await fail(), await fail()]).toEqual([null, null, '2026-05-11T01:15:00.000Z'])
    expect(await bySystem(node, (work) => findUserByLogin(work, 'locksmith'))).toMatchObject({
      passwordHash: 'a hash',
      failedCount: 3,
      lockedUntil: '2026-05-11T01:15:00.000Z',
    })
    await bySystem(node, (work) => recordSuccessfulSignIn(work, userId))
    expect(await bySystem(node, (work) => findUserByLogin(work, 'locksmith'))).toMatchObject({
      failedCount: 0,
      lockedUntil: null,
    })
  })

  it('a new password forgets the failures', async () => {
    const userId = await giveUser(node, 'forgetful')
    await bySystem(node, (work) => setPasswordHash(work, userId, 'old'))
    await bySystem(node, (work) => recordFailedSignIn(work, userId, limits))
    await bySystem(node, (work) => setPasswordHash(work, userId, 'new'))
    const found = await bySystem(node, (work) => findUserByLogin(work, 'forgetful'))
    expect(found).toMatchObject({ passwordHash: 'new', failedCount: 0 })
  })

  it('no officer sees or sets a password hash', async () => {
    const userId = await giveUser(node, 'secretive')
    await bySystem(node, (work) => setPasswordHash(work, userId, 'a hash'))
    const admin = staff('320000', 'permission_admin')
    const seen = await inTransaction(node, admin, (work) => findUserByLogin(work, 'secretive'))
    expect(seen).toMatchObject({ userId, passwordHash: null })
    const set = inTransaction(node, admin, (work) => setPasswordHash(work, userId, 'mine'))
    await expect(set).rejects.toMatchObject({ code: 'outside_own_agency' })
  })
})
