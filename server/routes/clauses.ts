import { z } from 'zod'
import { BadInput, schemaDate, schemaId, type Work } from '../../ground/door.ts'
import {
  type ClauseTie,
  documentOfTie,
  findTiedParagraph,
  nameOfSeries,
  type TiedParagraph,
  tiedParagraphId,
} from '../../registers/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { clauseTiesOf } from '../clauses.ts'
import type { RegionNode } from '../node.ts'
import { schemaBoth } from './shapes.ts'

const schemaParagraph = z.object({
  id: z.string(),
  state: z
    .enum(['as_tied', 'changed', 'not_imported'])
    .describe('changed: other words stand there than when the clause was tied to it'),
  name: z.string(),
  issue: z.string(),
  article: z.int(),
  printed: z
    .object({
      text: z.string(),
      documentId: schemaId,
      publishedOn: schemaDate,
      articleTitle: z.string(),
      source: z.string().nullable(),
    })
    .nullable(),
})

const schemaClause = z
  .object({
    service: z.string(),
    clause: z.string(),
    paragraphs: z.array(schemaParagraph),
    outside: z.string().nullable().describe('the law or document that no bulletin prints'),
    derived: z.string().nullable().describe('why it stands nowhere'),
    document: z
      .object({ title: schemaBoth, issuer: schemaBoth, from: schemaDate.nullable(), to: schemaDate.nullable() })
      .nullable()
      .describe('the named document that it is part of'),
  })
  .meta({ id: 'ClauseText' })

/** What a clause that a service cites says, in the words in which it was printed. */
export function clauseRoutes({ services }: RegionNode): ServiceRoute[] {
  const tiesOf = new Map(services.map((service) => [service.id, clauseTiesOf(service)]))
  return [
    serviceRoute({
      method: 'GET',
      path: '/law/clauses/:service/:clause',
      title: { zh: '条款原文', en: 'The paragraph that a clause stands in, once its bulletin has been imported' },
      callers: ['public'],
      params: z.object({ service: z.string(), clause: z.string() }),
      answer: schemaClause,
      async handle(work, { params: { service, clause } }) {
        const ties = tiesOf.get(service)
        if (!ties) throw new BadInput([{ path: 'service', expected: [...tiesOf.keys()].join(' | '), found: service }])
        const tie = ties[clause]
        if (!tie) {
          throw new BadInput([{ path: 'clause', expected: Object.keys(ties).join(' | '), found: clause }])
        }
        return { service, clause, ...(await shown(work, tie)) }
      },
    }),
  ]
}

async function shown(work: Work, tie: ClauseTie) {
  const document = documentOfTie(tie)
  const paragraphs: Array<z.infer<typeof schemaParagraph>> = []
  for (const paragraph of 'paragraphs' in tie ? tie.paragraphs : []) paragraphs.push(await print(work, paragraph))
  return {
    paragraphs,
    outside: 'outside' in tie ? tie.outside : null,
    derived: 'derived' in tie ? tie.derived : null,
    document: document
      ? { title: document.title, issuer: document.issuer, from: document.from ?? null, to: document.to ?? null }
      : null,
  }
}

async function print(work: Work, tie: TiedParagraph): Promise<z.infer<typeof schemaParagraph>> {
  const { series, issue, article } = tie
  const found = await findTiedParagraph(work, tie)
  if (!found) {
    return {
      id: tiedParagraphId(tie),
      state: 'not_imported',
      name: nameOfSeries(series),
      issue,
      article,
      printed: null,
    }
  }
  const { id, state, name, text, documentId, publishedOn, articleTitle, source } = found
  return { id, state, name, issue, article, printed: { text, documentId, publishedOn, articleTitle, source } }
}
