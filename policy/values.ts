import { describe, expectationOf, isScalarOf } from './facts.ts'
import { unitCode, type ValueUnit } from './units.ts'

/** One value of law as it stood on the day of the decision, resolved by the caller for the right region. */
export interface ResolvedValue {
  /** A record holds a keyed table, a list of words a list of choices. */
  readonly value: number | string | boolean | Readonly<Record<string, number>> | readonly string[]
  /** The unit code: `fen`, `ppm`, the label of a count, `date`, `flag`, `choice`. */
  readonly unit: string
  /** First day on which the value holds. */
  readonly from: string
  /** Last day on which it holds. */
  readonly to?: string
  /** The clause or document that sets it. */
  readonly source: string
  /** The region that set it; opaque here. */
  readonly region: string
  /** Whose region was asked for it. */
  readonly regionOf?: 'insured' | 'treatment'
  /** The text leaves it open and this value is assumed. */
  readonly assumed?: true
  readonly note?: string
  readonly reviewBy?: string
}

/** All that is resolved for a decision, by name; names that the policy does not declare are ignored. */
export type ResolvedValues = Readonly<Record<string, ResolvedValue>>

/** One value that a policy needs and does not have as it needs it. */
export interface ValueProblem {
  readonly name: string
  readonly expected: string
  readonly found: string
}

/** All values that are missing, of another unit, out of range, or not in force on the day. It is the caller's mistake, never the person's. */
export class ValueProblems extends Error {
  override readonly name = 'ValueProblems'
  readonly problems: readonly ValueProblem[]

  constructor(problems: readonly ValueProblem[]) {
    super(
      problems.map(({ name, expected, found }) => `values.${name}: expected ${expected}, found ${found}`).join('\n'),
    )
    this.problems = problems
  }
}

/**
 * The declared ones among the resolved values.
 * @throws ValueProblems unless every declared value is there, of its unit, in its range, and in force on the day
 */
export function checkValues(
  units: Readonly<Record<string, ValueUnit>>,
  values: ResolvedValues,
  on: string,
): ResolvedValues {
  const problems: ValueProblem[] = []
  const checked: Record<string, ResolvedValue> = {}
  for (const [name, unit] of Object.entries(units)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const problem = value === undefined ? { expected: 'a value', found: 'nothing' } : findProblem(unit, value, on)
    if (problem) problems.push({ name, ...problem })
    else if (value) checked[name] = value
  }
  if (problems.length > 0) throw new ValueProblems(problems)
  return checked
}

function findProblem(unit: ValueUnit, resolved: ResolvedValue, on: string): Omit<ValueProblem, 'name'> | undefined {
  const { value, from, to } = resolved
  if (resolved.unit !== unitCode(unit)) return { expected: `the unit ${unitCode(unit)}`, found: resolved.unit }
  if (on < from || (to !== undefined && on > to)) {
    return { expected: `a value in force on ${on}`, found: `one from ${from}${to === undefined ? '' : ` to ${to}`}` }
  }
  if (unit.kind === 'keyed') return findTableProblem(unit, value)
  if (unit.kind === 'list') {
    const isList =
      Array.isArray(value) && value.every((each) => unit.item.kind === 'choice' && unit.item.options.includes(each))
    return isList ? undefined : { expected: 'a list of declared words', found: describe(value) }
  }
  return isScalarOf(unit, value) ? undefined : { expected: expectationOf(unit), found: describe(value) }
}

function findTableProblem(
  unit: Extract<ValueUnit, { kind: 'keyed' }>,
  value: ResolvedValue['value'],
): Omit<ValueProblem, 'name'> | undefined {
  const table = new Map<string, unknown>(typeof value === 'object' ? Object.entries(value) : [])
  const wrong = unit.by.find((key) => !isScalarOf(unit.unit, table.get(key)))
  if (wrong === undefined) return undefined
  return { expected: `under the key '${wrong}' ${expectationOf(unit.unit)}`, found: describe(table.get(wrong)) }
}
