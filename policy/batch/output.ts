import type { PolicyBody } from '../ir.ts'
import { type ColumnArray, outcomeColumns, type Table } from '../kernel/columns.ts'
import type { TextDictionary } from './cells.ts'
import { type OutcomeColumn, outcomesInWords } from './outcomes.ts'

/** What came out of one stretch of rows. The arrays are used again for the next one. */
export interface DecidedChunk {
  readonly body: PolicyBody
  readonly rows: number
  readonly facts: Table
  readonly outcomes: Table
  readonly dictionary: TextDictionary
  /** Columns of the input that are passed on as they were. */
  readonly kept: ReadonlyMap<string, ArrayLike<unknown>>
}

/** Where outcomes go, chunk by chunk in the order of the rows. */
export interface BatchOutput {
  write(chunk: DecidedChunk): Promise<void> | void
  /** All rows have been written. */
  finish(): Promise<void> | void
  /** The run has failed: nothing of it may be left behind. */
  abort(): Promise<void> | void
}

/** The kept columns and the outcomes of a chunk, in words. @throws RangeError when two have one name */
export function columnsInWords({ body, rows, facts, outcomes, dictionary, kept }: DecidedChunk): OutcomeColumn[] {
  const keptColumns = [...kept].map(([name, cells]): OutcomeColumn => ({ name, type: 'kept', cells }))
  const columns = [...keptColumns, ...outcomesInWords(body, { facts, outcomes, rows }, dictionary)]
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return columns
  throw new RangeError(`the kept column ${twice} has the name of an outcome`)
}

/** Outcomes as objects, handed to `take` one after the other; take back what was taken when the run fails. */
export function toRows(take: (row: Readonly<Record<string, unknown>>) => void): BatchOutput {
  return {
    write(chunk) {
      const columns = columnsInWords(chunk)
      for (let row = 0; row < chunk.rows; row++) {
        take(Object.fromEntries(columns.map(({ name, cells }) => [name, cells[row]])))
      }
    },
    finish: () => {},
    abort: () => {},
  }
}

/** Outcomes as columns of codes, as `outcomeColumns` names them. */
export interface TableOutput extends BatchOutput {
  /** Everything that was written. */
  table(): Table
}

/** Collects outcomes in memory, as codes. */
export function toTable(): TableOutput {
  const parts = new Map<string, ColumnArray[]>()
  let rows = 0
  return {
    write({ body, rows: more, facts, outcomes }) {
      const items = body.items === undefined ? 0 : (facts.columns[`${body.items.list}#`]?.[more] ?? 0)
      for (const { name, per } of outcomeColumns(body)) {
        const part = outcomes.columns[name]?.slice(0, per === 'row' ? more : items)
        if (part === undefined) continue
        const known = parts.get(name)
        if (known === undefined) parts.set(name, [part])
        else known.push(part)
      }
      rows += more
    },
    finish: () => {},
    abort() {
      parts.clear()
      rows = 0
    },
    table: () => ({ rows, columns: Object.fromEntries([...parts].map(([name, arrays]) => [name, joined(arrays)])) }),
  }
}

/** The arrays of one column, of one kind, one after the other. */
function joined(arrays: readonly ColumnArray[]): ColumnArray {
  const [first] = arrays
  if (first === undefined) throw new TypeError('a column has at least one part')
  const length = arrays.reduce((sum, array) => sum + array.length, 0)
  const whole = sameKind(first, length)
  let offset = 0
  for (const array of arrays) {
    whole.set(array, offset)
    offset += array.length
  }
  return whole
}

function sameKind(array: ColumnArray, length: number): ColumnArray {
  if (array instanceof Uint8Array) return new Uint8Array(length)
  if (array instanceof Uint16Array) return new Uint16Array(length)
  return array instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)
}
