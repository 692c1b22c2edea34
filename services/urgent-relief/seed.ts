import { receiveIncome } from '../../benefits/door.ts'
import { startOfDate } from '../../ground/door.ts'
import type { Chart } from '../../ledger/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughApplication } from '../demo-past.ts'

const region = '640000'

/** Ningxia's part of the demo world: the year's money for relief. */
export async function seed({ node, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== region) return
  const income = { key: 'urgent-relief-income', fund: 'social_assistance', chart, on: '2026-01-01' }
  await run((work) => receiveIncome(work, { ...income, amountFen: 30_000_000 }))
}

/** Somebody applied on the last working day before the demo world begins; people have to decide within the term. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  nation.moveTo(startOfDate('2026-05-09', '10:00'))
  await liveThroughApplication(node, {
    ...{ flow: 'urgent-relief', applicant: 'ningxia-needy', agency: 'guyuan', until: 'reviewed' },
    answers: { migrantWorker: true, cause: 'illness', description: '配偶突发脑溢血住院，工地已停工请假照料' },
  })
}
