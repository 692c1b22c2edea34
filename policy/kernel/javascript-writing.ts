import type { PolicyBody } from '../ir.ts'
import type { ResolvedValue, ResolvedValues } from '../values.ts'
import { type ColumnArray, SET_COLUMN } from './columns.ts'

/** A quantity in generated text: a name or a figure, free to be written anywhere and any number of times. */
export interface Atom {
  readonly text: string
  /** True for what a 32-bit integer holds: flags (0 or 1), dates (day numbers), words (their codes) and small quantities. */
  readonly isInt: boolean
  /** Of a word: the words that its codes stand for. */
  readonly words?: readonly string[]
}

/** Some items of a list: a range of it, or the item numbers that the first `count` elements of an array hold. */
export type SelectedItems =
  | { readonly list: string; readonly from: string; readonly count: string }
  | { readonly list: string; readonly indexes: string; readonly count: string }

/** What is known while the text of one kernel is written. */
export interface Writing {
  readonly body: PolicyBody
  readonly sets: readonly ResolvedValues[]
  /** What is read once per row, before everything else. */
  readonly prologue: string[]
  readonly lines: string[]
  /** Arrays that the text refers to by name. */
  readonly constants: Map<string, ColumnArray>
  /** Names of atoms already read in the prologue, by what they read. */
  readonly read: Map<string, string>
  /** By the slot of a `const`'s expression. */
  readonly locals: Map<number, Atom>
  readonly selections: Map<number, SelectedItems>
  /** The name of the array of each column of facts that the text reads. */
  readonly facts: Map<string, string>
  /** The name of the array of each column of outcomes that it stores. */
  readonly stores: Map<string, string>
  /** How many names have been given. */
  names: number
  /** The name that holds the number of the item being looked at. */
  item?: string
}

/** Nothing written yet. */
export function beginWriting(body: PolicyBody, sets: readonly ResolvedValues[]): Writing {
  return {
    body,
    sets,
    prologue: [],
    lines: [],
    constants: new Map(),
    read: new Map(),
    locals: new Map(),
    selections: new Map(),
    facts: new Map(),
    stores: new Map(),
    names: 0,
  }
}

/** A name that nothing has yet. */
export function newName(writing: Writing): string {
  writing.names++
  return `t${writing.names}`
}

/** The name of the array behind a column of facts: `months`, `bills#`, `@set`. */
export function factArray({ facts }: Writing, column: string): string {
  return nameIn(facts, 'f', column)
}

/** The name of the array behind a column of outcomes: `@end`, `results.feeFen`. */
export function storeArray({ stores }: Writing, column: string): string {
  return nameIn(stores, 'o', column)
}

function nameIn(names: Map<string, string>, prefix: string, column: string): string {
  const name = names.get(column) ?? `${prefix}${names.size}`
  names.set(column, name)
  return name
}

/** Gives what the text computes a name. */
export function named(writing: Writing, text: string, of: Omit<Atom, 'text'>): Atom {
  const name = newName(writing)
  writing.lines.push(`const ${name} = ${text}`)
  return { ...of, text: name }
}

/** Reads something once per row, whatever branch asks for it; returns its name. */
export function readOnce(writing: Writing, text: string): string {
  const known = writing.read.get(text)
  if (known !== undefined) return known
  const name = `r${writing.read.size}`
  writing.read.set(text, name)
  writing.prologue.push(`const ${name} = ${text}`)
  return name
}

/** Puts an array where the text can reach it; returns its name. */
export function constantArray({ constants }: Writing, array: ColumnArray): string {
  const name = `c${constants.size}`
  constants.set(name, array)
  return name
}

/** Text that holds the place of the row's set of values; 0 where there is one set. */
export function setOf(writing: Writing): string {
  return writing.sets.length === 1 ? '0' : readOnce(writing, `${factArray(writing, SET_COLUMN.name)}[i]`)
}

/** What each set has for a value. */
export function valueOfSets({ sets }: Writing, name: string): ResolvedValue['value'][] {
  return sets.map((set) => {
    const value = set[name]?.value
    if (value === undefined) throw new TypeError(`a set of values has no ${name}`)
    return value
  })
}

/** Both hold; '1' is the flag that always does. */
export function both(a: string, b: string): string {
  if (a === '1') return b
  if (b === '1') return a
  return `(${a} & ${b})`
}
