/** The passes over items that a program needs, in an order in which each finds what it looks at. What looks at the same items is one pass. */
import type { Program } from './lower.ts'
import { type ItemSource, operandsOf, type Term, type TermOf } from './terms.ts'
import type { ValueTable } from './value-tables.ts'

/** What is done in a pass over items. */
export type PassTerm = TermOf<'fold'> | TermOf<'sort'> | TermOf<'mark'>

/** One pass: sums, counts, selections and marks of the same items. */
export interface ItemPass {
  readonly source: ItemSource
  readonly terms: readonly PassTerm[]
}

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
  const passTerms = terms.filter((term) => isPass(term)).toSorted((a, b) => a.level - b.level)
  const selecting = passTerms.filter(({ op }) => op !== 'fold')
  return {
    inOrder: [...Map.groupBy(passTerms, ({ source, level }) => `${level} ${source.id}`).values()].flatMap(
      (together) => {
        return together.slice(0, 1).map(({ source }) => ({ source, terms: together }))
      },
    ),
    tables: [...new Set(terms.flatMap((term) => (term.op === 'lookup' ? [term.table] : [])))],
    sorts: passTerms.filter((term) => term.op === 'sort'),
    marks: passTerms.filter((term) => term.op === 'mark'),
    selectedLists: new Map(selecting.map(({ source: { list, listMax } }) => [list, listMax])),
    isFlat: decided.length === 0 && terms.every((term) => !NOT_FLAT.has(term.op)),
  }
}

function isPass(term: Term): term is PassTerm {
  return 'source' in term
}

const NOT_FLAT: ReadonlySet<Term['op']> = new Set(['length', 'addMonths', 'monthsBetween'])

/** All terms that the roots are made of, also by way of the items they go through. */
function reachable(roots: readonly Term[]): Term[] {
  const found = new Set<Term>()
  const visit = (term: Term): void => {
    if (found.has(term)) return
    found.add(term)
    operandsOf(term).forEach(visit)
  }
  roots.forEach(visit)
  return [...found]
}
