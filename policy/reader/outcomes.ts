import type { AnyNode, CallExpression, ConditionalExpression, Node, ObjectExpression } from 'acorn'
import type { Block, Expression, GrantStatement, ItemDecision, ItemResults, PolicyBody } from '../ir.ts'
import { findNearestName } from '../nearest.ts'
import { isQuantity, type ScalarUnit } from '../units.ts'
import { readToOutcome } from './body.ts'
import { keyOf, readString } from './declarations.ts'
import { readCondition, readExpression, readOperand } from './expressions.ts'
import { type ItemFunction, isItemFunction, scopeOfItem } from './lists.ts'
import { isWithin, unitName } from './ranges.ts'
import { type BodyReading, findDeclared, problem } from './reading.ts'
import { narrow, type Scope } from './scope.ts'
import { adapt, hasUnit } from './sides.ts'
import { quote, spanOf } from './source.ts'

/** What a body, or the decision of one item, may return. */
export type Returns = Pick<PolicyBody, 'results' | 'total' | 'items'>

/** What stays the same while statements are read that end in outcomes. */
export interface Reading {
  readonly body: BodyReading
  readonly returns: Returns
}

/** Reads what is returned: an outcome, or a choice between outcomes. `owner` is the statement or function that returns it. */
export function readReturn(reading: Reading, scope: Scope, owner: Node, node: AnyNode | undefined): Block {
  const { source } = reading.body
  if (node?.type === 'ConditionalExpression') {
    return readChoice(reading, scope, node, (branch, side) => readReturn(reading, branch, owner, side))
  }
  if (node?.type === 'CallExpression' && node.callee.type === 'Identifier' && node.arguments.length <= 3) {
    const [what, clause, each] = node.arguments
    const word = source.imports.get(node.callee.name)
    if (what && clause && (word === 'grant' || word === 'refuse' || word === 'refer')) {
      return readOutcome(reading, { scope, node, word, what, each }, scope, clause)
    }
  }
  source.problems.add(spanOf(node ?? owner), 'TB1105', quote(source, node ?? owner))
  return []
}

/** `condition ? a : b` where a path ends reads as `if (condition) ... else ...`. */
function readChoice(
  reading: Reading,
  scope: Scope,
  node: ConditionalExpression,
  readSide: (scope: Scope, side: AnyNode) => Block,
): Block {
  const condition = readCondition(reading.body, scope, node.test)
  if (condition === undefined) return []
  const block = readSide(narrow(scope, condition, true), node.consequent)
  const otherwise = readSide(narrow(scope, condition, false), node.alternate)
  return [{ do: 'if', condition, block, otherwise, at: spanOf(node) }]
}

/** `grant(what, clause)`, `refuse(what, clause)` or `refer(what, clause)`, and perhaps `each` as the third argument. */
interface OutcomeCall {
  /** Where the call stands: a condition that chooses its clause proves nothing of what it grants. */
  readonly scope: Scope
  readonly node: CallExpression
  readonly word: 'grant' | 'refuse' | 'refer'
  readonly what: AnyNode
  readonly each: AnyNode | undefined
}

function readOutcome(reading: Reading, call: OutcomeCall, clauseScope: Scope, clauseNode: AnyNode): Block {
  const { source } = reading.body
  if (clauseNode.type === 'ConditionalExpression') {
    return readChoice(reading, clauseScope, clauseNode, (branch, side) => readOutcome(reading, call, branch, side))
  }
  const { scope, node, word, what, each: eachNode } = call
  const clause = readString(clauseNode)
  if (!clause) source.problems.add(spanOf(clauseNode), 'TB1106', quote(source, clauseNode))
  const results = word === 'grant' ? readGranted(reading, scope, what) : undefined
  const each = eachNode && readEach(reading, scope, eachNode)
  const placed = { clause: clause ?? '', ...(each === undefined ? {} : { each }), at: spanOf(node) }
  if (word === 'grant') return results ? [{ do: word, results, ...placed }] : []
  const reason = readString(what)
  if (reason !== undefined && /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(reason)) return [{ do: word, reason, ...placed }]
  source.problems.add(spanOf(what), 'TB1106', quote(source, what))
  return []
}

/** `eachOf(facts.list, (item) => outcome)`, or with a block that comes to an outcome on every path. */
function readEach({ body, returns }: Reading, scope: Scope, node: AnyNode): ItemDecision | undefined {
  const { items } = returns
  if (items === undefined) return problem(body, node, 'TB1110', quote(body.source, node))
  const isWord = node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.arguments.length === 2
  const word = isWord && node.callee.type === 'Identifier' ? body.source.imports.get(node.callee.name) : undefined
  const [listNode, each] = isWord ? node.arguments : []
  if (word !== 'eachOf' || listNode === undefined || !isItemFunction(each)) {
    return problem(body, node, 'TB1110', quote(body.source, node))
  }
  const list = readExpression(body, scope, listNode)
  if (list === undefined) return undefined
  if (list.op !== 'fact' || list.name !== items.list || list.unit.kind !== 'list') {
    const found = `a decision of each of ${quote(body.source, listNode)}`
    return problem(body, listNode, 'TB1110', found, `decide each of the fact \`${items.list}\`: \`items\` declares it`)
  }
  const inner = scopeOfItem(body, scope, each, { unit: list.unit, base: list.name })
  if (inner === undefined) return undefined
  const firstSlot = body.nextSlot
  const block = readItemBlock({ body, returns: returnsOfItem(items) }, inner, each)
  return { list, block, firstSlot, slot: body.nextSlot++, at: spanOf(node) }
}

/** What an item may come to: no items of its own. */
function returnsOfItem({ results, total }: ItemResults): Returns {
  return { results, ...(total === undefined ? {} : { total }) }
}

function readItemBlock(reading: Reading, scope: Scope, { body }: ItemFunction): Block {
  return body.type === 'BlockStatement'
    ? readToOutcome(reading, scope, body.body, body)
    : readReturn(reading, scope, body, body)
}

/** The results of a grant by name; undefined when they are no object. */
function readGranted(reading: Reading, scope: Scope, what: AnyNode): GrantStatement['results'] | undefined {
  const { body, returns } = reading
  if (what.type !== 'ObjectExpression') return problem(body, what, 'TB1105', quote(body.source, what))
  const { total } = returns
  const isNamed = what.properties.some((property) => property.type === 'Property' && keyOf(property) === total)
  if (total !== undefined && !isNamed) problem(body, what, 'TB1109', `a grant without the total \`${total}\``)
  return readResults(reading, scope, what)
}

function readResults(reading: Reading, scope: Scope, object: ObjectExpression): Record<string, Expression> {
  const { body, returns } = reading
  const { source } = body
  const results: Record<string, Expression> = {}
  for (const property of object.properties) {
    const name = property.type === 'Property' ? keyOf(property) : undefined
    const unit = name === undefined ? undefined : findDeclared(returns.results, name)
    if (property.type !== 'Property' || name === undefined || unit === undefined) {
      const nearest = name && findNearestName(name, Object.keys(returns.results))
      source.problems.add(
        spanOf(property),
        'TB1109',
        quote(source, property),
        nearest && `perhaps \`${nearest}\` was meant`,
      )
      continue
    }
    const expression = readOperand(body, scope, property.value)
    const result = expression && readResult(reading, property.value, name, unit, adapt(expression, unit))
    if (result) results[name] = result
  }
  return results
}

function readResult(
  { body: { source } }: Reading,
  node: AnyNode,
  name: string,
  unit: ScalarUnit,
  expression: Expression,
): Expression | undefined {
  if (!hasUnit(expression, unit)) {
    return source.problems.add(
      spanOf(node),
      'TB2001',
      `${unitName(expression.unit)} as the result \`${name}\`, which is ${unitName(unit)}`,
    )
  }
  if (unit.kind === 'choice' && expression.unit.kind === 'choice') {
    const strange = expression.unit.options.filter((option) => !unit.options.includes(option))
    if (strange.length > 0) {
      return source.problems.add(
        spanOf(node),
        'TB2005',
        `'${strange.join("', '")}' as the result \`${name}\``,
        `it is declared as '${unit.options.join("', '")}'`,
      )
    }
  }
  if (isQuantity(unit) && isQuantity(expression.unit) && !isWithin(expression.unit, unit)) {
    const { min, max } = expression.unit
    return source.problems.add(
      spanOf(node),
      'TB3002',
      `${quote(source, node)}, which may lie anywhere from ${min} to ${max}, as the result \`${name}\` of ${unit.min} to ${unit.max}`,
    )
  }
  return expression
}
