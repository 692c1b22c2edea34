import { parse as parseCsv } from 'csv-parse/sync'
import exceljs from 'exceljs'
import { z } from 'zod'
import { BadInput } from '../../ground/door.ts'

/** One thing wrong in a list: the row as the person sees it (1 = header), the column, and the message that says what belongs there. */
export const lineProblem = z.object({
  row: z.int(),
  column: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.string()),
})

/** See `lineProblem`. */
export type LineProblem = z.infer<typeof lineProblem>

/** A line of a list as it was read. */
export type Line<Read> = { row: number; read: Read }

const rowsMax = 20_000
const bytesMax = 5_000_000

/**
 * Reads a list from CSV (UTF-8, or GB 18030 as spreadsheets in Chinese save it) or an Excel workbook: every line, or what is wrong with it. The
 * parser takes a tuple of the cells by the columns; its error messages are codes.
 * @throws BadInput for what is no such file
 */
export async function readSheet<Read>(
  content: Buffer,
  columns: readonly string[],
  parser: z.ZodType<Read>,
): Promise<{ lines: Array<Line<Read>>; problems: LineProblem[] }> {
  if (content.length > bytesMax) throw notTheFile(`at most ${bytesMax} bytes`, `${content.length} bytes`)
  const isWorkbook = content.subarray(0, 2).toString('latin1') === 'PK'
  const [header, ...rows] = isWorkbook ? await readWorkbook(content, columns.length) : readCsv(content)
  if (columns.some((column, index) => header?.cells[index]?.trim() !== column)) {
    throw notTheFile(`the columns ${columns.join(', ')}`, header?.cells.join(', ') ?? 'nothing')
  }
  if (rows.length > rowsMax) throw notTheFile(`at most ${rowsMax} rows`, `${rows.length} rows`)
  const lines: Array<Line<Read>> = []
  const problems: LineProblem[] = []
  for (const { row, cells } of rows) {
    const parsed = parser.safeParse(columns.map((_, index) => cells[index]?.trim() ?? ''))
    if (parsed.success) lines.push({ row, read: parsed.data })
    else {
      for (const { path, message } of parsed.error.issues) {
        problems.push({ row, column: columns[Number(path[0])] ?? '', code: message, params: {} })
      }
    }
  }
  return { lines, problems }
}

/** Parses a cell that holds a time, with seconds or without; gives it with them. */
export const timeCell = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, { error: 'cell.time' })
  .transform((text) => (text.length === 5 ? `${text}:00` : text))

/** Parses a cell that holds a date. */
export const dateCell = z.iso.date({ error: 'cell.date' })

type Row = { row: number; cells: string[] }

function readCsv(content: Buffer): Row[] {
  try {
    const rows: unknown = parseCsv(textOf(content), { bom: true, trim: true, relax_column_count: true })
    return z
      .array(z.array(z.string()))
      .parse(rows)
      .map((cells, index) => ({ row: index + 1, cells }))
      .filter(isFilled)
  } catch (error) {
    throw notTheFile('CSV, or an Excel workbook', error instanceof Error ? error.message : 'other content')
  }
}

function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(content)
  }
}

async function readWorkbook(content: Buffer, width: number): Promise<Row[]> {
  const workbook = new exceljs.Workbook()
  try {
    await workbook.xlsx.load(Uint8Array.from(content).buffer)
  } catch (error) {
    throw notTheFile('an Excel workbook (.xlsx)', error instanceof Error ? error.message : 'other content')
  }
  const rows: Row[] = []
  workbook.worksheets[0]?.eachRow((line, row) => {
    rows.push({ row, cells: Array.from({ length: width }, (_, index) => cellText(line.getCell(index + 1))) })
  })
  return rows.filter(isFilled)
}

/** A workbook keeps dates and times as instants: a time alone stands on the day before its calendar begins. */
function cellText({ value, text }: exceljs.Cell): string {
  if (!(value instanceof Date)) return text
  const [day = '', time = ''] = value.toISOString().split('T')
  return day < '1900-01-01' ? time.slice(0, 8) : day
}

function isFilled({ cells }: Row): boolean {
  return cells.some((cell) => cell.trim() !== '')
}

function notTheFile(expected: string, found: string): BadInput {
  return new BadInput([{ path: 'contentBase64', expected, found }])
}
