import { addDays, addMonths, daysBetween, monthsBetween } from './dates.ts'
import type { Facts, FactValue, ItemValue } from './facts.ts'
import type {
  Binary,
  Block,
  Expression,
  GrantStatement,
  IfStatement,
  Inclusion,
  ListOperation,
  PolicyBody,
  ReasonStatement,
  Statement,
  SwitchStatement,
  TableEntry,
} from './ir.ts'
import { share } from './language.ts'
import type { ResolvedValue, ResolvedValues } from './values.ts'

/** What an expression came to; `undefined` in a slot means that it was never evaluated. */
export type SlotValue = FactValue | ResolvedValue['value'] | Readonly<Record<string, FactValue>>

/** Everything that was evaluated on the way to one outcome. */
export interface Trace {
  /** The statement that ended it. */
  readonly end: GrantStatement | ReasonStatement
  /** By slot. What a list operation looks at item by item is not here but in `items`. */
  readonly slots: readonly (SlotValue | undefined)[]
  /** By the slot of a list operation: for each item, the slots from its `firstSlot` on. */
  readonly items: ReadonlyMap<number, readonly (readonly (SlotValue | undefined)[])[]>
  /** Names of the values that were read. */
  readonly valuesRead: ReadonlySet<string>
}

/**
 * Runs one body over facts and values that have been checked against it.
 * @throws TypeError when the IR was not made by the reader and does not fit together
 */
export function runBody(body: PolicyBody, facts: Facts, values: ResolvedValues): Trace {
  const run: Run = {
    facts,
    values,
    slots: new Array<SlotValue | undefined>(body.slots),
    items: new Map(),
    valuesRead: new Set(),
  }
  const end = runBlock(run, body.block)
  if (end === undefined) throw new TypeError('a body of the IR has a path without an outcome')
  return { end, slots: run.slots, items: run.items, valuesRead: run.valuesRead }
}

interface Run {
  readonly facts: Facts
  readonly values: ResolvedValues
  readonly slots: (SlotValue | undefined)[]
  readonly items: Map<number, (readonly (SlotValue | undefined)[])[]>
  readonly valuesRead: Set<string>
  /** The item that a list operation is looking at. */
  item?: ItemValue
}

type End = GrantStatement | ReasonStatement

/** Runs statements until one comes to an outcome; undefined when none does. */
function runBlock(run: Run, block: Block): End | undefined {
  for (const statement of block) {
    const end = runStatement(run, statement)
    if (end !== undefined) return end
  }
  return undefined
}

function runStatement(run: Run, statement: Statement): End | undefined {
  switch (statement.do) {
    case 'const':
      evaluate(run, statement.is)
      return undefined
    case 'if':
      flagOf(run, statement.condition)
      break
    case 'switch':
      evaluate(run, statement.on)
      break
    case 'grant':
      for (const result of Object.values(statement.results)) evaluate(run, result)
      return statement
    default:
      return statement
  }
  return runBlock(
    run,
    branchTaken(statement, (slot) => run.slots[slot]),
  )
}

/** The statements that an `if` or a `switch` goes on with, told by what its condition or word came to; none where it leads nowhere. */
export function branchTaken(
  statement: IfStatement | SwitchStatement,
  read: (slot: number) => SlotValue | undefined,
): Block {
  if (statement.do === 'if') {
    return (read(statement.condition.slot) === true ? statement.block : statement.otherwise) ?? []
  }
  const word = read(statement.on.slot)
  return statement.cases.find(({ options }) => typeof word === 'string' && options.includes(word))?.block ?? []
}

function evaluate(run: Run, expression: Expression): SlotValue {
  const value = compute(run, expression)
  run.slots[expression.slot] = value
  return value
}

function compute(run: Run, expression: Expression): SlotValue {
  switch (expression.op) {
    case 'literal':
      return expression.value
    case 'fact':
      return defined(expression, run.facts[expression.name])
    case 'value':
      return readValue(run, expression, expression.name)
    case 'local':
      return defined(expression, run.slots[expression.of])
    case 'item':
      return itemValue(run, expression)
    case 'entry':
      return readEntry(run, expression)
    case '!':
      return !flagOf(run, expression.of)
    case '?:':
      return evaluate(run, flagOf(run, expression.condition) ? expression.whenTrue : expression.whenFalse)
    case 'share':
      return share(numberOf(run, expression.left), numberOf(run, expression.right), expression.rounding)
    case 'includes':
      return includesWord(run, expression)
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return foldList(run, expression)
    default:
      return computeBinary(run, expression)
  }
}

function computeBinary(run: Run, expression: Binary): SlotValue {
  const { op, left, right } = expression
  switch (op) {
    case '&&':
      return flagOf(run, left) && flagOf(run, right)
    case '||':
      return flagOf(run, left) || flagOf(run, right)
    case '===':
      return evaluate(run, left) === evaluate(run, right)
    case '!==':
      return evaluate(run, left) !== evaluate(run, right)
    case '+':
      return numberOf(run, left) + numberOf(run, right)
    case '-':
      return numberOf(run, left) - numberOf(run, right)
    case '*':
      return numberOf(run, left) * numberOf(run, right)
    case 'addMonths':
      return addMonths(textOf(run, left), numberOf(run, right))
    case 'addDays':
      return addDays(textOf(run, left), numberOf(run, right))
    case 'monthsBetween':
      return monthsBetween(textOf(run, left), textOf(run, right))
    case 'daysBetween':
      return daysBetween(textOf(run, left), textOf(run, right))
    default:
      return computeOrdered(run, expression, op)
  }
}

/** What needs an order: of quantities by size, of dates by day. */
function computeOrdered(run: Run, { left, right }: Binary, op: '<' | '<=' | '>' | '>=' | 'min' | 'max'): SlotValue {
  const a = orderedOf(run, left)
  const b = orderedOf(run, right)
  const [lesser, greater] = b < a ? [b, a] : [a, b]
  switch (op) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case 'min':
      return lesser
    case 'max':
      return greater
  }
}

function readValue(run: Run, expression: Expression, name: string): ResolvedValue['value'] {
  run.valuesRead.add(name)
  return defined(expression, run.values[name]?.value)
}

function readEntry(run: Run, expression: TableEntry): SlotValue {
  const table = readValue(run, expression, expression.name)
  const key = textOf(run, expression.key)
  return defined(expression, new Map(Object.entries(table)).get(key))
}

function itemValue({ item }: Run, expression: Extract<Expression, { op: 'item' }>): SlotValue {
  if (expression.field === undefined) return defined(expression, item)
  return defined(expression, typeof item === 'object' ? item[expression.field] : undefined)
}

function includesWord(run: Run, { options, word }: Inclusion): boolean {
  const list = evaluate(run, options)
  const asked = textOf(run, word)
  return Array.isArray(list) && list.includes(asked)
}

/** Looks at every item, also after the answer is certain, so that the trace shows them all. */
function foldList(run: Run, expression: ListOperation): number | boolean {
  const { list, each, firstSlot, slot } = expression
  const items = evaluate(run, list)
  if (!Array.isArray(items)) throw mismatch(expression, 'a list')
  const itemSlots: (SlotValue | undefined)[][] = []
  let sum = 0
  for (const item of items) {
    run.item = item
    const value = evaluate(run, each)
    sum += Number(value)
    itemSlots.push(run.slots.slice(firstSlot, slot))
    run.slots.fill(undefined, firstSlot, slot)
  }
  run.items.set(slot, itemSlots)
  if (expression.op === 'someOf') return sum > 0
  return expression.op === 'everyOf' ? sum === items.length : sum
}

function flagOf(run: Run, expression: Expression): boolean {
  const value = evaluate(run, expression)
  if (typeof value !== 'boolean') throw mismatch(expression, 'a flag')
  return value
}

function numberOf(run: Run, expression: Expression): number {
  const value = evaluate(run, expression)
  if (typeof value !== 'number') throw mismatch(expression, 'a number')
  return value
}

function textOf(run: Run, expression: Expression): string {
  const value = evaluate(run, expression)
  if (typeof value !== 'string') throw mismatch(expression, 'text')
  return value
}

function orderedOf(run: Run, expression: Expression): number | string {
  const value = evaluate(run, expression)
  if (typeof value !== 'number' && typeof value !== 'string') throw mismatch(expression, 'a quantity or a date')
  return value
}

function defined<T>(expression: Expression, value: T | undefined): T {
  if (value === undefined) throw mismatch(expression, 'a value')
  return value
}

function mismatch(expression: Expression, expected: string): TypeError {
  return new TypeError(`slot ${expression.slot} (${expression.op}) of the IR is not ${expected}`)
}
