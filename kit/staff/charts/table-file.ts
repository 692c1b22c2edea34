/** What stands in a cell of a table that is saved: text, a number, an amount in fen, or nothing. */
export type Cell = string | number | { fen: number } | null

/** A table as it is shown, to be saved. */
export type SavedTable = { name: string; columns: readonly string[]; rows: ReadonlyArray<readonly Cell[]> }

/** As CSV in UTF-8 with its mark, so that Excel reads Chinese. Text that a spreadsheet would take for a formula is kept text. */
export function csvOf({ columns, rows }: SavedTable): string {
  const lines = [columns, ...rows].map((row) => row.map(csvCell).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function csvCell(cell: Cell): string {
  const text = textOf(cell)
  const kept = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept
}

/** An amount in yuan as it is written in a file: `1234.50`. */
function textOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell)
  const digits = String(Math.abs(cell.fen)).padStart(3, '0')
  return `${cell.fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** As an Excel workbook of one sheet (Office Open XML), made in the page: nothing is sent anywhere. */
export function workbookOf(table: SavedTable): Uint8Array<ArrayBuffer> {
  return zipOf([
    ['[Content_Types].xml', contentTypes],
    ['_rels/.rels', relations('officeDocument', 'xl/workbook.xml')],
    ['xl/workbook.xml', workbook(table.name)],
    ['xl/_rels/workbook.xml.rels', relations('worksheet', 'worksheets/sheet1.xml')],
    ['xl/worksheets/sheet1.xml', sheet(table)],
  ])
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const office = 'http://schemas.openxmlformats.org'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = `${declaration}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/></Types>`

function relations(kind: string, target: string): string {
  const type = `${office}/officeDocument/2006/relationships/${kind}`
  return `${declaration}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${type}" Target="${target}"/></Relationships>`
}

function workbook(name: string): string {
  // What a sheet's name may not hold, and how long it may be.
  const sheetName = escaped(name.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31))
  return `${declaration}<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="${sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>`
}

function sheet({ columns, rows }: SavedTable): string {
  const lines = [columns, ...rows].map(
    (row, index) =>
      `<row r="${index + 1}">${row.map((cell, column) => sheetCell(cell, `${columnName(column)}${index + 1}`)).join('')}</row>`,
  )
  return `${declaration}<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData></worksheet>`
}

function sheetCell(cell: Cell, place: string): string {
  if (cell === null) return ''
  if (typeof cell === 'string') {
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  }
  return `<c r="${place}"><v>${textOf(cell)}</v></c>`
}

/** 0 -> `A`, 26 -> `AA`. */
function columnName(index: number): string {
  const before = index < 26 ? '' : columnName(Math.floor(index / 26) - 1)
  return before + String.fromCharCode(65 + (index % 26))
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML may not hold them at all
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"]/g, (mark) => escapes[mark] ?? '')
}

/** A ZIP archive whose files are stored as they are. */
function zipOf(files: ReadonlyArray<readonly [string, string]>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [path, text] of files) {
    const name = encoder.encode(path)
    const content = encoder.encode(text)
    // Version, flags (names in UTF-8), method (stored), time, day (1 January 1980), checksum, sizes, lengths.
    const fields = [
      [2, 20],
      [2, 0x0800],
      [2, 0],
      [2, 0],
      [2, 0x21],
      [4, crc32(content)],
      [4, content.length],
      [4, content.length],
      [2, name.length],
      [2, 0],
    ] as const
    const header = bytesOf([[4, 0x04034b50], ...fields])
    parts.push(header, name, content)
    directory.push(bytesOf([[4, 0x02014b50], [2, 20], ...fields, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), name)
    offset += header.length + name.length + content.length
  }
  const directoryLength = directory.reduce((sum, { length }) => sum + length, 0)
  const end = bytesOf([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, directoryLength],
    [4, offset],
    [2, 0],
  ])
  return joined([...parts, ...directory, end])
}

/** Numbers one after the other, each of so many bytes, the lowest byte first. */
function bytesOf(fields: ReadonlyArray<readonly [size: number, value: number]>): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([size, value]) => Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 0xff)),
  )
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
