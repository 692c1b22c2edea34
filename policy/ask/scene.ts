import type { Expression, PolicyBody } from '../ir.ts'
import type { Possible } from '../possible/possible.ts'
import type { ResolvedValues } from '../values.ts'
import { constsOf } from '../walk.ts'
import { type Evaluated, isKnown, type PossibleFact, type PossibleFacts, type PossibleItem } from './possible-lists.ts'

/** What is known at one point of a path: what each fact may be there, and what was found or supposed on the way. Never changed, only narrowed. */
export interface Scene {
  readonly consts: ReadonlyMap<number, Expression>
  readonly values: ResolvedValues
  readonly facts: PossibleFacts
  /** By slot: what an expression is taken to be here, because a branch was taken on it. */
  readonly taken: ReadonlyMap<number, Possible>
  /** The item that is being looked at. */
  readonly item?: SceneItem
  /** What has been evaluated here, by slot. */
  readonly found: Map<number, Evaluated>
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
  facts: PossibleFacts,
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
export function withFact(scene: Scene, name: string, possible: PossibleFact): Scene {
  return { ...scene, facts: new Map(scene.facts).set(name, possible), found: new Map(), wider: scene }
}

/** The scene in which a field of the item may be less than before. */
export function withField(scene: Scene, item: SceneItem, field: string, possible: Possible): Scene {
  const narrowed = { ...item, fields: { ...item.fields, [field]: possible } }
  return { ...scene, item: narrowed, found: new Map(), wider: scene }
}

/** What an expression was found to be, here or, settled, in a wider scene. */
export function findFound(scene: Scene, slot: number): Evaluated | undefined {
  const found = scene.found.get(slot)
  if (found !== undefined) return found
  for (let wider = scene.wider; wider !== undefined; wider = wider.wider) {
    const before = wider.found.get(slot)
    if (before !== undefined) return isKnown(before) ? before : undefined
  }
  return undefined
}
