import { OUTCOMES, outcomeOf } from '../decision.ts'
import type { EndStatement, PolicyBody } from '../ir.ts'
import { type ColumnArray, endsOf, itemEndsOf, type Table } from '../kernel/columns.ts'
import { scalarOf } from '../kernel/row-facts.ts'
import type { ScalarUnit } from '../units.ts'
import type { TextDictionary } from './cells.ts'

/** What a cell of the outcome holds. Lists of items are JSON text. */
export type OutcomeCell = string | number | boolean | null

/** One column of outcomes in words, with what every one of its cells is where it is not null. */
export interface OutcomeColumn {
  readonly name: string
  readonly type: 'text' | 'number' | 'flag' | 'date' | 'json' | 'kept'
  readonly cells: ArrayLike<unknown>
}

/**
 * What a run has stored, in words: `outcome`, `reason`, `because`, each result under its name (null where it was not granted), and `items`
 * as JSON where items were decided. Codes of words, dates and texts are turned back.
 */
export function outcomesInWords(
  body: PolicyBody,
  { facts, outcomes, rows }: { readonly facts: Table; readonly outcomes: Table; readonly rows: number },
  dictionary: TextDictionary,
): OutcomeColumn[] {
  const ends = endsOf(body)
  const end = columnOf(outcomes, '@end')
  const ofEnd = (tell: (end: EndStatement) => string | null): (string | null)[] => {
    const told = ends.map(tell)
    return Array.from({ length: rows }, (_, row) => told[end[row] ?? 0] ?? null)
  }
  const results = Object.entries(body.results).map(([name, unit]): OutcomeColumn => {
    const carried = ends.map((each) => each.do === 'grant' && Object.hasOwn(each.results, name))
    const codes = columnOf(outcomes, `results.${name}`)
    const decode = decoderOf(unit, dictionary)
    const cells = Array.from({ length: rows }, (_, row) => (carried[end[row] ?? 0] ? decode(codes[row] ?? 0) : null))
    return { name, type: typeOf(unit), cells }
  })
  return [
    { name: 'outcome', type: 'text', cells: ofEnd((each) => OUTCOMES[each.do]) },
    { name: 'reason', type: 'text', cells: ofEnd((each) => (each.do === 'grant' ? null : each.reason)) },
    { name: 'because', type: 'text', cells: ofEnd((each) => each.clause) },
    ...results,
    ...itemsInWords(body, facts, outcomes, rows, dictionary),
  ]
}

function itemsInWords(
  body: PolicyBody,
  facts: Table,
  outcomes: Table,
  rows: number,
  dictionary: TextDictionary,
): OutcomeColumn[] {
  const { items } = body
  if (items === undefined) return []
  const ends = itemEndsOf(body)
  const end = columnOf(outcomes, '@itemEnd')
  const offsets = columnOf(facts, `${items.list}#`)
  const results = Object.entries(items.results).map(([name, unit]) => {
    return { name, codes: columnOf(outcomes, `items.${name}`), decode: decoderOf(unit, dictionary) }
  })
  const told = (item: number) => {
    const of = ends[end[item] ?? ends.length]
    if (of === undefined) return null
    const granted = results.flatMap(({ name, codes, decode }) => {
      return of.do === 'grant' && Object.hasOwn(of.results, name) ? [[name, decode(codes[item] ?? 0)] as const] : []
    })
    return { ...outcomeOf(of), ...Object.fromEntries(granted) }
  }
  const cells = Array.from({ length: rows }, (_, row) => {
    const first = offsets[row] ?? 0
    return JSON.stringify(Array.from({ length: (offsets[row + 1] ?? 0) - first }, (_, item) => told(first + item)))
  })
  return [{ name: 'items', type: 'json', cells }]
}

function columnOf({ columns }: Table, name: string): ColumnArray {
  const column = columns[name]
  if (column === undefined) throw new TypeError(`there is no column ${name}`)
  return column
}

function decoderOf(unit: ScalarUnit, { textOf }: TextDictionary): (code: number) => OutcomeCell {
  const decode = (code: number) => scalarOf(unit, code, textOf)
  if (unit.kind !== 'date') return decode
  // A population has few days, and a calendar costs more than a look.
  const known = new Map<number, OutcomeCell>()
  return (code) => {
    const day = known.get(code) ?? decode(code)
    known.set(code, day)
    return day
  }
}

function typeOf(unit: ScalarUnit): OutcomeColumn['type'] {
  if (unit.kind === 'date' || unit.kind === 'flag') return unit.kind
  return unit.kind === 'choice' || unit.kind === 'text' ? 'text' : 'number'
}
