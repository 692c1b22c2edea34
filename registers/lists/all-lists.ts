import { readFileSync } from 'node:fs'
import { BadInput, type Work } from '../../ground/door.ts'
import { policyItems } from '../plans/policy-items.ts'
import { pilotItems, pilotPlans } from '../plans/talent-pilots.ts'
import { trainingProjects } from '../plans/training-projects.ts'
import { activities } from './activities.ts'
import { actors } from './actors.ts'
import { counters } from './counters.ts'
import { figures } from './figures.ts'
import type { List } from './list.ts'
import { importListRows, type ListImport } from './list-rows.ts'
import { readListYaml } from './list-trees.ts'
import { actuals, targets } from './targets.ts'

/** Every list that is imported from files, in the order in which they are shown. Targets stand first: others read limits from them. */
export const lists: readonly List[] = [
  targets,
  actuals,
  figures,
  activities,
  policyItems,
  trainingProjects,
  pilotItems,
  pilotPlans,
  actors,
  counters,
]

/** The list of this name. Throws `BadInput` that names the lists there are. */
export function getList(id: string): List {
  const list = lists.find((each) => each.id === id)
  if (list) return list
  throw new BadInput([{ path: 'list', expected: lists.map((each) => each.id).join(' | '), found: id }])
}

/** What is shipped: the tables of the requirement catalogue, in files that anybody may read, correct and import again. */
const shipped = ['targets', 'figures', 'activities', 'policy-items', 'actors']

/** Imports the shipped files; what stands there already is left alone. */
export async function importShippedLists(work: Work): Promise<Map<string, ListImport>> {
  const done = new Map<string, ListImport>()
  for (const id of shipped) {
    const file = new URL(`shipped/${id}.yaml`, import.meta.url)
    done.set(id, await importListRows(work, getList(id), readListYaml(readFileSync(file, 'utf8')).rows))
  }
  return done
}
