import type { Verdict } from '../../policy/door.ts'
import type { MeasuredRule } from '../rules.ts'

/** One case: its facts, and the place of its region's values among the rule's sets. */
export interface Case {
  readonly facts: Readonly<Record<string, unknown>>
  readonly set: number
}

/** What every engine must answer alike: the reason's code, or null when granted, and then the results by name. */
export interface Answer {
  readonly reason: string | null
  readonly results: Readonly<Record<string, number>>
}

/** One way of using an engine for one case after the other. */
export interface CaseWay {
  readonly label: string
  /** True when what it gives tells every step, so that the decision can be explained from it. */
  readonly explains: boolean
  /** How many cases are under way at once; one where each is awaited or answered at once. */
  readonly inFlight: number
  /** Decides the case at this place. Cases were brought into the engine's own form before. */
  decide(place: number): unknown
  /** Decides it and reads what came out. */
  answer(place: number): Promise<Answer>
}

/** A way from what it decides with and what reads that. */
export function caseWay<Decided>(
  { label, explains = false, inFlight = 1 }: { label: string; explains?: boolean; inFlight?: number },
  decide: (place: number) => Decided | Promise<Decided>,
  read: (decided: Decided) => Answer,
): CaseWay {
  return { label, explains, inFlight, decide, answer: async (place) => read(await decide(place)) }
}

/** An engine made ready for a rule and its cases; undefined for a rule that it cannot say without leaving its own language. */
export type CaseEngine = (rule: MeasuredRule, cases: readonly Case[]) => Promise<readonly CaseWay[] | undefined>

/** The answer in a verdict. */
export function answerOfVerdict({ reason, results }: Verdict): Answer {
  const figures = Object.entries(results).map(([name, { value }]): [string, number] => [name, Number(value)])
  return { reason, results: Object.fromEntries(figures) }
}

/** The answer in a record that has the reason and, where it was granted, each result; what else stands there was on the way. */
export function answerOfRecord(given: unknown, results: readonly string[]): Answer {
  if (typeof given !== 'object' || given === null) throw new TypeError('the engine gave no record')
  const named = new Map<string, unknown>(Object.entries(given))
  const reason = named.get('reason')
  if (typeof reason === 'string' && reason !== '') return { reason, results: {} }
  return { reason: null, results: Object.fromEntries(results.map((name) => [name, Number(named.get(name))])) }
}

/** The values of a set as plain figures and tables of figures. */
export function plainValues({ sets }: MeasuredRule, set = 0): Record<string, unknown> {
  return Object.fromEntries(Object.entries(sets[set] ?? {}).map(([name, { value }]) => [name, value]))
}

/** Text with figures put in, the way a rule is published to an engine that has no dated values: `{name}`, `{table.key}`. */
export function withFigures(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)(?:\.(\w+))?\}/g, (_, name: string, key?: string) => {
    const value =
      key === undefined ? values[name] : new Map<string, unknown>(Object.entries(values[name] ?? {})).get(key)
    if (typeof value !== 'number' && typeof value !== 'string') throw new TypeError(`no figure ${name} ${key ?? ''}`)
    return String(value)
  })
}
