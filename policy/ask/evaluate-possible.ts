/** The rule's expressions over what is possible instead of what is. With everything known it comes to exactly what `decide` does. */
import type { Binary, Conditional, Expression, Inclusion, ItemReference, TableEntry } from '../ir.ts'
import { share } from '../language.ts'
import { isQuantity, type Unit } from '../units.ts'
import { narrow } from './narrow.ts'
import {
  type Days,
  EITHER,
  exactly,
  flags,
  join,
  mayBe,
  type Numbers,
  numbers,
  type Possible,
  possibleOfExpression,
} from './possible.ts'
import { combineDays, combineNumbers, compareEqual, isOrdered, moveDays } from './ranges.ts'
import { findFound, type Scene } from './scene.ts'
import { foldPossible, hasItemPossible, isListExpression, selectPossible } from './selections.ts'

/** What an expression may come to in a scene. */
export function evaluatePossible(scene: Scene, expression: Expression): Possible {
  const { slot } = expression
  const known = scene.taken.get(slot) ?? findFound(scene, slot)
  if (known !== undefined) return known
  const possible = withinUnit(compute(scene, expression), expression.unit)
  scene.found.set(slot, possible)
  return possible
}

/** The range that the reader has proved of a quantity may be narrower than what its parts allow. */
function withinUnit(possible: Possible, unit: Unit): Possible {
  if (possible.kind !== 'numbers' || !isQuantity(unit)) return possible
  const [min, max] = [Math.max(possible.min, unit.min), Math.min(possible.max, unit.max)]
  return min <= max ? { ...possible, min, max } : possible
}

/** Whether a condition may hold and may fail. Both where it looks at something absent that the path there excludes. */
export function evaluateFlag(scene: Scene, expression: Expression): { mayBeTrue: boolean; mayBeFalse: boolean } {
  const possible = evaluatePossible(scene, expression)
  const [mayBeTrue, mayBeFalse] = [mayBe(possible, true), mayBe(possible, false)]
  return mayBeTrue || mayBeFalse ? { mayBeTrue, mayBeFalse } : { mayBeTrue: true, mayBeFalse: true }
}

function compute(scene: Scene, expression: Expression): Possible {
  if (isListExpression(expression)) return selectPossible(scene, expression)
  switch (expression.op) {
    case 'literal':
      return exactly(expression.unit, expression.value)
    case 'fact':
      return defined(expression, scene.facts.get(expression.name))
    case 'value':
      return exactly(expression.unit, defined(expression, scene.values[expression.name]).value)
    case 'local':
      return evaluatePossible(sceneOf(scene, expression.of), defined(expression, scene.consts.get(expression.of)))
    case 'item':
      return readItem(scene, expression)
    case 'entry':
      return readEntry(scene, expression)
    case '!': {
      const { mayBeTrue, mayBeFalse } = evaluateFlag(scene, expression.of)
      return flags(mayBeFalse, mayBeTrue)
    }
    case '?:':
      return chooseSide(scene, expression)
    case 'share': {
      const [amount, rate] = [numbersOf(scene, expression.left), numbersOf(scene, expression.right)]
      const { rounding } = expression
      return numbers(share(amount.min, rate.min, rounding), share(amount.max, rate.max, rounding))
    }
    case 'includes':
      return includesWord(scene, expression)
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return foldPossible(scene, expression)
    case 'hasItem':
      return hasItemPossible(scene, expression)
    default:
      return computeBinary(scene, expression)
  }
}

/** The scene that a `const` belongs to: what stands before an item function is not looked at item by item. */
export function sceneOf(scene: Scene, slot: number): Scene {
  return scene.item !== undefined && slot < scene.item.firstSlot ? scene.item.around : scene
}

function computeBinary(scene: Scene, expression: Binary): Possible {
  const { op, left, right } = expression
  switch (op) {
    case '&&':
      return bothHold(scene, left, right)
    case '||':
      return eitherHolds(scene, left, right)
    case '===':
    case '!==':
      return compareEqual(op, evaluatePossible(scene, left), evaluatePossible(scene, right))
    case 'addMonths':
    case 'addDays':
      return moveDays(op, daysOf(scene, left), numbersOf(scene, right))
    case 'monthsBetween':
    case 'daysBetween':
      return combineDays(op, daysOf(scene, left), daysOf(scene, right))
    default:
      return left.unit.kind === 'date' || (left.unit.kind === 'optional' && left.unit.unit.kind === 'date')
        ? combineDays(op, daysOf(scene, left), daysOf(scene, right))
        : combineNumbers(op, numbersOf(scene, left), numbersOf(scene, right))
  }
}

/** The right side is looked at only where the left one holds, and so with what that proves. */
function bothHold(scene: Scene, left: Expression, right: Expression): Possible {
  const first = evaluateFlag(scene, left)
  if (!first.mayBeTrue) return flags(false, true)
  const narrowed = narrow(scene, left, true)
  if (narrowed === undefined) return flags(false, true)
  const second = evaluateFlag(narrowed, right)
  return flags(second.mayBeTrue, first.mayBeFalse || second.mayBeFalse)
}

function eitherHolds(scene: Scene, left: Expression, right: Expression): Possible {
  const first = evaluateFlag(scene, left)
  if (!first.mayBeFalse) return flags(true, false)
  const narrowed = narrow(scene, left, false)
  if (narrowed === undefined) return flags(true, false)
  const second = evaluateFlag(narrowed, right)
  return flags(first.mayBeTrue || second.mayBeTrue, second.mayBeFalse)
}

function chooseSide(scene: Scene, { condition, whenTrue, whenFalse }: Conditional): Possible {
  const { mayBeTrue, mayBeFalse } = evaluateFlag(scene, condition)
  const [ifTrue, ifFalse] = [mayBeTrue && narrow(scene, condition, true), mayBeFalse && narrow(scene, condition, false)]
  if (ifTrue && ifFalse) return join(evaluatePossible(ifTrue, whenTrue), evaluatePossible(ifFalse, whenFalse))
  return ifTrue ? evaluatePossible(ifTrue, whenTrue) : evaluatePossible(ifFalse || scene, whenFalse)
}

function readItem({ item }: Scene, expression: ItemReference): Possible {
  return defined(expression, item?.fields[expression.field ?? ''])
}

function readEntry(scene: Scene, expression: TableEntry): Possible {
  const { value } = defined(expression, scene.values[expression.name])
  const key = evaluatePossible(scene, expression.key)
  const entries = Object.entries(value).filter(([name]) =>
    key.kind === 'numbers' ? Number(name) >= key.min && Number(name) <= key.max : mayBe(key, name),
  )
  const [first, ...rest] = entries.map(([, entry]) => exactly(expression.unit, entry))
  return first === undefined ? possibleOfExpression(expression.unit) : rest.reduce(join, first)
}

function includesWord(scene: Scene, expression: Inclusion): Possible {
  const word = evaluatePossible(scene, expression.word)
  const options = wordsListed(scene, expression)
  if (word.kind !== 'words') return EITHER
  const asked = word.options.filter((option) => option !== null)
  const listed = asked.filter((option) => typeof option === 'string' && options.includes(option))
  return flags(listed.length > 0, listed.length < asked.length)
}

/** The words that an `includes` looks among. */
export function wordsListed(scene: Scene, { options }: Inclusion): readonly string[] {
  const listed = options.op === 'literal' ? options.value : defined(options, scene.values[options.name]).value
  return Array.isArray(listed) ? listed.filter((each) => typeof each === 'string') : []
}

/** Where only `null` is left, a path was supposed that the rule excludes; then anything of the unit is possible. */
export function numbersOf(scene: Scene, expression: Expression): Numbers {
  const possible = evaluatePossible(scene, expression)
  if (possible.kind === 'numbers') return possible
  const anything = possibleOfExpression(expression.unit)
  if (anything.kind !== 'numbers') throw mismatch(expression)
  return anything
}

function daysOf(scene: Scene, expression: Expression): Days {
  const possible = evaluatePossible(scene, expression)
  if (possible.kind === 'days') return possible
  const anything = possibleOfExpression(expression.unit)
  if (anything.kind !== 'days') throw mismatch(expression)
  return anything
}

/** A quantity or a day, by which items can be ordered. */
export function orderedOf(scene: Scene, expression: Expression): Numbers | Days {
  const possible = evaluatePossible(scene, expression)
  if (!isOrdered(possible)) throw mismatch(expression)
  return possible
}

/** What the IR promises to be there. */
export function defined<T>(expression: Expression, value: T | undefined): T {
  if (value === undefined) throw mismatch(expression)
  return value
}

function mismatch({ slot, op }: Expression): TypeError {
  return new TypeError(`slot ${slot} (${op}) of the IR has nothing to be read from`)
}
