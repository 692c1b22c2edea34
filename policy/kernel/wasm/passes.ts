/** The passes over items that a program needs, in an order in which each finds what it looks at. What looks at the same items is one pass. */
import type { Program } from './lower.ts'
import { type ItemSource, operandsOf, type Term, type TermOf } from './terms.ts'
import type { ValueTable } from './value-tables.ts'

/** One pass: sums, counts and selections over the same items, or the marking of a selection. */
export type ItemPass =
  | { readonly source: ItemSource; readonly terms: (TermOf<'fold'> | TermOf<'filter'> | TermOf<'sort'>)[] }
  | { readonly mark: TermOf<'mark'> }

/** All passes of a program. */
export interface Passes {
  readonly inOrder: readonly ItemPass[]
  readonly sorts: readonly TermOf<'sort'>[]
  readonly marks: readonly TermOf<'mark'>[]
  /** Tables that are looked up. */
  readonly tables: readonly ValueTable[]
  /** Lists of which items are selected, each with the most items that it may have. */
  readonly selectedLists: ReadonlyMap<string, number>
  /** True when rows differ only in numbers: no items, no calendar. */
  readonly isFlat: boolean
}

/** Finds the passes of a program; what is decided per item counts only where it is stored. */
export function passesOf({ ends, end, results, items }: Program, stored: boolean): Passes {
  const shown = [...results, ...(stored ? [end] : [])].flatMap(({ value, when }) => [value, when])
  const decided = stored && items ? [items.end, ...items.results].flatMap(({ value, when }) => [value, when]) : []
  const terms = reachable([...ends, ...shown, ...decided])
  const inOrder: ItemPass[] = []
  const passes = new Map<string, Extract<ItemPass, { source: ItemSource }>['terms']>()
  for (const term of terms.toSorted((a, b) => a.level - b.level || a.id - b.id)) {
    if (term.op === 'mark') inOrder.push({ mark: term })
    if (term.op !== 'fold' && term.op !== 'filter' && term.op !== 'sort') continue
    const key = `${term.source.id} ${term.level}`
    const together = passes.get(key) ?? []
    together.push(term)
    if (passes.has(key)) continue
    passes.set(key, together)
    inOrder.push({ source: term.source, terms: together })
  }
  const selecting = terms.flatMap((term) => {
    if (term.op === 'mark') return [term.marked]
    return term.op === 'filter' || term.op === 'sort' ? [term.source] : []
  })
  return {
    inOrder,
    selectedLists: new Map(selecting.map(({ list, listMax }) => [list, listMax])),
    tables: [...new Set(terms.flatMap((term) => (term.op === 'lookup' ? [term.table] : [])))],
    sorts: terms.filter((term) => term.op === 'sort'),
    marks: terms.filter((term) => term.op === 'mark'),
    isFlat: decided.length === 0 && terms.every((term) => !NOT_FLAT.has(term.op)),
  }
}

const NOT_FLAT: ReadonlySet<Term['op']> = new Set(['length', 'addMonths', 'monthsBetween'])

/** All terms that the roots are made of, also by way of the items they go through. */
function reachable(roots: readonly Term[]): Term[] {
  const found = new Set<Term>()
  const visit = (term: Term): void => {
    if (found.has(term)) return
    found.add(term)
    operandsOf(term).forEach(visit)
    if ('source' in term && term.source !== undefined) visit(term.source.count)
  }
  roots.forEach(visit)
  return [...found]
}
