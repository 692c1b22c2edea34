import { z } from 'zod'
import { type PlainDate, Refusal, schemaDate, schemaRegion, type Work } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { pilotChoice, selectPilotAreas } from '../../registers/door.ts'
import { type ServiceRoute, serviceRoute } from '../contract.ts'

const area = z.object({ province: schemaRegion, prefecture: schemaRegion, goLiveOn: schemaDate, source: z.string() })

/** A1.03: a province picks the prefectures that take part in the pilot, under the ceiling that is law on the day they go live. */
export function pilotRoute(rulebook: Rulebook): ServiceRoute {
  return serviceRoute({
    method: 'POST',
    path: '/pilot-areas',
    title: { zh: '选定试点地市', en: "Add prefectures to a province's pilot" },
    callers: ['staff'],
    body: pilotChoice.omit({ shareMaxPpm: true }),
    answer: z.object({ items: z.array(area) }),
    handle: async (work, { body }) => {
      const shareMaxPpm = await findPilotCeiling(work, rulebook, body.province, body.goLiveOn)
      return { items: await selectPilotAreas(work, { ...body, shareMaxPpm }) }
    },
  })
}

/** The greatest share of its own prefectures that a province may pick; null once the pilot is over and all take part. */
export async function findPilotCeiling(
  work: Work,
  rulebook: Rulebook,
  insuredRegion: string,
  on: PlainDate,
): Promise<number | null> {
  try {
    const { value } = await rulebook.valueOf(work, 'pilotShareMaxPpm', { on, insuredRegion })
    return Number(value)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'value_not_in_force') return null
    throw error
  }
}
