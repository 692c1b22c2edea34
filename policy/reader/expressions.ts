import type { AnyNode, ArrowFunctionExpression, BinaryExpression, CallExpression, MemberExpression, Node } from 'acorn'
import type {
  ComparisonOperator,
  Expression,
  FactReference,
  ListOperator,
  Literal,
  SourceSpan,
  ValueReference,
} from '../ir.ts'
import { findNearestName } from '../nearest.ts'
import {
  type FactUnit,
  isQuantity,
  type ListUnit,
  type QuantityUnit,
  type RateUnit,
  type Unit,
  type ValueUnit,
} from '../units.ts'
import { readString } from './declarations.ts'
import type { RuleCode } from './problems.ts'
import { inRange, isExact, isSameQuantity, joinUnits, RANGE_OF, type Range, unitName } from './ranges.ts'
import { findGap, narrow, pathOf, type Scope } from './scope.ts'
import { quote, type Source, spanOf } from './source.ts'

/** What stays the same while one body is read. */
export interface BodyReading {
  readonly source: Source
  readonly facts: Readonly<Record<string, FactUnit>>
  readonly values: Readonly<Record<string, ValueUnit>>
  /** What the author calls the parameters of `decide`. */
  readonly factsName: string
  readonly valuesName: string
  /** The next free slot. */
  nextSlot: number
}

/** A number written in the source has no unit until the other side gives it one. */
const PLAIN = ''

/** Dates move by at most these many months or days at a time. */
const SHIFT_MAX = { addMonths: 1_200, addDays: 36_600 } as const

/** No two dates that can be written are further apart than this. */
const DISTANCE_MAX = { monthsBetween: 120_000, daysBetween: 3_660_000 } as const

/** Reads one expression; undefined when a problem was noted. */
export function readExpression(body: BodyReading, scope: Scope, node: AnyNode): Expression | undefined {
  switch (node.type) {
    case 'Literal':
      return readLiteral(body, node, node.value)
    case 'Identifier':
      return readName(body, scope, node, node.name)
    case 'MemberExpression':
      return readMember(body, scope, node)
    case 'UnaryExpression': {
      if (node.operator !== '!') return problem(body, node, 'TB1201', quote(body.source, node))
      const of = readCondition(body, scope, node.argument)
      return of && { op: '!', of, ...placed(body, node, { kind: 'flag' }) }
    }
    case 'BinaryExpression':
      return readBinary(body, scope, node)
    case 'LogicalExpression': {
      if (node.operator === '??') return problem(body, node, 'TB1201', quote(body.source, node), OR_ELSE)
      const left = readCondition(body, scope, node.left)
      const right = readCondition(body, left ? narrow(scope, left, node.operator === '&&') : scope, node.right)
      return left && right && { op: node.operator, left, right, ...placed(body, node, { kind: 'flag' }) }
    }
    case 'ConditionalExpression': {
      const condition = readCondition(body, scope, node.test)
      if (condition === undefined) return undefined
      const whenTrue = readOperand(body, narrow(scope, condition, true), node.consequent)
      const whenFalse = readOperand(body, narrow(scope, condition, false), node.alternate)
      const pair = whenTrue && whenFalse && alike(body, node, whenTrue, whenFalse)
      return (
        pair && { op: '?:', condition, whenTrue: pair.left, whenFalse: pair.right, ...placed(body, node, pair.unit) }
      )
    }
    case 'CallExpression':
      return readCall(body, scope, node)
    default:
      return problem(body, node, 'TB1201', quote(body.source, node))
  }
}

const OR_ELSE = 'write `x === null ? other : x`'

/** Reads an expression that must be a flag. */
export function readCondition(body: BodyReading, scope: Scope, node: AnyNode): Expression | undefined {
  const condition = readOperand(body, scope, node)
  if (condition === undefined || condition.unit.kind === 'flag') return condition
  return problem(body, node, 'TB2003', `${quote(body.source, node)}, which is ${unitName(condition.unit)}`)
}

/** Reads an expression that is used: present, and one quantity, date, flag, word or text. */
export function readOperand(body: BodyReading, scope: Scope, node: AnyNode): Expression | undefined {
  const operand = readExpression(body, scope, node)
  if (operand === undefined) return undefined
  switch (operand.unit.kind) {
    case 'optional':
      return problem(body, node, 'TB2004', `${quote(body.source, node)}, which may be null`)
    case 'list':
      return problem(body, node, 'TB2002', `the list ${quote(body.source, node)}`, LIST_USE)
    case 'keyed':
      return problem(
        body,
        node,
        'TB2002',
        `the table ${quote(body.source, node)}`,
        'take one entry: values.table[facts.choice]',
      )
    case 'record':
      return problem(body, node, 'TB2002', `the whole item ${quote(body.source, node)}`, 'use one of its fields')
    default:
      return operand
  }
}

const LIST_USE = 'use it in countOf, sumOf, someOf, everyOf or, for a list of choices, includes'

function problem(body: BodyReading, node: Node, code: RuleCode, found: string, instead?: string): undefined {
  return body.source.problems.add(spanOf(node), code, found, instead)
}

function placed<U extends Unit>(body: BodyReading, node: Node, unit: U): { slot: number; unit: U; at: SourceSpan } {
  return { slot: body.nextSlot++, unit, at: spanOf(node) }
}

function readLiteral(body: BodyReading, node: Node, value: unknown): Literal | undefined {
  if (value === 0 || value === 1) {
    return { op: 'literal', value, ...placed(body, node, { kind: 'count', of: PLAIN, min: value, max: value }) }
  }
  if (typeof value === 'boolean') return { op: 'literal', value, ...placed(body, node, { kind: 'flag' }) }
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value))) {
    return problem(body, node, 'TB1206', quote(body.source, node))
  }
  if (typeof value === 'string') {
    return { op: 'literal', value, ...placed(body, node, { kind: 'choice', options: [value] }) }
  }
  if (value === null) return problem(body, node, 'TB1201', '`null`', 'compare with null only: `facts.name === null`')
  return problem(body, node, 'TB1201', quote(body.source, node))
}

function readName(body: BodyReading, scope: Scope, node: Node, name: string): Expression | undefined {
  const { item } = scope
  if (item?.name === name) return sharpen(scope, { op: 'item', list: item.list, ...placed(body, node, item.unit) })
  const is = scope.locals.get(name)
  if (is !== undefined) return sharpen(scope, { op: 'local', name, of: is.slot, ...placed(body, node, is.unit) })
  const nearest = findNearestName(name, [...scope.locals.keys(), body.factsName, body.valuesName])
  return problem(body, node, 'TB1202', `the unknown name \`${name}\``, nearest && `perhaps \`${nearest}\` was meant`)
}

/** The expression with the unit that the conditions on the way have proved, where they have. */
function sharpen<E extends Expression>(scope: Scope, expression: E): E {
  const path = pathOf(expression)
  const unit = path === undefined ? undefined : scope.proved.get(path)
  return unit === undefined ? expression : { ...expression, unit }
}

function readMember(body: BodyReading, scope: Scope, node: MemberExpression): Expression | undefined {
  const { object, property } = node
  if (node.computed) return readEntry(body, scope, node)
  if (object.type !== 'Identifier' || property.type !== 'Identifier' || node.optional) {
    return problem(body, node, 'TB1201', quote(body.source, node))
  }
  const { name } = property
  if (object.name === body.factsName) {
    const unit = body.facts[name]
    if (unit === undefined) return unknownName(body, property, 'fact', name, body.facts)
    return sharpen(scope, { op: 'fact', name, ...placed(body, node, unit) })
  }
  if (object.name === body.valuesName) {
    const unit = body.values[name]
    if (unit === undefined) return unknownName(body, property, 'value', name, body.values)
    return sharpen(scope, { op: 'value', name, ...placed(body, node, unit) })
  }
  const { item } = scope
  if (item?.name === object.name && item.unit.kind === 'record') {
    const unit = item.unit.fields[name]
    if (unit === undefined) return unknownName(body, property, 'field', name, item.unit.fields)
    return sharpen(scope, { op: 'item', list: item.list, field: name, ...placed(body, node, unit) })
  }
  return problem(body, node, 'TB1201', quote(body.source, node))
}

function unknownName(body: BodyReading, node: Node, what: string, name: string, known: object): undefined {
  const nearest = findNearestName(name, Object.keys(known))
  return problem(body, node, 'TB1203', `the unknown ${what} \`${name}\``, nearest && `perhaps \`${nearest}\` was meant`)
}

/** `values.table[key]`. */
function readEntry(body: BodyReading, scope: Scope, node: MemberExpression): Expression | undefined {
  const table = readExpression(body, scope, node.object)
  if (table === undefined) return undefined
  if (table.op !== 'value' || table.unit.kind !== 'keyed')
    return problem(body, node, 'TB1201', quote(body.source, node))
  const key = readOperand(body, scope, node.property)
  if (key === undefined) return undefined
  const { by, unit } = table.unit
  if (key.unit.kind !== 'choice')
    return problem(body, node.property, 'TB2001', `${unitName(key.unit)} as the key of a table`)
  const missing = key.unit.options.filter((option) => !by.includes(option))
  if (missing.length > 0) {
    return problem(
      body,
      node.property,
      'TB2005',
      `a key that may be ${words(missing)}`,
      `the table has ${words(by)}; decide the others first`,
    )
  }
  return { op: 'entry', name: table.name, key, ...placed(body, node, unit) }
}

function words(options: readonly string[]): string {
  return options.map((option) => `'${option}'`).join(', ')
}

const COMPARISONS: readonly string[] = ['===', '!==', '<', '<=', '>', '>='] satisfies ComparisonOperator[]

function isComparison(operator: string): operator is ComparisonOperator {
  return COMPARISONS.includes(operator)
}

function readBinary(body: BodyReading, scope: Scope, node: BinaryExpression): Expression | undefined {
  const { operator } = node
  if (operator === '==' || operator === '!=') return problem(body, node, 'TB1204', `\`${operator}\``)
  if (node.left.type === 'PrivateIdentifier') return problem(body, node, 'TB1201', quote(body.source, node))
  if (operator === '===' || operator === '!==') {
    if (isNull(node.right)) return readNullTest(body, scope, node, operator, node.left, node.right)
    if (isNull(node.left)) return readNullTest(body, scope, node, operator, node.right, node.left)
  }
  const left = readOperand(body, scope, node.left)
  const right = readOperand(body, scope, node.right)
  if (left === undefined || right === undefined) return undefined
  if (isComparison(operator)) return compare(body, node, operator, left, right)
  if (operator === '+' || operator === '-') return addUp(body, scope, node, operator, left, right)
  if (operator === '*') return multiply(body, node, left, right)
  return problem(body, node, 'TB1201', quote(body.source, node))
}

function isNull(node: AnyNode): boolean {
  return node.type === 'Literal' && node.value === null
}

function readNullTest(
  body: BodyReading,
  scope: Scope,
  node: BinaryExpression,
  op: '===' | '!==',
  tested: AnyNode,
  nullNode: AnyNode,
): Expression | undefined {
  const left = readExpression(body, scope, tested)
  if (left === undefined) return undefined
  if (left.unit.kind !== 'optional') {
    return problem(
      body,
      tested,
      'TB2002',
      `${quote(body.source, tested)}, which is never null here`,
      'remove the comparison',
    )
  }
  const right: Literal = { op: 'literal', value: null, ...placed(body, nullNode, left.unit) }
  return { op, left, right, ...placed(body, node, { kind: 'flag' }) }
}

function compare(
  body: BodyReading,
  node: BinaryExpression,
  op: ComparisonOperator,
  left: Expression,
  right: Expression,
): Expression | undefined {
  const pair = alike(body, node, left, right)
  if (pair === undefined) return undefined
  const isOrdered = isQuantity(pair.unit) || pair.unit.kind === 'date'
  if (op !== '===' && op !== '!==' && !isOrdered) {
    return problem(body, node, 'TB2002', `\`${op}\` between ${unitName(pair.unit)}s`, 'write `===` or `!==`')
  }
  if (left.unit.kind === 'choice' && right.unit.kind === 'choice') {
    const [side, other] = left.op === 'literal' ? [right.unit, left.unit] : [left.unit, right.unit]
    if (!other.options.some((option) => side.options.includes(option))) {
      return problem(body, node, 'TB2005', words(other.options), `it can only be ${words(side.options)} here`)
    }
  }
  return { op, left: pair.left, right: pair.right, ...placed(body, node, { kind: 'flag' }) }
}

function addUp(
  body: BodyReading,
  scope: Scope,
  node: Node,
  op: '+' | '-' | 'min' | 'max',
  left: Expression,
  right: Expression,
): Expression | undefined {
  const pair = alike(body, node, left, right)
  if (pair === undefined) return undefined
  if ((op === 'min' || op === 'max') && pair.unit.kind === 'date') {
    return { op, left: pair.left, right: pair.right, ...placed(body, node, pair.unit) }
  }
  if (!isQuantity(pair.unit) || !isQuantity(pair.left.unit) || !isQuantity(pair.right.unit)) {
    const hint = pair.unit.kind === 'date' ? 'use addMonths, addDays, monthsBetween or daysBetween' : undefined
    return problem(body, node, 'TB2002', `\`${op}\` between ${unitName(pair.unit)}s`, hint)
  }
  const range = RANGE_OF[op](pair.left.unit, pair.right.unit)
  const leastGap = op === '-' ? findGap(scope, pair.left, pair.right) : undefined
  const known = leastGap === undefined ? range : { ...range, min: Math.max(range.min, leastGap) }
  return exactly(body, node, known, pair.unit, (unit) => ({
    op,
    left: pair.left,
    right: pair.right,
    ...placed(body, node, unit),
  }))
}

/** Money or a count, times a count. Of two counts the product keeps the label of the left one. */
function multiply(body: BodyReading, node: Node, left: Expression, right: Expression): Expression | undefined {
  const isMultiplicable = left.unit.kind === 'count' || right.unit.kind === 'count'
  if (
    !isMultiplicable ||
    !isQuantity(left.unit) ||
    !isQuantity(right.unit) ||
    left.unit.kind === 'rate' ||
    right.unit.kind === 'rate'
  ) {
    const instead = [left, right].some((side) => side.unit.kind === 'rate')
      ? 'write share(amount, rate)'
      : 'multiply money or a count by a count'
    return problem(body, node, 'TB2002', `${unitName(left.unit)} times ${unitName(right.unit)}`, instead)
  }
  const kept = right.unit.kind === 'money' || isPlain(left.unit) ? right.unit : left.unit
  return exactly(body, node, RANGE_OF['*'](left.unit, right.unit), kept, (unit) => ({
    op: '*',
    left,
    right,
    ...placed(body, node, unit),
  }))
}

/** Makes the node when its proved range is exact, and notes a problem when it is not. */
function exactly(
  body: BodyReading,
  node: Node,
  range: Range,
  unit: QuantityUnit,
  make: (unit: QuantityUnit) => Expression,
): Expression | undefined {
  if (isExact(range)) return make(inRange(unit, range))
  return problem(
    body,
    node,
    'TB3001',
    `${quote(body.source, node)}, which may lie anywhere from ${range.min} to ${range.max}`,
  )
}

function isPlain(unit: Unit): boolean {
  return unit.kind === 'count' && unit.of === PLAIN
}

/** Both sides in one unit: a number or word written in the source takes the unit of the other side. */
function alike(
  body: BodyReading,
  node: Node,
  left: Expression,
  right: Expression,
): { left: Expression; right: Expression; unit: Unit } | undefined {
  const sameLeft = adapt(left, right.unit)
  const sameRight = adapt(right, left.unit)
  const unit = joinUnits(sameLeft.unit, sameRight.unit)
  if (unit === undefined) {
    return problem(
      body,
      node,
      'TB2001',
      `${unitName(left.unit)} and ${unitName(right.unit)} in ${quote(body.source, node)}`,
    )
  }
  return { left: sameLeft, right: sameRight, unit }
}

/** Gives a plain number the other quantity's unit, and a literal word the unit text; anything else stays as it is. */
export function adapt(expression: Expression, to: Unit): Expression {
  const { unit } = expression
  if (unit.kind === 'choice' && to.kind === 'text' && expression.op === 'literal') return { ...expression, unit: to }
  if (!isQuantity(unit) || !isPlain(unit) || !isQuantity(to) || isPlain(to)) return expression
  const adapted: QuantityUnit = inRange(to, unit)
  switch (expression.op) {
    case 'literal':
      return { ...expression, unit: adapted }
    case '?:':
      return {
        ...expression,
        whenTrue: adapt(expression.whenTrue, to),
        whenFalse: adapt(expression.whenFalse, to),
        unit: adapted,
      }
    case '+':
    case '-':
    case 'min':
    case 'max':
      return { ...expression, left: adapt(expression.left, to), right: adapt(expression.right, to), unit: adapted }
    default:
      return expression
  }
}

function readCall(body: BodyReading, scope: Scope, node: CallExpression): Expression | undefined {
  const word = node.callee.type === 'Identifier' ? body.source.imports.get(node.callee.name) : undefined
  switch (word) {
    case 'min':
    case 'max': {
      const pair = readPair(body, scope, node)
      return pair && addUp(body, scope, node, word, pair[0], pair[1])
    }
    case 'share':
      return readShare(body, scope, node)
    case 'addMonths':
    case 'addDays':
      return readShift(body, scope, node, word)
    case 'monthsBetween':
    case 'daysBetween':
      return readDistance(body, scope, node, word)
    case 'includes':
      return readIncludes(body, scope, node)
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return readListOperation(body, scope, node, word)
    default:
      return problem(body, node, 'TB1205', `a call of ${quote(body.source, node.callee)}`)
  }
}

function readPair(body: BodyReading, scope: Scope, node: CallExpression): [Expression, Expression] | undefined {
  const [first, second, third] = node.arguments
  if (first === undefined || second === undefined || third !== undefined) {
    return problem(body, node, 'TB1205', quote(body.source, node))
  }
  const left = readOperand(body, scope, first)
  const right = readOperand(body, scope, second)
  return left && right && [left, right]
}

function readShare(body: BodyReading, scope: Scope, node: CallExpression): Expression | undefined {
  const [amountNode, rateNode, roundingNode] = node.arguments
  if (amountNode === undefined || rateNode === undefined || node.arguments.length > 3) {
    return problem(body, node, 'TB1205', quote(body.source, node))
  }
  const rounding = roundingNode === undefined ? 'half_up' : readString(roundingNode)
  if (rounding !== 'half_up' && rounding !== 'down' && rounding !== 'up') {
    return problem(body, roundingNode ?? node, 'TB1207', quote(body.source, roundingNode ?? node))
  }
  const amount = readOperand(body, scope, amountNode)
  const rate = readOperand(body, scope, rateNode)
  if (amount === undefined || rate === undefined) return undefined
  if (amount.unit.kind !== 'money')
    return problem(body, amountNode, 'TB2001', `the share of ${unitName(amount.unit)}`, 'take the share of money')
  if (rate.unit.kind !== 'rate')
    return problem(body, rateNode, 'TB2001', `${unitName(rate.unit)} as the rate of a share`, 'give a rate')
  if (amount.unit.min < 0 || rate.unit.min < 0) {
    return problem(
      body,
      node,
      'TB3003',
      `${quote(body.source, node)}, of which ${amount.unit.min < 0 ? 'the amount' : 'the rate'} may be negative`,
    )
  }
  const range = shareRange(amount.unit, rate.unit)
  return exactly(body, node, range, amount.unit, (unit) => ({
    op: 'share',
    left: amount,
    right: rate,
    rounding,
    ...placed(body, node, unit),
  }))
}

/** Wide enough for every rounding; a rate so large that an intermediate product is inexact counts as unbounded. */
function shareRange(amount: Range, rate: RateUnit): Range {
  const ppm = 1_000_000
  const isProductExact = isExact({ min: 0, max: rate.max * ppm + ppm })
  const max = isProductExact ? Math.ceil((amount.max / ppm) * rate.max) + 1 : Number.POSITIVE_INFINITY
  return { min: 0, max }
}

function readShift(
  body: BodyReading,
  scope: Scope,
  node: CallExpression,
  op: 'addMonths' | 'addDays',
): Expression | undefined {
  const pair = readPair(body, scope, node)
  if (pair === undefined) return undefined
  const label = op === 'addMonths' ? 'month' : 'day'
  const [left, plainRight] = pair
  const right = adapt(plainRight, { kind: 'count', of: label, min: 0, max: 1 })
  if (left.unit.kind !== 'date' || right.unit.kind !== 'count' || right.unit.of !== label) {
    return problem(
      body,
      node,
      'TB2001',
      `${op} of ${unitName(left.unit)} and ${unitName(right.unit)}`,
      `give a date and a count of ${label}`,
    )
  }
  if (Math.max(-right.unit.min, right.unit.max) > SHIFT_MAX[op]) {
    return problem(body, node, 'TB3004', `${quote(body.source, node)}, which may move by ${right.unit.max} ${label}s`)
  }
  return { op, left, right, ...placed(body, node, left.unit) }
}

function readDistance(
  body: BodyReading,
  scope: Scope,
  node: CallExpression,
  op: 'monthsBetween' | 'daysBetween',
): Expression | undefined {
  const pair = readPair(body, scope, node)
  if (pair === undefined) return undefined
  const [left, right] = pair
  if (left.unit.kind !== 'date' || right.unit.kind !== 'date') {
    return problem(
      body,
      node,
      'TB2001',
      `${op} of ${unitName(left.unit)} and ${unitName(right.unit)}`,
      'give two dates',
    )
  }
  const of = op === 'monthsBetween' ? 'month' : 'day'
  return {
    op,
    left,
    right,
    ...placed(body, node, { kind: 'count', of, min: -DISTANCE_MAX[op], max: DISTANCE_MAX[op] }),
  }
}

function readIncludes(body: BodyReading, scope: Scope, node: CallExpression): Expression | undefined {
  const [optionsNode, wordNode, third] = node.arguments
  if (optionsNode === undefined || wordNode === undefined || third !== undefined) {
    return problem(body, node, 'TB1205', quote(body.source, node))
  }
  const options = readOptions(body, scope, optionsNode)
  const word = readOperand(body, scope, wordNode)
  if (options === undefined || word === undefined) return undefined
  if (word.unit.kind !== 'choice')
    return problem(body, wordNode, 'TB2001', `includes with ${unitName(word.unit)}`, 'ask for a choice')
  const { unit } = options
  const listed = unit.kind === 'list' && unit.item.kind === 'choice' ? unit.item.options : []
  const known = word.unit.options
  const strange = options.op === 'literal' ? listed.filter((option) => !known.includes(option)) : []
  if (strange.length > 0)
    return problem(body, optionsNode, 'TB2005', words(strange), `it can only be ${words(known)} here`)
  return { op: 'includes', options, word, ...placed(body, node, { kind: 'flag' }) }
}

function readOptions(body: BodyReading, scope: Scope, node: AnyNode): Literal | ValueReference | undefined {
  if (node.type === 'ArrayExpression') {
    const options = node.elements.map((element) => (element === null ? undefined : readString(element)))
    if (!options.every((option) => option !== undefined)) return problem(body, node, 'TB1205', quote(body.source, node))
    const unit: ListUnit = { kind: 'list', of: 'item', item: { kind: 'choice', options }, max: options.length }
    return { op: 'literal', value: options, ...placed(body, node, unit) }
  }
  const options = readExpression(body, scope, node)
  if (options === undefined) return undefined
  return options.op === 'value' && options.unit.kind === 'list'
    ? options
    : problem(body, node, 'TB1205', quote(body.source, node))
}

function readListOperation(
  body: BodyReading,
  scope: Scope,
  node: CallExpression,
  op: ListOperator,
): Expression | undefined {
  const [listNode, eachNode, third] = node.arguments
  if (listNode === undefined || eachNode === undefined || third !== undefined || !isItemFunction(eachNode)) {
    return problem(body, node, 'TB1208', quote(body.source, node))
  }
  if (scope.item !== undefined) return problem(body, node, 'TB1209', quote(body.source, node))
  const list = readExpression(body, scope, listNode)
  if (list === undefined) return undefined
  if (list.op !== 'fact' || list.unit.kind !== 'list') {
    return problem(
      body,
      listNode,
      'TB1208',
      `${unitName(list.unit)} ${quote(body.source, listNode)}`,
      'give a fact that is a list',
    )
  }
  const [parameter] = eachNode.params
  if (isTaken(body, scope, parameter.name))
    return problem(body, parameter, 'TB1107', `\`${parameter.name}\` a second time`)
  const inner: Scope = { ...scope, item: { name: parameter.name, list: list.name, unit: list.unit.item } }
  const firstSlot = body.nextSlot
  const each = op === 'sumOf' ? readOperand(body, inner, eachNode.body) : readCondition(body, inner, eachNode.body)
  if (each === undefined) return undefined
  return foldList(body, node, op, list, list.unit, each, firstSlot)
}

function foldList(
  body: BodyReading,
  node: CallExpression,
  op: ListOperator,
  list: FactReference,
  { of, max: itemsMax }: ListUnit,
  each: Expression,
  firstSlot: number,
): Expression | undefined {
  const fold = (unit: Unit): Expression => ({ op, list, each, firstSlot, ...placed(body, node, unit) })
  if (op === 'someOf' || op === 'everyOf') return fold({ kind: 'flag' })
  if (op === 'countOf') return fold({ kind: 'count', of, min: 0, max: itemsMax })
  if (!isQuantity(each.unit) || isPlain(each.unit)) {
    return problem(body, node, 'TB2002', `the sum of ${unitName(each.unit)}s`, 'sum money, rates or counts')
  }
  const range = { min: Math.min(0, each.unit.min * itemsMax), max: Math.max(0, each.unit.max * itemsMax) }
  return exactly(body, node, range, each.unit, fold)
}

type ItemFunction = ArrowFunctionExpression & { params: [{ type: 'Identifier'; name: string } & Node]; body: AnyNode }

/** `item => expression`, with nothing else to it. */
function isItemFunction(node: AnyNode): node is ItemFunction {
  return (
    node.type === 'ArrowFunctionExpression' &&
    node.body.type !== 'BlockStatement' &&
    node.params.length === 1 &&
    node.params[0]?.type === 'Identifier' &&
    !node.async
  )
}

/** A name that already means something here: shadowing is refused, so that a name means one thing in a body. */
export function isTaken(body: BodyReading, scope: Scope, name: string): boolean {
  return (
    scope.locals.has(name) ||
    scope.item?.name === name ||
    name === body.factsName ||
    name === body.valuesName ||
    body.source.imports.has(name)
  )
}

/** True when a quantity has, or takes, the unit that is asked for; ranges do not count. */
export function hasUnit(expression: Expression, unit: Unit): boolean {
  if (isQuantity(expression.unit) && isQuantity(unit)) return isSameQuantity(expression.unit, unit)
  return expression.unit.kind === unit.kind
}

export function isPlainNumber(expression: Expression): boolean {
  return isPlain(expression.unit)
}
