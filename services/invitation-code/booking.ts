import { z } from 'zod'
import { defineFlow, stepsOf } from '../../cases/door.ts'
import { actorPersonId, asActor, Refusal, schemaDate, systemActor } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { codesOn, makeCode } from './codes.ts'

const answers = z.strictObject({
  group: z.enum(['graduate_of_this_year', 'hong_kong_macao_taiwan', 'returned_from_abroad', 'other']),
  studiesInCity: z.boolean(),
  school: z.string().trim().min(2).max(80),
})

const codeState = z.strictObject({
  answers: answers.nullable(),
  code: z.string().nullable(),
  until: schemaDate.nullable(),
})

type State = z.infer<typeof codeState>
type Status = 'valid'

const step = stepsOf<State, Status>()

/** Booking an invitation code (M5.01): decided at once by the rule; the code is shown on the case of its holder. One at a time. */
export function bookingFlow({ rulebook }: ServiceTools) {
  const book = step({
    title: { zh: '预约邀请码', en: 'Book a code' },
    opens: true,
    by: ['person'],
    body: z.strictObject({ answers }),
    record: z.strictObject({ answers, code: z.string(), until: schemaDate }),
    to: 'valid',
    async take({ work, file, body: { answers: told }, effectiveOn }) {
      const personId = actorPersonId(work.actor)
      if (personId === null) throw new Refusal('not_your_step', { params: { step: 'book', role: '' } })
      const [held] = await codesOn(work, personId, effectiveOn)
      if (held) throw new Refusal('code_held_already', { clause: 'M5.01', params: { until: held.valid_to } })
      const { group, studiesInCity } = told
      return asActor(work, systemActor, async (node) => {
        const { agency } = await getPerson(node, personId, 'invitation code')
        const question = { policy: 'invitation-code', on: effectiveOn, insuredRegion: agency }
        const facts = { group, studiesInCity, bookedOn: effectiveOn }
        const { outcome, reason, because, results } = (await rulebook.decide(node, { ...question, facts })).decision
        if (outcome !== 'granted') throw new Refusal(reason ?? 'group_not_invited', { clause: because })
        const until = schemaDate.parse(results.until?.value)
        const code = await makeCode(node, { caseId: file.id, personId, agency, until })
        return { record: { answers: told, code, until }, subject: { personId, agency } }
      })
    },
    fold: (_, { body }) => body,
  })
  return defineFlow<State>({
    id: 'invitation-code',
    service: 'invitation-code',
    version: 1,
    title: { zh: '择业邀请码', en: 'Invitation code' },
    numberPrefix: 'YQM',
    state: codeState,
    initial: { answers: null, code: null, until: null },
    statuses: {
      valid: { title: { zh: '已发码', en: 'Issued' }, final: true },
    },
    steps: { book },
    summary: ({ state }) => ({ group: state.answers?.group ?? null, until: state.until }),
  })
}
