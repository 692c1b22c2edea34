import { describePolicy, type Labels, type Language, type ResolvedValues } from '../../policy/browser.ts'
import type { RuleToTry } from './rule.ts'

/** What the policy says on the day, with its figures where they are the same everywhere. */
export function described(rule: RuleToTry, labels: Labels, language: Language) {
  const [only, ...others] = rule.regions
  return describedWith(rule, labels, language, only !== undefined && others.length === 0 ? only.values : undefined)
}

/** The same with the figures of one region, where any are given. */
export function describedWith(rule: RuleToTry, labels: Labels, language: Language, values: ResolvedValues | undefined) {
  return describePolicy(rule.ir, labels, language, { on: rule.on, ...(values && { values }) })
}
