import type { Binary, ComparisonOperator, Expression } from '../ir.ts'
import { type ChoiceUnit, isQuantity, type ListUnit, type Unit } from '../units.ts'
import { inRange, intersection, type Range } from './ranges.ts'

/** What can be named at one place of a body, and what the conditions on the way there have proved. */
export interface Scope {
  readonly locals: ReadonlyMap<string, Expression>
  /** Names whose `const` could not be read; the problem is noted there, not at each use. */
  readonly unread: ReadonlySet<string>
  /** The parameter of the list operation that is being read. */
  readonly item?: { readonly name: string; readonly list: string; readonly unit: ListUnit['item'] }
  /** Units sharper than the declared ones, by path: not null any more, fewer words, a smaller range. */
  readonly proved: ReadonlyMap<string, Unit>
  /** The least that one thing exceeds another by, under `gapKey(greater, lesser)`. */
  readonly gaps: ReadonlyMap<string, number>
}

/** Nothing is known yet: where a body begins. */
export const EMPTY_SCOPE: Scope = { locals: new Map(), unread: new Set(), proved: new Map(), gaps: new Map() }

/** The least proved value of `greater - lesser`; undefined when neither a condition nor how they are made compares the two. */
export function findGap(scope: Scope, greater: Expression, lesser: Expression): number | undefined {
  const key = gapKey(greater, lesser)
  const gap = key === undefined ? undefined : scope.gaps.get(key)
  return gap ?? (isAtMost(scope, lesser, greater) ? 0 : undefined)
}

const WHOLE_PPM = 1_000_000

/** True when `lesser` is made so that it cannot exceed `greater`: a share of it, the lesser of it and something else. */
function isAtMost(scope: Scope, lesser: Expression, greater: Expression): boolean {
  const [made, other] = [madeOf(scope, lesser), madeOf(scope, greater)]
  const path = pathOf(made)
  if (made === other || (path !== undefined && path === pathOf(other))) return true
  if (other.op === 'max' && [other.left, other.right].some((side) => isAtMost(scope, lesser, side))) return true
  switch (made.op) {
    case 'min':
      return isAtMost(scope, made.left, greater) || isAtMost(scope, made.right, greater)
    case 'share':
      return made.right.unit.kind === 'rate' && made.right.unit.max <= WHOLE_PPM && isAtMost(scope, made.left, greater)
    case '?:':
      return isAtMost(scope, made.whenTrue, greater) && isAtMost(scope, made.whenFalse, greater)
    default:
      return made.op === 'literal' && made.value === 0 && isQuantity(greater.unit) && greater.unit.min >= 0
  }
}

/** What a name stands for, or the expression itself. */
function madeOf(scope: Scope, expression: Expression): Expression {
  const is = expression.op === 'local' ? scope.locals.get(expression.name) : undefined
  return is === undefined ? expression : madeOf(scope, is)
}

function gapKey(greater: Expression, lesser: Expression): string | undefined {
  const [above, below] = [pathOf(greater), pathOf(lesser)]
  return above === undefined || below === undefined ? undefined : `${above} - ${below}`
}

/** The scope after `const name = is`. */
export function withLocal(scope: Scope, name: string, is: Expression): Scope {
  return { ...scope, locals: new Map(scope.locals).set(name, is) }
}

/** The scope after a `const` that could not be read. */
export function withUnread(scope: Scope, name: string): Scope {
  return { ...scope, unread: new Set(scope.unread).add(name) }
}

/** The name under which something is proved of an expression; undefined for a computed one. */
export function pathOf(expression: Expression): string | undefined {
  switch (expression.op) {
    case 'fact':
    case 'value':
      return `${expression.op}.${expression.name}`
    case 'local':
      // By slot: another `const` of the same name, in another branch, is another thing.
      return `local.${expression.of}`
    case 'item':
      return `item.${expression.field ?? ''}`
    default:
      return undefined
  }
}

/** The scope where the condition is known to have come out as `holds`. */
export function narrow(scope: Scope, condition: Expression, holds: boolean): Scope {
  switch (condition.op) {
    case '!':
      return narrow(scope, condition.of, !holds)
    case '&&':
    case '||':
      // Both sides are known only when an `and` held or an `or` did not.
      return holds === (condition.op === '&&')
        ? narrow(narrow(scope, condition.left, holds), condition.right, holds)
        : scope
    case 'local': {
      const is = scope.locals.get(condition.name)
      return is === undefined ? scope : narrow(scope, is, holds)
    }
    case '===':
    case '!==':
      return narrowEqual(scope, condition, holds === (condition.op === '==='))
    case '<':
    case '<=':
    case '>':
    case '>=':
      return narrowOrdered(scope, condition.left, holds ? condition.op : OPPOSITE[condition.op], condition.right)
    case 'includes':
      return condition.options.op === 'literal' && Array.isArray(condition.options.value)
        ? narrowWords(scope, condition.word, condition.options.value, holds)
        : scope
    default:
      return scope
  }
}

type OrderOperator = Exclude<ComparisonOperator, '===' | '!=='>

const OPPOSITE: Readonly<Record<OrderOperator, OrderOperator>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' }

function prove(scope: Scope, expression: Expression, unit: Unit): Scope {
  const path = pathOf(expression)
  return path === undefined ? scope : { ...scope, proved: new Map(scope.proved).set(path, unit) }
}

function narrowEqual(scope: Scope, { left, right }: Binary, equal: boolean): Scope {
  if (left.unit.kind === 'optional') return equal ? scope : prove(scope, left, left.unit.unit)
  if (left.unit.kind === 'choice' && right.unit.kind === 'choice') {
    const [word, literal] = left.op === 'literal' ? [right, left] : [left, right]
    return literal.op === 'literal' ? narrowWords(scope, word, [String(literal.value)], equal) : scope
  }
  if (!isQuantity(left.unit) || !isQuantity(right.unit)) return scope
  if (!equal) return proveOther(proveOther(scope, left, right.unit), right, left.unit)
  const both = intersection(left.unit, right.unit)
  return both === undefined ? scope : proveRange(proveRange(scope, left, both), right, both)
}

/** A quantity that is not the only number of `other` is beyond it, where that number is its least or its greatest. */
function proveOther(scope: Scope, expression: Expression, other: Range): Scope {
  const { unit } = expression
  if (other.min !== other.max || !isQuantity(unit)) return scope
  const min = unit.min === other.min ? unit.min + 1 : unit.min
  const max = unit.max === other.max ? unit.max - 1 : unit.max
  return min > max ? scope : proveRange(scope, expression, { min, max })
}

/** Leaves the words among `words` when `among`, the others when not. */
export function narrowWords(scope: Scope, expression: Expression, words: readonly string[], among: boolean): Scope {
  if (expression.unit.kind !== 'choice') return scope
  const options = expression.unit.options.filter((option) => words.includes(option) === among)
  const unit: ChoiceUnit = { kind: 'choice', options }
  return options.length === 0 ? scope : prove(scope, expression, unit)
}

function narrowOrdered(scope: Scope, left: Expression, op: OrderOperator, right: Expression): Scope {
  if (op === '>' || op === '>=') return narrowOrdered(scope, right, op === '>' ? '<' : '<=', left)
  if (!isQuantity(left.unit) || !isQuantity(right.unit)) return scope
  const gap = op === '<' ? 1 : 0
  const lower = intersection(left.unit, { min: Number.NEGATIVE_INFINITY, max: right.unit.max - gap })
  const upper = intersection(right.unit, { min: left.unit.min + gap, max: Number.POSITIVE_INFINITY })
  return proveRange(proveRange(proveGap(scope, right, left, gap), left, lower), right, upper)
}

function proveGap(scope: Scope, greater: Expression, lesser: Expression, gap: number): Scope {
  const key = gapKey(greater, lesser)
  return key === undefined ? scope : { ...scope, gaps: new Map(scope.gaps).set(key, gap) }
}

function proveRange(scope: Scope, expression: Expression, range: Range | undefined): Scope {
  return range === undefined || !isQuantity(expression.unit)
    ? scope
    : prove(scope, expression, inRange(expression.unit, range))
}
