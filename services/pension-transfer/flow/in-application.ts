import { z } from 'zod'
import { actorPersonId, BadInput, Refusal, schemaId, type Work } from '../../../ground/door.ts'
import { provinceOf } from '../../../law/door.ts'
import { getPerson } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { decideTransferIn } from '../applicant-facts.ts'
import {
  initialTransferIn,
  inStep,
  sendLetter,
  transferAnswers,
  transferInFlowId,
  transferInState,
  transferOf,
} from './in-state.ts'

const opinion = z.string().trim().min(1).max(500)

/** The application, the review that ends in the letter to the old region, and taking the question back. */
export function applicationSteps(tools: ServiceTools) {
  const apply = inStep({
    title: { zh: '申请转移养老保险关系', en: 'Apply for the transfer' },
    opens: true,
    by: ['person', 'accept'],
    body: transferAnswers.extend({
      /** Whom an officer applies for. */
      personId: schemaId.optional(),
    }),
    record: z.strictObject({ personId: schemaId, answers: transferAnswers }),
    to: 'submitted',
    async take({ work, body: { personId: named, fromRegion, overlapAgreed } }) {
      const personId = actorPersonId(work.actor) ?? named
      if (!personId) throw new BadInput([{ path: 'personId', expected: 'the person who moves', found: 'nothing' }])
      const { agency } = await getPerson(work, personId, 'transfer of the pension relation')
      await requireNoOpenTransfer(work, tools, personId)
      return {
        record: { personId, answers: { fromRegion: provinceOf(fromRegion).code, overlapAgreed } },
        subject: { personId, agency },
        receipt: { kind: 'accepted' as const },
        deadlines: [await handlingTime(work, tools, 'review')],
        notices: [{ personId, code: 'notice.transfer_received' }],
      }
    },
    fold: (_, { body }) => ({ ...initialTransferIn, ...body }),
  })

  const review = inStep({
    title: { zh: '审核并发联系函', en: 'Review, and write to the old region' },
    from: ['submitted'],
    by: ['review'],
    notSameUserAs: ['apply'],
    body: z.strictObject({ opinion }),
    record: z.strictObject({ opinion, letterRevision: z.int().min(0), sources: z.record(z.string(), z.string()) }),
    to: { asked: 'asked', refused: 'refused' },
    async take({ work, file, body }) {
      const { personId, answers } = transferOf(file)
      const { ruling, sources } = await decideTransferIn(work, tools, { personId, answers })
      const isGranted = ruling.decision.outcome === 'granted'
      const letter = { state: 'asked', returnedFen: 0, reason: null } as const
      return {
        outcome: isGranted ? ('asked' as const) : ('refused' as const),
        record: {
          opinion: body.opinion,
          letterRevision: isGranted ? await sendLetter(work, file, letter) : file.state.letterRevision,
          sources,
        },
        decision: ruling,
        deadlines: [{ meet: 'review' }],
        notices: [{ personId, code: isGranted ? 'notice.transfer_asked' : 'notice.transfer_refused' }],
      }
    },
    fold: (state, { body: { letterRevision } }) => ({ ...state, letterRevision }),
  })

  const recall = inStep({
    title: { zh: '撤回转移（告知原参保地）', en: 'Take the question back from the old region' },
    from: ['asked', 'form_received'],
    by: ['person', 'review'],
    body: z.strictObject({ reason: opinion }),
    record: transferInState.pick({ letterRevision: true }).extend({ reason: z.string() }),
    to: 'recalling',
    async take({ work, file, body: { reason } }) {
      const letterRevision = await sendLetter(work, file, { state: 'withdrawn', returnedFen: 0, reason })
      return { record: { letterRevision, reason } }
    },
    fold: (state, { body: { letterRevision } }) => ({ ...state, letterRevision }),
  })

  return { apply, review, recall }
}

/** The working days that an agency has for its part (PT.8). */
export async function handlingTime(work: Work, { rulebook }: Pick<ServiceTools, 'rulebook'>, deadline: string) {
  const question = { on: work.today, insuredRegion: work.node.region }
  const days = await rulebook.valueOf(work, 'handleWorkingDays', question)
  return { start: deadline, unit: 'working_day' as const, amount: Number(days.value) }
}

async function requireNoOpenTransfer(work: Work, { cases }: ServiceTools, personId: string): Promise<void> {
  const [open] = await cases().find(work, { flow: transferInFlowId, personId, open: true, limit: 1 })
  if (open) throw new Refusal('transfer_open', { params: { number: open.number } })
}
