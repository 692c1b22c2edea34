import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { makeNodeKeys, openDatabase, systemClock, systemRandom } from '../ground/door.ts'
import { nationCode } from '../law/door.ts'
import { houseMessages } from './house-messages.ts'
import { buildApp } from './http/app.ts'
import { type ApiDocument, nationalDocument } from './http/openapi.ts'
import { openServices } from './services.ts'
import { assembleWorld, connectNodes } from './world.ts'

/** A file of types to write. */
export type TypesFile = { file: URL; text: string }

type Operation = {
  tags?: string[]
  summary?: string
  parameters?: Array<{ name: string; in: string; required?: boolean; schema: object }>
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

/**
 * The types of the HTTP interface, made from the same schemas that parse it: those of the rooms for `kit/`, those of each service's own
 * routes for its folder. No database is touched.
 */
export async function apiTypesFiles(): Promise<TypesFile[]> {
  const services = await openServices()
  const document = await describeWithoutDatabase(services)
  const operations = operationsOf(document)
  const isOf = (id: string) => (name: string) => name.includes(` /services/${id}/`)
  const files = services
    .map(({ id, folder }) => ({ folder, own: pick(operations, isOf(id)) }))
    .filter(({ own }) => own.size > 0)
    .map(async ({ folder, own }) => ({
      file: new URL('api-types.generated.ts', folder),
      text: await typesOf('ServiceApi', document, own),
    }))
  const ofRooms = pick(operations, (name) => !services.some(({ id }) => isOf(id)(name)))
  const kit = {
    file: new URL('../kit/api-types.generated.ts', import.meta.url),
    text: await typesOf('Api', document, ofRooms),
  }
  return [kit, ...(await Promise.all(files))]
}

async function describeWithoutDatabase(services: Awaited<ReturnType<typeof openServices>>): Promise<ApiDocument> {
  // The pool is lazy: nothing connects to this address.
  const node = {
    region: nationCode,
    database: openDatabase('postgres://nobody@127.0.0.1:1/none'),
    clock: systemClock,
    random: systemRandom,
    keys: makeNodeKeys(systemRandom),
    faults: () => {},
  }
  const demo = { now: systemClock.now, moveTo: async () => {} }
  const world = assembleWorld(connectNodes([node], { services }), services, demo, () => node.database.close())
  const app = await buildApp({ world, messages: houseMessages(services), machineClock: systemClock }, { log: false })
  await app.ready()
  const document = nationalDocument(app, world.regions)
  await app.close()
  await world.stop()
  return document
}

/** Every operation by its name, as `GET /cases/{caseId}`. */
function operationsOf({ paths }: ApiDocument): Map<string, Operation> {
  const found = new Map<string, Operation>()
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (method === 'parameters') continue
      found.set(`${method.toUpperCase()} ${path.replace(/^\/\{region\}\/api\/v1|^\/api\/v1/, '')}`, operation)
    }
  }
  return found
}

function pick(operations: Map<string, Operation>, wanted: (name: string) => boolean): Map<string, Operation> {
  return new Map([...operations].filter(([name]) => wanted(name)))
}

/** One interface whose keys are the operations; each has the types of its parts. */
function typesOf(title: string, document: ApiDocument, operations: Map<string, Operation>): Promise<string> {
  const schema: JSONSchema = {
    title,
    type: 'object',
    properties: Object.fromEntries([...operations].map(([name, operation]) => [name, operationSchema(operation)])),
    required: [...operations.keys()],
    additionalProperties: false,
    components: document.components,
  }
  return compile(schema, title, {
    bannerComment: '// Made by `npm run api-types` from the schemas of the server; do not edit.',
    additionalProperties: false,
    unknownAny: true,
    format: true,
    style: { printWidth: 120, semi: false, singleQuote: true },
  })
}

function operationSchema({ summary, parameters = [], requestBody, responses }: Operation): object {
  const parts: Record<string, object> = {}
  for (const [part, place] of [
    ['params', 'path'],
    ['query', 'query'],
  ] as const) {
    const placed = parameters.filter((parameter) => parameter.in === place && parameter.name !== 'region')
    if (placed.length === 0) continue
    parts[part] = {
      type: 'object',
      properties: Object.fromEntries(placed.map(({ name, schema }) => [name, schema])),
      required: placed.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    }
  }
  const body = requestBody?.content['application/json']?.schema
  const answer = responses['200']?.content?.['application/json']?.schema
  if (body) parts.body = body
  if (answer) parts.answer = answer
  const required = Object.keys(parts)
  return { type: 'object', description: summary, properties: parts, required, additionalProperties: false }
}
