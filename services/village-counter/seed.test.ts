import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, inTransaction, readMigrations, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations } from '../../law/door.ts'
import {
  contributedMonths,
  createUser,
  findUserByLogin,
  peopleMigrations,
  registerPerson,
  setPasswordHash,
} from '../../people/door.ts'
import { listControlRules, registersMigrations } from '../../registers/door.ts'
import { countersOn, coverage, settlements } from './counters.ts'
import { demoLogins, seed } from './seed.ts'
import { villager } from './village.testing.ts'

let node: TestNode
const run = <T>(action: (work: Work) => Promise<T>, actor: Actor = systemActor) => inTransaction(node, actor, action)

beforeAll(async () => {
  const migrations = [
    await lawMigrations(),
    await peopleMigrations(),
    await registersMigrations(),
    await readMigrations('svc_village_counter', new URL('./migrations/', import.meta.url)),
  ]
  node = await testNode({ region: '340000', migrations })
})
afterAll(() => node.close())

describe('the demo world', () => {
  it('has the 74 rules, a township with three villages, who signs in there, and places outside every circle (B3.01)', async () => {
    const { personId } = await run(async (work) => {
      const userId = await createUser(work, { login: 'hefei-accept', displayName: '示例' })
      await setPasswordHash(work, userId, '$argon2id$v=19$m=1,t=1,p=1$synthetic')
      return registerPerson(work, { ...villager(1, '1966-04-20'), homeRegion: '340123', agency: '340100' })
    })
    await seed({ node, idOf: () => personId, run })
    expect(await run((work) => listControlRules(work, 'village-counter', '2026-05-11'))).toHaveLength(74)
    expect(await run((work) => countersOn(work, '2026-05-11'))).toHaveLength(4)
    for (const login of demoLogins['340000']) {
      const user = await run((work) => findUserByLogin(work, login))
      expect(user, login).toMatchObject({ passwordHash: '$argon2id$v=19$m=1,t=1,p=1$synthetic' })
    }
    const circle = await run(async (work) =>
      coverage(await settlements(work), await countersOn(work, work.today), 5_000),
    )
    expect(circle).toMatchObject({ residents: 3_540, covered: 3_280, outside: [{ name: '示例三村沟口' }] })
    const paid = { insurance: 'resident_pension', before: '2026-05-11' } as const
    expect((await run((work) => contributedMonths(work, personId, paid, 'test'))).months).toBe(108)
  })
})
