import { readFileSync } from 'node:fs'
import type { Work } from '../../ground/door.ts'
import {
  getList,
  importListRows,
  importShippedLists,
  type ListId,
  readListYaml,
  recordNationalServices,
} from '../../registers/door.ts'
import type { DemoRegion } from './plan.ts'
import { demoSource } from './seeding.ts'

/** What a province of the demo world has reported and planned; what the nation has. */
const ofProvince: readonly ListId[] = ['actuals', 'training-projects', 'pilot-items', 'pilot-plans']
const ofNation: readonly ListId[] = ['actuals']

/** Imports the shipped lists into a node, and beside them invented reports and plans of its own region. */
export async function seedLists(work: Work, { region }: DemoRegion): Promise<void> {
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
}
