import exceljs from 'exceljs'
import type { BatchLine } from '../benefits/door.ts'
import { formatFen } from '../ground/door.ts'
import type { FileTable } from './http/spreadsheet.ts'

/** A line of a batch as the bank needs it. Where the payee has no account any more, bank and number are empty. */
export type BankLine = BatchLine & { payeeName: string; bankName: string; accountNumber: string }

/** What a bank's file says of a line, as the step that records results takes it. */
export type BankResult = { orderId: string; result: 'paid' | 'returned'; reason?: string }

/** One thing wrong in a bank's file: the row as a person sees it (1 is the header), the column, and what is wrong (`bank_file.<problem>`). */
export type BankFileProblem = { row: number; column: BankColumn; problem: BankFileFault; found: string }

/** See `BankFileProblem`. */
export const bankFileFaults = [
  'column_missing',
  'line_unknown',
  'line_ambiguous',
  'line_answered',
  'line_twice',
  'result_unknown',
  'reason_missing',
] as const
type BankFileFault = (typeof bankFileFaults)[number]

/** Columns of the file, in their order. The bank fills in the last two and sends it back. */
export const bankColumns = ['order', 'number', 'payee', 'bank', 'account', 'amount', 'result', 'reason'] as const
type BankColumn = (typeof bankColumns)[number]

const headers: Record<BankColumn, string> = {
  order: '付款单号',
  number: '办件编号',
  payee: '收款人',
  bank: '开户银行',
  account: '账号',
  amount: '金额（元）',
  result: '结果',
  reason: '退票原因',
}

/** Headers as banks write them back. */
const knownHeaders: Record<'order' | 'number' | 'result' | 'reason', RegExp> = {
  order: /^(付款单号|order)$/i,
  number: /^(办件编号|受理编号|case( number)?)$/i,
  result: /^(结果|处理结果|result)$/i,
  reason: /^(退票原因|失败原因|原因|reason)$/i,
}

const resultWords = {
  paid: /^(成功|支付成功|已付|paid|success)$/i,
  returned: /^(失败|支付失败|退票|退回|returned|failed)$/i,
}

/** The file that a bank pays by, as CSV (UTF-8 with its mark) or Excel. Everything is text, so that account numbers lose nothing. */
export async function bankFile(lines: readonly BankLine[], format: 'csv' | 'xlsx'): Promise<Buffer> {
  const workbook = new exceljs.Workbook()
  const sheet = workbook.addWorksheet('支付')
  sheet.addRow(bankColumns.map((column) => headers[column]))
  for (const { orderId, caseNumber, payeeName, bankName, accountNumber, amountFen } of lines) {
    sheet.addRow([orderId, caseNumber, payeeName, bankName, accountNumber, formatFen(amountFen), '', ''])
  }
  const content =
    format === 'xlsx'
      ? await workbook.xlsx.writeBuffer()
      : await workbook.csv.writeBuffer({ formatterOptions: { writeBOM: true } })
  return Buffer.from(content)
}

/**
 * Reads what a bank says of a batch: a row names its line by the order, or by the case number where the case has one payment in the batch; a row
 * without a result still waits. `results` is null as soon as one row is wrong, so that nothing is half done.
 */
export function readBankResults(
  { columns, rows }: FileTable,
  lines: readonly BatchLine[],
): { results: BankResult[] | null; problems: BankFileProblem[] } {
  const place = (column: keyof typeof knownHeaders) =>
    columns.findIndex((header) => knownHeaders[column].test(header.trim()))
  const places = { order: place('order'), number: place('number'), result: place('result'), reason: place('reason') }
  const missing = missingColumns(places)
  if (missing.length > 0) return { results: null, problems: missing }
  const results = new Map<string, BankResult>()
  const problems: BankFileProblem[] = []
  for (const [index, cells] of rows.entries()) {
    const cell = (column: keyof typeof places) => (cells[places[column]] ?? '').trim()
    const read = readRow(cell, lines)
    if (read === undefined) continue
    if ('problem' in read) problems.push({ row: index + 2, ...read })
    else if (results.has(read.orderId)) {
      problems.push({ row: index + 2, column: 'order', problem: 'line_twice', found: cell('order') || cell('number') })
    } else results.set(read.orderId, read)
  }
  return { results: problems.length > 0 ? null : [...results.values()], problems }
}

type Places = Record<keyof typeof knownHeaders, number>

function missingColumns({ order, number, result }: Places): BankFileProblem[] {
  const missing = (column: BankColumn): BankFileProblem => ({
    row: 1,
    column,
    problem: 'column_missing',
    found: headers[column],
  })
  return [...(order < 0 && number < 0 ? [missing('order')] : []), ...(result < 0 ? [missing('result')] : [])]
}

type RowProblem = Omit<BankFileProblem, 'row'>

/** Undefined for a row that still waits. */
function readRow(
  cell: (column: keyof Places) => string,
  lines: readonly BatchLine[],
): BankResult | RowProblem | undefined {
  const [order, number, typed, reason] = [cell('order'), cell('number'), cell('result'), cell('reason')]
  if (typed === '') return undefined
  const column = order === '' ? 'number' : 'order'
  const named = lines.filter(({ orderId, caseNumber }) => (order === '' ? caseNumber === number : orderId === order))
  const [line, another] = named
  if (!line) return { column, problem: 'line_unknown', found: order || number }
  if (another) return { column, problem: 'line_ambiguous', found: number }
  if (line.result !== 'waiting') return { column, problem: 'line_answered', found: order || number }
  if (resultWords.paid.test(typed)) return { orderId: line.orderId, result: 'paid' }
  if (!resultWords.returned.test(typed)) return { column: 'result', problem: 'result_unknown', found: typed }
  if (reason === '') return { column: 'reason', problem: 'reason_missing', found: '' }
  return { orderId: line.orderId, result: 'returned', reason }
}
