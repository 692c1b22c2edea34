import { type Block, type Expression, operandsOf, type PolicyBody, type Statement } from '../ir.ts'
import type { ResolvedValues } from '../values.ts'
import { isSettled, type Possible, type PossibleItem } from './possible.ts'

/** What is known at one point of a path: what each fact may be there, and what was found or supposed on the way. Never changed, only narrowed. */
export interface Scene {
  readonly consts: ReadonlyMap<number, Expression>
  readonly values: ResolvedValues
  readonly facts: ReadonlyMap<string, Possible>
  /** By slot: what an expression is taken to be here, because a branch was taken on it. */
  readonly taken: ReadonlyMap<number, Possible>
  /** The item that is being looked at. */
  readonly item?: SceneItem
  /** What has been evaluated here, by slot. */
  readonly found: Map<number, Possible>
  /** The scene that this one narrows: what was settled there stays so. */
  readonly wider?: Scene
}

/** An item, its place in its list (absent for one of the unknown items), and the scene around it, which has all slots before `firstSlot`. */
export interface SceneItem {
  readonly list: string
  readonly place?: number
  readonly fields: PossibleItem
  readonly firstSlot: number
  readonly around: Scene
}

/** The scene in which a body begins. */
export function openScene(
  body: PolicyBody,
  values: ResolvedValues,
  facts: ReadonlyMap<string, Possible>,
  taken: ReadonlyMap<number, Possible> = new Map(),
): Scene {
  return { consts: constsOf(body), values, facts, taken, found: new Map() }
}

/** The scene for one item of a list. */
export function itemScene(around: Scene, item: Omit<SceneItem, 'around'>): Scene {
  const { consts, values, facts, taken } = around
  return { consts, values, facts, taken, item: { ...item, around }, found: new Map() }
}

/** The scene in which, besides, an expression is taken to be something. */
export function withTaken(scene: Scene, slot: number, possible: Possible): Scene {
  return { ...scene, taken: new Map(scene.taken).set(slot, possible), found: new Map(), wider: scene }
}

/** The scene in which a fact may be less than before. */
export function withFact(scene: Scene, name: string, possible: Possible): Scene {
  return { ...scene, facts: new Map(scene.facts).set(name, possible), found: new Map(), wider: scene }
}

/** The scene in which a field of the item may be less than before. */
export function withField(scene: Scene, item: SceneItem, field: string, possible: Possible): Scene {
  const narrowed = { ...item, fields: { ...item.fields, [field]: possible } }
  return { ...scene, item: narrowed, found: new Map(), wider: scene }
}

/** What an expression was found to be, here or, settled, in a wider scene. */
export function findFound(scene: Scene, slot: number): Possible | undefined {
  const found = scene.found.get(slot)
  if (found !== undefined) return found
  for (let wider = scene.wider; wider !== undefined; wider = wider.wider) {
    const before = wider.found.get(slot)
    if (before !== undefined) return isSettled(before) ? before : undefined
  }
  return undefined
}

const constsByBody = new WeakMap<PolicyBody, ReadonlyMap<number, Expression>>()

/** The expressions of all `const` of a body, by slot. */
export function constsOf(body: PolicyBody): ReadonlyMap<number, Expression> {
  const known = constsByBody.get(body)
  if (known !== undefined) return known
  const consts = new Map<number, Expression>()
  for (const statement of statementsOf(body.block)) {
    if (statement.do === 'const') consts.set(statement.is.slot, statement.is)
  }
  constsByBody.set(body, consts)
  return consts
}

/** Every statement of a block, those inside others and those that decide items too. */
export function statementsOf(block: Block): Statement[] {
  return block.flatMap((statement) => {
    switch (statement.do) {
      case 'const':
        return [statement]
      case 'if':
        return [statement, ...statementsOf(statement.block), ...statementsOf(statement.otherwise ?? [])]
      case 'switch':
        return [statement, ...statement.cases.flatMap((each) => statementsOf(each.block))]
      default:
        return [statement, ...(statement.each === undefined ? [] : statementsOf(statement.each.block))]
    }
  })
}

/** The expressions that a statement itself evaluates. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.do) {
    case 'const':
      return [statement.is]
    case 'if':
      return [statement.condition]
    case 'switch':
      return [statement.on]
    case 'grant':
      return Object.values(statement.results)
    default:
      return []
  }
}

/** An expression and everything that it is made of. */
export function withOperands(expression: Expression): Expression[] {
  return [expression, ...operandsOf(expression).flatMap(withOperands)]
}
