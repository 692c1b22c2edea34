import { type Column, inputColumns, outcomeColumns, type Table } from '../kernel/columns.ts'
import type { BoundKernel, KernelPlan } from '../kernel/kernel.ts'
import { bindWasm } from '../kernel/wasm/bind.ts'
import type { WasmKernel } from '../kernel/wasm/compile.ts'
import { placeColumns, tableOf } from '../kernel/wasm/placement.ts'
import { addTotals } from './totals.ts'

/** Rows that are copied at a time: few enough to stay in the cache of one core between the copy and the kernel. */
const STAGE_ROWS = 8_192

/** The memory of a stage, the kernel bound to it, and for how many items of each list it has room. */
interface Stage {
  readonly kernel: BoundKernel
  readonly table: Table
  readonly items: Readonly<Record<string, number>>
}

/** A WebAssembly kernel for columns that lie in ordinary memory: they pass through a memory of its own. */
export function bindStaged(
  plan: KernelPlan,
  kernel: WasmKernel,
  module: WebAssembly.Module,
  facts: Table,
  outcomes: Table | undefined,
): BoundKernel {
  const inputs = inputColumns(plan.body, plan.sets.length)
  const outputs = outcomes === undefined ? [] : outcomeColumns(plan.body)
  const lists = inputs.flatMap(({ name, code }) => (code.is === 'offsets' ? [name.slice(0, -1)] : []))
  let stage = openStage(plan, kernel, module, {})
  const finished: BoundKernel[] = []
  return {
    engine: 'wasm',
    run(from, to) {
      for (let start = from; start < to; start += STAGE_ROWS) {
        const end = Math.min(start + STAGE_ROWS, to)
        const items = spansOf(facts, lists, start, end)
        if (lists.some((list) => lengthOf(items, list) > (stage.items[list] ?? 0))) {
          finished.push(stage.kernel)
          stage = openStage(plan, kernel, module, roomFor(items))
        }
        for (const column of inputs) copyIn(column, facts, stage.table, start, end, items)
        stage.kernel.run(0, end - start)
        for (const column of outputs) copyOut(column, stage.table, outcomes, start, end, items)
      }
    },
    takeTotals() {
      const totals = [stage.kernel, ...finished.splice(0)].map((each) => each.takeTotals())
      return totals.reduce(addTotals)
    },
  }
}

/** The items of each list that belong to the rows of a stage. */
type Spans = Readonly<Record<string, { readonly from: number; readonly to: number }>>

function spansOf({ columns }: Table, lists: readonly string[], start: number, end: number): Spans {
  return Object.fromEntries(
    lists.map((list) => {
      const offsets = columns[`${list}#`]
      return [list, { from: offsets?.[start] ?? 0, to: offsets?.[end] ?? 0 }]
    }),
  )
}

function lengthOf(spans: Spans, list: string): number {
  const span = spans[list]
  return span === undefined ? 0 : span.to - span.from
}

/** Twice the room that these rows need, so that few stages are opened. */
function roomFor(spans: Spans): Record<string, number> {
  return Object.fromEntries(Object.keys(spans).map((list) => [list, 2 * lengthOf(spans, list)]))
}

function openStage(
  plan: KernelPlan,
  kernel: WasmKernel,
  module: WebAssembly.Module,
  items: Readonly<Record<string, number>>,
): Stage {
  const frame = { bytes: kernel.frame.bytes, threads: 1 }
  const options = { stored: kernel.stored, sets: plan.sets.length, frame }
  const placement = placeColumns(plan.body, STAGE_ROWS, items, options)
  const memory = new WebAssembly.Memory({ initial: placement.pages, maximum: placement.pages, shared: true })
  return { kernel: bindWasm(kernel, module, memory, placement), table: tableOf(memory, placement), items }
}

function copyIn({ name, code, list }: Column, from: Table, to: Table, start: number, end: number, spans: Spans): void {
  const source = from.columns[name]
  const target = to.columns[name]
  if (source === undefined || target === undefined) throw new TypeError(`there is no column ${name}`)
  const span = list === undefined ? undefined : spans[list]
  if (span !== undefined) {
    target.set(source.subarray(span.from, span.to))
    return
  }
  if (code.is !== 'offsets') {
    target.set(source.subarray(start, end))
    return
  }
  const first = source[start] ?? 0
  for (let row = start; row <= end; row++) target[row - start] = (source[row] ?? 0) - first
}

function copyOut(
  { name, list }: Column,
  from: Table,
  to: Table | undefined,
  start: number,
  end: number,
  spans: Spans,
): void {
  const source = from.columns[name]
  const target = to?.columns[name]
  if (source === undefined || target === undefined) throw new TypeError(`there is no column ${name}`)
  const span = list === undefined ? undefined : spans[list]
  if (span === undefined) target.set(source.subarray(0, end - start), start)
  else target.set(source.subarray(0, span.to - span.from), span.from)
}
