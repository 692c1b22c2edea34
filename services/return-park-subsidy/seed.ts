import { receiveIncome } from '../../benefits/door.ts'
import { startOfDate } from '../../ground/door.ts'
import type { Chart } from '../../ledger/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughStanding } from '../demo-past.ts'
import { recognitionFlowId } from './recognition.ts'

const region = '430000'

/** Hunan's part of the demo world: the year's money for parks. */
export async function seed({ node, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== region) return
  const income = { key: 'return-park-income', fund: 'employment_special', chart, on: '2026-01-01' }
  await run((work) => receiveIncome(work, { ...income, amountFen: 200_000_000 }))
}

/** One park was recognised in March, another has applied. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  const flow = { flow: recognitionFlowId, agency: 'changsha' }
  nation.moveTo(startOfDate('2026-03-16', '09:00'))
  await liveThroughStanding(node, {
    ...{ ...flow, applicant: 'hunan-park-officer', until: 'standing' },
    answers: { parkName: '示例返乡创业园', returneeBusinesses: 26, jobs: 410 },
  })
  nation.moveTo(startOfDate('2026-05-07', '09:00'))
  await liveThroughStanding(node, {
    ...{ ...flow, applicant: 'hunan-new-park-officer', until: 'submitted' },
    answers: { parkName: '示例新创业园', returneeBusinesses: 11, jobs: 96 },
  })
}
