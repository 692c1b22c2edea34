import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BadInput, inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import {
  findOccupations,
  findUrgentList,
  importOccupations,
  importUrgentOccupations,
  occupationsByCode,
} from './occupations.ts'
import { registersMigrations } from './tables.ts'

const source = '试样目录'
const welder = { code: '6-18-02-04', nameZh: '试样焊工', nameEn: 'Sample welder', source, assumed: true }
const fitter = { code: '6-20-01-01', nameZh: '试样装配钳工', nameEn: 'Sample fitter', source, assumed: true }
const carer = { code: '4-10-01-05', nameZh: '试样养老护理员', nameEn: 'Sample carer', source, assumed: true }

let node: TestNode
beforeAll(async () => {
  node = await testNode({ region: '130000', migrations: [await registersMigrations()] })
  await run((work) => importOccupations(work, [welder, fitter, carer]))
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
const rowOf = ({ code, nameZh }: typeof welder) => ({ code, name: nameZh })
const importList = (region: string, year: number, rows: object[]) =>
  run((work) => importUrgentOccupations(work, { region, year, source, assumed: true, rows }))
const listOf = (region: string, year: number) => run((work) => findUrgentList(work, { region, year }))

describe('occupations', () => {
  it('the same again changes nothing, a code for something else is refused', async () => {
    expect(await run((work) => importOccupations(work, [welder]))).toEqual({ added: 0, unchanged: 1 })
    const other = run((work) => importOccupations(work, [fitter, { ...welder, nameZh: '试样电工' }]))
    await expect(other).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === 'rows[1].nameZh')
  })

  it('are found by a part of the name in either language, by the beginning of the code, and by whole codes', async () => {
    const found = (text: string) =>
      run(async (work) => (await findOccupations(work, { text, limit: 5 })).map(({ code }) => code))
    expect(await found('装配')).toEqual([fitter.code])
    expect(await found('carer')).toEqual([carer.code])
    expect(await found('6-')).toEqual([welder.code, fitter.code])
    expect(await found('%')).toEqual([])
    const byCode = await run((work) => occupationsByCode(work, [carer.code, 'X-1']))
    expect([...byCode.values()]).toEqual([carer])
  })
})

describe('the urgent list of a year (C3.08)', () => {
  it('is versioned: the last import counts, the earlier ones stay', async () => {
    expect(await listOf('130000', 2024)).toBeUndefined()
    expect(await importList('130000', 2024, [rowOf(welder)])).toEqual({ version: 1, count: 1 })
    expect(await importList('130000', 2024, [rowOf(welder), rowOf(carer)])).toEqual({ version: 2, count: 2 })
    expect(await listOf('130000', 2024)).toEqual({
      region: '130000',
      year: 2024,
      version: 2,
      source,
      assumed: true,
      occupations: [rowOf(carer), rowOf(welder)],
    })
    const kept = await run((work) => sql`SELECT version FROM registers.urgent_list WHERE year = 2024`.execute(work.db))
    expect(kept.rows).toHaveLength(2)
  })

  it('is of its year, and of the nearest region that has one', async () => {
    await importList('130000', 2025, [rowOf(welder)])
    expect(await listOf('130000', 2026)).toBeUndefined()
    expect((await listOf('130102', 2025))?.region).toBe('130000')
    await importList('130100', 2025, [rowOf(fitter)])
    expect((await listOf('130102', 2025))?.region).toBe('130100')
    expect((await listOf('130200', 2025))?.region).toBe('130000')
    expect(await listOf('230000', 2025)).toBeUndefined()
  })

  it.each([
    ['an unknown code', [rowOf(welder), { code: '9-99', name: '无' }], 'rows[1].code'],
    ['a code that is there twice', [rowOf(welder), rowOf(welder)], 'rows[1].code'],
    ['a name that the code does not stand for', [{ code: welder.code, name: '试样电工' }], 'rows[0].name'],
    ['nothing', [], 'rows'],
  ])('%s is told where it stands, and nothing is imported', async (_, rows, path) => {
    const imported = importList('130000', 2023, rows)
    await expect(imported).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === path)
    expect(await listOf('130000', 2023)).toBeUndefined()
  })

  it('raw SQL: a list once imported is neither changed nor removed', async () => {
    for (const statement of [
      sql`UPDATE registers.urgent_list SET year = 2030`,
      sql`DELETE FROM registers.urgent_occupation`,
    ]) {
      await expect(run((work) => statement.execute(work.db))).rejects.toThrow('permission denied')
    }
  })
})
