import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../ground/door.ts'

/** The built pages: `index.html` with its assets. */
export const pagesFolder = fileURLToPath(new URL('../../dist/', import.meta.url))

/**
 * Serves the built pages: their files as they are, and `index.html` for `/` and every page address under a region, where the page itself reads
 * the address. What is neither is a problem `route_not_found`.
 */
export async function servePages(
  app: FastifyInstance,
  regions: readonly string[],
  folder = pagesFolder,
): Promise<void> {
  const built = existsSync(`${folder}/index.html`)
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      // What the build wrote beside each text (portals/compressed.config.ts), for browsers that read it.
      preCompressed: true,
      // Names of assets carry a hash of their content; the page that names them, and the service worker that keeps them, must be fresh.
      setHeaders: (reply, path) =>
        void reply.header(
          'cache-control',
          /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    })
  }
  for (const region of regions) {
    app.get(`/${region}/staff.webmanifest`, { schema: { hide: true } }, (_, reply) =>
      reply.type('application/manifest+json').send(JSON.stringify(staffManifest(region))),
    )
  }
  const isPage = pageMatcher(regions)
  app.setNotFoundHandler(async (request, reply) => {
    const path = new URL(request.url, 'http://page').pathname
    if (request.method !== 'GET' || !isPage(path)) throw new Refusal('route_not_found')
    if (built) return reply.sendFile('index.html')
    return reply.type('text/html; charset=utf-8').send(pagesMissing)
  })
}

/** What makes the pages of a region's staff an app of its own on a tablet (Web App Manifest). */
function staffManifest(region: string) {
  return {
    id: `/${region}/staff`,
    name: '通办 · 工作人员',
    short_name: '通办',
    lang: 'zh-CN',
    start_url: `/${region}/staff`,
    scope: `/${region}/staff`,
    display: 'standalone',
    background_color: '#f2f5f8',
    theme_color: '#0b5394',
    icons: [192, 512].map((size) => ({ src: `/icon-${size}.png`, sizes: `${size}x${size}`, type: 'image/png' })),
  }
}

/** `/`, `/<region>` and what is under it, except what looks like a file or the HTTP interface. */
function pageMatcher(regions: readonly string[]): (path: string) => boolean {
  return (path) => {
    const [first = '', second] = path.split('/').slice(1)
    const known = first === '' || regions.includes(first)
    return known && second !== 'api' && !/\.\w+$/.test(path)
  }
}

const pagesMissing = `<!doctype html><html lang="zh"><meta charset="utf-8"><title>通办 Tongban</title>
<h1>通办 Tongban</h1><p>页面尚未构建。接口说明见 <a href="/api/openapi.json">/api/openapi.json</a>。</p>
<p>The pages are not built yet. The HTTP interface is described at <a href="/api/openapi.json">/api/openapi.json</a>.</p></html>`
