import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { listServiceItems, upsertServiceItem } from './service-items.ts'
import { registersMigrations } from './tables.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const as = <T>(actor: Actor, action: (work: Work) => Promise<T>) => inTransaction(node, actor, action)

describe('service items say what is asked and what is spared (A2.05, B2.06, B3.07)', () => {
  const item = (change: object = {}) => ({
    itemCode: 'SYN-0001',
    service: 'club',
    level: 'local',
    name: { zh: '入会', en: 'Joining the club' },
    maturity: 'can_be_done',
    proofsAsked: [{ zh: '居住证明', en: 'Proof of residence' }],
    proofsSaved: [],
    assumed: true,
    from: '2024-01-01',
    source: 'synthetic',
    ...change,
  })
  const write = (change: object = {}) => as(systemActor, (work) => upsertServiceItem(work, item(change)))

  it('a proof that is shared is not asked from its day', async () => {
    const saved = {
      zh: '居住证明',
      en: 'Proof of residence',
      sharedFrom: { zh: '公安户籍库', en: 'Residence register' },
    }
    await write()
    await write({ from: '2025-01-01', maturity: 'easy_to_do', proofsAsked: [], proofsSaved: [saved] })
    const on = (day: string, service?: string) =>
      as({ kind: 'public' }, (work) => listServiceItems(work, day, service === undefined ? {} : { service }))
    expect(await on('2024-12-31')).toMatchObject([{ maturity: 'can_be_done', proofsSaved: [], to: '2024-12-31' }])
    expect(await on('2025-01-01', 'club')).toMatchObject([{ proofsAsked: [], proofsSaved: [saved] }])
    expect(await on('2025-01-01', 'library')).toEqual([])
    await expect(write()).rejects.toMatchObject({ code: 'service_item_dates_clash' })
  })
})
