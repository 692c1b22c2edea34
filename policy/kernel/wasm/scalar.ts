/** Code that runs one row after the other: for lists, for the calendar, and for the last rows of a range that do not fill a block. */
import { COLUMN_BYTES, type Column } from '../columns.ts'
import { addMonths, monthsBetween } from './calendar.ts'
import { Code, type Node } from './code.ts'
import { CONTROL, type WasmFunction } from './emit.ts'
import { addressOffset, type Frame, type Scratch } from './frame.ts'
import { isSummed, type Program, type ResultTerm } from './lower.ts'
import type { ItemPass, Passes, PassTerm } from './passes.ts'
import { FRAME, ROW, RUN_PARAMETERS, TO } from './run.ts'
import { shareSteps } from './shares.ts'
import { type ItemSource, operandsOf, type PairOperator, type Term, type TermOf } from './terms.ts'
import { isInt32 } from './value-tables.ts'

/** Numbers in code: integers of 32 bits where the range allows it, else doubles that hold whole numbers. */
type NumberKind = 'i32' | 'f64'

/** What writing a function works with. */
interface Writing {
  readonly code: Code
  readonly program: Program
  readonly frame: Frame
  readonly scratch: Scratch
  /** Locals of what passes over items have come to. */
  readonly done: Map<Term, number>
  /** Terms of the row, and of the item that is looked at, that have been computed. */
  readonly ofRow: Map<Term, Node>
  readonly ofItem: Map<Term, Node>
  /** The local with what marks the selected items of the row. */
  readonly stamp?: number
  /** The item that is looked at: its place among all items of the column, and in its own list. */
  item?: { readonly index: Node; readonly place: Node }
}

/** The function `(frame, from, to)` that runs rows one after the other and adds to the totals in the frame. */
export function scalarFunction(
  program: Program,
  passes: Passes,
  layout: { readonly frame: Frame; readonly scratch: Scratch },
  stored: boolean,
  name: string,
): WasmFunction {
  const code = new Code(RUN_PARAMETERS, (code) => {
    const stamp = passes.marks.length > 0 ? code.local('i64') : undefined
    const known = { done: new Map(), ofRow: new Map(), ofItem: new Map() }
    const writing: Writing = { code, program, ...layout, ...known, ...(stamp !== undefined && { stamp }) }
    const stampAt = { address: code.get(FRAME, 0), offset: layout.scratch.stamp }
    if (stamp !== undefined) code.set(stamp, code.load('i64.load', stampAt.address, stampAt.offset, 0))
    const ends = program.ends.slice(0, -1).map((flag) => ({ flag, local: code.local('i32') }))
    const sums = program.results.filter(isSummed).map((result) => ({ result, local: code.local('i64') }))
    const row = code.get(ROW, 1)
    for (const { terms } of passes.inOrder) for (const term of terms) writing.done.set(term, code.local(kindOf(term)))
    code.settle(rowNodes(writing), 1)
    code.loop(code.node('i32.lt_u', [row, code.get(TO, 0)]), () => {
      if (stamp !== undefined) code.set(stamp, code.node('i64.add', [code.get(stamp, 1), code.long(1n)]))
      for (const [list, most] of passes.selectedLists) refuseLonger(writing, list, most)
      for (const pass of passes.inOrder) writePass(writing, pass)
      for (const { flag, local } of ends) addTo(code, local, 'i32.add', nodeOf(writing, flag))
      for (const { result, local } of sums) addTo(code, local, 'i64.add', longOf(writing, result))
      if (stored) writeOutcome(writing, [program.end, ...program.results], row)
      if (stored && program.items) writeItems(writing, program.items)
      code.set(ROW, code.node('i32.add', [row, code.int(1)]))
    })
    code.leave(1)
    if (stamp !== undefined) code.store('i64.store', stampAt.address, stampAt.offset, code.get(stamp, 1))
    const { offset } = layout.frame.totals
    const totals = [
      ...ends.map(({ local }) => code.node('i64.extend_i32_u', [code.get(local, 1)])),
      ...sums.map(({ local }) => code.get(local, 1)),
    ]
    totals.forEach((total, index) => {
      const address = code.get(FRAME, 0)
      const before = code.load('i64.load', address, offset + index * 8, 1)
      code.store('i64.store', address, offset + index * 8, code.node('i64.add', [before, total]))
    })
  })
  return code.toFunction([], name)
}

/** What a row needs, from which whatever does not change from row to row is computed once; of its items only addresses and values. */
function rowNodes(writing: Writing): Node[] {
  const { frame, program } = writing
  const addresses = frame.columns.map((column) => addressOf(writing, column))
  const values = frame.tables.filter(({ table }) => table.cells === 1)
  const results = program.results.flatMap(({ value, when }) => [value, when])
  return [
    ...addresses,
    ...values.map(({ offset, stored }) => loadCell(writing, stored, offset)),
    ...[...program.ends, ...results].map((term) => nodeOf(writing, term)),
  ]
}

function addTo(code: Code, local: number, add: 'i32.add' | 'i64.add', node: Node): void {
  code.set(local, code.node(add, [code.get(local, 1), node]))
}

/** The result as an integer of 64 bits, 0 where the outcome does not carry it. */
function longOf(writing: Writing, { value, when }: ResultTerm): Node {
  const { code } = writing
  const number = nodeOf(writing, value)
  const long = code.node(number.gives === 'i32' ? 'i64.extend_i32_s' : 'i64.trunc_sat_f64_s', [number])
  return code.node('select', [long, code.long(0n), nodeOf(writing, when)], { gives: 'i64' })
}

function writeOutcome(writing: Writing, results: readonly ResultTerm[], index: Node): void {
  const { code } = writing
  for (const { column, value, when } of results) {
    const kind = column.kind === 'f64' ? 'f64' : 'i32'
    const zero = kind === 'f64' ? code.double(0) : code.int(0)
    const number = numberOf(writing, value, kind)
    const shown =
      when.op === 'constant' ? number : code.node('select', [number, zero, nodeOf(writing, when)], { gives: kind })
    code.store(STORES[column.kind], elementAddress(writing, column, index), 0, shown)
  }
}

const STORES = { u8: 'i32.store8', u16: 'i32.store16', i32: 'i32.store', f64: 'f64.store' } as const
const LOADS = { u8: 'i32.load8_u', u16: 'i32.load16_u', i32: 'i32.load', f64: 'f64.load' } as const

/** Writes what comes of each item of the list that is decided item by item. */
function writeItems(writing: Writing, { source, end, results }: NonNullable<Program['items']>): void {
  const all = [end, ...results]
  const terms = all.flatMap(({ value, when }) => [value, when])
  writeLoop(writing, source, terms, (item) => writeOutcome(writing, all, item.index))
}

/** Stops where a list is longer than its scratch: whoever filled the columns has not checked it against the facts. */
function refuseLonger(writing: Writing, list: string, most: number): void {
  const { code } = writing
  code.when(code.node('i32.gt_u', [lengthOf(writing, list), code.int(most)]), () => code.write(CONTROL.unreachable))
}

/** Writes one pass. What it comes to stands in locals. */
function writePass(writing: Writing, { source, terms }: ItemPass): void {
  const { code } = writing
  for (const term of terms) {
    code.set(doneOf(writing, term), kindOf(term) === 'f64' ? code.double(0) : code.int(0))
  }
  writeLoop(writing, source, terms.flatMap(lookedAt), ({ place }) => {
    for (const term of terms) writeStep(writing, term, place)
  })
}

/** The terms of an item that a step of a pass computes. */
function lookedAt(term: PassTerm): readonly Term[] {
  return term.op === 'sort' ? [term.each, term.key] : [term.each]
}

function writeStep(writing: Writing, term: PassTerm, place: Node): void {
  switch (term.op) {
    case 'fold':
      addItem(writing, term)
      break
    case 'sort':
      sortItem(writing, term, place)
      break
    case 'mark':
      markItem(writing, term, place)
      break
  }
}

/** Runs `body` for each item of a source. `looked` are the terms of the item: what they need of the row is computed before. */
function writeLoop(
  writing: Writing,
  source: ItemSource,
  looked: readonly Term[],
  body: (item: NonNullable<Writing['item']>) => void,
): void {
  const { code } = writing
  const start = offsetOf(writing, source.list)
  const count = nodeOf(writing, source.count)
  const counter = code.local('i32')
  const current = code.get(counter, 2)
  const { array } = source
  const place =
    array === undefined
      ? code.node('i32.sub', [current, start])
      : code.load('i32.load', scratchAddress(code, current, 4), placesOf(writing, array), 2)
  const item = { place, index: array === undefined ? current : code.node('i32.add', [start, place]) }
  const end = array === undefined ? code.node('i32.add', [start, count]) : count
  writing.item = item
  const ranks = ranksAmong(looked).map((term) => ({ term, counted: code.local('i32'), before: code.local('i32') }))
  for (const { term, before } of ranks) writing.done.set(term, before)
  const counted = ranks.map(({ term }) => term.each)
  code.settle([...[...looked, ...counted].map((term) => nodeOf(writing, term)), end, item.index, place], 2)
  code.set(counter, array === undefined ? start : code.int(0))
  for (const rank of ranks) code.set(rank.counted, code.int(0))
  code.loop(code.node('i32.lt_u', [current, end]), () => {
    for (const rank of ranks) code.set(rank.before, code.get(rank.counted, 2))
    body(item)
    for (const rank of ranks) {
      code.set(rank.counted, code.node('i32.add', [code.get(rank.before, 2), nodeOf(writing, rank.term.each)]))
    }
    code.set(counter, code.node('i32.add', [current, code.int(1)]))
  })
  code.leave(2)
  writing.ofItem.clear()
  delete writing.item
}

/** The ranks that terms of an item are made of. */
function ranksAmong(looked: readonly Term[]): TermOf<'rank'>[] {
  const seen = new Set<Term>()
  const visit = (term: Term): void => {
    if (seen.has(term) || term.within === undefined) return
    seen.add(term)
    operandsOf(term).forEach(visit)
  }
  looked.forEach(visit)
  return [...seen].filter((term) => term.op === 'rank')
}

/** Adds what an item comes to: a number, or 1 for a flag. */
function addItem(writing: Writing, term: TermOf<'fold'>): void {
  const { code } = writing
  const kind = kindOf(term)
  const local = doneOf(writing, term)
  const add = kind === 'f64' ? 'f64.add' : 'i32.add'
  code.set(local, code.node(add, [code.get(local, 2), numberOf(writing, term.each, kind)]))
}

/** Puts an item that is to be kept before all that belong behind it: insertion, which keeps equal ones in order. Lists of a person are short. */
function sortItem(writing: Writing, term: TermOf<'sort'>, place: Node): void {
  const { code } = writing
  const key = code.local(kindOf(term.key))
  const own = code.local('i32')
  code.set(key, nodeOf(writing, term.key))
  code.set(own, place)
  const item = { key: code.get(key, 2), place: code.get(own, 2) }
  if (term.each.op === 'constant' && term.each.value === 0) return
  if (term.each.op === 'constant') insertItem(writing, term, item)
  else code.when(nodeOf(writing, term.each), () => insertItem(writing, term, item))
}

/** What is computed here stands on locals of its own: it may be skipped, and nothing else may rely on it. */
function insertItem(writing: Writing, term: TermOf<'sort'>, item: { readonly key: Node; readonly place: Node }): void {
  const { code, scratch } = writing
  const kind = item.key.gives
  const keys = scratch.keys.get(term.array) ?? 0
  const places = placesOf(writing, term.array)
  const count = doneOf(writing, term)
  const gap = code.local('i32')
  const final = code.local('i32')
  code.set(gap, code.get(count, 2))
  const at = code.get(gap, 2)
  const before = code.node('i32.sub', [at, code.int(1)])
  const load = kind === 'f64' ? 'f64.load' : 'i32.load'
  const store = kind === 'f64' ? 'f64.store' : 'i32.store'
  const key = code.load(load, scratchAddress(code, at, 8), keys, 2)
  const pair = term.isDescending ? [key, item.key] : [item.key, key]
  const belongsBehind = code.node(kind === 'f64' ? 'f64.lt' : 'i32.lt_s', pair)
  // Keys begin one place further on, so that the key before the first can be read; whatever it is, there is nothing to move.
  code.loop(code.node('i32.and', [code.node('i32.gt_u', [at, code.int(0)]), belongsBehind]), () => {
    code.store(store, scratchAddress(code, at, 8), keys + 8, key)
    const moved = code.load('i32.load', scratchAddress(code, before, 4), places, 2)
    code.store('i32.store', scratchAddress(code, at, 4), places, moved)
    code.set(gap, before)
  })
  code.set(final, code.get(gap, 2))
  const landed = code.get(final, 2)
  code.store(store, scratchAddress(code, landed, 8), keys + 8, item.key)
  code.store('i32.store', scratchAddress(code, landed, 4), places, item.place)
  code.set(count, code.node('i32.add', [code.get(count, 2), code.int(1)]))
}

/** Gives the item the row's stamp where it is to be marked, else none. */
function markItem(writing: Writing, term: TermOf<'mark'>, place: Node): void {
  const { code, scratch } = writing
  const stamp = code.get(stampOf(writing), 1)
  const isAlways = term.each.op === 'constant'
  const mark = isAlways
    ? stamp
    : code.node('select', [stamp, code.long(0n), nodeOf(writing, term.each)], { gives: 'i64' })
  code.store('i64.store', scratchAddress(code, place, 8), scratch.marks.get(term) ?? 0, mark)
}

function stampOf({ stamp }: Writing): number {
  if (stamp === undefined) throw new TypeError('a mark is asked for where none is made')
  return stamp
}

function doneOf({ done }: Writing, term: Term): number {
  const local = done.get(term)
  if (local === undefined) throw new TypeError('a pass over items is asked for before it is done')
  return local
}

function placesOf({ scratch }: Writing, array: NonNullable<ItemSource['array']>): number {
  return scratch.places.get(array) ?? 0
}

function scratchAddress(code: Code, index: Node, bytes: 4 | 8): Node {
  const shift = code.int(bytes === 8 ? 3 : 2)
  return code.node('i32.add', [code.get(FRAME, 0), code.node('i32.shl', [index, shift])])
}

/** The address of the first element of a column. */
function addressOf({ code, frame }: Writing, column: Column): Node {
  return code.load('i32.load', code.get(FRAME, 0), addressOffset(frame, column.name), 0)
}

function elementAddress(writing: Writing, column: Column, index: Node): Node {
  const { code } = writing
  const shift = Math.log2(COLUMN_BYTES[column.kind])
  const distance = shift === 0 ? index : code.node('i32.shl', [index, code.int(shift)])
  return code.node('i32.add', [addressOf(writing, column), distance])
}

/** Where the items of the row begin. */
function offsetOf(writing: Writing, list: string, further = 0): Node {
  const { code, frame } = writing
  const column = frame.columns.find(({ name }) => name === `${list}#`)
  if (column === undefined) throw new TypeError(`the list ${list} has no offsets`)
  return code.load('i32.load', elementAddress(writing, column, code.get(ROW, 1)), further * 4, 1)
}

function lengthOf(writing: Writing, list: string): Node {
  return writing.code.node('i32.sub', [offsetOf(writing, list, 1), offsetOf(writing, list)])
}

function kindOf(term: Term): NumberKind {
  if (term.isFlag) return 'i32'
  switch (term.op) {
    case 'column':
      return term.column.kind === 'f64' ? 'f64' : 'i32'
    case 'lookup':
      return isInt32(term.table.range) ? 'i32' : 'f64'
    case 'share':
      return 'f64'
    case 'add':
    case 'sub':
    case 'mul':
    case 'min':
    case 'max':
      return isInt32(term.range) ? commonKind(term.left, term.right) : 'f64'
    case 'select':
      return commonKind(term.whenTrue, term.whenFalse)
    case 'fold':
      return isInt32(term.range) ? kindOf(term.each) : 'f64'
    default:
      return isInt32(term.range) ? 'i32' : 'f64'
  }
}

function commonKind(a: Term, b: Term): NumberKind {
  return kindOf(a) === 'f64' || kindOf(b) === 'f64' ? 'f64' : 'i32'
}

/** The term as a number of the kind asked for. */
function numberOf(writing: Writing, term: Term, kind: NumberKind): Node {
  const { code } = writing
  if (term.op === 'constant') return kind === 'f64' ? code.double(term.value) : code.int(term.value)
  const node = nodeOf(writing, term)
  if (node.gives === kind) return node
  return code.node(kind === 'f64' ? 'f64.convert_i32_s' : 'i32.trunc_sat_f64_s', [node])
}

/** The instruction that computes a term. */
function nodeOf(writing: Writing, term: Term): Node {
  const known = term.per === undefined ? writing.ofRow : writing.ofItem
  const node = known.get(term) ?? makeNode(writing, term)
  known.set(term, node)
  return node
}

function makeNode(writing: Writing, term: Term): Node {
  const { code } = writing
  switch (term.op) {
    case 'constant':
      return kindOf(term) === 'f64' ? code.double(term.value) : code.int(term.value)
    case 'column':
      return columnNode(writing, term)
    case 'lookup':
      return lookupNode(writing, term)
    case 'truth':
      return nodeOf(writing, term.of)
    case 'not':
      return code.node('i32.eqz', [nodeOf(writing, term.of)])
    case 'share':
      return shareNode(writing, term)
    case 'select': {
      const kind = kindOf(term)
      const sides = [numberOf(writing, term.whenTrue, kind), numberOf(writing, term.whenFalse, kind)]
      return code.node('select', [...sides, nodeOf(writing, term.condition)], { gives: kind })
    }
    case 'length':
      return lengthOf(writing, term.list)
    case 'fold':
    case 'sort':
      return code.get(doneOf(writing, term), 1)
    case 'rank':
      return code.get(doneOf(writing, term), 2)
    case 'place':
      return itemOf(writing).place
    case 'mark':
      return code.int(0)
    case 'isMarked': {
      const offset = writing.scratch.marks.get(markOf(term)) ?? 0
      const mark = code.load('i64.load', scratchAddress(code, itemOf(writing).place, 8), offset, 2)
      return code.node('i64.eq', [mark, code.get(stampOf(writing), 1)])
    }
    case 'addMonths':
      return addMonths(code, numberOf(writing, term.left, 'i32'), numberOf(writing, term.right, 'i32'))
    case 'monthsBetween':
      return monthsBetween(code, numberOf(writing, term.left, 'i32'), numberOf(writing, term.right, 'i32'))
    default:
      return pairNode(writing, term)
  }
}

function markOf({ mark }: TermOf<'isMarked'>): TermOf<'mark'> {
  if (mark.op !== 'mark') throw new TypeError('what is asked for marks has none')
  return mark
}

function itemOf({ item }: Writing): NonNullable<Writing['item']> {
  if (item === undefined) throw new TypeError('the IR looks at an item where there is none')
  return item
}

function columnNode(writing: Writing, { column, per }: TermOf<'column'>): Node {
  const { code } = writing
  const index = per === undefined ? code.get(ROW, 1) : itemOf(writing).index
  return code.load(LOADS[column.kind], elementAddress(writing, column, index), 0, 1)
}

function lookupNode(writing: Writing, { table, key }: TermOf<'lookup'>): Node {
  const { code, frame } = writing
  const place = frame.tables.find((each) => each.table === table)
  if (place === undefined) throw new TypeError('a table of values has no place in the frame')
  if (key === undefined) return loadCell(writing, place.stored, place.offset)
  // In a row where the look-up does not count the key may lie outside.
  const last = code.int(table.cells - 1)
  const asked = numberOf(writing, key, 'i32')
  const isInside = key.range.min >= 0 && key.range.max < table.cells && isPlainKey(key)
  const cell = isInside ? asked : code.node('select', [asked, last, code.node('i32.lt_u', [asked, last])])
  const bytes = place.stored === 'f64' ? 8 : 4
  const address = scratchAddress(code, cell, bytes)
  return code.load(place.stored === 'f64' ? 'f64.load' : 'i32.load', address, place.offset, cell.stage)
}

/** True for a key that is in its range in every row: one that no condition has narrowed. */
function isPlainKey({ op }: Term): boolean {
  return op === 'column' || op === 'lookup' || op === 'constant'
}

function loadCell({ code }: Writing, stored: NumberKind, offset: number): Node {
  return code.load(stored === 'f64' ? 'f64.load' : 'i32.load', code.get(FRAME, 0), offset, 0)
}

/** What instructions call an operator, by the kind of number. */
const PAIRS = {
  i32: { eq: 'i32.eq', lt: 'i32.lt_s', le: 'i32.le_s', add: 'i32.add', sub: 'i32.sub', mul: 'i32.mul' },
  f64: { eq: 'f64.eq', lt: 'f64.lt', le: 'f64.le', add: 'f64.add', sub: 'f64.sub', mul: 'f64.mul' },
} as const

function pairNode(writing: Writing, term: TermOf<PairOperator>): Node {
  const { code } = writing
  const { op, left, right } = term
  if (op === 'and' || op === 'or') return code.node(`i32.${op}`, [nodeOf(writing, left), nodeOf(writing, right)])
  const kind = op === 'eq' || op === 'lt' || op === 'le' ? commonKind(left, right) : kindOf(term)
  const a = numberOf(writing, left, kind)
  const b = numberOf(writing, right, kind)
  if (op !== 'min' && op !== 'max') return code.node(PAIRS[kind][op], [a, b])
  const isLess = code.node(PAIRS[kind].lt, [a, b])
  return code.node('select', op === 'min' ? [a, b, isLess] : [b, a, isLess], { gives: kind })
}

/** `share` as `language.ts` has it; see `shares.ts` for why each step is exact. */
function shareNode(writing: Writing, { left, right, rounding, whole }: TermOf<'share'>): Node {
  const { code } = writing
  return shareSteps({
    amount: { value: numberOf(writing, left, 'f64'), max: left.range.max },
    rate: { value: numberOf(writing, right, 'f64'), max: right.range.max },
    rounding,
    whole,
    number: (value) => code.double(value),
    step: (op, ...sides) => code.node(`f64.${op}`, sides),
  })
}
