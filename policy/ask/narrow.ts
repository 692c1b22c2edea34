/** What a condition proves of the facts once a branch has been taken on it. */
import type { Binary, ComparisonOperator, Conditional, Expression, Inclusion } from '../ir.ts'
import { MIRRORED, OPPOSITES, related } from '../possible/comparison.ts'
import { among } from '../possible/conditions.ts'
import { type Possible, wordsOf } from '../possible/possible.ts'
import { evaluateFlag, evaluatePossible, wordsListed } from './evaluate-possible.ts'
import { type Scene, withFact, withField, withTaken } from './scene.ts'

/** The scene in which a condition has come to `holds`; undefined when it cannot. What it does not say of single facts is lost. */
export function narrow(scene: Scene, condition: Expression, holds: boolean): Scene | undefined {
  const { mayBeTrue, mayBeFalse } = evaluateFlag(scene, condition)
  if (!(holds ? mayBeTrue : mayBeFalse)) return undefined
  if (!(mayBeTrue && mayBeFalse)) return scene
  const taken = withTaken(scene, condition.slot, wordsOf([holds]))
  switch (condition.op) {
    case 'fact':
    case 'item':
      return narrowTo(taken, condition, wordsOf([holds]))
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

/** The scene in which an expression has come to one of several words, as in a `case`. */
export function narrowToWords(scene: Scene, expression: Expression, options: readonly string[]): Scene {
  const words = wordsOf(options)
  return narrowTo(withTaken(scene, expression.slot, words), expression, words)
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
  const onLeft = evaluateFlag(scene, left)
  if (!(decides ? onLeft.mayBeFalse : onLeft.mayBeTrue)) return first && narrow(first, right, !decides)
  const second = first && evaluateFlag(first, right)
  const isRightKnown = second === undefined || !(decides ? second.mayBeFalse : second.mayBeTrue)
  return isRightKnown ? narrow(scene, left, !decides) : scene
}

function narrowSides(scene: Scene, { condition, whenTrue, whenFalse }: Conditional, holds: boolean): Scene | undefined {
  const wanted = (side: Expression, taken: boolean) => {
    const there = narrow(scene, condition, taken)
    return there && narrow(there, side, holds)
  }
  const [ifTrue, ifFalse] = [wanted(whenTrue, true), wanted(whenFalse, false)]
  return ifTrue && ifFalse ? scene : (ifTrue ?? ifFalse)
}

function narrowWord(scene: Scene, expression: Inclusion, holds: boolean): Scene | undefined {
  const { word } = expression
  const wanted = among(evaluatePossible(scene, word), wordsListed(scene, expression), holds)
  return wanted && narrowTo(scene, word, wanted)
}

function narrowCompared(scene: Scene, { left, right }: Binary, op: ComparisonOperator): Scene | undefined {
  const [a, b] = [evaluatePossible(scene, left), evaluatePossible(scene, right)]
  const [wantedLeft, wantedRight] = [related(a, op, b), related(b, MIRRORED[op], a)]
  return wantedLeft && wantedRight && narrowTo(narrowTo(scene, left, wantedLeft), right, wantedRight)
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
