import { startOfDate } from '../../ground/door.ts'
import { beginEmploymentStatus } from '../../people/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { liveThroughStanding } from '../demo-past.ts'
import { placementFlowId } from './placement.ts'

const region = '640000'

/** Ningxia's part of the demo world: two people who are registered as unemployed. */
export async function seed({ node, idOf, run }: DemoWorld): Promise<void> {
  if (node.region !== region) return
  await run(async (work) => {
    for (const name of ['ningxia-hardship', 'ningxia-in-post']) {
      await beginEmploymentStatus(work, {
        ...{ personId: idOf(`person:${name}`), status: 'unemployed', agency: '640400' },
        ...{ from: '2025-12-01', caseId: work.newId() },
      })
    }
  })
}

/** One of them was placed in April. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  if (!node) return
  nation.moveTo(startOfDate('2026-04-07', '09:00'))
  await liveThroughStanding(node, {
    ...{ flow: placementFlowId, applicant: 'guyuan-accept', agency: 'guyuan', until: 'standing' },
    ...{ partyId: node.idOf('person:ningxia-in-post'), officer: 'guyuan-accept-2' },
    answers: { hardship: 'older', post: '乡村保洁员', unit: '示例村民委员会', marketOffersTried: 4 },
  })
}
