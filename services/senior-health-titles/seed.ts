import { beginEmployment, getEmployer, registerInstitution } from '../../people/door.ts'
import { enterExpert } from '../../reviews/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { healthTitleReview } from './review.ts'

const region = '360000'

/** Jiangxi's part of the demo world: a county hospital where the physician of the story works, and experts who may be drawn. */
export async function seed({ node, idOf, run }: DemoWorld): Promise<void> {
  if (node.region !== region) return
  const employerId = idOf('employer:nanchang-employer-1')
  await run(async (work) => {
    const { creditCode, agency } = await getEmployer(work, employerId)
    const hospital = { code: creditCode, name: '示例县人民医院', kind: 'hospital', level: 2, region: agency } as const
    await registerInstitution(work, hospital)
    const personId = idOf('person:jiangxi-physician')
    await beginEmployment(work, { personId, employerId, from: '2015-07-01' })
    for (let nth = 1; nth <= 6; nth += 1) {
      const expert = { personId: idOf(`person:jiangxi-reviewer-${nth}`), from: '2024-01-01', agency: region }
      await enterExpert(work, healthTitleReview, { ...expert, groups: [...healthTitleReview.groups] })
    }
  })
}

/** A round that takes applications when the demo world begins. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  await node?.runAs('jiangxi-review', (work) =>
    node.cases.open(work, {
      flow: `${healthTitleReview.id}-round`,
      body: { name: '示例：年度卫生高级职称评审', closesOn: '2026-06-30' },
      subject: {},
      agency: region,
      idempotencyKey: 'demo-round',
    }),
  )
}
