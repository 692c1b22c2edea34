import { endsOf, type Paths, type Unexplored } from '../ask/paths.ts'
import { type Decision, type OutcomeName, outcomeOf } from '../decision.ts'

/** What a change is to reach: a grant, more of a result (more than now, or at least so much), or an outcome. */
export type Goal =
  | 'granted'
  | { readonly more: string; readonly atLeast?: number }
  | { readonly outcome: OutcomeName; readonly reason?: string }

/** A goal with what "more" means for one decision. */
export type Aim =
  | { readonly more: string; readonly atLeast: number }
  | { readonly outcome: OutcomeName; readonly reason?: string }

/** The goal as it stands for a decision: nothing granted counts as 0. */
export function aimOf(goal: Goal, decision: Decision): Aim {
  if (goal === 'granted') return { outcome: 'granted' }
  if ('outcome' in goal) return goal
  return { more: goal.more, atLeast: goal.atLeast ?? amountOf(decision, goal.more) + 1 }
}

function amountOf({ results }: Decision, name: string): number {
  const value = results[name]?.value
  return typeof value === 'number' ? value : 0
}

/** True when a decision is what was aimed at. */
export function meets(aim: Aim, decision: Decision): boolean {
  if ('more' in aim) return decision.outcome === 'granted' && amountOf(decision, aim.more) >= aim.atLeast
  return decision.outcome === aim.outcome && (aim.reason === undefined || decision.reason === aim.reason)
}

/** False only when none of the paths can come to what is aimed at. */
export function mayMeet(aim: Aim, paths: Paths): boolean {
  if (unexploredOf(paths).length > 0) return true
  return endsOf(paths).some(({ statement, results }) => {
    const { outcome, reason } = outcomeOf(statement)
    if (!('more' in aim)) return outcome === aim.outcome && (aim.reason === undefined || reason === aim.reason)
    const possible = results[aim.more]
    const most = possible?.kind === 'range' ? possible.max : 0
    return outcome === 'granted' && most >= aim.atLeast
  })
}

function unexploredOf(paths: Paths): Unexplored[] {
  if (paths.kind === 'fork') return paths.ways.flatMap((way) => unexploredOf(way.paths))
  return paths.kind === 'unexplored' ? [paths] : []
}
