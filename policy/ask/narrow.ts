/** What a condition proves of the facts once a branch has been taken on it. */

import { addDays } from '../dates.ts'
import type { Binary, ComparisonOperator, Expression, Inclusion } from '../ir.ts'
import { evaluateFlag, evaluatePossible, wordsListed } from './evaluate-possible.ts'
import { flags, isSettled, mayBeNull, type Possible, words } from './possible.ts'
import { earlier, isOrdered, later, MIRRORED, OPPOSITES } from './ranges.ts'
import { type Scene, withFact, withField, withTaken } from './scene.ts'

/** The scene in which a condition has come to `holds`; undefined when it cannot. What it does not say of single facts is lost. */
export function narrow(scene: Scene, condition: Expression, holds: boolean): Scene | undefined {
  const { mayBeTrue, mayBeFalse } = evaluateFlag(scene, condition)
  if (!(holds ? mayBeTrue : mayBeFalse)) return undefined
  if (!(mayBeTrue && mayBeFalse)) return scene
  const taken = withTaken(scene, condition.slot, flags(holds, !holds))
  switch (condition.op) {
    case 'fact':
    case 'item':
      return narrowTo(taken, condition, flags(holds, !holds))
    case 'local':
      return narrowConst(taken, condition.of, holds)
    case '!':
      return narrow(taken, condition.of, !holds)
    case '&&':
      return narrowBoth(taken, condition, holds, true)
    case '||':
      return narrowBoth(taken, condition, holds, false)
    case '?:':
      return narrowSides(taken, condition, holds)
    case 'includes':
      return narrowWord(taken, condition, holds)
    case '===':
    case '!==':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return narrowCompared(taken, condition, holds ? condition.op : OPPOSITES[condition.op])
    default:
      return taken
  }
}

/** The scene in which an expression has come to one of several words, as in a `case`; undefined when it cannot. */
export function narrowToWords(
  scene: Scene,
  expression: Expression,
  options: readonly (string | boolean | null)[],
): Scene {
  return narrowTo(withTaken(scene, expression.slot, words(...options)), expression, words(...options))
}

/** A `const` of the body is narrowed by the condition that it names; one outside the item function only where it is not looked at per item. */
function narrowConst(scene: Scene, slot: number, holds: boolean): Scene | undefined {
  const is = scene.consts.get(slot)
  const isOutside = scene.item !== undefined && slot < scene.item.firstSlot
  return is === undefined || isOutside ? scene : narrow(scene, is, holds)
}

/** Of `a && b` that holds (`a || b` that fails) both sides are known; of its opposite, one side where the other is known. */
function narrowBoth(scene: Scene, { left, right }: Binary, holds: boolean, decides: boolean): Scene | undefined {
  const first = narrow(scene, left, decides)
  if (holds === decides) return first && narrow(first, right, decides)
  const left_ = evaluateFlag(scene, left)
  if (!(decides ? left_.mayBeFalse : left_.mayBeTrue)) return first && narrow(first, right, !decides)
  const second = first && evaluateFlag(first, right)
  const isRightKnown = second === undefined || !(decides ? second.mayBeFalse : second.mayBeTrue)
  return isRightKnown ? narrow(scene, left, !decides) : scene
}

function narrowSides(
  scene: Scene,
  { condition, whenTrue, whenFalse }: Extract<Expression, { op: '?:' }>,
  holds: boolean,
): Scene | undefined {
  const wanted = (side: Expression, taken: boolean) => {
    const there = narrow(scene, condition, taken)
    return there && narrow(there, side, holds)
  }
  const [ifTrue, ifFalse] = [wanted(whenTrue, true), wanted(whenFalse, false)]
  return ifTrue && ifFalse ? scene : (ifTrue ?? ifFalse)
}

function narrowWord(scene: Scene, expression: Inclusion, holds: boolean): Scene {
  const { word } = expression
  const possible = evaluatePossible(scene, word)
  if (possible.kind !== 'words') return scene
  const listed = wordsListed(scene, expression)
  const left = possible.options.filter((option) => typeof option === 'string' && listed.includes(option) === holds)
  return narrowTo(scene, word, words(...left))
}

function narrowCompared(scene: Scene, { left, right }: Binary, op: ComparisonOperator): Scene {
  const [a, b] = [evaluatePossible(scene, left), evaluatePossible(scene, right)]
  const first = narrowTo(scene, left, within(a, op, b))
  return narrowTo(first, right, within(b, MIRRORED[op], a))
}

/** What one side may still be when it stands in a relation to what the other may be. */
function within(possible: Possible, op: ComparisonOperator, other: Possible): Possible {
  if (op === '===') return equalTo(possible, other)
  if (op === '!==') return otherThan(possible, other)
  if (possible.kind === 'numbers' && other.kind === 'numbers') {
    const step = op === '<' || op === '>' ? 1 : 0
    const isBelow = op === '<' || op === '<='
    const bound = isBelow
      ? { max: Math.min(possible.max, other.max - step) }
      : { min: Math.max(possible.min, other.min + step) }
    return { ...possible, ...bound, orNull: false }
  }
  if (possible.kind === 'days' && other.kind === 'days') {
    const step = op === '<' ? -1 : op === '>' ? 1 : 0
    const isBelow = op === '<' || op === '<='
    const bound = isBelow
      ? { max: earlier(possible.max, addDays(other.max, step)) }
      : { min: later(possible.min, addDays(other.min, step)) }
    return { ...possible, ...bound, orNull: false }
  }
  return possible
}

function equalTo(possible: Possible, other: Possible): Possible {
  if (possible.kind === 'words') {
    return words(...possible.options.filter((option) => canEqual(other, option)))
  }
  if (other.kind === 'words' && other.options.every((option) => option === null)) return other
  const orNull = mayBeNull(possible) && mayBeNull(other)
  if (possible.kind === 'numbers' && other.kind === 'numbers') {
    return { ...possible, min: Math.max(possible.min, other.min), max: Math.min(possible.max, other.max), orNull }
  }
  if (possible.kind === 'days' && other.kind === 'days') {
    return { ...possible, min: later(possible.min, other.min), max: earlier(possible.max, other.max), orNull }
  }
  return possible.kind === 'text' && other.kind === 'words' ? other : possible
}

function canEqual(other: Possible, option: string | boolean | null): boolean {
  if (other.kind === 'words') return other.options.includes(option)
  return option === null ? mayBeNull(other) : !isOrdered(other)
}

/** Only a settled other side takes something away: its one word, `null`, or the end of a range. */
function otherThan(possible: Possible, other: Possible): Possible {
  if (!isSettled(other)) return possible
  if (possible.kind === 'words' && other.kind === 'words') {
    return words(...possible.options.filter((option) => option !== other.options[0]))
  }
  if (other.kind === 'words' && other.options[0] === null && 'orNull' in possible) return { ...possible, orNull: false }
  if (possible.kind !== 'numbers' || other.kind !== 'numbers') return possible
  const min = possible.min === other.min ? possible.min + 1 : possible.min
  const max = possible.max === other.min ? possible.max - 1 : possible.max
  return { ...possible, min, max }
}

/** Writes what is known of an expression back to the fact or the field that it reads. */
function narrowTo(scene: Scene, expression: Expression, possible: Possible): Scene {
  switch (expression.op) {
    case 'fact':
      return withFact(scene, expression.name, possible)
    case 'item':
      return scene.item === undefined ? scene : withField(scene, scene.item, expression.field ?? '', possible)
    case 'local': {
      const is = scene.consts.get(expression.of)
      const isOutside = scene.item !== undefined && expression.of < scene.item.firstSlot
      return is === undefined || isOutside ? scene : narrowTo(scene, is, possible)
    }
    default:
      return scene
  }
}
