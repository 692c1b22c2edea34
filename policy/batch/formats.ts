/** The file formats. What reads and writes one is loaded when it is first used: the libraries are large, and who decides single cases needs none. */
import type { Readable } from 'node:stream'
import type { CellChunk } from './encode.ts'
import type { BatchInput } from './input.ts'
import type { BatchOutput } from './output.ts'

/**
 * A CSV file (RFC 4180, UTF-8, names in its first line), read as it comes: a path, or a stream of its bytes. An empty cell is an absent
 * fact; a list is its items as JSON.
 */
export function fromCsv(source: string | Readable): BatchInput {
  return cellsOf(async () => (await import('./csv.ts')).chunksOfCsv(source))
}

/** Arrow IPC, file or stream: a path, its bytes, or a stream of them. Read one record batch after the other; lists are lists of structs, or JSON text. */
export function fromArrow(source: string | Uint8Array | Readable): BatchInput {
  return cellsOf(async () => (await import('./arrow.ts')).chunksOfArrow(source))
}

/** A Parquet file (uncompressed or Snappy), read one row group after the other. Lists are lists of structs, or JSON text. */
export function fromParquet(path: string): BatchInput {
  return cellsOf(async () => (await import('./parquet.ts')).chunksOfParquet(path))
}

/** Outcomes as a CSV file, in words: the kept columns, `outcome`, `reason`, `because` and the results. What is null is empty. */
export function toCsv(path: string): BatchOutput {
  return openedOutput(async () => (await import('./csv.ts')).csvOutput(path))
}

/** Outcomes as an Arrow IPC file, in words: one record batch for each stretch of rows. Amounts are Int64, kept columns text. */
export function toArrow(path: string): BatchOutput {
  return openedOutput(async () => (await import('./arrow.ts')).arrowOutput(path))
}

/** Outcomes as a Parquet file, in words: one row group for each stretch of rows. Amounts are INT64, kept columns text. */
export function toParquet(path: string): BatchOutput {
  return openedOutput(async () => (await import('./parquet.ts')).parquetOutput(path))
}

function cellsOf(open: () => Promise<AsyncIterable<CellChunk>>): BatchInput {
  return { is: 'cells', chunks: openedChunks(open) }
}

async function* openedChunks(open: () => Promise<AsyncIterable<CellChunk>>): AsyncGenerator<CellChunk> {
  yield* await open()
}

/** An output that is opened by the first thing asked of it. */
function openedOutput(open: () => Promise<BatchOutput>): BatchOutput {
  let opened: Promise<BatchOutput> | undefined
  const output = () => {
    opened ??= open()
    return opened
  }
  return {
    write: async (chunk) => (await output()).write(chunk),
    finish: async () => (await output()).finish(),
    abort: async () => (await opened)?.abort(),
  }
}
