import type {
  Binary,
  ComparisonOperator,
  Expression,
  Inclusion,
  ListExpression,
  ListOperation,
  PolicyBody,
  Selection,
  Share,
  TableEntry,
} from '../ir.ts'
import { findRangeOperator, narrowSide } from '../possible/arithmetic.ts'
import { compare, isComparison, MIRRORED, OPPOSITES, related } from '../possible/comparison.ts'
import { among, connected, entryOf, inclusion, negated } from '../possible/conditions.ts'
import {
  canBe,
  EITHER,
  findOnly,
  flagsOf,
  isSame,
  join,
  joinAny,
  meet,
  type Possible,
  possibleOfContent,
  possibleOfUnit,
  rangeIn,
  rangeOf,
  wordsOf,
} from '../possible/possible.ts'
import type { Range } from '../reader/ranges.ts'
import type { ResolvedValue } from '../values.ts'
import { isListExpression } from '../walk.ts'
import type { Terms } from './terms.ts'

/** What is known at one point of a body: what each thing may still be, by the number of what it means. */
export interface State {
  readonly known: ReadonlyMap<number, Possible>
  /** What has been worked out from that. */
  readonly cache: Map<number, Possible | undefined>
}

/** The content of a value; undefined when it may be anything that is declared. */
export type ReadContent = (name: string) => ResolvedValue['value'] | undefined

/** At most so many alternatives are told apart; beyond that they are taken together, which allows more than is true and never less. */
const STATES_MAX = 24

/**
 * What conditions prove, under some values of law: each expression has what it may come to, each condition leaves the states in which it
 * can hold. A state that is left out is impossible; one that stays may still be.
 */
export class Reasoning {
  readonly #body: PolicyBody
  readonly #contentOf: ReadContent
  readonly terms: Terms

  constructor(body: PolicyBody, terms: Terms, contentOf: ReadContent) {
    this.#body = body
    this.#contentOf = contentOf
    this.terms = terms
  }

  /** Where a body begins: nothing is known yet. */
  start(): State {
    return stateOf(new Map())
  }

  /** What an expression may come to; undefined when the state is impossible. */
  possible(state: State, expression: Expression): Possible | undefined {
    const { term, positive } = this.terms.of(expression)
    if (!state.cache.has(term)) {
      const computed = this.#compute(state, expression)
      const asTerm = positive || computed === undefined ? computed : negated(computed)
      const known = state.known.get(term)
      state.cache.set(term, asTerm && known ? meet(asTerm, known) : asTerm)
    }
    const found = state.cache.get(term)
    return positive || found === undefined ? found : negated(found)
  }

  /** The states in which a condition comes out as `holds`. */
  assume(state: State, condition: Expression, holds: boolean): State[] {
    const now = this.possible(state, condition)
    if (now === undefined || !canBe(now, holds)) return []
    if (findOnly(now) === holds) return [state]
    return limited(
      this.#assumeParts(state, condition, holds).flatMap((next) => this.#learnFlag(next, condition, holds)),
    )
  }

  /** The states in which a choice is one of the words. */
  assumeWords(state: State, on: Expression, words: readonly string[]): State[] {
    return limited(this.#refine(state, on, wordsOf(words)))
  }

  /** A state in which a list operation or a decision per item looks at some item: of a selection, one that is among it. */
  itemStates(state: State, list: ListExpression): State[] {
    const some = this.#refine(state, list, rangeOf({ min: 1, max: Number.MAX_SAFE_INTEGER }))
    return limited(some.flatMap((next) => this.#insideList(stateOf(next.known), list)))
  }

  /** What the item at hand may be: a plain thing, or one field. */
  #insideList(state: State, list: ListExpression): State[] {
    switch (list.op) {
      case 'fact':
        return [state]
      case 'local': {
        const is = this.terms.definitionOf(list)
        return is === undefined || !isListExpression(is) ? [state] : this.#insideList(state, is)
      }
      case 'filterOf':
        return this.#insideList(state, list.list).flatMap((inner) => this.assume(inner, list.each, true))
      default:
        return this.#insideList(state, list.list)
    }
  }

  #learnFlag(state: State, condition: Expression, holds: boolean): State[] {
    const { term, positive } = this.terms.of(condition)
    return this.#learn(state, term, wordsOf([holds === positive]))
  }

  #learn(state: State, term: number, possible: Possible): State[] {
    const known = state.known.get(term)
    const both = known ? meet(known, possible) : possible
    return both === undefined ? [] : [stateOf(new Map(state.known).set(term, both))]
  }

  #assumeParts(state: State, condition: Expression, holds: boolean): State[] {
    switch (condition.op) {
      case '!':
        return this.assume(state, condition.of, !holds)
      case '&&':
      case '||': {
        const { left, right } = condition
        // `a && b` holds when both do; it fails when the first does, or else the second.
        const both = holds === (condition.op === '&&')
        const throughBoth = (first: boolean) =>
          this.assume(state, left, first).flatMap((next) => this.assume(next, right, holds))
        return both ? throughBoth(holds) : [...this.assume(state, left, holds), ...throughBoth(!holds)]
      }
      case '?:':
        return [
          ...this.assume(state, condition.condition, true).flatMap((s) => this.assume(s, condition.whenTrue, holds)),
          ...this.assume(state, condition.condition, false).flatMap((s) => this.assume(s, condition.whenFalse, holds)),
        ]
      case 'local': {
        const is = this.terms.definitionOf(condition)
        return is === undefined ? [state] : this.assume(state, is, holds)
      }
      case '===':
      case '!==':
      case '<':
      case '>=':
        return this.#assumeRelated(
          state,
          condition.left,
          holds ? condition.op : OPPOSITES[condition.op],
          condition.right,
        )
      case '>':
      case '<=': {
        const op = MIRRORED[holds ? condition.op : OPPOSITES[condition.op]]
        return this.#assumeRelated(state, condition.right, op, condition.left)
      }
      case 'includes':
        return this.#assumeIncludes(state, condition, holds)
      case 'someOf':
      case 'everyOf':
        // Some item holds, or not all do: there is an item.
        return holds === (condition.op === 'someOf') ? this.#withItems(state, condition.list, 1) : [state]
      default:
        return [state]
    }
  }

  #withItems(state: State, list: ListExpression, least: number): State[] {
    return this.#refine(state, list, rangeOf({ min: least, max: Number.MAX_SAFE_INTEGER }))
  }

  /** The states in which one side stands in a relation to the other. */
  #assumeRelated(state: State, left: Expression, op: ComparisonOperator, right: Expression): State[] {
    const narrowed = this.#relate(state, left, op, right).flatMap((next) =>
      this.#relate(next, right, MIRRORED[op], left),
    )
    if (op !== '<') return narrowed
    // What is less is neither equal nor greater.
    return narrowed
      .flatMap((next) => this.#learn(next, this.terms.less(right, left), wordsOf([false])))
      .flatMap((next) => this.#learn(next, this.terms.equal(left, right), wordsOf([false])))
  }

  #relate(state: State, side: Expression, op: ComparisonOperator, other: Expression): State[] {
    const [a, b] = [this.possible(state, side), this.possible(state, other)]
    const wanted = a && b && related(a, op, b)
    return wanted === undefined ? [] : this.#refine(state, side, wanted)
  }

  #assumeIncludes(state: State, { options, word }: Inclusion, holds: boolean): State[] {
    const listed = this.#listedWords(options)
    const now = this.possible(state, word)
    if (listed === undefined || now?.kind !== 'words') return now === undefined ? [] : [state]
    const wanted = among(now, listed, holds)
    return wanted === undefined ? [] : this.#refine(state, word, wanted)
  }

  /** The words of a list that is written down or in force; undefined while it may be any. */
  #listedWords(options: Inclusion['options']): readonly string[] | undefined {
    const content = options.op === 'literal' ? options.value : this.#contentOf(options.name)
    return Array.isArray(content) ? content.map(String) : undefined
  }

  /** The states in which an expression comes to one of `wanted`, with what that says of its parts. */
  #refine(state: State, expression: Expression, wanted: Possible): State[] {
    const now = this.possible(state, expression)
    const both = now && meet(now, wanted)
    if (now === undefined || both === undefined) return []
    if (isSame(now, both)) return [state]
    if (expression.unit.kind === 'flag') {
      const only = findOnly(both)
      return typeof only === 'boolean' ? this.assume(state, expression, only) : [state]
    }
    return this.#learn(state, this.terms.of(expression).term, both).flatMap((next) =>
      this.#refineParts(next, expression, both),
    )
  }

  #refineParts(state: State, expression: Expression, wanted: Possible): State[] {
    switch (expression.op) {
      case 'local': {
        const is = this.terms.definitionOf(expression)
        return is === undefined ? [state] : this.#refineParts(state, is, wanted)
      }
      case '?:': {
        const through = (side: boolean, branch: Expression) =>
          this.assume(state, expression.condition, side).flatMap((next) => this.#refine(next, branch, wanted))
        return limited([...through(true, expression.whenTrue), ...through(false, expression.whenFalse)])
      }
      case 'entry':
        return this.#refineKey(state, expression, wanted)
      case 'countOf':
      case 'filterOf':
      case 'sortOf':
      case 'firstOf': {
        const range = rangeIn(wanted)
        return range === undefined ? [state] : this.#withItems(state, expression.list, range.min)
      }
      default:
        return 'left' in expression ? this.#refineSides(state, expression, wanted) : [state]
    }
  }

  #refineKey(state: State, entry: TableEntry, wanted: Possible): State[] {
    const table = this.#contentOf(entry.name)
    if (typeof table !== 'object') return [state]
    const keys = Object.entries(table)
      .filter(([, content]) => meet(possibleOfContent(content, entry.unit), wanted))
      .map(([key]) => key)
    if (entry.key.unit.kind === 'choice') return this.#refine(state, entry.key, wordsOf(keys))
    const numbers = keys.map(Number)
    return this.#refine(state, entry.key, rangeOf({ min: Math.min(...numbers), max: Math.max(...numbers) }))
  }

  #refineSides(state: State, node: Binary | Share, wanted: Possible): State[] {
    const operator = findRangeOperator(node)
    const range = rangeIn(wanted)
    if (operator === undefined || range === undefined) return [state]
    const narrow = (from: State, side: 'left' | 'right'): State[] => {
      const own = this.#rangeOf(from, node[side])
      const other = this.#rangeOf(from, side === 'left' ? node.right : node.left)
      if (own === undefined || other === undefined) return [from]
      const narrowed = narrowSide(operator, side, own, other, range)
      return narrowed === undefined ? [] : this.#refine(from, node[side], rangeOf(narrowed))
    }
    return narrow(state, 'left').flatMap((next) => narrow(next, 'right'))
  }

  #rangeOf(state: State, expression: Expression): Range | undefined {
    const possible = this.possible(state, expression)
    return possible && rangeIn(possible)
  }

  #compute(state: State, expression: Expression): Possible | undefined {
    switch (expression.op) {
      case 'literal':
        return possibleOfContent(expression.value, expression.unit)
      case 'fact':
        return possibleOfUnit(this.#body.facts[expression.name] ?? expression.unit)
      case 'item':
        return this.#computeItem(expression)
      case 'value': {
        const content = this.#contentOf(expression.name)
        const declared = possibleOfUnit(this.#body.values[expression.name] ?? expression.unit)
        return content === undefined ? declared : meet(declared, possibleOfContent(content, expression.unit))
      }
      case 'local': {
        const is = this.terms.definitionOf(expression)
        return is === undefined ? possibleOfUnit(expression.unit) : this.possible(state, is)
      }
      case 'entry':
        return this.#computeEntry(state, expression)
      case '!': {
        const of = this.possible(state, expression.of)
        return of && negated(of)
      }
      case '?:':
        return this.#computeConditional(state, expression)
      case 'includes':
        return this.#computeInclusion(state, expression)
      case 'countOf':
      case 'sumOf':
      case 'someOf':
      case 'everyOf':
        return this.#computeFold(state, expression)
      case 'filterOf':
      case 'sortOf':
      case 'firstOf':
        return this.#computeSelection(state, expression)
      case 'hasItem':
        return EITHER
      default:
        return this.#computeSides(state, expression)
    }
  }

  #computeItem({ list, field, unit }: Extract<Expression, { op: 'item' }>): Possible {
    const declared = this.#body.facts[list]
    const item = declared?.kind === 'list' ? declared.item : unit
    if (field === undefined) return possibleOfUnit(item)
    return possibleOfUnit((item.kind === 'record' ? item.fields[field] : undefined) ?? unit)
  }

  #computeEntry(state: State, { name, key, unit }: TableEntry): Possible | undefined {
    const keys = this.possible(state, key)
    const declared = this.#body.values[name]
    const table = this.#contentOf(name)
    if (keys === undefined || typeof table !== 'object' || declared?.kind !== 'keyed') {
      return keys && possibleOfUnit(declared?.kind === 'keyed' ? declared.unit : unit)
    }
    return entryOf(table, keys, unit)
  }

  #computeConditional(state: State, expression: Extract<Expression, { op: '?:' }>): Possible | undefined {
    const condition = this.possible(state, expression.condition)
    if (condition === undefined) return undefined
    const whenTrue = canBe(condition, true) ? this.possible(state, expression.whenTrue) : undefined
    const whenFalse = canBe(condition, false) ? this.possible(state, expression.whenFalse) : undefined
    return joinAny(whenTrue, whenFalse)
  }

  #computeInclusion(state: State, { options, word }: Inclusion): Possible | undefined {
    const now = this.possible(state, word)
    const listed = this.#listedWords(options)
    return now && (listed === undefined ? EITHER : inclusion(now, listed))
  }

  #computeSides(state: State, node: Binary | Share): Possible | undefined {
    const { op, left, right } = node
    const a = this.possible(state, left)
    const b = this.possible(state, right)
    if (op === '&&' || op === '||') return a && connected(op, a, b)
    if (a === undefined || b === undefined) return undefined
    if (isComparison(op)) return compare(op, a, b)
    const [x, y] = [rangeIn(a), rangeIn(b)]
    const operator = findRangeOperator(node)
    if (operator === undefined || x === undefined || y === undefined) return possibleOfUnit(node.unit)
    const gap = op === '-' ? this.#leastGap(state, left, right) : Number.MIN_SAFE_INTEGER
    // The reader has proved that whatever is computed is exact.
    return meet(rangeOf(operator.of(x, y)), rangeOf({ min: gap, max: Number.MAX_SAFE_INTEGER }))
  }

  /** How much the first exceeds the second at least, told by what is known of their order. */
  #leastGap(state: State, greater: Expression, lesser: Expression): number {
    const isLess = state.known.get(this.terms.less(lesser, greater))
    if (isLess && findOnly(isLess) === true) return 1
    const isGreater = state.known.get(this.terms.less(greater, lesser))
    return isGreater && findOnly(isGreater) === false ? 0 : Number.MIN_SAFE_INTEGER
  }

  #computeFold(state: State, expression: ListOperation): Possible | undefined {
    const { op, list, each } = expression
    const length = this.#rangeOf(state, list)
    if (length === undefined) return undefined
    const items = length.max === 0 ? [] : this.itemStates(state, list)
    if (op === 'sumOf') {
      const one = items.map((item) => this.possible(item, each)).reduce<Possible | undefined>(joinAny, undefined)
      const range = one && rangeIn(one)
      return rangeOf(range === undefined ? { min: 0, max: 0 } : sumRange(length, range))
    }
    const counted = this.#countRange(length, items, each)
    if (op === 'countOf') return rangeOf(counted)
    if (op === 'someOf') return flagsOf(counted.max > 0, counted.min === 0)
    const fails = items.some((item) => this.assume(item, each, false).length > 0)
    return flagsOf(length.min === 0 || counted.max > 0, fails)
  }

  /** Of how many items a condition may hold. */
  #countRange(length: Range, items: readonly State[], each: Expression): Range {
    const canHold = items.some((item) => this.assume(item, each, true).length > 0)
    const canFail = items.some((item) => this.assume(item, each, false).length > 0)
    return { min: canFail ? 0 : length.min, max: canHold ? length.max : 0 }
  }

  #computeSelection(state: State, expression: Selection): Possible | undefined {
    const length = this.#rangeOf(state, expression.list)
    if (length === undefined) return undefined
    if (expression.op === 'sortOf') return rangeOf(length)
    if (expression.op === 'filterOf') {
      const items = length.max === 0 ? [] : this.#insideList(stateOf(state.known), expression.list)
      return rangeOf(this.#countRange(length, items, expression.each))
    }
    const count = this.#rangeOf(state, expression.count)
    if (count === undefined) return undefined
    return rangeOf({ min: Math.min(length.min, Math.max(count.min, 0)), max: Math.min(length.max, count.max) })
  }
}

function stateOf(known: ReadonlyMap<number, Possible>): State {
  return { known, cache: new Map() }
}

/** At most STATES_MAX states: those beyond are taken together in one that allows what any of them does. */
export function limited(states: readonly State[]): State[] {
  if (states.length <= STATES_MAX) return [...states]
  const [first, ...rest] = states.slice(STATES_MAX - 1)
  if (first === undefined) return [...states]
  const known = new Map(first.known)
  for (const [term, possible] of first.known) {
    let joined: Possible | undefined = possible
    for (const other of rest) {
      const theirs = other.known.get(term)
      joined = joined && theirs && join(joined, theirs)
    }
    if (joined === undefined) known.delete(term)
    else known.set(term, joined)
  }
  return [...states.slice(0, STATES_MAX - 1), stateOf(known)]
}

function sumRange(length: Range, one: Range): Range {
  return {
    min: one.min < 0 ? length.max * one.min : length.min * one.min,
    max: one.max < 0 ? length.min * one.max : length.max * one.max,
  }
}
