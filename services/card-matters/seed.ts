import type { Work } from '../../ground/door.ts'
import type { DemoWorld } from '../contract.ts'
import { moveBlanks } from './blanks.ts'
import { registerNetwork, shippedNetwork } from './network.ts'
import { addOutlet, registerTownship } from './outlets.ts'

/** The demo world's outlets: a bank's counter in a hall of Harbin and one on its premises; a township has none that issues at once. All invented. */
export async function seed({ node, run, idOf }: DemoWorld): Promise<void> {
  if (node.region === '420000') await run((work) => registerNetwork(work, shippedNetwork()))
  if (node.region === '230000') {
    const counters = { hall: idOf('institution:harbin-bank'), premises: idOf('institution:harbin-postal-bank') }
    await run((work) => seedHarbin(work, counters))
  }
}

const region = '230102'

async function seedHarbin(work: Work, { hall, premises }: { hall: string; premises: string }): Promise<void> {
  const townships = [
    ['230102801', '示例一街道', 'First sample sub-district', 'sub_district'],
    ['230102802', '示例二镇', 'Second sample town', 'town'],
    ['230102803', '示例三镇', 'Third sample town', 'town'],
  ] as const
  for (const [code, nameZh, nameEn, kind] of townships)
    await registerTownship(work, { code, region, nameZh, nameEn, kind })
  const opened = { region, agreement: true, openedOn: '2024-01-02' }
  await addOutlet(work, hall, {
    ...opened,
    ...{ township: '230102801', place: 'government_hall', instantIssue: true },
    ...{ cardMakers: 2, fullTimeStaff: 3, selfServiceTerminals: 1 },
  })
  await addOutlet(work, premises, {
    ...opened,
    ...{ township: '230102802', place: 'own_premises', instantIssue: false },
    ...{ cardMakers: 0, fullTimeStaff: 1, selfServiceTerminals: 0 },
  })
  await moveBlanks(work, { outletId: hall, kind: 'delivered', cards: 200, note: '首批空白卡（虚构）' })
}
