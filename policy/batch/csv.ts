import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { CellChunk } from './encode.ts'
import { type FileStream, openFileStream } from './files.ts'
import { CHUNK_ROWS } from './input.ts'
import { type BatchOutput, columnsInWords } from './output.ts'
import { BatchProblems } from './problems.ts'

/** The rows of a CSV file, as they come. */
export async function* chunksOfCsv(source: string | Readable): AsyncGenerator<CellChunk> {
  const bytes = typeof source === 'string' ? createReadStream(source) : source
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true })
  bytes.on('error', (error: Error) => parser.destroy(error))
  let names: readonly string[] | undefined
  let columns: string[][] = []
  let rows = 0
  try {
    for await (const record of bytes.pipe(parser)) {
      const cells: readonly string[] = record
      if (names === undefined) {
        names = cells
        columns = newColumns(names)
        continue
      }
      if (cells.length !== names.length) throw unevenRow(rows + 1, names.length, cells.length)
      for (let place = 0; place < cells.length; place++) columns[place]?.push(cells[place] ?? '')
      rows++
      if (rows % CHUNK_ROWS > 0) continue
      yield chunkOf(names, columns)
      columns = newColumns(names)
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(rows + 1, error) : error
  } finally {
    bytes.destroy()
  }
  if (names !== undefined && (columns[0]?.length ?? 0) > 0) yield chunkOf(names, columns)
}

function newColumns(names: readonly string[]): string[][] {
  return names.map(() => [])
}

function chunkOf(names: readonly string[], columns: readonly string[][]): CellChunk {
  const named = names.map((name, place) => [name, columns[place] ?? []] as const)
  return { rows: columns[0]?.length ?? 0, columns: new Map(named), emptyIsAbsent: true }
}

function unevenRow(row: number, expected: number, found: number): BatchProblems {
  const mend = 'give every row as many cells as the first line has names; quote cells that hold a comma'
  return new BatchProblems([{ row, column: '', expected: `${expected} cells`, found: `${found}`, mend }], 1)
}

function unreadable(row: number, error: CsvError): BatchProblems {
  const mend = 'put cells with quotes, commas or line ends into quotes, and double the quotes inside'
  return new BatchProblems([{ row, column: '', expected: 'a row of CSV', found: error.message, mend }], 1)
}

/** Writes outcomes as CSV. */
export function csvOutput(path: string): BatchOutput {
  let file: FileStream | undefined
  return {
    async write(chunk) {
      const columns = columnsInWords(chunk)
      const isFirst = file === undefined
      file ??= openFileStream(path)
      const lines = isFirst ? [columns.map(({ name }) => csvCell(name)).join(',')] : []
      for (let row = 0; row < chunk.rows; row++) lines.push(columns.map(({ cells }) => csvCell(cells[row])).join(','))
      await file.write(lines.map((line) => `${line}\n`).join(''))
    },
    async finish() {
      file?.stream.end()
      await file?.finish()
    },
    abort: async () => file?.abort(),
  }
}

function csvCell(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
