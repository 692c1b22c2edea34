import { z } from 'zod'
import type { Benefit } from '../../benefits/door.ts'
import { asActor, Refusal, systemActor } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import { yearsAway } from './placements.ts'

const purpose = 'subsidy for work away from home'
const sources = { destination: 'placements', monthsWorked: 'placements' }

/** The three subsidies of the bulletin (C6.01): each once a calendar year, found in the register without an application (C6.02). */
export const rewards: readonly Benefit[] = [
  reward('transport-subsidy', 'JT', '一次性交通补贴', 'One-off transport subsidy'),
  reward('outside-work-subsidy', 'WC', '外出务工补贴', 'Subsidy for working outside'),
  reward('fujian-work-subsidy', 'FM', '赴闽就业补贴', 'Subsidy for working in Fujian'),
]

function reward(id: string, numberPrefix: string, zh: string, en: string): Benefit {
  return {
    id,
    service: 'migrant-work-rewards',
    version: 1,
    title: { zh, en },
    numberPrefix,
    policy: id,
    applicant: 'person',
    fields: [],
    answers: z.strictObject({}),
    gather: (work, { id: personId }, { on }) =>
      asActor(work, systemActor, async (node) => {
        const [year] = await yearsAway(node, { on, personId })
        if (!year) throw new Refusal('placement_missing', { clause: 'C6.01' })
        const { destination, monthsWorked } = year
        return { facts: { destination, monthsWorked }, sources }
      }),
    agencyOf: async (work, party) =>
      (await asActor(work, systemActor, (node) => getPerson(node, party.id, purpose))).agency,
    occasionOf: (_, appliedOn) => appliedOn.slice(0, 4),
    money: {
      fund: 'employment_special',
      expense: { name: `${id.replaceAll('-', '_')}_expense`, title: { zh: `${zh}支出`, en: `${en}: expense` } },
    },
    async *population(work, { on }) {
      yield (await yearsAway(work, { on })).map(({ personId, ...facts }) => ({
        party: { kind: 'person' as const, id: personId },
        facts,
      }))
    },
  }
}
