import { recordCertificate } from '../../people/door.ts'
import { enterExpert } from '../../reviews/door.ts'
import type { DemoNation, DemoWorld } from '../contract.ts'
import { skilledTitleReview } from './review.ts'

const region = '150000'

/** Inner Mongolia's part of the demo world: the certificate of the senior technician of the story, and experts who may be drawn. */
export async function seed({ node, idOf, run }: DemoWorld): Promise<void> {
  if (node.region !== region) return
  await run(async (work) => {
    await recordCertificate(work, {
      personId: idOf('person:hohhot-technician'),
      number: 'T-15-00000001',
      kind: 'skill_level',
      occupation: '6-18-01-01',
      level: 1,
      issuedOn: '2018-06-01',
      issuer: '示例技能评价机构',
    })
    for (let nth = 1; nth <= 6; nth += 1) {
      const expert = { personId: idOf(`person:hohhot-reviewer-${nth}`), from: '2024-01-01', agency: region }
      await enterExpert(work, skilledTitleReview, { ...expert, groups: [...skilledTitleReview.groups] })
    }
  })
}

/** A round that takes applications when the demo world begins. */
export async function history(nation: DemoNation): Promise<void> {
  const node = nation.find(region)
  await node?.runAs('inner-mongolia-review', (work) =>
    node.cases.open(work, {
      flow: `${skilledTitleReview.id}-round`,
      body: { name: '示例：年度高技能人才职称评审', closesOn: '2026-06-30' },
      subject: {},
      agency: region,
      idempotencyKey: 'demo-round',
    }),
  )
}
