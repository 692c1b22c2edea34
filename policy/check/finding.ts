import type { Decision } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { SourceSpan } from '../ir.ts'
import type { ResolvedValues } from '../values.ts'
import type { Language } from '../words.ts'
import { type CheckCode, FINDINGS } from './sentences.ts'

/** A decision that shows what a finding says: anybody can make it again. */
export interface Witness {
  readonly on: string
  readonly region?: string
  readonly facts?: unknown
  readonly values?: ResolvedValues
  /** What `decide` answered; absent where it could not, and then `problem` says why. */
  readonly decision?: Decision
  readonly problem?: string
}

/** Something that is wrong with a policy (`error`), or that somebody should know (`note`). */
export interface Finding {
  readonly level: 'error' | 'note'
  readonly code: CheckCode
  /** The id of the policy. */
  readonly policy: string
  readonly file: string
  readonly at: SourceSpan
  /** What fills the places of its sentence. */
  readonly params: Readonly<Record<string, string>>
  /** One decision that shows it, or two that must be compared. */
  readonly witnesses: readonly Witness[]
}

/** A finding without what is the same for all of a policy. */
export type Found = Pick<Finding, 'code' | 'at' | 'params'> & { readonly witnesses?: readonly Witness[] }

/** `file:line:column - error TC2001: sentence`, as editors read problems. */
export function formatFinding(finding: Finding, language: Language): string {
  const { file, at, level, code } = finding
  return `${file}:${at.line}:${at.column} - ${level} ${code}: ${findingSentence(finding, language)}`
}

/** What a finding says. */
export function findingSentence({ code, params }: Pick<Finding, 'code' | 'params'>, language: Language): string {
  return FINDINGS[code][language].replace(/\{(\w+)\}/g, (place, name: string) => params[name] ?? place)
}

/** Facts in short: `months 11, kind adult`; those of a list as how many there are. */
export function factsInShort(facts: Facts, names: readonly string[] = Object.keys(facts)): string {
  return names.map((name) => `${name} ${contentInShort(facts[name])}`).join(', ')
}

/** A fact, a value or a result, short enough to stand in a sentence. */
export function contentInShort(content: unknown): string {
  if (Array.isArray(content)) return `[${content.length}]`
  return typeof content === 'object' && content !== null ? JSON.stringify(content) : String(content)
}
