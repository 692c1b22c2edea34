import type { PossibleFacts } from '../ask/possible-lists.ts'
import type { FieldValue, ItemValue } from '../facts.ts'
import { type Possible, possibleOfContent } from '../possible/possible.ts'
import type { FieldUnit, ListUnit } from '../units.ts'
import { type PartContext, partsInstead } from './parts.ts'
import { withPossible } from './places.ts'
import { type Budget, findNearest } from './search.ts'

/** The last item of a list, which is to be found. */
export interface NewItem extends PartContext {
  readonly fact: string
  readonly unit: ListUnit
  readonly place: number
}

/**
 * An item with which the case is accepted: its fields are fixed one after the other, each at the lowest quantity, the first word or the day
 * nearest to the decision with which the others may still be found.
 *
 * @param facts the case with an item of which nothing is known
 * @param may false only when no case of the set is accepted
 */
export function findItem<T>(
  budget: Budget,
  added: NewItem,
  facts: PossibleFacts,
  may: (facts: PossibleFacts) => boolean,
  accept: (item: ItemValue) => T | undefined,
): T | undefined {
  const { item } = added.unit
  const fields: Fields = item.kind === 'record' ? Object.entries(item.fields) : [['', item]]
  return chooseField({ budget, added, may, accept }, fields, {}, facts)
}

type Fields = readonly (readonly [name: string, unit: FieldUnit])[]

interface Choice<T> {
  readonly budget: Budget
  readonly added: NewItem
  readonly may: (facts: PossibleFacts) => boolean
  readonly accept: (item: ItemValue) => T | undefined
}

function chooseField<T>(
  choice: Choice<T>,
  [field, ...rest]: Fields,
  chosen: Readonly<Record<string, FieldValue>>,
  facts: PossibleFacts,
): T | undefined {
  const { budget, added, may, accept } = choice
  if (field === undefined) return accept(itemOf(added.unit, chosen))
  const [name, unit] = field
  const narrowed = (possible: Possible) => withField(facts, added, name, possible)
  for (const part of partsInstead(unit, undefined, added)) {
    const found = findNearest(
      budget,
      part,
      (possible) => may(narrowed(possible)),
      (value) => chooseField(choice, rest, { ...chosen, [name]: value }, narrowed(possibleOfContent(value, unit))),
    )
    if (found !== undefined) return found
  }
  return undefined
}

function withField(facts: PossibleFacts, { fact, place }: NewItem, field: string, possible: Possible): PossibleFacts {
  return withPossible(facts, { fact, item: place, field }, possible)
}

function itemOf({ item }: ListUnit, chosen: Readonly<Record<string, FieldValue>>): ItemValue {
  return item.kind === 'record' ? chosen : (chosen[''] ?? '')
}
