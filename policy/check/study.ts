import { decide } from '../decide.ts'
import { FactProblems, type Facts, parseFacts } from '../facts.ts'
import type { EndStatement, PolicyBody, PolicyIr } from '../ir.ts'
import { statementsOf } from '../walk.ts'
import { branchesOf, endKey } from './branches.ts'
import type { CheckContext } from './context.ts'
import { Explorer } from './explorer.ts'
import type { Witness } from './finding.ts'
import { type Reach, reach } from './reachable.ts'
import { Terms } from './terms.ts'
import { type ValueSet, valueSetsOf } from './value-sets.ts'

/** At most so many sets of values are tried with facts; all are reasoned about. */
const EXPLORED_MAX = 6
/** In how many of them a branch is looked for by itself. */
const SOUGHT_MAX = 3

/** One body under one set of values: what can be proved of it, and what facts showed. */
export interface SetStudy {
  readonly set: ValueSet
  readonly reach: Reach
  readonly explorer?: Explorer
}

/** What is known of one body: under any values that are declared, and under each set that is in force. */
export interface BodyStudy {
  readonly ir: PolicyIr
  readonly body: PolicyBody
  readonly terms: Terms
  /** Under any values at all. */
  readonly declared: Reach
  readonly sets: readonly SetStudy[]
  /** Under the figures of each set, with every yes or no and every word of law left open. */
  readonly switchedFreely: readonly Reach[]
}

/** Reasons about a body and tries it: at random and with the facts of the cases first, then for each branch that nobody came to by itself. */
export function studyBody(ir: PolicyIr, body: PolicyBody, context: CheckContext): BodyStudy {
  const terms = new Terms(body)
  const sets = spread(valueSetsOf(body, context)).map((set, index): SetStudy => {
    const studied = { set, reach: reach(body, terms, (name) => set.values[name]?.value) }
    return index < EXPLORED_MAX ? { ...studied, explorer: new Explorer(body, terms, set, index + 1) } : studied
  })
  const study: BodyStudy = {
    ...{ ir, body, terms, sets },
    declared: reach(body, terms, () => undefined),
    switchedFreely: sets.map(({ set }) => reach(body, terms, (name) => figureOf(body, set, name))),
  }
  explore(study, factsOfCases(body, context))
  return study
}

/** Where there are more sets than are tried: the first, the last, and some between. */
function spread(sets: readonly ValueSet[]): ValueSet[] {
  if (sets.length <= EXPLORED_MAX) return [...sets]
  const step = (sets.length - 1) / (EXPLORED_MAX - 1)
  const chosen = Array.from({ length: EXPLORED_MAX }, (_, index) => sets[Math.round(index * step)])
  const first = chosen.flatMap((set) => set ?? [])
  return [...first, ...sets.filter((set) => !first.includes(set))]
}

function figureOf(body: PolicyBody, { values }: ValueSet, name: string) {
  const kind = body.values[name]?.kind
  return kind === 'flag' || kind === 'choice' || kind === 'list' ? undefined : values[name]?.value
}

/** The facts of the cases that are those the body declares; of others a finding of its own tells. */
function factsOfCases(body: PolicyBody, { cases = [] }: CheckContext): Facts[] {
  const known: Facts[] = []
  for (const { facts } of cases) {
    try {
      known.push(parseFacts(body.facts, facts))
    } catch (error) {
      if (!(error instanceof FactProblems)) throw error
    }
  }
  return known
}

function explore({ body, sets }: BodyStudy, known: readonly Facts[]): void {
  for (const { explorer } of sets) {
    explorer?.roam()
    for (const facts of known) explorer?.run(facts)
  }
  for (const branch of branchesOf(body)) {
    const able = sets.filter(({ reach: { branches } }) => branches.has(branch.key))
    if (able.some(({ explorer }) => explorer?.seen.has(branch.key))) continue
    for (const {
      explorer,
      reach: { branches },
    } of able.slice(0, SOUGHT_MAX)) {
      if (explorer?.seek(branch, branches.get(branch.key) ?? [])) break
    }
  }
}

/** True for an end of the body, unless it is proved that nothing comes to it. Without values nothing is. */
export function canComeTo({ body, sets }: BodyStudy, end: EndStatement): boolean {
  if (!statementsOf(body.block).includes(end)) return false
  return sets.length === 0 || sets.some(({ reach: { branches } }) => branches.has(endKey(end)))
}

/** How many sets of facts were tried. */
export function runsOf({ sets }: BodyStudy): number {
  return sets.reduce((runs, { explorer }) => runs + (explorer?.runs ?? 0), 0)
}

/** Decides facts once more, by `decide` itself: what a finding rests on. */
export function witnessOf(ir: PolicyIr, { region, on, values }: ValueSet, facts: Facts): Witness {
  return { on, region, facts, values, decision: decide(ir, facts, values, on) }
}
