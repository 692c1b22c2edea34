import { receiveIncome } from '../../benefits/door.ts'
import { startOfDate } from '../../ground/door.ts'
import type { Chart } from '../../ledger/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughApplication } from '../demo-past.ts'

const region = '340000'

/** Anhui's part of the demo world: the year's money for tickets. */
export async function seed({ node, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== region) return
  const income = { key: 'invitation-income', fund: 'talent_special', chart, on: '2026-01-01' }
  await run((work) => receiveIncome(work, { ...income, amountFen: 10_000_000 }))
}

/** A graduate booked a code in April, came by train and asks for the ticket. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  nation.moveTo(startOfDate('2026-04-27', '09:00'))
  const answers = { group: 'graduate_of_this_year', studiesInCity: false, school: '示例外省大学' }
  await node.open('hefei-graduate', { flow: 'invitation-code', step: 'book', body: { answers } })
  nation.moveTo(startOfDate('2026-05-08', '09:00'))
  await liveThroughApplication(node, {
    ...{ flow: 'invitation-travel', applicant: 'hefei-graduate', agency: 'hefei', until: 'submitted' },
    answers: { ticket: 'rail', priceFen: 55_300, travelledOn: '2026-05-06', ticketNumber: 'E-2026050600117' },
  })
}
