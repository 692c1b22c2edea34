import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { decide, type PolicyIr, readPolicies } from './door.ts'

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')

it('the policy of the README reads, and decides as it says', () => {
  const [, snippet = ''] = /```ts\n(export const fee = [\s\S]*?\n}\))\n/.exec(readme) ?? []
  const words = "import { choice, count, grant, keyed, money, policy, refuse } from '@tongban/policy'"
  const [ir] = readPolicies(`${words}\n${snippet}`, 'fee.ts')
  const resolved = { from: '2024-01-01', source: 'S1', region: 'club' }
  const values = {
    monthsMin: { value: 6, unit: 'month', ...resolved },
    feeByKind: { value: { adult: 600_00, youth: 200_00 }, unit: 'fen', ...resolved },
  }
  const outcomes = [5, 6].map((months) => decide(ir as PolicyIr, { kind: 'adult', months }, values, '2024-05-01'))
  expect(outcomes).toMatchObject([
    { outcome: 'refused', reason: 'too_short', because: 'S2' },
    { outcome: 'granted', amountFen: 60_000, because: 'S3' },
  ])
})
