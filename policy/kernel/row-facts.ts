import { POSITIVE_ZERO } from '../decide.ts'
import type { Facts, FactValue, FieldValue, ItemValue, Scalar } from '../facts.ts'
import type { PolicyBody } from '../ir.ts'
import { type FieldUnit, isQuantity, type ListUnit, type ScalarUnit } from '../units.ts'
import type { Table } from './columns.ts'
import { dateOf } from './day-numbers.ts'

/** The text behind a code of a text column. */
export type TextOf = (code: number) => string

/**
 * The facts of one row of a population as `decide` takes them, so that any row can be decided and explained by itself.
 * @throws RangeError when the table has no such row
 */
export function factsOfRow(body: Pick<PolicyBody, 'facts'>, table: Table, row: number, textOf: TextOf = String): Facts {
  if (!Number.isInteger(row) || row < 0 || row >= table.rows)
    throw new RangeError(`there is no row ${row} of ${table.rows}`)
  const facts: Record<string, FactValue> = {}
  for (const [name, unit] of Object.entries(body.facts)) {
    facts[name] =
      unit.kind === 'list' ? itemsOf(table, name, unit, row, textOf) : fieldOf(table, name, unit, row, textOf)
  }
  return facts
}

function itemsOf(table: Table, name: string, { item }: ListUnit, row: number, textOf: TextOf): ItemValue[] {
  const first = codeAt(table, `${name}#`, row)
  return Array.from({ length: codeAt(table, `${name}#`, row + 1) - first }, (_, index) => {
    const at = first + index
    if (item.kind !== 'record') return scalarOf(item, codeAt(table, `${name}[]`, at), textOf)
    const fields = Object.entries(item.fields)
    return Object.fromEntries(
      fields.map(([field, unit]) => [field, fieldOf(table, `${name}.${field}`, unit, at, textOf)]),
    )
  })
}

function fieldOf(table: Table, column: string, unit: FieldUnit, at: number, textOf: TextOf): FieldValue {
  if (unit.kind !== 'optional') return scalarOf(unit, codeAt(table, column, at), textOf)
  return codeAt(table, `${column}?`, at) === 0 ? null : scalarOf(unit.unit, codeAt(table, column, at), textOf)
}

/** What a number of a column stands for. */
export function scalarOf(unit: ScalarUnit, code: number, textOf: TextOf): Scalar {
  if (isQuantity(unit)) return code + POSITIVE_ZERO
  switch (unit.kind) {
    case 'flag':
      return code === 1
    case 'date':
      return dateOf(code)
    case 'text':
      return textOf(code)
    case 'choice':
      return unit.options[code] ?? ''
  }
}

function codeAt({ columns }: Table, column: string, at: number): number {
  const code = columns[column]?.[at]
  if (code === undefined) throw new RangeError(`the column ${column} has no element ${at}`)
  return code
}
