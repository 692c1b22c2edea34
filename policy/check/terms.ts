import { type Expression, operandsOf, type PolicyBody } from '../ir.ts'
import { constsOf } from '../walk.ts'

/** A condition as one of the few forms that all conditions come to; `positive` is false when it is the opposite of that form. */
export interface ConditionTerm {
  readonly term: number
  readonly positive: boolean
}

/**
 * Numbers for what expressions mean: two that mean the same have the same number, wherever they stand. A `const` means what it is made of;
 * `a > b` means `b < a`, and `a <= b` is the opposite of `b < a`.
 */
export class Terms {
  readonly #byText = new Map<string, number>()
  readonly #bySlot = new Map<number, ConditionTerm>()
  readonly #consts: ReadonlyMap<number, Expression>

  constructor(body: Pick<PolicyBody, 'block'>) {
    this.#consts = constsOf(body)
  }

  /** What a `const` was made of. */
  definitionOf(local: { readonly of: number }): Expression | undefined {
    return this.#consts.get(local.of)
  }

  /** The number of what a node means. */
  of(expression: Expression): ConditionTerm {
    const known = this.#bySlot.get(expression.slot)
    if (known !== undefined) return known
    const made = this.#make(expression)
    this.#bySlot.set(expression.slot, made)
    return made
  }

  /** The number of a fact. */
  ofFact(name: string): number {
    return this.#number(`fact ${name} `)
  }

  /** The number of `left < right`. */
  less(left: Expression, right: Expression): number {
    return this.#number(`< ${this.#textOf(left)} ${this.#textOf(right)}`)
  }

  /** The number of `left === right`. */
  equal(left: Expression, right: Expression): number {
    return this.#number(`=== ${[this.#textOf(left), this.#textOf(right)].toSorted().join(' ')}`)
  }

  #make(expression: Expression): ConditionTerm {
    switch (expression.op) {
      case 'local': {
        const is = this.definitionOf(expression)
        return is === undefined ? this.#plain(`local ${expression.of}`) : this.of(is)
      }
      case '!':
        return opposite(this.of(expression.of))
      case '===':
        return { term: this.equal(expression.left, expression.right), positive: true }
      case '!==':
        return { term: this.equal(expression.left, expression.right), positive: false }
      case '<':
        return { term: this.less(expression.left, expression.right), positive: true }
      case '>':
        return { term: this.less(expression.right, expression.left), positive: true }
      case '<=':
        return { term: this.less(expression.right, expression.left), positive: false }
      case '>=':
        return { term: this.less(expression.left, expression.right), positive: false }
      default:
        return this.#plain(`${headOf(expression)} ${operandsOf(expression).map((operand) => this.#textOf(operand))}`)
    }
  }

  #plain(text: string): ConditionTerm {
    return { term: this.#number(text), positive: true }
  }

  #textOf(expression: Expression): string {
    const { term, positive } = this.of(expression)
    return positive ? String(term) : `!${term}`
  }

  #number(text: string): number {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    this.#byText.set(text, this.#byText.size)
    return this.#byText.size - 1
  }
}

function opposite({ term, positive }: ConditionTerm): ConditionTerm {
  return { term, positive: !positive }
}

/** What a node is apart from its operands. */
function headOf(expression: Expression): string {
  switch (expression.op) {
    case 'literal':
      return `literal ${JSON.stringify(expression.value)}`
    case 'fact':
    case 'value':
    case 'entry':
      return `${expression.op} ${expression.name}`
    case 'item':
      return `item ${expression.list}.${expression.field ?? ''}`
    case 'share':
      return `share ${expression.rounding}`
    case 'sortOf':
      return `sortOf ${expression.order}`
    default:
      return expression.op
  }
}
