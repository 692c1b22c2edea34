import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { nationalCard, recordNationalServices } from './national-services.ts'
import { listServiceItems } from './service-items.ts'
import { registersMigrations } from './tables.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)

describe('national services of the e-card (B1.11)', () => {
  it('B1-t3: the catalogue filtered by level national counts 102, of which those that no text names say so', async () => {
    await run(recordNationalServices)
    await run(recordNationalServices)
    const national = await run((work) =>
      listServiceItems(work, work.today, { service: nationalCard, level: 'national' }),
    )
    expect(national).toHaveLength(102)
    expect(national.filter(({ assumed }) => !assumed)).toHaveLength(11)
    expect(national.find(({ assumed }) => assumed)).toMatchObject({ source: 'B1.11, B1-o1' })
    expect(await run((work) => listServiceItems(work, work.today, { level: 'local' }))).toEqual([])
  })
})
