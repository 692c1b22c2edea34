import { addDays } from '../dates.ts'
import { decide } from '../decide.ts'
import { NOT_IN_FORCE } from '../decision.ts'
import type { PolicyBody, PolicyIr } from '../ir.ts'
import { checkValues, ValueProblems } from '../values.ts'
import type { CheckContext, DatedEntry } from './context.ts'
import { contentInShort, type Found } from './finding.ts'
import { placeOfName } from './naming.ts'
import { daysOf, resolveEntries } from './value-sets.ts'

/** After every day that can be written. */
const NO_END = '9999-12-31'

/** Days on which two bodies are law, and days between bodies on which none is. */
export function findBodyProblems(ir: PolicyIr, { on }: CheckContext): Found[] {
  return ir.bodies.flatMap((body, index): Found[] => {
    const next = ir.bodies[index + 1]
    if (next === undefined) return []
    const last = body.to ?? NO_END
    if (last >= next.from) {
      const params = { from: body.from, other: next.from, day: next.from }
      return isAsked(on, next.from, last) ? [{ code: 'TC1001', at: next.at, params }] : []
    }
    const first = addDays(last, 1)
    const end = addDays(next.from, -1)
    if (first > end || !isAsked(on, first, end)) return []
    const decision = decide(ir, {}, {}, on ?? first)
    if (decision.reason !== NOT_IN_FORCE) return []
    const witnesses = [{ on: on ?? first, decision }]
    return [{ code: 'TC1002', at: next.at, params: { first, last: end }, witnesses }]
  })
}

function isAsked(on: string | undefined, first: string, last: string): boolean {
  return on === undefined || (first <= on && on <= last)
}

/** Two contents of one value on one day, of one region and published on one day. */
export function findOverlappingValues(ir: PolicyIr, { values, on }: CheckContext): Found[] {
  const declared = values.filter(({ name }) => ir.bodies.some((body) => Object.hasOwn(body.values, name)))
  return declared.flatMap((entry, index): Found[] =>
    declared.slice(index + 1).flatMap((other): Found[] => {
      const isOther =
        other.name !== entry.name || other.region !== entry.region || other.publishedOn !== entry.publishedOn
      const day = entry.from < other.from ? other.from : entry.from
      const last = [entry.to ?? NO_END, other.to ?? NO_END].toSorted()[0] ?? NO_END
      if (isOther || day > last || !isAsked(on, day, last)) return []
      const { name, region } = entry
      const params = { name, region, day, one: contentInShort(entry.value), other: contentInShort(other.value) }
      return [{ code: 'TC1003', at: placeOfName(ir, 'values', name), params }]
    }),
  )
}

/** Days on which a declared value is missing or does not fit while the body is law, each as `decide` finds it. */
export function findValueProblems(ir: PolicyIr, body: PolicyBody, context: CheckContext): Found[] {
  const days = daysOf(body, context)
  const found = context.regions.flatMap((region) => {
    const problems = days.flatMap((on) => problemsOn(body, context, { region, on }))
    return mergeRuns(problems, days, body).map((run) => runFound(ir, body, context, region, run))
  })
  return mergeRegions(found)
}

function runFound(ir: PolicyIr, body: PolicyBody, context: CheckContext, region: string, run: ProblemRun): Found {
  const { first, last, problem } = run
  const { name, isMissing, expected, found, text, on } = problem
  const shown = { at: placeOfName(ir, 'values', name), witnesses: [{ on, region, problem: text }] }
  if (!isMissing) return { code: 'TC1005', params: { name, region, day: first, expected, found }, ...shown }
  // After the last known value nobody may know yet; before it, and in between, something was forgotten.
  const isTrailing = !context.values.some((entry) => entry.name === name && entry.from > first)
  return isTrailing && first > body.from && context.on === undefined
    ? { code: 'TC4005', params: { name, region, last: addDays(first, -1) }, ...shown }
    : { code: 'TC1004', params: { name, region, days: daysInShort(first, last) }, ...shown }
}

/** What is the same in several regions, as one. */
function mergeRegions(found: readonly Found[]): Found[] {
  const merged = new Map<string, Found>()
  for (const each of found) {
    const { region = '', ...rest } = each.params
    const key = JSON.stringify([each.code, rest])
    const same = merged.get(key)
    const regions = same === undefined ? region : `${same.params.region}, ${region}`
    merged.set(key, { ...(same ?? each), params: { ...each.params, region: regions } })
  }
  return [...merged.values()]
}

function daysInShort(first: string, last: string): string {
  return `${first}..${last === NO_END ? '' : last}`
}

interface DayProblem {
  readonly on: string
  readonly name: string
  readonly isMissing: boolean
  readonly expected: string
  readonly found: string
  readonly text: string
}

function problemsOn(
  body: PolicyBody,
  context: CheckContext,
  { region, on }: { readonly region: string; readonly on: string },
): DayProblem[] {
  const resolved = resolveEntries(context, region, on)
  try {
    checkValues(body.values, resolved, on)
    return []
  } catch (error) {
    if (!(error instanceof ValueProblems)) throw error
    return error.problems
      .filter(({ name }) => isSetSomewhere(context.values, name))
      .map((problem) => ({ ...problem, on, isMissing: resolved[problem.name] === undefined, text: error.message }))
  }
}

/** Days on end with one problem. */
interface ProblemRun {
  readonly problem: DayProblem
  readonly first: string
  last: string
}

/** What no region ever sets is a finding of its own. */
function isSetSomewhere(values: readonly DatedEntry[], name: string): boolean {
  return values.some((entry) => entry.name === name)
}

/** Days on end with the same problem, as one. */
function mergeRuns(problems: readonly DayProblem[], days: readonly string[], body: PolicyBody): ProblemRun[] {
  const runs: ProblemRun[] = []
  for (const problem of problems) {
    const next = days[days.indexOf(problem.on) + 1]
    const last = next === undefined ? (body.to ?? NO_END) : addDays(next, -1)
    const open = runs.find(
      (run) =>
        run.problem.name === problem.name && run.problem.found === problem.found && addDays(run.last, 1) === problem.on,
    )
    if (open) open.last = last
    else runs.push({ problem, first: problem.on, last })
  }
  return runs
}
