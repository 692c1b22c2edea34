import type { DemoWorld } from '../contract.ts'
import { recordNeed, registerTeam } from './needs.ts'

/** The demo world's teams in Nanjing and in Zengdu, and people who cannot move easily. All invented. */
export async function seed({ node, run, idOf }: DemoWorld): Promise<void> {
  const place = places[node.region]
  if (!place) return
  const { agency, immobile } = place
  await run(async (work) => {
    await registerTeam(work, { agency, name: '上门一队', terminals: 1, authenticators: 1, cardMakers: 1 })
    await registerTeam(work, { agency, name: '上门二队', terminals: 1, authenticators: 1, cardMakers: 0 })
    const personId = idOf(`person:${immobile}`)
    await recordNeed(work, { personId, reason: 'limited_mobility', evidence: '残疾人证（虚构）' })
  })
}

const places: Readonly<Record<string, { agency: string; immobile: string }>> = {
  '320000': { agency: '320100', immobile: 'lost-card' },
  '420000': { agency: '421300', immobile: 'zengdu-old-holder' },
}
