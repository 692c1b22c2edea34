import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** An OpenAPI 3.1 description. */
export type ApiDocument = {
  openapi: string
  paths: Record<string, object>
  components?: { schemas?: Record<string, object> }
  [key: string]: unknown
}

const description = `Every region is a node of its own under /{region}/api/v1, with its own sign-in (cookie) and data.
Every POST takes an Idempotency-Key: the same request with the same key is done once and gets the same answer; a POST with a session also takes
x-tongban-csrf. Errors are problem details (RFC 9457) whose sentences follow the lang cookie or Accept-Language.
Amounts are whole fen, rates whole parts per million, dates YYYY-MM-DD in Asia/Shanghai, instants UTC.`

/**
 * Collects the description of every route from the schemas that parse it. The nodes have the same routes, so the national document
 * describes them once, with the region as a parameter.
 */
export async function describeApi(app: FastifyInstance, regions: readonly string[]): Promise<void> {
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Tongban (通办)', version: '1', description } },
    transform: (input) => {
      const region = /^\/(\d{6})(\/.*)$/.exec(input.url)
      if (!region) return jsonSchemaTransform(input)
      if (region[1] !== regions[0]) return { schema: { ...input.schema, hide: true }, url: input.url }
      return { ...jsonSchemaTransform(input), url: `/:region${region[2]}` }
    },
    transformObject: jsonSchemaTransformObject,
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => nationalDocument(app, regions))
  for (const region of regions) {
    app.get(`/${region}/api/openapi.json`, { schema: { hide: true } }, async () => nodeDocument(app, region))
  }
}

/** The description of all nodes together and of the entrance. */
export function nationalDocument(app: FastifyInstance, regions: readonly string[]): ApiDocument {
  const parameter = { name: 'region', in: 'path', required: true, schema: { type: 'string', enum: [...regions] } }
  return mapPaths(app, (path, item) => [
    path,
    path.startsWith('/{region}/') ? { ...item, parameters: [parameter] } : item,
  ])
}

/** The description of one node. */
export function nodeDocument(app: FastifyInstance, region: string): ApiDocument {
  return mapPaths(app, (path, item) =>
    path.startsWith('/{region}/') ? [path.replace('{region}', region), item] : undefined,
  )
}

function mapPaths(
  app: FastifyInstance,
  map: (path: string, item: object) => [string, object] | undefined,
): ApiDocument {
  const document = app.swagger()
  const entries = Object.entries(document.paths ?? {}).map(([path, item]) => map(path, item ?? {}))
  return { ...document, openapi: '3.1.0', paths: Object.fromEntries(entries.filter((entry) => entry !== undefined)) }
}
