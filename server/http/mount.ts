import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { BadInput, BrokenInvariant, inTransaction, problemOf, type Work } from '../../ground/door.ts'
import type { RouteCaller, ServiceRoute } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { answerOnce, type KeyedRequest } from './answers.ts'
import { refuseForgery, refuseOtherCallers } from './identity.ts'
import { schemaProblem } from './problems.ts'

/** What documents an operation: shown in the OpenAPI description of the node. */
export type Operation = {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  tag: string
  title: { zh: string; en: string }
  callers: readonly RouteCaller[]
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  answer: z.ZodType
}

const schemaKey = z
  .string()
  .min(8)
  .max(128)
  .describe(
    'A key of your own making, new for each thing you want done; send the same again to repeat a request safely.',
  )

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: schemaProblem } },
})

/** The fastify schema of an operation: what is parsed on the way in and described to the outside. */
export function operationSchema(operation: Operation) {
  const { params, query, body, answer, title, tag, callers } = operation
  return {
    operationId: operationId(operation),
    summary: title.en,
    description: `${title.zh}. Callers: ${callers.join(', ')}.`,
    tags: [tag],
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(operation.method === 'POST' && { headers: z.looseObject({ 'idempotency-key': schemaKey.optional() }) }),
    response: {
      200: { description: title.en, content: { 'application/json': { schema: answer } } },
      '4xx': problemAnswer('Refused, or the request does not parse'),
      '5xx': problemAnswer('Failed; may be sent again with the same key (503), or a defect (500)'),
    },
  }
}

/** `POST /cases/:caseId/steps` -> `postCasesByCaseIdSteps`. */
function operationId({ method, path }: Operation): string {
  const parts = path.split(/[/-]/).filter(Boolean)
  const words = parts.map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)))
  return method.toLowerCase() + words.join('')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/**
 * Mounts the routes of a room or service on a node. Every call runs in one transaction as its caller; every POST of a signed-in user is
 * done once per `Idempotency-Key`, its answer stored with the change.
 */
export function mountRoutes(app: FastifyInstance, region: RegionNode, tag: string, routes: ServiceRoute[]): void {
  for (const route of routes) mountRoute(app, region, { ...route, tag })
}

function mountRoute(app: FastifyInstance, region: RegionNode, route: ServiceRoute & { tag: string }): void {
  app.route({
    method: route.method,
    url: route.path,
    schema: operationSchema(route),
    preValidation: async (request) => {
      refuseOtherCallers(request.identity, route.callers, route.actsOn)
      if (route.method === 'POST') {
        refuseForgery(request, request.identity.session)
        keyOf(request)
      }
    },
    handler: async (request, reply) => {
      const input = { params: request.params, query: request.query, body: request.body }
      const act = async (work: Work) => parseAnswer(route, await route.handle(work, input))
      const { actor } = request.identity
      const answer = await inTransaction(region.node, actor, (work) => {
        if (route.method === 'GET' || actor.kind === 'public') return act(work)
        return answerOnceAs(work, keyedRequest(request), () => act(work))
      })
      // What the change says to other regions leaves at once instead of within the second.
      if (route.method === 'POST') region.exchange.wake()
      return reply.send(answer)
    },
  })
}

async function answerOnceAs(work: Work, request: KeyedRequest, act: () => Promise<unknown>): Promise<unknown> {
  const answer = await answerOnce(work, request, async () => ({ status: 200, body: await act() }))
  return answer.body
}

/** The request as its idempotency key sees it. `content` stands for a body that is not JSON. */
export function keyedRequest(request: FastifyRequest, content?: unknown): KeyedRequest {
  const route = `${request.method} ${request.routeOptions.url ?? ''}`
  return { key: keyOf(request), route, content: content ?? [request.params, request.query, request.body] }
}

/** The `Idempotency-Key` of a request. Throws `BadInput` `idempotency_key_missing`. */
export function keyOf(request: FastifyRequest): string {
  const parsed = schemaKey.safeParse(request.headers['idempotency-key'], { reportInput: true })
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => problemOf(issue, 'header Idempotency-Key'))
  throw new BadInput(problems, 'idempotency_key_missing')
}

/** What is told to the outside: only what the route's schema names. An answer that does not fit it is a defect. */
function parseAnswer(route: Operation, answer: unknown): unknown {
  const parsed = route.answer.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new BrokenInvariant(`answer of ${route.method} ${route.path}: ${z.prettifyError(parsed.error)}`)
}
