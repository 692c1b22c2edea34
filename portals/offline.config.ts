import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

type Output = Rolldown.OutputBundle

/**
 * Builds `service-worker.js`, which keeps on a device what the portals of `entries` (source files) are made of: the page, their code and styles,
 * and whatever those load later.
 */
export function offlinePages({ worker, entries }: { worker: URL; entries: readonly URL[] }): Plugin {
  let folder = ''
  return {
    name: 'tongban-offline-pages',
    apply: 'build',
    configResolved(config) {
      folder = fileURLToPath(new URL(`${config.build.outDir}/`, `file://${config.root}/`))
    },
    async writeBundle(_, bundle) {
      const files = keptFiles(bundle, new Set(entries.map((entry) => fileURLToPath(entry))))
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { pageFiles: JSON.stringify(files) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: 'es2022',
          rolldownOptions: {
            input: fileURLToPath(worker),
            output: { format: 'iife', entryFileNames: 'service-worker.js' },
          },
        },
      })
    },
  }
}

/** The page itself, and every file that the entries reach; those with a hash in their name need no revision. */
function keptFiles(bundle: Output, entries: ReadonlySet<string>) {
  const page = bundle['index.html']
  if (page?.type !== 'asset') throw new Error('the build has no index.html')
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const start = chunks.filter(({ isEntry, facadeModuleId }) => isEntry || entries.has(facadeModuleId ?? ''))
  const names = new Set(
    start.flatMap((chunk) => (chunk.isEntry ? [chunk.fileName, ...chunk.imports] : [chunk.fileName])),
  )
  for (const name of names) {
    const file = bundle[name]
    if (file?.type !== 'chunk') continue
    for (const next of [...file.imports, ...(isFirst(file) ? [] : file.dynamicImports)]) names.add(next)
    for (const style of stylesOf(file)) names.add(style)
  }
  const revision = createHash('sha256').update(page.source).digest('hex').slice(0, 16)
  return [{ url: '/index.html', revision }, ...[...names].sort().map((name) => ({ url: `/${name}`, revision: null }))]
}

/** What every portal begins with: it loads the portal of the address, and the others are left where they are. */
function isFirst({ isEntry }: Rolldown.OutputChunk): boolean {
  return isEntry
}

function stylesOf(chunk: Rolldown.OutputChunk): Iterable<string> {
  return chunk.viteMetadata?.importedCss ?? []
}
