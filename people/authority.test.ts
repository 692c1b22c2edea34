import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { authoritiesHeldBy, authoritiesOf, endAuthority, findAuthority, recordAuthority } from './authority.ts'
import { bySystem, giveEmployer, givePerson, giveUser, nobody, peopleNode, staff } from './fixtures.testing.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

/** A mother and a daughter, each with an account. */
async function family() {
  const [mother, daughter] = [await givePerson(node), await givePerson(node)]
  const self = async (personId: string): Promise<Actor> => ({
    kind: 'person',
    userId: await giveUser(node, undefined, personId),
    personId,
  })
  return { mother, daughter, asMother: await self(mother), asDaughter: await self(daughter) }
}

function relative(subjectPersonId: string, agentPersonId: string) {
  return { relation: 'relative', subjectPersonId, agentPersonId, evidence: '户口簿', from: '2026-01-01' } as const
}

describe('authority to act for a person', () => {
  it.each([
    ['the day before', '2025-12-31', false],
    ['the first day', '2026-01-01', true],
    ['the last day', '2026-06-30', true],
    ['the day after', '2026-07-01', false],
  ])('%s', async (_, on, found) => {
    const { mother, daughter, asDaughter } = await family()
    await bySystem(node, (work) => recordAuthority(work, { ...relative(mother, daughter), to: '2026-06-30' }))
    const query = { subjectPersonId: mother, agentPersonId: daughter, on }
    const authority = await inTransaction(node, asDaughter, (work) => findAuthority(work, query))
    expect(authority !== undefined).toBe(found)
  })

  it('goes one way', async () => {
    const { mother, daughter } = await family()
    await bySystem(node, (work) => recordAuthority(work, relative(mother, daughter)))
    const reverse = { subjectPersonId: daughter, agentPersonId: mother, on: '2026-05-11' }
    expect(await bySystem(node, (work) => findAuthority(work, reverse))).toBeUndefined()
  })

  it("an employer's officer holds it through the employer", async () => {
    const personId = await givePerson(node)
    const employerId = await giveEmployer(node)
    const officer = {
      kind: 'employer',
      userId: nobody,
      assignmentId: nobody,
      role: 'employer_officer',
      employerId,
    } as const
    const terms = { subjectPersonId: personId, evidence: '委托书', from: '2026-01-01' }
    await inTransaction(node, staff('320100', 'accept', await giveUser(node)), (work) =>
      recordAuthority(work, { ...terms, relation: 'employer_officer', agentEmployerId: employerId }),
    )
    const held = await inTransaction(node, officer, (work) =>
      authoritiesHeldBy(work, { agentEmployerId: employerId }, '2026-05-11'),
    )
    expect(held).toMatchObject([{ subjectPersonId: personId, agentPersonId: null, relation: 'employer_officer' }])
  })
})

describe('who gives it', () => {
  it('the person on the own phone, who may also end it', async () => {
    const { mother, daughter, asMother } = await family()
    const authorityId = await inTransaction(node, asMother, (work) => recordAuthority(work, relative(mother, daughter)))
    const given = (on: string) => inTransaction(node, asMother, (work) => authoritiesOf(work, mother, on, 'own page'))
    expect(await given('2026-05-12')).toMatchObject([{ authorityId, agentPersonId: daughter }])
    await inTransaction(node, asMother, (work) => endAuthority(work, { authorityId, to: '2026-05-11' }))
    expect(await given('2026-05-12')).toEqual([])
  })

  it('an agent neither hands it on nor ends it', async () => {
    const { mother, daughter, asDaughter } = await family()
    const authorityId = await bySystem(node, (work) => recordAuthority(work, relative(mother, daughter)))
    if (asDaughter.kind !== 'person') throw new TypeError('the daughter is a person')
    const agent = { ...asDaughter, onBehalfOf: mother }
    const friend = await givePerson(node)
    const handedOn = inTransaction(node, agent, (work) => recordAuthority(work, relative(mother, friend)))
    await expect(handedOn).rejects.toMatchObject({ code: 'authority_not_yours' })
    const ended = inTransaction(node, agent, (work) => endAuthority(work, { authorityId, to: '2026-05-11' }))
    await expect(ended).rejects.toMatchObject({ code: 'authority_not_yours' })
  })

  it('an officer of another agency does not', async () => {
    const { mother, daughter } = await family()
    const stranger = inTransaction(node, staff('650100', 'accept', await giveUser(node)), (work) =>
      recordAuthority(work, relative(mother, daughter)),
    )
    await expect(stranger).rejects.toMatchObject({ code: 'outside_own_agency' })
  })

  it('once at a time for one agent, and never to oneself', async () => {
    const { mother, daughter } = await family()
    await bySystem(node, (work) => recordAuthority(work, relative(mother, daughter)))
    const again = bySystem(node, (work) => recordAuthority(work, relative(mother, daughter)))
    await expect(again).rejects.toMatchObject({ code: 'authority_already_recorded' })
    const oneself = bySystem(node, (work) => recordAuthority(work, relative(mother, mother)))
    await expect(oneself).rejects.toBeInstanceOf(BadInput)
  })
})
