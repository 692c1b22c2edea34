/**
 * What a body computes, as terms: a graph without statements or branches. Everything is computed for every row, and flags say what counts; so
 * the same graph can be run one row at a time or sixteen side by side. Equal terms are one term. A term of a row for which it does not
 * count may be any number, but never stops the kernel.
 */
import type { Rounding } from '../../language.ts'
import type { Column } from '../columns.ts'
import type { ValueTable } from './value-tables.ts'

/** A closed interval of whole numbers. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** The items that something is done with, one by one: all those of a list, or the first `count` of those whose places stand in an array. */
export interface ItemSource {
  readonly id: number
  /** The fact that is the list. */
  readonly list: string
  /** The most items that the list may have. */
  readonly listMax: number
  /** The array of places; absent when the items are taken in the order of the list. */
  readonly array?: PlaceArray
  /** How many items, a term of the row. */
  readonly count: Term
  readonly countMax: number
}

/** Scratch memory for places of items in their list, at most `length` of them. */
export interface PlaceArray {
  readonly id: number
  readonly length: number
}

/** Operators of two numbers, or of two flags. */
export type PairOperator = 'and' | 'or' | 'eq' | 'lt' | 'le' | 'add' | 'sub' | 'mul' | 'min' | 'max'
export type CalendarOperator = 'addMonths' | 'monthsBetween'

/** How a term comes about. */
export type Operation =
  | { readonly op: 'constant'; readonly value: number }
  /** An element of a column of the row, or of the item that is looked at. */
  | { readonly op: 'column'; readonly column: Column }
  /** A value of law; the key is its place in the table, absent where the table has one entry. */
  | { readonly op: 'lookup'; readonly table: ValueTable; readonly key?: Term }
  /** The flag that a number other than 0 stands for. */
  | { readonly op: 'truth'; readonly of: Term }
  | { readonly op: 'not'; readonly of: Term }
  | { readonly op: PairOperator; readonly left: Term; readonly right: Term }
  | { readonly op: CalendarOperator; readonly left: Term; readonly right: Term }
  /** `share` of `language.ts`; `whole` is what the rate counts as all of the amount. */
  | {
      readonly op: 'share'
      readonly left: Term
      readonly right: Term
      readonly rounding: Rounding
      readonly whole: number
    }
  | { readonly op: 'select'; readonly condition: Term; readonly whenTrue: Term; readonly whenFalse: Term }
  /** Items of a list in the row. */
  | { readonly op: 'length'; readonly list: string }
  /** The sum of a number, or the count of a flag, over items. */
  | { readonly op: 'fold'; readonly source: ItemSource; readonly each: Term }
  /** How many items satisfy the condition `each`; their places are written to the array in the order of a key. */
  | {
      readonly op: 'sort'
      readonly source: ItemSource
      readonly each: Term
      readonly key: Term
      readonly array: PlaceArray
      readonly isDescending: boolean
    }
  /** Marks the items that satisfy the condition, so that `isMarked` can tell wherever else they are met; as a number always 0. */
  | { readonly op: 'mark'; readonly source: ItemSource; readonly each: Term }
  | { readonly op: 'isMarked'; readonly mark: Term }
  /** The place in its list of the item that is looked at. */
  | { readonly op: 'place'; readonly list: string }
  /** How many items that satisfy a condition have come before it in the pass. */
  | { readonly op: 'rank'; readonly among: ItemSource; readonly each: Term }

/** What is known of a number or flag. */
interface Known {
  readonly isFlag: boolean
  /** What it may be where it counts; of a flag 0 to 1. */
  readonly range: Range
  /** The list of whose items it is a term, whoever goes through them; absent for a term of the row. */
  readonly per?: string
  /** The only items in a pass over which it can be computed: for what depends on their order. */
  readonly within?: ItemSource
  /** How many passes over items must be done before it can be computed. */
  readonly level: number
}

/** A number or flag that a body computes. */
export type Term = Operation & Known & { readonly id: number }

/** Terms of one operator, or of several that are alike. */
export type TermOf<Op extends Operation['op']> = Extract<Term, { op: Op }>

const FLAG: Range = { min: 0, max: 1 }

/** Makes terms, each only once, simplified where that takes no thought. */
export class Terms {
  readonly yes: Term
  readonly no: Term
  readonly #known = new Map<string, Term>()

  constructor() {
    this.yes = this.#make({ op: 'constant', value: 1 }, { isFlag: true, range: { min: 1, max: 1 } })
    this.no = this.#make({ op: 'constant', value: 0 }, { isFlag: true, range: { min: 0, max: 0 } })
  }

  constant(value: number): Term {
    return this.#make({ op: 'constant', value }, { range: { min: value, max: value } })
  }

  column(column: Column, range: Range): Term {
    const per = column.list === undefined ? {} : { per: column.list }
    return this.#make({ op: 'column', column }, { range, ...per })
  }

  lookup(table: ValueTable, range: Range, key?: Term): Term {
    return this.#make({ op: 'lookup', table, ...(key && { key }) }, { range })
  }

  truth(of: Term): Term {
    return this.#make({ op: 'truth', of }, { isFlag: true, range: FLAG })
  }

  not(of: Term): Term {
    if (of === this.yes) return this.no
    if (of === this.no) return this.yes
    return of.op === 'not' ? of.of : this.#make({ op: 'not', of }, { isFlag: true, range: FLAG })
  }

  and(left: Term, right: Term): Term {
    if (left === this.yes || left === right) return right
    if (right === this.yes) return left
    return left === this.no || right === this.no ? this.no : this.#flags('and', left, right)
  }

  or(left: Term, right: Term): Term {
    if (left === this.no || left === right) return right
    if (right === this.no) return left
    return left === this.yes || right === this.yes ? this.yes : this.#flags('or', left, right)
  }

  /** Equality of two numbers, or of two flags. */
  equal(left: Term, right: Term): Term {
    if (left === right) return this.yes
    if (left.isFlag) return this.or(this.and(left, right), this.and(this.not(left), this.not(right)))
    if (left.range.max < right.range.min || left.range.min > right.range.max) return this.no
    if (left.op === 'constant' && right.op === 'constant') return left.value === right.value ? this.yes : this.no
    return this.#flags('eq', left, right)
  }

  less(left: Term, right: Term): Term {
    return this.#flags('lt', left, right)
  }

  lessOrEqual(left: Term, right: Term): Term {
    return this.#flags('le', left, right)
  }

  /** An operator of numbers, with the range that is known of what it gives. */
  pair(op: 'add' | 'sub' | 'mul' | 'min' | 'max' | CalendarOperator, left: Term, right: Term, range: Range): Term {
    return this.#make({ op, left, right }, { range })
  }

  share(left: Term, right: Term, rounding: Rounding, whole: number, range: Range): Term {
    return this.#make({ op: 'share', left, right, rounding, whole }, { range })
  }

  /**
   * One of two numbers or two flags. Of two shares of one amount the rate is selected instead of the result: a share costs more than all
   * else.
   */
  select(condition: Term, whenTrue: Term, whenFalse: Term): Term {
    if (whenTrue === whenFalse || condition === this.yes) return whenTrue
    if (condition === this.no) return whenFalse
    if (condition.op === 'not') return this.select(condition.of, whenFalse, whenTrue)
    if (whenTrue.isFlag) {
      return this.or(this.and(condition, whenTrue), this.and(this.not(condition), whenFalse))
    }
    const range = joined(whenTrue.range, whenFalse.range)
    if (whenTrue.op === 'share' && whenFalse.op === 'share' && isSameButRate(whenTrue, whenFalse)) {
      const rate = this.select(condition, whenTrue.right, whenFalse.right)
      return this.share(whenTrue.left, rate, whenTrue.rounding, whenTrue.whole, range)
    }
    return this.#make({ op: 'select', condition, whenTrue, whenFalse }, { range })
  }

  length(list: string, max: number): Term {
    return this.#make({ op: 'length', list }, { range: { min: 0, max } })
  }

  fold(source: ItemSource, each: Term, range: Range): Term {
    if (each === this.yes) return source.count
    return this.#make({ op: 'fold', source, each }, { range })
  }

  sort(source: ItemSource, each: Term, key: Term, isDescending: boolean, array: PlaceArray): Term {
    const range = { min: 0, max: source.countMax }
    return this.#make({ op: 'sort', source, each, key, isDescending, array }, { range })
  }

  /** The place in its list of the item that is looked at. */
  place(list: string, max: number): Term {
    return this.#make({ op: 'place', list }, { range: { min: 0, max }, per: list })
  }

  rank(among: ItemSource, each: Term): Term {
    const range = { min: 0, max: among.countMax }
    return this.#make({ op: 'rank', among, each }, { range, per: among.list, within: among })
  }

  /** Whether the item that is looked at is one of those of a source that satisfy a condition. */
  isMarked(source: ItemSource, each: Term): Term {
    const mark = this.#make({ op: 'mark', source, each }, { range: { min: 0, max: 0 } })
    return this.#make({ op: 'isMarked', mark }, { isFlag: true, range: FLAG, per: source.list })
  }

  #flags(op: 'and' | 'or' | 'eq' | 'lt' | 'le', left: Term, right: Term): Term {
    return this.#make({ op, left, right }, { isFlag: true, range: FLAG })
  }

  #make(operation: Operation, known: Partial<Known> & Pick<Known, 'range'>): Term {
    const key = keyOf(operation, known.isFlag ?? false, known.range)
    const old = this.#known.get(key)
    if (old !== undefined) return old
    const operands = operandsOf(operation)
    const isPass = 'source' in operation
    const per = isPass ? undefined : operands.find((operand) => operand.per !== undefined)?.per
    const within = operands.find((operand) => operand.within !== undefined)?.within
    if (isPass && within !== undefined && within !== operation.source) throw new TypeError('an order of other items')
    // A pass over items is done after everything that it looks at.
    const level = Math.max(0, ...operands.map((operand) => operand.level)) + (isPass ? 1 : 0)
    const term = {
      ...operation,
      ...(per === undefined ? {} : { per }),
      ...(isPass || within === undefined ? {} : { within }),
      level,
      isFlag: false,
      ...known,
      id: this.#known.size,
    }
    this.#known.set(key, term)
    return term
  }
}

function isSameButRate(a: TermOf<'share'>, b: TermOf<'share'>): boolean {
  return a.left === b.left && a.rounding === b.rounding && a.whole === b.whole
}

/** The terms that an operation is made of. */
export function operandsOf(operation: Operation): readonly Term[] {
  switch (operation.op) {
    case 'constant':
    case 'length':
    case 'column':
    case 'place':
      return []
    case 'lookup':
      return operation.key === undefined ? [] : [operation.key]
    case 'truth':
    case 'not':
      return [operation.of]
    case 'select':
      return [operation.condition, operation.whenTrue, operation.whenFalse]
    case 'fold':
    case 'mark':
      return [operation.source.count, operation.each]
    case 'rank':
      return [operation.among.count, operation.each]
    case 'sort':
      return [operation.source.count, operation.each, operation.key]
    case 'isMarked':
      return [operation.mark]
    default:
      return [operation.left, operation.right]
  }
}

function keyOf(operation: Operation, isFlag: boolean, { min, max }: Range): string {
  const parts: (string | number | undefined)[] = [operation.op, isFlag ? 'flag' : '', min, max]
  for (const operand of operandsOf(operation)) parts.push(operand.id)
  if ('source' in operation) parts.push('source', operation.source.id)
  switch (operation.op) {
    case 'constant':
      parts.push(operation.value)
      break
    case 'column':
      parts.push(operation.column.name)
      break
    case 'lookup':
      parts.push(operation.table.id)
      break
    case 'share':
      parts.push(operation.rounding, operation.whole)
      break
    case 'length':
    case 'place':
      parts.push(operation.list)
      break
    case 'sort':
      parts.push(operation.array.id)
      break
    case 'rank':
      parts.push(operation.among.id)
      break
    default:
  }
  return parts.join(' ')
}

/** Everything that is in either. */
export function joined(a: Range, b: Range): Range {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }
}
