import { placeTable } from '../../policy/batch/shard.ts'
import { planOf, populate, type ResolvedValue, type ResolvedValues, readPolicies } from '../../policy/door.ts'
import type { Table } from '../../policy/kernel/columns.ts'
import type { KernelPlan } from '../../policy/kernel/kernel.ts'
import { factsOfRow } from '../../policy/kernel/row-facts.ts'
import { bindWasm } from '../../policy/kernel/wasm/bind.ts'
import { compileWasm } from '../../policy/kernel/wasm/compile.ts'
import { prepare } from '../../policy/prepared.ts'
import { medianOf, timesOf } from '../measure.ts'
import { decidedOn } from '../rules.ts'
import type { LengthReport } from '../tasks.ts'

const rows = 65_536

/** What a made-up rule of so many statements takes to read, to trace for one person, and to run down a population. */
export async function measureLength(statements: number, runs: number): Promise<LengthReport> {
  const text = ruleOf(statements)
  const read = await timesOf(runs, () => readPolicies(text, 'long.ts'))
  const [ir] = readPolicies(text, 'long.ts')
  if (ir === undefined) throw new RangeError('no rule was written')
  const plan = planOf(ir, [values], decidedOn)
  const table = populate(plan.body, { rows, seed: 1 })
  const ready = prepare(ir, values, decidedOn)
  const facts = Array.from({ length: 1_000 }, (_, row) => factsOfRow(plan.body, table, row))
  const trace = () => facts.map((each) => ready.trace(each))
  // Until the engine has compiled what was generated.
  for (let warm = 0; warm < 20; warm++) trace()
  const traced = await timesOf(runs, trace)
  return {
    readMilliseconds: medianOf(read),
    traceNanoseconds: (medianOf(traced) * 1e6) / facts.length,
    kernelNanosecondsPerRow: (medianOf(await kernelTimes(plan, table, runs)) * 1e6) / rows,
  }
}

/** The kernel alone, without compiling it. */
async function kernelTimes(plan: KernelPlan, { columns }: Table, runs: number): Promise<number[]> {
  const placed = placeTable(plan, rows, { threads: 1 })
  for (const [name, array] of Object.entries(columns)) placed.columns[name]?.set(array)
  const kernel = compileWasm(plan, { stored: false })
  const bound = bindWasm(kernel, new WebAssembly.Module(kernel.bytes), placed.memory, placed.placement)
  // Until the engine has replaced its first, slow code.
  for (let warm = 0; warm < 20; warm++) bound.run(0, rows)
  return timesOf(runs, () => bound.run(0, rows))
}

const values: ResolvedValues = {
  ratePpm: made(998_000, 'ppm'),
  extraFen: made(1_000, 'fen'),
  leastFen: made(10, 'fen'),
}

function made(value: number, unit: string): ResolvedValue {
  return { value, unit, from: '2020-01-01', source: 'made up', region: 'nowhere' }
}

/** Every other statement computes an amount from the one before, every other one may refuse. */
function ruleOf(statements: number): string {
  const lines = Array.from({ length: Math.ceil(statements / 2) }, (_, place) => {
    const before = place === 0 ? 'facts.amountFen' : `amount${place}Fen`
    return [
      `    const amount${place + 1}Fen = share(${before}, values.ratePpm) + values.extraFen`,
      `    if (amount${place + 1}Fen < values.leastFen) return refuse('too_small', 'S1')`,
    ]
  })
  return [
    `import { grant, money, policy, rate, refuse, share } from '../policy/door.ts'`,
    'export const long = policy({',
    `  id: 'long', title: { zh: '长', en: 'Long' }, from: '2020-01-01', clause: 'S1',`,
    '  facts: { amountFen: money({ max: 1_000_000_000 }) },',
    '  values: { ratePpm: rate(), extraFen: money({ max: 1_000_000 }), leastFen: money({ max: 1_000_000 }) },',
    '  results: { amountFen: money() },',
    `  total: 'amountFen',`,
    '  decide(facts, values) {',
    ...lines.flat(),
    `    return grant({ amountFen: amount${lines.length}Fen }, 'S1')`,
    '  },',
    '})',
  ].join('\n')
}
