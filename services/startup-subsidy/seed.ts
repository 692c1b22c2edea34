import { receiveIncome } from '../../benefits/door.ts'
import { startOfDate } from '../../ground/door.ts'
import type { Chart } from '../../ledger/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughApplication } from '../demo-past.ts'

const region = '430000'

/** Hunan's part of the demo world: the year's money for the subsidy. */
export async function seed({ node, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== region) return
  const income = { key: 'startup-subsidy-income', fund: 'employment_special', chart, on: '2026-01-01' }
  await run((work) => receiveIncome(work, { ...income, amountFen: 50_000_000 }))
}

/** The owner of the repair shop was paid in April. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  nation.moveTo(startOfDate('2026-04-13', '09:00'))
  await liveThroughApplication(node, {
    ...{ flow: 'startup-subsidy', applicant: 'hunan-awarded', agency: 'changsha' },
    ...{ answers: { returned: true }, until: 'paid' },
  })
}
