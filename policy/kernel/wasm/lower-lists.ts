/** List operations and selections as passes over items. */
import type { ListExpression, ListOperation, Membership, Selection } from '../../ir.ts'
import { lowerExpression, provedOf, rangeOfSum } from './lower-expressions.ts'
import { type Lowering, type SelectedItems, sourceOf, sourceOfList, unknown } from './lowering.ts'
import type { ItemSource, PlaceArray, Term } from './terms.ts'

/** The items that a list expression stands for. */
function lowerList(lowering: Lowering, list: ListExpression): SelectedItems {
  switch (list.op) {
    case 'fact':
      return { source: sourceOfList(lowering, list.name), condition: lowering.terms.yes }
    case 'local':
      return lowering.selections.get(list.of) ?? unknown(`the selection ${list.name}`)
    default:
      return lowerSelection(lowering, list)
  }
}

/** Lowers a selection and keeps it under its slot. */
export function lowerSelection(lowering: Lowering, selection: Selection): SelectedItems {
  const selected = selectedBy(lowering, selection)
  lowering.selections.set(selection.slot, selected)
  return selected
}

function selectedBy(lowering: Lowering, selection: Selection): SelectedItems {
  const { terms } = lowering
  const { source, condition } = lowerList(lowering, selection.list)
  switch (selection.op) {
    case 'filterOf':
      return { source, condition: terms.and(condition, lowerExpression(lowering, selection.each).term) }
    case 'sortOf': {
      const key = lowerExpression(lowering, selection.each).term
      const array = newArray(lowering, source)
      const count = terms.sort(source, condition, key, selection.order === 'descending', array)
      return { source: sourceOf(lowering, source.list, count, source.countMax, array), condition: terms.yes }
    }
    case 'firstOf': {
      const asked = lowerExpression(lowering, selection.count).term
      return { source: firstOf(lowering, inRow(lowering, { source, condition }), asked), condition: terms.yes }
    }
  }
}

/** The first items of a source, as many as are asked for or all. */
function firstOf(lowering: Lowering, { list, count, countMax, array }: ItemSource, asked: Term): ItemSource {
  const { terms } = lowering
  const askedMax = Math.max(0, asked.range.max)
  const notNegative = terms.pair('max', asked, terms.constant(0), { min: 0, max: askedMax })
  const max = Math.min(countMax, askedMax)
  return sourceOf(lowering, list, terms.pair('min', count, notNegative, { min: 0, max }), max, array)
}

/** The selected items one after the other, so that they can be counted off. */
function inRow(lowering: Lowering, { source, condition }: SelectedItems): ItemSource {
  if (condition === lowering.terms.yes) return source
  const array = newArray(lowering, source)
  return sourceOf(lowering, source.list, lowering.terms.filter(source, condition, array), source.countMax, array)
}

function newArray({ arrays }: Lowering, { countMax }: ItemSource): PlaceArray {
  const array = { id: arrays.length, length: countMax }
  arrays.push(array)
  return array
}

/** `countOf`, `sumOf`, `someOf` and `everyOf`. */
export function lowerFold(lowering: Lowering, { op, list, each, unit }: ListOperation): Term {
  const { terms } = lowering
  const { source, condition } = lowerList(lowering, list)
  const term = lowerExpression(lowering, each).term
  const countOf = (flag: Term) => terms.fold(source, terms.and(condition, flag), { min: 0, max: source.countMax })
  switch (op) {
    case 'sumOf': {
      const range = provedOf(unit, rangeOfSum(term.range, source.countMax))
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

/** Whether the item that is looked at is among a selection. */
export function lowerMembership(lowering: Lowering, { list }: Membership): Term {
  const { source, condition } = lowerList(lowering, list)
  return lowering.terms.and(condition, lowering.terms.isAmong(source))
}
