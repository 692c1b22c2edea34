import type { ColumnType } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../../ground/door.ts'
import type { RegionCode } from '../../law/door.ts'
import type { Difference, PartKind } from './parts.ts'

type DocumentRow = {
  id: Id
  series: string
  issue: string
  version: number
  name: string
  organiser: string
  published_on: PlainDate
  content_sm3: string
  before: string
  differences: ColumnType<Difference[], string, never>
  recorded_by: Id | null
  recorded_at: Instant
}

type DocumentArticleRow = {
  document_id: Id
  no: number
  section: string | null
  title: string
  byline: string | null
  source: string | null
  region: RegionCode | null
}

type DocumentPartRow = {
  document_id: Id
  seq: number
  kind: PartKind
  line: number
  raw: string
  after: string
  text: string
  article_no: number | null
  paragraph_no: number | null
  digest: string | null
  words: string | null
}

type DocumentTables = {
  'registers.document': DocumentRow
  /** The last version of each issue. */
  'registers.current_document': DocumentRow
  'registers.document_article': DocumentArticleRow
  'registers.document_part': DocumentPartRow
}

/** The tables of documents in the transaction of this work. */
export function documentTables(work: Work) {
  return work.db.withTables<DocumentTables>()
}
