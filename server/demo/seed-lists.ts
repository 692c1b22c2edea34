import { readFileSync } from 'node:fs'
import type { Work } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import {
  getList,
  importListRows,
  importShippedLists,
  type ListId,
  readListYaml,
  recordNationalServices,
} from '../../registers/door.ts'
import type { DemoAgency, DemoRegion } from './plan.ts'
import { demoSource } from './seeding.ts'

/** What a province of the demo world has reported and planned; what the nation has. */
const ofProvince: readonly ListId[] = ['actuals', 'training-projects', 'pilot-items', 'pilot-plans']
const ofNation: readonly ListId[] = ['actuals']

/** Imports the shipped lists into a node, and beside them invented reports and plans of its own region. */
export async function seedLists(work: Work, { region, agencies }: DemoRegion): Promise<void> {
  await importShippedLists(work)
  await recordNationalServices(work)
  const isNation = region === '000000'
  for (const list of isNation ? ofNation : ofProvince) {
    const file = new URL(`lists/${isNation ? 'nation' : 'province'}-${list}.yaml`, import.meta.url)
    const { rows } = readListYaml(readFileSync(file, 'utf8').replaceAll('REGION', region))
    const sourced = rows.map(({ place, tree }) => ({
      place,
      tree: typeof tree === 'object' && !Array.isArray(tree) ? { ...tree, region, source: demoSource } : tree,
    }))
    await importListRows(work, getList(list), sourced)
  }
  if (!isNation) await importListRows(work, getList('counters'), agencies.map(counterOf))
}

/** An invented counter in each agency's region. */
function counterOf({ name, region }: DemoAgency) {
  const place = getRegion(region).name
  return {
    place: name,
    tree: {
      id: `counter-${region}`,
      region,
      source: demoSource,
      name: { zh: `${place.zh}社会保障服务大厅（虚构）`, en: `Social security service hall, ${place.en} (invented)` },
      address: { zh: `${place.zh}示例路1号`, en: `1 Shili Road, ${place.en} (invented)` },
      hours: { zh: '工作日 9:00—17:00，中午不休息', en: 'Working days 9:00 to 17:00, no break at noon' },
    },
  }
}
