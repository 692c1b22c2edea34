/** The answers to a question that a rule tells apart. */
import { addDays } from '../dates.ts'
import { type Expression, operandsOf } from '../ir.ts'
import { expressionsOf } from '../walk.ts'
import { evaluatePossible } from './evaluate-possible.ts'
import type { Paths } from './paths.ts'
import { type Days, days, findScalar, mayBeNull, type Numbers, numbers, type Possible, words } from './possible.ts'
import type { Scene } from './scene.ts'

/**
 * What a fact may be, in parts: every word and flag, absent, an empty list or any other; a quantity or date is cut where it is compared with
 * something known.
 */
export function answersOf(paths: Paths, fact: string, facts: ReadonlyMap<string, Possible>): Possible[] {
  const possible = facts.get(fact)
  if (possible === undefined) return []
  const absent = mayBeNull(possible) && possible.kind !== 'words' ? [words(null)] : []
  switch (possible.kind) {
    case 'words':
      return possible.options.map((option) => words(option))
    case 'numbers':
      return [...absent, ...cutNumbers(possible, cutsOf(paths, fact))]
    case 'days':
      return [...absent, ...cutDays(possible, cutsOf(paths, fact))]
    case 'list':
      return possible.more === 0 ? [possible] : [{ ...possible, more: 0 }, possible]
    default:
      return [...absent, possible]
  }
}

/** Quantities and days from which the fact is something else: `limit` belongs to the part below when `isUpTo`. */
interface Cut {
  readonly limit: number | string
  readonly isUpTo: boolean
}

function cutsOf(paths: Paths, fact: string): Cut[] {
  const cuts: Cut[] = []
  const seen = new Set<Expression>()
  collectCuts(cuts, seen, paths, fact)
  return cuts
}

function collectCuts(cuts: Cut[], seen: Set<Expression>, paths: Paths, fact: string): void {
  if (paths.kind === 'unexplored') return
  const expressions = paths.kind === 'fork' ? [paths.expression] : expressionsOf(paths.statement)
  for (const expression of expressions) cutExpression(cuts, seen, paths.scene, expression, fact)
  if (paths.kind === 'fork') for (const way of paths.ways) collectCuts(cuts, seen, way.paths, fact)
}

function cutExpression(cuts: Cut[], seen: Set<Expression>, scene: Scene, whole: Expression, fact: string): void {
  if (seen.has(whole)) return
  seen.add(whole)
  const is = whole.op === 'local' ? scene.consts.get(whole.of) : undefined
  // What is looked at item by item compares items, not facts.
  const parts = is === undefined ? operandsOf(whole).filter((part) => !('each' in whole && whole.each === part)) : [is]
  for (const part of parts) cutExpression(cuts, seen, scene, part, fact)
  if (!('left' in whole)) return
  const { op, left, right } = whole
  if (isFact(left, fact)) addCuts(cuts, op, scene, right, false)
  if (isFact(right, fact)) addCuts(cuts, op, scene, left, true)
}

function isFact(expression: Expression, fact: string): boolean {
  return expression.op === 'fact' && expression.name === fact
}

function addCuts(cuts: Cut[], op: Expression['op'], scene: Scene, other: Expression, isMirrored: boolean): void {
  if (!isComparing(op)) return
  const limit = findScalar(evaluatePossible(scene, other))
  if (typeof limit !== 'number' && typeof limit !== 'string') return
  if (op === '===' || op === '!==') cuts.push({ limit, isUpTo: false }, { limit, isUpTo: true })
  else cuts.push({ limit, isUpTo: (op === '<=' || op === '>') !== isMirrored })
}

function isComparing(op: Expression['op']): boolean {
  return ['===', '!==', '<', '<=', '>', '>=', 'min', 'max'].includes(op)
}

function cutNumbers({ min, max }: Numbers, cuts: readonly Cut[]): Numbers[] {
  const starts = cuts.flatMap(({ limit, isUpTo }) => (typeof limit === 'number' ? [isUpTo ? limit + 1 : limit] : []))
  const inside = [...new Set(starts)].filter((start) => start > min && start <= max).toSorted((a, b) => a - b)
  return [min, ...inside].map((start, index) => numbers(start, (inside[index] ?? max + 1) - 1))
}

function cutDays({ min, max }: Days, cuts: readonly Cut[]): Days[] {
  const starts = cuts.flatMap(({ limit, isUpTo }) =>
    typeof limit === 'string' ? [isUpTo ? addDays(limit, 1) : limit] : [],
  )
  const inside = [...new Set(starts)].filter((start) => start > min && start <= max).toSorted()
  return [min, ...inside].map((start, index) => {
    const next = inside[index]
    return days(start, next === undefined ? max : addDays(next, -1))
  })
}
