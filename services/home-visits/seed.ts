import type { DemoWorld } from '../contract.ts'
import { recordNeed, registerTeam } from './needs.ts'

/** The demo world's teams in Nanjing, and somebody who cannot move easily. All invented. */
export async function seed({ node, run, idOf }: DemoWorld): Promise<void> {
  if (node.region !== '320000') return
  await run(async (work) => {
    const agency = '320100'
    await registerTeam(work, { agency, name: '上门一队', terminals: 1, authenticators: 1, cardMakers: 1 })
    await registerTeam(work, { agency, name: '上门二队', terminals: 1, authenticators: 1, cardMakers: 0 })
    const personId = idOf('person:lost-card')
    await recordNeed(work, { personId, reason: 'limited_mobility', evidence: '残疾人证（虚构）' })
  })
}
