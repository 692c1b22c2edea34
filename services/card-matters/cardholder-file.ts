import ExcelJS from 'exceljs'
import type { CardholderLine } from '../../people/door.ts'

/** The formats in which the list of cardholders is handed out. */
export const cardholderFormats = ['csv', 'xlsx'] as const

const columns = [
  '姓名',
  '身份证号（脱敏）',
  '出生日期',
  '户籍区划',
  '社保卡号',
  '状态',
  '发卡日期',
  '发卡网点',
  '银行',
  '电子社保卡',
]

const states: Record<string, string> = {
  active: '正常',
  lost: '挂失',
  replaced: '已补换',
  cancelled: '已注销',
  suspended: '暂停',
}

function cellsOf(line: CardholderLine): string[] {
  const { name, idNumberMasked, birthOn, homeRegion, number, state, issuedOn, outlet, bankName, eCardState } = line
  const eCard = eCardState === null ? '无' : (states[eCardState] ?? eCardState)
  return [
    name,
    idNumberMasked,
    birthOn,
    homeRegion,
    number,
    states[state] ?? state,
    issuedOn,
    outlet,
    bankName ?? '',
    eCard,
  ]
}

/** The list of cardholders (台账) as a file. A cell that a spreadsheet would take for a formula is told as text. */
export async function cardholderFile(lines: CardholderLine[], format: 'csv' | 'xlsx'): Promise<Buffer> {
  const rows = [columns, ...lines.map(cellsOf)]
  if (format === 'csv') return Buffer.from(`\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`)
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('持卡人台账')
  sheet.addRows(rows)
  sheet.getRow(1).font = { bold: true }
  return Buffer.from(await book.xlsx.writeBuffer())
}

function csvCell(text: string): string {
  const plain = /^[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
