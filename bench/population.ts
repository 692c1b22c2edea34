import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { populate, type Spread } from '../policy/door.ts'
import {
  COLUMN_BYTES,
  type Column,
  type ColumnArray,
  columnArray,
  factColumns,
  SET_COLUMN,
  type Table,
} from '../policy/kernel/columns.ts'
import type { MeasuredRule } from './rules.ts'

/** The columns that a rule reads of a row, with the one that picks its region where there are several. */
export function columnsOf({ body, sets }: Pick<MeasuredRule, 'body' | 'sets'>): Column[] {
  return sets.length > 1 ? [...factColumns(body), SET_COLUMN] : factColumns(body)
}

/** Bytes that are read for a row; items of lists count as often as a row has them. */
export function bytesPerRow(rule: MeasuredRule, { rows, columns }: Table): number {
  const bytes = columnsOf(rule).map(({ name, kind }) => (columns[name]?.length ?? 0) * COLUMN_BYTES[kind])
  return bytes.reduce((sum, each) => sum + each, 0) / rows
}

/** The rule's made-up population, the same for every engine. */
export function populationOf(rule: MeasuredRule, rows: number): Table {
  return populated(rule, rows, rule.spreads)
}

/** Another in which every quantity and date is a bound, or a value of the rule that fits there, or next to one: where answers would differ. */
export function edgesOf(rule: MeasuredRule, rows: number): Table {
  const at = rule.sets.flatMap((set) => Object.values(set)).flatMap(({ value }) => figuresOf(value))
  const spreads = columnsOf(rule).flatMap(({ name, code }): [string, Spread][] =>
    code.is === 'quantity' ? [[name, { is: 'edges', at: [...new Set(at)] }]] : [],
  )
  return populated(rule, rows, { ...rule.spreads, ...Object.fromEntries(spreads) })
}

/** Fills a table that was placed for the rule with another stretch of its population. */
export function fillPopulation(rule: MeasuredRule, { rows, columns }: Table, seed: number): void {
  populate(rule.body, {
    ...{ rows, seed, sets: rule.sets.length, spreads: rule.spreads },
    allocate: ({ name, kind }, length) => columns[name] ?? columnArray(kind, length),
  })
}

/** Writes each column to `<name>.bin` of a new folder, for engines that are programs of their own. */
export function writePopulation(folder: string, { columns }: Table): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, array] of Object.entries(columns)) writeFileSync(join(folder, `${name}.bin`), array)
}

/** Reads such a folder again. */
export function readPopulation(rule: MeasuredRule, folder: string, rows: number): Table {
  const columns = columnsOf(rule).map(({ name, kind }): [string, ColumnArray] => {
    const { buffer, byteOffset, byteLength } = readFileSync(join(folder, `${name}.bin`))
    return [name, columnArray(kind, byteLength / COLUMN_BYTES[kind], buffer, byteOffset)]
  })
  return { rows, columns: Object.fromEntries(columns) }
}

function populated({ body, sets }: MeasuredRule, rows: number, spreads: Readonly<Record<string, Spread>>): Table {
  return populate(body, {
    rows,
    seed: 1,
    sets: sets.length,
    spreads,
    // Shared, so that worker threads read the very same memory.
    allocate: ({ kind }, length) => columnArray(kind, length, new SharedArrayBuffer(length * COLUMN_BYTES[kind])),
  })
}

function figuresOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  const held = typeof value === 'object' && value !== null ? Object.values(value) : []
  return held.filter((each) => typeof each === 'number')
}
