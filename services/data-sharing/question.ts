import { z } from 'zod'
import { type CaseFlow, type DeadlineChange, defineFlow, objectionSteps } from '../../cases/door.ts'
import { sendMessage } from '../../exchange/door.ts'
import { asActor, BadInput, Refusal, schemaId, schemaRegion, systemActor, type Work } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import { getPerson, recordDeath, revealIdentityDigest } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { permissionOf, personMeant, refuseNoPartner } from './consent.ts'
import { answerMessage, legalBases, messageKinds, schemaKinds, sharingPurposes } from './messages-between.ts'
import {
  answered,
  asked,
  askedOf,
  counts,
  initialQuestion,
  type QuestionState,
  type QuestionStatus,
  questionFlowId,
  questionState,
  staleOn,
  step,
} from './question-state.ts'
import { countsOf, withinKinds } from './shared-facts.ts'
import { promiseDifferences, takeIn } from './taking-in.ts'

/**
 * Asking another region what its registers know of a person (B2.03): by consent or on a legal basis; the answer enters the registers here; where
 * nobody answers, the person may state it and promise that it is true, which is compared when the answer comes.
 */
export function questionFlow(tools: ServiceTools): CaseFlow<QuestionState> {
  return defineFlow<QuestionState>({
    id: questionFlowId,
    service: 'data-sharing',
    version: 1,
    title: { zh: '向其他地区询问数据', en: 'Question to another region' },
    numberPrefix: 'XW',
    state: questionState,
    initial: initialQuestion,
    deadlines: { answer: { zh: '对方答复时限', en: 'Time for the answer' } },
    statuses: {
      waiting: {
        title: { zh: '等待对方答复', en: 'Waiting for the answer' },
        waitsFor: 'partner',
        automatic: { step: 'giveUp', afterDeadline: 'answer' },
      },
      unanswered: { title: { zh: '对方未答复，可告知承诺', en: 'No answer: may be stated' }, waitsFor: 'applicant' },
      promised: { title: { zh: '已告知承诺，待核对', en: 'Stated, to be compared' }, waitsFor: 'partner' },
      answered: { title: { zh: '已取得', en: 'Answered' }, automatic: { step: 'askAgain', on: staleOn } },
      different: { title: { zh: '不一致，待核实', en: 'Different: to be looked into' }, task: { role: 'review' } },
      not_told: { title: { zh: '对方不予提供', en: 'Not told' }, final: true },
      lapsed: { title: { zh: '已失效', en: 'Lapsed' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    steps: {
      ...askingSteps(tools),
      ...answeringSteps(tools),
      settle: settleStep(),
      ...objectionSteps<QuestionState, QuestionStatus>({
        from: ['answered'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['settle'],
        by: ['person'],
        setAsideTo: 'different',
      }),
    },
    summary: ({ state }) => ({
      region: state.asked?.region ?? null,
      purpose: state.asked?.purpose ?? null,
      kinds: state.asked?.kinds.join(' ') ?? null,
      usableUntil: state.answer?.usableUntil ?? null,
    }),
  })
}

function askingSteps(tools: ServiceTools) {
  const ask = step({
    title: { zh: '询问', en: 'Ask' },
    opens: true,
    by: ['person', 'accept'],
    body: z.strictObject({
      personId: schemaId.optional(),
      region: schemaRegion,
      purpose: z.enum(sharingPurposes),
      kinds: schemaKinds,
      permission: z.discriminatedUnion('by', [
        z.strictObject({ by: z.literal('consent'), number: z.string().trim().min(1) }),
        z.strictObject({ by: z.literal('basis'), basis: z.enum(legalBases) }),
      ]),
    }),
    record: z.strictObject({ asked }),
    to: 'waiting',
    async take({ work, file, body: { personId: named, permission, ...what } }) {
      const personId = personMeant(work, named)
      refuseNoPartner(work, 'body.region', what.region)
      if (permission.by === 'basis' && work.actor.kind === 'person') throw new Refusal('basis_is_for_officers')
      const { agency } = await getPerson(work, personId, '向其他地区询问数据')
      const right =
        permission.by === 'basis'
          ? permission
          : await permissionOf(work, tools.cases(), { personId, number: permission.number, on: work.today, ...what })
      const question = { personId, permission: right, ...what }
      await send(work, file.number, 1, question)
      return {
        record: { asked: question },
        subject: { personId, agency },
        deadlines: [await answerTime(work, tools)],
      }
    },
    fold: (state, { body }) => ({ ...state, asked: body.asked, round: 1 }),
  })

  const giveUp = step({
    title: { zh: '对方逾期未答复', en: 'No answer in time' },
    from: ['waiting'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: 'unanswered',
    take: async ({ file }) => {
      const { personId } = askedOf(file)
      return { record: {}, notices: [{ personId, code: 'notice.unanswered', params: { number: file.number } }] }
    },
  })

  const askAgain = step({
    title: { zh: '过期重新询问', en: 'Ask again' },
    from: ['answered'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({ again: z.boolean() }),
    to: { asked: 'waiting', lapsed: 'lapsed' },
    async take({ work, file }) {
      const question = askedOf(file)
      // Without a consent nobody else bounds it in time, so an officer asks anew where it is still needed.
      const again = question.permission.by === 'consent' && (await isStillAllowed(work, tools, question))
      if (again) await send(work, file.number, file.state.round + 1, question)
      const outcome = again ? ('asked' as const) : ('lapsed' as const)
      return { outcome, record: { again }, ...(again && { deadlines: [await answerTime(work, tools)] }) }
    },
    fold: (state, { body }) => ({ ...state, round: state.round + (body.again ? 1 : 0), stated: null }),
  })

  return { ask, giveUp, askAgain }
}

function answeringSteps(tools: ServiceTools) {
  const promise = step({
    title: { zh: '告知承诺', en: 'State it and promise' },
    from: ['unanswered'],
    by: ['person', 'accept'],
    body: z.strictObject({ stated: counts, promised: z.literal(true) }),
    record: z.strictObject({ stated: counts }),
    to: 'promised',
    async take({ file, body: { stated } }) {
      const missing = askedOf(file).kinds.find((kind) => stated[kind] === undefined)
      if (missing)
        throw new BadInput([{ path: `body.stated.${missing}`, expected: 'what is stated', found: 'nothing' }])
      return { record: { stated } }
    },
    fold: (state, { body }) => ({ ...state, stated: body.stated }),
  })

  const answer = step({
    title: { zh: '对方答复', en: 'The answer' },
    from: ['waiting', 'unanswered', 'promised'],
    by: ['system'],
    body: answerMessage,
    record: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('told'), answer: answered }),
      z.strictObject({ outcome: z.literal('refused'), reason: z.string() }),
      z.strictObject({ outcome: z.literal('too_late') }),
    ]),
    to: { same: 'answered', different: 'different', refused: 'not_told', too_late: 'lapsed' },
    async take({ work, file, body: { asOn, content } }) {
      const question = askedOf(file)
      const { personId, region, kinds } = question
      if (content.outcome === 'refused') {
        const params = { number: file.number }
        return {
          outcome: 'refused' as const,
          record: content,
          deadlines: [{ meet: 'answer' }],
          notices: [{ personId, code: 'notice.not_told', params }],
        }
      }
      if (!(await isStillAllowed(work, tools, question))) {
        return {
          outcome: 'too_late' as const,
          record: { outcome: 'too_late' as const },
          deadlines: [{ meet: 'answer' }],
          notices: [{ personId, code: 'notice.too_late', params: { number: file.number } }],
        }
      }
      const facts = withinKinds(content.facts, kinds)
      const told = countsOf(facts, kinds, asOn)
      const { taken, differences } = await takeIn(
        work,
        { personId, caseId: file.id, number: file.number, from: region, asOn },
        facts,
      )
      const all = [...differences, ...promiseDifferences(file.state.stated ?? {}, told)]
      const { known, usableUntil } = content
      return {
        outcome: all.length > 0 ? ('different' as const) : ('same' as const),
        record: { outcome: 'told' as const, answer: { asOn, known, usableUntil, told, taken, differences: all } },
        deadlines: [{ meet: 'answer' }],
        notices: [{ personId, code: 'notice.answered', params: { number: file.number, taken } }],
      }
    },
    fold: (state, { body }) => {
      if (body.outcome === 'told') return { ...state, answer: body.answer }
      return body.outcome === 'refused' ? { ...state, refusedFor: body.reason } : state
    },
  })

  return { promise, answer }
}

/** An officer looks into what does not agree; a death is recorded only here, because it ends the card. */
function settleStep() {
  return step({
    title: { zh: '核实不一致', en: 'Look into the difference' },
    from: ['different'],
    by: ['review'],
    body: z.strictObject({
      outcome: z.enum(['told_stands', 'here_stands']),
      opinion: z.string().trim().min(1).max(500),
    }),
    record: z.strictObject({ outcome: z.enum(['told_stands', 'here_stands']), opinion: z.string() }),
    to: { told_stands: 'answered', here_stands: 'answered' },
    async take({ work, file, body }) {
      const { personId } = askedOf(file)
      const death = file.state.answer?.differences.find(({ code }) => code === 'difference.death')
      if (death && body.outcome === 'told_stands') await recordDeath(work, personId, String(death.params.diedOn))
      return {
        outcome: body.outcome,
        record: body,
        decision: { outcome: body.outcome, because: 'B2.03', opinion: body.opinion },
        notices: [{ personId, code: `notice.${body.outcome}`, params: { number: file.number } }],
      }
    },
  })
}

type Question = z.infer<typeof asked>

async function send(
  work: Work,
  number: string,
  round: number,
  { personId, region, ...question }: Question,
): Promise<void> {
  const identityDigest = await asActor(work, systemActor, (node) =>
    revealIdentityDigest(node, personId, `向${getRegion(region).name.zh}询问数据，${number}`),
  )
  const body = { number, round, identityDigest, ...question }
  await sendMessage(work, { to: region, kind: messageKinds.question, version: 1, about: number, body })
}

async function answerTime(work: Work, { rulebook }: ServiceTools): Promise<DeadlineChange> {
  const question = { on: work.today, insuredRegion: work.node.region }
  const { value } = await rulebook.valueOf(work, 'answerWorkingDays', question)
  return { start: 'answer', unit: 'working_day', amount: Number(value) }
}

/** Whether a question stands on its permission today: a consent may have been withdrawn meanwhile, or be over. */
async function isStillAllowed(work: Work, tools: ServiceTools, question: Question): Promise<boolean> {
  const { permission } = question
  if (permission.by === 'basis') return true
  try {
    await permissionOf(work, tools.cases(), { ...question, number: permission.number, on: work.today })
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
