/** Which unknown facts an answer still waits for. */
import { type Expression, operandsOf } from '../ir.ts'
import { expressionsIn } from '../walk.ts'
import { evaluateAny, sceneOf } from './evaluate-possible.ts'
import { narrow } from './narrow.ts'
import { findSettledVerdict, type Granting, type PathEnd, type Paths, type Unexplored } from './paths.ts'
import { isKnown } from './possible-lists.ts'
import type { Scene } from './scene.ts'
import { itemScenes } from './selections.ts'

/** Something that waits for facts: a condition on which ways part, or a result that is not settled. */
export interface Waiting {
  readonly at: Paths
  readonly facts: ReadonlySet<string>
  /** True for what waits in an item that is decided by itself. */
  readonly isOfItem?: boolean
}

/**
 * What waits on these paths, in the order of the text, and for which facts. Ways that all come to one verdict wait for nothing; neither does
 * a side that cannot change its whole. A fact that nothing waits for cannot matter any more.
 */
export function waitingOf(granting: Granting, paths: Paths): Waiting[] {
  if (findSettledVerdict(granting, paths) !== undefined) return []
  switch (paths.kind) {
    case 'fork': {
      const facts = factsOf(paths.scene, [paths.expression])
      return [{ at: paths, facts }, ...paths.ways.flatMap((way) => waitingOf(granting, way.paths))]
    }
    case 'end':
      return waitingAtEnd(granting, paths)
    case 'unexplored':
      return [{ at: paths, facts: factsNamed(paths) }]
  }
}

function waitingAtEnd(granting: Granting, end: PathEnd): Waiting[] {
  const { statement, scene, items } = end
  const facts = factsOf(scene, statement.do === 'grant' ? Object.values(statement.results) : [])
  if (items?.further !== undefined && statement.each !== undefined) facts.add(statement.each.list.name)
  const paths = items === undefined ? [] : [...items.known, ...(items.further === undefined ? [] : [items.further])]
  const ofItems = paths
    .flatMap((each) => waitingOf(granting.items ?? granting, each))
    .map((waiting) => ({ ...waiting, isOfItem: true }))
  return [...(facts.size > 0 ? [{ at: end, facts }] : []), ...ofItems]
}

/** Every unknown fact that is named on ways that were not followed. */
function factsNamed({ scene, block }: Unexplored): Set<string> {
  const open = new Set([...scene.facts].flatMap(([name, fact]) => (isKnown(fact) ? [] : [name])))
  const named = expressionsIn(block).flatMap((expression) => (expression.op === 'fact' ? [expression.name] : []))
  return new Set(named.filter((name) => open.has(name)))
}

/** The unknown facts that settle one of these expressions. */
function factsOf(scene: Scene, expressions: readonly Expression[]): Set<string> {
  const facts = new Set<string>()
  const seen = new Set<Expression>()
  for (const expression of expressions) addFacts(facts, seen, scene, expression)
  return facts
}

function addFacts(facts: Set<string>, seen: Set<Expression>, scene: Scene, expression: Expression): void {
  if (seen.has(expression) || isKnown(evaluateAny(scene, expression))) return
  seen.add(expression)
  switch (expression.op) {
    case 'fact':
      facts.add(expression.name)
      break
    case 'item':
      facts.add(expression.list)
      break
    case 'local': {
      const is = scene.consts.get(expression.of)
      if (is !== undefined) addFacts(facts, seen, sceneOf(scene, expression.of), is)
      break
    }
    case '?:':
      addFacts(facts, seen, scene, expression.condition)
      addNarrowed(facts, scene, expression.condition, true, expression.whenTrue)
      addNarrowed(facts, scene, expression.condition, false, expression.whenFalse)
      break
    case '&&':
    case '||':
      addFacts(facts, seen, scene, expression.left)
      addNarrowed(facts, scene, expression.left, expression.op === '&&', expression.right)
      break
    case 'hasItem':
      addFacts(facts, seen, scene, expression.list)
      break
    default:
      if ('each' in expression) addItemFacts(facts, scene, expression)
      for (const operand of operandsOf(expression)) {
        if (!('each' in expression) || operand !== expression.each) addFacts(facts, seen, scene, operand)
      }
  }
}

/** A side is looked at with what its condition proves; there the same expressions may wait for less. */
function addNarrowed(facts: Set<string>, scene: Scene, condition: Expression, holds: boolean, side: Expression): void {
  const narrowed = narrow(scene, condition, holds)
  if (narrowed !== undefined) addFacts(facts, new Set(), narrowed, side)
}

function addItemFacts(facts: Set<string>, scene: Scene, loop: Extract<Expression, { each: Expression }>): void {
  const { entries, further } = itemScenes(scene, loop)
  for (const item of [...entries, ...(further === undefined ? [] : [further])]) {
    addFacts(facts, new Set(), item, loop.each)
  }
}
