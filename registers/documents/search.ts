import { sql } from 'kysely'
import { type Id, type PlainDate, Refusal, type Work } from '../../ground/door.ts'
import { nationCode, type RegionCode } from '../../law/door.ts'
import { type ExcerptPiece, excerptOf } from './excerpts.ts'
import { termsOf, tsqueryOf } from './lexemes.ts'
import { paragraphId } from './parts.ts'

/**
 * What is searched for. `text`: words, all of which must stand in a paragraph or in the title of its article; what is in quotation marks, letter for
 * letter. `region`: articles of this region and those inside it. `offset`: so many articles are passed over.
 */
export type DocumentQuery = {
  text: string
  series?: string
  issue?: string
  section?: string
  region?: RegionCode
  offset?: number
  limit?: number
}

/** A paragraph that was found. */
export type FoundParagraph = { id: string; excerpt: ExcerptPiece[] }

/** An article that was found, with its best paragraphs. */
export type FoundArticle = {
  documentId: Id
  series: string
  issue: string
  publishedOn: PlainDate
  no: number
  section: string | null
  title: string
  region: RegionCode | null
  /** How many of its paragraphs were found. */
  paragraphCount: number
  paragraphs: FoundParagraph[]
}

const limitDefault = 20
const paragraphsShown = 3
const rankedMax = 1000

type FoundRow = {
  document_id: Id
  series: string
  issue: string
  published_on: PlainDate
  no: number
  section: string | null
  title: string
  region: RegionCode | null
  paragraph_no: number
  text: string
  paragraph_count: number
  article_count: number
  is_complete: boolean
}

/**
 * Searches the last version of every issue: the articles with the best paragraphs first, words of the title before words of the text, then the
 * newest. Where a word stands in more paragraphs than can be ranked at once, only so many are, and `isComplete` is false. Throws `Refusal`
 * `search_text_needed` where the text holds nothing that can be searched for.
 */
export async function searchDocuments(
  work: Work,
  query: DocumentQuery,
): Promise<{ articleCount: number; isComplete: boolean; articles: FoundArticle[] }> {
  const terms = termsOf(query.text)
  if (terms.length === 0) throw new Refusal('search_text_needed')
  const { offset = 0, limit = limitDefault } = query
  const { rows } = await sql<FoundRow>`
    WITH found AS (
      SELECT part.document_id, part.article_no, part.seq, document.published_on,
        ts_rank_cd(part.words, ${tsqueryOf(terms)}::tsquery) AS rank
      FROM registers.document_part AS part
      JOIN registers.document AS document ON document.id = part.document_id
      JOIN registers.document_article AS article ON article.document_id = part.document_id AND article.no = part.article_no
      WHERE part.words @@ ${tsqueryOf(terms)}::tsquery AND ${isCurrent} AND ${filterOf(query)}
      LIMIT ${rankedMax}
    ), placed AS (
      SELECT found.*, count(*) OVER article AS paragraph_count, max(rank) OVER article AS article_rank,
        row_number() OVER (PARTITION BY document_id, article_no ORDER BY rank DESC, seq) AS place
      FROM found WINDOW article AS (PARTITION BY document_id, article_no)
    ), ranked AS (
      SELECT placed.*, dense_rank() OVER (ORDER BY article_rank DESC, published_on DESC, document_id, article_no) AS article_place
      FROM placed WHERE place <= ${paragraphsShown}
    )
    SELECT ranked.document_id, document.series, document.issue, document.published_on, article.no, article.section,
      article.title, article.region, part.paragraph_no, part.text, ranked.paragraph_count::integer,
      (SELECT max(article_place) FROM ranked)::integer AS article_count,
      (SELECT count(*) FROM found) < ${rankedMax} AS is_complete
    FROM ranked
    JOIN registers.document AS document ON document.id = ranked.document_id
    JOIN registers.document_article AS article ON article.document_id = ranked.document_id AND article.no = ranked.article_no
    JOIN registers.document_part AS part ON part.document_id = ranked.document_id AND part.seq = ranked.seq
    WHERE article_place > ${offset} AND article_place <= ${offset + limit}
    ORDER BY article_place, place`.execute(work.db)
  const [first] = rows
  return {
    articleCount: first?.article_count ?? 0,
    isComplete: first?.is_complete ?? true,
    articles: groupArticles(rows, terms),
  }
}

// Asked of each paragraph that is found by an index, instead of joining the view of all last versions.
const isCurrent = sql<boolean>`NOT EXISTS (SELECT FROM registers.document AS newer
  WHERE newer.series = document.series AND newer.issue = document.issue AND newer.version > document.version)`

function filterOf({ series, issue, section, region }: DocumentQuery) {
  const conditions = [
    series === undefined ? undefined : sql<boolean>`document.series = ${series}`,
    issue === undefined ? undefined : sql<boolean>`document.issue = ${issue}`,
    section === undefined ? undefined : sql<boolean>`article.section = ${section}`,
    region === undefined || region === nationCode
      ? undefined
      : sql<boolean>`article.region LIKE ${`${region.replace(/(00){1,2}$/, '')}%`}`,
  ].filter((condition) => condition !== undefined)
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` AND `)}`
}

function groupArticles(rows: readonly FoundRow[], terms: readonly string[]): FoundArticle[] {
  const articles = new Map<string, FoundArticle>()
  for (const row of rows) {
    const { no, section, title, region, series, issue } = row
    const key = `${row.document_id}/${no}`
    const article = articles.get(key) ?? {
      ...{ documentId: row.document_id, series, issue, publishedOn: row.published_on, no, section, title, region },
      ...{ paragraphCount: row.paragraph_count, paragraphs: [] },
    }
    articles.set(key, article)
    article.paragraphs.push({ id: paragraphId(row, no, row.paragraph_no), excerpt: excerptOf(row.text, terms) })
  }
  return [...articles.values()]
}
