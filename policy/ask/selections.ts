/** Lists whose items, or whose number of items, may be unknown, and what is selected, counted and summed of them. */
import type { Filter, First, ListExpression, ListOperation, Membership, Selection, Sort } from '../ir.ts'
import { flagsOf, type Possible, rangeOf } from '../possible/possible.ts'
import type { Range } from '../reader/ranges.ts'
import { isListExpression } from '../walk.ts'
import { defined, evaluateAny, evaluateFlag, rangeAt, sceneOf } from './evaluate-possible.ts'
import type { PossibleItem, PossibleList, PossibleSelection, Precedence } from './possible-lists.ts'
import { itemScene, type Scene } from './scene.ts'

/** The list that a fact may be. */
function listNamed(scene: Scene, name: string): PossibleList {
  const list = scene.facts.get(name)
  if (list?.kind !== 'list') throw new TypeError(`the IR looks at items of ${name}, which is no list`)
  return list
}

/** The items that a filter, a sort or a cut may leave. */
export function selectPossible(scene: Scene, expression: Selection): PossibleSelection {
  switch (expression.op) {
    case 'filterOf':
      return filterPossible(scene, expression)
    case 'sortOf':
      return sortPossible(scene, expression)
    case 'firstOf':
      return firstPossible(scene, expression)
  }
}

/** The items that a list expression stands for: those of a fact, in their order, or a selection. */
function selectionOf(scene: Scene, list: ListExpression): PossibleSelection {
  if (list.op === 'local') {
    const is = defined(list, scene.consts.get(list.of))
    if (isListExpression(is)) return selectionOf(sceneOf(scene, list.of), is)
  }
  if (list.op === 'fact') return wholeList(list.name, listNamed(scene, list.name))
  const possible = evaluateAny(scene, list)
  if (possible.kind !== 'selection') throw new TypeError(`slot ${list.slot} of the IR is no list`)
  return possible
}

function wholeList(base: string, { items, more }: PossibleList): PossibleSelection {
  return {
    kind: 'selection',
    base,
    entries: items.map((_, place) => ({ place, sure: true })),
    further: more,
    min: items.length,
    max: items.length + more,
    precedes: (place, other) => (place < other ? 'surely' : 'never'),
  }
}

/** What looks at the items of a list one by one. */
export interface ItemLoop {
  readonly firstSlot: number
  readonly list: ListExpression
}

/** The scene of each entry of a selection, in its order, and of an unknown further item where there may be any. */
export function itemScenes(scene: Scene, { firstSlot, list }: ItemLoop): { entries: Scene[]; further?: Scene } {
  const { base, entries, further } = selectionOf(scene, list)
  const { items, further: anyItem } = listNamed(scene, base)
  const around = scene.item?.around ?? scene
  const sceneFor = (fields: PossibleItem | undefined, place?: number) =>
    itemScene(around, { list: base, fields: fields ?? anyItem, firstSlot, ...(place === undefined ? {} : { place }) })
  return {
    entries: entries.map(({ place }) => sceneFor(items[place], place)),
    ...(further > 0 ? { further: sceneFor(anyItem) } : {}),
  }
}

function filterPossible(scene: Scene, expression: Filter): PossibleSelection {
  const from = selectionOf(scene, expression.list)
  const scenes = itemScenes(scene, expression)
  const kept = from.entries.flatMap(({ place, sure }, index) => {
    const { mayBeTrue, mayBeFalse } = evaluateFlag(defined(expression, scenes.entries[index]), expression.each)
    return mayBeTrue ? [{ place, sure: sure && !mayBeFalse }] : []
  })
  const keepsFurther = scenes.further !== undefined && evaluateFlag(scenes.further, expression.each).mayBeTrue
  const further = keepsFurther ? from.further : 0
  return {
    ...from,
    entries: kept,
    further,
    min: kept.filter(({ sure }) => sure).length,
    max: Math.min(from.max, kept.length + further),
  }
}

function sortPossible(scene: Scene, expression: Sort): PossibleSelection {
  const from = selectionOf(scene, expression.list)
  const scenes = itemScenes(scene, expression)
  const keys = new Map(
    from.entries.map(({ place }, index) => {
      const key = rangeAt(defined(expression, scenes.entries[index]), expression.each)
      return [place, key] as const
    }),
  )
  const isAscending = expression.order === 'ascending'
  return {
    ...from,
    precedes: (place, other) => {
      const [a, b] = [keys.get(place), keys.get(other)]
      if (a === undefined || b === undefined) return 'perhaps'
      return (isAscending ? compareKeys(a, b) : compareKeys(b, a)) ?? from.precedes(place, other)
    },
  }
}

/** Whether a key is surely the lesser; undefined when both are surely equal, and so stay in the order they were in. */
function compareKeys(key: Range, other: Range): Precedence | undefined {
  if (key.max < other.min) return 'surely'
  if (key.min > other.max) return 'never'
  return key.min === key.max && other.min === other.max ? undefined : 'perhaps'
}

/** An entry is in when surely fewer than the least count may come before it, and out when surely as many as the greatest count do. */
function firstPossible(scene: Scene, { list, count }: First): PossibleSelection {
  const from = selectionOf(scene, list)
  const limit = rangeAt(scene, count)
  const isWhole = limit.min >= from.max
  const kept = from.entries.flatMap(({ place, sure }) => {
    let surelyBefore = 0
    let perhapsBefore = from.further
    for (const other of from.entries) {
      const comesFirst = other.place === place ? 'never' : from.precedes(other.place, place)
      if (comesFirst === 'surely' && other.sure) surelyBefore++
      if (comesFirst !== 'never') perhapsBefore++
    }
    return surelyBefore >= limit.max ? [] : [{ place, sure: sure && (isWhole || perhapsBefore < limit.min) }]
  })
  const further = Math.min(from.further, limit.max)
  const [min, max] = [Math.min(from.min, limit.min), Math.min(from.max, limit.max)]
  return { ...from, entries: kept, further, min, max: Math.min(max, kept.length + further) }
}

/** How many items satisfy a condition, or what a quantity over them comes to. */
export function foldPossible(scene: Scene, expression: ListOperation): Possible | undefined {
  const selection = selectionOf(scene, expression.list)
  const scenes = itemScenes(scene, expression)
  if (expression.op === 'sumOf') return rangeOf(sumPossible(selection, scenes, expression))
  const found = scenes.entries.map((each) => evaluateFlag(each, expression.each))
  const further = scenes.further && evaluateFlag(scenes.further, expression.each)
  const holding = countHolding(selection, found, further)
  if (expression.op === 'countOf') return rangeOf(holding)
  if (expression.op === 'someOf') return flagsOf(holding.max > 0, holding.min === 0)
  const failing = countHolding(selection, found.map(turned), further && turned(further))
  return flagsOf(failing.min === 0, failing.max > 0)
}

interface MayHold {
  readonly mayBeTrue: boolean
  readonly mayBeFalse: boolean
}

function turned({ mayBeTrue, mayBeFalse }: MayHold): MayHold {
  return { mayBeTrue: mayBeFalse, mayBeFalse: mayBeTrue }
}

function countHolding(selection: PossibleSelection, found: readonly MayHold[], further: MayHold | undefined): Range {
  const { entries, min, max } = selection
  const surely = found.filter(({ mayBeFalse }, index) => !mayBeFalse && entries[index]?.sure).length
  const mayHold = found.filter(({ mayBeTrue }) => mayBeTrue).length + (further?.mayBeTrue ? selection.further : 0)
  const mayFail = found.filter(({ mayBeFalse }) => mayBeFalse).length + (further?.mayBeFalse ? selection.further : 0)
  return { min: Math.max(surely, min - mayFail), max: Math.min(mayHold, max) }
}

/** Sure items count in full; of those that are perhaps there, as many as there is room for, at their least and their greatest. */
function sumPossible(
  { entries, further, max }: PossibleSelection,
  scenes: { entries: readonly Scene[]; further?: Scene },
  expression: ListOperation,
): Range {
  const sure: Range[] = []
  const perhaps: Range[] = []
  for (const [index, each] of scenes.entries.entries()) {
    const quantity = rangeAt(each, expression.each)
    if (entries[index]?.sure) sure.push(quantity)
    else perhaps.push(quantity)
  }
  const room = max - sure.length
  if (scenes.further !== undefined) {
    const quantity = rangeAt(scenes.further, expression.each)
    for (let count = Math.min(further, room); count > 0; count--) perhaps.push(quantity)
  }
  const greatest = perhaps.map((each) => Math.max(each.max, 0)).toSorted((a, b) => b - a)
  const least = perhaps.map((each) => Math.min(each.min, 0)).toSorted((a, b) => a - b)
  return {
    min: sum(sure.map((each) => each.min)) + sum(least.slice(0, room)),
    max: sum(sure.map((each) => each.max)) + sum(greatest.slice(0, room)),
  }
}

function sum(quantities: readonly number[]): number {
  return quantities.reduce((total, quantity) => total + quantity, 0)
}

/** Whether the item that is being looked at is among a selection. */
export function hasItemPossible(scene: Scene, { list }: Membership): Possible | undefined {
  const selection = selectionOf(scene, list)
  const place = scene.item?.place
  if (place === undefined) return flagsOf(selection.further > 0, true)
  const entry = selection.entries.find((each) => each.place === place)
  return entry === undefined ? flagsOf(false, true) : flagsOf(true, !entry.sure)
}
