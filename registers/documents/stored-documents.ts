import { sql } from 'kysely'
import { type Id, type Instant, type PlainDate, Refusal, type Work } from '../../ground/door.ts'
import type { RegionCode } from '../../law/door.ts'
import { documentTables } from './document-tables.ts'
import { type Article, type Difference, type PartKind, paragraphId } from './parts.ts'

/** A version of an issue, without its content. */
export type StoredDocument = {
  id: Id
  series: string
  issue: string
  version: number
  isCurrent: boolean
  name: string
  organiser: string
  publishedOn: PlainDate
  differences: Difference[]
  recordedAt: Instant
}

/** A part of an article as a person reads it. `paragraph` has the id by which a clause is tied to it; null for what is not of the body. */
export type StoredPart = {
  kind: PartKind
  line: number
  text: string
  paragraph: { id: string; digest: string } | null
}

/** An article with its parts in order, its title first where it has one. */
export type StoredArticle = Article & { region: RegionCode | null; parts: StoredPart[] }

/** Every version of every issue, the newest issue first, the newest version of each first. */
export async function listDocuments(work: Work): Promise<Array<StoredDocument & { articleCount: number }>> {
  const rows = await selectDocuments(work)
    .select((of) =>
      of
        .selectFrom('registers.document_article')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('document_id', '=', 'document.id')
        .as('article_count'),
    )
    .orderBy('published_on', 'desc')
    .orderBy('series')
    .orderBy('issue')
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ ...readStored(row), articleCount: row.article_count ?? 0 }))
}

/** A version of an issue with its articles. Throws `Refusal` `document_not_found`. */
export async function getDocument(work: Work, documentId: Id): Promise<StoredDocument & { articles: StoredArticle[] }> {
  const row = await selectDocuments(work).where('document.id', '=', documentId).executeTakeFirst()
  if (!row) throw new Refusal('document_not_found')
  const document = readStored(row)
  const articles = await documentTables(work)
    .selectFrom('registers.document_article')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('no')
    .execute()
  const parts = await documentTables(work)
    .selectFrom('registers.document_part')
    .select(['kind', 'line', 'text', 'article_no', 'paragraph_no', 'digest'])
    .where('document_id', '=', documentId)
    .where('article_no', 'is not', null)
    .orderBy('seq')
    .execute()
  return {
    ...document,
    articles: articles.map(({ no, section, title, byline, source, region }) => ({
      ...{ no, section, title, byline, source, region },
      parts: parts
        .filter((part) => part.article_no === no)
        .map(({ kind, line, text, paragraph_no, digest }) => ({
          ...{ kind, line, text },
          paragraph:
            paragraph_no === null || digest === null ? null : { id: paragraphId(document, no, paragraph_no), digest },
        })),
    })),
  }
}

/** The file of a version, character for character as it was imported. Throws `Refusal` `document_not_found`. */
export async function getDocumentFile(work: Work, documentId: Id): Promise<string> {
  const { rows } = await sql<{ content: string }>`
    SELECT document.before || (SELECT string_agg(raw || after, '' ORDER BY seq) FROM registers.document_part
      WHERE document_id = document.id) AS content
    FROM registers.document WHERE id = ${documentId}`.execute(work.db)
  const [row] = rows
  if (!row) throw new Refusal('document_not_found')
  return row.content
}

function selectDocuments(work: Work) {
  return documentTables(work)
    .selectFrom('registers.document as document')
    .leftJoin('registers.current_document as current', 'current.id', 'document.id')
    .selectAll('document')
    .select('current.id as current_id')
}

function readStored(row: Awaited<ReturnType<ReturnType<typeof selectDocuments>['execute']>>[number]): StoredDocument {
  const { id, series, issue, version, name, organiser, differences } = row
  return {
    ...{ id, series, issue, version, name, organiser, differences },
    isCurrent: row.current_id !== null,
    publishedOn: row.published_on,
    recordedAt: row.recorded_at,
  }
}
