/** All ways that a body may still go while some facts are unknown. */
import { grantVerdict, type ResultUnits } from '../decide.ts'
import { type ItemVerdict, outcomeOf } from '../decision.ts'
import type { Block, EndStatement, Expression, IfStatement, PolicyBody, Statement, SwitchStatement } from '../ir.ts'
import { findContent, type Possible } from '../possible/possible.ts'
import { evaluateFlag, evaluatePossible } from './evaluate-possible.ts'
import { narrow, narrowToWords } from './narrow.ts'
import type { Scene } from './scene.ts'
import { itemScenes } from './selections.ts'

/** A condition or word that is not settled, and the ways that lead on from it. */
export interface Fork {
  readonly kind: 'fork'
  readonly statement: IfStatement | SwitchStatement
  readonly expression: Expression
  /** The scene before. */
  readonly scene: Scene
  readonly ways: readonly { readonly when: boolean | readonly string[]; readonly paths: Paths }[]
}

/** An outcome, with what each result may come to and, where items are decided, the paths of each. */
export interface PathEnd {
  readonly kind: 'end'
  readonly statement: EndStatement
  readonly scene: Scene
  readonly results: Readonly<Record<string, Possible>>
  readonly items?: ItemPaths
}

/** The paths of each item, and those of any further one where it is not known how many there are. */
export interface ItemPaths {
  readonly known: readonly Paths[]
  readonly further?: Paths
}

/** More ways than are followed: anything is possible there. */
export interface Unexplored {
  readonly kind: 'unexplored'
  readonly block: Block
  readonly scene: Scene
}

/** The rest of a body from some point on. */
export type Paths = Fork | PathEnd | Unexplored

/** At most so many outcomes are followed to. */
const PATHS_MAX = 4_096

interface Budget {
  left: number
}

/** All paths through a body from a scene. */
export function explore(body: Pick<PolicyBody, 'block'>, scene: Scene): Paths {
  return follow({ left: PATHS_MAX }, scene, body.block)
}

function follow(budget: Budget, scene: Scene, [statement, ...rest]: Block): Paths {
  if (statement === undefined) throw new TypeError('a body of the IR has a path without an outcome')
  switch (statement.do) {
    case 'const':
      return follow(budget, scene, rest)
    case 'if':
      return followIf(budget, scene, statement, rest)
    case 'switch':
      return followSwitch(budget, scene, statement, rest)
    default:
      return endPath(budget, scene, statement)
  }
}

function followIf(budget: Budget, scene: Scene, statement: IfStatement, rest: readonly Statement[]): Paths {
  const { condition, block, otherwise = [] } = statement
  const { mayBeTrue, mayBeFalse } = evaluateFlag(scene, condition)
  const ifTrue = mayBeTrue ? narrow(scene, condition, true) : undefined
  const ifFalse = mayBeFalse ? narrow(scene, condition, false) : undefined
  if (ifTrue === undefined) return follow(budget, ifFalse ?? scene, [...otherwise, ...rest])
  if (ifFalse === undefined) return follow(budget, ifTrue, [...block, ...rest])
  return fork(budget, scene, statement, condition, rest, [
    { when: true, scene: ifTrue, block },
    { when: false, scene: ifFalse, block: otherwise },
  ])
}

/** Words that no case lists go on together. */
function followSwitch(budget: Budget, scene: Scene, statement: SwitchStatement, rest: readonly Statement[]): Paths {
  const { on, cases } = statement
  const possible = evaluatePossible(scene, on)
  const asked = possible.kind === 'words' ? possible.words.filter((word) => typeof word === 'string') : []
  const listed = cases.map(({ options, block }) => ({ when: asked.filter((word) => options.includes(word)), block }))
  const others = asked.filter((word) => !cases.some(({ options }) => options.includes(word)))
  const ways = [...listed, { when: others, block: [] }].filter(({ when }) => when.length > 0)
  const [only, ...more] = ways
  if (only === undefined) return { kind: 'unexplored', scene, block: [statement, ...rest] }
  if (more.length === 0) return follow(budget, scene, [...only.block, ...rest])
  const scenes = ways.map((way) => ({ ...way, scene: narrowToWords(scene, on, way.when) }))
  return fork(budget, scene, statement, on, rest, scenes)
}

interface Way {
  readonly when: boolean | readonly string[]
  readonly scene: Scene
  readonly block: Block
}

function fork(
  budget: Budget,
  scene: Scene,
  statement: Fork['statement'],
  expression: Expression,
  rest: readonly Statement[],
  ways: readonly Way[],
): Paths {
  if (budget.left < ways.length) return { kind: 'unexplored', scene, block: [statement, ...rest] }
  budget.left -= ways.length - 1
  const followed = ways.map((way) => ({ when: way.when, paths: follow(budget, way.scene, [...way.block, ...rest]) }))
  return { kind: 'fork', statement, expression, scene, ways: followed }
}

function endPath(budget: Budget, scene: Scene, statement: EndStatement): PathEnd {
  const expressions = statement.do === 'grant' ? Object.entries(statement.results) : []
  const results = expressions.map(([name, expression]) => [name, evaluatePossible(scene, expression)] as const)
  const { each } = statement
  const end = { kind: 'end', statement, scene, results: Object.fromEntries(results) } as const
  if (each === undefined) return end
  const { entries, further } = itemScenes(scene, each)
  const known = entries.map((item) => follow(budget, item, each.block))
  return { ...end, items: { known, ...(further && { further: follow(budget, further, each.block) }) } }
}

/** A verdict that holds whatever the unknown facts are. */
export interface SettledVerdict extends ItemVerdict {
  readonly items?: { readonly list: string; readonly outcomes: readonly ItemVerdict[] }
}

/** What a body, or an item of its list, may be granted. */
export type Granting = Pick<PolicyBody, 'results' | 'total' | 'items'>

/** The verdict that all paths come to; undefined while they may differ. */
export function findSettledVerdict(granting: Granting, paths: Paths): SettledVerdict | undefined {
  if (paths.kind === 'unexplored') return undefined
  if (paths.kind === 'end') return findEndVerdict(granting, paths)
  const [first, ...others] = paths.ways.map((way) => findSettledVerdict(granting, way.paths))
  const key = JSON.stringify(first)
  return others.every((other) => other !== undefined && JSON.stringify(other) === key) ? first : undefined
}

function findEndVerdict(granting: Granting, { statement, results, items }: PathEnd): SettledVerdict | undefined {
  const verdict = findOwnVerdict(granting, statement, results)
  const { items: declared } = granting
  if (verdict === undefined || items === undefined || declared === undefined) return verdict
  const outcomes = items.known.map((paths) => findSettledVerdict(declared, paths)).filter((each) => each !== undefined)
  return items.further === undefined && outcomes.length === items.known.length
    ? { ...verdict, items: { list: declared.list, outcomes } }
    : undefined
}

function findOwnVerdict(
  units: ResultUnits,
  statement: EndStatement,
  results: PathEnd['results'],
): ItemVerdict | undefined {
  if (statement.do !== 'grant') return { ...outcomeOf(statement), results: {} }
  const computed = new Map(
    Object.entries(statement.results).map(([name, { unit }]) => {
      const possible = results[name]
      return [name, possible && findContent(possible, unit)]
    }),
  )
  if ([...computed.values()].includes(undefined)) return undefined
  return grantVerdict(units, computed, statement.clause)
}

/** Every outcome that the paths may come to. */
export function endsOf(paths: Paths): PathEnd[] {
  if (paths.kind === 'fork') return paths.ways.flatMap((way) => endsOf(way.paths))
  return paths.kind === 'end' ? [paths] : []
}
