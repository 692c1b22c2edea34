import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  certificatePdf,
  certificatesIssued,
  getCertificate,
  type IssuedCertificate,
  schemaPaper,
  verifyCertificate,
  withdrawCertificate,
} from '../../certificates/door.ts'
import { inTransaction, parseInput, schemaDate, schemaId, schemaInstant } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { refuseForgery, refuseOtherCallers } from '../http/identity.ts'
import { languageOf } from '../http/language.ts'
import { operationSchema } from '../http/mount.ts'
import type { RegionNode } from '../node.ts'
import { done, queryLimit, schemaBoth, schemaDone } from './shapes.ts'

const schemaWithdrawn = z.object({ on: schemaDate, reason: z.string() }).nullable()

const schemaCertificate = z
  .object({
    certificateId: schemaId,
    code: z.string(),
    service: z.string(),
    kind: z.string(),
    agency: z.string(),
    title: schemaBoth,
    holder: z.object({ name: z.string(), number: z.string() }),
    purpose: z.string(),
    issuedAt: schemaInstant,
    validUntil: schemaDate.nullable(),
    withdrawn: schemaWithdrawn,
  })
  .meta({ id: 'IssuedCertificate' })

const ofCertificate = z.object({ certificateId: schemaId })
const listQuery = z.object({
  personId: schemaId.optional(),
  employerId: schemaId.optional(),
  limit: queryLimit(500).optional(),
})
const withdrawing = ['approve', 'supervisor']

/** Certificates of the acting person or employer, or of an officer's agency, and taking one back. */
export function certificateRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/certificates',
      title: {
        zh: '已开具的证明（本人、本单位或本机构）',
        en: 'Certificates issued: mine, my employer’s, or those of my agency; newest first',
      },
      callers: ['person', 'employer_officer', 'staff'],
      actsOn: 'records',
      query: listQuery,
      answer: z.object({ items: z.array(schemaCertificate) }),
      async handle(work, { query: { personId, employerId, limit } }) {
        const items = await certificatesIssued(work, {
          ...(personId && { personId }),
          ...(employerId && { employerId }),
          ...(limit && { limit }),
        })
        return { items: items.map(shown) }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/certificates/:certificateId/withdrawal',
      title: { zh: '撤销证明', en: 'Take a certificate back; whoever verifies it is told' },
      callers: withdrawing,
      params: ofCertificate,
      body: z.strictObject({ reason: z.string().trim().min(2).max(200) }),
      answer: schemaDone,
      async handle(work, { params, body }) {
        await withdrawCertificate(work, { ...params, ...body })
        return done
      },
    }),
  ]
}

function shown({ paper, ...certificate }: IssuedCertificate): z.input<typeof schemaCertificate> {
  return { ...certificate, title: paper.title, holder: paper.holder }
}

const fileCallers = ['person', 'employer_officer', 'staff']
const fileQuery = z.object({ language: z.enum(['zh', 'en']).optional().describe('English stands beside the Chinese') })

/** How often one address may try codes on one node. */
const verificationLimit = { max: 20, timeWindow: '1 minute' }
const verificationBody = z.strictObject({ code: z.string().max(40), lastFour: z.string().max(8) })
const verificationAnswer = z.union([
  z.object({ state: z.literal('unknown') }),
  z.object({
    state: z.enum(['genuine', 'expired', 'withdrawn']),
    code: z.string(),
    issuedAt: schemaInstant,
    validUntil: schemaDate.nullable(),
    withdrawn: schemaWithdrawn,
    paper: schemaPaper,
  }),
])

/**
 * The file of a certificate, made from what was signed, and verifying one: for anybody, so many times a minute from one address. That answer is
 * not stored under an idempotency key, since asking changes nothing; it is no GET, so that no address holds the code.
 */
export async function certificateFileRoutes(app: FastifyInstance, { node }: RegionNode): Promise<void> {
  const file = {
    method: 'GET' as const,
    path: '/certificates/:certificateId/file',
    tag: 'certificates',
    title: { zh: '下载证明（PDF）', en: 'A certificate as PDF' },
    callers: fileCallers,
    params: ofCertificate,
    query: fileQuery,
    answer: z.string().describe('the file'),
  }
  app.get(file.path, {
    schema: operationSchema(file),
    preValidation: async (request) => refuseOtherCallers(request.identity, file.callers, 'records'),
    handler: async (request, reply) => {
      const { certificateId } = parseInput(ofCertificate, request.params)
      const { language = languageOf(request) } = parseInput(fileQuery, request.query)
      const certificate = await inTransaction(node, request.identity.actor, async (work) => {
        const found = await getCertificate(work, certificateId)
        // Whoever opens the paper of a person has read their data: it stands in their access log.
        if (found.personId) await getPerson(work, found.personId, 'certificate_file')
        return found
      })
      const content = await certificatePdf(certificate, { language, origin: `${request.protocol}://${request.host}` })
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${certificate.code}.pdf"`)
        .header('cache-control', 'no-store')
        .send(content)
    },
  })

  const verification = {
    method: 'POST' as const,
    path: '/certificates/verification',
    tag: 'certificates',
    title: { zh: '核验证明', en: 'Verify a certificate by its code and the last four characters of the number' },
    callers: ['public'],
    body: verificationBody,
    answer: verificationAnswer,
  }
  app.post(verification.path, {
    config: { rateLimit: verificationLimit },
    schema: operationSchema(verification),
    handler: async (request) => {
      refuseForgery(request, request.identity.session)
      const typed = parseInput(verificationBody, request.body)
      return inTransaction(node, request.identity.actor, (work) => verifyCertificate(work, typed))
    },
  })
}
