/** The answers to a question that a rule tells apart. */
import { type Expression, operandsOf } from '../ir.ts'
import { findOnly, ONLY_NULL, type Possible, rangeOf, wordsOf } from '../possible/possible.ts'
import type { Range } from '../reader/ranges.ts'
import { expressionsOf } from '../walk.ts'
import { evaluatePossible } from './evaluate-possible.ts'
import type { Paths } from './paths.ts'
import type { PossibleFact, PossibleFacts } from './possible-lists.ts'
import type { Scene } from './scene.ts'

/**
 * What a fact may be, in parts: every word and flag, absent, an empty list or any other; a quantity or date is cut where it is compared with
 * something known.
 */
export function answersOf(paths: Paths, fact: string, facts: PossibleFacts): PossibleFact[] {
  const possible = facts.get(fact)
  if (possible === undefined) return []
  if (possible.kind === 'list') return possible.more === 0 ? [possible] : [{ ...possible, more: 0 }, possible]
  const present = presentAnswers(possible, paths, fact)
  return possible.absent ? [ONLY_NULL, ...present] : present
}

function presentAnswers(possible: Possible, paths: Paths, fact: string): Possible[] {
  switch (possible.kind) {
    case 'words':
      return possible.words.map((word) => wordsOf([word]))
    case 'range':
      return cut(possible, cutsOf(paths, fact))
    case 'anything':
      return [{ ...possible, absent: false }]
  }
}

/** Where the fact begins to be something else: the first number or day of each part but the lowest. */
function cutsOf(paths: Paths, fact: string): number[] {
  const cuts: number[] = []
  const seen = new Set<Expression>()
  collectCuts(cuts, seen, paths, fact)
  return cuts
}

function collectCuts(cuts: number[], seen: Set<Expression>, paths: Paths, fact: string): void {
  if (paths.kind === 'unexplored') return
  const expressions = paths.kind === 'fork' ? [paths.expression] : expressionsOf(paths.statement)
  for (const expression of expressions) cutExpression(cuts, seen, paths.scene, expression, fact)
  if (paths.kind === 'fork') for (const way of paths.ways) collectCuts(cuts, seen, way.paths, fact)
}

function cutExpression(cuts: number[], seen: Set<Expression>, scene: Scene, whole: Expression, fact: string): void {
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

function addCuts(cuts: number[], op: Expression['op'], scene: Scene, other: Expression, isMirrored: boolean): void {
  if (!isComparing(op)) return
  const limit = findOnly(evaluatePossible(scene, other))
  if (typeof limit !== 'number') return
  if (op === '===' || op === '!==') cuts.push(limit, limit + 1)
  else cuts.push((op === '<=' || op === '>') !== isMirrored ? limit + 1 : limit)
}

function isComparing(op: Expression['op']): boolean {
  return ['===', '!==', '<', '<=', '>', '>=', 'min', 'max'].includes(op)
}

function cut({ min, max }: Range, cuts: readonly number[]): Possible[] {
  const inside = [...new Set(cuts)].filter((start) => start > min && start <= max).toSorted((a, b) => a - b)
  return [min, ...inside].map((start, index) => rangeOf({ min: start, max: (inside[index] ?? max + 1) - 1 }))
}
