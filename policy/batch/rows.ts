import type { CellChunk } from './encode.ts'

/** Rows as objects, turned into columns: those that any of them has. */
export function cellsOfRows(rows: readonly unknown[]): CellChunk {
  const names = new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : [])))
  const columns = [...names].map((name) => [name, rows.map((row) => (isRecord(row) ? row[name] : undefined))] as const)
  return { rows: rows.length, columns: new Map(columns) }
}

function isRecord(row: unknown): row is Readonly<Record<string, unknown>> {
  return typeof row === 'object' && row !== null
}
