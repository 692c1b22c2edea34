import type { Node } from 'acorn'
import type { Expression } from '../ir.ts'
import { isQuantity, type QuantityUnit, type Unit } from '../units.ts'
import { inRange, isSameQuantity, joinUnits, unitName } from './ranges.ts'
import { type BodyReading, problem } from './reading.ts'
import { quote } from './source.ts'

/** A number written in the source has no unit until the other side gives it one. */
export const PLAIN = ''

/** True for a written number that no other side has given a unit. */
export function isPlain(unit: Unit): boolean {
  return unit.kind === 'count' && unit.of === PLAIN
}

/** Both sides in one unit: a number or word written in the source takes the unit of the other side. */
export function alike(
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

/** True when a quantity has, or takes, the unit that is asked for; ranges do not count. */
export function hasUnit(expression: Expression, unit: Unit): boolean {
  if (isQuantity(expression.unit) && isQuantity(unit)) return isSameQuantity(expression.unit, unit)
  return expression.unit.kind === unit.kind
}
