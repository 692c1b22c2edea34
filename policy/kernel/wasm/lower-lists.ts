/** List operations and selections as passes over items. */
import type { Expression, ListExpression, ListOperation, Membership, Selection } from '../../ir.ts'
import { lowerExpression, provedOf, rangeOfSum } from './lower-expressions.ts'
import { type Lowering, type SelectedItems, sourceOf, sourceOfList, unknown } from './lowering.ts'
import type { ItemSource, Term } from './terms.ts'

/** The items that a list expression stands for. */
function lowerList(lowering: Lowering, list: ListExpression): SelectedItems {
  switch (list.op) {
    case 'fact':
      return allOf(lowering, sourceOfList(lowering, list.name))
    case 'local':
      return lowering.selections.get(list.of) ?? unknown(`the selection ${list.name}`)
    default:
      return lowerSelection(lowering, list)
  }
}

function allOf({ terms }: Lowering, source: ItemSource): SelectedItems {
  return { source, condition: terms.yes, max: source.countMax }
}

/** Lowers a selection and keeps it under its slot. */
export function lowerSelection(lowering: Lowering, selection: Selection): SelectedItems {
  const selected = selectedBy(lowering, selection)
  lowering.selections.set(selection.slot, selected)
  return selected
}

function selectedBy(lowering: Lowering, selection: Selection): SelectedItems {
  const { terms } = lowering
  const from = lowerList(lowering, selection.list)
  const { source, condition } = from
  switch (selection.op) {
    case 'filterOf':
      return { ...from, condition: terms.and(condition, lowerEach(lowering, source, selection.each)) }
    case 'sortOf': {
      const key = lowerEach(lowering, source, selection.each)
      const array = { id: lowering.arrays.length, length: from.max }
      lowering.arrays.push(array)
      const count = terms.sort(source, condition, key, selection.order === 'descending', array)
      return allOf(lowering, sourceOf(lowering, source.list, count, from.max, array))
    }
    case 'firstOf':
      return firstOf(lowering, from, lowerExpression(lowering, selection.count).term)
  }
}

/** The first of the selected items: fewer of the source where all of it is selected, else those that have few enough before them. */
function firstOf(lowering: Lowering, from: SelectedItems, asked: Term): SelectedItems {
  const { terms } = lowering
  const { source, condition } = from
  const askedMax = Math.max(0, asked.range.max)
  const max = Math.min(from.max, askedMax)
  if (condition !== terms.yes) {
    return { source, condition: terms.and(condition, terms.less(terms.rank(source, condition), asked)), max }
  }
  const notNegative = terms.pair('max', asked, terms.constant(0), { min: 0, max: askedMax })
  const count = terms.pair('min', source.count, notNegative, { min: 0, max })
  return allOf(lowering, sourceOf(lowering, source.list, count, max, source.array))
}

/** `countOf`, `sumOf`, `someOf` and `everyOf`. */
export function lowerFold(lowering: Lowering, { op, list, each, unit }: ListOperation): Term {
  const { terms } = lowering
  const { source, condition, max } = lowerList(lowering, list)
  const term = lowerEach(lowering, source, each)
  const countOf = (flag: Term) => terms.fold(source, terms.and(condition, flag), { min: 0, max })
  switch (op) {
    case 'sumOf': {
      const range = provedOf(unit, rangeOfSum(term.range, max))
      return terms.fold(source, terms.select(condition, term, terms.constant(0)), range)
    }
    case 'countOf':
      return countOf(term)
    case 'someOf':
      return terms.less(terms.constant(0), countOf(term))
    case 'everyOf':
      return terms.equal(countOf(terms.not(term)), terms.constant(0))
  }
}

/**
 * Whether the item that is looked at is among a selection: by the selection's condition where the same items are gone through, or where their
 * order does not matter; else by a mark.
 */
export function lowerMembership(lowering: Lowering, { list }: Membership): Term {
  const { terms } = lowering
  const { source, condition } = lowerList(lowering, list)
  if (source === lowering.source) return condition
  if (source.array !== undefined || condition.within !== undefined) return terms.isMarked(source, condition)
  return terms.and(condition, terms.less(terms.place(source.list, source.listMax), source.count))
}

function lowerEach(lowering: Lowering, source: ItemSource, each: Expression): Term {
  const outer = lowering.source
  lowering.source = source
  const { term } = lowerExpression(lowering, each)
  if (outer === undefined) delete lowering.source
  else lowering.source = outer
  return term
}
