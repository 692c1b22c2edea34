import type { AnyNode, BinaryExpression, MemberExpression, Node } from 'acorn'
import type { ComparisonOperator, Expression, Literal } from '../ir.ts'
import { findNearestName } from '../nearest.ts'
import type { KeyedUnit } from '../units.ts'
import { readCall } from './calls.ts'
import { baseOf } from './lists.ts'
import { addUp, compare, multiply } from './operators.ts'
import { findInstead } from './problems.ts'
import { isWithin, unitName } from './ranges.ts'
import { type BodyReading, findDeclared, placed, problem, words } from './reading.ts'
import { narrow, pathOf, type Scope } from './scope.ts'
import { adapt, alike, PLAIN } from './sides.ts'
import { quote } from './source.ts'

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
      if (node.operator === '??') return problem(body, node, 'TB1201', quote(body.source, node), findInstead('??'))
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
      return problem(body, node, 'TB1201', quote(body.source, node), findInstead(node.type))
  }
}

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
        'take one entry: values.table[facts.key]',
      )
    case 'record':
      return problem(body, node, 'TB2002', `the whole item ${quote(body.source, node)}`, 'use one of its fields')
    default:
      return operand
  }
}

const LIST_USE = 'use it in a list operation or, for a value that is a list of choices, in includes'

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
  if (is !== undefined) {
    const base = baseOf(is)
    const of = { name, of: is.slot, ...(base === undefined ? {} : { base }) }
    return sharpen(scope, { op: 'local', ...of, ...placed(body, node, is.unit) })
  }
  if (scope.unread.has(name)) return undefined
  const nearest = findNearestName(name, [...scope.locals.keys(), body.factsName, body.valuesName])
  const instead = nearest === undefined ? findInstead(name) : `perhaps \`${nearest}\` was meant`
  return problem(body, node, 'TB1202', `the unknown name \`${name}\``, instead)
}

/** The expression with the unit that the conditions on the way have proved, where they have. */
function sharpen<E extends Expression>(scope: Scope, expression: E): E {
  const path = pathOf(expression)
  const unit = path === undefined ? undefined : scope.proved.get(path)
  return unit === undefined ? expression : { ...expression, unit }
}

function readMember(body: BodyReading, scope: Scope, node: MemberExpression): Expression | undefined {
  const { object, property } = node
  if (node.computed || isTable(body, object)) return readEntry(body, scope, node)
  if (object.type !== 'Identifier' || property.type !== 'Identifier' || node.optional) {
    const instead = property.type === 'Identifier' ? findInstead(`.${property.name}`) : undefined
    return problem(body, node, 'TB1201', quote(body.source, node), instead)
  }
  const { name } = property
  if (object.name === body.factsName) {
    const unit = findDeclared(body.facts, name)
    if (unit === undefined) return unknownName(body, property, 'fact', name, body.facts)
    return sharpen(scope, { op: 'fact', name, ...placed(body, node, unit) })
  }
  if (object.name === body.valuesName) {
    const unit = findDeclared(body.values, name)
    if (unit === undefined) return unknownName(body, property, 'value', name, body.values)
    return sharpen(scope, { op: 'value', name, ...placed(body, node, unit) })
  }
  const { item } = scope
  if (item?.name === object.name && item.unit.kind === 'record') {
    const unit = findDeclared(item.unit.fields, name)
    if (unit === undefined) return unknownName(body, property, 'field', name, item.unit.fields)
    return sharpen(scope, { op: 'item', list: item.list, field: name, ...placed(body, node, unit) })
  }
  return problem(body, node, 'TB1201', quote(body.source, node))
}

function unknownName(body: BodyReading, node: Node, what: string, name: string, known: object): undefined {
  const nearest = findNearestName(name, Object.keys(known))
  return problem(body, node, 'TB1203', `the unknown ${what} \`${name}\``, nearest && `perhaps \`${nearest}\` was meant`)
}

/** True for `values.table`. */
function isTable(body: BodyReading, node: AnyNode): boolean {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return false
  const isValue = node.object.type === 'Identifier' && node.object.name === body.valuesName
  return isValue && findDeclared(body.values, node.property.name)?.kind === 'keyed'
}

/** `values.table[key]`, or `values.table.word`. */
function readEntry(body: BodyReading, scope: Scope, node: MemberExpression): Expression | undefined {
  const table = readExpression(body, scope, node.object)
  if (table === undefined) return undefined
  if (table.op !== 'value' || table.unit.kind !== 'keyed')
    return problem(body, node, 'TB1201', quote(body.source, node))
  const keyed = table.unit
  const { property } = node
  const isWord = !node.computed && property.type === 'Identifier'
  const written = isWord ? readLiteral(body, property, property.name) : readOperand(body, scope, property)
  const key = written && (keyed.count ? adapt(written, { kind: 'count', ...keyed.count }) : written)
  if (key === undefined || !isKeyOf(body, node.property, keyed, key)) return undefined
  return { op: 'entry', name: table.name, key, ...placed(body, node, keyed.unit) }
}

/** True when the table has an entry for everything that the key may be here; otherwise a problem is noted. */
function isKeyOf(body: BodyReading, node: Node, { by, count }: KeyedUnit, { unit }: Expression): boolean {
  const isOne = count ? unit.kind === 'count' && unit.of === count.of : unit.kind === 'choice'
  if (!isOne) {
    const instead = count ? `give a count of ${count.of}` : 'give a choice'
    problem(body, node, 'TB2001', `${unitName(unit)} as the key of a table`, instead)
    return false
  }
  if (count && unit.kind === 'count' && !isWithin(unit, count)) {
    const found = `a key that may lie anywhere from ${unit.min} to ${unit.max} in a table of ${count.min} to ${count.max}`
    problem(body, node, 'TB3005', found)
    return false
  }
  const missing = unit.kind === 'choice' ? unit.options.filter((option) => !by.includes(option)) : []
  if (missing.length > 0) {
    const instead = `the table has ${words(by)}; decide the others first`
    problem(body, node, 'TB2005', `a key that may be ${words(missing)}`, instead)
  }
  return missing.length === 0
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
  const isArithmetic = operator === '+' || operator === '-' || operator === '*'
  if (!isArithmetic && !isComparison(operator)) {
    return problem(body, node, 'TB1201', quote(body.source, node), findInstead(operator))
  }
  const left = readOperand(body, scope, node.left)
  const right = readOperand(body, scope, node.right)
  if (left === undefined || right === undefined) return undefined
  if (operator === '*') return multiply(body, node, left, right)
  return operator === '+' || operator === '-'
    ? addUp(body, scope, node, operator, left, right)
    : compare(body, node, operator, left, right)
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
