import type { DecisionResult, ItemVerdict, OutcomeName, Verdict } from '../decision.ts'
import type { PolicyBody } from '../ir.ts'
import { isQuantity, type ScalarUnit, unitCode } from '../units.ts'
import { nameIn, resultNames } from './names.ts'

/** What a query tells of a case: everything of a verdict but the assumptions, which are the same for all cases of a set of values. */
export type SqlVerdict = Omit<Verdict, 'assumptions'>

/** A row as a database driver gives it, by column. */
export type SqlRow = Readonly<Record<string, unknown>>

/**
 * Reads a row of `sqlOf`. Whole numbers may be numbers, bigints or digits; dates must be text (with `pg`, a type parser for 1082; with
 * DuckDB, `getRowObjectsJson`).
 * @returns undefined for a row without an outcome
 * @throws TypeError for what is no row of this body's query
 */
export function decodeRow(body: PolicyBody, row: SqlRow): SqlVerdict | undefined {
  if (row.outcome === null) return undefined
  const verdict = decodeVerdict(body, row)
  if (body.items === undefined || row.items === null) return verdict
  const { items } = body
  if (!Array.isArray(row.items)) throw new TypeError('the column items holds no list')
  const outcomes = row.items.map((item: unknown) => decodeVerdict(items, recordOf(item)))
  return { ...verdict, items: { list: items.list, outcomes } }
}

function decodeVerdict({ results: units, total }: Pick<PolicyBody, 'results' | 'total'>, row: SqlRow): ItemVerdict {
  const names = resultNames(units)
  const results: Record<string, DecisionResult> = {}
  for (const [name, unit] of Object.entries(units)) {
    const value = row[nameIn(names, name)]
    if (value !== null) results[name] = { value: decodeScalar(unit, value), unit: unitCode(unit) }
  }
  const amountFen = total === undefined ? undefined : results[total]?.value
  return {
    outcome: outcomeOf(row.outcome),
    results,
    reason: row.reason === null ? null : textOf(row.reason),
    because: textOf(row.because),
    ...(typeof amountFen === 'number' ? { amountFen } : {}),
  }
}

function decodeScalar(unit: ScalarUnit, value: unknown): DecisionResult['value'] {
  if (isQuantity(unit)) {
    const whole = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value
    if (typeof whole === 'number' && Number.isSafeInteger(whole)) return whole
  } else if (unit.kind === 'flag') {
    if (typeof value === 'boolean') return value
  } else if (typeof value === 'string' && (unit.kind !== 'date' || /^\d{4}-\d\d-\d\d$/.test(value))) {
    return value
  }
  throw new TypeError(`${String(value)} is no ${unit.kind}`)
}

function outcomeOf(value: unknown): OutcomeName {
  if (value === 'granted' || value === 'refused' || value === 'referred') return value
  throw new TypeError(`${String(value)} is no outcome`)
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw new TypeError(`${String(value)} is no text`)
}

function recordOf(value: unknown): SqlRow {
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value))
  throw new TypeError('an item of a verdict is no record')
}
