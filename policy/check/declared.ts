import { decide } from '../decide.ts'
import { FactProblems } from '../facts.ts'
import type { EndStatement, Expression, PolicyBody, PolicyIr, Statement } from '../ir.ts'
import { findNearestName } from '../nearest.ts'
import type { FactUnit } from '../units.ts'
import { ValueProblems } from '../values.ts'
import { expressionsIn, itemStatementsOf, ownStatementsOf, statementsOf } from '../walk.ts'
import type { CheckCase, CheckContext } from './context.ts'
import type { Found } from './finding.ts'
import { placeOfName } from './naming.ts'
import { resolveEntries } from './value-sets.ts'

/** What is declared and not used, used and not given, or given and not declared. */
export function findDeclarationProblems(ir: PolicyIr, context: CheckContext): Found[] {
  return [
    ...ir.bodies.flatMap((body) => unusedIn(ir, body)),
    ...unreadFacts(ir),
    ...missingValues(ir, context),
    ...strangeValues(ir, context),
  ]
}

function unusedIn(ir: PolicyIr, body: PolicyBody): Found[] {
  const expressions = expressionsIn(body.block)
  const values = new Set(expressions.flatMap((each) => (each.op === 'value' || each.op === 'entry' ? [each.name] : [])))
  const results = resultsSet(ownStatementsOf(body.block))
  const itemResults = resultsSet(itemStatementsOf(body.block))
  const unused = (group: 'values' | 'results', used: ReadonlySet<string>) =>
    Object.keys(body[group]).filter((name) => !used.has(name))
  const found = (code: Found['code'], group: 'values' | 'results', name: string): Found => ({
    ...{ code, at: placeOfName({ ...ir, bodies: [body] }, group, name) },
    params: { name },
  })
  return [
    ...unused('values', values).map((name) => found('TC1101', 'values', name)),
    ...unused('results', results).map((name) => found('TC1105', 'results', name)),
    ...Object.keys(body.items?.results ?? {})
      .filter((name) => !itemResults.has(name))
      .map((name): Found => ({ code: 'TC1105', at: body.at, params: { name } })),
  ]
}

/** Facts, and fields of items, that no body reads: what only an older or a newer one reads is asked for all the same. */
function unreadFacts(ir: PolicyIr): Found[] {
  const read = new Set(ir.bodies.flatMap(({ block }) => expressionsIn(block)).flatMap(factsRead))
  const declared = new Map(ir.bodies.flatMap(({ facts }) => Object.entries(facts)))
  return [...declared].flatMap(([name, unit]): Found[] => {
    const at = placeOfName(ir, 'facts', name)
    if (!read.has(name)) return [{ code: 'TC1104', at, params: { name } }]
    return fieldsOf(name, unit)
      .filter((field) => !read.has(field))
      .map((field) => ({ code: 'TC4008', at, params: { name: field } }))
  })
}

function fieldsOf(name: string, unit: FactUnit): string[] {
  return unit.kind === 'list' && unit.item.kind === 'record'
    ? Object.keys(unit.item.fields).map((field) => `${name}.${field}`)
    : []
}

function resultsSet(statements: readonly Statement[]): Set<string> {
  return new Set(statements.flatMap((statement) => (statement.do === 'grant' ? Object.keys(statement.results) : [])))
}

function factsRead(expression: Expression): string[] {
  if (expression.op === 'fact') return [expression.name]
  return expression.op === 'item' ? [expression.list, `${expression.list}.${expression.field ?? ''}`] : []
}

function missingValues(ir: PolicyIr, { values, readElsewhere = [] }: CheckContext): Found[] {
  const given = new Set(values.map(({ name }) => name))
  const declared = new Set(ir.bodies.flatMap((body) => Object.keys(body.values)))
  const spare = [...given].filter((name) => !declared.has(name) && !readElsewhere.includes(name))
  return [...declared]
    .filter((name) => !given.has(name))
    .map((name) => ({
      ...{ code: 'TC1102' as const, at: placeOfName(ir, 'values', name) },
      params: { name, perhaps: perhaps(name, spare) },
    }))
}

function strangeValues(ir: PolicyIr, { values, readElsewhere = [] }: CheckContext): Found[] {
  const declared = new Set([...readElsewhere, ...ir.bodies.flatMap((body) => Object.keys(body.values))])
  const given = new Set(values.map(({ name }) => name))
  const at = ir.bodies[0]?.at
  if (at === undefined) return []
  const wanting = [...declared].filter((name) => !given.has(name))
  return [...given]
    .filter((name) => !declared.has(name))
    .map((name) => ({ code: 'TC1103', at, params: { name, perhaps: perhaps(name, wanting) } }))
}

function perhaps(name: string, known: readonly string[]): string {
  const nearest = findNearestName(name, known)
  return nearest === undefined ? '' : ` (\`${nearest}\`?)`
}

/**
 * Reasons to which no case comes: a case counts as what it is decided to be, whatever it was meant to show. Reasons that nothing can come to
 * are left out. And cases whose facts are not those that are declared.
 */
export function findCaseProblems(
  ir: PolicyIr,
  context: CheckContext,
  isReachable: (end: EndStatement) => boolean,
): Found[] {
  const { cases } = context
  if (cases === undefined) return []
  const tried = cases.map((each) => tryCase(ir, context, each))
  const misfits = tried.flatMap(({ problem }, index): Found[] => {
    const at = ir.bodies[0]?.at
    if (problem === undefined || at === undefined) return []
    return [{ code: 'TC1107', at, params: { number: String(index + 1), problem } }]
  })
  // Without its values no case can show anything; that they are missing is said elsewhere.
  if (tried.some(({ lacksValues }) => lacksValues)) return misfits
  const shown = new Set(tried.flatMap(({ reasons }) => reasons))
  const ends = ir.bodies
    .flatMap(({ block }) => statementsOf(block))
    .flatMap((statement) => (statement.do === 'refuse' || statement.do === 'refer' ? [statement] : []))
    .filter(isReachable)
  const unshown = [...new Set(ends.map(({ reason }) => reason))].filter((reason) => !shown.has(reason))
  return [
    ...misfits,
    ...unshown.flatMap((reason): Found[] => {
      const at = ends.find((end) => end.reason === reason)?.at
      return at === undefined ? [] : [{ code: 'TC1106', at, params: { reason } }]
    }),
  ]
}

/** What a case came to, or why it came to nothing. */
interface TriedCase {
  /** The reason, and those of its items. */
  readonly reasons: readonly string[]
  readonly problem?: string
  readonly lacksValues?: true
}

function tryCase(
  ir: PolicyIr,
  context: CheckContext,
  { facts, on, region = context.regions[0] ?? '' }: CheckCase,
): TriedCase {
  try {
    const { reason, items } = decide(ir, facts, resolveEntries(context, region, on), on)
    return { reasons: [reason, ...(items?.outcomes ?? []).map((item) => item.reason)].flatMap((each) => each ?? []) }
  } catch (error) {
    if (error instanceof FactProblems) return { reasons: [], problem: error.message.replaceAll('\n', '; ') }
    if (error instanceof ValueProblems) return { reasons: [], lacksValues: true }
    throw error
  }
}
