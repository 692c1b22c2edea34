import { explore } from '../ask/paths.ts'
import type { PossibleFacts } from '../ask/possible-lists.ts'
import { openScene } from '../ask/scene.ts'
import { daysBetween } from '../dates.ts'
import { decide, findBody } from '../decide.ts'
import type { Decision } from '../decision.ts'
import { type Facts, type FieldValue, type ItemValue, parseFacts } from '../facts.ts'
import type { PolicyBody, PolicyIr } from '../ir.ts'
import { possibleOfUnit } from '../possible/possible.ts'
import { isQuantity, type ListUnit, unitCode } from '../units.ts'
import { checkValues, type ResolvedValues } from '../values.ts'
import { type Aim, aimOf, type Goal, mayMeet, meets } from './goal.ts'
import { findItem } from './new-items.ts'
import { type Part, type PartContext, partsInstead } from './parts.ts'
import { itemsOf, type Place, placesOf, possibleCase, withAnotherItem, withPossible, withValue } from './places.ts'
import { type Budget, findNearest } from './search.ts'

/** What would change a decision. Plain JSON; `renderChanges` makes sentences of it. */
export interface Changes {
  /** As the facts are. */
  readonly decision: Decision
  /** True when the goal is met already; then no change is looked for. */
  readonly isMet: boolean
  /** Each of them alone reaches the goal, and less of the same does not. In the order of declaration. */
  readonly changes: readonly Change[]
  /** Where no single change does: two together, as far as they are found with little effort. */
  readonly pairs: readonly Change[]
  /** False when there was more to look at than is looked at: then there may be other single changes. */
  readonly isAll: boolean
}

/** A change, and the decision that shows it true. */
export interface Change {
  readonly of: readonly FactChange[]
  readonly facts: Facts
  readonly decision: Decision
}

/** One thing that would be otherwise. Paths are dotted, with the number of an item from 0 (`guests.0.visits`). */
export type FactChange =
  | {
      readonly change: 'set'
      readonly path: string
      readonly unit: string
      readonly from: FieldValue
      readonly to: FieldValue
      /** How much more (less when negative), of quantities in their unit and of dates in days. */
      readonly by?: number
    }
  | { readonly change: 'remove'; readonly path: string; readonly item: ItemValue }
  /** `units` are the unit codes of the item's fields, of a plain item under `''`. */
  | { readonly change: 'add'; readonly path: string; readonly item: ItemValue; readonly units: UnitCodes }

/** What is left alone. */
export interface ChangeOptions {
  /** Facts (`joinsOn`) and fields of items (`guests.visitedOn`) that a person cannot change. */
  readonly fixed?: readonly string[]
}

/** At most so many cases and sets of cases are looked at for single changes, and for pairs. */
const LOOKED_AT_MAX = 20_000
const LOOKED_AT_FOR_PAIRS_MAX = 4_000

/**
 * The smallest single changes of the facts that reach a goal: for each quantity and date the nearest value above and below, for words and flags
 * every other one, for lists an item less, an item otherwise, and one item more. Each is decided again, and its decision is in the answer.
 *
 * A range of values is left out only when no value in it can reach the goal, so what is found is the nearest.
 * @throws FactProblems, ValueProblems as `decide`; RangeError for more of what is no quantity
 */
export function findChanges(
  ir: PolicyIr,
  facts: unknown,
  values: ResolvedValues,
  on: string,
  goal: Goal,
  { fixed = [] }: ChangeOptions = {},
): Changes {
  const decision = decide(ir, facts, values, on)
  const aim = aimOf(goal, decision)
  const body = findBody(ir.bodies, on)
  if (body !== undefined && 'more' in aim) checkQuantity(body, aim.more)
  const isMet = meets(aim, decision)
  if (isMet || body === undefined) return { decision, isMet, changes: [], pairs: [], isAll: true }
  const search: Search = {
    ...{ ir, on, values, body, aim, checked: checkValues(body.values, values, on) },
    facts: parseFacts(body.facts, facts),
    fixed: new Set(fixed),
    budget: { left: LOOKED_AT_MAX, isSpent: false },
  }
  const changes = [...changesOfPlaces(search), ...changesOfLists(search)]
  const ofPairs = { ...search, budget: { left: LOOKED_AT_FOR_PAIRS_MAX, isSpent: false } }
  const pairs = changes.length === 0 ? findPairs(ofPairs) : []
  return { decision, isMet, changes, pairs, isAll: !search.budget.isSpent }
}

function checkQuantity({ results }: PolicyBody, name: string): void {
  const unit = results[name]
  if (unit === undefined || !isQuantity(unit)) throw new RangeError(`there is no result ${name} that is a quantity`)
}

interface Search {
  readonly ir: PolicyIr
  readonly on: string
  readonly values: ResolvedValues
  readonly checked: ResolvedValues
  readonly body: PolicyBody
  readonly aim: Aim
  readonly facts: Facts
  readonly fixed: ReadonlySet<string>
  readonly budget: Budget
}

/** False only when no case in a set of cases reaches the goal. */
function mayReach({ body, checked, aim }: Search, facts: PossibleFacts): boolean {
  return mayMeet(aim, explore(body, openScene(body, checked, facts)))
}

/** A change as it is decided; undefined when it does not reach the goal. */
function findDecided({ ir, values, on, aim }: Search, facts: Facts, of: readonly FactChange[]): Change | undefined {
  const decision = decide(ir, facts, values, on)
  return meets(aim, decision) ? { of, facts, decision } : undefined
}

function changesOfPlaces(search: Search): Change[] {
  return placesOf(search.body.facts, search.facts, search.fixed).flatMap((place) =>
    changesAt(search, search.facts, place, []),
  )
}

/** The nearest other values of one place, in a case that may be changed already. */
function changesAt(search: Search, facts: Facts, place: Place, before: readonly FactChange[]): Change[] {
  const known = possibleCase(search.body.facts, facts)
  return partsOf(search, place).flatMap((part) => {
    const found = findNearest(
      search.budget,
      part,
      (possible) => mayReach(search, withPossible(known, place, possible)),
      (value) => findDecided(search, withValue(facts, place, value), [...before, setting(place, value)]),
    )
    return found === undefined ? [] : [found]
  })
}

function partsOf(search: Search, { unit, value }: Place): Part[] {
  return partsInstead(unit, value, contextOf(search))
}

function contextOf({ on, body, facts }: Search): PartContext {
  const texts = Object.entries(body.facts).flatMap(([name, { kind }]) => (kind === 'text' ? [String(facts[name])] : []))
  return { on, texts: [...new Set(texts)] }
}

function setting({ path, unit, value: from }: Place, to: FieldValue): FactChange {
  const change = { change: 'set', path, unit: unitCode(unit), from, to } as const
  if (typeof from === 'number' && typeof to === 'number') return { ...change, by: to - from }
  const isDated = typeof from === 'string' && typeof to === 'string' && unitCode(unit) === 'date'
  return isDated ? { ...change, by: daysBetween(from, to) } : change
}

function changesOfLists(search: Search): Change[] {
  return Object.entries(search.body.facts).flatMap(([fact, unit]) => {
    if (unit.kind !== 'list' || search.fixed.has(fact)) return []
    const added = findAddition(search, fact, unit)
    return [...removals(search, fact), ...(added === undefined ? [] : [added])]
  })
}

function removals(search: Search, fact: string): Change[] {
  const items = itemsOf(search.facts, fact)
  return items.flatMap((item, index) => {
    const facts = { ...search.facts, [fact]: items.toSpliced(index, 1) }
    const found = findDecided(search, facts, [{ change: 'remove', path: `${fact}.${index}`, item }])
    return found === undefined ? [] : [found]
  })
}

/** One more item: like one that is there where that is enough, else one that is looked for field by field. */
function findAddition(search: Search, fact: string, unit: ListUnit): Change | undefined {
  const items = itemsOf(search.facts, fact)
  if (items.length >= unit.max) return undefined
  const longer = withAnotherItem(possibleCase(search.body.facts, search.facts), fact, unit)
  if (!mayReach(search, longer)) return undefined
  const decided = (item: ItemValue) =>
    findDecided(search, { ...search.facts, [fact]: [...items, item] }, [
      { change: 'add', path: fact, item, units: unitCodes(unit) },
    ])
  for (const item of items) {
    const found = decided(item)
    if (found !== undefined) return found
  }
  const added = { ...contextOf(search), fact, unit, place: items.length }
  return findItem(search.budget, added, longer, (known) => mayReach(search, known), decided)
}

type UnitCodes = Readonly<Record<string, string>>

function unitCodes({ item }: ListUnit): UnitCodes {
  if (item.kind !== 'record') return { '': unitCode(item) }
  return Object.fromEntries(Object.entries(item.fields).map(([field, unit]) => [field, unitCode(unit)]))
}

/** Two places together. What has a few other values only is set first, so that little is left to look through for the other place. */
function findPairs(search: Search): Change[] {
  const places = placesOf(search.body.facts, search.facts, search.fixed)
  return places.flatMap((one, index) =>
    places.slice(index + 1).flatMap((other) => {
      const found =
        isFewIn(search, other) && !isFewIn(search, one) ? findPair(search, other, one) : findPair(search, one, other)
      return found === undefined ? [] : [found]
    }),
  )
}

function isFewIn(search: Search, place: Place): boolean {
  return partsOf(search, place).every(({ is }) => is === 'one')
}

/** The nearest value of one place with which the other has one that reaches the goal. */
function findPair(search: Search, one: Place, other: Place): Change | undefined {
  const known = possibleCase(search.body.facts, search.facts)
  const widened = withPossible(known, other, possibleOfUnit(other.unit))
  for (const part of partsOf(search, one)) {
    const found = findNearest(
      search.budget,
      part,
      (possible) => mayReach(search, withPossible(widened, one, possible)),
      (value) => changesAt(search, withValue(search.facts, one, value), other, [setting(one, value)]).at(0),
    )
    if (found !== undefined) return found
  }
  return undefined
}
