import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, addDays, BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { authoritiesHeldBy, authoritiesOf, endAuthority, findAuthority, recordAuthority } from './authority.ts'
import {
  bySystem,
  giveEmployer,
  givePerson,
  giveUser,
  newPerson,
  nobody,
  peopleNode,
  staff,
} from './fixtures.testing.ts'
import { registerPerson } from './person.ts'
import { maskName } from './person-names.ts'
import { agentByIdentity, agentOfProxyCode, giveAuthorityByCode, issueProxyCode } from './proxy-code.ts'

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
    await inTransaction(node, asMother, (work) => endAuthority(work, authorityId))
    expect(await given('2026-05-12')).toEqual([])
  })

  it('withdrawn, it is over at once, and was good on the days before', async () => {
    const { mother, daughter, asMother, asDaughter } = await family()
    const authorityId = await bySystem(node, (work) => recordAuthority(work, relative(mother, daughter)))
    const isHeld = (on: string) =>
      inTransaction(node, asDaughter, async (work) => {
        const found = await findAuthority(work, { subjectPersonId: mother, agentPersonId: daughter, on })
        return found !== undefined
      })
    const today = await bySystem(node, async (work) => work.today)
    expect(await isHeld(today)).toBe(true)
    await inTransaction(node, asMother, (work) => endAuthority(work, authorityId))
    expect([await isHeld(addDays(today, -1)), await isHeld(today), await isHeld(addDays(today, 1))]).toEqual([
      true,
      false,
      false,
    ])
    const again = inTransaction(node, asMother, (work) => endAuthority(work, authorityId))
    await expect(again).rejects.toMatchObject({ code: 'authority_unknown' })
    await bySystem(node, (work) => recordAuthority(work, { ...relative(mother, daughter), from: today }))
    expect(await isHeld(today)).toBe(true)
  })

  it('an agent neither hands it on nor ends it', async () => {
    const { mother, daughter, asDaughter } = await family()
    const authorityId = await bySystem(node, (work) => recordAuthority(work, relative(mother, daughter)))
    if (asDaughter.kind !== 'person') throw new TypeError('the daughter is a person')
    const agent = { ...asDaughter, onBehalfOf: mother }
    const friend = await givePerson(node)
    const handedOn = inTransaction(node, agent, (work) => recordAuthority(work, relative(mother, friend)))
    await expect(handedOn).rejects.toMatchObject({ code: 'authority_not_yours' })
    const ended = inTransaction(node, agent, (work) => endAuthority(work, authorityId))
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

describe('given by a code that the other shows', () => {
  const gift = (proxyCode: string) => ({ proxyCode, relation: 'relative' as const, scope: ['matters' as const] })

  it('names the one who showed it, masked, covers what was chosen, and is good once', async () => {
    const { mother, daughter, asMother, asDaughter } = await family()
    const { code } = await inTransaction(node, asDaughter, issueProxyCode)
    expect(code).toMatch(/^\d{8}$/)
    const spaced = `${code.slice(0, 4)} ${code.slice(4)}`
    expect(await inTransaction(node, asMother, (work) => agentOfProxyCode(work, spaced))).toEqual({
      agentNameMasked: '沈*样',
    })
    await inTransaction(node, asMother, (work) => giveAuthorityByCode(work, gift(spaced)))
    const on = await bySystem(node, async (work) => work.today)
    const given = await inTransaction(node, asMother, (work) => authoritiesOf(work, mother, on, 'own page'))
    expect(given).toMatchObject([
      { agentPersonId: daughter, agentName: '沈试样', scope: ['matters'], evidence: 'given_online' },
    ])
    const again = inTransaction(node, asMother, (work) => agentOfProxyCode(work, code))
    await expect(again).rejects.toMatchObject({ code: 'proxy_code_unknown' })
  })

  it('not after ten minutes, not by one who acts for another', async () => {
    const { mother, asMother, asDaughter } = await family()
    const { code } = await inTransaction(node, asDaughter, issueProxyCode)
    node.clock.advance(10 * 60_000)
    const late = inTransaction(node, asMother, (work) => giveAuthorityByCode(work, gift(code)))
    await expect(late).rejects.toMatchObject({ code: 'proxy_code_unknown' })
    if (asDaughter.kind !== 'person') throw new TypeError('the daughter is a person')
    const agent = { ...asDaughter, onBehalfOf: mother }
    await expect(inTransaction(node, agent, issueProxyCode)).rejects.toMatchObject({ code: 'authority_not_yours' })
    const forMother = inTransaction(node, agent, (work) => giveAuthorityByCode(work, gift(code)))
    await expect(forMother).rejects.toMatchObject({ code: 'authority_not_yours' })
  })

  it('and never without the matters themselves', async () => {
    const { mother, daughter } = await family()
    const cardAlone = bySystem(node, (work) =>
      recordAuthority(work, { ...relative(mother, daughter), scope: ['card'] }),
    )
    await expect(cardAlone).rejects.toBeInstanceOf(BadInput)
  })
})

describe('at the counter', () => {
  it('the agent is found by number and name together', async () => {
    const shown = newPerson({ name: '试样·孙' })
    const { personId } = await bySystem(node, (work) => registerPerson(work, shown))
    const found = (name: string) =>
      inTransaction(node, staff('650100', 'accept', nobody), (work) =>
        agentByIdentity(work, { idNumber: shown.idNumber, name }),
      )
    expect(await found('试样·孙')).toBe(personId)
    await expect(found('试样·李')).rejects.toMatchObject({ code: 'agent_not_registered' })
  })
})

describe('who really acted', () => {
  it('stands in the access log by name, apart from what the person did', async () => {
    const { mother, daughter, asMother, asDaughter } = await family()
    await bySystem(node, (work) => recordAuthority(work, relative(mother, daughter)))
    if (asDaughter.kind !== 'person') throw new TypeError('the daughter is a person')
    const look = (actor: Actor) =>
      inTransaction(node, actor, (work) => authoritiesOf(work, mother, '2026-05-11', 'look'))
    await look({ ...asDaughter, onBehalfOf: mother })
    await look(asMother)
    const log = await inTransaction(node, asMother, (work) => accessLogOf(work, mother, 2))
    expect(log.map(({ agentName }) => agentName)).toEqual([null, '沈试样'])
  })

  it.each([
    ['王强', '王*'],
    ['王小强', '王*强'],
    ['王', '*'],
  ])('%s is shown to officers as %s', (name, masked) => expect(maskName(name)).toBe(masked))
})
