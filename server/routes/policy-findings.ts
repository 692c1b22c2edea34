import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { businessDate, parseInput, schemaDate } from '../../ground/door.ts'
import { refuseOtherCallers } from '../http/identity.ts'
import { operationSchema } from '../http/mount.ts'
import type { RegionNode } from '../node.ts'
import { getServiceOfPolicy } from '../policy-list.ts'
import { findingsBook, findingTold } from '../workbench/findings.ts'
import { schemaBoth } from './shapes.ts'

const params = z.object({ policyId: z.string() })

const answer = z
  .object({
    checkedOn: schemaDate,
    items: z.array(
      z.object({
        level: z.enum(['error', 'note']),
        code: z.string().describe('10xx days, 11xx declarations and values, 20xx paths, 30xx promises; 40xx notes'),
        sentence: schemaBoth,
        file: z.string(),
        line: z.int(),
        at: z.object({ start: z.int(), end: z.int() }).describe('offsets into the file'),
        witnesses: z.array(
          z.object({
            on: schemaDate,
            region: z.string().nullable(),
            facts: z.record(z.string(), z.unknown()).nullable(),
            outcome: z.enum(['granted', 'refused', 'referred']).nullable(),
            reason: z.string().nullable(),
            problem: z.string().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'PolicyFindings' })

/** Whoever asks again and again waits: a check is seconds of work where it has not been done that day. */
const checkLimit = { max: 60, timeWindow: '1 minute' }

/** What the check of the policy library finds in a shipped policy. Holds no transaction while it is worked out. */
export async function policyFindingRoutes(app: FastifyInstance, { node, services }: RegionNode): Promise<void> {
  const book = findingsBook()
  const operation = {
    method: 'GET' as const,
    path: '/policies/:policyId/findings',
    tag: 'policies',
    title: {
      zh: '政策检查结果',
      en: 'What the check finds in a policy: gaps, overlaps, dead branches, broken promises',
    },
    callers: ['public'],
    params,
    answer,
  }
  app.get(operation.path, {
    config: { rateLimit: checkLimit },
    schema: operationSchema(operation),
    preValidation: async (request) => refuseOtherCallers(request.identity, operation.callers),
    handler: async (request) => {
      const { policyId } = parseInput(params, request.params)
      const checkedOn = businessDate(node.clock.now())
      const findings = await book.of(getServiceOfPolicy(services, policyId), checkedOn)
      const items = findings.filter(({ policy }) => policy === policyId).map(findingTold)
      return parseInput(answer, { checkedOn, items })
    },
  })
}
