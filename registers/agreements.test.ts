import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Id, inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import {
  advanceAgreement,
  directConnectionStatus,
  listAgreements,
  provincesMissingMinimum,
  recordAgreement,
} from './agreements.ts'
import { type AgreementKind, registersMigrations } from './tables.ts'

let node: TestNode
let lastInstitution = 0
beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
const newInstitution = (): Id => `00000000-0000-4000-a000-${String(++lastInstitution).padStart(12, '0')}`
const agreement = (change: object = {}) => ({
  institutionId: newInstitution(),
  kind: 'medical',
  region: '650100',
  agreedOn: '2024-04-01',
  source: 'synthetic agreement',
  ...change,
})
const record = (change: object = {}) => run((work) => recordAgreement(work, agreement(change)))
const advance = (id: Id, steps: object) => run((work) => advanceAgreement(work, id, steps))
const statusOf = (institutionId: Id, on: string, kind: AgreementKind = 'medical') =>
  run((work) => directConnectionStatus(work, institutionId, kind, on))

describe('an institution is agreed, connected, live (A1.07)', () => {
  it('on each side of each date', async () => {
    const institutionId = newInstitution()
    const id = await record({ institutionId })
    await advance(id, { connectedOn: '2024-05-01' })
    await advance(id, { liveOn: '2024-05-10' })
    await advance(id, { endedOn: '2025-12-31' })
    const days = [
      '2024-03-31',
      '2024-04-01',
      '2024-04-30',
      '2024-05-01',
      '2024-05-09',
      '2024-05-10',
      '2025-12-31',
      '2026-01-01',
    ]
    expect(await Promise.all(days.map((on) => statusOf(institutionId, on)))).toEqual([
      'none',
      'agreed',
      'agreed',
      'connected',
      'connected',
      'live',
      'live',
      'ended',
    ])
    expect(await statusOf(institutionId, '2024-06-01', 'device')).toBe('none')
  })

  it('may go live on the day it is connected', async () => {
    const institutionId = newInstitution()
    await record({ institutionId, connectedOn: '2024-04-01', liveOn: '2024-04-01' })
    expect(await statusOf(institutionId, '2024-04-01')).toBe('live')
  })

  it('a new agreement after the end starts anew', async () => {
    const institutionId = newInstitution()
    const first = await record({
      institutionId,
      connectedOn: '2024-04-01',
      liveOn: '2024-04-01',
      endedOn: '2024-12-31',
    })
    await expect(record({ institutionId, agreedOn: '2024-12-31' })).rejects.toMatchObject({ code: 'agreement_exists' })
    await record({ institutionId, agreedOn: '2025-01-01' })
    expect(await statusOf(institutionId, '2024-12-31')).toBe('live')
    expect(await statusOf(institutionId, '2025-01-01')).toBe('agreed')
    expect((await run((work) => listAgreements(work, { institutionId }))).map(({ id }) => id)[0]).toBe(first)
  })

  it.each([
    ['live without being connected', { liveOn: '2024-05-01' }, 'liveOn'],
    ['live before it is connected', { connectedOn: '2024-05-01', liveOn: '2024-04-30' }, 'liveOn'],
    ['connected before it is agreed', { connectedOn: '2024-03-31' }, 'connectedOn'],
    ['ended before it is agreed', { endedOn: '2024-03-31' }, 'endedOn'],
  ])('refused: %s', async (_, steps, path) => {
    await expect(record(steps)).rejects.toMatchObject({ problems: [{ path }] })
    const id = await record()
    await expect(advance(id, steps)).rejects.toMatchObject({ problems: [{ path }] })
  })

  it('a date that is set stands, in the code and in the database', async () => {
    const id = await record({ connectedOn: '2024-05-01' })
    await expect(advance(id, { connectedOn: '2024-05-02' })).rejects.toMatchObject({
      code: 'agreement_date_already_set',
    })
    expect(await advance(id, { connectedOn: '2024-05-01' })).toMatchObject({ connectedOn: '2024-05-01' })
    await expect(
      run((work) => sql`UPDATE registers.agreement SET connected_on = NULL WHERE id = ${id}`.execute(work.db)),
    ).rejects.toThrow(/agreement_date_already_set/)
    await expect(run((work) => sql`DELETE FROM registers.agreement`.execute(work.db))).rejects.toThrow(
      /permission denied/,
    )
  })

  it('an unknown agreement is refused', async () => {
    await expect(advance(newInstitution(), {})).rejects.toMatchObject({ code: 'agreement_not_found' })
  })
})

describe('each province designates a rehabilitation and a device institution (A1.08)', () => {
  const missingOn = (on: string, ...among: string[]) => run((work) => provincesMissingMinimum(work, among, on))

  it('is told what it misses on each day', async () => {
    await record({ kind: 'rehabilitation', region: '620100', agreedOn: '2024-06-01' })
    await record({ kind: 'device', region: '620502', agreedOn: '2024-07-01', endedOn: '2024-12-31' })
    expect(await missingOn('2024-05-31', '620000')).toEqual([
      { province: '620000', missing: ['rehabilitation', 'device'] },
    ])
    expect(await missingOn('2024-06-30', '620000')).toEqual([{ province: '620000', missing: ['device'] }])
    expect(await missingOn('2024-07-01', '620000')).toEqual([])
    expect(await missingOn('2025-01-01', '620000')).toEqual([{ province: '620000', missing: ['device'] }])
  })

  it('a medical institution does not count, nor one of another province', async () => {
    await record({ kind: 'medical', region: '320100' })
    await record({ kind: 'device', region: '330100' })
    expect(await missingOn('2024-07-01', '320000', '330000')).toEqual([
      { province: '320000', missing: ['rehabilitation', 'device'] },
      { province: '330000', missing: ['rehabilitation'] },
    ])
  })
})

describe('a list of agreements', () => {
  it('covers a region and what lies in it', async () => {
    const inCity = await record({ region: '210102' })
    const inProvince = await record({ region: '210000' })
    const within = (region: string) => run((work) => listAgreements(work, { within: region }))
    expect((await within('210000')).map(({ id }) => id).sort()).toEqual([inCity, inProvince].sort())
    expect((await within('210100')).map(({ id }) => id)).toEqual([inCity])
    expect((await within('000000')).length).toBeGreaterThan(2)
  })
})
