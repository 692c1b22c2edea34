import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import type { z } from 'zod'
import { BadInput, type Clock, type Messages, problemOf } from '../../ground/door.ts'
import { metricsRoute } from '../routes/metrics.ts'
import { nodeRoutes } from '../routes/node-routes.ts'
import { siteRoutes } from '../routes/site.ts'
import type { World } from '../world.ts'
import { identify } from './identity.ts'
import { languageOf } from './language.ts'
import { describeApi } from './openapi.ts'
import { servePages } from './pages.ts'
import { problemDetails, retryAfterSeconds } from './problems.ts'
import { type FieldLabels, fieldLabels } from './wrong-entries.ts'

/** What the HTTP door stands on. `machineClock` measures sessions and rate limits, whatever the demo world's clock says. */
export type Site = {
  world: World
  messages: Messages
  machineClock: Clock
  /** The address under which people open the pages, which passkeys are bound to; without it there are none. */
  origin?: string | undefined
}

declare module 'fastify' {
  interface FastifyInstance {
    site: Site
  }
}

/** A catalogue of some ten thousand rows fits. */
const bodyLimitBytes = 8 * 1024 * 1024
/** Files: the attachment limit of `cases` with some air for the form around it. */
const fileLimitBytes = 11 * 1024 * 1024

/** The whole HTTP interface of a world: every node under `/<region>/api/v1`, the national entrance, the pages. Call `listen` or `inject` on it. */
export async function buildApp(
  site: Site,
  options: { log: LogTarget; proxy?: string | undefined; metricsToken?: string | undefined },
): Promise<FastifyInstance> {
  const trustProxy = options.proxy ?? false
  const app = fastify({ ...serverOptions(options.log), trustProxy, bodyLimit: bodyLimitBytes })
  app.decorate('site', site)
  app.decorateRequest('identity')
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (data) => {
    const parsed = schema.safeParse(data, { reportInput: true })
    if (parsed.success) return { value: parsed.data }
    const path = httpPart === 'body' ? '' : (httpPart ?? '')
    return { error: new BadInput(parsed.error.issues.map((issue) => problemOf(issue, path))) }
  })
  // Answers were parsed by their schema when they were made (and stored); here they are only written.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  answerErrors(app, labelsOf(site))
  await app.register(helmet, { contentSecurityPolicy, strictTransportSecurity: false })
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: fileLimitBytes, files: 1, fields: 10 } })
  await app.register(rateLimit, { global: false })
  await describeApi(app, site.world.regions)
  await app.register(siteRoutes)
  metricsRoute(app, options.metricsToken)
  for (const region of site.world.nodes) {
    await app.register(
      async (scope) => {
        scope.addHook('onRequest', async (request) => {
          request.identity = await identify(region.node, site.machineClock, request)
        })
        await nodeRoutes(scope, region)
      },
      { prefix: `/${region.region}/api/v1` },
    )
  }
  await servePages(app, site.world.regions)
  return app
}

/**
 * Scripts from this host only, no inline script, no eval; WebAssembly may be compiled, for the workbench decides millions of cases in the page.
 * Styles may be inline: the staff's component library writes its own.
 */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    workerSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
}

/** Where log lines go: nowhere, to standard output, or to a test. */
export type LogTarget = boolean | { write(line: string): void }

/**
 * Logs name the route's pattern and never the address as it was typed, since paths and queries may hold what people searched for; bodies,
 * cookies and headers are not logged at all.
 */
function serverOptions(log: LogTarget): FastifyServerOptions {
  if (log === false) return { logger: false }
  return {
    logController: new LogController({ disableRequestLogging: true }),
    logger: { level: 'info', serializers: { err: loggedError }, ...(log !== true && { stream: log }) },
  }
}

/** Of an error its kind, text and place; long numbers, which may be somebody's, are blotted out, and so are the details of the database. */
function loggedError(error: Error): Record<string, string> & { type: string; message: string; stack: string } {
  const blot = (text: string) => text.replace(/\d{11,}[\dXx]?/g, '[number]')
  return { type: error.name, message: blot(error.message), stack: blot(error.stack ?? '') }
}

/** The names of fields, in the words of the house and of every service. */
function labelsOf({ world, messages }: Site): FieldLabels {
  return fieldLabels([messages, ...world.services.map(({ rulebook }) => rulebook.messages)])
}

function answerErrors(app: FastifyInstance, labels: FieldLabels): void {
  app.setErrorHandler(async (error, request, reply) => {
    const { isDefect, ...problem } = problemDetails(error, languageOf(request), app.site.messages, labels)
    if (isDefect) request.log.error({ err: error, route: request.routeOptions.url }, 'broken invariant')
    if (problem.status === 503) {
      request.log.warn({ code: problem.code, route: request.routeOptions.url }, 'operating failure')
      reply.header('retry-after', retryAfterSeconds)
    }
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
  })
}
