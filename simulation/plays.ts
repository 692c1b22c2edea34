import { existsSync } from 'node:fs'
import { BrokenInvariant } from '../ground/door.ts'
import { type OpenedService, openServices } from '../server/services.ts'
import type { Play } from './play.ts'

/** A play with the service that it is about. */
export type OpenedPlay = { play: Play; service: OpenedService }

/** The play of every service that has one, found by `simulation/play.ts` in its folder. */
export async function openPlays(): Promise<OpenedPlay[]> {
  const services = await openServices()
  const withPlay = services.filter(({ folder }) => existsSync(new URL('simulation/play.ts', folder)))
  return Promise.all(withPlay.map(async (service) => ({ service, play: await loadPlay(service) })))
}

async function loadPlay({ id, folder }: OpenedService): Promise<Play> {
  const place = new URL('simulation/play.ts', folder)
  const { play }: { play?: Play } = await import(place.href)
  if (play?.service !== id) throw new BrokenInvariant(`${place.pathname} must export "play" of the service ${id}`)
  return play
}
