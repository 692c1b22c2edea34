import { actorUserId, type Id, must, type PlainDate, sm3, type Work } from '../../ground/door.ts'
import { insertParts } from '../insert-parts.ts'
import { lockRegister, requireWriter } from '../writers.ts'
import { documentTables } from './document-tables.ts'
import { searchIndexOf } from './lexemes.ts'
import { type Difference, digestOf } from './parts.ts'
import { readDocument, type StatedDocument } from './read-document.ts'
import { regionOfTitle } from './region-of-title.ts'

/** What an import did. `isNew` false: this very file was there already, as this version, and nothing was changed. */
export type DocumentImport = {
  documentId: Id
  series: string
  issue: string
  version: number
  publishedOn: PlainDate
  isNew: boolean
  articleCount: number
  paragraphCount: number
  differences: Difference[]
}

/**
 * Imports the file of a bulletin or magazine, whole or not at all. The same file again changes nothing; another file of the same issue is its next
 * version, which takes the place of the one before in searches and ties. Throws `BadInput` with line and column where it cannot be understood,
 * `Refusal` `register_writer_needed`.
 */
export async function importDocument(work: Work, bytes: Uint8Array, stated: StatedDocument): Promise<DocumentImport> {
  await requireWriter(work, 'document', null)
  const read = readDocument(bytes, stated)
  const { series, articles, differences, masthead } = read
  const { issue, publishedOn, name, organiser } = masthead
  await lockRegister(work, 'document', `${series}-${issue}`)
  const before = await documentTables(work)
    .selectFrom('registers.document')
    .select(['id', 'version', 'content_sm3'])
    .where('series', '=', series)
    .where('issue', '=', issue)
    .orderBy('version')
    .execute()
  const contentSm3 = sm3(bytes)
  const same = before.find((each) => each.content_sm3 === contentSm3)
  const documentId = same?.id ?? work.newId()
  const version = same?.version ?? (before.at(-1)?.version ?? 0) + 1
  if (!same) {
    await documentTables(work)
      .insertInto('registers.document')
      .values({
        ...{ id: documentId, series, issue, version, name, organiser, published_on: publishedOn },
        ...{ content_sm3: contentSm3, before: read.before, differences: JSON.stringify(differences) },
        ...{ recorded_by: actorUserId(work.actor), recorded_at: work.now },
      })
      .execute()
    await keepContent(work, documentId, read)
  }
  const paragraphCount = read.parts.filter(({ paragraph }) => paragraph !== null).length
  return {
    ...{ documentId, series, issue, version, publishedOn, isNew: !same },
    ...{ articleCount: articles.length, paragraphCount, differences },
  }
}

async function keepContent(
  work: Work,
  documentId: Id,
  { articles, parts }: ReturnType<typeof readDocument>,
): Promise<void> {
  const articleRows = articles.map((article) => ({
    ...article,
    document_id: documentId,
    region: regionOfTitle(article.title),
  }))
  const partRows = parts.map(({ article, paragraph, ...part }, index) => {
    const title = article === null ? '' : must(articles[article - 1], `article ${article}`).title
    const isBody = paragraph !== null
    return {
      ...part,
      ...{ document_id: documentId, seq: index + 1, article_no: article, paragraph_no: paragraph },
      digest: isBody ? digestOf(part.text) : null,
      words: isBody ? searchIndexOf(part.text, title) : null,
    }
  })
  await documentTables(work).insertInto('registers.document_article').values(articleRows).execute()
  for (const rows of insertParts(partRows)) {
    await documentTables(work).insertInto('registers.document_part').values(rows).execute()
  }
}
