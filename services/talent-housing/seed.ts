import { receiveIncome } from '../../benefits/door.ts'
import { startOfDate } from '../../ground/door.ts'
import type { Chart } from '../../ledger/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughApplication } from '../demo-past.ts'

const region = '340000'

/** Anhui's part of the demo world: the year's money for homes of talents. */
export async function seed({ node, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== region) return
  const income = { key: 'talent-housing-income', fund: 'talent_special', chart, on: '2026-01-01' }
  await run((work) => receiveIncome(work, { ...income, amountFen: 500_000_000 }))
}

/** A senior talent's application waits for the review. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  nation.moveTo(startOfDate('2026-05-06', '09:00'))
  await liveThroughApplication(node, {
    ...{ flow: 'talent-housing', applicant: 'hefei-talent', agency: 'hefei', until: 'accepted' },
    answers: {
      ...{ degree: 'master', talentTier: 'senior', firstOwnHome: true, contractNumber: 'HF-2026-00381' },
      ...{ registeredPriceFen: 150_000_000, averagePriceFen: 160_000_000 },
    },
  })
}
