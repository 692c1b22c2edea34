import { stripTypeScriptTypes } from 'node:module'
import { type AnyNode, type ModuleDeclaration, type Node, type Program, parse, type Statement, type Token } from 'acorn'
import type { SourceSpan } from '../ir.ts'
import { ProblemList } from './problems.ts'

/** One parsed file: its text, its top-level names, and the problems found in it so far. */
export interface Source {
  readonly text: string
  readonly file: string
  readonly statements: readonly (Statement | ModuleDeclaration)[]
  readonly problems: ProblemList
  /** Local name of each import, and the name it has where it comes from. */
  readonly imports: ReadonlyMap<string, string>
  /** Initialisers of the top-level `const`s, exported or not. */
  readonly consts: ReadonlyMap<string, AnyNode>
  /** Every place where a plain name is called, in or outside of functions. */
  readonly calls: readonly NamedCall[]
}

/** `name(` and where the name stands. */
export interface NamedCall {
  readonly name: string
  readonly at: SourceSpan
}

/**
 * Parses TypeScript source. Types become spaces, so that every place in the tree is a place in the text.
 * @throws ReadProblems when the text does not parse
 */
export function parseSource(text: string, file: string): Source {
  const problems = new ProblemList(file)
  const tokens: Token[] = []
  const program = parseProgram(text, tokens, problems)
  problems.throwIfAny()
  const statements = program?.body ?? []
  return {
    ...{ text, file, statements, problems },
    imports: importsOf(statements),
    consts: constsOf(statements),
    calls: callsOf(text, tokens),
  }
}

/** Where a node stands, as editors count: lines and columns from 1. */
export function spanOf(node: Pick<Node, 'start' | 'end' | 'loc'>): SourceSpan {
  return {
    start: node.start,
    end: node.end,
    line: node.loc?.start.line ?? 1,
    column: (node.loc?.start.column ?? 0) + 1,
  }
}

/** A node's text between back quotes, on one line and not too long: how problems show what they found. */
export function quote(source: Source, node: Node): string {
  const text = source.text.slice(node.start, node.end).replace(/\s+/g, ' ')
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``
}

function parseProgram(text: string, tokens: Token[], problems: ProblemList): Program | undefined {
  try {
    return parse(stripTypes(text), { ecmaVersion: 'latest', sourceType: 'module', locations: true, onToken: tokens })
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return problems.add(placeOf(error), 'TB1001', error.message)
  }
}

/** Node announces on the first call that stripping is experimental; a command whose error output is data must stay silent. */
function stripTypes(text: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(text)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** Node says where a syntax error stands only at the head of the stack: `file:line`, the line itself, and a caret under the column. */
function placeOf(error: SyntaxError): { line: number; column: number } {
  const stack = error.stack ?? ''
  const line = /^[^\n]*:(\d+)\n/.exec(stack)?.[1]
  const caret = /^( *)\^/m.exec(stack)?.[1]
  return { line: Number(line ?? 1), column: (caret?.length ?? 0) + 1 }
}

function importsOf(statements: Source['statements']): Map<string, string> {
  const imports = new Map<string, string>()
  for (const statement of statements) {
    if (statement.type !== 'ImportDeclaration') continue
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier') continue
      imports.set(specifier.local.name, specifier.imported.name)
    }
  }
  return imports
}

function constsOf(statements: Source['statements']): Map<string, AnyNode> {
  const consts = new Map<string, AnyNode>()
  for (const statement of statements) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue
    for (const { id, init } of declaration.declarations) if (id.type === 'Identifier' && init) consts.set(id.name, init)
  }
  return consts
}

function callsOf(text: string, tokens: readonly Token[]): NamedCall[] {
  return tokens.flatMap((token, index) => {
    const isCall = token.type.label === 'name' && tokens[index + 1]?.type.label === '('
    return isCall ? [{ name: text.slice(token.start, token.end), at: spanOf(token) }] : []
  })
}
