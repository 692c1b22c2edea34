import { receiveIncome } from '../../benefits/door.ts'
import { startOfDate } from '../../ground/door.ts'
import type { Chart } from '../../ledger/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughApplication } from '../demo-past.ts'

const region = '510000'

/** Sichuan's part of the demo world: the year's money for trainings. */
export async function seed({ node, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== region) return
  const income = { key: 'occupation-training-income', fund: 'employment_special', chart, on: '2026-01-01' }
  await run((work) => receiveIncome(work, { ...income, amountFen: 20_000_000 }))
}

/** A live-stream seller's application waits for the review. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  nation.moveTo(startOfDate('2026-05-07', '09:00'))
  await liveThroughApplication(node, {
    ...{ flow: 'occupation-training-subsidy', applicant: 'zigong-streamer', agency: 'zigong', until: 'accepted' },
    answers: {
      ...{ occupation: 'live_stream_seller', base: '示例5G电商网络直播孵化基地' },
      ...{ completedOn: '2026-04-18', certificateNumber: 'ZB-2026-0418' },
    },
  })
}
