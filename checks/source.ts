import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

/** The product's folder. */
export const productFolder = fileURLToPath(new URL('../', import.meta.url))

/** A file of the product; `path` from the product's folder, with forward slashes. */
export type ProductFile = { path: string; text: string }

/** A node of the syntax tree (ESTree with TypeScript's nodes): the type, its place in the text, and whatever else that type has. */
export type SyntaxNode = { type: string; start: number; end: number; [part: string]: unknown }

/** A comment; `value` without its marks, so that a docstring begins with `*`. */
export type SourceComment = { type: 'Line' | 'Block'; value: string; start: number; end: number }

/** A TypeScript file as read. */
export type SourceFile = ProductFile & { program: SyntaxNode; comments: readonly SourceComment[] }

// What an installation, a build or a run leaves behind, and what belongs to git.
const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git', '.data', '.screenshots'])

/** Paths of every file of the product, sorted. */
export function productPaths(folder = ''): string[] {
  return readdirSync(`${productFolder}${folder}`, { withFileTypes: true })
    .filter(({ name }) => !notOurs.has(name))
    .flatMap((entry) => pathsOf(folder, entry))
    .sort()
}

function pathsOf(folder: string, entry: Dirent): string[] {
  if (entry.isDirectory()) return productPaths(`${folder}${entry.name}/`)
  return entry.isFile() ? [`${folder}${entry.name}`] : []
}

/** One file of the product. Throws where there is none. */
export function readProductFile(path: string): ProductFile {
  return { path, text: readFileSync(`${productFolder}${path}`, 'utf8') }
}

/** Every TypeScript file of the product that people write (not what a generator writes), parsed. */
export function productSources(): SourceFile[] {
  return productPaths()
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.generated.'))
    .map((path) => parseSource(readProductFile(path)))
}

/** Reads TypeScript or TSX, by the name's ending. Throws where it does not parse. */
export function parseSource({ path, text }: ProductFile): SourceFile {
  const { program, comments, errors } = parseSync(path, text)
  const [error] = errors
  if (error) throw new SyntaxError(`${path}: ${error.message}`)
  return { path, text, program: { ...program }, comments }
}

/** Visits a node and everything below it, parents first. */
export function visit(node: SyntaxNode, look: (node: SyntaxNode) => void): void {
  look(node)
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) if (isNode(child)) visit(child, look)
  }
}

/** True for a node of the tree, as against its other parts. */
export function isNode(part: unknown): part is SyntaxNode {
  return typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string' && 'start' in part
}

/** The nodes of some types anywhere in a file, in the order of the text. */
export function nodesOf(source: SourceFile, ...types: readonly string[]): SyntaxNode[] {
  const found: SyntaxNode[] = []
  visit(source.program, (node) => {
    if (types.includes(node.type)) found.push(node)
  })
  return found
}

/** `path:line` of an offset, as editors open it. */
export function placeOf({ path, text }: ProductFile, offset: number): string {
  return `${path}:${text.slice(0, offset).split('\n').length}`
}

/** True for a file that only tests load: `x.test.ts`, `x.testing.ts`, `testing.ts` and what stands in `checks/`, `journeys/`. */
export function isTestFile(path: string): boolean {
  return /(^|[./-])test(ing)?(-\w+)?\.tsx?$/.test(path) || /^(checks|journeys)\//.test(path)
}

/** The room a path belongs to: its first folder; the product's own folder is `''`. */
export function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : ''
}
