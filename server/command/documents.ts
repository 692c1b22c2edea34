import {
  inTransaction,
  type Language,
  type MessageParams,
  must,
  parseInput,
  renderMessage,
  systemActor,
} from '../../ground/door.ts'
import {
  type DocumentImport,
  type FoundArticle,
  importDocument,
  searchDocuments,
  statedDocument,
} from '../../registers/door.ts'
import { houseMessages } from '../house-messages.ts'
import { importNamed, inConfiguredWorld, readNamed } from './configured-nodes.ts'

/** The options of both commands, as typed. */
type CommonOptions = { region?: string; json?: boolean; lang: Language }

/** What `tongban documents import` takes beside the files; see `statedDocument`. */
export type ImportDocumentsOptions = CommonOptions & { series?: string; issue?: string; on?: string }

/**
 * Imports files into every region of this installation, or into one: in each, all of them or none. Throws `BadInput` naming file, line and column,
 * and `OperatingFailure` `file_unreadable`.
 */
export async function importDocuments(files: readonly string[], options: ImportDocumentsOptions): Promise<number> {
  const { region, json = false, lang, on: publishedOn, ...rest } = options
  const stated = parseInput(statedDocument, { ...rest, ...(publishedOn !== undefined && { publishedOn }) }, 'options')
  const read = await Promise.all(files.map(readNamed))
  return inConfiguredWorld(region, async (nodes) => {
    const all: Array<DocumentImport & { region: string; file: string }> = []
    for (const { region: code, node } of nodes) {
      const imported = await inTransaction(node, systemActor, async (work) => {
        const done: DocumentImport[] = []
        for (const file of read) done.push(await importNamed(file, (bytes) => importDocument(work, bytes, stated)))
        return done
      })
      all.push(...imported.map((each, index) => ({ region: code, file: must(files[index], 'a file'), ...each })))
    }
    const messages = houseMessages()
    const say: Say = (key, params) => renderMessage(messages, lang, `documents.${key}`, params)
    console.log(json ? JSON.stringify(all, null, 2) : all.flatMap((each) => importLines(each, say)).join('\n'))
    return 0
  })
}

type Say = (key: string, params: MessageParams) => string

function importLines(imported: DocumentImport & { region: string; file: string }, say: Say): string[] {
  const { region, file, series, issue, version, isNew, articleCount, paragraphCount, differences } = imported
  const told = { region, file, series, issue, version, articleCount, paragraphCount }
  return [
    say(isNew ? 'imported' : 'unchanged', told),
    ...differences.map(({ kind, line, text }) => `  ${say(kind, { line, text })}`),
  ]
}

/** Searches the documents of one region: the first of this installation unless one is named. */
export async function searchDocumentsCommand(text: string, options: CommonOptions): Promise<number> {
  const { region, json = false, lang } = options
  return inConfiguredWorld(region, async ([first]) => {
    const { node } = must(first, 'a region')
    const found = await inTransaction(node, systemActor, (work) => searchDocuments(work, { text }))
    console.log(json ? JSON.stringify(found, null, 2) : found.articles.flatMap(articleLines).join('\n'))
    if (!json)
      console.log(renderMessage(houseMessages(), lang, 'documents.found', { articleCount: found.articleCount }))
    return 0
  })
}

function articleLines({ title, series, issue, publishedOn, paragraphs }: FoundArticle): string[] {
  return [
    `${title} (${series} ${issue}, ${publishedOn})`,
    ...paragraphs.map(({ id, excerpt }) => {
      const text = excerpt.map(({ text: piece, isHit }) => (isHit ? `【${piece}】` : piece)).join('')
      return `  ${id}: ${text}`
    }),
  ]
}
