import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Attachment, addAttachment, attachmentsOf, readAttachment } from '../../cases/door.ts'
import { inTransaction, parseInput, schemaId, schemaInstant } from '../../ground/door.ts'
import { answerOnce } from '../http/answers.ts'
import { refuseForgery, refuseOtherCallers } from '../http/identity.ts'
import { keyedRequest, keyOf, operationSchema } from '../http/mount.ts'
import { fileOf } from '../http/upload.ts'
import type { RegionNode } from '../node.ts'

const schemaAttachment = z
  .object({
    id: schemaId,
    caseId: schemaId,
    name: z.string(),
    kind: z.string(),
    mediaType: z.string(),
    sizeBytes: z.int(),
    sm3: z.string(),
    addedAt: schemaInstant,
  })
  .meta({ id: 'Attachment' })

const ofCase = z.object({ caseId: schemaId })
const ofAttachment = z.object({ attachmentId: schemaId })
const uploadQuery = z.object({
  kind: z.string().min(1).max(60).describe("the service's name for what the file proves"),
})
const callers = ['signed_in']

/** Files of cases. Both ways they are streamed, within the transaction that keeps or reads them. */
export async function attachmentRoutes(app: FastifyInstance, { node }: RegionNode): Promise<void> {
  const mayCall = async (request: FastifyRequest) => refuseOtherCallers(request.identity, callers)

  app.get('/cases/:caseId/attachments', {
    schema: operationSchema({
      method: 'GET',
      path: '/cases/:caseId/attachments',
      tag: 'cases',
      title: { zh: '附件列表', en: 'The attachments of a case' },
      callers,
      params: ofCase,
      answer: z.object({ items: z.array(schemaAttachment) }),
    }),
    preValidation: mayCall,
    handler: async (request) => {
      const { caseId } = parseInput(ofCase, request.params)
      const attachments = await inTransaction(node, request.identity.actor, (work) => attachmentsOf(work, caseId))
      return { items: attachments.map(shown) }
    },
  })

  app.post('/cases/:caseId/attachments', {
    schema: operationSchema({
      method: 'POST',
      path: '/cases/:caseId/attachments',
      tag: 'cases',
      title: { zh: '上传附件', en: 'Attach a file (multipart, one file): PDF, PNG, JPEG or WebP, at most 10 MB' },
      callers,
      params: ofCase,
      query: uploadQuery,
      answer: schemaAttachment,
    }),
    preValidation: async (request) => {
      await mayCall(request)
      refuseForgery(request, request.identity.session)
      keyOf(request)
    },
    handler: async (request) => {
      const { caseId } = parseInput(ofCase, request.params)
      const { kind } = parseInput(uploadQuery, request.query)
      const { name, content } = await fileOf(request)
      try {
        const keyed = keyedRequest(request, [caseId, kind, name])
        const answer = await inTransaction(node, request.identity.actor, (work) =>
          answerOnce(work, keyed, async () => {
            const attachment = await addAttachment(work, caseId, { name, kind, content })
            return { status: 200, body: shown(attachment) }
          }),
        )
        return answer.body
      } finally {
        // What was not read (a refusal, or a repeated request) must still leave the wire.
        content.resume()
      }
    },
  })

  app.get('/attachments/:attachmentId', {
    schema: operationSchema({
      method: 'GET',
      path: '/attachments/:attachmentId',
      tag: 'cases',
      title: { zh: '下载附件', en: 'The bytes of an attachment' },
      callers,
      params: ofAttachment,
      answer: z.string().describe('the file'),
    }),
    preValidation: mayCall,
    handler: async (request, reply) => {
      const { attachmentId } = parseInput(ofAttachment, request.params)
      await inTransaction(node, request.identity.actor, async (work) => {
        const { attachment, content } = await readAttachment(work, attachmentId)
        const stream = Readable.from(content, { objectMode: false })
        reply.type(attachment.mediaType)
        reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`)
        reply.send(stream)
        // The stream reads in this transaction. A reader who hangs up ends it early, which harms nothing.
        await finished(stream).catch(() => {})
      })
      return reply
    },
  })
}

function shown({ chunks: _, ...attachment }: Attachment): z.infer<typeof schemaAttachment> {
  return attachment
}
