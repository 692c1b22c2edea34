import { addDays, addMonths, daysBetween, monthsBetween } from './dates.ts'
import type { Facts, FactValue, ItemValue } from './facts.ts'
import type {
  Binary,
  Block,
  EndStatement,
  Expression,
  Filter,
  First,
  IfStatement,
  Inclusion,
  ItemDecision,
  ListExpression,
  ListOperation,
  Membership,
  PolicyBody,
  Sort,
  Statement,
  SwitchStatement,
  TableEntry,
} from './ir.ts'
import { compareKeys, share } from './language.ts'
import type { ResolvedValue, ResolvedValues } from './values.ts'

/**
 * What an expression came to; `undefined` in a slot means that it was never evaluated. A selection is the places of its items in the list
 * that it selects from, in its own order.
 */
export type SlotValue = FactValue | ResolvedValue['value'] | Readonly<Record<string, FactValue>>

/** Everything that was evaluated on the way to one outcome. */
export interface Trace {
  /** The statement that ended it. */
  readonly end: EndStatement
  /** By slot. What is looked at item by item is not here but in `items`. */
  readonly slots: readonly (SlotValue | undefined)[]
  /** By the slot of a list operation, a selection or a decision per item: for each item it looked at, the slots from its `firstSlot` on. */
  readonly items: ReadonlyMap<number, readonly (readonly (SlotValue | undefined)[])[]>
  /** The statement that ended each item, where the outcome decides them. */
  readonly itemEnds?: readonly EndStatement[]
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
  const end = runToEnd(run, body.block)
  const itemEnds = end.each === undefined ? {} : { itemEnds: decideItems(run, end.each) }
  return { end, slots: run.slots, items: run.items, ...itemEnds, valuesRead: run.valuesRead }
}

interface Run {
  readonly facts: Facts
  readonly values: ResolvedValues
  readonly slots: (SlotValue | undefined)[]
  readonly items: Map<number, (readonly (SlotValue | undefined)[])[]>
  readonly valuesRead: Set<string>
  /** The item that is being looked at, and its place in the list that is the fact. */
  item?: ItemValue
  place?: number
}

function runToEnd(run: Run, block: Block): EndStatement {
  const end = runBlock(run, block)
  if (end === undefined) throw new TypeError('a body of the IR has a path without an outcome')
  return end
}

/** Runs statements until one comes to an outcome; undefined when none does. */
function runBlock(run: Run, block: Block): EndStatement | undefined {
  for (const statement of block) {
    const end = runStatement(run, statement)
    if (end !== undefined) return end
  }
  return undefined
}

function runStatement(run: Run, statement: Statement): EndStatement | undefined {
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
    case 'filterOf':
      return filterItems(run, expression)
    case 'sortOf':
      return sortItems(run, expression)
    case 'firstOf':
      return firstItems(run, expression)
    case 'hasItem':
      return hasItem(run, expression)
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
  const key = String(orderedOf(run, expression.key))
  return defined(expression, isTable(table) && Object.hasOwn(table, key) ? table[key] : undefined)
}

function isTable(value: ResolvedValue['value']): value is Readonly<Record<string, number>> {
  return typeof value === 'object' && !Array.isArray(value)
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

/** The list that is a fact, and which of its items an expression stands for: their places, in order; all of them when there are none. */
interface Items {
  readonly all: readonly ItemValue[]
  readonly places?: readonly number[]
}

function itemsOf(run: Run, list: ListExpression): Items {
  const value = evaluate(run, list)
  if (!Array.isArray(value)) throw mismatch(list, 'a list')
  if (list.op === 'fact') return { all: value }
  const all = list.base === undefined ? undefined : run.facts[list.base]
  if (!Array.isArray(all)) throw mismatch(list, 'a selection of a list')
  return { all, places: value }
}

function placesOf({ all, places }: Items): readonly number[] {
  return places ?? all.map((_, place) => place)
}

/** What looks at items one by one. */
type ItemLoop = Pick<ListOperation, 'firstSlot' | 'slot'>

/** Looks at every item, also after the answer is certain, so that the trace shows them all. */
function eachItem(
  run: Run,
  { all, places }: Items,
  { firstSlot, slot }: ItemLoop,
  look: (place: number) => void,
): void {
  const { slots } = run
  const itemSlots: (SlotValue | undefined)[][] = []
  const count = places?.length ?? all.length
  for (let index = 0; index < count; index++) {
    const place = places === undefined ? index : (places[index] ?? 0)
    const item = all[place]
    if (item === undefined) throw new TypeError(`slot ${slot} of the IR looks at an item that is not there`)
    run.item = item
    run.place = place
    look(place)
    itemSlots.push(slots.slice(firstSlot, slot))
    slots.fill(undefined, firstSlot, slot)
  }
  run.items.set(slot, itemSlots)
}

function foldList(run: Run, expression: ListOperation): number | boolean {
  const { op, list, each } = expression
  const items = itemsOf(run, list)
  let sum = 0
  eachItem(run, items, expression, () => {
    sum += Number(evaluate(run, each))
  })
  if (op === 'someOf') return sum > 0
  return op === 'everyOf' ? sum === (items.places ?? items.all).length : sum
}

function filterItems(run: Run, expression: Filter): number[] {
  const chosen: number[] = []
  eachItem(run, itemsOf(run, expression.list), expression, (place) => {
    if (flagOf(run, expression.each)) chosen.push(place)
  })
  return chosen
}

/** Equal items stay in the order of the list: sorting is stable. */
function sortItems(run: Run, expression: Sort): number[] {
  const items = itemsOf(run, expression.list)
  const keys = new Map<number, number | string>()
  eachItem(run, items, expression, (place) => keys.set(place, orderedOf(run, expression.each)))
  const direction = expression.order === 'ascending' ? 1 : -1
  return placesOf(items).toSorted((a, b) => direction * compareKeys(keys.get(a) ?? 0, keys.get(b) ?? 0))
}

function firstItems(run: Run, { list, count }: First): readonly number[] {
  const places = placesOf(itemsOf(run, list))
  return places.slice(0, numberOf(run, count))
}

function hasItem(run: Run, expression: Membership): boolean {
  const selected = evaluate(run, expression.list)
  evaluate(run, expression.item)
  if (!Array.isArray(selected)) throw mismatch(expression.list, 'a selection')
  return selected.includes(run.place)
}

/** Each item of the fact comes to an outcome of its own; the slot of the decision holds how many are granted. */
function decideItems(run: Run, each: ItemDecision): EndStatement[] {
  const ends: EndStatement[] = []
  eachItem(run, itemsOf(run, each.list), each, () => ends.push(runToEnd(run, each.block)))
  run.slots[each.slot] = ends.filter((end) => end.do === 'grant').length
  return ends
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
