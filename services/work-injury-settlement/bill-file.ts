import { parse as parseCsv } from 'csv-parse/sync'
import exceljs from 'exceljs'
import { z } from 'zod'
import { BadInput, isPlainDate, parseYuan } from '../../ground/door.ts'
import { type BillLine, billLine, billLinesMax } from './bill.ts'

/** The columns a bill needs, by the header of the file each is read from. */
export const billMapping = z.strictObject({
  hospitalCode: z.string(),
  name: z.string(),
  chargedOn: z.string(),
  quantity: z.string(),
  unitPrice: z.string(),
  amount: z.string(),
  injuryRelated: z.string(),
})

/** See `billMapping`. */
export type BillMapping = z.infer<typeof billMapping>

/** One thing wrong in a file: row as the person sees it (1 = header), column header, what was expected and found. */
export const billProblem = z.strictObject({
  row: z.int(),
  column: z.string(),
  expected: z.string(),
  found: z.string(),
})

type BillProblem = z.infer<typeof billProblem>

/** A file as read: what it holds, how its columns were taken, and the lines or every problem. Nothing is kept. */
export type BillReading = {
  headers: string[]
  sample: string[][]
  mapping: Partial<BillMapping>
  lines: BillLine[] | null
  problems: BillProblem[]
}

const bytesMax = 5_000_000

/** Reads a bill from CSV (UTF-8) or Excel (.xlsx) with the columns as mapped, or as guessed from their headers. */
export async function readBillFile(fileName: string, content: Buffer, mapping?: BillMapping): Promise<BillReading> {
  if (content.length > bytesMax) {
    throw new BadInput([
      { path: 'contentBase64', expected: `at most ${bytesMax} bytes`, found: String(content.length) },
    ])
  }
  const table = /\.xlsx$/i.test(fileName) ? await readExcel(content) : readCsv(content)
  const [headers = [], ...rows] = table
  if (rows.length > billLinesMax) {
    throw new BadInput([
      { path: 'contentBase64', expected: `at most ${billLinesMax} rows`, found: String(rows.length) },
    ])
  }
  const taken = mapping ?? guessMapping(headers)
  const complete = billMapping.safeParse(taken)
  const sample = rows.slice(0, 5)
  if (!complete.success) return { headers, sample, mapping: taken, lines: null, problems: [] }
  const problems = unknownColumns(headers, complete.data)
  if (problems.length > 0) return { headers, sample, mapping: taken, lines: null, problems }
  return { headers, sample, mapping: taken, ...readRows(headers, rows, complete.data) }
}

function readCsv(content: Buffer): string[][] {
  try {
    const rows: unknown = parseCsv(content, { bom: true, skip_empty_lines: true, relax_column_count: true })
    return z.array(z.array(z.string())).parse(rows)
  } catch (error) {
    throw new BadInput([{ path: 'contentBase64', expected: 'a CSV file in UTF-8', found: String(error) }])
  }
}

async function readExcel(content: Buffer): Promise<string[][]> {
  const workbook = new exceljs.Workbook()
  try {
    await workbook.xlsx.load(new Uint8Array(content).buffer)
  } catch (error) {
    throw new BadInput([{ path: 'contentBase64', expected: 'an Excel file (.xlsx)', found: String(error) }])
  }
  const [sheet] = workbook.worksheets
  if (!sheet) throw new BadInput([{ path: 'contentBase64', expected: 'a sheet', found: 'none' }])
  const rows: string[][] = []
  sheet.eachRow((row) => {
    const cells: string[] = []
    for (let column = 1; column <= sheet.columnCount; column++) cells.push(cellText(row.getCell(column)))
    rows.push(cells)
  })
  return rows
}

function cellText(cell: exceljs.Cell): string {
  const { value } = cell
  return value instanceof Date ? value.toISOString().slice(0, 10) : cell.text.trim()
}

/** Headers as hospitals write them. */
const knownHeaders: Record<keyof BillMapping, RegExp> = {
  hospitalCode: /^(院内编码|项目编码|编码|code)$/i,
  name: /^(项目名称|名称|name)$/i,
  chargedOn: /^(费用日期|日期|date)$/i,
  quantity: /^(数量|quantity)$/i,
  unitPrice: /^(单价|unit ?price)$/i,
  amount: /^(金额|amount)$/i,
  injuryRelated: /^(工伤相关|用于工伤|injury)$/i,
}

function guessMapping(headers: readonly string[]): Partial<BillMapping> {
  const guessed: Partial<BillMapping> = {}
  for (const field of billMapping.keyof().options) {
    const header = headers.find((candidate) => knownHeaders[field].test(candidate.trim()))
    if (header !== undefined) guessed[field] = header
  }
  return guessed
}

function unknownColumns(headers: readonly string[], mapping: BillMapping): BillProblem[] {
  return Object.values(mapping)
    .filter((column) => !headers.includes(column))
    .map((column) => ({ row: 1, column, expected: headers.join(' | '), found: column }))
}

function readRows(headers: readonly string[], rows: readonly string[][], mapping: BillMapping) {
  const problems: BillProblem[] = []
  const lines: BillLine[] = []
  for (const [index, cells] of rows.entries()) {
    const cell = (field: keyof BillMapping) => (cells[headers.indexOf(mapping[field])] ?? '').trim()
    const line = {
      hospitalCode: cell('hospitalCode'),
      name: cell('name'),
      chargedOn: readDate(cell('chargedOn')),
      quantityMilli: readQuantity(cell('quantity')),
      unitPriceFen: parseYuan(cell('unitPrice')),
      amountFen: parseYuan(cell('amount')),
      injuryRelated: readYes(cell('injuryRelated')),
    }
    const parsed = billLine.safeParse(line)
    if (parsed.success) lines.push(parsed.data)
    else {
      for (const issue of parsed.error.issues) {
        const field = columnOf(String(issue.path[0]))
        problems.push({ row: index + 2, column: mapping[field], expected: expectations[field], found: cell(field) })
      }
    }
  }
  return { lines: problems.length > 0 ? null : lines, problems }
}

const expectations: Record<keyof BillMapping, string> = {
  hospitalCode: 'a code of 1 to 60 characters',
  name: 'a name of 1 to 120 characters',
  chargedOn: 'a date, e.g. 2026-05-11',
  quantity: 'a quantity with at most three decimals, e.g. 1.5',
  unitPrice: 'an amount in yuan, e.g. 12.50',
  amount: 'an amount in yuan, e.g. 12.50',
  injuryRelated: '是 or 否 (yes or no)',
}

function columnOf(field: string): keyof BillMapping {
  const renamed: Record<string, keyof BillMapping> = {
    quantityMilli: 'quantity',
    unitPriceFen: 'unitPrice',
    amountFen: 'amount',
  }
  return renamed[field] ?? billMapping.keyof().parse(field)
}

function readDate(text: string): string | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  const date = match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : text
  return isPlainDate(date) ? date : undefined
}

function readQuantity(text: string): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(text)
  return match ? Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0')) : undefined
}

function readYes(text: string): boolean | undefined {
  if (/^(是|y|yes|1|true)$/i.test(text)) return true
  return /^(否|n|no|0|false)$/i.test(text) ? false : undefined
}
