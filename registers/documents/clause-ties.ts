import { z } from 'zod'
import type { Id, PlainDate, Work } from '../../ground/door.ts'
import { documentTables } from './document-tables.ts'
import { type NamedDocument, namedDocuments } from './named-documents.ts'
import { paragraphId } from './parts.ts'

const paragraphTie =
  /^([a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*)-([0-9][0-9A-Za-z]*(?:-[0-9A-Za-z]+)*)\/(\d+)\/p(\d+)#([0-9a-f]{12})$/

/** A paragraph that a clause stands in: its id, and the digest of its text when it was tied. */
export type TiedParagraph = { series: string; issue: string; article: number; paragraph: number; digest: string }

const paragraphs = z
  .array(
    z
      .string()
      .regex(paragraphTie, { error: 'a paragraph, as in series-202403/1/p2#0123456789ab' })
      .transform((text) => readTie(text)),
  )
  .min(1)

const under = z
  .string()
  .refine((id) => namedDocuments().some((document) => document.id === id), { error: 'the id of a named document' })
  .exactOptional()

/**
 * Where a clause that a service cites stands: in paragraphs of bulletins (their places and digests, never their words); in a law or document that
 * no bulletin prints; or nowhere, because it follows from something else, with the reason. `under` is the named document that the clause is part of
 * (G5.01).
 */
const clauseTie = z.union([
  z.strictObject({ paragraphs, under }),
  z.strictObject({ outside: z.string().min(1), under }),
  z.strictObject({ derived: z.string().min(1) }),
])

/** See `clauseTie`. */
export type ClauseTie = z.infer<typeof clauseTie>

/** What the file `clauses.yaml` of a service says: the tie of each clause. */
export const clauseTies = z.record(z.string().min(1), clauseTie)

/** See `clauseTies`. */
export type ClauseTies = z.infer<typeof clauseTies>

function readTie(text: string): TiedParagraph {
  const [, series = '', issue = '', article = '', paragraph = '', digest = ''] = paragraphTie.exec(text) ?? []
  return { series, issue, article: Number(article), paragraph: Number(paragraph), digest }
}

/** The id of a tied paragraph. */
export function tiedParagraphId(tie: TiedParagraph): string {
  return paragraphId(tie, tie.article, tie.paragraph)
}

/** The named document that a tie is under, if it says one. */
export function documentOfTie(tie: ClauseTie): NamedDocument | undefined {
  return 'under' in tie ? namedDocuments().find(({ id }) => id === tie.under) : undefined
}

/**
 * What is printed where a clause is tied to. `state` is `as_tied` where the words are those that were read when it was tied, wherever in the issue
 * they now stand; `changed` where other words stand in the place.
 */
export type PrintedParagraph = {
  id: string
  state: 'as_tied' | 'changed'
  text: string
  documentId: Id
  name: string
  issue: string
  publishedOn: PlainDate
  articleTitle: string
  source: string | null
}

/** The paragraph of a tie in the last version of its issue; undefined where the issue, or the paragraph, is not there. */
export async function findTiedParagraph(work: Work, tie: TiedParagraph): Promise<PrintedParagraph | undefined> {
  const rows = await documentTables(work)
    .selectFrom('registers.document_part as part')
    .innerJoin('registers.current_document as document', 'document.id', 'part.document_id')
    .innerJoin('registers.document_article as article', (join) =>
      join.onRef('article.document_id', '=', 'part.document_id').onRef('article.no', '=', 'part.article_no'),
    )
    .select(['part.text', 'part.digest', 'part.article_no', 'part.paragraph_no', 'document.id as document_id'])
    .select(['document.name', 'document.issue', 'document.published_on', 'article.title', 'article.source'])
    .where('document.series', '=', tie.series)
    .where('document.issue', '=', tie.issue)
    .where((of) =>
      of.or([
        of('part.digest', '=', tie.digest),
        of.and({ 'part.article_no': tie.article, 'part.paragraph_no': tie.paragraph }),
      ]),
    )
    .orderBy('part.seq')
    .execute()
  const isInPlace = (row: (typeof rows)[number]) => row.article_no === tie.article && row.paragraph_no === tie.paragraph
  const same = rows.filter(({ digest }) => digest === tie.digest)
  const row = same.find(isInPlace) ?? same[0] ?? rows[0]
  if (!row) return undefined
  return {
    id: paragraphId(tie, row.article_no ?? tie.article, row.paragraph_no ?? tie.paragraph),
    state: row.digest === tie.digest ? 'as_tied' : 'changed',
    ...{ text: row.text, documentId: row.document_id, name: row.name, issue: row.issue },
    ...{ publishedOn: row.published_on, articleTitle: row.title, source: row.source },
  }
}
