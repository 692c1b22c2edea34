import { flatRules } from './populations.ts'
import type { RuleId } from './rules.ts'
import { caseEngineNames, casesReport, runTask } from './tasks.ts'

/** One way of deciding single cases, with nanoseconds of a decision by rule; a rule that the engine cannot say is not there. */
export interface CaseLine {
  readonly label: string
  readonly explains: boolean
  readonly nanoseconds: ReadonlyMap<RuleId, number>
}

const CASES = 1_000

/** Every way of every engine on every rule. @throws Error when one answers otherwise than `decide` */
export async function measureCases(runs: number): Promise<CaseLine[]> {
  const lines = new Map<string, { readonly explains: boolean; readonly nanoseconds: Map<RuleId, number> }>()
  for (const engine of caseEngineNames) {
    for (const rule of flatRules) {
      const report = await runTask({ is: 'cases', engine, rule, count: CASES, runs }, casesReport)
      for (const { label, explains, nanoseconds, differences } of report) {
        if (differences[0] !== undefined) throw new Error(`${rule}, ${label}: ${differences[0]}`)
        const line = lines.get(label) ?? { explains, nanoseconds: new Map<RuleId, number>() }
        lines.set(label, line)
        line.nanoseconds.set(rule, nanoseconds)
      }
    }
  }
  return [...lines].map(([label, line]) => ({ label, ...line }))
}
