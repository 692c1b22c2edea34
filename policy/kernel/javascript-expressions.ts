import type {
  Binary,
  Conditional,
  Expression,
  ItemReference,
  ListExpression,
  ListOperation,
  Literal,
  Membership,
  Selection,
  Share,
  TableEntry,
} from '../ir.ts'
import { operandsOf } from '../ir.ts'
import { type FactUnit, isQuantity, type ScalarUnit, type Unit } from '../units.ts'
import { type ColumnArray, columnArray, kindOf, textsOf } from './columns.ts'
import { dayOf } from './day-numbers.ts'
import { inWords, isAmong, joinedWords, powerOfTwo, wordsOf } from './javascript-words.ts'
import {
  type Atom,
  constantArray,
  factArray,
  named,
  newName,
  readOnce,
  type SelectedItems,
  setOf,
  valueOfSets,
  type Writing,
} from './javascript-writing.ts'

/**
 * Writes what an expression computes and returns where the result stands. Everything is computed whether it is needed or not, because a
 * branch that is not foreseen costs more than arithmetic; only what walks over a list is left out where it is not needed. What is computed in
 * vain may be meaningless, but is always a number.
 */
export function writeExpression(writing: Writing, expression: Expression): Atom {
  switch (expression.op) {
    case 'literal':
      return literalAtom(writing, expression)
    case 'fact':
      return factAtom(writing, expression.name)
    case 'item':
      return itemAtom(writing, expression)
    case 'value':
      return valueAtom(writing, expression.name)
    case 'local':
      return localAtom(writing, expression.of)
    case 'entry':
      return entryAtom(writing, expression)
    case '!':
      return named(writing, `${writeExpression(writing, expression.of).text} ^ 1`, { isInt: true })
    case '?:':
      return conditionalAtom(writing, expression)
    case 'share':
      return shareAtom(writing, expression)
    case 'includes': {
      const word = writeExpression(writing, expression.word)
      const { options } = expression
      const lists =
        options.op === 'literal' ? [listOfWords(options.value)] : valueOfSets(writing, options.name).map(listOfWords)
      return named(writing, isAmong(writing, word, lists), { isInt: true })
    }
    case 'countOf':
    case 'sumOf':
    case 'someOf':
    case 'everyOf':
      return foldAtom(writing, expression)
    case 'hasItem':
      return membershipAtom(writing, expression)
    case 'filterOf':
    case 'sortOf':
    case 'firstOf':
      throw new TypeError('the IR uses a selection as a quantity')
    default:
      return binaryAtom(writing, expression)
  }
}

/** True for what walks over a list somewhere inside. */
export function isOverList(expression: Expression): boolean {
  return 'list' in expression && expression.op !== 'item' ? true : operandsOf(expression).some(isOverList)
}

function literalAtom({ body }: Writing, { value, unit }: Literal): Atom {
  if (unit.kind === 'text' && typeof value === 'string') {
    return { text: String(textsOf(body).indexOf(value)), isInt: true }
  }
  if (typeof value === 'number') return { text: String(value), isInt: true }
  if (typeof value === 'string') return { text: '0', isInt: true, words: [value] }
  return { text: value === true ? '1' : '0', isInt: true }
}

function factAtom(writing: Writing, name: string): Atom {
  const unit = writing.body.facts[name]
  if (unit === undefined || unit.kind === 'list') throw new TypeError(`the IR uses ${name} as a plain fact`)
  return { text: readOnce(writing, `${factArray(writing, name)}[i]`), ...shapeOf(unit) }
}

function itemAtom(writing: Writing, { list, field }: ItemReference): Atom {
  const unit = itemUnit(writing, list, field)
  const column = factArray(writing, field === undefined ? `${list}[]` : `${list}.${field}`)
  return named(writing, `${column}[${writing.item}]`, shapeOf(unit))
}

function itemUnit(writing: Writing, list: string, field: string | undefined): FactUnit {
  const unit = writing.body.facts[list]
  const item = unit?.kind === 'list' ? unit.item : undefined
  const found = item?.kind === 'record' ? item.fields[field ?? ''] : item
  if (found === undefined) throw new TypeError(`the IR uses an item of ${list} that is not declared`)
  return found
}

/** How a quantity of a unit stands in a column. */
function shapeOf(unit: Unit): Omit<Atom, 'text'> {
  const plain = unit.kind === 'optional' ? unit.unit : unit
  if (plain.kind === 'choice') return { isInt: true, words: plain.options }
  return { isInt: !isQuantity(plain) || kindOf(plain) !== 'f64' }
}

function valueAtom(writing: Writing, name: string): Atom {
  const unit = writing.body.values[name]
  if (unit === undefined || unit.kind === 'list' || unit.kind === 'keyed') {
    throw new TypeError(`the IR uses the value ${name} as a quantity`)
  }
  const codes = valueOfSets(writing, name).map((value) => codeOf(unit, value))
  const shape = shapeOf(unit)
  if (codes.length === 1) return { text: String(codes[0]), ...shape }
  const array = columnArray(isQuantity(unit) ? kindOf(unit) : 'i32', codes.length)
  array.set(codes)
  return { text: readOnce(writing, `${constantArray(writing, array)}[${setOf(writing)}]`), ...shape }
}

/** The number that stands for a quantity, flag, date or word. */
function codeOf(unit: ScalarUnit, value: unknown): number {
  if (unit.kind === 'choice') return unit.options.indexOf(String(value))
  return unit.kind === 'date' ? dayOf(String(value)) : Number(value)
}

function localAtom({ locals }: Writing, slot: number): Atom {
  const atom = locals.get(slot)
  if (atom === undefined) throw new TypeError(`slot ${slot} of the IR is used before it is named`)
  return atom
}

/** Tables are as long as a power of two and read with a masked index: a key that cannot come here must still not read past the end. */
function entryAtom(writing: Writing, { name, key }: TableEntry): Atom {
  const unit = writing.body.values[name]
  if (unit?.kind !== 'keyed') throw new TypeError(`the IR uses the value ${name} as a table`)
  const at = writeExpression(writing, key)
  const keys = unit.count === undefined ? wordsOf(at) : unit.by
  const size = powerOfTwo(keys.length)
  const table = columnArray(kindOf(unit.unit), size * writing.sets.length)
  valueOfSets(writing, name).forEach((value, set) => {
    const entries = new Map(Object.entries(value))
    keys.forEach((word, code) => {
      table[set * size + code] = Number(entries.get(word) ?? 0)
    })
  })
  const constant = findFigure(writing, table, unit.count === undefined ? at.text : undefined)
  if (constant !== undefined) return { text: constant, ...shapeOf(unit.unit) }
  const index = unit.count === undefined ? at.text : `(${at.text} - ${unit.count.min})`
  const start = writing.sets.length === 1 ? '' : `${setOf(writing)} * ${size} + `
  return named(writing, `${constantArray(writing, table)}[${start}(${index} & ${size - 1})]`, shapeOf(unit.unit))
}

/** The entry under a key that the source names, where there is one set. */
function findFigure({ sets }: Writing, table: ColumnArray, key: string | undefined): string | undefined {
  const isNamed = sets.length === 1 && key !== undefined && /^\d+$/.test(key)
  return isNamed ? String(table[Number(key)]) : undefined
}

function listOfWords(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

/** `words` are those that the codes of the result are to stand for, so that words chosen from words need no table at every step. */
function conditionalAtom(
  writing: Writing,
  { condition, whenTrue, whenFalse, unit }: Conditional,
  words?: readonly string[],
): Atom {
  const flag = writeExpression(writing, condition).text
  const codes = words ?? (unit.kind === 'choice' ? unit.options : undefined)
  const side = (expression: Expression): Atom => {
    if (codes === undefined) return writeExpression(writing, expression)
    if (expression.op === '?:') return conditionalAtom(writing, expression, codes)
    return inWords(writing, writeExpression(writing, expression), codes)
  }
  const ofWords = codes === undefined ? {} : { words: codes }
  if (isOverList(whenTrue) || isOverList(whenFalse)) {
    return {
      ...branchAtom(
        writing,
        flag,
        () => side(whenTrue),
        () => side(whenFalse),
      ),
      ...ofWords,
    }
  }
  const a = side(whenTrue)
  const b = side(whenFalse)
  const isInt = a.isInt && b.isInt && isSmall(unit)
  if (isInt) return named(writing, chosenInt(flag, a.text, b.text), { isInt, ...ofWords })
  return named(writing, `${flag} * ${a.text} + (${flag} ^ 1) * ${b.text}`, { isInt })
}

function chosenInt(flag: string, a: string, b: string): string {
  if (b === '0') return `-${flag} & ${a}`
  return a === '0' ? `(${flag} - 1) & ${b}` : `${b} ^ ((${a} ^ ${b}) & -${flag})`
}

/** A real branch: what lies on the side not taken is never computed. */
function branchAtom(writing: Writing, flag: string, whenTrue: () => Atom, whenFalse: () => Atom): Atom {
  const name = newName(writing)
  writing.lines.push(`let ${name} = 0`, `if (${flag}) {`)
  const a = whenTrue()
  writing.lines.push(`${name} = ${a.text}`, '} else {')
  const b = whenFalse()
  writing.lines.push(`${name} = ${b.text}`, '}')
  return { text: name, isInt: a.isInt && b.isInt }
}

/** Two sides with the same codes for words. */
function alike(writing: Writing, a: Atom, b: Atom): [Atom, Atom] {
  if (a.words === undefined || b.words === undefined) return [a, b]
  const words = joinedWords(a, b)
  return [inWords(writing, a, words), inWords(writing, b, words)]
}

const PPM_PER_WHOLE = 1_000_000
const ROUNDING_ADDEND = { half_up: 500_000, down: 0, up: 999_999 } as const

/**
 * Up to here a multiplication by a millionth, half a unit above the whole number, has the same floor as the division: the half keeps it 5e-7
 * away from every whole number, and two roundings move a quotient of up to 1e9 by less than 3e-7.
 */
const MULTIPLIED_MAX = 1e15

/** How many whole millions; `most` bounds what is divided. By division exact below 2^53: the quotient is below 2^34, where doubles lie closer together than a millionth. */
function millionsOf(text: string, most: number): string {
  return most <= MULTIPLIED_MAX ? `Math.floor((${text} + 0.5) * 1e-6)` : `Math.floor((${text}) / ${PPM_PER_WHOLE})`
}

function shareAtom(writing: Writing, { left, right, rounding }: Share): Atom {
  const amount = writeExpression(writing, left)
  const rate = writeExpression(writing, right)
  const addend = ROUNDING_ADDEND[rounding]
  const most = maxOf(left.unit) * maxOf(right.unit) + addend
  if (most <= Number.MAX_SAFE_INTEGER) {
    return named(writing, millionsOf(`${amount.text} * ${rate.text} + ${addend}`, most), { isInt: false })
  }
  const millions = named(writing, millionsOf(amount.text, maxOf(left.unit)), { isInt: false }).text
  const rest = `(${amount.text} - ${millions} * ${PPM_PER_WHOLE})`
  const ofRest = millionsOf(`${rest} * ${rate.text} + ${addend}`, PPM_PER_WHOLE * maxOf(right.unit) + addend)
  return named(writing, `${millions} * ${rate.text} + ${ofRest}`, { isInt: false })
}

function binaryAtom(writing: Writing, expression: Binary): Atom {
  const { op, left, right, unit } = expression
  if (op === '===' || op === '!==') return equalityAtom(writing, expression, op)
  const a = writeExpression(writing, left)
  if ((op === '&&' || op === '||') && isOverList(right)) return shortCircuit(writing, op, a.text, right)
  const b = writeExpression(writing, right)
  const [x, y] = [a.text, b.text]
  const isInt = a.isInt && b.isInt && isSmall(unit)
  switch (op) {
    case '&&':
      return named(writing, `${x} & ${y}`, { isInt })
    case '||':
      return named(writing, `${x} | ${y}`, { isInt })
    case '<':
    case '<=':
    case '>':
    case '>=':
      return named(writing, `(${x} ${op} ${y}) | 0`, { isInt: true })
    case '+':
    case '-':
      return named(writing, isInt ? `(${x} ${op} ${y}) | 0` : `${x} ${op} ${y}`, { isInt })
    case '*':
      return named(writing, isInt ? `Math.imul(${x}, ${y})` : `${x} * ${y}`, { isInt })
    case 'min':
    case 'max':
      return named(writing, `Math.${op}(${x}, ${y})`, { isInt: a.isInt && b.isInt })
    case 'addDays':
      return named(writing, `(${x} + ${y}) | 0`, { isInt: true })
    case 'daysBetween':
      return named(writing, `(${y} - ${x}) | 0`, { isInt: true })
    case 'addMonths':
    case 'monthsBetween':
      return named(writing, `${op}(${x}, ${y})`, { isInt: true })
  }
}

function shortCircuit(writing: Writing, op: '&&' | '||', left: string, right: Expression): Atom {
  const name = newName(writing)
  writing.lines.push(`let ${name} = ${left}`, `if (${op === '&&' ? left : `${left} ^ 1`}) {`)
  writing.lines.push(`${name} = ${writeExpression(writing, right).text}`, '}')
  return { text: name, isInt: true }
}

function equalityAtom(writing: Writing, { left, right }: Binary, op: '===' | '!=='): Atom {
  if (right.op === 'literal' && right.value === null) {
    const presence = presenceOf(writing, left)
    return named(writing, op === '===' ? `${presence} ^ 1` : presence, { isInt: true })
  }
  const [a, b] = alike(writing, writeExpression(writing, left), writeExpression(writing, right))
  return named(writing, `(${a.text} ${op} ${b.text}) | 0`, { isInt: true })
}

function presenceOf(writing: Writing, expression: Expression): string {
  if (expression.op === 'fact') return readOnce(writing, `${factArray(writing, `${expression.name}?`)}[i]`)
  if (expression.op !== 'item') throw new TypeError('the IR compares something with null that is never null')
  const { list, field } = expression
  return `${factArray(writing, `${list}.${field}?`)}[${writing.item}]`
}

/** True when a 32-bit integer holds whatever the reader has proved that it can be. */
function isSmall(unit: Unit): boolean {
  return !isQuantity(unit) || kindOf(unit) !== 'f64'
}

function maxOf(unit: Unit): number {
  return isQuantity(unit) ? unit.max : 0
}

/** Writes a loop over selected items; `write` writes its inside. */
export function overItems(writing: Writing, selected: SelectedItems, write: () => void): void {
  const outer = writing.item
  const index = newName(writing)
  if ('indexes' in selected) {
    const place = newName(writing)
    writing.lines.push(`for (let ${place} = 0; ${place} < ${selected.count}; ${place}++) {`)
    writing.lines.push(`const ${index} = ${selected.indexes}[${place}]`)
  } else {
    const end = named(writing, `${selected.from} + ${selected.count}`, { isInt: true }).text
    writing.lines.push(`for (let ${index} = ${selected.from}; ${index} < ${end}; ${index}++) {`)
  }
  writing.item = index
  write()
  writing.lines.push('}')
  if (outer === undefined) delete writing.item
  else writing.item = outer
}

function foldAtom(writing: Writing, { op, list, each, unit }: ListOperation): Atom {
  const selected = writeSelection(writing, list)
  const sum = newName(writing)
  writing.lines.push(`let ${sum} = 0`)
  const isInt = op !== 'sumOf' || isSmall(unit)
  overItems(writing, selected, () => {
    const value = writeExpression(writing, each).text
    writing.lines.push(isInt ? `${sum} = (${sum} + ${value}) | 0` : `${sum} += ${value}`)
  })
  if (op === 'someOf') return named(writing, `(${sum} > 0) | 0`, { isInt })
  if (op === 'everyOf') return named(writing, `(${sum} === ${selected.count}) | 0`, { isInt })
  return { text: sum, isInt }
}

/** Which items a list expression stands for. */
export function writeSelection(writing: Writing, list: ListExpression): SelectedItems {
  switch (list.op) {
    case 'fact': {
      const offsets = factArray(writing, `${list.name}#`)
      const from = readOnce(writing, `${offsets}[i]`)
      return { list: list.name, from, count: readOnce(writing, `(${offsets}[i + 1] - ${from}) | 0`) }
    }
    case 'local': {
      const selected = writing.selections.get(list.of)
      if (selected === undefined) throw new TypeError(`slot ${list.of} of the IR is used before it is named`)
      return selected
    }
    case 'firstOf': {
      const selected = writeSelection(writing, list.list)
      const most = writeExpression(writing, list.count).text
      return { ...selected, count: named(writing, `Math.min(${most}, ${selected.count})`, { isInt: true }).text }
    }
    default:
      return writeChosen(writing, list)
  }
}

/** Fills an array with the numbers of the items that a filter keeps, or of all in their new order. */
function writeChosen(writing: Writing, selection: Exclude<Selection, { op: 'firstOf' }>): SelectedItems {
  const of = writeSelection(writing, selection.list)
  const most = selection.list.unit.kind === 'list' ? selection.list.unit.max : 0
  const indexes = constantArray(writing, new Int32Array(most))
  const keys = selection.op === 'sortOf' ? constantArray(writing, new Float64Array(most)) : undefined
  const count = newName(writing)
  writing.lines.push(`let ${count} = 0`)
  overItems(writing, of, () => {
    const value = writeExpression(writing, selection.each).text
    writing.lines.push(`${indexes}[${count}] = ${writing.item}`)
    if (keys !== undefined) {
      writing.lines.push(
        `${keys}[${count}] = ${selection.op === 'sortOf' && selection.order === 'descending' ? '-' : ''}${value}`,
      )
    }
    writing.lines.push(keys === undefined ? `${count} = (${count} + ${value}) | 0` : `${count}++`)
  })
  if (keys !== undefined) writing.lines.push(`sortByKey(${indexes}, ${keys}, ${count})`)
  return { list: of.list, indexes, count }
}

function membershipAtom(writing: Writing, { list }: Membership): Atom {
  const selected = writeSelection(writing, list)
  const item = writing.item ?? ''
  if ('from' in selected) return named(writing, `(${item} < ${selected.from} + ${selected.count}) | 0`, { isInt: true })
  return named(writing, `hasIndex(${selected.indexes}, ${selected.count}, ${item})`, { isInt: true })
}
