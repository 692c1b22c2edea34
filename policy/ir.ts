/**
 * The intermediate form (IR), version 2: what the reader makes of a policy's source and every other reading starts from. Plain JSON.
 *
 * Each expression has a unit with a proved range, its place in the source, and a `slot`: its number within the body, in reading order. A
 * decision evaluates an expression at most once (list operations: once per item), so an array indexed by slot is a complete trace.
 * Every path ends in an outcome; there are no assignments and no loops.
 */
import type { Rounding } from './language.ts'
import type { FactUnit, ListUnit, ScalarUnit, Unit, ValueUnit } from './units.ts'

/** Version of the form that the reader makes. Version 2 added selections of lists, decisions per item, tables by number and promises; all of version 1 is in it. */
export const IR_VERSION = 2
/** Versions that every reading understands. */
export const IR_VERSIONS = [1, 2] as const
export type IrVersion = (typeof IR_VERSIONS)[number]

/** Offsets into the source text (UTF-16, end exclusive) and the 1-based line and column of the start. */
export interface SourceSpan {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}

/** A whole policy: all its dated bodies, earliest first. */
export interface PolicyIr {
  readonly irVersion: IrVersion
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
  /** What is decided item by item; absent where nothing is. */
  readonly items?: ItemResults
  /** What the author states of the rule, for `check` to refute. */
  readonly promises?: readonly MonotonicityPromise[]
  readonly block: Block
  /** Number of slots that a trace of this body needs. */
  readonly slots: number
  /** The text of the definition, which `at` places in its file, so that an explanation can quote it. Not part of the hash. */
  readonly source: string
  readonly at: SourceSpan
}

/** The list that a body decides item by item, and what an item may be granted. */
export interface ItemResults {
  /** The fact that is the list; its items are records. */
  readonly list: string
  readonly results: Readonly<Record<string, ScalarUnit>>
  /** Name of the money result that is an item's total. */
  readonly total?: string
}

/** `rises('resultFen', { with: 'fact' })`: all else equal, more of the fact never gives less; `falls`: never gives more. Not granted counts as 0. */
export interface MonotonicityPromise<R extends string = string, F extends string = string> {
  readonly says: 'rises' | 'falls'
  /** A result that is a quantity. */
  readonly result: R
  /** A fact that is a quantity, a date or a flag (`false` before `true`). */
  readonly with: F
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
  readonly each?: ItemDecision
  readonly at: SourceSpan
}

/** `return refuse(reason, clause)` or `refer(...)`. */
export interface ReasonStatement {
  readonly do: 'refuse' | 'refer'
  readonly reason: string
  readonly clause: string
  readonly each?: ItemDecision
  readonly at: SourceSpan
}

/**
 * `eachOf(facts.list, (item) => ...)`, the third argument of an outcome: every item of the fact comes to an outcome of its own. The block is
 * run once per item, after the results; its slots are those from `firstSlot` to just before `slot`, which holds the number of items granted.
 */
export interface ItemDecision {
  readonly list: FactReference
  /** Ends in an outcome on every path; its grants carry item results, and none of its outcomes has an `each`. */
  readonly block: Block
  readonly firstSlot: number
  readonly slot: number
  readonly at: SourceSpan
}

/** A statement that ends a path. */
export type EndStatement = GrantStatement | ReasonStatement

/** One step of a body, in the order of the text. */
export type Statement = ConstStatement | IfStatement | SwitchStatement | EndStatement

/** The operators of expressions, by what they give: flags, flags of flags, quantities, dates and spans of time, figures about a list. */
export type ComparisonOperator = '===' | '!==' | '<' | '<=' | '>' | '>='
export type LogicOperator = '&&' | '||'
export type ArithmeticOperator = '+' | '-' | '*' | 'min' | 'max'
export type DateOperator = 'addMonths' | 'addDays' | 'monthsBetween' | 'daysBetween'
export type BinaryOperator = ComparisonOperator | LogicOperator | ArithmeticOperator | DateOperator
export type ListOperator = 'countOf' | 'sumOf' | 'someOf' | 'everyOf'
export type SortOrder = 'ascending' | 'descending'

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
  /** Of a selection: the fact whose items it selects. */
  readonly base?: string
}

/** The item that a list operation is looking at, or one field of it. */
export interface ItemReference extends Placed {
  readonly op: 'item'
  /** The fact that is the list. */
  readonly list: string
  /** Absent for a list of plain quantities. */
  readonly field?: string
}

/** One entry of a keyed value; the key is a choice, or a count that is written in decimal. */
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
  readonly list: ListExpression
  readonly each: Expression
  readonly firstSlot: number
}

/** What every selection has: its unit is the list's with a `max` of its own, its items are items of the fact `base`, each at most once. */
interface Selected extends Placed {
  readonly unit: ListUnit
  readonly base: string
  readonly list: ListExpression
}

/** The items for which `each` is true, in the order of the list. Slots as in a list operation. */
export interface Filter extends Selected {
  readonly op: 'filterOf'
  readonly each: Expression
  readonly firstSlot: number
}

/** All items by a quantity or date of each, equal ones in the order of the list. Slots as in a list operation. */
export interface Sort extends Selected {
  readonly op: 'sortOf'
  readonly each: Expression
  readonly order: SortOrder
  readonly firstSlot: number
}

/** The first items of the list: as many as `count`, which cannot be negative, or all when there are fewer. */
export interface First extends Selected {
  readonly op: 'firstOf'
  readonly count: Expression
}

/** True when the item that is being looked at is among a selection of the same fact. */
export interface Membership extends Placed {
  readonly op: 'hasItem'
  readonly list: LocalReference
  readonly item: ItemReference
}

/** A list of facts, or some of its items. */
export type Selection = Filter | Sort | First
export type ListExpression = FactReference | LocalReference | Selection

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
  | Selection
  | Membership

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
    case 'filterOf':
    case 'sortOf':
      return [expression.list, expression.each]
    case 'firstOf':
      return [expression.list, expression.count]
    case 'hasItem':
      return [expression.list, expression.item]
    default:
      return [expression.left, expression.right]
  }
}
