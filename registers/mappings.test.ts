import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Id, inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { importCatalogue } from './catalogue.ts'
import {
  approveMappings,
  findMappings,
  listMappings,
  type MappingRow,
  proposeMappings,
  rejectMappings,
} from './mappings.ts'
import { registersMigrations } from './tables.ts'

const id = (kind: string, number: number): Id => `00000000-0000-4000-${kind}-${String(number).padStart(12, '0')}`
const institutionId = id('a000', 1)
const place = { institutionId, region: '650100' }
const hospital: Actor = {
  kind: 'institution',
  userId: id('8000', 1),
  assignmentId: id('9000', 1),
  role: 'hospital_office',
  institutionId,
}
const officer = (user: number, role = 'catalogue_admin', agency = '650000'): Actor => ({
  kind: 'staff',
  userId: id('8000', user),
  assignmentId: id('9000', user),
  role,
  agency,
})
const row = (hospitalCode: string, change: Partial<MappingRow> = {}): MappingRow => ({
  hospitalCode,
  hospitalName: `合成院内项目${hospitalCode}`,
  kind: 'item',
  catalogueCode: 'C1',
  from: '2024-01-01',
  ...change,
})

let node: TestNode
const as = <T>(actor: Actor, action: (work: Work) => Promise<T>) => inTransaction(node, actor, action)
const propose = (...rows: unknown[]) => as(hospital, (work) => proposeMappings(work, place, rows))
const approve = (ids: Id[], actor = officer(2)) => as(actor, (work) => approveMappings(work, ids))
const mappedOn = async (on: string, ...codes: string[]) => {
  const found = await as(systemActor, (work) => findMappings(work, { institutionId, codes, on }))
  return found.map(({ hospitalCode, catalogueCode }) => `${hospitalCode}=${catalogueCode}`)
}

beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
  const entry = { kind: 'item', nameZh: '合成项目', unit: '次', from: '2024-01-01', source: 'synthetic' }
  await as(systemActor, (work) =>
    importCatalogue(work, '650000', [
      { ...entry, code: 'C1' },
      { ...entry, code: 'C2' },
      { ...entry, code: 'OLD', to: '2024-12-31' },
    ]),
  )
})
afterAll(() => node.close())

describe('a hospital code counts once an officer approved its mapping', () => {
  it('proposed by the hospital, approved by the agency, found by date', async () => {
    const ids = await propose(row('H1'), row('H2', { to: '2024-12-31' }))
    expect(await mappedOn('2024-06-01', 'H1', 'H2')).toEqual([])
    await approve(ids)
    expect(await mappedOn('2023-12-31', 'H1', 'H2')).toEqual([])
    expect(await mappedOn('2024-12-31', 'H1', 'H2', 'unmapped')).toEqual(['H1=C1', 'H2=C1'])
    expect(await mappedOn('2025-01-01', 'H1', 'H2')).toEqual(['H1=C1'])
  })

  it('a new mapping ends the old one the day before', async () => {
    await approve(await propose(row('N1')))
    await approve(await propose(row('N1', { catalogueCode: 'C2', from: '2025-01-01' })))
    expect(await mappedOn('2024-12-31', 'N1')).toEqual(['N1=C1'])
    expect(await mappedOn('2025-01-01', 'N1')).toEqual(['N1=C2'])
  })

  it('but not one that begins on the same day or later', async () => {
    await approve(await propose(row('L1', { from: '2024-06-01' })))
    const ids = await propose(row('L1', { from: '2024-05-01' }))
    await expect(approve(ids)).rejects.toMatchObject({
      code: 'mapping_dates_clash',
      params: { beginsOn: '2024-06-01' },
    })
  })

  it('a rejected one does not count and may be proposed again', async () => {
    const ids = await propose(row('R1'))
    await as(officer(2), (work) => rejectMappings(work, ids))
    expect(await mappedOn('2024-06-01', 'R1')).toEqual([])
    await approve(await propose(row('R1')))
    expect(await mappedOn('2024-06-01', 'R1')).toEqual(['R1=C1'])
    const states = await as(systemActor, (work) => listMappings(work, institutionId))
    expect(states.filter(({ hospitalCode }) => hospitalCode === 'R1').map(({ state }) => state)).toEqual([
      'rejected',
      'approved',
    ])
  })
})

describe('proposals are all or nothing', () => {
  it('tells every problem of every row', async () => {
    await propose(row('W0'))
    const rows = [
      row('W1'),
      row('W2', { catalogueCode: 'NONE' }),
      row('W3', { kind: 'drug' }),
      row('W4', { catalogueCode: 'OLD', from: '2025-01-01' }),
      row('W1'),
      row('W0'),
    ]
    await expect(propose(...rows)).rejects.toMatchObject({
      problems: [
        { path: 'rows[1].catalogueCode', found: 'NONE' },
        { path: 'rows[2].catalogueCode', found: 'C1' },
        { path: 'rows[3].catalogueCode', found: 'OLD' },
        { path: 'rows[4].hospitalCode', found: 'W1' },
        { path: 'rows[5].hospitalCode', found: 'W0' },
      ],
    })
    const waiting = await as(systemActor, (work) => listMappings(work, institutionId, 'proposed'))
    expect(waiting.map(({ hospitalCode }) => hospitalCode)).not.toContain('W1')
  })

  it('a code that the catalogue still has on the first day is accepted', async () => {
    expect(await propose(row('W5', { catalogueCode: 'OLD', from: '2024-12-31' }))).toHaveLength(1)
  })
})

describe('who proposes and who decides', () => {
  const propositionBy = (actor: Actor, code: string) => as(actor, (work) => proposeMappings(work, place, [row(code)]))

  it.each([
    ['another hospital', { ...hospital, institutionId: id('a000', 2) }, 'register_writer_needed'],
    ['a reviewer of the agency', officer(3, 'review'), 'register_writer_needed'],
    ['another region', officer(3, 'catalogue_admin', '320000'), 'register_writer_needed'],
    ['the node itself', systemActor, 'mapping_proposer_needed'],
  ])('refused to propose: %s', async (_, actor, code) => {
    await expect(propositionBy(actor, 'X1')).rejects.toMatchObject({ code })
  })

  it('an officer who proposed does not approve or reject', async () => {
    const ids = await propositionBy(officer(2), 'O1')
    await expect(approve(ids)).rejects.toMatchObject({ code: 'mapping_same_officer' })
    await expect(as(officer(2), (work) => rejectMappings(work, ids))).rejects.toMatchObject({
      code: 'mapping_same_officer',
    })
    await approve(ids, officer(3))
  })

  it('the hospital does not approve', async () => {
    const ids = await propose(row('O2'))
    await expect(approve(ids, hospital)).rejects.toMatchObject({ code: 'register_writer_needed' })
  })

  it('nothing is decided twice, and all or none', async () => {
    const [first = ''] = await propose(row('O3'))
    await approve([first])
    const [second = ''] = await propose(row('O4'))
    await expect(approve([second, first])).rejects.toMatchObject({ code: 'mapping_already_decided' })
    await expect(approve([second, id('b000', 1)])).rejects.toMatchObject({ code: 'mapping_not_found' })
    expect(await mappedOn('2024-06-01', 'O4')).toEqual([])
  })

  it('the database refuses it by itself', async () => {
    const [waiting = ''] = await propositionBy(officer(2), 'O5')
    const decide = (mapping: Id, user: number) =>
      sql`UPDATE registers.code_mapping SET state = 'approved', decided_by = ${id('8000', user)}, decided_at = now() WHERE id = ${mapping}`
    const attempt = (statement: ReturnType<typeof decide>, actor = officer(2)) =>
      as(actor, (work) => statement.execute(work.db))
    await expect(attempt(decide(waiting, 2))).rejects.toThrow(/mapping_same_officer/)
    await expect(attempt(sql`DELETE FROM registers.code_mapping`)).rejects.toThrow(/permission denied/)
    await expect(attempt(sql`UPDATE registers.code_mapping SET catalogue_code = 'C2'`)).rejects.toThrow(
      /permission denied/,
    )
    await approve([waiting], officer(3))
    const undo = sql`UPDATE registers.code_mapping SET state = 'proposed', decided_by = NULL, decided_at = NULL WHERE id = ${waiting}`
    await expect(attempt(undo)).rejects.toThrow(/mapping_already_decided/)
  })
})
