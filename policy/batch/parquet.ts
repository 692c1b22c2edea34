import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  type SchemaElement,
} from 'hyparquet'
import { fileWriter, ParquetWriter } from 'hyparquet-writer'
import { dayOf } from '../kernel/day-numbers.ts'
import type { CellChunk } from './encode.ts'
import { type NewFile, newFile } from './files.ts'
import { CHUNK_ROWS } from './input.ts'
import type { OutcomeColumn } from './outcomes.ts'
import { type BatchOutput, columnsInWords } from './output.ts'

type AsyncFile = Awaited<ReturnType<typeof asyncBufferFromFile>>

/** The rows of a Parquet file, one row group after the other. */
export async function* chunksOfParquet(path: string): AsyncGenerator<CellChunk> {
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  let start = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    const columns = await columnsOfGroup(file, metadata, start, start + rows)
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      const to = Math.min(from + CHUNK_ROWS, rows)
      yield { rows: to - from, columns: new Map([...columns].map(([name, cells]) => [name, cells.slice(from, to)])) }
    }
    start += rows
  }
}

/** Days stay day numbers: a cell that is a number is one already. */
const parsers = { dateFromDays: (days: number) => days }

async function columnsOfGroup(
  file: AsyncFile,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<ReadonlyMap<string, unknown[]>> {
  const columns = new Map<string, unknown[]>()
  const take = (name: string, cells: ArrayLike<unknown>, from: number) => {
    const column = columns.get(name) ?? new Array<unknown>(rowEnd - rowStart)
    for (let index = 0; index < cells.length; index++) {
      const row = from + index - rowStart
      if (row >= 0 && row < column.length) column[row] = cells[index]
    }
    columns.set(name, column)
  }
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd,
    parsers,
    onChunk: ({ columnName, columnData, rowStart: from }) => take(columnName, columnData, from),
  })
  return columns
}

/** Writes outcomes as a Parquet file. */
export function parquetOutput(path: string): BatchOutput {
  let file: NewFile | undefined
  let writer: ParquetWriter | undefined
  return {
    async write(chunk) {
      const columns = columnsInWords(chunk)
      if (writer === undefined) {
        file = newFile(path)
        writer = new ParquetWriter({ writer: fileWriter(file.partPath), schema: schemaOf(columns) })
      }
      const columnData = columns.map((column) => ({ name: column.name, data: dataOf(column) }))
      await writer.write({ columnData, rowGroupSize: chunk.rows })
    },
    async finish() {
      await writer?.finish()
      await file?.keep()
    },
    abort: async () => file?.drop(),
  }
}

function schemaOf(columns: readonly OutcomeColumn[]): SchemaElement[] {
  const elements = columns.map(
    ({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...physicalType(type) }),
  )
  return [{ name: 'root', num_children: elements.length }, ...elements]
}

function physicalType(type: OutcomeColumn['type']): Pick<SchemaElement, 'type' | 'converted_type'> {
  switch (type) {
    case 'number':
      return { type: 'INT64' }
    case 'flag':
      return { type: 'BOOLEAN' }
    case 'date':
      return { type: 'INT32', converted_type: 'DATE' }
    default:
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
  }
}

function dataOf({ type, cells }: OutcomeColumn): unknown[] {
  return Array.from(cells, (cell) => {
    if (cell === null || cell === undefined) return null
    if (type === 'number') return BigInt(Number(cell))
    if (type === 'date') return dayOf(String(cell))
    return type === 'flag' ? cell === true : String(cell)
  })
}
