import type { SimulatedNation } from '../nation.ts'
import type { Finding } from '../play.ts'
import { judgeBooks } from './books.ts'
import { judgeFiles } from './files.ts'
import { judgeMail } from './mail.ts'

/** What must hold in every room of every region when everything has healed, whatever the services. */
export async function judgeRooms(nation: SimulatedNation): Promise<Finding[]> {
  const ofRegions = nation.regions.flatMap((region) => [judgeBooks(region), judgeFiles(region)])
  return (await Promise.all([...ofRegions, judgeMail(nation)])).flat()
}
