import { posix } from 'node:path'
import { isNode, nodesOf, placeOf, type SourceFile, type SyntaxNode } from './source.ts'

/** One file naming another. `to` is a path of the product, or the specifier as written where it names a package or a built-in module. */
export type Import = { from: string; to: string; isRelative: boolean; isTypeOnly: boolean; place: string }

/** Everything a file imports or re-exports, with constant `import('...')` calls and import types. */
export function importsOf(source: SourceFile): Import[] {
  return nodesOf(
    source,
    ...['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression', 'TSImportType'],
  ).flatMap((node) => {
    const specifier = specifierOf(node)
    return specifier === undefined ? [] : [importOf(source, node, specifier)]
  })
}

function specifierOf({ source }: SyntaxNode): string | undefined {
  return isNode(source) && typeof source.value === 'string' ? source.value : undefined
}

function importOf(source: SourceFile, node: SyntaxNode, specifier: string): Import {
  const isRelative = specifier.startsWith('.')
  return {
    from: source.path,
    to: isRelative ? posix.join(posix.dirname(source.path), specifier) : specifier,
    isRelative,
    isTypeOnly: node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type',
    place: placeOf(source, node.start),
  }
}

/** The package of a bare specifier (`@scope/name/part` -> `@scope/name`); undefined for what Node itself has or building makes. */
export function findPackageOf(specifier: string): string | undefined {
  if (/^(node|virtual):/.test(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
