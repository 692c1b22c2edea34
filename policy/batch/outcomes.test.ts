import { expect, it } from 'vitest'
import { decide } from '../decide.ts'
import { readPolicies } from '../reader/read.ts'
import { batch, planOf } from './batch.ts'
import { fromRows } from './input.ts'
import { toRows } from './output.ts'

const source = `import { count, grant, policy } from '../door.ts'
export const stock = policy({
  id: 'stock',
  title: { zh: '库存', en: 'Stock' },
  from: '2024-01-01',
  clause: 'S1',
  facts: { taken: count('thing', { min: -5_000_000_000, max: 0 }), times: count('time', { max: 3 }) },
  values: {},
  results: { change: count('thing', { min: -20_000_000_000, max: 0 }) },
  decide(facts) {
    return grant({ change: facts.taken * facts.times }, 'S1')
  },
})
`

it.each(['javascript', 'wasm'] as const)('nothing is 0 in every reading, never -0 (%s)', async (engine) => {
  const [ir = expect.unreachable()] = readPolicies(source, 'stock.ts')
  const facts = { taken: -4_000_000_000, times: 0 }
  const rows: unknown[] = []
  const output = toRows((row) => rows.push(row))
  await batch({ plan: planOf(ir, [{}], '2024-05-01'), input: fromRows([facts]), output, engine, threads: 1 })
  const { outcome, reason, because, results } = decide(ir, facts, {}, '2024-05-01')
  expect(rows).toEqual([{ outcome, reason, because, change: results.change?.value }])
})
