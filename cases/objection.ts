import { z } from 'zod'
import { type PlainDate, Refusal, schemaDate } from '../ground/door.ts'
import type { CaseEvent } from './event.ts'
import { type Destination, type NoticeDraft, type StepContext, stepsOf } from './flow.ts'
import { noticesToSubject } from './notices.ts'
import { findObjectable, litigationAfterReconsideration, objectionTerms } from './objection-terms.ts'

const objection = z.strictObject({ grounds: z.string().trim().min(1).max(2000) })
const verdict = z.strictObject({
  outcome: z.enum(['upheld', 'set_aside']),
  reasons: z.string().trim().min(1).max(2000),
})
const litigation = z.strictObject({
  court: z.string().trim().min(1).max(100),
  courtCaseNumber: z.string().trim().min(1).max(60),
  filedOn: schemaDate,
})

/**
 * Objection to a decision, or to not being accepted, within its terms (`objectionTerms`): `object` asks for reconsideration and moves the case
 * to `pending`; `decideObjection` leads back (upheld), or back before the step that decided, to be decided again (set aside). `noteLitigation`
 * records that a court was asked; what the court says enters by the flow's own steps. Refusals `nothing_to_object_to`, `already_objected`,
 * `objection_too_late`.
 */
export function objectionSteps<State, StatusName extends string>(options: {
  from: readonly StatusName[]
  pending: StatusName
  decidedBy: string
  /** Steps whose taker may not decide on the objection. */
  notSameUserAs?: readonly string[]
  /** Who may object; the person and the employer's officer when left out. */
  by?: readonly string[]
  /** Where a decision that is set aside is made anew; before the step that decided when left out. */
  setAsideTo?: StatusName
}) {
  const step = stepsOf<State, StatusName>()
  const { from, pending, decidedBy, notSameUserAs = [], by = ['person', 'employer_officer'] } = options
  const setAside: Destination<StatusName> = options.setAsideTo ?? 'back_twice'
  return {
    object: step({
      title: { zh: '申请复议', en: 'Ask for reconsideration' },
      from,
      by,
      body: objection,
      record: objection.extend({ decidedSeq: z.int().min(1) }),
      to: pending,
      take: async ({ body, effectiveOn, history }) => ({
        record: { ...body, decidedSeq: decisionObjectedTo(history, effectiveOn).seq },
      }),
    }),
    decideObjection: step({
      title: { zh: '复议决定', en: 'Decide on the objection' },
      from: [pending],
      by: [decidedBy],
      notSameUserAs,
      body: verdict,
      record: verdict,
      to: { upheld: 'back', set_aside: setAside },
      take: async (context) => ({
        outcome: context.body.outcome,
        record: context.body,
        notices: verdictNotices(context),
      }),
    }),
    noteLitigation: step({
      title: { zh: '登记行政诉讼', en: 'Note that a court was asked' },
      from: [...from, pending],
      by: [decidedBy],
      body: litigation,
      record: litigation,
      to: 'stay',
      take: async ({ body }) => ({ record: body }),
    }),
  }
}

function decisionObjectedTo(history: readonly CaseEvent[], on: PlainDate): CaseEvent {
  const decided = findObjectable(history)
  if (!decided) throw new Refusal('nothing_to_object_to')
  if (history.some(({ kind, seq }) => kind === 'object' && seq > decided.seq)) throw new Refusal('already_objected')
  const { date: untilOn, source } = objectionTerms(decided.effectiveOn).reconsideration
  if (on > untilOn) throw new Refusal('objection_too_late', { clause: source, params: { untilOn } })
  return decided
}

function verdictNotices({ file, body, effectiveOn }: StepContext<unknown, z.infer<typeof verdict>>): NoticeDraft[] {
  if (body.outcome === 'set_aside') return noticesToSubject(file.subject, 'notice.objection_set_aside')
  const untilOn = litigationAfterReconsideration(effectiveOn).date
  return noticesToSubject(file.subject, 'notice.objection_upheld', { untilOn })
}
