/** One task in a process of its own: `node child.ts '<task as JSON>'` prints the report as JSON, whole numbers of any size as digits. */
import type { CaseEngine } from './peers/cases.ts'
import { type CaseEngineName, type CasesReport, type Task, task } from './tasks.ts'

console.log(
  JSON.stringify(await reportOf(task.parse(JSON.parse(process.argv[2] ?? ''))), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  ),
)

/** A process loads only what its task needs. */
async function reportOf(asked: Task): Promise<unknown> {
  switch (asked.is) {
    case 'population':
      return (await import('./ours/population.ts')).runOurs(asked.job, asked.engine)
    case 'duckdb':
      return (await import('./peers/duckdb/duckdb.ts')).runDuckdb(asked.job, asked.author)
    case 'cases':
      return casesOf(asked)
    case 'nation':
      return (await import('./ours/nation.ts')).measureNation(asked)
    case 'many policies':
      return (await import('./ours/many-policies.ts')).measureManyPolicies(asked.count, asked.runs)
    case 'length of a rule':
      return (await import('./ours/length.ts')).measureLength(asked.statements, asked.runs)
  }
}

async function caseEngine(name: CaseEngineName): Promise<CaseEngine> {
  switch (name) {
    case 'ours':
      return (await import('./ours/cases.ts')).ours
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
  const { answeredCases, differencesOf, nanosecondsOf } = await import('./cases.ts')
  const rule = (await import('./rules.ts')).getRule(id)
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
