import { decide, FactProblems, type Facts, factsOfRow, populate, type ResolvedValue } from '../../policy/browser.ts'
import { seed } from './live-pricing.ts'
import { bodyOfDay, type RuleToTry } from './rule.ts'

type Days = { readonly from: string; readonly to?: string | null | undefined }

/** The days on which what the policy says changes: another body begins or one ends, or one of its values does. */
export function daysOfChange(bodies: readonly Days[], values: readonly Days[]): string[] {
  const begins = [...bodies, ...values].map(({ from }) => from)
  const first = bodies.map(({ from }) => from).toSorted()[0] ?? ''
  const last = bodies.every(({ to }) => to)
    ? (bodies
        .map(({ to }) => to ?? '')
        .toSorted()
        .at(-1) ?? '')
    : '9999-12-31'
  const within = begins.map((day) => (day < first ? first : day)).filter((day) => day <= last)
  return [...new Set(within)].toSorted()
}

/** A value that differs between two versions, in one region; undefined on the side that does not have it. */
export type ValueDifference = {
  readonly name: string
  readonly region: number
  readonly before: ResolvedValue | undefined
  readonly after: ResolvedValue | undefined
}

/** The values that differ; where every region differs alike, only the first is named, with `everywhere`. */
export function valueDifferences(before: RuleToTry, after: RuleToTry): (ValueDifference & { everywhere: boolean })[] {
  const names = new Set([...Object.keys(bodyOfDay(before).values), ...Object.keys(bodyOfDay(after).values)])
  return [...names].flatMap((name) => {
    const all = after.regions.map(({ region, values }, index): ValueDifference => {
      const other = before.regions.find((each) => each.region === region)
      return { name, region: index, before: other?.values[name], after: values[name] }
    })
    const different = all.filter((each) => contentOf(each.before) !== contentOf(each.after))
    const [first] = different
    if (first === undefined) return []
    const isAlike = different.every((each) => sameAs(each, first))
    const everywhere = isAlike && different.length === all.length
    return (everywhere ? [first] : different).map((each) => ({ ...each, everywhere }))
  })
}

function contentOf(value: ResolvedValue | undefined): string {
  return JSON.stringify(value?.value ?? null)
}

function sameAs(one: ValueDifference, other: ValueDifference): boolean {
  return contentOf(one.before) === contentOf(other.before) && contentOf(one.after) === contentOf(other.after)
}

/** How many of the made-up cases came from which outcome to which. */
export type OutcomeMove = { readonly from: string; readonly to: string; readonly rows: number }

/** How many cases are decided by both versions in the page. */
export const comparedCases = 1_000

/**
 * Decides made-up cases of the later version by both, and counts what each came to; undefined where the earlier version needs other facts. An
 * outcome is named by its reason, a grant by its clause.
 */
export function outcomeMoves(before: RuleToTry, after: RuleToTry): OutcomeMove[] | undefined {
  const body = bodyOfDay(after)
  const { regions, spreads } = after
  const table = populate(body, { rows: comparedCases, seed, sets: regions.length, spreads })
  const counted = new Map<string, OutcomeMove>()
  for (let row = 0; row < comparedCases; row++) {
    const facts = factsOfRow(body, table, row)
    const region = regions[table.columns['@set']?.[row] ?? 0]
    const other = before.regions.find((each) => each.region === region?.region)
    if (region === undefined || other === undefined) continue
    const from = outcomeOf(before, facts, other.values)
    const to = outcomeOf(after, facts, region.values)
    if (from === undefined || to === undefined) return undefined
    const key = `${from} ${to}`
    counted.set(key, { from, to, rows: (counted.get(key)?.rows ?? 0) + 1 })
  }
  return [...counted.values()].toSorted((one, other) => other.rows - one.rows)
}

function outcomeOf({ ir, on }: RuleToTry, facts: Facts, values: Readonly<Record<string, ResolvedValue>>) {
  try {
    const { outcome, reason, because } = decide(ir, facts, values, on)
    return `${outcome} ${reason ?? because}`
  } catch (error) {
    if (error instanceof FactProblems) return undefined
    throw error
  }
}

/** Lines of one text that the other does not have. */
export function linesOnlyIn(one: readonly string[], other: readonly string[]): string[] {
  const known = new Set(other)
  return one.filter((line) => !known.has(line))
}
