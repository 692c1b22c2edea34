import { cutLines, misread, type TextLine } from './lines.ts'
import {
  type Article,
  type Difference,
  type DocumentPart,
  type Masthead,
  numberParts,
  type PartKind,
  partOf,
  plainText,
  type ReadDocument,
} from './parts.ts'

/** The headings under which articles stand; the English ones repeat the Chinese ones. */
const rubrics: ReadonlySet<string> = new Set([
  ...['学术观点', '社评', '读者评论', '封面文章', '资本与金融', '理性投资', '汽车与出行', '文化 逝者', '英文摘要'],
  ...[
    'Editorial',
    'Digest',
    'Cover Story',
    'Financial & Capital Market',
    'Future Transport',
    'Culture·Obituary',
    'Summary',
  ],
])
const bylineLine = /^(文|编辑|翻译)\/|^(特派记者|特约撰稿人|记者|研究员|实习生)\s/
const captionLine = /^(表|图)\d*[:：]|^(资料来源|单位|注)[:：]|(图|摄)\/\S+$/
const backToContents = '返回目录'
const sentenceEnd = /[。！？…!?.][”’」』）]*$/
// Widths in characters of a Chinese line; a Latin letter or digit takes half of one. A full line is 30 to 31, the first of a paragraph 28 to 29,
// because its indent was not kept; a long Latin word moves to the next line.
const fullWidthMin = 29
const firstWidthMin = 26.5
const wrappedWidthMin = 25

/**
 * Reads a magazine that was printed line by line, a blank line between any two: an article begins with an indented line, its title or the rubric
 * that it stands under; lines without a blank one between them belong together (the words under a title, captions); a paragraph goes on as long
 * as its lines are full, so that one whose last line happens to be full is read with the next. It has neither masthead nor list of contents: what
 * it is, says whoever imports it. Throws `BadInput` with line and column where it cannot be understood.
 */
export function readMagazine(text: string, masthead: Masthead): ReadDocument {
  const { before, lines } = cutLines(text)
  const [first] = lines
  if (!first || !isIndented(first)) throw misread(first, 'an indented line that begins the first article')
  const reader = new MagazineReader()
  for (const block of blocksOf(lines)) reader.take(block)
  const { parts, starts, articles, differences } = reader
  return { masthead, before, articles, differences, parts: numberParts(parts, starts) }
}

/** Lines that belong together. */
type Block = { lines: [TextLine, ...TextLine[]] }

function blocksOf(lines: readonly TextLine[]): Block[] {
  const blocks: Block[] = []
  for (const line of lines) {
    const block = blocks.at(-1)
    if (block && goesOn(block, line)) block.lines.push(line)
    else blocks.push({ lines: [line] })
  }
  return blocks
}

function goesOn({ lines }: Block, next: TextLine): boolean {
  const last = lines.at(-1) ?? lines[0]
  if (isIndented(next)) return false
  if (isTight(last)) return true
  const text = textOf(last)
  const standsAlone = [text, textOf(next)].some(
    (each) => isRubric(each) || each === backToContents || bylineLine.test(each),
  )
  if (standsAlone || captionLine.test(textOf(next)) || lines.some((line) => captionLine.test(textOf(line))))
    return false
  const width = widthOf(text)
  if (width >= fullWidthMin) return true
  return width >= (lines.length > 1 ? wrappedWidthMin : firstWidthMin) && !sentenceEnd.test(text)
}

/** Puts blocks into articles. */
class MagazineReader {
  readonly parts: DocumentPart[] = []
  readonly starts = new Set<DocumentPart>()
  readonly articles: Article[] = []
  readonly differences: Difference[] = [{ kind: 'contents_missing', line: 1, text: '' }]
  #section: string | null = null
  /** What comes next of an article: its title, what stands under the title, or its text. */
  #next: 'title' | 'under_title' | 'text' = 'text'

  take({ lines }: Block): void {
    const [line] = lines
    const text = textOf(line)
    if (this.#next === 'text' && (isRubric(text) || isIndented(line))) {
      this.#next = 'title'
      this.#section = null
    }
    if (isRubric(text)) {
      if (this.#section === null || isLatin(this.#section)) this.#section = text
      this.#put('section', lines)
    } else if (this.#next === 'title') this.#beginArticle(lines)
    else if (text === backToContents) this.#put('rule', lines)
    else if (bylineLine.test(text)) this.#takeByline(lines)
    else if (this.#next === 'under_title' && (isTight(line) || text.startsWith('——'))) this.#takeUnderTitle(lines)
    else this.#takeText(lines)
  }

  #beginArticle(lines: Block['lines']): void {
    const [line] = lines
    const text = textOf(line)
    const hasTitle = lines.length === 1
    const title = hasTitle ? text : `${text.slice(0, 20)}…`
    this.articles.push({ no: this.articles.length + 1, section: this.#section, title, byline: null, source: null })
    this.starts.add(this.#put(hasTitle ? 'title' : 'standfirst', lines))
    this.#next = 'under_title'
    if (!hasTitle) this.differences.push({ kind: 'title_missing', line: line.number, text: title })
  }

  #takeByline(lines: Block['lines']): void {
    const article = this.articles.at(-1)
    const { text } = this.#put('byline', lines)
    if (article) article.byline = [article.byline, text].filter(Boolean).join(' ')
  }

  #takeUnderTitle(lines: Block['lines']): void {
    this.#put(lines.some((line) => captionLine.test(textOf(line))) ? 'caption' : 'standfirst', lines)
  }

  #takeText(lines: Block['lines']): void {
    this.#next = 'text'
    const [line] = lines
    if (lines.some((each) => captionLine.test(textOf(each)))) this.#put('caption', lines)
    else this.#put(lines.length === 1 && !sentenceEnd.test(textOf(line)) ? 'heading' : 'paragraph', lines)
  }

  #put(kind: PartKind, lines: Block['lines']): DocumentPart {
    const part = partOf(kind, lines)
    this.parts.push(part)
    return part
  }
}

function textOf(line: TextLine): string {
  return plainText(line).trim()
}

function isRubric(text: string): boolean {
  return rubrics.has(text)
}

/** A no-break space is not an indent: it stands between words that a line breaks. */
function isIndented({ column }: TextLine): boolean {
  return column > 1
}

/** True where no blank line follows. */
function isTight({ after }: TextLine): boolean {
  return after === '\n'
}

function isLatin(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text)
}

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2000' ? 1 : 0.5), 0)
}
