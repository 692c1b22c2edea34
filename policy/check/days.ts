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
  return context.regions.flatMap((region) => {
    const days = daysOf(body, context)
    const found = days.flatMap((on) => problemsOn(ir, body, context, { region, on }))
    return mergeRuns(found, days, body).map(({ problem, first, last }) => {
      const { name, isMissing, expected, found: was, text, on } = problem
      const at = placeOfName(ir, 'values', name)
      const witnesses = [{ on, region, problem: text }]
      if (!isMissing)
        return { code: 'TC1005', at, params: { name, region, day: first, expected, found: was }, witnesses }
      // After the last known value nobody may know yet; before it, and in between, something was forgotten.
      const isTrailing = !context.values.some((entry) => entry.name === name && entry.from > first)
      const code = isTrailing && first > body.from && context.on === undefined ? 'TC4005' : 'TC1004'
      return {
        code,
        at,
        params: { name, region, first, last: code === 'TC4005' ? addDays(first, -1) : last },
        witnesses,
      }
    })
  })
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
  ir: PolicyIr,
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
      .filter(({ name }) => isSetSomewhere(context.values, name) && ir.bodies.includes(body))
      .map((problem) => ({ ...problem, on, isMissing: resolved[problem.name] === undefined, text: error.message }))
  }
}

/** What no region ever sets is a finding of its own. */
function isSetSomewhere(values: readonly DatedEntry[], name: string): boolean {
  return values.some((entry) => entry.name === name)
}

/** Days on end with the same problem, as one. */
function mergeRuns(
  problems: readonly DayProblem[],
  days: readonly string[],
  body: PolicyBody,
): { problem: DayProblem; first: string; last: string }[] {
  const runs: { problem: DayProblem; first: string; last: string }[] = []
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
