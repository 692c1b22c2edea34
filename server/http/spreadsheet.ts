import { parse } from 'csv-parse/sync'
import exceljs from 'exceljs'
import { BadInput } from '../../ground/door.ts'

/** A table as it stands in a file: a row of column names, then rows of as many texts. */
export type FileTable = { columns: string[]; rows: string[][] }

const rowsMax = 20_000

/**
 * Reads a CSV (UTF-8 or GB 18030, as hospital systems write it) or the first sheet of an Excel workbook, by its content. Empty lines are left out;
 * numbers keep the text they show, so that codes and identity numbers lose nothing. Throws `BadInput` `file_not_a_table`.
 */
export async function readTable(bytes: Buffer): Promise<FileTable> {
  const isWorkbook = bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
  const lines = (isWorkbook ? await readWorkbook(bytes) : readCsv(bytes)).filter((line) =>
    line.some((cell) => cell !== ''),
  )
  const [columns, ...rows] = lines
  if (!columns || columns.some((column) => column === '')) {
    throw notATable('a first line that names every column', columns ? columns.join(' | ') : 'an empty file')
  }
  if (rows.length > rowsMax) throw notATable(`at most ${rowsMax} rows`, `${rows.length} rows`)
  return { columns, rows: rows.map((row) => columns.map((_, index) => row[index] ?? '')) }
}

function readCsv(bytes: Buffer): string[][] {
  try {
    return parse(textOf(bytes), { bom: true, trim: true, relaxColumnCount: true, skipEmptyLines: true })
  } catch (error) {
    throw notATable('CSV, or an Excel workbook (.xlsx)', error instanceof Error ? error.message : 'other content')
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

async function readWorkbook(bytes: Buffer): Promise<string[][]> {
  const workbook = new exceljs.Workbook()
  try {
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer)
  } catch (error) {
    throw notATable('an Excel workbook (.xlsx)', error instanceof Error ? error.message : 'other content')
  }
  const sheet = workbook.worksheets[0]
  if (!sheet) throw notATable('a workbook with a sheet', 'none')
  const lines: string[][] = []
  sheet.eachRow((row) => {
    const cells = Array.from({ length: sheet.columnCount }, (_, index) => cellText(row.getCell(index + 1)))
    lines.push(cells)
  })
  return lines.map((line) => line.slice(0, lastFilled(lines[0] ?? [])))
}

function lastFilled(columns: string[]): number {
  return columns.findLastIndex((column) => column !== '') + 1
}

/** A date cell as `YYYY-MM-DD`; anything else as it is shown. */
function cellText(cell: exceljs.Cell): string {
  if (cell.value instanceof Date) return cell.value.toISOString().slice(0, 10)
  return cell.text.trim()
}

function notATable(expected: string, found: string): BadInput {
  return new BadInput([{ path: 'file', expected, found }], 'file_not_a_table')
}
