/**
 * The intermediate form (IR), version 1: what the reader makes of a policy's source and every other reading starts from. Plain JSON.
 *
 * Each expression has a unit with a proved range, its place in the source, and a `slot`: its number within the body, in reading order. A
 * decision evaluates an expression at most once (list operations: once per item), so an array indexed by slot is a complete trace.
 * Every path ends in an outcome; there are no assignments and no loops.
 */
import type { Rounding } from './language.ts'
import type { FactUnit, ScalarUnit, Unit, ValueUnit } from './units.ts'

/** Version of the form; a changed form is a new number beside it. */
export const IR_VERSION = 1

/** Offsets into the source text (UTF-16, end exclusive) and the 1-based line and column of the start. */
export interface SourceSpan {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}

/** A whole policy: all its dated bodies, earliest first. */
export interface PolicyIr {
  readonly irVersion: typeof IR_VERSION
  readonly id: string
  /** The file name the reader was given. Not part of the hash. */
  readonly file: string
  readonly bodies: readonly PolicyBody[]
}

/** A policy as it stood between two days: what it needs, what it gives, and its steps. */
export interface PolicyBody {
  readonly title: { readonly zh: string; readonly en: string }
  /** First day. */
  readonly from: string
  /** Last day; absent while no end is known. */
  readonly to?: string
  /** The clause that puts the body into force. */
  readonly clause: string
  readonly facts: Readonly<Record<string, FactUnit>>
  readonly values: Readonly<Record<string, ValueUnit>>
  readonly results: Readonly<Record<string, ScalarUnit>>
  /** Name of the money result that is the total. */
  readonly total?: string
  readonly block: Block
  /** Number of slots that a trace of this body needs. */
  readonly slots: number
  /** The text of the definition, which `at` places in its file, so that an explanation can quote it. Not part of the hash. */
  readonly source: string
  readonly at: SourceSpan
}

/** Statements that run one after the other until one comes to an outcome. The block of a body, and of a case, always does. */
export type Block = readonly Statement[]

/** `const name = is`. */
export interface ConstStatement {
  readonly do: 'const'
  readonly name: string
  readonly is: Expression
  readonly at: SourceSpan
}

/** Runs `block` when the condition holds and `otherwise` when not; where neither comes to an outcome, the next statement runs. */
export interface IfStatement {
  readonly do: 'if'
  readonly condition: Expression
  readonly block: Block
  readonly otherwise?: Block
  readonly at: SourceSpan
}

/** The case that lists the word decides; a word that no case lists goes on to the next statement. */
export interface SwitchStatement {
  readonly do: 'switch'
  readonly on: Expression
  readonly cases: readonly { readonly options: readonly string[]; readonly block: Block }[]
  readonly at: SourceSpan
}

/** `return grant({ ... }, clause)`. */
export interface GrantStatement {
  readonly do: 'grant'
  readonly results: Readonly<Record<string, Expression>>
  readonly clause: string
  readonly at: SourceSpan
}

/** `return refuse(reason, clause)` or `refer(...)`. */
export interface ReasonStatement {
  readonly do: 'refuse' | 'refer'
  readonly reason: string
  readonly clause: string
  readonly at: SourceSpan
}

/** One step of a body, in the order of the text. */
export type Statement = ConstStatement | IfStatement | SwitchStatement | GrantStatement | ReasonStatement

/** The operators of expressions, by what they give: flags, flags of flags, quantities, dates and spans of time, figures about a list. */
export type ComparisonOperator = '===' | '!==' | '<' | '<=' | '>' | '>='
export type LogicOperator = '&&' | '||'
export type ArithmeticOperator = '+' | '-' | '*' | 'min' | 'max'
export type DateOperator = 'addMonths' | 'addDays' | 'monthsBetween' | 'daysBetween'
export type BinaryOperator = ComparisonOperator | LogicOperator | ArithmeticOperator | DateOperator
export type ListOperator = 'countOf' | 'sumOf' | 'someOf' | 'everyOf'

interface Placed {
  readonly slot: number
  readonly unit: Unit
  readonly at: SourceSpan
}

/** A figure, word or list of words written in the source; `null` compares with an optional fact. */
export interface Literal extends Placed {
  readonly op: 'literal'
  readonly value: number | string | boolean | null | readonly string[]
}

/** `facts.name`. */
export interface FactReference extends Placed {
  readonly op: 'fact'
  readonly name: string
}

/** `values.name`. */
export interface ValueReference extends Placed {
  readonly op: 'value'
  readonly name: string
}

/** A `const` above; `of` is the slot of its expression. */
export interface LocalReference extends Placed {
  readonly op: 'local'
  readonly name: string
  readonly of: number
}

/** The item that a list operation is looking at, or one field of it. */
export interface ItemReference extends Placed {
  readonly op: 'item'
  /** The fact that is the list. */
  readonly list: string
  /** Absent for a list of plain quantities. */
  readonly field?: string
}

/** One entry of a keyed value. */
export interface TableEntry extends Placed {
  readonly op: 'entry'
  readonly name: string
  readonly key: Expression
}

/** `!flag`. */
export interface Negation extends Placed {
  readonly op: '!'
  readonly of: Expression
}

/** An operator or function of two sides. */
export interface Binary extends Placed {
  readonly op: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

/** `left` is the amount, `right` the rate. */
export interface Share extends Placed {
  readonly op: 'share'
  readonly left: Expression
  readonly right: Expression
  readonly rounding: Rounding
}

/** `condition ? whenTrue : whenFalse`. */
export interface Conditional extends Placed {
  readonly op: '?:'
  readonly condition: Expression
  readonly whenTrue: Expression
  readonly whenFalse: Expression
}

/** True when the word is among the options: a literal list or a value that is a list of choices. */
export interface Inclusion extends Placed {
  readonly op: 'includes'
  readonly options: Literal | ValueReference
  readonly word: Expression
}

/** `each` is evaluated once per item; its slots are those from `firstSlot` to just before the operation's own. */
export interface ListOperation extends Placed {
  readonly op: ListOperator
  readonly list: FactReference
  readonly each: Expression
  readonly firstSlot: number
}

/** Whatever has a value. */
export type Expression =
  | Literal
  | FactReference
  | ValueReference
  | LocalReference
  | ItemReference
  | TableEntry
  | Negation
  | Binary
  | Share
  | Conditional
  | Inclusion
  | ListOperation

/** The source text of a node of `body`, on one line. */
export function sourceOf(body: PolicyBody, node: { readonly at: SourceSpan }): string {
  return body.source.slice(node.at.start - body.at.start, node.at.end - body.at.start).replace(/\s+/g, ' ')
}

/** The expressions that an expression is made of, in the order of evaluation. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.op) {
    case 'literal':
    case 'fact':
    case 'value':
    case 'local':
    case 'item':
      return []
    case 'entry':
      return [expression.key]
    case '!':
      return [expression.of]
    case '?:':
      return [expression.condition, expression.whenTrue, expression.whenFalse]
    case 'includes':
      return [expression.options, expression.word]
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return [expression.list, expression.each]
    default:
      return [expression.left, expression.right]
  }
}
