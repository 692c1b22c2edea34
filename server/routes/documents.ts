import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { inTransaction, parseInput, schemaDate, schemaId, schemaInstant, schemaRegion } from '../../ground/door.ts'
import {
  getDocument,
  importDocument,
  listDocuments,
  namedDocuments,
  searchDocuments,
  statedDocument,
} from '../../registers/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { citationsOf, clauseTiesOf } from '../clauses.ts'
import { answerOnce } from '../http/answers.ts'
import { refuseForgery, refuseOtherCallers } from '../http/identity.ts'
import { keyedRequest, keyOf, operationSchema } from '../http/mount.ts'
import { fileOf } from '../http/upload.ts'
import type { InstalledService, RegionNode } from '../node.ts'
import { queryLimit, schemaBoth } from './shapes.ts'

const readers = ['staff', 'institution', 'employer']
const importers = ['values_admin']

const schemaDifferences = z.array(
  z.object({
    kind: z.enum([
      'contents_missing',
      'spelled_otherwise',
      'not_in_text',
      'not_in_contents',
      'other_section',
      'source_missing',
      'title_missing',
    ]),
    line: z.int(),
    text: z.string(),
  }),
)

const schemaDocument = z
  .object({
    id: schemaId,
    series: z.string(),
    issue: z.string(),
    version: z.int(),
    isCurrent: z.boolean(),
    name: z.string(),
    organiser: z.string(),
    publishedOn: schemaDate,
    differences: schemaDifferences,
    recordedAt: schemaInstant,
  })
  .meta({ id: 'PrintedDocument' })

const schemaArticle = z
  .object({
    no: z.int(),
    section: z.string().nullable(),
    title: z.string(),
    byline: z.string().nullable(),
    source: z.string().nullable(),
    region: z.string().nullable(),
    parts: z.array(
      z.object({
        kind: z.string(),
        line: z.int(),
        text: z.string(),
        paragraph: z.object({ id: z.string(), digest: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'PrintedArticle' })

const schemaFound = z
  .object({
    documentId: schemaId,
    series: z.string(),
    issue: z.string(),
    publishedOn: schemaDate,
    no: z.int(),
    section: z.string().nullable(),
    title: z.string(),
    region: z.string().nullable(),
    paragraphCount: z.int(),
    paragraphs: z.array(
      z.object({ id: z.string(), excerpt: z.array(z.object({ text: z.string(), isHit: z.boolean() })) }),
    ),
  })
  .meta({ id: 'FoundArticle' })

/** Bulletins and magazines: the list, one of them, a search, and the register of named documents (G5.01). */
export function documentRoutes({ services }: RegionNode): ServiceRoute[] {
  const clauses = services.flatMap(clausesUnderDocuments)
  return [
    serviceRoute({
      method: 'GET',
      path: '/documents',
      title: { zh: '文献', en: 'The imported bulletins and magazines, every version' },
      callers: readers,
      answer: z.object({ items: z.array(schemaDocument.extend({ articleCount: z.int() })) }),
      handle: async (work) => ({ items: await listDocuments(work) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/documents/search',
      title: {
        zh: '检索文献',
        en: 'Search the text of all issues; what is in quotation marks is found letter by letter',
      },
      callers: readers,
      query: z.object({
        text: z.string().min(1).max(200),
        series: z.string().exactOptional(),
        issue: z.string().exactOptional(),
        section: z.string().exactOptional(),
        region: schemaRegion.exactOptional(),
        offset: z.coerce.number().int().min(0).max(10_000).exactOptional(),
        limit: queryLimit(50).exactOptional(),
      }),
      answer: z.object({
        articleCount: z.int(),
        isComplete: z.boolean().describe('false where so much was found that not all of it was ranked'),
        items: z.array(schemaFound),
      }),
      async handle(work, { query }) {
        const { articles, ...counts } = await searchDocuments(work, query)
        return { ...counts, items: articles }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/documents/named',
      title: { zh: '政策文件库', en: 'The documents that rules are named after, with the clauses that stand on each' },
      callers: ['public'],
      answer: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            title: schemaBoth,
            issuer: schemaBoth,
            region: z.string(),
            requirements: z.array(z.string()),
            from: schemaDate.optional(),
            to: schemaDate.optional(),
            note: z.string().optional(),
            clauses: z.array(z.object({ service: z.string(), clause: z.string(), rules: z.array(z.string()) })),
          }),
        ),
      }),
      handle: async () => ({
        items: namedDocuments().map((document) => ({
          ...document,
          clauses: clauses.filter(({ under }) => under === document.id),
        })),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/documents/:documentId',
      title: { zh: '一份文献', en: 'A version of an issue, article by article' },
      callers: readers,
      params: z.object({ documentId: schemaId }),
      answer: schemaDocument.extend({ articles: z.array(schemaArticle) }),
      handle: (work, { params }) => getDocument(work, params.documentId),
    }),
  ]
}

/** The clauses of a service that are part of a named document, with the rules and values that cite them. */
function clausesUnderDocuments(service: InstalledService) {
  const citations = citationsOf(service)
  return Object.entries(clauseTiesOf(service)).flatMap(([clause, tie]) => {
    if (!('under' in tie)) return []
    const rules = citations.filter((each) => each.clause === clause).map(({ by }) => by)
    return [{ under: tie.under, service: service.id, clause, rules: [...new Set(rules)] }]
  })
}

const schemaImport = z.object({
  documentId: schemaId,
  series: z.string(),
  issue: z.string(),
  version: z.int(),
  publishedOn: schemaDate,
  isNew: z.boolean().describe('false where this very file was there already'),
  articleCount: z.int(),
  paragraphCount: z.int(),
  differences: schemaDifferences,
})

/** Imports the file of a bulletin or magazine: multipart, one file, whole or not at all. */
export async function documentImportRoute(app: FastifyInstance, { node }: RegionNode): Promise<void> {
  app.post('/documents', {
    schema: operationSchema({
      method: 'POST',
      path: '/documents',
      tag: 'documents',
      title: { zh: '导入文献', en: 'Import a bulletin or magazine (multipart, one file of UTF-8 text)' },
      callers: importers,
      query: statedDocument,
      answer: schemaImport,
    }),
    preValidation: async (request) => {
      refuseOtherCallers(request.identity, importers)
      refuseForgery(request, request.identity.session)
      keyOf(request)
    },
    handler: async (request) => {
      const stated = parseInput(statedDocument, request.query)
      const { content } = await fileOf(request)
      const bytes = await buffer(content)
      const keyed = keyedRequest(request, [stated, bytes.toString('base64')])
      const answer = await inTransaction(node, request.identity.actor, (work) =>
        answerOnce(work, keyed, async () => ({ status: 200, body: await importDocument(work, bytes, stated) })),
      )
      return answer.body
    },
  })
}
