import type { PolicyBody } from '../ir.ts'
import type { FactUnit } from '../units.ts'
import { atom, type Term } from './terms.ts'

/** PostgreSQL cuts a longer name without a word. */
const NAME_BYTES_MAX = 63

const utf8 = new TextEncoder()

/** Names that queries give to an item, its place and what is made of it; no column has one of them. */
const TAKEN = ['item', 'nth', 'place', 'chosen', 'sorted', 'ending']

/** Gives every thing of one name space a name of its own, in lower case: DuckDB does not tell `aB` from `ab`, even quoted. */
export class NameSpace {
  readonly #taken: Set<string>

  constructor(taken: readonly string[] = TAKEN) {
    this.#taken = new Set(taken)
  }

  /** `monthsPaid` becomes `months_paid`; where that is taken, `<kind>_months_paid`, then with a number. */
  add(name: string, kind: string): string {
    const snake = snakeCase(name)
    let found = cut(snake)
    for (let number = 1; this.#taken.has(found); number++) {
      found = cut(`${kind}_${snake}`, number === 1 ? '' : `_${number}`)
    }
    this.#taken.add(found)
    return found
  }

  /** `condition_1`, `condition_2` and so on, for what has no name in the rule. */
  addNumbered(kind: string): string {
    let number = 1
    while (this.#taken.has(`${kind}_${number}`)) number++
    return this.add(`${kind}_${number}`, kind)
  }
}

/** The columns of a table of facts and what the items of its lists are made of. */
export interface FactNames {
  /** By fact. */
  readonly columns: ReadonlyMap<string, string>
  /** By list of records, then by field. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** The names of a body's facts, in the order of declaration. They depend on the declared names alone. */
export function factNames({ facts }: Pick<PolicyBody, 'facts'>, space: NameSpace = new NameSpace()): FactNames {
  const columns = new Map(Object.keys(facts).map((name) => [name, space.add(name, 'fact')]))
  const fields = new Map(Object.entries(facts).map(([name, unit]) => [name, fieldNames(unit)]))
  return { columns, fields }
}

function fieldNames(unit: FactUnit): ReadonlyMap<string, string> {
  if (unit.kind !== 'list' || unit.item.kind !== 'record') return new Map()
  const space = new NameSpace()
  return new Map(Object.keys(unit.item.fields).map((field) => [field, space.add(field, 'field')]))
}

/** By list of records, then by field: the name of a column that is a list of it. */
export type UnpackedNames = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Names for the fields of all lists of records, each unpacked into a list of its own. */
export function unpackedNames({ facts }: Pick<PolicyBody, 'facts'>, space: NameSpace): UnpackedNames {
  return new Map(
    Object.entries(facts).flatMap(([list, unit]) => {
      if (unit.kind !== 'list' || unit.item.kind !== 'record') return []
      const fields = Object.keys(unit.item.fields)
      return [[list, new Map(fields.map((field) => [field, space.add(`${list}_${field}`, 'field')]))] as const]
    }),
  )
}

/** The columns in which a query gives results (`result_fee_fen`) or the sums of an item's results (`item_fee_fen`). */
export function resultNames(
  results: Readonly<Record<string, unknown>>,
  prefix: 'result' | 'item' = 'result',
): ReadonlyMap<string, string> {
  const space = new NameSpace([])
  return new Map(Object.keys(results).map((name) => [name, space.add(`${prefix}_${name}`, prefix)]))
}

/** The name of something that must have one. */
export function nameIn(names: ReadonlyMap<string, string>, key: string): string {
  const name = names.get(key)
  if (name === undefined) throw new TypeError(`the IR refers to \`${key}\`, which it does not declare`)
  return name
}

/** A name where it is given, quoted: it may be any word, reserved or not. */
export function quoted(name: string): string {
  if (name === '' || name.includes('\0')) throw new RangeError('a name in SQL cannot be empty or hold the character 0')
  return `"${name.replaceAll('"', '""')}"`
}

/** A name after a dot or `AS`, where reserved words need no quotes. */
export function plain(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoted(name)
}

/** A column of the step before, which every step calls `r`. */
export function columnTerm(name: string): Term {
  return atom(`r.${plain(name)}`)
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}

/** As much of a name as fits with its ending, whole characters only. */
function cut(name: string, ending = ''): string {
  const characters = [...name]
  while (utf8.encode(characters.join('') + ending).length > NAME_BYTES_MAX) characters.pop()
  return characters.join('') + ending
}
