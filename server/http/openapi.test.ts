import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiTypesFiles } from '../api-types.ts'
import { openServices } from '../services.ts'
import { type TestSite, testSite } from '../testing.ts'
import type { ApiDocument } from './openapi.ts'

type Operation = {
  operationId?: string
  summary?: string
  description?: string
  responses?: Record<string, { content?: Record<string, { schema?: object }> }>
}

let site: TestSite
let national: ApiDocument
beforeAll(async () => {
  site = await testSite({ regions: ['000000', '650000'], services: await openServices(), seed: false })
  national = (await site.app.inject('/api/openapi.json')).json()
})
afterAll(() => site.close())

const operationsOf = (document: ApiDocument): Array<[string, Operation]> =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== 'parameters')
      .map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  )

describe('the description of the interface', () => {
  it('is OpenAPI 3.1 and describes the nodes once, with the region as a parameter', () => {
    expect(national.openapi).toBe('3.1.0')
    const paths = Object.keys(national.paths)
    expect(paths).toContain('/{region}/api/v1/cases/{caseId}')
    expect(paths.filter((path) => /^\/\d{6}/.test(path))).toEqual([])
    expect(national.paths['/{region}/api/v1/me']).toMatchObject({
      parameters: [{ name: 'region', in: 'path', schema: { enum: ['000000', '650000'] } }],
    })
  })

  it('of a node has its own addresses and nothing of the entrance', async () => {
    const document = (await site.app.inject('/650000/api/openapi.json')).json()
    expect(Object.keys(document.paths).every((path) => path.startsWith('/650000/api/v1/'))).toBe(true)
    expect(Object.keys(document.paths).length).toBeGreaterThan(80)
  })

  it('gives every operation a name of its own, a title in both languages and the schema of its answer', () => {
    const operations = operationsOf(national)
    const names = operations.map(([, { operationId }]) => operationId)
    expect(new Set(names).size).toBe(operations.length)
    for (const [name, { summary, description, responses }] of operations) {
      expect(summary, name).toMatch(/[a-z]/i)
      expect(description, name).toMatch(/[\u4e00-\u9fff]/)
      expect(responses?.['200']?.content?.['application/json']?.schema, name).toBeDefined()
      expect(responses?.['4xx'] ?? responses?.['4XX'], name).toBeDefined()
    }
  })

  it('resolves every reference', () => {
    const text = JSON.stringify(national)
    const components = JSON.parse(text).components.schemas
    const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(20)
    for (const name of names) expect(Object.keys(components)).toContain(name)
  })
})

describe('the types of the pages', () => {
  it('are up to date (npm run api-types)', async () => {
    for (const { file, text } of await apiTypesFiles()) {
      expect(await readFile(file, 'utf8').catch(() => ''), fileURLToPath(file)).toBe(text)
    }
  })
})

describe('what is no interface', () => {
  it('is answered by the page, and an unknown address of the interface by a problem', async () => {
    for (const address of ['/', '/650000', '/650000/cases/1']) {
      const page = await site.app.inject({ url: address, headers: { accept: 'text/html' } })
      expect([page.statusCode, page.headers['content-type']], address).toEqual([
        200,
        expect.stringContaining('text/html'),
      ])
    }
    for (const address of ['/650000/api/v1/nothing', '/api/nothing', '/999999/cases', '/missing.js']) {
      const problem = await site.app.inject(address)
      expect(problem.json(), address).toMatchObject({ status: 404, code: 'route_not_found' })
    }
  })

  it('the pages of a region’s staff can be installed, each region for itself', async () => {
    const answer = await site.app.inject('/650000/staff.webmanifest')
    expect(answer.headers['content-type']).toContain('application/manifest+json')
    expect(answer.json()).toMatchObject({ start_url: '/650000/staff', scope: '/650000/staff', display: 'standalone' })
    expect((await site.app.inject('/999999/staff.webmanifest')).statusCode).toBe(404)
  })

  it('comes with a policy that allows no inline script and no eval', async () => {
    const { headers } = await site.app.inject('/')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    // A page may compile WebAssembly, and generate no other code.
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/)
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-/)
    expect(policy).toContain("frame-ancestors 'none'")
  })
})

describe('health', () => {
  it('tells of each node whether its database answers', async () => {
    const response = await site.app.inject('/healthz')
    expect(response.json()).toMatchObject({
      ok: true,
      nodes: [{ region: '000000', database: 'ok' }, { region: '650000' }],
    })
  })
})
