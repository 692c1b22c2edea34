import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide } from '../decide.ts'
import { EXAMPLE_FILES, exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { type ColumnArray, itemCounts } from '../kernel/columns.ts'
import { factsOfRow } from '../kernel/row-facts.ts'
import { type PopulationOptions, populate } from '../population.ts'
import { arbitraryFacts } from '../testing.ts'
import { batch, planOf } from './batch.ts'
import { fromArrow, fromCsv, fromParquet, toArrow, toCsv, toParquet } from './formats.ts'
import { type BatchInput, fromRows, fromTables } from './input.ts'
import { type BatchOutput, toRows, toTable } from './output.ts'
import { BatchProblems } from './problems.ts'
import { placeTable } from './shard.ts'
import { closeBatchThreads } from './team.ts'

const on = '2024-06-01'
const ir = exampleIr('club-membership.ts')
const plan = planOf(ir, [exampleValues], on)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-'))
})

afterAll(async () => {
  await closeBatchThreads()
  await rm(folder, { recursive: true })
})

/** Random facts with a number of their own. */
function membersOf(count: number, seed = 1): Record<string, unknown>[] {
  const facts = fc.sample(arbitraryFacts(plan.body.facts, exampleValues), { numRuns: count, seed })
  return facts.map((each, index) => ({ ...each, id: `M-${index}` }))
}

/** What `decide` says of each, as a row of outcomes. */
function expectedRows(members: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return members.map(({ id, ...facts }) => {
    const { outcome, reason, because, results } = decide(ir, facts, exampleValues, on)
    const names = Object.keys(plan.body.results)
    return {
      id,
      outcome,
      reason,
      because,
      ...Object.fromEntries(names.map((name) => [name, results[name]?.value ?? null])),
    }
  })
}

async function decided(input: BatchInput, threads = 1): Promise<Readonly<Record<string, unknown>>[]> {
  const rows: Readonly<Record<string, unknown>>[] = []
  await batch({ plan, input, output: toRows((row) => rows.push(row)), keep: ['id'], threads })
  return rows
}

describe('rows of objects', () => {
  it.each([1, 2])('are decided as `decide` does, by %i thread(s)', async (threads) => {
    const members = membersOf(3_000)
    expect(await decided(fromRows(members), threads)).toEqual(expectedRows(members))
  })

  it('come in any number, none too', async () => {
    expect(await decided(fromRows([]))).toEqual([])
    const { totals } = await batch({ plan, input: fromRows([]) })
    expect(totals).toEqual({ rows: 0, ends: [], sums: {} })
  })

  it('tell the items too where a policy decides them', async () => {
    const grant = exampleIr('training-grant.ts')
    const body = planOf(grant, [exampleValues], on)
    const given = fc.sample(arbitraryFacts(body.body.facts, exampleValues), { numRuns: 300, seed: 5 })
    const rows: Readonly<Record<string, unknown>>[] = []
    await batch({ plan: body, input: fromRows(given), output: toRows((row) => rows.push(row)), threads: 1 })
    rows.forEach((row, index) => {
      const { items } = decide(grant, given[index], exampleValues, on)
      const told: unknown[] = JSON.parse(String(row.items))
      const expected = items?.outcomes.map(({ outcome, reason, because, results }) => {
        return {
          outcome,
          reason,
          because,
          ...Object.fromEntries(Object.entries(results).map(([name, { value }]) => [name, value])),
        }
      })
      expect(told.filter((item) => item !== null)).toEqual(expected ?? [])
    })
  })
})

describe('files', () => {
  const members = membersOf(2_000)

  it.each<[string, (path: string) => BatchOutput, (path: string) => BatchInput]>([
    ['csv', toCsv, fromCsv],
    ['arrow', toArrow, fromArrow],
    ['parquet', toParquet, fromParquet],
  ])('%s: what is written is what was decided, and is read again', async (kind, to, from) => {
    const path = join(folder, `out.${kind}`)
    const { totals } = await batch({ plan, input: fromRows(members), output: to(path), keep: ['id'], threads: 2 })
    expect(totals.rows).toBe(members.length)
    expect(await readdir(folder)).not.toContain(`out.${kind}.part`)
    expect(await rowsOf(from(path))).toEqual(expectedRows(members).map(asText))
  })

  it.each([
    ['csv', toCsv],
    ['arrow', toArrow],
    ['parquet', toParquet],
  ])('%s: of nobody has the columns all the same, and nothing of a run before', async (kind, to) => {
    const path = join(folder, `nobody.${kind}`)
    await writeFile(path, 'of a run before')
    await batch({ plan, input: fromRows([]), output: to(path), keep: ['id'] })
    const text = await readFile(path, 'latin1')
    expect(text).not.toContain('of a run before')
    for (const name of ['id', 'outcome', 'because', 'feeFen']) expect(text).toContain(name)
  })

  it('CSV: facts are read from text', async () => {
    const names = [...Object.keys(plan.body.facts), 'id']
    const cell = (value: unknown) => {
      const text = value === null ? '' : Array.isArray(value) ? JSON.stringify(value) : String(value)
      return `"${text.replaceAll('"', '""')}"`
    }
    const lines = members.map((member) => names.map((name) => cell(member[name])).join(','))
    const path = join(folder, 'members.csv')
    await writeFile(path, `\uFEFF${names.join(',')}\r\n${lines.join('\r\n')}\r\n`)
    expect(await decided(fromCsv(path), 2)).toEqual(expectedRows(members))
  })
})

/** The cells of an input as text, row by row: each format has numbers and dates of its own. */
async function rowsOf(input: BatchInput): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = []
  if (input.is === 'tables') throw new TypeError('not cells')
  for await (const chunk of input.chunks) {
    for (let row = 0; row < chunk.rows; row++) {
      rows.push(Object.fromEntries([...chunk.columns].map(([name, cells]) => [name, textOf(name, cells[row])])))
    }
  }
  return rows
}

function textOf(name: string, cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return name === 'validUntil' && typeof cell === 'number' ? dayText(cell) : String(cell)
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

function asText(row: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === null ? '' : String(cell)]))
}

describe('tables', () => {
  const options: PopulationOptions = { rows: 300_000, seed: 11 }

  it.each(EXAMPLE_FILES)('%s: one thread, two threads and the interpreter agree', async (file) => {
    const policy = exampleIr(file)
    const of = planOf(policy, [exampleValues], on)
    const spreads = { joinsOn: { is: 'even', min: '2020-01-01', max: '2024-12-31' } } as const
    const table = populate(of.body, { ...options, ...(file === 'club-membership.ts' ? { spreads } : {}) })
    const output = toTable()
    const alone = await batch({ plan: of, input: fromTables([table]), output, threads: 1 })
    const together = await batch({ plan: of, input: fromTables([table], { isChecked: true }), threads: 2 })
    expect(together).toEqual(alone)
    expect(alone.totals.rows).toBe(table.rows)
    const ends = output.table().columns['@end'] ?? []
    const counts = alone.totals.ends.map(() => 0)
    for (const end of ends) counts[end] = (counts[end] ?? 0) + 1
    expect(counts).toEqual(alone.totals.ends)
    for (let row = 0; row < table.rows; row += 4_999) {
      const decision = decide(policy, factsOfRow(of.body, table, row, String), exampleValues, on)
      const total = of.body.total === undefined ? undefined : output.table().columns[`results.${of.body.total}`]?.[row]
      expect(total).toBe(decision.amountFen ?? 0)
    }
  })

  it.each(EXAMPLE_FILES)('%s: both engines agree, on placed columns and on any', async (file) => {
    const of = planOf(exampleIr(file), [exampleValues], on)
    const table = populate(of.body, { ...options, rows: 100_000 })
    const placed = placeTable(of, table.rows, { items: itemCounts(table), stored: true, threads: 2 })
    for (const [name, column] of Object.entries(table.columns)) placed.columns[name]?.set(column)
    const runs = [
      { input: fromTables([table]), engine: 'javascript', threads: 1 },
      { input: fromTables([table]), engine: 'wasm', threads: 1 },
      { input: fromTables([table]), engine: 'wasm', threads: 2 },
      { input: fromTables([placed]), engine: 'wasm', threads: 2 },
      { input: fromTables([placed]), engine: 'javascript', threads: 2 },
    ] as const
    const results = []
    for (const run of runs) {
      const output = toTable()
      const { engine, totals } = await batch({ ...run, plan: of, output })
      expect(engine).toBe(run.engine)
      expect((await batch({ ...run, plan: of })).totals).toEqual(totals)
      results.push({ totals, table: output.table() })
    }
    for (const result of results) expect(result).toEqual(results[0])
  })

  it('a placed table that is filled again is run again', async () => {
    const placed = placeTable(plan, 50_000, { threads: 2, items: { guests: 200_000 } })
    function* refilled() {
      for (const seed of [1, 2, 3]) {
        populate(plan.body, {
          rows: 50_000,
          seed,
          allocate: ({ name }, length) => placed.columns[name]?.subarray(0, length) ?? new Uint8Array(),
        })
        yield placed
      }
    }
    const { totals } = await batch({ plan, input: fromTables(refilled()), threads: 2 })
    const apart = [1, 2, 3].map((seed) => populate(plan.body, { rows: 50_000, seed }))
    expect(totals).toEqual((await batch({ plan, input: fromTables(apart), threads: 1 })).totals)
  })

  it('a table that was placed for less is refused', async () => {
    const placed = placeTable(plan, 10, { threads: 1 })
    const run = (threads: number, output?: BatchOutput) =>
      batch({ plan, input: fromTables([placed]), threads, ...(output === undefined ? {} : { output }) })
    await expect(run(2)).rejects.toThrow('placed for 1 threads')
    await expect(run(1, toTable())).rejects.toThrow('without room for outcomes')
    const small = placeTable({ ...plan, sets: [exampleValues, exampleValues] }, 10, { threads: 1 })
    await expect(batch({ plan: planOfManyFees(), input: fromTables([small]), threads: 1 })).rejects.toThrow(
      'placed for another plan',
    )
  })

  it('totals by set of values add up to the whole', async () => {
    const cheaper = {
      ...exampleValues,
      feeByKind: { ...getValue('feeByKind'), value: { adult: 1, youth: 2, senior: 3 } },
    }
    const two = planOf(ir, [exampleValues, cheaper], on)
    const table = populate(two.body, { ...options, sets: 2 })
    const { totals, sets } = await batch({ plan: two, input: fromTables([table]), bySet: true, threads: 2 })
    expect(sets).toHaveLength(2)
    expect(totals.rows).toBe((sets[0]?.rows ?? 0) + (sets[1]?.rows ?? 0))
    expect(totals.sums.feeFen).toBe((sets[0]?.sums.feeFen ?? 0n) + (sets[1]?.sums.feeFen ?? 0n))
    expect(totals.ends).toEqual(totals.ends.map((_, end) => (sets[0]?.ends[end] ?? 0) + (sets[1]?.ends[end] ?? 0)))
    expect(sets[0]?.sums.feeFen).toBeGreaterThan(sets[1]?.sums.feeFen ?? 0n)
  })

  it('rows name their set by a word', async () => {
    const cheaper = {
      ...exampleValues,
      feeByKind: { ...getValue('feeByKind'), value: { adult: 1, youth: 2, senior: 3 } },
    }
    const two = planOf(ir, [exampleValues, cheaper], on)
    const member = { kind: 'adult', joinsOn: '2024-01-01', memberSince: null, suspended: false, guests: [] }
    const rows = [
      { ...member, club: 'dear' },
      { ...member, club: 'cheap' },
    ]
    const fees: unknown[] = []
    const sets = { column: 'club', names: ['dear', 'cheap'] }
    await batch({ plan: two, input: fromRows(rows), sets, output: toRows(({ feeFen }) => fees.push(feeFen)) })
    expect(fees).toEqual([600_00, 1])
  })

  it('a code that its column cannot hold is refused', async () => {
    const table = populate(plan.body, { rows: 10, seed: 1 })
    const kinds = table.columns.kind ?? new Uint8Array()
    kinds[3] = 9
    await expect(batch({ plan, input: fromTables([table]) })).rejects.toThrow(
      'row 4, column kind: expected a whole number from 0 to 3, found 9',
    )
  })
})

describe('columns that are not what the facts are', () => {
  it.each<[string, (columns: Record<string, ColumnArray>) => unknown, string]>([
    ['a missing column', (columns) => delete columns.kind, 'the column kind must be a Uint8Array'],
    [
      'another kind of array',
      (columns) => Object.assign(columns, { kind: new Float64Array(10) }),
      'the column kind must be a Uint8Array',
    ],
    [
      'too few elements',
      (columns) => Object.assign(columns, { kind: new Uint8Array(9) }),
      'the column kind must have 10 elements',
    ],
    [
      'too many items',
      (columns) => void columns['guests#']?.fill(101, 1),
      'row 1, column guests#: expected 0 to 100 of',
    ],
    [
      'items that are not there',
      (columns) => void columns['guests#']?.fill(99, 10),
      'row 10, column guests#: expected 0 to 100 of',
    ],
    ['offsets that go back', (columns) => void columns['guests#']?.fill(0, 5), 'column guests#: expected 0 to 100 of'],
    [
      'a day that is none',
      (columns) => void columns.joinsOn?.fill(-99_999, 2, 3),
      'row 3, column joinsOn: expected a whole number from -25567 to 84005, found -99999',
    ],
    [
      'a flag of two',
      (columns) => void columns.suspended?.fill(2, 9),
      'row 10, column suspended: expected a whole number from 0 to 1, found 2',
    ],
  ])('%s', async (_, spoil, told) => {
    const spreads = { guests: { is: 'even', min: 1, max: 3 } } as const
    const table = populate(plan.body, { rows: 10, seed: 1, spreads })
    const columns = { ...table.columns }
    spoil(columns)
    await expect(batch({ plan, input: fromTables([{ rows: 10, columns }]), threads: 1 })).rejects.toThrow(told)
  })
})

it.each([1, 2])('an output that fails ends the run (%i thread(s))', async (threads) => {
  const table = populate(plan.body, { rows: 100_000, seed: 1 })
  const output: BatchOutput = {
    write() {
      throw new Error('the disk is full')
    },
    finish: () => {},
    abort: () => {},
  }
  await expect(batch({ plan, input: fromTables([table]), output, threads })).rejects.toThrow('the disk is full')
  expect((await batch({ plan, input: fromTables([table]), threads })).totals.rows).toBe(100_000)
})

it('a run that fails in all its threads leaves no answer to the next one', async () => {
  const table = populate(plan.body, { rows: 200_000, seed: 1, sets: 2 })
  const { totals } = await batch({ plan, input: fromTables([table]), threads: 1 })
  const small = placeTable({ ...plan, sets: [exampleValues, exampleValues] }, 10, { threads: 2 })
  const tooMany = { ...plan, sets: Array.from({ length: 257 }, () => exampleValues) }
  for (const failing of [
    { plan: planOfManyFees(), input: fromTables([small]) },
    { plan: tooMany, input: fromTables([table]), engine: 'javascript' as const },
  ]) {
    await expect(batch({ ...failing, threads: 2 })).rejects.toThrow('a worker thread failed')
    expect((await batch({ plan, input: fromTables([table]), threads: 2 })).totals).toEqual(totals)
  }
})

/** So many fees that their table needs more room than that of a few. */
function planOfManyFees() {
  const feesOf = (fee: number) => ({
    ...exampleValues,
    feeByKind: { ...getValue('feeByKind'), value: { adult: fee, youth: fee + 1, senior: fee + 2 } },
  })
  return { ...plan, sets: Array.from({ length: 256 }, (_, set) => feesOf(set)) }
}

function getValue(name: string) {
  const value = exampleValues[name]
  if (value === undefined) throw new Error(`the example has no value ${name}`)
  return value
}

describe('cells that cannot be read', () => {
  const good = { kind: 'adult', joinsOn: '2024-01-01', memberSince: null, suspended: false, guests: [] }

  it.each([
    [
      { ...good, kind: 'adlt' },
      "row 2, column kind: expected one of 'adult', 'youth', 'senior', 'company', found 'adlt'; perhaps `adult` was meant",
    ],
    [
      { ...good, joinsOn: '2024/1/5' },
      "row 2, column joinsOn: expected a date YYYY-MM-DD of the years 1900 to 2199, found '2024/1/5'; write the day as 2024-01-31",
    ],
    [{ ...good, suspended: null }, 'row 2, column suspended: expected true or false, found null; fill it in'],
    [
      { ...good, guests: [{ visitedOn: '2024-01-01', visits: 1, feePaidFen: '12.50' }] },
      "row 2, column guests.0.feePaidFen: expected whole fen from 0 to 1000000, found '12.50'; write the amount in whole fen: 12.50 yuan are 1250",
    ],
    [
      { ...good, guests: 'two' },
      "row 2, column guests: expected a list of at most 100, found 'two'; write the items as a list, in text as JSON",
    ],
    [
      { ...good, guests: [{ visits: 1, fee: 1 }] },
      'row 2, column guests.0: expected an item with visitedOn, visits, feePaidFen, found the unknown name fee; write the item with these names',
    ],
  ])('are told with row, column and what to do: %#', async (row, told) => {
    const run = batch({ plan, input: fromRows([good, row, good]), threads: 1 })
    await expect(run).rejects.toThrow(BatchProblems)
    await expect(run).rejects.toThrow(told)
  })

  it('an unknown and a missing column are told once', async () => {
    const rows = Array.from({ length: 5 }, () => ({ kind: 'adult', joinsOn: '2024-01-01', suspendd: true, guests: [] }))
    const error: unknown = await batch({ plan, input: fromRows(rows) }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      found: 2,
      problems: [
        { row: 0, column: 'suspendd', expected: 'a fact of the policy', mend: 'perhaps `suspended` was meant' },
        { row: 0, column: 'suspended', expected: 'a column', found: 'nothing' },
      ],
    })
  })

  it('are told up to a limit, and nothing is written', async () => {
    const path = join(folder, 'bad.csv')
    const rows = [...membersOf(70_000), ...Array.from({ length: 500 }, () => ({ ...good, id: 'x', kind: 'none' }))]
    const run = batch({ plan, input: fromRows(rows), output: toCsv(path), keep: ['id'], problemsMax: 3, threads: 2 })
    await expect(run).rejects.toMatchObject({
      problems: [{ row: 70_001 }, { row: 70_002 }, { row: 70_003 }],
      found: 500,
    })
    expect((await readdir(folder)).filter((name) => name.startsWith('bad'))).toEqual([])
  })

  it.each([
    ['kind,joinsOn\nadult\n', 'row 1, column : expected 2 cells, found 1'],
    ['kind,joinsOn\n"adult,2024\n', 'put cells with quotes, commas or line ends into quotes'],
  ])('a line of CSV that is none is told', async (text, told) => {
    await expect(batch({ plan, input: fromCsv(Readable.from([text])) })).rejects.toThrow(told)
  })
})

describe('a long run', () => {
  it('tells its progress, up to the last row', async () => {
    const table = populate(plan.body, { rows: 400_000, seed: 2 })
    const told: number[] = []
    await batch({ plan, input: fromTables([table, table]), onProgress: ({ rows }) => told.push(rows), threads: 2 })
    expect(told.at(-1)).toBe(800_000)
    expect(told.toSorted((a, b) => a - b)).toEqual(told)
  })

  it.each([1, 2])('ends soon after it is aborted, and leaves nothing behind (%i thread(s))', async (threads) => {
    const table = populate(plan.body, { rows: 200_000, seed: 2 })
    const stopping = new AbortController()
    const path = join(folder, `stopped-${threads}.csv`)
    let given = 0
    function* endless() {
      for (;;) {
        given++
        yield table
      }
    }
    const run = batch({
      plan,
      input: fromTables(endless(), { isChecked: true }),
      output: toCsv(path),
      threads,
      signal: stopping.signal,
      onProgress: ({ rows }) => {
        if (rows > 300_000) stopping.abort(new Error('enough'))
      },
    })
    await expect(run).rejects.toThrow('enough')
    expect(given).toBeLessThan(12)
    expect((await readdir(folder)).filter((name) => name.startsWith('stopped'))).toEqual([])
    expect((await batch({ plan, input: fromTables([table]), threads })).totals.rows).toBe(table.rows)
  })

  it('does not begin when it was aborted before', async () => {
    await expect(batch({ plan, input: fromRows([]), signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no')
  })

  it('keeps memory bounded while a long CSV streams through', async () => {
    const names = Object.keys(plan.body.facts)
    const lines = membersOf(1_000).map((each) => {
      return names.map((name) => `"${String(name === 'guests' ? '[]' : (each[name] ?? ''))}"`).join(',')
    })
    const block = `${lines.join('\n')}\n`
    function* text() {
      yield `${names.join(',')}\n`
      for (let blocks = 0; blocks < 1_000; blocks++) yield block
    }
    let most = 0
    const before = process.memoryUsage().rss
    const { totals } = await batch({
      plan,
      input: fromCsv(Readable.from(text())),
      onProgress: () => {
        most = Math.max(most, process.memoryUsage().rss)
      },
      threads: 2,
    })
    expect(totals.rows).toBe(1_000_000)
    expect((most - before) / 2 ** 20).toBeLessThan(400)
  }, 60_000)
})

it('the file that is being written has another name until it is whole', async () => {
  const path = join(folder, 'whole.csv')
  await batch({ plan, input: fromRows(membersOf(10)), output: toCsv(path), keep: ['id'] })
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(12)
})
