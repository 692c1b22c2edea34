import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type BatchState, batchState, ordersOf } from '../../benefits/door.ts'
import type { CaseView } from '../../cases/door.ts'
import {
  BadInput,
  type Id,
  inTransaction,
  parseInput,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  type Work,
} from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { bankColumns, bankFile, bankFileFaults, readBankResults } from '../bank-file.ts'
import { refuseOtherCallers } from '../http/identity.ts'
import { operationSchema } from '../http/mount.ts'
import type { RegionNode } from '../node.ts'
import { bankLines, dueLines } from '../payee-lines.ts'
import { schemaSumFen } from './shapes.ts'

const payers = ['pay', 'approve', 'audit', 'supervisor']
const batchParams = z.object({ caseId: schemaId })
const rowsMax = 5_000
const linesShownMax = 200

const schemaDueLine = z
  .object({
    orderId: schemaId,
    caseId: schemaId,
    caseNumber: z.string(),
    purpose: z.string().describe('message code `payment.<purpose>` of the service'),
    payee: z.object({ kind: z.enum(['person', 'employer', 'institution', 'fund']), id: z.string() }),
    payeeName: z.string(),
    accountMasked: z.string().nullable().describe('null: no account is known, so no batch takes it'),
    amountFen: schemaFen,
    orderedOn: schemaDate,
    lastResult: z.enum(['paid', 'returned', 'withdrawn']).nullable(),
    lastReason: z.string().nullable(),
  })
  .meta({ id: 'DueLine' })

/** What is due and what banks answered. Drawing up, approving and recording are steps of the batch's own flow. */
export function benefitPaymentRoutes(region: RegionNode): ServiceRoute[] {
  return [dueRoute(), resultsRoute(region)]
}

function dueRoute(): ServiceRoute {
  return serviceRoute({
    method: 'GET',
    path: '/benefits/payments/due',
    title: { zh: '待支付', en: 'Payments that wait for a batch, the oldest first' },
    callers: payers,
    query: z.object({ service: z.string() }),
    answer: z.object({
      count: z.int(),
      totalFen: schemaSumFen,
      items: z.array(schemaDueLine).describe(`the first ${linesShownMax}`),
    }),
    async handle(work, { query: { service } }) {
      const agency = work.actor.kind === 'staff' ? work.actor.agency : work.node.region
      const due = await ordersOf(work, { dueOf: { service, agency } })
      return {
        count: due.length,
        totalFen: String(due.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n)),
        items: await dueLines(work, due.slice(0, linesShownMax)),
      }
    },
  })
}

function resultsRoute(region: RegionNode): ServiceRoute {
  return serviceRoute({
    method: 'POST',
    path: '/benefits/payments/:caseId/results/read',
    title: { zh: '读取银行回盘', en: "Read a bank's file of results against its batch; keeps nothing" },
    callers: ['pay'],
    params: batchParams,
    body: z.strictObject({
      columns: z.array(z.string()).max(100),
      rows: z.array(z.array(z.string())).max(rowsMax),
    }),
    answer: z.object({
      results: z
        .array(z.object({ orderId: schemaId, result: z.enum(['paid', 'returned']), reason: z.string().optional() }))
        .nullable()
        .describe('null as soon as one row is wrong'),
      problems: z.array(
        z.object({
          row: z.int().describe('1 is the header'),
          column: z.enum(bankColumns),
          problem: z.enum(bankFileFaults).describe('message code `bank_file.<problem>`'),
          found: z.string(),
        }),
      ),
    }),
    async handle(work, { params, body }) {
      const { state } = await getBatch(work, region, params.caseId)
      return readBankResults(body, state.lines)
    },
  })
}

const fileQuery = z.object({ format: z.enum(['csv', 'xlsx']) })
const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The file that the bank pays an approved batch by. */
export async function bankFileRoutes(app: FastifyInstance, region: RegionNode): Promise<void> {
  const operation = {
    method: 'GET' as const,
    path: '/benefits/payments/:caseId/file',
    tag: 'benefits',
    title: {
      zh: '导出送银行文件',
      en: 'The file for the bank, with whole account numbers; each that is read is logged',
    },
    callers: ['pay'],
    params: batchParams,
    query: fileQuery,
    answer: z.string().describe('the file'),
  }
  app.get(operation.path, {
    schema: operationSchema(operation),
    preValidation: async (request) => refuseOtherCallers(request.identity, operation.callers),
    handler: async (request, reply) => {
      const { caseId } = parseInput(batchParams, request.params)
      const { format } = parseInput(fileQuery, request.query)
      const { number, content } = await inTransaction(region.node, request.identity.actor, async (work) => {
        const { file, state } = await getBatch(work, region, caseId)
        if (file.status !== 'sent' && file.status !== 'closed') throw new Refusal('batch_not_approved')
        return { number: file.number, content: await bankFile(await bankLines(work, paidByBank(state)), format) }
      })
      return reply
        .type(mediaTypes[format])
        .header('content-disposition', `attachment; filename="${number}.${format}"`)
        .send(content)
    },
  })
}

/** The lines of which the bank pays something: what is wholly offset is none of its business. */
function paidByBank({ lines }: BatchState): BatchState['lines'] {
  return lines.filter(({ amountFen }) => amountFen > 0)
}

/** A batch as this officer sees it. Throws `BadInput` for a case of another kind, the refusal `case_not_found`. */
async function getBatch(
  work: Work,
  { cases, services }: RegionNode,
  caseId: Id,
): Promise<{ file: CaseView['file']; state: BatchState }> {
  const { file } = await cases.get(work, caseId)
  const flows = services.flatMap(({ parts }) => (parts.payments ?? []).map(({ id }) => id))
  if (flows.includes(file.flow)) return { file, state: parseInput(batchState, file.state) }
  throw new BadInput([{ path: 'params.caseId', expected: `a case of ${flows.join(' | ')}`, found: file.flow }])
}
