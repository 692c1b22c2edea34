import { z } from 'zod'
import { defineFlow, stepsOf } from '../../cases/door.ts'
import { asActor, Refusal, schemaId, systemActor, type Work } from '../../ground/door.ts'
import { reviewedState } from '../../reviews/door.ts'
import type { ServiceTools } from '../contract.ts'
import { healthTitleReview, workplaceOf } from './review.ts'

const classes = ['province_city', 'county', 'grassroots'] as const

const moveState = z.strictObject({
  titleNumber: z.string().nullable(),
  usedIn: z.enum(classes).nullable(),
  institutionClass: z.enum(classes).nullable(),
})

type State = z.infer<typeof moveState>
type Status = 'holds' | 'ends'

const step = stepsOf<State, Status>()

/** The holder of a directed title works somewhere else now: whether it holds there is said by the rule (C11.07, C11-o1). */
export function moveFlow({ rulebook, cases }: ServiceTools) {
  const report = step({
    title: { zh: '申报单位变动', en: 'Report a change of institution' },
    opens: true,
    by: ['person'],
    body: z.strictObject({ titleNumber: z.string().trim().min(1).max(40) }),
    record: z.strictObject({ titleNumber: z.string(), usedIn: z.enum(classes), institutionClass: z.enum(classes) }),
    to: { granted: 'holds', refused: 'ends' },
    async take({ work, body: { titleNumber }, effectiveOn }) {
      const personId = work.actor.kind === 'person' ? work.actor.personId : ''
      const { usedIn } = await heldTitle(work, personId, titleNumber)
      const { institutionClass, agency } = await workplaceOf(work, personId, effectiveOn)
      const ruling = await rulebook.decide(work, {
        policy: 'health-title-use',
        on: effectiveOn,
        insuredRegion: agency,
        facts: { usedIn, institutionClass },
      })
      const holds = ruling.decision.outcome === 'granted'
      return {
        outcome: holds ? 'granted' : 'refused',
        record: { titleNumber, usedIn, institutionClass },
        decision: ruling,
        subject: { personId: schemaId.parse(personId), agency },
        notices: [
          {
            personId,
            code: holds ? 'notice.title_move_holds' : 'notice.title_move_ends',
            params: { number: titleNumber },
          },
        ],
      }
    },
    fold: (_, { body }) => body,
  })

  /** A title that the person holds. Refusal `title_number_unknown`. */
  function heldTitle(work: Work, personId: string, number: string) {
    return asActor(work, systemActor, async (node) => {
      const rows = await cases().find(node, { flow: healthTitleReview.id, personId, status: 'granted', limit: 100 })
      const row = rows.find((each) => each.number === number)
      const state = row && reviewedState.parse((await cases().get(node, row.caseId)).file.state)
      const parsed = z.enum(classes).safeParse(state?.title?.told.usedIn)
      if (!parsed.success) throw new Refusal('title_number_unknown', { clause: 'C11.07' })
      return { usedIn: parsed.data }
    })
  }

  return defineFlow<State>({
    id: 'health-title-move',
    service: 'senior-health-titles',
    version: 1,
    title: { zh: '定向职称单位变动', en: 'Directed title: change of institution' },
    numberPrefix: 'WZD',
    state: moveState,
    initial: { titleNumber: null, usedIn: null, institutionClass: null },
    statuses: {
      holds: { title: { zh: '继续有效', en: 'Holds' }, final: true },
      ends: { title: { zh: '须重新评审', en: 'To be reviewed anew' }, final: true },
    },
    steps: { report },
    summary: ({ state: { titleNumber, institutionClass } }) => ({ titleNumber, institutionClass }),
  })
}
