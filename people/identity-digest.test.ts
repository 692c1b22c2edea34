import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { bySystem, newPerson, peopleNode, staff } from './fixtures.testing.ts'
import {
  findPersonByDigest,
  identityDigest,
  recordSharedSources,
  revealIdentityDigest,
  sharedSourcesOf,
} from './identity-digest.ts'
import { registerPerson } from './person.ts'
import { peopleTables } from './tables.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

describe('finding the same person in another region (B2.03)', () => {
  it('by number and name together, never by one of them; also a record made before there were digests', async () => {
    const { idNumber, name, ...rest } = newPerson()
    const { personId } = await bySystem(node, (work) => registerPerson(work, { idNumber, name, ...rest }))
    const find = (digest: string) => bySystem(node, (work) => findPersonByDigest(work, digest, 'test'))
    expect(await find(identityDigest(idNumber, name))).toBe(personId)
    expect(await find(identityDigest(idNumber, `${name}甲`))).toBeUndefined()
    await bySystem(node, (work) =>
      peopleTables(work)
        .updateTable('people.person')
        .set({ identity_digest_index: null })
        .where('id', '=', personId)
        .execute(),
    )
    expect(await find(identityDigest(idNumber, name))).toBe(personId)
  })

  it('is kept under the key of the node: nothing that stands beside the name lets the number be tried out', async () => {
    const { idNumber, name, ...rest } = newPerson()
    const { personId } = await bySystem(node, (work) => registerPerson(work, { idNumber, name, ...rest }))
    const kept = await bySystem(node, (work) =>
      peopleTables(work).selectFrom('people.person').selectAll().where('id', '=', personId).executeTakeFirstOrThrow(),
    )
    expect(kept.identity_digest_index).toMatch(/^[0-9a-f]{64}$/)
    expect(Object.values(kept)).not.toContain(identityDigest(idNumber, name))
  })

  it('the digest is revealed like the number, and the reveal is logged', async () => {
    const { idNumber, name, ...rest } = newPerson()
    const { personId } = await bySystem(node, (work) => registerPerson(work, { idNumber, name, ...rest }))
    const digest = await bySystem(node, (work) => revealIdentityDigest(work, personId, 'a question'))
    expect(digest).toBe(identityDigest(idNumber, name))
    const [last] = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(last).toMatchObject({ action: 'reveal_id_number', purpose: 'a question' })
  })

  it('on whose word a record stands is written by the node alone and never changed', async () => {
    const { idNumber, name, ...rest } = newPerson()
    const person = { idNumber, name, ...rest, agency: '320102' }
    const { personId } = await bySystem(node, (work) => registerPerson(work, person))
    const source = {
      ...{ personId, record: 'contribution' as const, reference: 'unemployment 2025-01' },
      ...{ region: '620000', answer: 'XW-1', saidOn: '2026-05-11' },
    }
    await bySystem(node, (work) => recordSharedSources(work, [source]))
    expect(await bySystem(node, (work) => sharedSourcesOf(work, personId, 'test'))).toMatchObject([source])
    await expect(inTransaction(node, staff('320102'), (work) => recordSharedSources(work, [source]))).rejects.toThrow()
    await expect(
      bySystem(node, (work) => peopleTables(work).deleteFrom('people.shared_source').execute()),
    ).rejects.toThrow()
  })
})
