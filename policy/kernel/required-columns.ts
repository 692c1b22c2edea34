import { type Column, columnArray, type Table } from './columns.ts'

/**
 * Makes sure that a table has the columns that a kernel is to read or to fill.
 * @throws TypeError when one is missing, of another kind or too short
 */
export function requireColumns({ columns, rows }: Table, wanted: readonly Column[]): void {
  for (const { name, kind, code, per } of wanted) {
    const array = columns[name]
    const type = columnArray(kind, 0).constructor
    if (array === undefined || array.constructor !== type)
      throw new TypeError(`the column ${name} must be a ${type.name}`)
    const least = per === 'item' ? 0 : rows + (code.is === 'offsets' ? 1 : 0)
    if (array.length < least) throw new TypeError(`the column ${name} must have ${least} elements`)
  }
}
