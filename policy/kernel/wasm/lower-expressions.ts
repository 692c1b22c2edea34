/** From expressions to terms. A choice is the place of its word among words that the term carries with it: those of the fact it comes from. */
import type { Binary, Conditional, Expression, Inclusion, ItemReference, Literal, Share, TableEntry } from '../../ir.ts'
import { share } from '../../language.ts'
import { type FieldUnit, isQuantity, type Unit, type ValueUnit } from '../../units.ts'
import { type Column, SET_COLUMN } from '../columns.ts'
import { DATE_RANGE, dayOf } from '../day-numbers.ts'
import { lowerFold, lowerMembership, lowerSelection } from './lower-lists.ts'
import { input, type Lowered, type Lowering, unknown } from './lowering.ts'
import { joined, type Range, type Term } from './terms.ts'
import { stepOfTable, type TableContent, tableFor, type ValueTable } from './value-tables.ts'

/** Codes of texts are places in a dictionary. */
const TEXT_RANGE: Range = { min: 0, max: 0x7fff_ffff }

/** Days of every date that can be computed: the years 1 to 9999. */
const DAY_RANGE: Range = { min: dayOf('0001-01-01'), max: dayOf('9999-12-31') }

/** Lowers an expression and keeps it under its slot. */
export function lowerExpression(lowering: Lowering, expression: Expression): Lowered {
  const lowered = lowerOperation(lowering, expression)
  lowering.slots.set(expression.slot, lowered)
  return lowered
}

function lowerOperation(lowering: Lowering, expression: Expression): Lowered {
  const { terms } = lowering
  switch (expression.op) {
    case 'literal':
      return lowerLiteral(lowering, expression)
    case 'fact':
      return lowerField(lowering, expression.name, factUnit(lowering, expression.name))
    case 'item':
      return lowerItem(lowering, expression)
    case 'local':
      return lowering.slots.get(expression.of) ?? unknown(`the local ${expression.name}`)
    case 'value':
      return lowerValue(lowering, expression.name)
    case 'entry':
      return lowerEntry(lowering, expression)
    case '!':
      return { term: terms.not(lowerExpression(lowering, expression.of).term) }
    case '?:':
      return lowerConditional(lowering, expression)
    case 'share':
      return { term: lowerShare(lowering, expression) }
    case 'includes':
      return { term: lowerInclusion(lowering, expression) }
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return { term: lowerFold(lowering, expression) }
    case 'filterOf':
    case 'sortOf':
    case 'firstOf':
      // A selection is kept by `lowerSelection`; those who refer to it ask there.
      lowerSelection(lowering, expression)
      return { term: terms.no }
    case 'hasItem':
      return { term: lowerMembership(lowering, expression) }
    default:
      return lowerBinary(lowering, expression)
  }
}

/** A share, its rate counted in the largest step that all its values have: with smaller numbers the product is exact for larger amounts. */
function lowerShare(lowering: Lowering, { left, right, rounding, unit }: Share): Term {
  const { terms } = lowering
  const amount = lowerExpression(lowering, left).term
  const rate = lowerExpression(lowering, right).term
  const known = {
    min: share(Math.max(0, amount.range.min), Math.max(0, rate.range.min), 'down'),
    max: share(amount.range.max, rate.range.max, 'up'),
  }
  const step = stepOfRate(lowering, rate)
  const counted = step === 1 ? rate : rateInSteps(lowering, rate, step)
  return terms.share(amount, counted, rounding, PPM_PER_WHOLE / step, provedOf(unit, known))
}

const PPM_PER_WHOLE = 1_000_000

function stepOfRate(lowering: Lowering, rate: Term): number {
  if (rate.op === 'select') return Math.min(stepOfRate(lowering, rate.whenTrue), stepOfRate(lowering, rate.whenFalse))
  if (rate.op !== 'lookup') return 1
  const { content } = rate.table
  return stepOfTable(rate.table, lowering.plan.sets, content.is === 'fixed' ? undefined : lowering.wider[content.name])
}

/** The same rate divided by a step. */
function rateInSteps(lowering: Lowering, rate: Term, step: number): Term {
  const { terms } = lowering
  if (rate.op === 'select') {
    const whenTrue = rateInSteps(lowering, rate.whenTrue, step)
    return terms.select(rate.condition, whenTrue, rateInSteps(lowering, rate.whenFalse, step))
  }
  if (rate.op !== 'lookup') return rate
  const table = tableOf(lowering, rate.table.content, step)
  return terms.lookup(table, table.range, rate.key)
}

function lowerLiteral({ terms, texts }: Lowering, { value, unit }: Literal): Lowered {
  if (typeof value === 'boolean') return { term: value ? terms.yes : terms.no }
  if (typeof value === 'number') return { term: terms.constant(value) }
  if (typeof value !== 'string') return { term: terms.constant(0), present: terms.no }
  if (unit.kind === 'choice') return { term: terms.constant(0), words: [value] }
  return { term: terms.constant(unit.kind === 'date' ? dayOf(value) : texts.indexOf(value)) }
}

function factUnit({ body }: Lowering, name: string): FieldUnit {
  const unit = body.facts[name]
  return unit === undefined || unit.kind === 'list' ? unknown(`the fact ${name}`) : unit
}

/** A fact, or a field of the item that is looked at. */
function lowerField(lowering: Lowering, name: string, unit: FieldUnit): Lowered {
  const { terms } = lowering
  if (unit.kind === 'optional') {
    const presence = terms.column(input(lowering, `${name}?`), { min: 0, max: 1 })
    return { ...lowerField(lowering, name, unit.unit), present: terms.truth(presence) }
  }
  const column = input(lowering, name)
  const term = terms.column(column, rangeOfColumn(column))
  if (unit.kind === 'flag') return { term: terms.truth(term) }
  return { term, ...(unit.kind === 'choice' && { words: unit.options }) }
}

function rangeOfColumn({ code }: Column): Range {
  switch (code.is) {
    case 'quantity':
      return { min: Math.min(0, code.unit.min), max: Math.max(0, code.unit.max) }
    case 'date':
      return DATE_RANGE
    case 'choice':
      return { min: 0, max: code.options.length - 1 }
    case 'flag':
    case 'presence':
      return { min: 0, max: 1 }
    default:
      return TEXT_RANGE
  }
}

function lowerItem(lowering: Lowering, { list, field }: ItemReference): Lowered {
  const unit = lowering.body.facts[list]
  if (unit?.kind !== 'list') return unknown(`the list ${list}`)
  if (unit.item.kind !== 'record') return lowerField(lowering, `${list}[]`, unit.item)
  // The item itself stands only in `hasItem`, which asks for its place.
  if (field === undefined) return { term: lowering.terms.no }
  const fieldUnit = unit.item.fields[field]
  return fieldUnit === undefined ? unknown(`${list}.${field}`) : lowerField(lowering, `${list}.${field}`, fieldUnit)
}

function valueUnit({ body }: Lowering, name: string): ValueUnit {
  return body.values[name] ?? unknown(`the value ${name}`)
}

function lowerValue(lowering: Lowering, name: string): Lowered {
  const { terms } = lowering
  const unit = valueUnit(lowering, name)
  // A list of words is read where it is asked for one of them.
  if (unit.kind === 'list') return { term: terms.no }
  const term = lookUp(lowering, { is: 'single', name, unit })
  if (unit.kind === 'flag') return { term: terms.truth(term) }
  return { term, ...(unit.kind === 'choice' && { words: unit.options }) }
}

function lowerEntry(lowering: Lowering, { name, key }: TableEntry): Lowered {
  const { terms } = lowering
  const unit = valueUnit(lowering, name)
  if (unit.kind !== 'keyed') return unknown(`the table ${name}`)
  const lowered = lowerExpression(lowering, key)
  const content = { is: 'keyed', name, keys: unit.by, unit: unit.unit } as const
  if (unit.count === undefined) {
    const word = inWords(lowering, lowered, unit.by).term
    const written = word.op === 'constant' ? unit.by[word.value] : undefined
    if (written !== undefined) return { term: lookUp(lowering, { is: 'entry', name, key: written, unit: unit.unit }) }
    return { term: lookUp(lowering, content, word) }
  }
  const range = { min: 0, max: unit.by.length - 1 }
  const place = terms.pair('sub', lowered.term, terms.constant(unit.count.min), range)
  return { term: lookUp(lowering, content, unit.count.min === 0 ? lowered.term : place) }
}

/** A look-up in a table of values, in the set of the row where the sets differ. */
function lookUp(lowering: Lowering, content: TableContent, key?: Term): Term {
  const table = tableOf(lowering, content, 1)
  const place = table.isPerSet ? placeInSets(lowering, table.entries, key) : key
  return lowering.terms.lookup(table, table.range, place)
}

/** The table of a content and unit, made once. */
function tableOf({ tables, plan, wider }: Lowering, content: TableContent, unit: number): ValueTable {
  const text = JSON.stringify(content)
  const known = tables.find((each) => each.unit === unit && JSON.stringify(each.content) === text)
  if (known !== undefined) return known
  const envelope = content.is === 'fixed' ? undefined : wider[content.name]
  const table = tableFor(tables.length, content, plan.sets, envelope, unit)
  tables.push(table)
  return table
}

/** The place of an entry among those of all sets. */
function placeInSets(lowering: Lowering, entries: number, key: Term | undefined): Term {
  const { terms, plan } = lowering
  const set = terms.column(input(lowering, SET_COLUMN.name), { min: 0, max: plan.sets.length - 1 })
  if (key === undefined) return set
  const range = { min: 0, max: plan.sets.length * entries - 1 }
  const start = terms.pair('mul', set, terms.constant(entries), range)
  return terms.pair('add', start, key, range)
}

/** The same word as its place among `words`; what is not among them becomes the place after the last. */
export function inWords(lowering: Lowering, lowered: Lowered, words: readonly string[]): Lowered {
  const { terms } = lowering
  const own = lowered.words ?? []
  if (own.every((word, code) => words[code] === word)) return { ...lowered, words }
  const codes = own.map((word) => (words.includes(word) ? words.indexOf(word) : words.length))
  const { term } = lowered
  if (term.op === 'constant') return { ...lowered, term: terms.constant(codes[term.value] ?? words.length), words }
  return { ...lowered, term: lookUp(lowering, { is: 'fixed', numbers: codes }, term), words }
}

function lowerConditional(lowering: Lowering, { condition, whenTrue, whenFalse, unit }: Conditional): Lowered {
  const { terms } = lowering
  const flag = lowerExpression(lowering, condition).term
  const [yes, no, words] = alike(lowering, lowerExpression(lowering, whenTrue), lowerExpression(lowering, whenFalse))
  const term = terms.select(flag, yes.term, no.term)
  const isOptional = unit.kind === 'optional' && (yes.present !== undefined || no.present !== undefined)
  const present = terms.select(flag, yes.present ?? terms.yes, no.present ?? terms.yes)
  return { term, ...(words && { words }), ...(isOptional && { present }) }
}

/** Two choices in the same words; anything else as it is. */
function alike(lowering: Lowering, a: Lowered, b: Lowered): [Lowered, Lowered, (readonly string[])?] {
  if (a.words === undefined || b.words === undefined) return [a, b]
  const words = [...new Set([...a.words, ...b.words])]
  return [inWords(lowering, a, words), inWords(lowering, b, words), words]
}

function lowerInclusion(lowering: Lowering, { options, word }: Inclusion): Term {
  const { terms } = lowering
  const asked = lowerExpression(lowering, word)
  const words = asked.words ?? []
  if (options.op === 'value') {
    const listed = lookUp(lowering, { is: 'listed', name: options.name, words }, asked.term)
    return terms.truth(listed)
  }
  const list: readonly string[] = Array.isArray(options.value) ? options.value : []
  return words.reduce((any, each, code) => {
    return list.includes(each) ? terms.or(any, terms.equal(asked.term, terms.constant(code))) : any
  }, terms.no)
}

function lowerBinary(lowering: Lowering, expression: Binary): Lowered {
  const { terms } = lowering
  const left = lowerExpression(lowering, expression.left)
  const right = lowerExpression(lowering, expression.right)
  const a = left.term
  const b = right.term
  switch (expression.op) {
    case '&&':
      return { term: terms.and(a, b) }
    case '||':
      return { term: terms.or(a, b) }
    case '===':
      return { term: equal(lowering, left, right) }
    case '!==':
      return { term: terms.not(equal(lowering, left, right)) }
    case '<':
      return { term: terms.less(a, b) }
    case '<=':
      return { term: terms.lessOrEqual(a, b) }
    case '>':
      return { term: terms.less(b, a) }
    case '>=':
      return { term: terms.lessOrEqual(b, a) }
    case 'addMonths':
    case 'monthsBetween':
      return { term: terms.pair(expression.op, a, b, provedOf(expression.unit, EVERYTHING)) }
    case 'addDays':
      return { term: terms.pair('add', a, b, DAY_RANGE) }
    case 'daysBetween':
      return { term: terms.pair('sub', b, a, provedOf(expression.unit, EVERYTHING)) }
    default: {
      const op = ({ '+': 'add', '-': 'sub', '*': 'mul', min: 'min', max: 'max' } as const)[expression.op]
      return { term: terms.pair(op, a, b, provedOf(expression.unit, rangeOfPair(op, a.range, b.range))) }
    }
  }
}

/** Equal when both are there and the same, or both are absent. */
function equal(lowering: Lowering, left: Lowered, right: Lowered): Term {
  const { terms } = lowering
  const [a, b] = alike(lowering, left, right)
  const same = terms.equal(a.term, b.term)
  if (a.present === undefined && b.present === undefined) return same
  const isThere = a.present ?? terms.yes
  const isOtherThere = b.present ?? terms.yes
  const bothThere = terms.and(terms.and(isThere, isOtherThere), same)
  return terms.or(bothThere, terms.and(terms.not(isThere), terms.not(isOtherThere)))
}

const EVERYTHING: Range = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }

/** What the reader has proved of an expression, narrowed by what is known of the values. */
export function provedOf(unit: Unit, known: Range): Range {
  if (!isQuantity(unit)) return unit.kind === 'date' ? DAY_RANGE : known
  const min = Math.max(unit.min, known.min)
  const max = Math.min(unit.max, known.max)
  // Of an expression that no row comes to, nothing is known.
  return min <= max ? { min, max } : { min: unit.min, max: unit.max }
}

function rangeOfPair(op: 'add' | 'sub' | 'mul' | 'min' | 'max', a: Range, b: Range): Range {
  switch (op) {
    case 'add':
      return { min: a.min + b.min, max: a.max + b.max }
    case 'sub':
      return { min: a.min - b.max, max: a.max - b.min }
    case 'mul': {
      const corners = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max]
      return { min: Math.min(...corners), max: Math.max(...corners) }
    }
    case 'min':
      return { min: Math.min(a.min, b.min), max: Math.min(a.max, b.max) }
    case 'max':
      return { min: Math.max(a.min, b.min), max: Math.max(a.max, b.max) }
  }
}

/** The range of a sum of at most `count` numbers. */
export function rangeOfSum({ min, max }: Range, count: number): Range {
  return joined({ min: 0, max: 0 }, { min: min * count, max: max * count })
}
