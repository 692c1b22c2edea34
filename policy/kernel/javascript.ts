import type { ResolvedValues } from '../values.ts'
import { endsOf, inputColumns, outcomeColumns, type Table } from './columns.ts'
import { runtime } from './javascript-runtime.ts'
import { writeKernel } from './javascript-text.ts'
import { type BoundKernel, type KernelPlan, requireSets, type Totals } from './kernel.ts'
import { requireColumns } from './required-columns.ts'

/** A plan that is ready to be bound to columns. */
export interface JavaScriptKernel {
  readonly plan: KernelPlan
  /**
   * Binds to a population; with `outcomes`, every outcome is stored there too. Columns that neither the body nor its outcomes have are ignored.
   * @throws TypeError when a column is missing, of another kind or too short
   */
  bind(facts: Table, outcomes?: Table): BoundKernel
}

/** What the generated text evaluates to. */
interface GeneratedKernel {
  run(from: number, to: number): void
}

/** Numbers the generated texts: equal texts would share what the engine learns of their types, and one population would slow another. */
let textsMade = 0

/**
 * Compiles a body to JavaScript that runs down columns: no object per row, no branch on a fact outside of lists, doubles only where whole
 * numbers need them. Generates code (`new Function`), so it is for Node; a page uses the WebAssembly kernel.
 * @throws RangeError when there is no set of values, or more than 256
 */
export function compileJavaScript(plan: KernelPlan): JavaScriptKernel {
  const { body, sets } = plan
  requireSets(plan)
  return { plan, bind: (facts, outcomes) => bind(body, sets, facts, outcomes) }
}

function bind(
  body: KernelPlan['body'],
  sets: readonly ResolvedValues[],
  facts: Table,
  outcomes: Table | undefined,
): BoundKernel {
  requireColumns(facts, inputColumns(body, sets.length))
  if (outcomes !== undefined) requireColumns(outcomes, outcomeColumns(body))
  const written = writeKernel({ body, sets }, outcomes !== undefined)
  const ends = new Float64Array(endsOf(body).length)
  const sums = written.sums.map(() => 0n)
  const bound = { ...written.constants, ...runtime, facts: facts.columns, stores: outcomes?.columns ?? {}, ends, sums }
  textsMade++
  const generated: GeneratedKernel = new Function('bound', `// kernel ${textsMade}\n${written.text}`)(bound)
  return {
    engine: 'javascript',
    run: (from, to) => generated.run(from, to),
    takeTotals() {
      const totals = totalsOf(ends, written.sums, sums)
      ends.fill(0)
      sums.fill(0n)
      return totals
    },
  }
}

function totalsOf(ends: Float64Array, names: readonly string[], sums: readonly bigint[]): Totals {
  return {
    rows: ends.reduce((rows, count) => rows + count, 0),
    ends: [...ends],
    sums: Object.fromEntries(names.map((name, index) => [name, sums[index] ?? 0n])),
  }
}
