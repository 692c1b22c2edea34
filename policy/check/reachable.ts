import {
  type Block,
  type EndStatement,
  type Expression,
  type ItemDecision,
  operandsOf,
  type PolicyBody,
} from '../ir.ts'
import { canBe, joinAny, type Possible } from '../possible/possible.ts'
import { blockOf, endKey, type Fork, type Side, sideKey, sidesOf, wordsOfSide } from './branches.ts'
import { limited, type ReadContent, Reasoning, type State } from './reasoning.ts'
import type { Terms } from './terms.ts'

/** What may happen in a body under some values. What is missing here cannot happen; what is here perhaps can. */
export interface Reach {
  readonly reasoning: Reasoning
  /** By the key of a branch, in which states it is entered. */
  readonly branches: ReadonlyMap<string, readonly State[]>
  /** By slot, what a condition or a part of one may come to where it is looked at. */
  readonly flags: ReadonlyMap<number, ReadonlySet<boolean>>
  /** By slot, in which states a condition or a part of one is looked at. */
  readonly looked: ReadonlyMap<number, readonly State[]>
  /** What each result may be, over all grants. */
  readonly results: ReadonlyMap<string, Possible>
  /** Some path may come to no outcome. */
  readonly hasGap: boolean
}

/** Follows every path of a body as far as its conditions allow. */
export function reach(body: PolicyBody, terms: Terms, contentOf: ReadContent): Reach {
  const walk = new Walk(new Reasoning(body, terms, contentOf))
  const left = walk.block([walk.reasoning.start()], body.block)
  const { reasoning, branches, flags, looked, results } = walk
  return { reasoning, branches, flags, looked, results, hasGap: left.length > 0 }
}

class Walk {
  readonly reasoning: Reasoning
  readonly branches = new Map<string, readonly State[]>()
  readonly flags = new Map<number, Set<boolean>>()
  readonly looked = new Map<number, readonly State[]>()
  readonly results = new Map<string, Possible>()

  constructor(reasoning: Reasoning) {
    this.reasoning = reasoning
  }

  /** The states in which a block goes on after its last statement. */
  block(states: readonly State[], block: Block): readonly State[] {
    let current = states
    for (const statement of block) {
      if (current.length === 0) return []
      switch (statement.do) {
        case 'const':
          this.#look(current, statement.is)
          break
        case 'if':
          this.#look(current, statement.condition)
          current = this.#fork(current, statement)
          break
        case 'switch':
          this.#look(current, statement.on)
          current = this.#fork(current, statement)
          break
        default:
          this.#end(current, statement)
          return []
      }
    }
    return current
  }

  #fork(states: readonly State[], fork: Fork): readonly State[] {
    const after = sidesOf(fork).flatMap((side) => {
      const entered = limited(states.flatMap((state) => this.#take(state, fork, side)))
      if (entered.length > 0) this.branches.set(sideKey(fork, side), entered)
      return this.block(entered, blockOf(fork, side))
    })
    return limited(after)
  }

  #take(state: State, fork: Fork, side: Side): State[] {
    return fork.do === 'if'
      ? this.reasoning.assume(state, fork.condition, side === true)
      : this.reasoning.assumeWords(state, fork.on, wordsOfSide(fork, Number(side)))
  }

  #end(states: readonly State[], end: EndStatement): void {
    this.branches.set(endKey(end), states)
    for (const [name, result] of Object.entries(end.do === 'grant' ? end.results : {})) {
      this.#look(states, result)
      const possible = states
        .map((state) => this.reasoning.possible(state, result))
        .reduce<Possible | undefined>(joinAny, this.results.get(name))
      if (possible) this.results.set(name, possible)
    }
    if (end.each !== undefined) this.#items(states, end.each)
  }

  #items(states: readonly State[], { list, block }: ItemDecision): void {
    this.block(limited(states.flatMap((state) => this.reasoning.itemStates(state, list))), block)
  }

  /** Notes what the conditions inside an expression may come to, each where it is looked at. */
  #look(states: readonly State[], expression: Expression): void {
    if (states.length === 0) return
    if (expression.unit.kind === 'flag') this.#note(states, expression)
    switch (expression.op) {
      case '&&':
      case '||':
        this.#look(states, expression.left)
        this.#look(this.#where(states, expression.left, expression.op === '&&'), expression.right)
        break
      case '?:':
        this.#look(states, expression.condition)
        this.#look(this.#where(states, expression.condition, true), expression.whenTrue)
        this.#look(this.#where(states, expression.condition, false), expression.whenFalse)
        break
      default:
        if ('each' in expression) this.#lookInside(states, expression)
        else for (const operand of operandsOf(expression)) this.#look(states, operand)
    }
  }

  #lookInside(states: readonly State[], operation: Extract<Expression, { each: Expression }>): void {
    this.#look(states, operation.list)
    this.#look(limited(states.flatMap((state) => this.reasoning.itemStates(state, operation.list))), operation.each)
  }

  #where(states: readonly State[], condition: Expression, holds: boolean): State[] {
    return limited(states.flatMap((state) => this.reasoning.assume(state, condition, holds)))
  }

  #note(states: readonly State[], condition: Expression): void {
    const { slot } = condition
    const seen = this.flags.get(slot) ?? new Set<boolean>()
    for (const word of [true, false]) {
      const isPossible = (state: State) => {
        const possible = this.reasoning.possible(state, condition)
        return (
          possible !== undefined && canBe(possible, word) && this.reasoning.assume(state, condition, word).length > 0
        )
      }
      if (states.some(isPossible)) seen.add(word)
    }
    this.flags.set(slot, seen)
    this.looked.set(slot, states)
  }
}
