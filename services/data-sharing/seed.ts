import { upsertServiceItem } from '../../registers/door.ts'
import type { DemoWorld } from '../contract.ts'

/** The item in the catalogue of services of each region. */
export async function seed({ node, run }: DemoWorld): Promise<void> {
  if (node.region === '000000') return
  await run(async (work) => {
    await upsertServiceItem(work, {
      itemCode: 'TB-GX-0001',
      service: 'data-sharing',
      level: 'national',
      name: { zh: '数据共享授权', en: 'Consent to data sharing' },
      maturity: 'easy_to_do',
      proofsAsked: [],
      proofsSaved: [
        {
          zh: '外地缴费证明',
          en: 'Proof of contributions elsewhere',
          sharedFrom: { zh: '缴费地登记簿', en: 'the registers there' },
        },
      ],
      assumed: true,
      from: '2024-12-30',
      source: 'B2.03',
    })
  })
}
