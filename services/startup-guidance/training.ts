import { z } from 'zod'
import { defineFlow, stepsOf, withdrawalStep } from '../../cases/door.ts'
import { actorPersonId, asActor, Refusal, schemaDate, schemaId, systemActor, type Work } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'

/** The flow of courses. */
export const trainingFlowId = 'startup-training'

const answers = z.strictObject({
  returned: z.boolean(),
  course: z.enum(['gyb', 'syb', 'iyb', 'online']),
  startsOn: schemaDate,
})
const trainingState = z.strictObject({ answers: answers.nullable(), completedOn: schemaDate.nullable() })

type State = z.infer<typeof trainingState>
type Status = 'enrolled' | 'completed' | 'dropped' | 'withdrawn'

const step = stepsOf<State, Status>()

/** A course of the programme for one person (C5.04): enrolled by the rule, and completed or dropped. Each completed one is a person-time (人次). */
export function trainingFlow({ rulebook, cases }: ServiceTools) {
  const apply = step({
    title: { zh: '报名', en: 'Enrol' },
    opens: true,
    by: ['person', 'accept'],
    body: z.strictObject({ partyId: schemaId.optional(), answers }),
    record: z.strictObject({ answers }),
    to: 'enrolled',
    async take({ work, body: { partyId, answers: told }, effectiveOn }) {
      const personId = actorPersonId(work.actor) ?? partyId
      if (personId === undefined) throw new Refusal('not_your_step', { params: { step: 'apply', role: '' } })
      return asActor(work, systemActor, async (node) => {
        const { agency } = await getPerson(node, personId, 'entrepreneurship training')
        const rows = await cases().find(node, { flow: trainingFlowId, personId, limit: 100 })
        const ofYear = rows.filter(
          ({ status, summary }) =>
            (status === 'enrolled' || status === 'completed') &&
            String(summary.startsOn).slice(0, 4) === told.startsOn.slice(0, 4),
        )
        const facts = { returned: told.returned, coursesThisYear: ofYear.length }
        const question = { policy: 'startup-training', on: effectiveOn, insuredRegion: agency, facts }
        const { outcome, reason, because } = (await rulebook.decide(node, question)).decision
        if (outcome !== 'granted') throw new Refusal(reason ?? 'not_in_force', { clause: because })
        return { record: { answers: told }, subject: { personId, agency } }
      })
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
  const finish = step({
    title: { zh: '登记结业', en: 'Record how it ended' },
    from: ['enrolled'],
    by: ['accept'],
    body: z.strictObject({ outcome: z.enum(['completed', 'dropped']), on: schemaDate }),
    record: z.strictObject({ outcome: z.enum(['completed', 'dropped']), on: schemaDate }),
    to: { completed: 'completed', dropped: 'dropped' },
    take: async ({ body }) => ({ outcome: body.outcome, record: body }),
    fold: (state, { body: { outcome, on } }) => ({ ...state, completedOn: outcome === 'completed' ? on : null }),
  })
  return defineFlow<State>({
    id: trainingFlowId,
    service: 'startup-guidance',
    version: 1,
    title: { zh: '“马兰花”创业培训', en: 'Malanhua training' },
    numberPrefix: 'MLH',
    state: trainingState,
    initial: { answers: null, completedOn: null },
    statuses: {
      enrolled: { title: { zh: '已报名', en: 'Enrolled' }, task: { role: 'accept' } },
      completed: { title: { zh: '已结业', en: 'Completed' }, final: true },
      dropped: { title: { zh: '未结业', en: 'Dropped' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    },
    steps: { apply, finish, ...withdrawalStep<State, Status>({ from: ['enrolled'], to: 'withdrawn' }) },
    summary: ({ state }) => ({
      course: state.answers?.course ?? null,
      startsOn: state.answers?.startsOn ?? null,
      completedOn: state.completedOn,
    }),
  })
}

/** How many person-times were trained in a year: courses completed, of whoever. */
export async function personTimesTrained(work: Work, { cases }: ServiceTools, year: number): Promise<number> {
  const rows = await cases().find(work, { flow: trainingFlowId, status: 'completed', limit: 100_000 })
  return rows.filter(({ summary }) => String(summary.completedOn).startsWith(String(year))).length
}
