import { BrokenInvariant } from '../ground/door.ts'
import type { OpenedService } from './services.ts'

/**
 * Number prefixes that two flows share, one line each, naming both with their services: on such flows no node starts. A service whose parts cannot be
 * made is told as such.
 */
export function sharedPrefixes(services: readonly OpenedService[]): string[] {
  const owners = new Map<string, string>()
  return services.flatMap((opened) =>
    flowsOf(opened).flatMap(({ id, numberPrefix }) => {
      const owner = owners.get(numberPrefix) ?? id
      owners.set(numberPrefix, owner)
      return owner === id
        ? []
        : [`${opened.id}: the flow ${id} has the number prefix ${numberPrefix} of the flow ${owner}`]
    }),
  )
}

function flowsOf({ rulebook, service }: OpenedService) {
  const cases = () => {
    throw new BrokenInvariant(`${service.id} asks for the case machine while it is made`)
  }
  return service.create({ rulebook, cases }).flows
}
