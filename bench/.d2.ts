import { populationOf } from '/work/main/bench/population.ts'
import { decidedOn, getRule } from '/work/main/bench/rules.ts'
import { decide } from '/work/main/policy/door.ts'
import { endsOf } from '/work/main/policy/kernel/columns.ts'
import { compileJavaScript } from '/work/main/policy/kernel/javascript.ts'
import { factsOfRow } from '/work/main/policy/kernel/row-facts.ts'

const rows = 1e6
for (const id of ['stability-refund', 'skill-subsidy-flat', 'contributions', 'skill-subsidy'] as const) {
  const rule = getRule(id)
  const table = populationOf(rule, rows)
  const k = compileJavaScript({ body: rule.body, sets: rule.sets }).bind(table)
  for (let i = 0; i < 6; i++) {
    const t = performance.now()
    k.run(0, rows)
    const tot = k.takeTotals()
    console.log(
      id,
      ((performance.now() - t) * 1e6) / rows,
      i == 5 ? tot : '',
      i == 5 ? endsOf(rule.body).map((e) => (e.do == 'grant' ? 'granted' : e.reason)) : '',
    )
  }
  if (id === 'skill-subsidy') {
    for (let r = 0; r < 4; r++) {
      const f = factsOfRow(rule.body, table, r)
      console.log(JSON.stringify(f), JSON.stringify(decide(rule.ir, f, rule.sets[0]!, decidedOn)))
    }
  }
}
