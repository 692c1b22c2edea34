import { sm3 } from '../../ground/door.ts'
import type { TextLine } from './lines.ts'

/** What a part of a document is. Those of `bodyKinds` are numbered within their article. */
export type PartKind =
  | 'masthead'
  | 'contents'
  | 'section'
  | 'title'
  | 'byline'
  | 'standfirst'
  | 'heading'
  | 'paragraph'
  | 'table'
  | 'caption'
  | 'source'
  | 'rule'

const bodyKinds: ReadonlySet<PartKind> = new Set(['standfirst', 'heading', 'paragraph', 'table', 'caption'])

/**
 * A part of a document. `raw` and `after`, part by part, give the file back; `text` is what a person reads: without markup, lines that a page
 * broke joined. `article` and `paragraph` count from 1; null where the part stands in no article or is not part of its body.
 */
export type DocumentPart = {
  kind: PartKind
  line: number
  raw: string
  after: string
  text: string
  article: number | null
  paragraph: number | null
}

/** What a document says of itself, or whoever imports it where it does not. */
export type Masthead = { name: string; issue: string; organiser: string; publishedOn: string }

/** An article: where it stands, what it is called, who wrote it, whom it is taken from. */
export type Article = {
  no: number
  section: string | null
  title: string
  byline: string | null
  source: string | null
}

/** Where the list of contents and the articles do not agree, or an article lacks what others have. `text` is what it is about. */
export type Difference = {
  kind:
    | 'contents_missing'
    | 'spelled_otherwise'
    | 'not_in_text'
    | 'not_in_contents'
    | 'other_section'
    | 'source_missing'
    | 'title_missing'
  line: number
  text: string
}

/** A document as it was read: every character of the file is in `before` or in exactly one part. */
export type ReadDocument = {
  masthead: Masthead
  before: string
  parts: DocumentPart[]
  articles: Article[]
  differences: Difference[]
}

/** The file of a document that was read, character for character. */
export function writeDocument({ before, parts }: Pick<ReadDocument, 'before' | 'parts'>): string {
  return before + parts.map(({ raw, after }) => raw + after).join('')
}

/** A part of these lines; `text` is made of theirs unless given. */
export function partOf(kind: PartKind, lines: readonly TextLine[], text = lines.map(plainText).join('')): DocumentPart {
  const [first] = lines
  const inner = lines.slice(0, -1).map(({ raw, after }) => raw + after)
  const last = lines.at(-1)
  return {
    ...{ kind, line: first?.number ?? 0, raw: inner.join('') + (last?.raw ?? ''), after: last?.after ?? '' },
    ...{ text: text.trim(), article: null, paragraph: null },
  }
}

/** A line as a person reads it: without markup of headings and emphasis, a no-break space as a space. */
export function plainText({ raw }: TextLine): string {
  return raw
    .replace(/^#{1,6}\s+/, '')
    .replaceAll('**', '')
    .replaceAll('\u00a0', ' ')
}

/** Puts each part into the article whose title was the last before it, and counts what stands in the article's body. */
export function numberParts(parts: readonly DocumentPart[], starts: ReadonlySet<DocumentPart>): DocumentPart[] {
  let article = 0
  let paragraph = 0
  return parts.map((part) => {
    if (starts.has(part)) {
      article += 1
      paragraph = 0
    }
    const isBody = article > 0 && bodyKinds.has(part.kind)
    if (isBody) paragraph += 1
    const isOutside = article === 0 || part.kind === 'section'
    return { ...part, article: isOutside ? null : article, paragraph: isBody ? paragraph : null }
  })
}

/** A text with everything left out that may differ between two printings of the same words: spaces, width and case of letters. */
export function keyOfText(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
}

/** Tells a text from a changed one: the first 12 hexadecimal digits of the SM3 of its key. */
export function digestOf(text: string): string {
  return sm3(keyOfText(text)).slice(0, 12)
}

/** The id of a paragraph, the same in every version of its document: `<series>-<issue>/<article>/p<number>`. */
export function paragraphId(document: { series: string; issue: string }, article: number, paragraph: number): string {
  return `${document.series}-${document.issue}/${article}/p${paragraph}`
}
