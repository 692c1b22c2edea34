import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { registersMigrations } from '../tables.ts'
import { figures } from './figures.ts'
import { currentListRows, importListRows, listRowVersions } from './list-rows.ts'
import { csvOf, type FileRow, readListYaml, tableOfTrees, treesOfTable } from './list-trees.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ region: '620000', migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
let sequence = 0
const figure = (change: object = {}) => ({
  id: `test-${++sequence}`,
  region: '620000',
  period: { zh: '2024年', en: '2024' },
  metric: { zh: '试样', en: 'specimen' },
  printed: '80余件',
  numbers: [{ qualifier: 'over', value: '80', unit: 'count' }],
  source: '试样',
  ...change,
})
const rowsOf = (...trees: object[]): FileRow[] => {
  const { rows } = readListYaml(JSON.stringify({ list: 'figures', rows: trees }))
  return rows
}
const take = (...trees: object[]) => run((work) => importListRows(work, figures, rowsOf(...trees)))

describe('a file of rows', () => {
  it('is taken whole; what changed becomes the next version, and what did not is left alone', async () => {
    const [one, other] = [figure(), figure()]
    expect(await take(one, other)).toEqual({ added: 2, changed: 0, unchanged: 0 })
    expect(await take({ ...one, printed: '90余件' }, other)).toEqual({ added: 0, changed: 1, unchanged: 1 })
    const versions = await run((work) => listRowVersions(work, figures, one.id))
    expect(versions.map(({ version, row }) => [version, row.printed])).toEqual([
      [2, '90余件'],
      [1, '80余件'],
    ])
    await expect(run((work) => listRowVersions(work, figures, 'no-such'))).rejects.toMatchObject({
      code: 'list_row_not_found',
    })
  })

  it('is refused whole, and every mistake is told by row and column, in both languages', async () => {
    const good = figure()
    const bad = figure({
      region: '999999',
      numbers: [{ qualifier: 'roughly', value: '1e3', unit: 'count' }],
      pages: '7',
    })
    const refused: unknown = await take(good, bad).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(BadInput)
    const problems = refused instanceof BadInput ? refused.problems : []
    expect(problems.map(({ path }) => path).toSorted()).toEqual([
      'row 2 · ',
      'row 2 · numbers.1.qualifier',
      'row 2 · numbers.1.value',
      'row 2 · region',
    ])
    expect(problems.every(({ expected }) => / \/ /.test(expected) && /[\u4e00-\u9fff]/.test(expected))).toBe(true)
    expect((await run((work) => currentListRows(work, figures))).some(({ row }) => row.id === good.id)).toBe(false)
  })

  it('may not name an id twice, nor move a row to another region', async () => {
    const one = figure()
    await expect(take(one, one)).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === 'row 2 · id')
    await take(one)
    const moved = take({ ...one, region: '640000' })
    await expect(moved).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === 'row 1 · region')
  })

  it('withdraws a row by saying why; the row stays in its history', async () => {
    const one = figure()
    await take(one)
    await take({ ...one, withdrawn: { zh: '录入有误', en: 'entered by mistake' } })
    expect((await run((work) => currentListRows(work, figures))).some(({ row }) => row.id === one.id)).toBe(false)
    expect(await run((work) => listRowVersions(work, figures, one.id))).toHaveLength(2)
  })

  it.each([
    ['no YAML', 'rows: [', 'YAML'],
    ['no rows', 'list: figures', 'list, each, rows'],
    ['a row that is a text', 'rows: [one]', 'list, each, rows'],
  ])('refused: %s', (_, content, expected) => {
    expect(() => readListYaml(content)).toThrow(
      expect.objectContaining({ code: 'list_file_unreadable', problems: [expect.objectContaining({ expected })] }),
    )
  })

  it('takes what holds for every row from `each`, and keeps numbers as they are written', () => {
    const { rows } = readListYaml('each: { region: 620000 }\nrows: [{ value: 0.10 }, { value: 1, region: 640000 }]')
    expect(rows).toEqual([
      { place: 'row 1', tree: { region: '620000', value: '0.10' } },
      { place: 'row 2', tree: { region: '640000', value: '1' } },
    ])
  })

  it('written as a table and read again, is the same', async () => {
    const one = figure({ printed: '说“80余件”, "over"\n第二行' })
    await take(one)
    const kept = (await run((work) => currentListRows(work, figures))).map(({ row }) => row)
    const table = tableOfTrees(kept)
    expect(table.columns).toContain('numbers.1.value')
    expect(treesOfTable(table).map(({ tree }) => tree)).toEqual(kept)
    expect(csvOf(table)).toContain('"说“80余件”, ""over""\n第二行"')
  })
})

describe('who writes', () => {
  const officer = (role: string, agency: string) =>
    ({ kind: 'staff', userId: systemId, assignmentId: systemId, role, agency }) as const
  const attempt = (role: string, agency: string, region: string) =>
    inTransaction(node, officer(role, agency), (work) => importListRows(work, figures, rowsOf(figure({ region }))))

  it.each([
    ['accept', '620000', '620000'],
    ['values_admin', '620000', '000000'],
    ['values_admin', '620100', '620000'],
  ])('refused: %s of %s for %s', async (role, agency, region) => {
    await expect(attempt(role, agency, region)).rejects.toMatchObject({ code: 'register_writer_needed' })
  })

  it('the officer who keeps the list, for the regions of the agency', async () => {
    expect(await attempt('values_admin', '620000', '620100')).toMatchObject({ added: 1 })
  })

  it('nothing is changed or removed, and the database itself keeps a row in its region', async () => {
    const one = figure()
    await take(one)
    const insert = run((work) =>
      work.db
        .withTables<{ 'registers.list_row': Record<string, unknown> }>()
        .insertInto('registers.list_row')
        .values({
          ...{ id: work.newId(), list: 'figures', code: one.id, version: 2, region: '640000' },
          ...{ content: '{}', recorded_at: work.now },
        })
        .execute(),
    )
    await expect(insert).rejects.toThrow('list_row_other_region')
  })
})

const systemId = '00000000-0000-7000-8000-000000000000'
