import { startOfDate } from '../../ground/door.ts'
import type { DemoNation } from '../contract.ts'
import { liveThroughStanding } from '../demo-past.ts'
import { placeFlowId } from './place.ts'

/** In Hunan one business moved in, and another starter waits behind who came back. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find('430000')
  if (!node) return
  const place = { incubator: '示例返乡创业孵化基地', rentFen: 240_000, managementFeeFen: 36_000, places: 2 }
  const past = { flow: placeFlowId, agency: 'changsha' }
  nation.moveTo(startOfDate('2026-02-09', '09:00'))
  await liveThroughStanding(node, {
    ...{ ...past, applicant: 'hunan-awarded', until: 'standing' },
    answers: { ...place, applicant: 'returning_entrepreneur', project: '农机维修' },
  })
  nation.moveTo(startOfDate('2026-05-06', '09:00'))
  await liveThroughStanding(node, {
    ...{ ...past, applicant: 'hunan-mentor', until: 'accepted' },
    answers: { ...place, applicant: 'other_entrepreneur', project: '咨询工作室' },
  })
}
