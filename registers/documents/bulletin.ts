import { isPlainDate } from '../../ground/door.ts'
import { type CutText, cutLines, misread, type TextLine } from './lines.ts'
import {
  type Article,
  type Difference,
  type DocumentPart,
  keyOfText,
  type Masthead,
  numberParts,
  type PartKind,
  partOf,
  plainText,
  type ReadDocument,
} from './parts.ts'

/** The sections that every issue has, in their order. */
export const bulletinSections = ['最新关注', '各地动态', '一家之言', '他山之石']

const issueLine = /^[(（]第\s*(\d{6,7})\s*期[)）]$/
const dateLine = /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日$/
const sourceLine = /^来源[:：]\s*/
const ruleLine = /^-{3,}$/
const tableLine = /^\|.*\|$|\t/
// A quotation mark ends a sentence only behind a full stop.
const sentenceEnd = /[。！？；：….!?;:][”’」』]*$|[）】》)]$/
const headingLengthMax = 30
const titleLengthMax = 50
// A page breaks in the middle of a sentence; what is shorter and has no full stop is a heading, or the words that stand under a title.
const brokenLengthMin = 40
const standfirstLengthMax = 60

/** What the list of contents says. */
type Entry = { section: string; title: string; line: number }

/**
 * Reads a bulletin: masthead, list of contents, sections, and articles each of which ends with the line that says whom it is taken from. Headings
 * may be marked up or not. Throws `BadInput` with line and column where it cannot be understood.
 */
export function readBulletin(text: string): ReadDocument {
  const cut = cutLines(text)
  const { masthead, parts: front, rest } = readMasthead(cut)
  const { entries, parts: contents, body } = readContents(rest)
  const reader = new ArticleReader(entries)
  for (const line of body) reader.take(line)
  const { parts, starts, articles, differences } = reader.finish()
  return {
    ...{ masthead, before: cut.before, articles, differences },
    parts: numberParts([...front, ...contents, ...parts], starts),
  }
}

function readMasthead({ lines }: CutText): { masthead: Masthead; parts: DocumentPart[]; rest: TextLine[] } {
  const issueAt = lines.findIndex((line) => issueLine.test(plainText(line)))
  if (issueAt < 1 || issueAt > 4) {
    throw misread(lines[0], 'the name of the bulletin and, below it, its issue as in （第 202403 期）')
  }
  const [issue, organiser, date, contents, ...rest] = lines.slice(issueAt)
  const heads = lines.slice(0, issueAt)
  if (!organiser || !plainText(organiser).endsWith('主办'))
    throw misread(organiser, 'who publishes it, as in 某某学会主办')
  if (!date || readDate(date) === undefined) throw misread(date, 'the day of the issue, as in 2024 年 2 月 20 日')
  if (!contents || keyOfText(plainText(contents)) !== '目录') throw misread(contents, '目录')
  return {
    masthead: {
      name: keyOfText(heads.map(plainText).join('')),
      issue: issue ? (issueLine.exec(plainText(issue))?.[1] ?? '') : '',
      organiser: plainText(organiser).replace(/主办$/, ''),
      publishedOn: readDate(date) ?? '',
    },
    parts: [...lines.slice(0, issueAt + 3).map((line) => partOf('masthead', [line])), partOf('contents', [contents])],
    rest,
  }
}

function readDate(line: TextLine): string | undefined {
  const [, year = '', month = '', day = ''] = dateLine.exec(plainText(line)) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isPlainDate(date) ? date : undefined
}

/** The list ends where something of it is said for the second time. */
function readContents(lines: readonly TextLine[]): { entries: Entry[]; parts: DocumentPart[]; body: TextLine[] } {
  const entries: Entry[] = []
  const parts: DocumentPart[] = []
  const seen = new Set<string>()
  let section: string | undefined
  for (const [index, line] of lines.entries()) {
    const text = plainText(line)
    const key = keyOfText(text)
    if (seen.has(key)) return { entries, parts, body: lines.slice(index) }
    parts.push(partOf(ruleLine.test(line.raw) ? 'rule' : 'contents', [line]))
    if (ruleLine.test(line.raw)) continue
    seen.add(key)
    if (bulletinSections.includes(key)) section = key
    else if (section === undefined) throw misread(line, `a section: ${bulletinSections.join(', ')}`)
    else entries.push({ section, title: text.trim(), line: line.number })
  }
  throw misread(lines.at(-1), 'the articles after the list of contents')
}

/** Reads articles line by line. */
class ArticleReader {
  readonly #entries: Map<string, Entry>
  readonly #parts: DocumentPart[] = []
  readonly #starts = new Set<DocumentPart>()
  readonly #articles: Article[] = []
  readonly #differences: Difference[] = []
  #open: { lines: TextLine[]; kind: 'paragraph' | 'table' } | undefined
  #section: string | null = null
  /** False between the source of an article and the title of the next, and before the first. */
  #inArticle = false
  #bodySize = 0

  constructor(entries: readonly Entry[]) {
    this.#entries = new Map(entries.map((entry) => [keyOfText(entry.title), entry]))
  }

  take(line: TextLine): void {
    const text = plainText(line).trim()
    const key = keyOfText(text)
    if (this.#continuesTable(line)) return
    if (ruleLine.test(line.raw)) this.#put('rule', [line])
    else if (bulletinSections.includes(key)) this.#beginSection(key, line)
    else if (this.#entries.has(key)) this.#beginArticle(line)
    else if (!this.#inArticle) {
      if (!isTitle(line)) throw misread(line, 'the title of an article, or a section')
      this.#beginArticle(line)
    } else if (sourceLine.test(text)) this.#endArticle(line)
    else this.#takeBody(line, text)
  }

  finish() {
    this.#close()
    if (this.#inArticle) this.#missSource()
    for (const { title, line } of this.#entries.values()) {
      this.#differences.push({ kind: 'not_in_text', line, text: title })
    }
    return {
      ...{ parts: this.#parts, starts: this.#starts },
      ...{ articles: this.#articles, differences: this.#differences },
    }
  }

  #continuesTable(line: TextLine): boolean {
    const isRow = tableLine.test(line.raw)
    if (this.#open?.kind !== 'table' || !isRow) return false
    this.#open.lines.push(line)
    return true
  }

  #takeBody(line: TextLine, text: string): void {
    const isMarkedUp = line.raw.startsWith('#')
    if (this.#open?.kind === 'paragraph' && !isMarkedUp && !tableLine.test(line.raw)) {
      this.#open.lines.push(line)
      if (!isBroken(this.#open.lines)) this.#close()
      return
    }
    this.#close()
    if (tableLine.test(line.raw)) this.#open = { kind: 'table', lines: [line] }
    else if (isMarkedUp || (text.length <= headingLengthMax && !sentenceEnd.test(text))) this.#put('heading', [line])
    else if (this.#bodySize === 0 && text.length <= standfirstLengthMax && !sentenceEnd.test(text))
      this.#put('standfirst', [line])
    else if (isBroken([line])) this.#open = { kind: 'paragraph', lines: [line] }
    else this.#put('paragraph', [line])
  }

  #beginSection(section: string, line: TextLine): void {
    this.#put('section', [line])
    if (this.#inArticle) this.#missSource()
    this.#inArticle = false
    this.#section = section
  }

  #beginArticle(line: TextLine): void {
    const title = plainText(line).trim()
    const key = keyOfText(title)
    const entry = this.#entries.get(key)
    const part = this.#put('title', [line])
    if (this.#inArticle) this.#missSource()
    this.#starts.add(part)
    this.#inArticle = true
    this.#bodySize = 0
    this.#entries.delete(key)
    const differ = (kind: Difference['kind']) => this.#differences.push({ kind, line: line.number, text: title })
    if (!entry) differ('not_in_contents')
    else if (entry.title !== title) differ('spelled_otherwise')
    // Not every issue repeats the headings of its sections; then an article stands where the list says.
    if (entry && this.#section !== null && !isAtOrAfter(entry.section, this.#section)) differ('other_section')
    const section = entry?.section ?? this.#section
    this.#articles.push({ no: this.#articles.length + 1, section, title, byline: null, source: null })
  }

  #endArticle(line: TextLine): void {
    this.#put('source', [line])
    this.#inArticle = false
    const article = this.#articles.at(-1)
    if (article) article.source = plainText(line).replace(sourceLine, '').trim()
  }

  #missSource(): void {
    const article = this.#articles.at(-1)
    const line = this.#parts.findLast((part) => this.#starts.has(part))?.line ?? 0
    if (article) this.#differences.push({ kind: 'source_missing', line, text: article.title })
  }

  #put(kind: PartKind, lines: readonly TextLine[]): DocumentPart {
    this.#close()
    const isTable = kind === 'table'
    const part = partOf(kind, lines, isTable ? lines.map(({ raw }) => raw).join('\n') : undefined)
    this.#parts.push(part)
    if (kind !== 'rule') this.#bodySize += 1
    return part
  }

  #close(): void {
    const open = this.#open
    this.#open = undefined
    if (open) this.#put(open.kind, open.lines)
  }
}

function isAtOrAfter(section: string, reached: string): boolean {
  return bulletinSections.indexOf(section) >= bulletinSections.indexOf(reached)
}

function isTitle(line: TextLine): boolean {
  const text = plainText(line).trim()
  return line.raw.startsWith('#') || (text.length <= titleLengthMax && !/[。；，：]$/.test(text))
}

/** True where the last line breaks off in the middle of a sentence, as at the end of a page. */
function isBroken(lines: readonly TextLine[]): boolean {
  const text = lines.map(plainText).join('').trim()
  return text.length >= brokenLengthMin && !sentenceEnd.test(text)
}
