import { systemClock, systemRandom } from '../../ground/door.ts'
import { readPartnerKeys } from '../partners.ts'
import { openServices } from '../services.ts'
import type { Settings } from '../settings.ts'
import { openWorld, type World } from '../world.ts'

/** The world that the environment describes, on the machine's clock and randomness. */
export async function openConfiguredWorld(settings: Settings): Promise<World> {
  return openWorld({
    ...settings,
    services: await openServices(),
    machineClock: systemClock,
    random: systemRandom,
    ...(settings.partnersFile && { partners: await readPartnerKeys(settings.partnersFile) }),
    onFailure: (region, error) => console.error(`node ${region}: ${String(error)}`),
  })
}
