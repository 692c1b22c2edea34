/**
 * A query computes every named expression for every row, also where the rule would not have come that far and no condition has proved
 * anything. These are the ranges that hold even there, so that no row can make a 64-bit number overflow and fail the whole query.
 */
import type { Expression, ItemReference, PolicyBody } from '../ir.ts'
import { isWithin, RANGE_OF, type Range, union } from '../reader/ranges.ts'
import { isQuantity, type Unit } from '../units.ts'

/** What 64 bits hold, less what a double rounds away at that size. */
const BIGINT: Range = { min: -9e18, max: 9e18 }
/** Months and days by which both databases can move any date of a fact. */
const SHIFT: Range = { min: -40_000, max: 40_000 }
/** What the place of an element in a list may be in PostgreSQL. */
const SUBSCRIPT: Range = { min: -2_147_483_000, max: 2_147_483_000 }
const NOTHING: Range = { min: 0, max: 0 }
const PPM_PER_WHOLE = 1_000_000

/** The free ranges of a body's quantities: what each may be on any row, whether or not the rule comes to it there. */
export class FreeRanges {
  readonly #body: PolicyBody
  readonly #known = new Map<number, Range>()

  constructor(body: PolicyBody) {
    this.#body = body
  }

  /** The range of a quantity; of anything else, nothing. A `const` must have been asked for before what refers to it. */
  of(expression: Expression): Range {
    const found = this.#known.get(expression.slot)
    if (found !== undefined) return found
    const range = this.#compute(expression)
    this.#known.set(expression.slot, range)
    return range
  }

  /**
   * True when an operand must be held to the range that the reader has proved for it: without that the operation could leave the 64 bits.
   * Where the rule comes to the operation, holding changes nothing.
   */
  mustHold(operation: Expression, operand: Expression): boolean {
    if (!isQuantity(operand.unit) || isWithin(this.of(operand), operand.unit)) return false
    const { reach, limit } = reachOf(operation, (each) => this.of(each))
    return !isWithin(reach, limit)
  }

  /** True when a quantity can be the place of an element on any row. */
  isSubscript(expression: Expression): boolean {
    return isWithin(this.of(expression), SUBSCRIPT)
  }

  /** The range of an operand as the operation takes it. */
  taken(operation: Expression, operand: Expression): Range {
    return this.mustHold(operation, operand) ? quantityRange(operand.unit) : this.of(operand)
  }

  #compute(expression: Expression): Range {
    switch (expression.op) {
      case 'local':
        return this.#known.get(expression.of) ?? NOTHING
      case 'fact':
        return quantityRange(this.#body.facts[expression.name])
      case 'item':
        return quantityRange(this.#itemUnit(expression))
      case 'value':
      case 'entry':
        return quantityRange(this.#body.values[expression.name])
      default:
        return operate(expression, (operand) => this.taken(expression, operand))
    }
  }

  #itemUnit({ list, field }: ItemReference): Unit | undefined {
    const unit = this.#body.facts[list]
    if (unit?.kind !== 'list') return undefined
    return unit.item.kind === 'record' && field !== undefined ? unit.item.fields[field] : unit.item
  }
}

/** True when an amount times a rate, before it is divided, may leave the 64 bits. */
export function isWide(amount: Range, rate: Range): boolean {
  const { min, max } = RANGE_OF['*'](amount, rate)
  return !isWithin({ min: min - PPM_PER_WHOLE, max: max + PPM_PER_WHOLE }, BIGINT)
}

/** What an operation must not leave, and how far it may come with operands of these ranges. */
function reachOf(operation: Expression, range: (operand: Expression) => Range): { reach: Range; limit: Range } {
  switch (operation.op) {
    case 'addMonths':
    case 'addDays':
      return { reach: range(operation.right), limit: SHIFT }
    case 'entry':
      return { reach: range(operation.key), limit: SUBSCRIPT }
    default:
      return { reach: operate(operation, range), limit: BIGINT }
  }
}

/** The range of a result, from those of the operands. */
function operate(expression: Expression, range: (operand: Expression) => Range): Range {
  switch (expression.op) {
    case '+':
    case '-':
    case '*':
    case 'min':
    case 'max':
      return RANGE_OF[expression.op](range(expression.left), range(expression.right))
    case 'share': {
      const { min, max } = RANGE_OF['*'](range(expression.left), range(expression.right))
      return { min: min / PPM_PER_WHOLE - 1, max: max / PPM_PER_WHOLE + 1 }
    }
    case '?:':
      return union(range(expression.whenTrue), range(expression.whenFalse))
    case 'sumOf': {
      const { min, max } = range(expression.each)
      const itemsMax = expression.list.unit.kind === 'list' ? expression.list.unit.max : 0
      return { min: Math.min(0, min * itemsMax), max: Math.max(0, max * itemsMax) }
    }
    default:
      return quantityRange(expression.unit)
  }
}

function quantityRange(unit: Unit | undefined): Range {
  if (unit === undefined) return NOTHING
  if (unit.kind === 'optional' || unit.kind === 'keyed') return quantityRange(unit.unit)
  return isQuantity(unit) ? unit : NOTHING
}
