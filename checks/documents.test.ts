import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ProductFile, productPaths, readProductFile } from './source.ts'

const paths = productPaths()
const documents = paths.filter((path) => path.endsWith('.md')).map(readProductFile)
const scripts = Object.keys(
  z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readProductFile('package.json').text))
    .scripts,
)
const subcommands = [...readProductFile('server/tongban.ts').text.matchAll(/\.command\('(\w+)'\)/g)].map(
  ([, name]) => name,
)

describe('documents', () => {
  it('commands are there', () => {
    expect(documents.flatMap(unknownCommands)).toEqual([])
  })

  it('links lead somewhere inside the product', () => {
    expect(documents.flatMap(deadLinks)).toEqual([])
  })

  it('files that are named with their folder exist', () => {
    expect(documents.flatMap(missingFiles)).toEqual([])
  })

  it('documents that sources name exist', () => {
    const named = paths
      .filter((path) => /\.(tsx?|sql|yaml)$/.test(path) && !path.startsWith('checks/'))
      .map(readProductFile)
      .flatMap(({ path, text }) => [...text.matchAll(/[\w-]+\.md\b/g)].map(([name]) => ({ path, name })))
    expect(named.filter(({ name }) => !documents.some(({ path }) => posix.basename(path) === name))).toEqual([])
  })

  it('snippets that say where they come from are cut from there', () => {
    expect(documents.flatMap(strayedSnippets)).toEqual([])
    expect(documents.flatMap(snippetsOf).length).toBeGreaterThan(0)
  })

  it('the glossary’s identifiers are in the sources', () => {
    const words = new Set(
      paths
        .filter((path) => /\.(tsx?|yaml|sql)$/.test(path) && !/^(checks)\/|\.test\.ts$|\.generated\./.test(path))
        .flatMap((path) => readProductFile(path).text.match(/\w+/g) ?? []),
    )
    const identifiers = identifiersOf(readProductFile('GLOSSARY.md'))
    expect(identifiers.length).toBeGreaterThan(60)
    expect(identifiers.filter((identifier) => !words.has(identifier))).toEqual([])
  })

  it('catches what is not there', () => {
    const stray: ProductFile = {
      path: 'docs/x.md',
      text: [
        '`npm run fly` and [a link](nowhere.md) and `docs/nothing.ts`',
        '```ts ground/clock.ts\nexport type Instant = number\n```',
      ].join('\n'),
    }
    expect(unknownCommands(stray)).toEqual(['docs/x.md npm run fly'])
    expect(deadLinks(stray)).toEqual(['docs/x.md nowhere.md'])
    expect(missingFiles(stray)).toEqual(['docs/x.md docs/nothing.ts'])
    expect(strayedSnippets(stray)).toEqual(['docs/x.md ground/clock.ts: export type Instant = number'])
    expect(identifiersOf({ path: 'x.md', text: '| 中文 | English | `feeFen`, `paidOn` | fen | A1 |' })).toEqual([
      'feeFen',
      'paidOn',
    ])
  })
})

function unknownCommands({ path, text }: ProductFile): string[] {
  const npm = [...text.matchAll(/\bnpm (?:run )?([a-z][\w-]*)/g)].filter(([whole, name = '']) => {
    return whole.startsWith('npm run')
      ? !scripts.includes(name)
      : ['start', 'test'].includes(name) && !scripts.includes(name)
  })
  const tongban = [...text.matchAll(/\bnpx tongban ([a-z]+)/g)].filter(([, name]) => !subcommands.includes(name))
  return [...npm, ...tongban].map(([whole]) => `${path} ${whole}`)
}

function deadLinks({ path, text }: ProductFile): string[] {
  return [...withoutFences(text).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target) && !exists(posix.join(posix.dirname(path), target)))
    .map((target) => `${path} ${target}`)
}

/** Names in back quotes that have a folder and an ending; relative to the document or to the product. */
function missingFiles({ path, text }: ProductFile): string[] {
  return [...withoutFences(text).matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/[\w.-]+\.(?:ts|tsx|md|yaml|sql|json|js))`/g)]
    .map(([, name = '']) => name)
    .filter((name) => !exists(name) && !exists(posix.join(posix.dirname(path), name)))
    .map((name) => `${path} ${name}`)
}

function exists(path: string): boolean {
  const plain = posix.normalize(path).replace(/\/$/, '')
  return paths.some((known) => known === plain || known.startsWith(`${plain}/`))
}

type Snippet = { document: string; file: string; lines: string[] }

/** Fences that name a file: three back quotes, the language, a path. */
function snippetsOf({ path, text }: ProductFile): Snippet[] {
  return [...text.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map(([, file = '', body = '']) => ({
    document: path,
    file,
    lines: body.trimEnd().split('\n'),
  }))
}

/** A snippet is some lines in a row of its file. */
function strayedSnippets(document: ProductFile): string[] {
  return snippetsOf(document).flatMap(({ file, lines }) => {
    const source = exists(file) ? `\n${readProductFile(file).text}\n` : ''
    return source.includes(`\n${lines.join('\n')}\n`) ? [] : [`${document.path} ${file}: ${lines[0]}`]
  })
}

/** The identifiers of a glossary's third column. */
function identifiersOf({ text }: ProductFile): string[] {
  return text
    .split('\n')
    .filter((line) => /^\| .* \| .* \| .*`.*` \| /.test(line))
    .flatMap((line) => line.split(' | ')[2]?.match(/(?<=`)\w+(?=`)/g) ?? [])
}

function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '')
}
