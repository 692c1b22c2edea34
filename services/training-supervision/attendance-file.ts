import { parse as parseCsv } from 'csv-parse/sync'
import exceljs from 'exceljs'
import { z } from 'zod'
import { BadInput, type Instant, startOfDate } from '../../ground/door.ts'

/** The columns of an attendance file, as its first line names them. */
export const attendanceColumns = ['证件号码', '日期', '签到', '签退', '设备', '设备类型', '纬度', '经度'] as const

/** One line of an attendance file; `row` as the person sees it (1 = header). */
export type AttendanceLine = {
  row: number
  idNumber: string
  inAt: Instant
  outAt: Instant
  device: string
  isTerminal: boolean
  latitudeE6: number
  longitudeE6: number
}

/** One thing wrong in a file. */
export type LineProblem = { row: number; column: string; expected: string; found: string }

const rowsMax = 20_000
const bytesMax = 5_000_000

/** Reads attendance from CSV (UTF-8) or an Excel workbook: every line, or every problem. @throws BadInput for what is no such file */
export async function readAttendanceFile(
  content: Buffer,
): Promise<{ lines: AttendanceLine[]; problems: LineProblem[] }> {
  if (content.length > bytesMax) throw notTheFile(`at most ${bytesMax} bytes`, `${content.length} bytes`)
  const isWorkbook = content.subarray(0, 2).toString('latin1') === 'PK'
  const [header = [], ...rows] = isWorkbook ? await readWorkbook(content) : readCsv(content)
  if (attendanceColumns.some((column, index) => header[index] !== column)) {
    throw notTheFile(`the columns ${attendanceColumns.join(', ')}`, header.join(', '))
  }
  if (rows.length > rowsMax) throw notTheFile(`at most ${rowsMax} rows`, `${rows.length} rows`)
  const lines: AttendanceLine[] = []
  const problems: LineProblem[] = []
  for (const [index, cells] of rows.entries()) {
    const read = readLine(cells, index + 2)
    if ('problems' in read) problems.push(...read.problems)
    else lines.push(read.line)
  }
  return { lines, problems }
}

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, { error: 'a time HH:MM or HH:MM:SS' })
  .transform((text) => (text.length === 5 ? `${text}:00` : text))

function degrees(max: number) {
  const error = `degrees, such as 38.042, from -${max} to ${max}`
  return z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,8})?$/, { error })
    .refine((text) => Math.abs(Number(text)) <= max, { error })
}

const line = z
  .tuple([
    z.string().min(1, { error: 'an identity number' }),
    z.iso.date({ error: 'a date YYYY-MM-DD' }),
    time,
    time,
    z.string().min(1, { error: 'the number of the device' }).max(60),
    z.enum(['考勤机', '手机'], { error: '考勤机 or 手机' }),
    degrees(90),
    degrees(180),
  ])
  .refine(([, , came, left]) => left > came, { error: 'a time after the sign-in', path: [3] })

function readLine(cells: readonly string[], row: number): { line: AttendanceLine } | { problems: LineProblem[] } {
  const parsed = line.safeParse(attendanceColumns.map((_, index) => cells[index]?.trim() ?? ''))
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      row,
      column: attendanceColumns[Number(path[0])] ?? '',
      expected: message,
      found: cells[Number(path[0])] ?? '',
    }))
    return { problems }
  }
  const [idNumber, on, came, left, device, kind, latitude, longitude] = parsed.data
  return {
    line: {
      ...{ row, idNumber, device, isTerminal: kind === '考勤机' },
      ...{ inAt: atTime(on, came), outAt: atTime(on, left) },
      ...{ latitudeE6: Math.round(Number(latitude) * 1e6), longitudeE6: Math.round(Number(longitude) * 1e6) },
    },
  }
}

function atTime(on: string, text: string): Instant {
  return startOfDate(on, text)
}

function readCsv(content: Buffer): string[][] {
  try {
    const rows: unknown = parseCsv(content, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true })
    return z.array(z.array(z.string())).parse(rows)
  } catch (error) {
    throw notTheFile('CSV in UTF-8, or an Excel workbook', error instanceof Error ? error.message : 'other content')
  }
}

async function readWorkbook(content: Buffer): Promise<string[][]> {
  const workbook = new exceljs.Workbook()
  try {
    await workbook.xlsx.load(Uint8Array.from(content).buffer)
  } catch (error) {
    throw notTheFile('an Excel workbook (.xlsx)', error instanceof Error ? error.message : 'other content')
  }
  const sheet = workbook.worksheets[0]
  const lines: string[][] = []
  sheet?.eachRow((row) => lines.push(attendanceColumns.map((_, index) => row.getCell(index + 1).text)))
  return lines
}

function notTheFile(expected: string, found: string): BadInput {
  return new BadInput([{ path: 'contentBase64', expected, found }])
}
