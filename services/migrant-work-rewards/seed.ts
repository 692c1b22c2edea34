import { receiveIncome } from '../../benefits/door.ts'
import { startOfDate } from '../../ground/door.ts'
import type { Chart } from '../../ledger/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughApplication } from '../demo-past.ts'
import { recordPlacement } from './placements.ts'

const region = '640000'

/** Who works away from home: invented people and employers. */
const placements = [
  { name: 'ningxia-migrant', destinationRegion: '350100', employer: '示例闽宁电子厂', from: '2025-11-03' },
  { name: 'ningxia-fujian', destinationRegion: '350500', employer: '示例泉州鞋业', from: '2025-09-01' },
  { name: 'ningxia-away', destinationRegion: '440300', employer: '示例深圳物业', from: '2026-01-12' },
  { name: 'guyuan-1', destinationRegion: '350100', employer: '示例闽宁电子厂', from: '2026-04-20' },
  { name: 'guyuan-2', destinationRegion: '640100', employer: '示例银川餐饮', from: '2025-06-01' },
]

/** Ningxia's part of the demo world: the year's money, and who works where. */
export async function seed({ node, idOf, run }: DemoWorld, chart: Chart): Promise<void> {
  if (node.region !== region) return
  const income = { key: 'migrant-work-income', fund: 'employment_special', chart, on: '2026-01-01' }
  await run(async (work) => {
    await receiveIncome(work, { ...income, amountFen: 80_000_000 })
    for (const { name, ...placement } of placements) {
      await recordPlacement(work, { ...placement, personId: idOf(`person:${name}`) })
    }
  })
}

/** One who works in Fujian was paid; the others are due and not paid. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  nation.moveTo(startOfDate('2026-04-14', '09:00'))
  await liveThroughApplication(node, {
    ...{ flow: 'fujian-work-subsidy', applicant: 'ningxia-fujian', agency: 'guyuan' },
    ...{ answers: {}, until: 'paid' },
  })
}
