import { createRequire } from 'node:module'
import { create } from 'qrcode'
import { businessDate, formatPlainDate, type Language } from '../ground/door.ts'
import type { IssuedCertificate } from './certificate.ts'
import { type Paper, type PaperValue, paperValueText, verificationAddress } from './paper.ts'

type PdfMaker = typeof import('pdfmake')
type Content = import('pdfmake').Content
type PdfDefinition = Parameters<PdfMaker['createPdf']>[0]

const require = createRequire(import.meta.url)
const fontFamily = 'NotoSansSC'
const fontFiles = {
  normal: require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
}

const words = {
  holder: { zh: '姓名（单位）', en: 'Holder' },
  number: { zh: '证件号码', en: 'Number' },
  issued: { zh: '开具日期', en: 'Issued on' },
  validUntil: { zh: '有效期至', en: 'Valid until' },
  code: { zh: '核验码', en: 'Verification code' },
  verify: {
    zh: '扫描二维码，或在下列网址输入核验码和证件号码后四位，核验真伪：',
    en: 'Scan the code, or enter the verification code and the last four characters of the number at:',
  },
  signed: {
    zh: '本件由经办机构节点以国密 SM2 密钥签名。',
    en: 'Signed with the SM2 key of the issuing node.',
  },
  withdrawn: { zh: '本证明已于 {on} 撤销，不再有效。', en: 'Withdrawn on {on}; no longer valid.' },
}

/** What is printed of a certificate; one that another region sent has no more. */
export type PrintedCertificate = Pick<IssuedCertificate, 'code' | 'issuedAt' | 'validUntil' | 'withdrawn' | 'paper'>

let maker: PdfMaker | undefined

/** The package is loaded with the first certificate: it and its font take their time, and most processes print none. */
function pdfMaker(): PdfMaker {
  if (maker) return maker
  const loaded: PdfMaker = require('pdfmake')
  loaded.setFonts({ [fontFamily]: fontFiles })
  loaded.setUrlAccessPolicy(() => false)
  loaded.setLocalAccessPolicy((path) => Object.values(fontFiles).includes(path))
  maker = loaded
  return loaded
}

/**
 * A certificate as a page of A4: Chinese, with English beside it where that is asked for, the verification code, and a QR code of where to verify it.
 * Made from what was signed whenever somebody wants it; `origin` is the address that the site was asked under (`https://...`).
 */
export function certificatePdf(
  certificate: PrintedCertificate,
  options: { language: Language; origin: string },
): Promise<Buffer> {
  return pdfMaker().createPdf(definition(certificate, options)).getBuffer()
}

function definition(
  certificate: PrintedCertificate,
  { language, origin }: { language: Language; origin: string },
): PdfDefinition {
  const { paper, code, issuedAt, validUntil, withdrawn } = certificate
  const both = (text: { zh: string; en: string }) => (language === 'zh' ? text.zh : `${text.zh} ${text.en}`)
  const address = verificationAddress(origin, code)
  const facts: Array<[string, string]> = [
    [both(words.holder), paper.holder.name],
    [both(words.number), paper.holder.number],
    ...paper.facts.map(({ label, value }): [string, string] => [both(label), paperValueText(value, language)]),
    [both(words.issued), formatPlainDate(businessDate(issuedAt), language)],
    ...(validUntil ? [[both(words.validUntil), formatPlainDate(validUntil, language)] satisfies [string, string]] : []),
  ]
  return {
    pageSize: 'A4',
    pageMargins: [56, 56, 56, 64],
    defaultStyle: { font: fontFamily, fontSize: 10.5, lineHeight: 1.25 },
    // A heading stays with the first rows of its table.
    pageBreakBefore: ({ headlineLevel, startPosition }) => headlineLevel === 1 && startPosition.verticalRatio > 0.85,
    info: { title: paper.title.zh, author: paper.issuer.zh, subject: code },
    footer: (page, pages) => ({
      text: `${paper.title.zh}　${paper.holder.name}　${code}　${page} / ${pages}`,
      alignment: 'center',
      fontSize: 8,
      color: '#444444',
      margin: [0, 16, 0, 0],
    }),
    content: [
      { text: paper.title.zh, bold: true, fontSize: 20, alignment: 'center' },
      ...(language === 'en' ? [{ text: paper.title.en, fontSize: 12, alignment: 'center' as const }] : []),
      ...(withdrawn ? [withdrawnNote(withdrawn.on, language)] : []),
      { table: { widths: ['35%', '*'], body: facts }, layout: hairlines, margin: [0, 16, 0, 12] },
      ...paper.sentences.map((sentence): Content => ({ text: both(sentence), margin: [0, 0, 0, 8] })),
      ...paper.tables.flatMap((table) => tableContent(table, language)),
      ...paper.notes.map(
        (note): Content => ({ text: both(note), fontSize: 9, color: '#444444', margin: [0, 0, 0, 4] }),
      ),
      { text: both(paper.issuer), alignment: 'right', bold: true, margin: [0, 16, 0, 16] },
      {
        columns: [
          { width: 96, svg: qrSvg(address), fit: [88, 88] },
          {
            width: '*',
            stack: [
              { text: `${both(words.code)}　${code}`, bold: true },
              { text: both(words.verify), fontSize: 9 },
              { text: address, fontSize: 8 },
              { text: both(words.signed), fontSize: 8, color: '#444444' },
            ],
          },
        ],
        unbreakable: true,
      },
    ],
  }
}

function withdrawnNote(on: string, language: Language): Content {
  const text = words.withdrawn[language].replace('{on}', formatPlainDate(on, language))
  return { text, bold: true, color: '#b00020', fontSize: 14, alignment: 'center', margin: [0, 12, 0, 0] }
}

function tableContent(table: Paper['tables'][number], language: Language): Content[] {
  const { title, columns, rows } = table
  const texts = rows.map((row) => row.map((value) => printed(value, language)))
  const shapes = columnShapes(table, texts)
  const cell = (text: string, place: number) => {
    const { alignment = 'left', noWrap = false } = shapes[place] ?? {}
    return { text, alignment, noWrap }
  }
  return [
    {
      text: language === 'zh' ? title.zh : `${title.zh} ${title.en}`,
      bold: true,
      margin: [0, 8, 0, 4],
      headlineLevel: 1,
    },
    {
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: shapes.map(({ width }) => width),
        body: [
          columns.map((column, place) => ({
            stack: [column.zh, ...(language === 'en' ? [column.en] : [])].map((line) => cell(line, place)),
            bold: true,
            fillColor: '#eeeeee',
          })),
          ...texts.map((row) => row.map(cell)),
        ],
      },
      layout: hairlines,
      fontSize: 9,
      lineHeight: 1.1,
      margin: [0, 0, 0, 12],
    },
  ]
}

/** Lines between rows and around the table, none between columns: what is printed stays readable when it is copied. */
const hairlines = {
  hLineWidth: (line: number, { table }: { table: { body: unknown[][] } }) =>
    line === 0 || line === table.body.length ? 0.8 : 0.4,
  vLineWidth: () => 0,
  hLineColor: (line: number, { table }: { table: { body: unknown[][] } }) =>
    line === 0 || line === table.body.length ? '#444444' : '#bbbbbb',
}

type ColumnShape = { width: 'auto' | '*'; alignment: 'left' | 'right'; noWrap: boolean }

/** How columns share the page: the one with the longest words takes what the others leave, which stay as narrow as theirs. Amounts stand at the right. */
function columnShapes({ columns, rows }: Paper['tables'][number], texts: readonly string[][]): ColumnShape[] {
  const widths = columns.map((_, place) => Math.max(0, ...texts.map((row) => printedWidth(row[place] ?? ''))))
  const widest = widths.indexOf(Math.max(...widths))
  return widths.map((width, place) => ({
    width: place === widest ? '*' : 'auto',
    alignment: rows.length > 0 && rows.every((row) => isAmount(row[place])) ? 'right' : 'left',
    noWrap: place !== widest && width <= unbrokenWidthMax,
  }))
}

/** As wide as this, in Latin letters, a narrow column is never broken. */
const unbrokenWidthMax = 26

/** About how wide a text is, in Latin letters: a Chinese one is as wide as two. */
function printedWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0)
}

function isAmount(value: PaperValue | undefined): boolean {
  return typeof value === 'object' && 'amountFen' in value
}

/** A value as it is printed; the font sets a curly apostrophe as wide as a Chinese letter, so a straight one is printed. */
function printed(value: PaperValue, language: Language): string {
  const text = paperValueText(value, language)
  return language === 'en' ? text.replaceAll('’', "'") : text
}

function qrSvg(text: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  const squares = Array.from({ length: size * size }, (_, place) => [Math.floor(place / size), place % size] as const)
  const dark = squares.flatMap(([row, column]) => (modules.get(row, column) ? [`M${column} ${row}h1v1h-1z`] : []))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${dark.join('')}" fill="#000"/></svg>`
}
