import { describe, expect, it } from 'vitest'
import { isNode, isTestFile, parseSource, placeOf, productSources, type SourceFile, type SyntaxNode } from './source.ts'

describe('docstrings', () => {
  it('whatever is exported says what it is: shape, units, errors, source', () => {
    expect(productSources().filter(isRead).flatMap(undocumented)).toEqual([])
  })

  it('catches an export without one, and one that has only a plain comment', () => {
    const text =
      '/** Known. */\nexport const one = 1\n\n// Unknown.\nexport type Two = 2\n\nexport function three() {}\n'
    expect(undocumented(parseSource({ path: 'x.ts', text }))).toEqual(['x.ts:5', 'x.ts:7'])
  })

  it('one docstring speaks for the exports that follow without an empty line', () => {
    const text = '/** Both. */\nexport type One = 1\nexport type Two = 2\n\nexport type Three = 3\n'
    expect(undocumented(parseSource({ path: 'x.ts', text }))).toEqual(['x.ts:5'])
  })
})

/** Tests are read by their sentences. */
function isRead({ path }: SourceFile): boolean {
  return !isTestFile(path)
}

function undocumented(source: SourceFile): string[] {
  let lastDocumentedEnd = -1
  return declaredExports(source).flatMap((node) => {
    if (!hasDocstring(source, node) && !followsDirectly(source, lastDocumentedEnd, node))
      return [placeOf(source, node.start)]
    lastDocumentedEnd = node.end
    return []
  })
}

function declaredExports({ program }: SourceFile): SyntaxNode[] {
  const body = Array.isArray(program.body) ? program.body.filter(isNode) : []
  return body.filter((node) => node.type === 'ExportNamedDeclaration' && isNode(node.declaration))
}

function hasDocstring({ comments, text }: SourceFile, { start }: SyntaxNode): boolean {
  return comments.some(({ value, end }) => value.startsWith('*') && end <= start && isOnlySpace(text.slice(end, start)))
}

/** A note to the linter may stand between. */
function isOnlySpace(between: string): boolean {
  return between.replace(/\/\/ biome-ignore .*/, '').trim() === ''
}

/** True when nothing but the end of a line stands between. */
function followsDirectly({ text }: SourceFile, end: number, { start }: SyntaxNode): boolean {
  return end >= 0 && end <= start && text.slice(end, start) === '\n'
}
