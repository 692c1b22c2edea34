import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, addDays, BadInput, inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { type CatalogueRow, findCatalogueEntries, importCatalogue, listCatalogueEntries } from './catalogue.ts'
import { registersMigrations } from './tables.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const as = <T>(actor: Actor, action: (work: Work) => Promise<T>) => inTransaction(node, actor, action)
const officer = (role: string, agency: string): Actor => ({
  kind: 'staff',
  userId: '00000000-0000-4000-8000-000000000001',
  assignmentId: '00000000-0000-4000-9000-000000000001',
  role,
  agency,
})
const row = (code: string, change: Partial<CatalogueRow> = {}): CatalogueRow => ({
  kind: 'item',
  code,
  nameZh: `合成项目${code}`,
  unit: '次',
  priceLimitFen: 1000,
  from: '2024-01-01',
  source: 'synthetic list 1',
  ...change,
})
const importRows = (region: string, ...rows: unknown[]) =>
  as(systemActor, (work) => importCatalogue(work, region, rows))
const priceOn = async (region: string, code: string, on: string) => {
  const entries = await as({ kind: 'public' }, (work) => findCatalogueEntries(work, { region, codes: [code], on }))
  return entries.map((entry) => entry.priceLimitFen)
}

describe('a catalogue is dated', () => {
  it('a new price takes the place of the old one from its first day', async () => {
    expect(await importRows('320000', row('P1'))).toEqual({ added: 1, ended: 0, unchanged: 0 })
    const raised = row('P1', { priceLimitFen: 1200, from: '2025-07-01' })
    expect(await importRows('320000', raised)).toEqual({ added: 1, ended: 1, unchanged: 0 })
    expect(await priceOn('320000', 'P1', '2023-12-31')).toEqual([])
    expect(await priceOn('320000', 'P1', '2024-01-01')).toEqual([1000])
    expect(await priceOn('320000', 'P1', '2025-06-30')).toEqual([1000])
    expect(await priceOn('320000', 'P1', '2025-07-01')).toEqual([1200])
  })

  it('a file can be imported again', async () => {
    const file = [row('A1'), row('A1', { priceLimitFen: 900, from: '2025-01-01' }), row('A2', { to: '2024-12-31' })]
    expect(await importRows('320000', ...file)).toEqual({ added: 3, ended: 0, unchanged: 0 })
    expect(await importRows('320000', ...file)).toEqual({ added: 0, ended: 0, unchanged: 3 })
  })

  it('one code may be in several kinds', async () => {
    await importRows('320000', row('K1'), row('K1', { kind: 'drug', unit: '盒', priceLimitFen: 50 }))
    expect(await priceOn('320000', 'K1', '2024-01-01')).toEqual([50, 1000])
  })

  it('a price that began may not be erased by one that begins earlier or on the same day', async () => {
    await importRows('320000', row('E1', { from: '2024-06-01' }))
    for (const from of ['2024-05-31', '2024-06-01']) {
      await expect(importRows('320000', row('E1', { from, priceLimitFen: 1 }))).rejects.toMatchObject({
        problems: [{ path: 'rows[0].from', found: from }],
      })
    }
    expect(await importRows('320000', row('E1', { from: '2024-01-01', to: '2024-05-31' }))).toMatchObject({ added: 1 })
  })
})

describe('the nearest catalogue on the path counts', () => {
  beforeAll(() =>
    importRows('650000', row('N1'), row('N2')).then(() => importRows('650100', row('N1', { priceLimitFen: 700 }))),
  )

  it.each([
    ['its own', '650102', 'N1', [700]],
    ['that of the province', '650102', 'N2', [1000]],
    ['another city of the province', '652300', 'N1', [1000]],
    ['another province', '320000', 'N2', []],
  ])('%s', async (_, region, code, prices) => {
    expect(await priceOn(region, code, '2024-01-01')).toEqual(prices)
  })
})

describe('an import is all or nothing', () => {
  it('tells every problem of every row and changes nothing', async () => {
    const rows = [
      row('W1'),
      { ...row('W2'), priceLimitFen: 10.5 },
      { ...row('W3'), nameZh: '' },
      { ...row('W4'), kind: 'meal' },
      row('W5', { to: '2023-12-31' }),
      { ...row('W6'), colour: 'red' },
    ]
    await expect(importRows('320000', ...rows)).rejects.toMatchObject({
      problems: [
        { path: 'rows[1].priceLimitFen' },
        { path: 'rows[2].nameZh' },
        { path: 'rows[3].kind', found: 'meal' },
        { path: 'rows[4].to' },
        { path: 'rows[5]', expected: 'no colour' },
      ],
    })
    expect(await priceOn('320000', 'W1', '2024-01-01')).toEqual([])
  })

  it('takes a large file', async () => {
    const rows = Array.from({ length: 2500 }, (_, index) => row(`L${index}`, { kind: 'drug' }))
    expect(await importRows('440000', ...rows)).toMatchObject({ added: 2500 })
  })
})

describe('a page of the catalogue', () => {
  const codes = Array.from({ length: 25 }, (_, index) => `S${String(index).padStart(2, '0')}`)
  beforeAll(() =>
    importRows(
      '370000',
      ...codes.map((code) => row(code)),
      row('T1', { kind: 'device', nameZh: '合成轮椅 100%', nameEn: 'Synthetic wheelchair' }),
    ),
  )
  const page = (query: object) =>
    as({ kind: 'public' }, (work) =>
      listCatalogueEntries(work, { region: '370000', on: '2024-01-01', limit: 10, ...query }),
    )

  it('follows the page before it to the end', async () => {
    const seen: string[] = []
    let after: { kind: 'item'; code: string } | undefined
    do {
      const { entries, next } = await page({ kind: 'item', ...(after && { after }) })
      seen.push(...entries.map(({ code }) => code))
      after = next ? { kind: 'item', code: next.code } : undefined
    } while (after)
    expect(seen).toEqual(codes)
  })

  it.each([
    ['轮椅', ['T1']],
    ['WHEELCHAIR', ['T1']],
    ['s2', ['S20', 'S21', 'S22', 'S23', 'S24']],
    ['100%', ['T1']],
    ['%', ['T1']],
    ['_', []],
  ])('is searched by name or the beginning of the code: %s', async (text, found) => {
    const { entries } = await page({ text })
    expect(entries.map(({ code }) => code)).toEqual(found)
  })
})

describe('who writes', () => {
  it.each([
    ['the catalogue administrator of the province', officer('catalogue_admin', '320000'), '320000', true],
    ['for a city in it', officer('catalogue_admin', '320000'), '320100', true],
    ['of a city, for the province', officer('catalogue_admin', '320100'), '320000', false],
    ['of another province', officer('catalogue_admin', '650000'), '320000', false],
    ['another role', officer('review', '320000'), '320000', false],
    ['nobody', { kind: 'public' } as const, '320000', false],
  ])('%s', async (_, actor, region, allowed) => {
    const attempt = as(actor, (work) => importCatalogue(work, region, [row('Z1')]))
    if (allowed) expect(await attempt).toBeDefined()
    else await expect(attempt).rejects.toMatchObject({ code: 'register_writer_needed' })
  })

  it.each([
    ['DELETE FROM registers.catalogue_entry', /permission denied/],
    ['TRUNCATE registers.catalogue_entry', /permission denied/],
    ['UPDATE registers.catalogue_entry SET price_limit_fen = 1', /permission denied/],
    ["UPDATE registers.catalogue_entry SET effective_to = NULL WHERE code = 'O1'", /register_row_prolonged/],
    ["UPDATE registers.catalogue_entry SET effective_to = '2025-01-01' WHERE code = 'O1'", /register_row_prolonged/],
    ["INSERT INTO registers.writer VALUES ('catalogue', 'review')", /permission denied/],
  ])('the database refuses %s', async (statement, message) => {
    await importRows('320000', row('O1', { to: '2024-12-31' }))
    await expect(as(systemActor, (work) => sql.raw(statement).execute(work.db))).rejects.toThrow(message)
  })

  it('the database refuses a row in a region that the officer may not write', async () => {
    const insert = sql`INSERT INTO registers.catalogue_entry (id, region, kind, code, name_zh, unit, effective_from, source, recorded_at)
      VALUES (gen_random_uuid(), '650000', 'item', 'X', 'x', 'x', '2024-01-01', 's', now())`
    await expect(as(officer('catalogue_admin', '320000'), (work) => insert.execute(work.db))).rejects.toThrow(
      /row-level security/,
    )
  })
})

describe('whatever is imported in whatever order', () => {
  const day = fc.integer({ min: 0, max: 40 })
  const attempts = fc.array(fc.tuple(day, fc.option(day)), { minLength: 1, maxLength: 12 })

  it('no two entries of a code hold on one day', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(attempts, async (list) => {
        const code = `Q${run++}`
        for (const [start, length] of list) {
          const from = addDays('2024-01-01', start)
          const to = length === null ? {} : { to: addDays(from, length) }
          await importRows('460000', row(code, { from, ...to })).catch((error) => {
            if (!(error instanceof BadInput)) throw error
          })
        }
        const overlaps = sql<{
          count: number
        }>`SELECT count(*) FROM registers.catalogue_entry one JOIN registers.catalogue_entry other
          ON one.code = other.code AND one.id < other.id AND one.code = ${code}
          AND daterange(one.effective_from, one.effective_to, '[]') && daterange(other.effective_from, other.effective_to, '[]')`
        const { rows } = await as(systemActor, (work) => overlaps.execute(work.db))
        expect(rows[0]?.count).toBe(0)
      }),
      { numRuns: 40 },
    )
  })
})
