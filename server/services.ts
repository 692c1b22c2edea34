import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { BrokenInvariant, type MigrationSet, readMigrations } from '../ground/door.ts'
import { isWithin, openRulebook, type RegionCode, type Rulebook } from '../law/door.ts'
import type { Service } from '../services/contract.ts'

/** The rules of a public service: all that deciding needs. `id` is its folder's name. */
export type ServiceRules = { id: string; folder: URL; rulebook: Rulebook }

/** A public service with its rules. */
export type OpenedService = ServiceRules & { service: Service }

/** True where a node shows a service: its regions lie in the node's or the other way round, or it has none of its own. */
export function isOffered({ regions }: Pick<Service, 'regions'>, node: RegionCode): boolean {
  return regions === undefined || regions.some((region) => isWithin(region, node) || isWithin(node, region))
}

/** Where the public services live, one folder each. */
export const servicesFolder = new URL('../services/', import.meta.url)

/**
 * The rules of every public service, in the order of their ids: read from the folders alone, once, without loading any service. Throws every
 * problem of policies and values.
 */
export async function openServiceRules(): Promise<ServiceRules[]> {
  const entries = await readdir(servicesFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ id: name, folder: new URL(`${name}/`, servicesFolder) }))
    .filter(({ folder }) => existsSync(new URL('policy.ts', folder)))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, folder }) => ({ id, folder, rulebook: openRulebook(id, folder) }))
}

/** Every public service there is, found by the `service.ts` of its folder. */
export async function openServices(): Promise<OpenedService[]> {
  const rules = await openServiceRules()
  return Promise.all(
    rules
      .filter(({ folder }) => existsSync(new URL('service.ts', folder)))
      .map(async (found) => ({ ...found, service: await loadService(found) })),
  )
}

async function loadService({ id, folder }: ServiceRules): Promise<Service> {
  const door = new URL('service.ts', folder)
  const { service }: { service?: Service } = await import(door.href)
  if (service?.id !== id) throw new BrokenInvariant(`${door.pathname} must export "service" with the id ${id}`)
  return service
}

/** The tables that a service alone reads: schema `svc_<id>`, hyphens as underscores. Undefined where it has none. */
export async function serviceMigrations({ id, folder }: ServiceRules): Promise<MigrationSet | undefined> {
  const migrations = new URL('migrations/', folder)
  return existsSync(migrations) ? readMigrations(`svc_${id.replaceAll('-', '_')}`, migrations) : undefined
}
