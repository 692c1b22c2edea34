/** The rule's expressions over what is possible instead of what is. With everything known it comes to exactly what `decide` does. */
import type { Binary, Conditional, Expression, Inclusion, Share } from '../ir.ts'
import { findRangeOperator } from '../possible/arithmetic.ts'
import { compare, isComparison } from '../possible/comparison.ts'
import { connected, entryOf, inclusion, negated } from '../possible/conditions.ts'
import {
  canBe,
  joinAny,
  meet,
  type Possible,
  possibleOfContent,
  possibleOfUnit,
  rangeIn,
  rangeOf,
} from '../possible/possible.ts'
import { isWithin, type Range } from '../reader/ranges.ts'
import { isQuantity, type Unit } from '../units.ts'
import { isSelection } from '../walk.ts'
import { narrow } from './narrow.ts'
import { type Evaluated, isScalar } from './possible-lists.ts'
import { findFound, type Scene } from './scene.ts'
import { foldPossible, hasItemPossible, selectPossible } from './selections.ts'

/** What an expression may come to in a scene, a list or a selection too. */
export function evaluateAny(scene: Scene, expression: Expression): Evaluated {
  const { slot, unit } = expression
  const known = scene.taken.get(slot) ?? findFound(scene, slot)
  if (known !== undefined) return known
  const found = withinUnit(compute(scene, expression), unit)
  scene.found.set(slot, found)
  return found
}

/** What an expression that is no list may come to in a scene. */
export function evaluatePossible(scene: Scene, expression: Expression): Possible {
  const found = evaluateAny(scene, expression)
  if (!isScalar(found)) throw mismatch(expression)
  return found
}

/**
 * The range that the reader has proved of a quantity may be narrower than what its parts allow. Where nothing can be, a path was supposed that
 * the rule excludes; there anything of the unit is possible.
 */
function withinUnit(found: Evaluated | undefined, unit: Unit): Evaluated {
  if (found === undefined) return possibleOfUnit(unit)
  if (!isQuantity(unit) || found.kind !== 'range' || (isWithin(found, unit) && !found.absent)) return found
  return meet(found, rangeOf(unit)) ?? found
}

/** Whether a condition may hold and may fail. Both where it looks at something absent that the path there excludes. */
export function evaluateFlag(scene: Scene, expression: Expression): { mayBeTrue: boolean; mayBeFalse: boolean } {
  const possible = evaluatePossible(scene, expression)
  const [mayBeTrue, mayBeFalse] = [canBe(possible, true), canBe(possible, false)]
  return mayBeTrue || mayBeFalse ? { mayBeTrue, mayBeFalse } : { mayBeTrue: true, mayBeFalse: true }
}

function compute(scene: Scene, expression: Expression): Evaluated | undefined {
  if (isSelection(expression)) return selectPossible(scene, expression)
  switch (expression.op) {
    case 'literal':
      return possibleOfContent(expression.value, expression.unit)
    case 'fact':
      return defined(expression, scene.facts.get(expression.name))
    case 'value':
      return possibleOfContent(defined(expression, scene.values[expression.name]).value, expression.unit)
    case 'local':
      return evaluateAny(sceneOf(scene, expression.of), defined(expression, scene.consts.get(expression.of)))
    case 'item':
      return defined(expression, scene.item?.fields[expression.field ?? ''])
    case 'entry': {
      const table = defined(expression, scene.values[expression.name]).value
      return entryOf(table, evaluatePossible(scene, expression.key), expression.unit)
    }
    case '!':
      return negated(evaluatePossible(scene, expression.of))
    case '?:':
      return chooseSide(scene, expression)
    case 'includes':
      return inclusion(evaluatePossible(scene, expression.word), wordsListed(scene, expression))
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return foldPossible(scene, expression)
    case 'hasItem':
      return hasItemPossible(scene, expression)
    default:
      return computeSides(scene, expression)
  }
}

/** The scene that a `const` belongs to: what stands before an item function is not looked at item by item. */
export function sceneOf(scene: Scene, slot: number): Scene {
  return scene.item !== undefined && slot < scene.item.firstSlot ? scene.item.around : scene
}

function computeSides(scene: Scene, node: Binary | Share): Possible | undefined {
  const { op, left, right } = node
  const first = evaluatePossible(scene, left)
  if (op === '&&' || op === '||') {
    // The right side is looked at only where the left one does not decide, and so with what that proves.
    const after = narrow(scene, left, op === '&&')
    return connected(op, first, after && evaluatePossible(after, right))
  }
  const second = evaluatePossible(scene, right)
  if (isComparison(op)) return compare(op, first, second)
  const [a, b] = [rangeIn(first), rangeIn(second)]
  return a && b && rangeOf(defined(node, findRangeOperator(node)).of(a, b))
}

function chooseSide(scene: Scene, { condition, whenTrue, whenFalse }: Conditional): Possible | undefined {
  const [ifTrue, ifFalse] = [narrow(scene, condition, true), narrow(scene, condition, false)]
  return joinAny(ifTrue && evaluatePossible(ifTrue, whenTrue), ifFalse && evaluatePossible(ifFalse, whenFalse))
}

/** The words that an `includes` looks among. */
export function wordsListed(scene: Scene, { options }: Inclusion): readonly string[] {
  const listed = options.op === 'literal' ? options.value : defined(options, scene.values[options.name]).value
  return Array.isArray(listed) ? listed.filter((each) => typeof each === 'string') : []
}

/** The numbers, or days, that an expression may come to; all of its unit where only `null` is left. */
export function rangeAt(scene: Scene, expression: Expression): Range {
  const possible = evaluatePossible(scene, expression)
  return defined(expression, rangeIn(possible) ?? rangeIn(possibleOfUnit(expression.unit)))
}

/** What the IR promises to be there. */
export function defined<T>(expression: Expression, value: T | undefined): T {
  if (value === undefined) throw mismatch(expression)
  return value
}

function mismatch({ slot, op }: Expression): TypeError {
  return new TypeError(`slot ${slot} (${op}) of the IR has nothing to be read from`)
}
