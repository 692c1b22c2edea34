import type {
  AnyNode,
  BlockStatement,
  IfStatement as IfNode,
  Statement as StatementNode,
  SwitchCase,
  SwitchStatement as SwitchNode,
  VariableDeclaration,
} from 'acorn'
import type { Block, Expression, Statement, SwitchStatement } from '../ir.ts'
import { readString } from './declarations.ts'
import { readCondition, readExpression, readOperand } from './expressions.ts'
import { baseOf } from './lists.ts'
import { type Reading, type Returns, readReturn } from './outcomes.ts'
import { findInstead } from './problems.ts'
import { unitName } from './ranges.ts'
import { type BodyReading, isTaken } from './reading.ts'
import { EMPTY_SCOPE, narrow, narrowWords, type Scope, withLocal, withUnread } from './scope.ts'
import { isPlain } from './sides.ts'
import { quote, spanOf } from './source.ts'

/** Reads the body of `decide`. What it cannot read is noted and left out. */
export function readBody(body: BodyReading, returns: Returns, node: BlockStatement): Block {
  return readToOutcome({ body, returns }, EMPTY_SCOPE, node.body, node)
}

/** Statements of the IR, and the scope in which reading goes on; no scope when every path has come to an outcome. */
interface Read {
  readonly statements: Block
  readonly next?: Scope
}

/** Reads statements of which every path must come to an outcome. */
export function readToOutcome(reading: Reading, scope: Scope, nodes: readonly StatementNode[], owner: AnyNode): Block {
  const { statements, next } = readStatements(reading, scope, nodes)
  if (next) reading.body.source.problems.add(spanOf(owner), 'TB1103', 'a path without an outcome')
  return statements
}

function readStatements(reading: Reading, scope: Scope, nodes: readonly StatementNode[]): Read {
  const { source } = reading.body
  const statements: Statement[] = []
  let current = scope
  for (const [index, node] of nodes.entries()) {
    const read = readStatement(reading, current, node)
    statements.push(...read.statements)
    if (read.next === undefined) {
      const unreachable = nodes[index + 1]
      if (unreachable) source.problems.add(spanOf(unreachable), 'TB1104', quote(source, unreachable))
      return { statements }
    }
    current = read.next
  }
  return { statements, next: current }
}

function readStatement(reading: Reading, scope: Scope, node: StatementNode): Read {
  switch (node.type) {
    case 'VariableDeclaration':
      return readConst(reading, scope, node)
    case 'IfStatement':
      return readIf(reading, scope, node)
    case 'SwitchStatement':
      return readSwitch(reading, scope, node)
    case 'ReturnStatement':
      return { statements: readReturn(reading, scope, node, node.argument ?? undefined) }
    default:
      reading.body.source.problems.add(spanOf(node), 'TB1102', quote(reading.body.source, node), findInstead(node.type))
      return { statements: [], next: scope }
  }
}

function readConst({ body }: Reading, scope: Scope, node: VariableDeclaration): Read {
  const { source } = body
  if (node.kind !== 'const') {
    source.problems.add(spanOf(node), 'TB1102', quote(source, node), findInstead(node.type))
    return { statements: [], next: scope }
  }
  const statements: Statement[] = []
  let next = scope
  for (const { id, init } of node.declarations) {
    if (id.type !== 'Identifier' || !init || isTaken(body, next, id.name)) {
      source.problems.add(spanOf(id), 'TB1107', quote(source, id))
      continue
    }
    const is = readExpression(body, next, init)
    if (is === undefined) {
      next = withUnread(next, id.name)
      continue
    }
    const { kind } = is.unit
    if (isPlain(is.unit)) source.problems.add(spanOf(init), 'TB2006', `the plain number ${quote(source, init)}`)
    else if ((kind === 'list' && baseOf(is) === undefined) || kind === 'keyed' || kind === 'record') {
      source.problems.add(spanOf(init), 'TB2002', `the ${kind} ${quote(source, init)}`, 'name it where it is used')
    }
    statements.push({ do: 'const', name: id.name, is, at: spanOf(node) })
    next = withLocal(next, id.name, is)
  }
  return { statements, next }
}

/** What stands after an `if` is read knowing what the branch that leads there has proved; where both lead there, nothing new. */
function readIf(reading: Reading, scope: Scope, node: IfNode): Read {
  const condition = readCondition(reading.body, scope, node.test)
  const whenTrue = condition ? narrow(scope, condition, true) : scope
  const whenFalse = condition ? narrow(scope, condition, false) : scope
  const then = readBranch(reading, whenTrue, node.consequent)
  const otherwise: Read = node.alternate
    ? readBranch(reading, whenFalse, node.alternate)
    : { statements: [], next: whenFalse }
  const statements: Statement[] = []
  if (condition) {
    const orElse = node.alternate ? { otherwise: otherwise.statements } : {}
    statements.push({ do: 'if', condition, block: then.statements, ...orElse, at: spanOf(node) })
  }
  if (then.next && otherwise.next) return { statements, next: scope }
  const next = then.next ?? otherwise.next
  // A `const` of the branch ends with it.
  return next ? { statements, next: { ...next, locals: scope.locals, unread: scope.unread } } : { statements }
}

function readBranch(reading: Reading, scope: Scope, node: StatementNode): Read {
  return readStatements(reading, scope, node.type === 'BlockStatement' ? node.body : [node])
}

function readSwitch(reading: Reading, scope: Scope, node: SwitchNode): Read {
  const { source } = reading.body
  const on = readOperand(reading.body, scope, node.discriminant)
  if (on?.unit.kind !== 'choice') {
    if (on) source.problems.add(spanOf(node.discriminant), 'TB1108', `a switch on ${unitName(on.unit)}`)
    return { statements: [], next: scope }
  }
  const cases: { options: string[]; block: Block }[] = []
  const open = new Set(on.unit.options)
  for (const { options, node: caseNode } of groupCases(reading, node.cases, open)) {
    cases.push({ options, block: readCase(reading, scope, on, options, caseNode) })
  }
  const statement: SwitchStatement = { do: 'switch', on, cases, at: spanOf(node) }
  if (open.size === 0) return { statements: [statement] }
  return { statements: [statement], next: narrowWords(scope, on, [...open], true) }
}

/** Cases with the words they decide: `case 'a': case 'b': return ...` is one. Takes each word out of `open`, `default` all that are left. */
function groupCases(
  { body: { source } }: Reading,
  nodes: readonly SwitchCase[],
  open: Set<string>,
): { options: string[]; node: SwitchCase }[] {
  const groups: { options: string[]; node: SwitchCase }[] = []
  let options: string[] = []
  for (const node of nodes) {
    const words = node.test ? [readString(node.test)] : [...open]
    for (const word of words) {
      if (word !== undefined && open.delete(word)) options.push(word)
      else source.problems.add(spanOf(node), 'TB1108', node.test ? `the case ${quote(source, node.test)}` : '`default`')
    }
    const isLast = node === nodes.at(-1)
    if (!node.test && !isLast)
      source.problems.add(spanOf(node), 'TB1108', '`default` before other cases', 'write it last')
    if (node.consequent.length === 0 && !isLast) continue
    if (options.length > 0) groups.push({ options, node })
    options = []
  }
  return groups
}

function readCase(reading: Reading, scope: Scope, on: Expression, options: readonly string[], node: SwitchCase): Block {
  const [only] = node.consequent
  const nodes = only?.type === 'BlockStatement' && node.consequent.length === 1 ? only.body : node.consequent
  return readToOutcome(reading, narrowWords(scope, on, options, true), nodes, node)
}
