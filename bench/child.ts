/** One task in a process of its own: `node child.ts '<task as JSON>'` prints the report as JSON, whole numbers of any size as digits. */
import { answeredCases, differencesOf, nanosecondsOf } from './cases.ts'
import { ours } from './ours/cases.ts'
import { measureLength } from './ours/length.ts'
import { measureManyPolicies } from './ours/many-policies.ts'
import { measureNation } from './ours/nation.ts'
import { runOurs } from './ours/population.ts'
import type { CaseEngine } from './peers/cases.ts'
import { runDuckdb } from './peers/duckdb/duckdb.ts'
import { getRule } from './rules.ts'
import { type CaseEngineName, type CasesReport, type Task, task } from './tasks.ts'

console.log(
  JSON.stringify(await reportOf(task.parse(JSON.parse(process.argv[2] ?? ''))), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  ),
)

async function reportOf(asked: Task): Promise<unknown> {
  switch (asked.is) {
    case 'population':
      return runOurs(asked.job, asked.engine)
    case 'duckdb':
      return runDuckdb(asked.job, asked.author)
    case 'cases':
      return casesOf(asked)
    case 'nation':
      return measureNation(asked)
    case 'many policies':
      return measureManyPolicies(asked.count, asked.runs)
    case 'length of a rule':
      return measureLength(asked.statements, asked.runs)
  }
}

/** Peers are loaded here, where nothing else is. */
async function caseEngine(name: CaseEngineName): Promise<CaseEngine> {
  switch (name) {
    case 'ours':
      return ours
    case 'zen':
      return (await import('./peers/zen/zen.ts')).zen
    case 'json-rules-engine':
      return (await import('./peers/json-rules-engine/json-rules-engine.ts')).jsonRulesEngine
    case 'json-logic':
      return (await import('./peers/json-logic/json-logic.ts')).jsonLogic
    case 'cel':
      return (await import('./peers/cel/cel.ts')).cel
  }
}

async function casesOf({ engine, rule: id, count, runs }: Extract<Task, { is: 'cases' }>): Promise<CasesReport> {
  const rule = getRule(id)
  const answered = answeredCases(rule, count)
  const ways = (await (await caseEngine(engine))(rule, answered.cases)) ?? []
  const report: CasesReport = []
  for (const way of ways) {
    const differences = await differencesOf(way, answered)
    const nanoseconds = runs === 0 ? 0 : await nanosecondsOf(way, count, runs)
    report.push({ label: way.label, explains: way.explains, nanoseconds, differences })
  }
  return report
}
