import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestNode } from '../ground/testing.ts'
import { enrol } from './enrolment.ts'
import { bySystem, peopleNode } from './fixtures.testing.ts'
import { makeSyntheticIdNumber } from './identity-number.ts'
import { insuredPeople } from './insured-people.ts'
import { recordDeath, registerPerson } from './person.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

let sequence = 0

async function insured(birthOn: string, enrolment: { to?: string; insurance?: 'pension' } = {}): Promise<string> {
  sequence += 1
  return bySystem(node, async (work) => {
    const idNumber = makeSyntheticIdNumber({ region: '320102', birthOn, sequence })
    const { personId } = await registerPerson(work, {
      idNumber,
      name: '沈试样',
      homeRegion: '320102',
      agency: '320100',
    })
    const spec = { personId, poolingArea: 'test', agency: '320100', from: '2012-07-01' }
    await enrol(work, { insurance: 'resident_pension', ...spec, ...enrolment })
    return personId
  })
}

describe('everybody who is insured and was born by a day', () => {
  it('both sides of the day; nobody whose enrolment ended, who died, or who is insured otherwise', async () => {
    const due = await insured('1966-05-11')
    await insured('1966-05-12')
    await insured('1960-01-01', { to: '2020-12-31' })
    await insured('1960-01-01', { insurance: 'pension' })
    const dead = await insured('1960-01-01')
    await bySystem(node, (work) => recordDeath(work, dead, '2024-03-01'))
    const query = { insurance: 'resident_pension', on: '2026-05-11', bornBy: '1966-05-11' } as const
    const found = await bySystem(node, async (work) => {
      const people: string[] = []
      for await (const page of insuredPeople(work, query, 'test')) people.push(...page.map(({ personId }) => personId))
      return people
    })
    expect(found).toEqual([due])
  })
})
