import { receiveIncome } from '../../benefits/door.ts'
import { addMonths, type Id, monthOf, startOfDate, type Work } from '../../ground/door.ts'
import type { Chart } from '../../ledger/door.ts'
import { beginEmploymentStatus, recordPersonContributions } from '../../people/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughApplication } from '../demo-past.ts'

const region = '510000'

/** Sichuan's part of the demo world: the year's money, and two workers of platforms in Zigong who paid a year alone. */
export async function seed({ node, idOf, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== region) return
  const income = { key: 'flexible-subsidy-income', fund: 'employment_special', chart, on: '2026-01-01' }
  await run(async (work) => {
    await receiveIncome(work, { ...income, amountFen: 50_000_000 })
    for (const name of ['zigong-courier', 'zigong-rider']) await payAlone(work, idOf(`person:${name}`))
  })
}

async function payAlone(work: Work, personId: Id): Promise<void> {
  await beginEmploymentStatus(work, {
    ...{ personId, status: 'employed', form: 'platform', agency: '510300', from: '2025-01-02', caseId: work.newId() },
  })
  const months = Array.from({ length: 12 }, (_, nth) => monthOf(addMonths('2025-01-01', nth)))
  const paid = { personId, insurance: 'pension' as const, employerId: null, baseFen: 430_000 }
  await recordPersonContributions(
    work,
    months.map((month) => ({ ...paid, month, paidOn: `${month}-20` })),
  )
}

/** The rider was paid for the first half-year; the second nobody has asked for. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  nation.moveTo(startOfDate('2026-03-10', '09:00'))
  await liveThroughApplication(node, {
    ...{ flow: 'flexible-insurance-subsidy', applicant: 'zigong-rider', agency: 'zigong', until: 'paid' },
    answers: { group: 'hard_to_employ', year: 2025, half: 'first_half' },
  })
}
