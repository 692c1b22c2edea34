import type { Node } from 'acorn'
import type { ComparisonOperator, Expression } from '../ir.ts'
import { isQuantity, type QuantityUnit } from '../units.ts'
import { inRange, isExact, RANGE_OF, type Range, unitName } from './ranges.ts'
import { type BodyReading, placed, problem, words } from './reading.ts'
import { findGap, type Scope } from './scope.ts'
import { alike, isPlain } from './sides.ts'
import { quote } from './source.ts'

/** `left op right`, both in one unit; an order needs quantities or dates. */
export function compare(
  body: BodyReading,
  node: Node,
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

/** Operators whose two sides and result have one unit; a difference is bounded by what a condition has proved. */
export function addUp(
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
export function multiply(body: BodyReading, node: Node, left: Expression, right: Expression): Expression | undefined {
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
export function exactly(
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
