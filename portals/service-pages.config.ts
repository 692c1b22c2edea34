import { globSync } from 'node:fs'
import { join } from 'node:path'
import { type Plugin, runnerImport } from 'vite'

const name = 'virtual:service-pages/'
const loaded = `\0${name}`
const everyPage = `\0virtual:every-page`
const noStyle = '\0virtual:no-style'

/**
 * What services add to a portal, as a list that weighs next to nothing: `virtual:service-pages/<portal>` holds of every page what menus and
 * directories say of it and of every case part its flow, each with a function that fetches its code when it is wanted
 * (`service-pages.d.ts` has the types). The files stay whole and are found by their names; they are run once while building, to read what
 * they say of themselves.
 */
export function servicePages(services: string): Plugin {
  return {
    name: 'tongban-service-pages',
    resolveId: (id) => (id.startsWith(name) ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith(loaded)) return null
      const portal = id.slice(loaded.length)
      const pages = globSync(join(services, `*/pages/${portal}-*.page.tsx`)).sort()
      const parts = globSync(join(services, `*/pages/${portal}-*.case.tsx`)).sort()
      for (const file of [...pages, ...parts]) this.addWatchFile(file)
      return listing(pages, parts)
    },
  }
}

async function listing(pages: string[], parts: string[]): Promise<string> {
  const said = await whatTheySay([...pages, ...parts])
  const entry = (file: string, index: number) => {
    const { page, casePart } = said[index] ?? {}
    const { Component: _, ...listed } = page ?? { flow: casePart?.flow }
    // The folder's name is the id of the service.
    const service = /([^/]+)\/pages\/[^/]+$/.exec(file)?.[1]
    return `{ ...${JSON.stringify({ ...listed, service })}, load: () => import(${JSON.stringify(file)}) }`
  }
  return `export const pages = [${pages.map(entry).join(',\n')}]
export const caseParts = [${parts.map((file, index) => entry(file, pages.length + index)).join(',\n')}]`
}

type Said = { page?: { Component: unknown }; casePart?: { flow: string } }

/** Runs page files in this process and returns what they export, in their order. Styles are left out. */
async function whatTheySay(files: string[]): Promise<Said[]> {
  const { module } = await runnerImport<Record<string, Said>>(everyPage, {
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'tongban-every-page',
        enforce: 'pre',
        resolveId: (id) => (id === everyPage ? id : id.endsWith('.css') ? noStyle : null),
        load(id) {
          if (id === noStyle) return ''
          if (id !== everyPage) return null
          return files.map((file, index) => `export * as file${index} from ${JSON.stringify(file)}`).join('\n')
        },
      },
    ],
  })
  return files.map((_, index) => module[`file${index}`] ?? {})
}
