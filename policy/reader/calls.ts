import type { AnyNode, CallExpression } from 'acorn'
import type { Expression, Literal, ValueReference } from '../ir.ts'
import { type Rounding, share } from '../language.ts'
import type { ListUnit, RateUnit } from '../units.ts'
import { readString } from './declarations.ts'
import { readExpression, readOperand } from './expressions.ts'
import { readFilter, readFirst, readListOperation, readMembership, readSort } from './lists.ts'
import { addUp, exactly } from './operators.ts'
import { findInstead } from './problems.ts'
import { isExact, type Range, unitName } from './ranges.ts'
import { type BodyReading, placed, problem, words } from './reading.ts'
import type { Scope } from './scope.ts'
import { adapt } from './sides.ts'
import { quote } from './source.ts'

/** Dates move by at most these many months or days at a time. */
const SHIFT_MAX = { addMonths: 1_200, addDays: 36_600 } as const

/** No two dates that can be written are further apart than this. */
const DISTANCE_MAX = { monthsBetween: 120_000, daysBetween: 3_660_000 } as const

/** Reads a call of a word of the language. */
export function readCall(body: BodyReading, scope: Scope, node: CallExpression): Expression | undefined {
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
    case 'filterOf':
      return readFilter(body, scope, node)
    case 'sortOf':
      return readSort(body, scope, node)
    case 'firstOf':
      return readFirst(body, scope, node)
    case 'hasItem':
      return readMembership(body, scope, node)
    default:
      return unknownCall(body, node)
  }
}

function unknownCall(body: BodyReading, { callee }: CallExpression): undefined {
  const called = body.source.text.slice(callee.start, callee.end)
  const method = callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : ''
  const instead = findInstead(called) ?? findInstead(`.${method}`)
  return problem(body, callee, 'TB1205', `a call of ${quote(body.source, callee)}`, instead)
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
  const range = shareRange(amount.unit, rate.unit, rounding)
  return exactly(body, node, range, amount.unit, (unit) => ({
    op: 'share',
    left: amount,
    right: rate,
    rounding,
    ...placed(body, node, unit),
  }))
}

/** From the share of the least to that of the greatest; a rate so large that an intermediate product is inexact counts as unbounded. */
function shareRange(amount: Range, rate: RateUnit, rounding: Rounding): Range {
  const ppm = 1_000_000
  const isProductExact = isExact({ min: 0, max: rate.max * ppm + ppm })
  return {
    min: share(amount.min, rate.min, rounding),
    max: isProductExact ? share(amount.max, rate.max, rounding) : Number.POSITIVE_INFINITY,
  }
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
