import type { AnyNode, ArrowFunctionExpression, CallExpression, Node } from 'acorn'
import type { Expression, ListExpression, ListOperator, Selection } from '../ir.ts'
import { isQuantity, type ListUnit, type Unit } from '../units.ts'
import { readString } from './declarations.ts'
import { readCondition, readExpression, readOperand } from './expressions.ts'
import { exactly } from './operators.ts'
import { unitName } from './ranges.ts'
import { type BodyReading, isTaken, placed, problem } from './reading.ts'
import type { Scope } from './scope.ts'
import { adapt, isPlain } from './sides.ts'
import { quote } from './source.ts'

/** A list as an operation needs it: the expression, its unit, and the fact whose items it has. */
interface ReadList {
  readonly list: ListExpression
  readonly unit: ListUnit
  readonly base: string
}

/** A list and what is asked of each item, ready to be an operation: `firstSlot` is the first slot of `each`. */
interface ReadLoop extends ReadList {
  readonly each: Expression
  readonly firstSlot: number
}

/** The fact whose items an expression selects; undefined for what is no selection. */
export function baseOf(expression: Expression): string | undefined {
  return 'base' in expression ? expression.base : undefined
}

/** `countOf`, `sumOf`, `someOf` or `everyOf` over a list or a selection. */
export function readListOperation(
  body: BodyReading,
  scope: Scope,
  node: CallExpression,
  op: ListOperator,
): Expression | undefined {
  const loop = readLoop(body, scope, node, op === 'sumOf' ? readOperand : readCondition)
  if (loop === undefined) return undefined
  const { list, each, firstSlot } = loop
  const { of, max } = loop.unit
  const fold = (unit: Unit): Expression => ({ op, list, each, firstSlot, ...placed(body, node, unit) })
  if (op === 'someOf' || op === 'everyOf') return fold({ kind: 'flag' })
  if (op === 'countOf') return fold({ kind: 'count', of, min: 0, max })
  if (!isQuantity(each.unit) || isPlain(each.unit)) {
    return problem(body, node, 'TB2002', `the sum of ${unitName(each.unit)}s`, 'sum money, rates or counts')
  }
  const range = { min: Math.min(0, each.unit.min * max), max: Math.max(0, each.unit.max * max) }
  return exactly(body, node, range, each.unit, fold)
}

/** `filterOf(list, (item) => flag)`. */
export function readFilter(body: BodyReading, scope: Scope, node: CallExpression): Selection | undefined {
  const loop = readLoop(body, scope, node, readCondition)
  if (loop === undefined) return undefined
  const { unit, ...rest } = loop
  return { op: 'filterOf', ...rest, ...placed(body, node, unit) }
}

/** `sortOf(list, (item) => quantityOrDate, 'ascending' | 'descending')`. */
export function readSort(body: BodyReading, scope: Scope, node: CallExpression): Selection | undefined {
  const orderNode = node.arguments[2]
  const order = orderNode && readString(orderNode)
  if (order !== 'ascending' && order !== 'descending') {
    return problem(body, orderNode ?? node, 'TB1211', quote(body.source, orderNode ?? node))
  }
  const loop = readLoop(body, scope, { ...node, arguments: node.arguments.slice(0, 2) }, readOperand)
  if (loop === undefined) return undefined
  const { unit, ...rest } = loop
  const key = rest.each.unit
  if (isPlain(key) || (!isQuantity(key) && key.kind !== 'date')) {
    return problem(body, node, 'TB2002', `an order by ${unitName(key)}`, 'sort by money, a rate, a count or a date')
  }
  return { op: 'sortOf', ...rest, order, ...placed(body, node, unit) }
}

/** `firstOf(list, n)`; `n` counts what the list counts. */
export function readFirst(body: BodyReading, scope: Scope, node: CallExpression): Selection | undefined {
  const [listNode, countNode, third] = node.arguments
  if (listNode === undefined || countNode === undefined || third !== undefined) {
    return problem(body, node, 'TB1205', quote(body.source, node))
  }
  if (scope.item !== undefined) return problem(body, node, 'TB1209', quote(body.source, node))
  const read = readList(body, scope, listNode)
  const written = readOperand(body, scope, countNode)
  if (read === undefined || written === undefined) return undefined
  const { list, unit, base } = read
  const count = adapt(written, { kind: 'count', of: unit.of, min: 0, max: unit.max })
  if (count.unit.kind !== 'count' || count.unit.of !== unit.of) {
    const found = `the first ${unitName(count.unit)} of a list that counts ${unit.of}`
    return problem(body, countNode, 'TB2001', found, `give a count of ${unit.of}`)
  }
  if (count.unit.min < 0) {
    return problem(body, countNode, 'TB3006', `${quote(body.source, countNode)}, which may be ${count.unit.min}`)
  }
  const max = Math.min(unit.max, count.unit.max)
  return { op: 'firstOf', list, count, base, ...placed(body, node, { ...unit, max }) }
}

/** `hasItem(selection, item)`, inside the item function of an operation over the same fact. */
export function readMembership(body: BodyReading, scope: Scope, node: CallExpression): Expression | undefined {
  const [listNode, itemNode, third] = node.arguments
  const { item: looked } = scope
  if (listNode === undefined || itemNode === undefined || third !== undefined || looked === undefined) {
    return problem(body, node, 'TB1210', quote(body.source, node))
  }
  const list = readExpression(body, scope, listNode)
  const item = readExpression(body, scope, itemNode)
  if (list === undefined || item === undefined) return undefined
  if (list.op !== 'local' || list.base !== looked.list) {
    return problem(body, listNode, 'TB1210', quote(body.source, listNode))
  }
  if (item.op !== 'item' || item.unit.kind !== 'record') {
    return problem(body, itemNode, 'TB1210', quote(body.source, itemNode))
  }
  return { op: 'hasItem', list, item, ...placed(body, node, { kind: 'flag' }) }
}

/** `(item) => body`, or `() => body` where all items are alike, with nothing else to it. */
export type ItemFunction = ArrowFunctionExpression & { params: [({ type: 'Identifier'; name: string } & Node)?] }

/** True for a function of at most one plainly named item. */
export function isItemFunction(node: AnyNode | undefined): node is ItemFunction {
  if (node?.type !== 'ArrowFunctionExpression' || node.async || node.params.length > 1) return false
  return node.params.every(({ type }) => type === 'Identifier')
}

/** The scope inside an item function; undefined when the name of the item is taken. */
export function scopeOfItem(
  body: BodyReading,
  scope: Scope,
  { params: [parameter] }: ItemFunction,
  { unit, base }: Pick<ReadList, 'unit' | 'base'>,
): Scope | undefined {
  const name = parameter?.name ?? ''
  if (parameter && isTaken(body, scope, name)) return problem(body, parameter, 'TB1107', `\`${name}\` a second time`)
  return { ...scope, item: { name, list: base, unit: unit.item } }
}

/** `word(list, (item) => expression)`; item functions do not stand inside one another. */
function readLoop(
  body: BodyReading,
  scope: Scope,
  node: CallExpression,
  readEach: (body: BodyReading, scope: Scope, node: AnyNode) => Expression | undefined,
): ReadLoop | undefined {
  const [listNode, eachNode, third] = node.arguments
  const isShaped = listNode !== undefined && third === undefined && isItemFunction(eachNode)
  if (!isShaped || eachNode.body.type === 'BlockStatement') {
    return problem(body, node, 'TB1208', quote(body.source, node))
  }
  if (scope.item !== undefined) return problem(body, node, 'TB1209', quote(body.source, node))
  const read = readList(body, scope, listNode)
  const inner = read && scopeOfItem(body, scope, eachNode, read)
  if (read === undefined || inner === undefined) return undefined
  const firstSlot = body.nextSlot
  const each = readEach(body, inner, eachNode.body)
  return each && { ...read, each, firstSlot }
}

/** A fact that is a list, or a selection of one. */
function readList(body: BodyReading, scope: Scope, node: AnyNode): ReadList | undefined {
  const list = readExpression(body, scope, node)
  if (list === undefined) return undefined
  if (list.unit.kind === 'list') {
    const { unit } = list
    if (list.op === 'fact') return { list, unit, base: list.name }
    if (list.op === 'filterOf' || list.op === 'sortOf' || list.op === 'firstOf') return { list, unit, base: list.base }
    if (list.op === 'local' && list.base !== undefined) return { list, unit, base: list.base }
  }
  const found = `${unitName(list.unit)} ${quote(body.source, node)}`
  return problem(body, node, 'TB1208', found, 'give a fact that is a list, or a selection of one')
}
