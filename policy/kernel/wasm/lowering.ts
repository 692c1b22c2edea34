/** What lowering a body works with and gathers: its terms, the columns and values it reads, and the items it goes through. */
import type { PolicyBody } from '../../ir.ts'
import type { Column } from '../columns.ts'
import type { KernelPlan } from '../kernel.ts'
import type { ItemSource, PlaceArray, Term, Terms } from './terms.ts'
import type { Envelope, ValueTable } from './value-tables.ts'

/** An expression as a term; of a choice with the words that its numbers stand for, of something optional with the flag that it is there. */
export interface Lowered {
  readonly term: Term
  readonly words?: readonly string[]
  readonly present?: Term
}

/**
 * A selection: those items of a source that satisfy a condition. Only sorting needs a pass of its own; of what is filtered or counted off,
 * whoever goes through the items asks the condition.
 */
export interface SelectedItems {
  readonly source: ItemSource
  readonly condition: Term
  /** The most items that it may have. */
  readonly max: number
}

/** What lowering works with. */
export interface Lowering {
  readonly plan: KernelPlan
  readonly body: PolicyBody
  readonly terms: Terms
  readonly wider: Readonly<Record<string, Envelope>>
  readonly columns: ReadonlyMap<string, Column>
  readonly texts: readonly string[]
  readonly inputs: Set<Column>
  readonly tables: ValueTable[]
  readonly arrays: PlaceArray[]
  readonly sources: Map<string, ItemSource>
  /** What has been computed, by slot: locals refer to it. */
  readonly slots: Map<number, Lowered>
  /** The selections that have been computed, by slot. */
  readonly selections: Map<number, SelectedItems>
  /** The items that are being gone through. */
  source?: ItemSource
}

/** All items of a list that is a fact. */
export function sourceOfList(lowering: Lowering, list: string): ItemSource {
  const unit = lowering.body.facts[list]
  if (unit?.kind !== 'list') return unknown(`the list ${list}`)
  input(lowering, `${list}#`)
  return sourceOf(lowering, list, lowering.terms.length(list, unit.max), unit.max)
}

/** The items of a list whose places stand in an array, or the first of the list; always the same source for the same items. */
export function sourceOf(
  { body, sources }: Lowering,
  list: string,
  count: Term,
  countMax: number,
  array?: PlaceArray,
): ItemSource {
  const key = `${list} ${count.id} ${array?.id}`
  const unit = body.facts[list]
  const listMax = unit?.kind === 'list' ? unit.max : 0
  const source = sources.get(key) ?? { id: sources.size, list, listMax, count, countMax, ...(array && { array }) }
  sources.set(key, source)
  return source
}

/** The column of that name, noted as one that is read. */
export function input(lowering: Lowering, name: string): Column {
  const column = lowering.columns.get(name) ?? unknown(`the column ${name}`)
  lowering.inputs.add(column)
  return column
}

/** @throws TypeError always: the IR was not made by the reader */
export function unknown(what: string): never {
  throw new TypeError(`the IR names ${what}, which its body does not declare`)
}
