import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, inTransaction, maySee, type Owner } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { type Change, kindsFor } from './changes.ts'

const id = (number: number) => `00000000-0000-7000-8000-00000000000${number}`
const user = { userId: id(1), assignmentId: id(2) }
const officer = (role: string, agency: string): Actor => ({ kind: 'staff', ...user, role, agency })

const actors: Record<string, Actor> = {
  'a reviewer of Nanjing': officer('review', '320100'),
  'a supervisor of Jiangsu': officer('supervisor', '320000'),
  'a supervisor of Xinjiang': officer('supervisor', '650000'),
  'the hub': officer('hub_clerk', '000000'),
  'a resident': { kind: 'person', userId: id(1), personId: id(3) },
  'a relative who acts for them': { kind: 'person', userId: id(1), personId: id(4), onBehalfOf: id(3) },
  'another resident': { kind: 'person', userId: id(1), personId: id(4) },
  'a hospital': { kind: 'institution', ...user, role: 'hospital_office', institutionId: id(5) },
  'an employer': { kind: 'employer', ...user, role: 'employer_officer', employerId: id(6) },
  nobody: { kind: 'public' },
}

const nobodys: Owner = { agency: null, personId: null, institutionId: null, employerId: null }
const owners: Owner[] = [
  nobodys,
  { ...nobodys, agency: '320100', personId: id(3) },
  { ...nobodys, agency: '320000', employerId: id(6) },
  { ...nobodys, agency: '650100', institutionId: id(5), personId: id(4) },
  { ...nobodys, personId: id(3) },
]

describe('who may see whose', () => {
  let node: TestNode
  beforeAll(async () => {
    node = await testNode({ migrations: [] })
  })
  afterAll(() => node.close())

  it.each(Object.entries(actors))('%s: as the database says', async (_, actor) => {
    for (const owner of owners) {
      const { rows } = await inTransaction(node, actor, ({ db }) =>
        sql<{
          sees: boolean
        }>`SELECT ground.may_see(${owner.agency}, ${owner.personId}::uuid, ${owner.institutionId}::uuid,
          ${owner.employerId}::uuid) AS sees`.execute(db),
      )
      expect(maySee(actor, owner), JSON.stringify(owner)).toBe(rows[0]?.sees)
    }
  })
})

describe('what is told of a change', () => {
  const told = (change: Partial<Change>) =>
    Object.entries(actors).flatMap(([name, actor]) => {
      const kinds = kindsFor(actor, { what: 'case', ...nobodys, roles: [], ...change })
      return kinds.length === 0 ? [] : [`${name}: ${kinds.join(', ')}`]
    })

  it('of a case of a person in Nanjing that lies with the reviewers: those it is of, and there only', () => {
    expect(told({ agency: '320100', personId: id(3), roles: ['review'] })).toEqual([
      'a reviewer of Nanjing: cases, tasks',
      'a supervisor of Jiangsu: cases',
      'a resident: cases',
      'a relative who acts for them: cases',
    ])
  })

  it('of a notice: nobody but whom it is for', () => {
    expect(told({ what: 'notice', personId: id(4) })).toEqual(['another resident: notices'])
    expect(told({ what: 'notice', employerId: id(6) })).toEqual(['an employer: notices'])
  })

  it('of the books: those who may read them, of their own region', () => {
    expect(told({ what: 'transfer', agency: '320100' })).toEqual(['a supervisor of Jiangsu: books'])
  })

  it('of the exchange: officers', () => {
    expect(told({ what: 'exchange' })).toHaveLength(4)
  })
})
