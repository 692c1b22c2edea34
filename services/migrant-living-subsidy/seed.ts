import { receiveIncome } from '../../benefits/door.ts'
import type { Chart } from '../../ledger/door.ts'
import { beginBenefitSpell } from '../../people/door.ts'
import type { DemoWorld } from '../contract.ts'

/** Ningxia's part of the demo world: the fund's money, and somebody who draws unemployment benefit for the job that was lost. */
export async function seed({ node, idOf, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== '640000') return
  const income = { key: 'living-subsidy-income', fund: 'unemployment', chart, on: '2026-01-01' }
  await run(async (work) => {
    await receiveIncome(work, { ...income, amountFen: 30_000_000 })
    await beginBenefitSpell(work, {
      ...{ personId: idOf('person:ningxia-on-benefit'), kind: 'unemployment_benefit', agency: '640400' },
      ...{ from: '2026-03', to: '2027-08', caseId: work.newId() },
    })
  })
}
