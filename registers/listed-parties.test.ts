import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { endListing, importListings, listedCreditCodes, listingsOf } from './listed-parties.ts'
import { registersMigrations } from './tables.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ region: '130000', migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
let sequence = 0
const nextCode = () => `91130000TEST${String(++sequence).padStart(6, '0')}`
const row = (change: object = {}) => ({
  list: 'serious_dishonesty',
  creditCode: nextCode(),
  name: '试样单位',
  from: '2025-01-01',
  source: '试样公告',
  ...change,
})
const importRows = (...rows: object[]) => run((work) => importListings(work, '130000', rows))
const on = async (creditCode: string, day: string) =>
  (await run((work) => listingsOf(work, creditCode, day))).map(({ list }) => list)

describe('parties on a list (C2.07)', () => {
  it.each([
    ['2024-12-31', []],
    ['2025-01-01', ['serious_dishonesty']],
    ['2025-06-30', ['serious_dishonesty']],
    ['2025-07-01', []],
  ])('on %s', async (day, expected) => {
    const listed = row({ to: '2025-06-30' })
    await importRows(listed)
    expect(await on(listed.creditCode, day)).toEqual(expected)
  })

  it('one party on two lists, also as a whole population is held against them', async () => {
    const listed = row()
    await importRows(listed, { ...listed, list: 'deregistration' })
    const all = await run((work) => listedCreditCodes(work, '2025-03-01'))
    expect(all.get(listed.creditCode)).toEqual(['deregistration', 'serious_dishonesty'])
    expect(all.get('91130000NOBODY0000')).toBeUndefined()
  })

  it('leaves a list on its last day, once', async () => {
    const listed = row({ list: 'bankruptcy_liquidation' })
    await importRows(listed)
    const [listing] = await run((work) => listingsOf(work, listed.creditCode, '2025-01-01'))
    const leave = (to: string) => run((work) => endListing(work, { id: listing?.id ?? '', to }))
    await expect(leave('2024-12-31')).rejects.toBeInstanceOf(BadInput)
    await leave('2025-03-31')
    await expect(leave('2025-03-30')).rejects.toMatchObject({ code: 'listing_not_found' })
    expect(await on(listed.creditCode, '2025-03-31')).toEqual(['bankruptcy_liquidation'])
    expect(await on(listed.creditCode, '2025-04-01')).toEqual([])
    expect(await importRows(listed)).toEqual({ added: 0, unchanged: 1 })
  })
})

describe('an import', () => {
  it('is all or nothing, and every problem is told where it stands', async () => {
    const good = row()
    const imported = importRows(good, { ...good, from: '2025-02-01' }, row({ list: 'rumour' }))
    await expect(imported).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === 'rows[2].list')
    const overlapping = importRows(good, { ...good, from: '2025-02-01' })
    await expect(overlapping).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === 'rows[1].from')
    expect(await on(good.creditCode, '2025-03-01')).toEqual([])
    expect(await importRows(good)).toEqual({ added: 1, unchanged: 0 })
    expect(await importRows(good)).toEqual({ added: 0, unchanged: 1 })
  })

  it('takes more rows than one statement does, and knows them again', async () => {
    const rows = Array.from({ length: 7000 }, () => row())
    expect(await importRows(...rows)).toEqual({ added: 7000, unchanged: 0 })
    expect(await importRows(...rows, row())).toEqual({ added: 1, unchanged: 7000 })
  })

  it('is for the officer who keeps the list for the region', async () => {
    const officer = (role: string, agency: string) =>
      ({ kind: 'staff', userId: systemId, assignmentId: systemId, role, agency }) as const
    const attempt = (role: string, agency: string) =>
      inTransaction(node, officer(role, agency), (work) => importListings(work, '130000', [row()]))
    await expect(attempt('accept', '130000')).rejects.toMatchObject({ code: 'register_writer_needed' })
    await expect(attempt('catalogue_admin', '130100')).rejects.toMatchObject({ code: 'register_writer_needed' })
    expect(await attempt('catalogue_admin', '130000')).toEqual({ added: 1, unchanged: 0 })
  })
})

const systemId = '00000000-0000-7000-8000-000000000000'
