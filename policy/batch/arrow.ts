import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import {
  Bool,
  DataType,
  DateDay,
  Field,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchReader,
  Schema,
  Struct,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'
import { dayOf } from '../kernel/day-numbers.ts'
import type { CellChunk } from './encode.ts'
import { type FileStream, openFileStream } from './files.ts'
import { CHUNK_ROWS } from './input.ts'
import type { OutcomeColumn } from './outcomes.ts'
import { type BatchOutput, columnsInWords } from './output.ts'

const MILLISECONDS_PER_DAY = 86_400_000

/**
 * The rows of Arrow IPC, one record batch after the other.
 * @throws what reading the bytes failed with; RangeError when there are none
 */
export async function* chunksOfArrow(source: string | Uint8Array | Readable): AsyncGenerator<CellChunk> {
  const bytes = typeof source === 'string' ? createReadStream(source) : source
  if (!(bytes instanceof Readable)) {
    yield* chunksOfReader(RecordBatchReader.from(bytes))
    return
  }
  // The reader takes a stream that fails for one that ends.
  let failure: unknown
  bytes.on('error', (error: Error) => {
    failure = error
  })
  try {
    yield* chunksOfReader(await RecordBatchReader.from(bytes))
  } catch (error) {
    throw failure ?? error
  } finally {
    bytes.destroy()
  }
  if (failure !== undefined) throw failure
}

async function* chunksOfReader(reader: RecordBatchReader): AsyncGenerator<CellChunk> {
  await reader.open()
  if (reader.schema === undefined) throw new RangeError('there is nothing to be read as Arrow')
  for await (const batch of reader) {
    for (let from = 0; from < batch.numRows; from += CHUNK_ROWS) {
      const part = batch.slice(from, Math.min(from + CHUNK_ROWS, batch.numRows))
      const columns = part.schema.fields.map(({ name }) => [name, cellsOfVector(part.getChild(name))] as const)
      yield { rows: part.numRows, columns: new Map(columns) }
    }
  }
}

/** Numbers without nulls are read where they are. */
function cellsOfVector(vector: Vector | null): ArrayLike<unknown> {
  if (vector === null) return []
  const { type } = vector
  if (vector.nullCount === 0 && (DataType.isInt(type) || DataType.isFloat(type))) return vector.toArray()
  return Array.from({ length: vector.length }, (_, row) => plainCell(type, vector.get(row)))
}

/** A cell as JSON would have it, but for dates, which become day numbers. */
function plainCell(type: DataType, cell: unknown): unknown {
  if (cell === null || cell === undefined) return null
  if (DataType.isDate(type)) return Number(cell) / MILLISECONDS_PER_DAY
  if (DataType.isList(type) && isIterable(cell)) return Array.from(cell, (item) => plainCell(type.valueType, item))
  if (!DataType.isStruct(type)) return cell
  const fields = new Map(isIterable(cell) ? Array.from(cell, pairOf) : [])
  return Object.fromEntries(type.children.map(({ name, type: of }) => [name, plainCell(of, fields.get(name))]))
}

function isIterable(cell: unknown): cell is Iterable<unknown> {
  return typeof cell === 'object' && cell !== null && Symbol.iterator in cell
}

/** A struct is told field by field. */
function pairOf(entry: unknown): [name: unknown, cell: unknown] {
  return Array.isArray(entry) ? [entry[0], entry[1]] : [entry, undefined]
}

/** Writes outcomes as an Arrow IPC file. */
export function arrowOutput(path: string): BatchOutput {
  let open: OpenArrow | undefined
  return {
    async write(chunk) {
      const columns = columnsInWords(chunk)
      open ??= openArrow(path, columns)
      open.writer.write(recordBatchOf(open.schema, columns, chunk.rows))
      // The stream takes what was written when it has its turn, and says then whether the disk keeps up.
      await setImmediate()
      await open.file.drained()
    },
    async finish() {
      open?.writer.finish()
      await open?.file.finish()
    },
    async abort() {
      open?.writer.abort()
      await open?.file.abort()
    },
  }
}

interface OpenArrow {
  readonly schema: Schema
  readonly writer: RecordBatchFileWriter
  readonly file: FileStream
}

function openArrow(path: string, columns: readonly OutcomeColumn[]): OpenArrow {
  const schema = new Schema(columns.map(({ name, type }) => new Field(name, arrowType(type), true)))
  const writer = new RecordBatchFileWriter()
  writer.reset(undefined, schema)
  const file = openFileStream(path)
  Readable.from(writer).pipe(file.stream)
  return { schema, writer, file }
}

function recordBatchOf(schema: Schema, columns: readonly OutcomeColumn[], length: number): RecordBatch {
  const children = columns.flatMap((column) => vectorFromArray(cellsOf(column), arrowType(column.type)).data)
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), nullCount: 0, length, children }))
}

function arrowType(type: OutcomeColumn['type']): DataType {
  switch (type) {
    case 'number':
      return new Int64()
    case 'flag':
      return new Bool()
    case 'date':
      return new DateDay()
    default:
      return new Utf8()
  }
}

function cellsOf({ type, cells }: OutcomeColumn): unknown[] {
  return Array.from(cells, (cell) => {
    if (cell === null || cell === undefined) return null
    if (type === 'number') return BigInt(Number(cell))
    if (type === 'date') return dayOf(String(cell)) * MILLISECONDS_PER_DAY
    return type === 'flag' ? cell === true : String(cell)
  })
}
