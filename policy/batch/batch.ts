import { availableParallelism } from 'node:os'
import { findBody } from '../decide.ts'
import type { PolicyIr } from '../ir.ts'
import {
  COLUMN_BYTES,
  type Column,
  columnArray,
  inputColumns,
  outcomeColumns,
  outcomeTable,
  type Table,
} from '../kernel/columns.ts'
import type { KernelPlan, Totals } from '../kernel/kernel.ts'
import { requireColumns } from '../kernel/required-columns.ts'
import { checkValues, type ResolvedValues } from '../values.ts'
import { createDictionary } from './cells.ts'
import { type CellChunk, type Encoding, encodeChunk, type SetNames } from './encode.ts'
import { type EngineName, engineCode } from './engine.ts'
import { type BatchInput, checkTable } from './input.ts'
import type { BatchOutput, DecidedChunk } from './output.ts'
import { createProblemLog, type ProblemLog } from './problems.ts'
import { BLOCK_ROWS, newShardState, rowsDone, type ShardState, type ShardTotals, stopShard } from './runner.ts'
import { createShardMemory, isPlaced, isShared, type PlacedTable, type Shard, type ShardMemory } from './shard.ts'
import { assembleTeam, type Team } from './team.ts'
import { addTotals, noTotals } from './totals.ts'

/** One run of a rule over a population. */
export interface BatchOptions {
  /** What decides: `planOf`. It is compiled when it first runs; keep it for further runs. */
  readonly plan: KernelPlan
  readonly input: BatchInput
  /** Where the outcome of every row goes; only totals are made unless given. */
  readonly output?: BatchOutput
  /** How cells name the set of values of their row; needed where the plan has more than one. */
  readonly sets?: SetNames
  /** Columns of the input that are no facts: they are passed on to the output as they are. */
  readonly keep?: readonly string[]
  /** Totals by set of values too. */
  readonly bySet?: boolean
  /** WebAssembly unless said otherwise; JavaScript where that cannot run the plan. */
  readonly engine?: EngineName
  /** How many threads work; as many as the machine has unless said otherwise. One works in the calling thread. */
  readonly threads?: number
  /** How many unreadable cells are told before reading stops. */
  readonly problemsMax?: number
  readonly onProgress?: (progress: { readonly rows: number }) => void
  readonly signal?: AbortSignal
}

/** What came out of a population. */
export interface BatchResult {
  readonly engine: EngineName
  readonly totals: Totals
  /** By set of values, in the order of the plan; empty unless asked for. */
  readonly sets: readonly Totals[]
}

/**
 * What a policy needs to decide rows on a day: the body that is law and its values, one set of them or several.
 * @throws RangeError on a day that no body covers
 * @throws ValueProblems when a value is missing or does not fit
 */
export function planOf(ir: PolicyIr, sets: readonly ResolvedValues[], on: string): KernelPlan {
  const body = findBody(ir.bodies, on)
  if (body === undefined) throw new RangeError(`no body of ${ir.id} is law on ${on}`)
  return { body, sets: sets.map((values) => checkValues(body.values, values, on)) }
}

/**
 * Decides every row of a population.
 * @throws BatchProblems when a cell cannot be read: then nothing is written and no total is given
 * @throws TypeError when a table lacks a column or has it of another kind, or nothing says how rows name their set of values
 * @throws RangeError when the plan has no set of values or more than 256, or a placed table has not the room that the run needs
 * @throws what reading the input or writing the output failed with, and what `signal` was aborted with
 */
export async function batch(options: BatchOptions): Promise<BatchResult> {
  const { plan, output, bySet = false, signal, problemsMax = 100 } = options
  signal?.throwIfAborted()
  const isStored = output !== undefined || bySet
  const code = engineCode(plan, options.engine ?? 'wasm', isStored)
  const team = assembleTeam({ plan, bySet, code }, options.threads ?? availableParallelism())
  const run: Run = {
    options,
    team,
    isStored,
    log: createProblemLog(problemsMax),
    flight: [],
    done: { engine: code.is, totals: noTotals(), sets: [] },
    rows: 0,
  }
  const stop = () => {
    for (const { state } of run.flight) stopShard(state)
  }
  const timer = options.onProgress && setInterval(() => tellProgress(run), PROGRESS_MILLISECONDS)
  signal?.addEventListener('abort', stop)
  try {
    await runAll(run)
    await output?.finish()
    return run.done
  } catch (error) {
    stop()
    await Promise.allSettled(run.flight.map(({ ran }) => ran))
    await output?.abort()
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    clearInterval(timer)
    team.release()
  }
}

const PROGRESS_MILLISECONDS = 100

/** Bytes of facts and outcomes that are worked on at once, about: larger tables are run in pieces. */
const SHARD_BYTES = 2 ** 30

interface Run {
  readonly options: BatchOptions
  readonly team: Team
  readonly isStored: boolean
  readonly log: ProblemLog
  /** Shards that are being worked on, oldest first. */
  readonly flight: Flight[]
  done: BatchResult
  /** Rows of all shards that were finished. */
  rows: number
}

interface Flight {
  readonly state: ShardState
  readonly ran: Promise<ShardTotals>
  readonly memory: ShardMemory
  readonly chunk: Omit<DecidedChunk, 'outcomes'> & { readonly outcomes?: Table }
}

/** Sends shards off and takes them back in order; one more than there are threads, so that there is always one to begin. */
async function runAll(run: Run): Promise<void> {
  const { input } = run.options
  const free = Array.from({ length: run.team.threads + 1 }, (_, index) => createShardMemory(`shard ${index}`))
  let firstRow = 1
  const next = async (): Promise<ShardMemory> => {
    run.options.signal?.throwIfAborted()
    return free.pop() ?? (await land(run))
  }
  for await (const piece of input.is === 'cells' ? input.chunks : piecesOf(run, input.tables)) {
    const memory = await next()
    const sent = isCells(piece) ? sendCells(run, memory, piece, firstRow) : sendTable(run, memory, piece, firstRow)
    if (sent === undefined) free.push(memory)
    else run.flight.push(sent)
    // A table that is read where it is may be filled again by whoever gives the next one.
    if (!isCells(piece)) while (run.flight.length > 0) free.push(await land(run))
    firstRow += piece.rows
    if (run.log.isFull) break
  }
  while (run.flight.length > 0) await land(run)
  run.options.signal?.throwIfAborted()
  if (!run.log.isEmpty) throw run.log.error()
  if (run.rows === 0) await run.options.output?.write(nobody(run.options))
}

/** A chunk without rows, so that the outcome of an empty population has its columns too. */
function nobody({ plan: { body, sets }, keep = [] }: BatchOptions): DecidedChunk {
  const columns = inputColumns(body, sets.length).map(({ name, kind, code }) => {
    return [name, columnArray(kind, code.is === 'offsets' ? 1 : 0)] as const
  })
  const facts = { rows: 0, columns: Object.fromEntries(columns) }
  const kept = new Map(keep.map((name) => [name, []]))
  return { body, rows: 0, facts, outcomes: outcomeTable(body, facts), dictionary: codesAsTexts, kept }
}

function isCells(piece: CellChunk | Table): piece is CellChunk {
  return piece.columns instanceof Map
}

/** Waits for the oldest shard, writes what came out of it, and gives its memory back. */
async function land(run: Run): Promise<ShardMemory> {
  const [oldest] = run.flight
  if (oldest === undefined) throw new TypeError('nothing is in flight')
  const { totals, sets } = await oldest.ran
  run.options.signal?.throwIfAborted()
  run.flight.shift()
  const { chunk, memory } = oldest
  if (run.log.isEmpty && chunk.outcomes !== undefined)
    await run.options.output?.write({ ...chunk, outcomes: chunk.outcomes })
  run.rows += chunk.rows
  run.done = {
    ...run.done,
    totals: addTotals(run.done.totals, totals),
    sets: sets.map((set, index) => addTotals(run.done.sets[index] ?? noTotals(), set)),
  }
  tellProgress(run)
  return memory
}

function tellProgress({ options, rows, flight }: Run): void {
  options.onProgress?.({ rows: flight.reduce((sum, { state }) => sum + rowsDone(state), rows) })
}

/** Encodes cells into shared memory; undefined when something has been found that cannot be read: then nothing is decided any more. */
function sendCells(run: Run, memory: ShardMemory, cells: CellChunk, firstRow: number): Flight | undefined {
  const { plan, sets, keep = [] } = run.options
  if (plan.sets.length > 1 && sets === undefined) throw new TypeError('`sets` must say how rows name their values')
  const encoding: Encoding = {
    body: plan.body,
    others: keep,
    allocate: memory.allocate,
    ...(sets === undefined || plan.sets.length === 1 ? {} : { sets }),
  }
  const { table, dictionary } = encodeChunk(encoding, cells, firstRow, run.log)
  if (!run.log.isEmpty) return undefined
  const kept = new Map(
    keep.flatMap((name) => {
      const column = cells.columns.get(name)
      return column === undefined ? [] : [[name, column] as const]
    }),
  )
  const facts = memory.table(inputsOf(plan), cells.rows)
  return send(run, memory, { key: '', rows: cells.rows, facts }, { facts: table, dictionary, kept })
}

const keys = new WeakMap<Table, string>()
let keysGiven = 0

/** The same for the same table: whoever fills it again is run by the kernel that is bound to it. */
function keyOf(table: Table): string {
  const key = keys.get(table) ?? `table ${keysGiven++}`
  keys.set(table, key)
  return key
}

/** Threads read shared tables where they are; others are copied. */
function sendTable(run: Run, memory: ShardMemory, table: Table, firstRow: number): Flight | undefined {
  const { input, plan } = run.options
  requireColumns(table, inputsOf(plan))
  if (input.is === 'tables' && !input.isChecked) checkTable(plan.body, plan.sets.length, table, firstRow, run.log)
  if (!run.log.isEmpty) return undefined
  if (isPlaced(table)) return sendPlaced(run, memory, table)
  const isThere = run.team.threads === 1 || isShared(table)
  if (!isThere) copyTable(memory, inputsOf(plan), table)
  const facts = isThere ? table : memory.table(inputsOf(plan), table.rows)
  const key = isThere ? keyOf(table) : ''
  const shard = { key, rows: table.rows, facts }
  return send(run, memory, shard, { facts, dictionary: codesAsTexts, kept: new Map() })
}

/** Everything stands where it is to be. @throws RangeError for a table without the room that this run needs */
function sendPlaced(run: Run, memory: ShardMemory, table: PlacedTable): Flight {
  const { rows, outcomes, placement } = table
  if (run.isStored && outcomes === undefined) throw new RangeError('the table was placed without room for outcomes')
  if (placement.frames.length < run.team.threads)
    throw new RangeError(`the table was placed for ${placement.frames.length} threads`)
  const stores = run.isStored && outcomes !== undefined ? { outcomes } : {}
  const facts = { rows, columns: table.columns }
  const shard = { key: keyOf(table), rows, facts, placed: table, ...stores }
  return fly(run, memory, shard, { facts, dictionary: codesAsTexts, kept: new Map() })
}

/** A table of codes has no texts; what its codes stand for is known to whoever made it. */
const codesAsTexts = { ...createDictionary(), textOf: String }

function copyTable(memory: ShardMemory, columns: readonly Column[], table: Table): void {
  for (const column of columns) {
    const from = table.columns[column.name]
    if (from !== undefined) memory.allocate(column, from.length).set(from)
  }
}

function send(
  run: Run,
  memory: ShardMemory,
  shard: Shard,
  chunk: Pick<DecidedChunk, 'facts' | 'dictionary' | 'kept'>,
): Flight {
  const { body } = run.options.plan
  const columns = run.isStored ? outcomeColumns(body) : []
  for (const column of columns) memory.allocate(column, lengthOf(column, shard))
  const outcomes = run.isStored ? { outcomes: memory.table(columns, shard.rows) } : {}
  return fly(run, memory, { ...shard, key: `${shard.key} ${memory.key}`, ...outcomes }, chunk)
}

function fly(
  { options, team }: Run,
  memory: ShardMemory,
  shard: Shard,
  chunk: Pick<DecidedChunk, 'facts' | 'dictionary' | 'kept'>,
): Flight {
  const { rows, outcomes } = shard
  const state = newShardState()
  const ran = team.run(shard, state)
  // Whoever lands the shard hears of the failure; until then it is no unhandled one.
  ran.catch(() => {})
  const stores = outcomes === undefined ? {} : { outcomes }
  return { state, ran, memory, chunk: { ...chunk, rows, body: options.plan.body, ...stores } }
}

function lengthOf({ per, list }: Column, { rows, facts }: Shard): number {
  return per === 'row' ? rows : (facts.columns[`${list}#`]?.[rows] ?? 0)
}

function inputsOf({ body, sets }: KernelPlan): Column[] {
  return inputColumns(body, sets.length)
}

/** Tables in pieces of bounded size. A table with lists stays whole, since its offsets count from its first row. */
async function* piecesOf(run: Run, tables: AsyncIterable<Table> | Iterable<Table>): AsyncGenerator<Table> {
  const { plan } = run.options
  const inputs = inputsOf(plan)
  const columns = run.isStored ? [...inputs, ...outcomeColumns(plan.body)] : inputs
  const hasLists = columns.some(({ per }) => per === 'item')
  const bytesPerRow = columns.reduce((sum, { kind }) => sum + COLUMN_BYTES[kind], 0)
  const rowsMax = Math.max(1, Math.floor(SHARD_BYTES / bytesPerRow / BLOCK_ROWS)) * BLOCK_ROWS
  for await (const table of tables) {
    if (hasLists || isPlaced(table) || table.rows <= rowsMax) {
      yield table
      continue
    }
    for (let from = 0; from < table.rows; from += rowsMax)
      yield sliceOf(table, inputs, from, Math.min(from + rowsMax, table.rows))
  }
}

function sliceOf({ columns }: Table, inputs: readonly Column[], from: number, to: number): Table {
  const slices = inputs.flatMap(({ name }) => {
    const array = columns[name]
    return array === undefined ? [] : [[name, array.subarray(from, to)] as const]
  })
  return { rows: to - from, columns: Object.fromEntries(slices) }
}
