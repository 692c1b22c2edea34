import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  isNode,
  isTestFile,
  nodesOf,
  parseSource,
  placeOf,
  productPaths,
  productSources,
  type SourceFile,
  type SyntaxNode,
  visit,
} from './source.ts'

/** Lines of a file. */
const fileLinesMax = 500
/** Lines of a function without those of the functions inside it, so that a table of steps or routes counts as what it is. */
const functionLinesMax = 100

/** A cast tells the compiler what it cannot see. Each that stands, and why. */
const allowedCasts = new Map([
  ['ground/asking.ts', 'rows have the type that their statement was built for, as with any driver'],
  ['policy/direct.ts', 'facts and values whose units the lines above have checked'],
  ['services/contract.ts', 'erases the types of one route for the list of all routes'],
])

const sources = productSources()

describe('language', () => {
  it('no any, enum, namespace or `export *`; a default export only where a tool wants one', () => {
    expect(sources.flatMap(refusedSyntax)).toEqual([])
  })

  it('no comment switches the type check off', () => {
    expect(sources.flatMap(switchedOff)).toEqual([])
  })

  it('a cast stands only where it is listed with its reason', () => {
    const onTheServer = ({ path }: SourceFile) => !isTestFile(path) && !/^(kit|portals)\/|\/pages\//.test(path)
    expect(sources.filter(onTheServer).flatMap(casts)).toEqual([])
  })

  it('nothing is called utils, common, helpers or misc', () => {
    expect(productPaths().filter(isNamedForNothing)).toEqual([])
  })

  it(`a file has at most ${fileLinesMax} lines`, () => {
    expect(sources.filter(({ text }) => lineCount(text) > fileLinesMax).map(({ path }) => path)).toEqual([])
  })

  it(`a function has at most ${functionLinesMax} lines of its own`, () => {
    expect(sources.flatMap((source) => longFunctions(source, functionLinesMax))).toEqual([])
  })

  it.each([
    ['const x: any = 1', 'any'],
    ['enum Level { high }', 'enum'],
    ['namespace inner { export const x = 1 }', 'namespace'],
    ["export * from './y.ts'", 'export *'],
    ['export default 1', 'export default'],
    ['const x = <number>y', 'cast in angle brackets'],
  ])('catches: %s', (text, found) => {
    expect(refusedSyntax(parseSource({ path: 'x.ts', text }))).toEqual([`x.ts:1 ${found}`])
  })

  it('catches a comment that hides an error, an unlisted cast and names that say nothing', () => {
    // Put together here, so that this file does not hold what it refuses.
    const hiding = parseSource({ path: 'x.ts', text: `// ${'@ts'}-expect-error\nconst x = y as number` })
    expect(switchedOff(hiding)).toEqual(['x.ts:1'])
    expect(casts(hiding)).toEqual(['x.ts:2'])
    expect(casts(parseSource({ path: 'x.ts', text: 'const kinds = [1] as const' }))).toEqual([])
    expect(
      ['kit/utils.ts', 'kit/common/x.ts', 'law/date-helpers.ts', 'law/calendar.ts'].filter(isNamedForNothing),
    ).toEqual(['kit/utils.ts', 'kit/common/x.ts', 'law/date-helpers.ts'])
  })

  it('counts the lines of a function without those inside it', () => {
    const text = 'function outer() {\n  one()\n  return () => {\n    two()\n    three()\n  }\n}'
    expect(longFunctions(parseSource({ path: 'x.ts', text }), 3)).toEqual(['x.ts:1 4 lines', 'x.ts:3 4 lines'])
  })
})

function refusedSyntax(source: SourceFile): string[] {
  const names = new Map([
    ['TSAnyKeyword', 'any'],
    ['TSEnumDeclaration', 'enum'],
    ['TSModuleDeclaration', 'namespace'],
    ['ExportAllDeclaration', 'export *'],
    ['ExportDefaultDeclaration', 'export default'],
    ['TSTypeAssertion', 'cast in angle brackets'],
  ])
  return nodesOf(source, ...names.keys())
    .filter((node) => !isWantedByTool(source, node))
    .map((node) => `${placeOf(source, node.start)} ${names.get(node.type)}`)
}

/** Configurations and the test run's setup are default exports; `declare module` adds to the types of a package. */
function isWantedByTool({ path }: SourceFile, node: SyntaxNode): boolean {
  if (node.type === 'ExportDefaultDeclaration') return /\.config\.ts$/.test(path) || path === 'ground/testing-server.ts'
  return node.type === 'TSModuleDeclaration' && isNode(node.id) && node.id.type === 'Literal'
}

function switchedOff(source: SourceFile): string[] {
  return source.comments
    .filter(({ value }) => /@ts-(ignore|expect-error|nocheck)/.test(value))
    .map(({ start }) => placeOf(source, start))
}

function casts(source: SourceFile): string[] {
  if (allowedCasts.has(source.path)) return []
  return nodesOf(source, 'TSAsExpression', 'TSNonNullExpression')
    .filter((node) => !source.text.slice(node.start, node.end).endsWith('as const'))
    .map((node) => placeOf(source, node.start))
}

function isNamedForNothing(path: string): boolean {
  return path.split('/').some((part) => /(^|[.-])(utils?|common|helpers?|misc)([.-]|$)/.test(basename(part)))
}

function lineCount(text: string): number {
  return text.trimEnd().split('\n').length
}

function longFunctions(source: SourceFile, linesMax: number): string[] {
  const types = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']
  return nodesOf(source, ...types).flatMap((outer) => {
    const own = linesOf(source, outer)
    visit(outer, (inner) => {
      if (inner === outer || !types.includes(inner.type)) return
      // The line on which an inner function begins is the outer one's too.
      for (const line of [...linesOf(source, inner)].slice(1)) own.delete(line)
    })
    return own.size > linesMax ? [`${placeOf(source, outer.start)} ${own.size} lines`] : []
  })
}

function linesOf({ text }: SourceFile, { start, end }: SyntaxNode): Set<number> {
  const first = lineCount(text.slice(0, start + 1))
  return new Set(
    text
      .slice(start, end)
      .split('\n')
      .map((_, index) => first + index),
  )
}
