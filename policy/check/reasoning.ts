import type { Binary, Expression, Inclusion, ListExpression, ListOperation, PolicyBody, Selection } from '../ir.ts'
import type { Range } from '../reader/ranges.ts'
import type { ResolvedValue } from '../values.ts'
import { findRangeOperator, narrowSide } from './arithmetic.ts'
import {
  canBe,
  findOnly,
  isOnlyNull,
  isSame,
  join,
  joinAny,
  meet,
  type Possible,
  possibleOfContent,
  possibleOfUnit,
  rangeIn,
  rangeOf,
  type Word,
  wordsOf,
} from './possible.ts'
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
        return this.#assumeEqual(state, condition, holds === (condition.op === '==='))
      case '<':
      case '>=':
        return this.#assumeLess(state, condition.left, condition.right, holds === (condition.op === '<'))
      case '>':
      case '<=':
        return this.#assumeLess(state, condition.right, condition.left, holds === (condition.op === '>'))
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

  #assumeEqual(state: State, { left, right }: Binary, equal: boolean): State[] {
    const a = this.possible(state, left)
    const b = this.possible(state, right)
    if (a === undefined || b === undefined) return []
    if (equal) {
      return this.#refine(state, left, b).flatMap((next) => {
        const narrowed = this.possible(next, left)
        return narrowed === undefined ? [] : this.#refine(next, right, narrowed)
      })
    }
    return this.#exclude(state, left, a, b).flatMap((next) => this.#exclude(next, right, b, a))
  }

  /** Leaves out of one side the one thing that the other side is. */
  #exclude(state: State, side: Expression, now: Possible, other: Possible): State[] {
    if (isOnlyNull(other)) return now.absent ? this.#refine(state, side, { ...now, absent: false }) : [state]
    const only = findOnly(other)
    if (now.kind === 'words' && typeof only !== 'number' && only !== undefined) {
      return this.#refine(state, side, { ...now, words: now.words.filter((word) => word !== only) })
    }
    if (now.kind !== 'range' || typeof only !== 'number') return [state]
    const min = now.min === only ? only + 1 : now.min
    const max = now.max === only ? only - 1 : now.max
    return min > max ? [] : this.#refine(state, side, { ...now, min, max })
  }

  #assumeLess(state: State, left: Expression, right: Expression, holds: boolean): State[] {
    if (!holds) return this.#assumeAtLeast(state, left, right, 0)
    // What is less is neither equal nor greater.
    return this.#assumeAtLeast(state, right, left, 1)
      .flatMap((next) => this.#learn(next, this.terms.less(right, left), wordsOf([false])))
      .flatMap((next) => this.#learn(next, this.terms.equal(left, right), wordsOf([false])))
  }

  /** The states in which one side is greater than the other by at least so much. */
  #assumeAtLeast(state: State, greater: Expression, lesser: Expression, gap: number): State[] {
    const [high, low] = [this.#rangeOf(state, greater), this.#rangeOf(state, lesser)]
    if (high === undefined || low === undefined) return [state]
    return this.#refine(state, greater, rangeOf({ min: low.min + gap, max: Number.MAX_SAFE_INTEGER })).flatMap((next) =>
      this.#refine(next, lesser, rangeOf({ min: Number.MIN_SAFE_INTEGER, max: high.max - gap })),
    )
  }

  #assumeIncludes(state: State, { options, word }: Inclusion, holds: boolean): State[] {
    const listed = this.#listedWords(options)
    const now = this.possible(state, word)
    if (listed === undefined || now?.kind !== 'words') return now === undefined ? [] : [state]
    const words = now.words.filter((each) => listed.includes(String(each)) === holds)
    return words.length === 0 ? [] : this.#refine(state, word, wordsOf(words))
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

  #refineKey(state: State, entry: Extract<Expression, { op: 'entry' }>, wanted: Possible): State[] {
    const table = this.#contentOf(entry.name)
    if (typeof table !== 'object') return [state]
    const keys = Object.entries(table)
      .filter(([, content]) => meet(possibleOfContent(content, entry.unit), wanted))
      .map(([key]) => key)
    if (entry.key.unit.kind === 'choice') return this.#refine(state, entry.key, wordsOf(keys))
    const numbers = keys.map(Number)
    return this.#refine(state, entry.key, rangeOf({ min: Math.min(...numbers), max: Math.max(...numbers) }))
  }

  #refineSides(state: State, node: Extract<Expression, { left: Expression }>, wanted: Possible): State[] {
    const operator = findRangeOperator(node.op, node.op === 'share' ? node.rounding : undefined)
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
        return wordsOf([true, false])
      default:
        return this.#computeBinary(state, expression)
    }
  }

  #computeItem({ list, field, unit }: Extract<Expression, { op: 'item' }>): Possible {
    const declared = this.#body.facts[list]
    const item = declared?.kind === 'list' ? declared.item : unit
    if (field === undefined) return possibleOfUnit(item)
    return possibleOfUnit((item.kind === 'record' ? item.fields[field] : undefined) ?? unit)
  }

  #computeEntry(state: State, { name, key, unit }: Extract<Expression, { op: 'entry' }>): Possible | undefined {
    const keys = this.possible(state, key)
    const declared = this.#body.values[name]
    const table = this.#contentOf(name)
    if (keys === undefined || typeof table !== 'object' || declared?.kind !== 'keyed') {
      return keys && possibleOfUnit(declared?.kind === 'keyed' ? declared.unit : unit)
    }
    const mayBe = (text: string) =>
      keys.kind === 'range' ? Number(text) >= keys.min && Number(text) <= keys.max : canBe(keys, text)
    return Object.entries(table)
      .filter(([text]) => mayBe(text))
      .map(([, content]) => possibleOfContent(content, unit))
      .reduce<Possible | undefined>(joinAny, undefined)
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
    if (listed === undefined || now?.kind !== 'words') return now && wordsOf([true, false])
    const answers = now.words.map((each) => listed.includes(String(each)))
    return wordsOf([...new Set(answers)])
  }

  #computeBinary(state: State, expression: Extract<Expression, { left: Expression }>): Possible | undefined {
    const { op, left, right } = expression
    const a = this.possible(state, left)
    const b = this.possible(state, right)
    if (op === '&&' || op === '||') return combineFlags(a, b, op === '||')
    if (a === undefined || b === undefined) return undefined
    if (op === '===' || op === '!==') return wordsOf(equality(a, b).map((equal) => equal === (op === '===')))
    const [x, y] = [rangeIn(a), rangeIn(b)]
    if (x === undefined || y === undefined) return possibleOfUnit(expression.unit)
    if (op === '<' || op === '>=') return wordsOf(order(x, y).map((less) => less === (op === '<')))
    if (op === '>' || op === '<=') return wordsOf(order(y, x).map((less) => less === (op === '>')))
    const operator = findRangeOperator(op, op === 'share' ? expression.rounding : undefined)
    if (operator === undefined) return possibleOfUnit(expression.unit)
    const range = operator.of(x, y)
    const gap = op === '-' ? this.#leastGap(state, left, right) : Number.MIN_SAFE_INTEGER
    // The reader has proved that whatever is computed is exact.
    return meet(rangeOf(range), rangeOf({ min: gap, max: Number.MAX_SAFE_INTEGER }))
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
    if (op === 'someOf') return wordsOf([...(counted.max > 0 ? [true] : []), ...(counted.min === 0 ? [false] : [])])
    const fails = items.some((item) => this.assume(item, each, false).length > 0)
    return wordsOf([...(length.min === 0 || counted.max > 0 ? [true] : []), ...(fails ? [false] : [])])
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

function isListExpression(expression: Expression): expression is ListExpression {
  return ['fact', 'local', 'filterOf', 'sortOf', 'firstOf'].includes(expression.op)
}

function negated(flag: Possible): Possible {
  return flag.kind === 'words' ? wordsOf(flag.words.map((word: Word) => word !== true)) : flag
}

function sumRange(length: Range, one: Range): Range {
  return {
    min: one.min < 0 ? length.max * one.min : length.min * one.min,
    max: one.max < 0 ? length.min * one.max : length.max * one.max,
  }
}

/** Whether the first may be less than the second, and may be not. */
function order(a: Range, b: Range): boolean[] {
  return [...(a.min < b.max ? [true] : []), ...(a.max >= b.min ? [false] : [])]
}

function equality(a: Possible, b: Possible): boolean[] {
  if (isOnlyNull(a) && isOnlyNull(b)) return [true]
  const only = findOnly(a)
  const isCertain = only !== undefined && only === findOnly(b)
  return [...(meet(a, b) ? [true] : []), ...(isCertain ? [] : [false])]
}

function combineFlags(a: Possible | undefined, b: Possible | undefined, decisive: boolean): Possible | undefined {
  if (a === undefined) return undefined
  // The second side is looked at only when the first does not decide; it may be impossible until then.
  const canDecide = canBe(a, decisive) || (b !== undefined && canBe(b, decisive))
  const canGoOn = canBe(a, !decisive) && b !== undefined && canBe(b, !decisive)
  const words = [...(canDecide ? [decisive] : []), ...(canGoOn ? [!decisive] : [])]
  return words.length === 0 ? undefined : wordsOf(words)
}
