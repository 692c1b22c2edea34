/** List operations and selections as passes over items. A selection is a source: an array of places, or simply the list, and how many of it. */
import type { Expression, ListExpression, ListOperation, Membership, Selection } from '../../ir.ts'
import { lowerExpression, provedOf, rangeOfSum } from './lower-expressions.ts'
import { type Lowering, sourceOf, sourceOfList, unknown } from './lowering.ts'
import type { ItemSource, PlaceArray, Term } from './terms.ts'

/** The items that a list expression stands for. */
export function sourceOfExpression(lowering: Lowering, list: ListExpression): ItemSource {
  switch (list.op) {
    case 'fact':
      return sourceOfList(lowering, list.name)
    case 'local':
      return lowering.selections.get(list.of) ?? unknown(`the selection ${list.name}`)
    default:
      return lowerSelection(lowering, list)
  }
}

/** Lowers a selection and keeps it under its slot. */
export function lowerSelection(lowering: Lowering, selection: Selection): ItemSource {
  const source = selectedBy(lowering, selection)
  lowering.selections.set(selection.slot, source)
  return source
}

function selectedBy(lowering: Lowering, selection: Selection): ItemSource {
  const { terms } = lowering
  const from = sourceOfExpression(lowering, selection.list)
  if (selection.op === 'firstOf') {
    const asked = lowerExpression(lowering, selection.count).term
    const max = Math.min(from.countMax, Math.max(0, asked.range.max))
    const notNegative = terms.pair('max', asked, terms.constant(0), { min: 0, max: Math.max(0, asked.range.max) })
    const count = terms.pair('min', from.count, notNegative, { min: 0, max })
    return sourceOf(lowering, from.list, count, max, from.array)
  }
  const each = lowerEach(lowering, from, selection.each)
  const array: PlaceArray = { id: lowering.arrays.length, length: from.countMax }
  lowering.arrays.push(array)
  const count =
    selection.op === 'filterOf'
      ? terms.filter(from, each, array)
      : terms.sort(from, each, selection.order === 'descending', array)
  return sourceOf(lowering, from.list, count, from.countMax, array)
}

/** `countOf`, `sumOf`, `someOf` and `everyOf`. */
export function lowerFold(lowering: Lowering, { op, list, each, unit }: ListOperation): Term {
  const { terms } = lowering
  const source = sourceOfExpression(lowering, list)
  const term = lowerEach(lowering, source, each)
  const counts = { min: 0, max: source.countMax }
  switch (op) {
    case 'sumOf':
      return terms.fold(source, term, provedOf(unit, rangeOfSum(term.range, source.countMax)))
    case 'countOf':
      return terms.fold(source, term, counts)
    case 'someOf':
      return terms.less(terms.constant(0), terms.fold(source, term, counts))
    case 'everyOf':
      return terms.equal(terms.fold(source, term, counts), source.count)
  }
}

/** Whether the item that is looked at is among a selection. */
export function lowerMembership(lowering: Lowering, { list }: Membership): Term {
  const { source } = lowering
  if (source === undefined) return unknown('an item where none is looked at')
  return lowering.terms.isAmong(source, sourceOfExpression(lowering, list))
}

function lowerEach(lowering: Lowering, source: ItemSource, each: Expression): Term {
  lowering.source = source
  const { term } = lowerExpression(lowering, each)
  delete lowering.source
  return term
}
