import { z } from 'zod'
import { type CaseFlow, defineFlow, ratingStep, stepsOf, withdrawalStep } from '../../cases/door.ts'
import { actorPersonId, must, Refusal, type Work } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'

/** The flow of suggestions. */
export const suggestionFlowId = 'suggestion'

/** What a suggestion is about; what concerns staff is answered by supervision and never published. */
export const topics = ['policy', 'counter', 'online', 'card', 'staff', 'other'] as const

const written = z.strictObject({
  topic: z.enum(topics),
  text: z.string().trim().min(1).max(2_000),
  /** Whether it may be shown to everybody, without a name, once it is answered. */
  mayPublish: z.boolean(),
})
const suggestionState = z.strictObject({
  written: written.nullable(),
  answer: z.string().nullable(),
})

type State = z.infer<typeof suggestionState>
type Status = 'open' | 'with_supervision' | 'to_be_published' | 'answered' | 'published' | 'withdrawn'

const step = stepsOf<State, Status>()

/** Online discussion and suggestions (B2.05): a resident writes, an officer answers in time, and what the writer allows becomes public. */
export function suggestionFlow(tools: ServiceTools): CaseFlow<State> {
  return defineFlow<State>({
    id: suggestionFlowId,
    service: 'suggestions',
    version: 1,
    title: { zh: '意见建议', en: 'Suggestion' },
    numberPrefix: 'YJ',
    state: suggestionState,
    initial: { written: null, answer: null },
    deadlines: { answer: { zh: '答复时限', en: 'Time for the answer' } },
    statuses: {
      open: { title: { zh: '待答复', en: 'To be answered' }, task: { role: 'accept', deadline: 'answer' } },
      with_supervision: {
        title: { zh: '监督人员办理中', en: 'With supervision' },
        task: { role: 'supervisor', deadline: 'answer' },
      },
      to_be_published: { title: { zh: '已答复，待审公开', en: 'Answered, to be published' }, task: { role: 'review' } },
      answered: { title: { zh: '已答复', en: 'Answered' }, final: true },
      published: { title: { zh: '已公开', en: 'Published' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    },
    steps: {
      write: writeStep(tools),
      ...answeringSteps(),
      ...publishingSteps(),
      ...withdrawalStep<State, Status>({ from: ['open', 'with_supervision'], to: 'withdrawn', by: ['person'] }),
      ...ratingStep<State, Status>({ from: ['answered', 'published'] }),
    },
    summary: ({ state }) => ({ topic: state.written?.topic ?? null }),
  })
}

function writeStep({ rulebook, cases }: ServiceTools) {
  return step({
    title: { zh: '提出建议', en: 'Write' },
    opens: true,
    by: ['person'],
    body: written,
    record: z.strictObject({ written }),
    to: { open: 'open', with_supervision: 'with_supervision' },
    async take({ work, body, effectiveOn }) {
      const personId = must(actorPersonId(work.actor), 'a person')
      const { agency } = await getPerson(work, personId, 'self_service')
      const mine = await cases().find(work, { flow: suggestionFlowId, personId, open: true, limit: 100 })
      const question = { on: effectiveOn, insuredRegion: agency }
      const facts = { topic: body.topic, letters: [...body.text].length, openOfPerson: mine.length }
      const ruling = await rulebook.decide(work, { policy: 'suggestion-taken', ...question, facts })
      const { outcome, reason, because } = ruling.decision
      if (outcome === 'refused') throw new Refusal(reason ?? 'refused', { clause: because })
      const { value } = await rulebook.valueOf(work, 'answerWorkingDays', question)
      return {
        outcome: outcome === 'referred' ? ('with_supervision' as const) : ('open' as const),
        record: { written: { ...body, mayPublish: body.mayPublish && outcome === 'granted' } },
        subject: { personId, agency },
        receipt: { kind: 'accepted' as const },
        deadlines: [{ start: 'answer', unit: 'working_day' as const, amount: Number(value) }],
      }
    },
    fold: (state, { body }) => ({ ...state, written: body.written }),
  })
}

function answeringSteps() {
  const given = z.strictObject({ answer: z.string().trim().min(1).max(2_000) })
  const answer = step({
    title: { zh: '答复', en: 'Answer' },
    from: ['open'],
    by: ['accept'],
    body: given,
    record: given,
    to: { public: 'to_be_published', private: 'answered' },
    take: async ({ file, body }) => ({
      outcome: file.state.written?.mayPublish ? ('public' as const) : ('private' as const),
      record: body,
      deadlines: [{ meet: 'answer' }],
      notices: noticeTo(file),
    }),
    fold: (state, { body }) => ({ ...state, answer: body.answer }),
  })
  const answerForSupervision = step({
    title: { zh: '监督答复', en: 'Answer for supervision' },
    from: ['with_supervision'],
    by: ['supervisor'],
    body: given,
    record: given,
    to: 'answered',
    take: async ({ file, body }) => ({ record: body, deadlines: [{ meet: 'answer' }], notices: noticeTo(file) }),
    fold: (state, { body }) => ({ ...state, answer: body.answer }),
  })
  return { answer, answerForSupervision }
}

function publishingSteps() {
  const publish = step({
    title: { zh: '审核公开', en: 'Look whether it names anybody, and publish' },
    from: ['to_be_published'],
    by: ['review'],
    notSameUserAs: ['answer'],
    body: z.strictObject({
      outcome: z.enum(['published', 'kept_private']),
      opinion: z.string().trim().min(1).max(300),
    }),
    record: z.strictObject({ opinion: z.string() }),
    to: { published: 'published', kept_private: 'answered' },
    take: async ({ body: { outcome, opinion } }) => ({ outcome, record: { opinion } }),
  })
  const takeDown = step({
    title: { zh: '撤下公开', en: 'Take it down' },
    from: ['published'],
    by: ['person', 'review'],
    body: z.strictObject({ reason: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ reason: z.string() }),
    to: 'answered',
    take: async ({ body }) => ({ record: body }),
  })
  return { publish, takeDown }
}

function noticeTo({ number, subject: { personId } }: { number: string; subject: { personId: string | null } }) {
  return personId === null ? [] : [{ personId, code: 'notice.answered', params: { number } }]
}

/** The published suggestions with their answers, the newest first, without whose they are. Seen by everybody, so the node reads. */
export async function published(work: Work, { cases }: ServiceTools, limit: number) {
  const rows = await cases().find(work, { flow: suggestionFlowId, status: 'published', limit })
  return Promise.all(
    rows.map(async ({ caseId, closedAt }) => {
      const { file } = await cases().get(work, caseId)
      const { written: asked, answer } = suggestionState.parse(file.state)
      const { topic, text } = must(asked, 'what was written')
      return { topic, text, answer: must(answer, 'an answer'), at: must(closedAt, 'when it was published') }
    }),
  )
}
