import { z } from 'zod'
import { applicantIdOf, type CaseFile, defineFlow, ratingStep, stepsOf } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import {
  asActor,
  BadInput,
  type Id,
  must,
  Refusal,
  schemaId,
  schemaRegion,
  systemActor,
  takeTurns,
  type Work,
} from '../../../ground/door.ts'
import { provinceOf } from '../../../law/door.ts'
import { getPerson, revealIdNumber } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import {
  type Answered,
  answeredMessage,
  type Forwarded,
  messageKinds,
  registrationAnswers,
} from './messages-between.ts'

const purpose = 'insurance_registration'

/** The flow where the person is. */
export const askingFlowId = 'registration-elsewhere'

const answers = registrationAnswers.extend({
  /** Where a flexible worker works; the resident pension belongs to the household, which the register knows. */
  workRegion: schemaRegion.optional(),
})
const asking = z.strictObject({
  personId: schemaId.nullable(),
  answers: answers.nullable(),
  region: schemaRegion.nullable(),
  /** Of the newest message sent, and of the newest answer heard. */
  askedRevision: z.int().min(0),
  answerRevision: z.int().min(0),
  told: answeredMessage.omit({ forwardNumber: true, revision: true }).nullable(),
  /** The messages of both sides, whose signed texts and receipts the exchange keeps: the evidence. */
  messageIds: z.array(schemaId),
})

/** The state of a registration that was forwarded to where it belongs. */
export type Asking = z.infer<typeof asking>
type Status = 'asked' | 'overdue' | 'recalling' | 'registered' | 'refused' | 'withdrawn'
type AskingFile = CaseFile<Asking>

const initial: Asking = {
  personId: null,
  answers: null,
  region: null,
  askedRevision: 0,
  answerRevision: 0,
  told: null,
  messageIds: [],
}
const step = stepsOf<Asking, Status>()
const note = z.string().trim().min(1).max(300)
const said = asking.pick({ askedRevision: true }).extend({ messageId: schemaId })

/** A registration of somebody who is here and belongs elsewhere (B1.08, 异地办理): sent on to that region, waited for, asked again, answered. */
export function askingFlow(tools: ServiceTools) {
  return defineFlow<Asking>({
    id: askingFlowId,
    service: 'insurance-registration',
    version: 1,
    title: { zh: '异地参保登记', en: 'Registration in another region' },
    numberPrefix: 'CBY',
    state: asking,
    initial,
    deadlines: { answer: { zh: '对方答复时限', en: 'Time for the other region to answer' } },
    statuses: {
      asked: {
        title: { zh: '待参保地答复', en: 'Waiting for the other region' },
        waitsFor: 'partner',
        automatic: { step: 'remind', afterDeadline: 'answer' },
      },
      overdue: { title: { zh: '参保地逾期未答复', en: 'The other region is late' }, task: { role: 'accept' } },
      recalling: { title: { zh: '撤回中，待参保地', en: 'Being taken back' }, waitsFor: 'partner' },
      registered: { title: { zh: '已参保登记', en: 'Registered' }, final: true },
      refused: { title: { zh: '参保地不予登记', en: 'Refused by the other region' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    },
    steps: {
      ...askingSteps(tools),
      ...hearingSteps(),
      ...ratingStep<Asking, Status>({ from: ['registered', 'refused'] }),
    },
    summary: ({ state }) => ({
      region: state.region,
      scheme: state.answers?.scheme ?? null,
      registrationNumber: state.told?.registrationNumber ?? null,
    }),
  })
}

function askingSteps(tools: ServiceTools) {
  const apply = step({
    title: { zh: '申请异地参保登记', en: 'Ask the other region to register' },
    opens: true,
    by: ['person', 'accept'],
    body: z.strictObject({ partyId: schemaId.optional(), answers }),
    record: asking.pick({ personId: true, answers: true, region: true }).extend(said.shape),
    to: 'asked',
    async take({ work, file, body }) {
      const personId = applicantIdOf(work, { applicant: 'person', named: body.partyId })
      const { agency, homeRegion } = await getPerson(work, personId, purpose)
      const region = regionOf(work, body.answers, homeRegion)
      await requireNoOther(work, tools, personId)
      const opened = { ...file, state: { ...initial, personId, answers: body.answers, region } }
      return {
        record: { personId, answers: body.answers, region, ...(await send(work, opened, 'asked')) },
        subject: { personId, agency },
        receipt: { kind: 'accepted' as const },
        deadlines: [await timeToAnswer(work, tools)],
        notices: [{ personId, code: 'notice.registration_forwarded' }],
      }
    },
    fold: (_, { body: { messageId, ...given } }) => ({ ...initial, ...given, messageIds: [messageId] }),
  })

  const askAgain = {
    body: z.strictObject({}),
    record: said,
    fold: (state: Asking, { body: { askedRevision, messageId } }: { body: z.infer<typeof said> }): Asking => ({
      ...state,
      askedRevision,
      messageIds: [...state.messageIds, messageId],
    }),
  }

  const remind = step({
    ...askAgain,
    title: { zh: '逾期催办', en: 'Remind: the time to answer is over' },
    from: ['asked'],
    by: ['system'],
    to: 'overdue',
    take: async ({ work, file }) => ({
      record: await send(work, file, 'asked'),
      notices: [{ personId: personOf(file), code: 'notice.registration_overdue' }],
    }),
  })

  const wait = step({
    title: { zh: '已联系参保地，继续等待', en: 'The other region was called: wait on' },
    from: ['overdue'],
    by: ['accept'],
    body: z.strictObject({ note }),
    record: z.strictObject({ note }),
    to: 'asked',
    take: async ({ work, body }) => ({
      record: body,
      deadlines: [{ meet: 'answer' }, await timeToAnswer(work, tools)],
    }),
  })

  const recall = step({
    ...askAgain,
    title: { zh: '撤回（告知参保地）', en: 'Take it back from the other region' },
    from: ['asked', 'overdue'],
    by: ['person', 'accept'],
    to: 'recalling',
    take: async ({ work, file }) => ({ record: await send(work, file, 'withdrawn'), deadlines: [{ meet: 'answer' }] }),
  })

  return { apply, remind, wait, recall }
}

type Outcome = 'noted' | 'registered' | 'refused' | 'withdrawn'

function hearingSteps() {
  const hearAnswer = step({
    title: { zh: '参保地答复', en: 'The other region answers' },
    from: ['asked', 'overdue', 'recalling'],
    by: ['system'],
    body: z.strictObject({ answer: answeredMessage, messageId: schemaId }),
    record: z.strictObject({ answer: answeredMessage, messageId: schemaId }),
    to: { noted: 'stay', registered: 'registered', refused: 'refused', withdrawn: 'withdrawn' },
    async take({ file, body }) {
      const { state } = body.answer
      const outcome: Outcome = state === 'received' ? 'noted' : state
      return {
        outcome,
        record: body,
        ...(outcome !== 'noted' && file.status !== 'recalling' && { deadlines: [{ meet: 'answer' }] }),
        notices: [{ personId: personOf(file), code: `notice.registration_there_${state}` }],
      }
    },
    fold: (state, { body: { answer, messageId } }) => {
      const { forwardNumber: _, revision, ...told } = answer
      return { ...state, told, answerRevision: revision, messageIds: [...state.messageIds, messageId] }
    },
  })
  return { hearAnswer }
}

/** Takes an answer of another region to the case that it is about; one that is older, or of a case that is closed, changes nothing. */
export async function hearAnswer(
  work: Work,
  { cases }: ServiceTools,
  flow: ReturnType<typeof askingFlow>,
  { from, messageId, answer }: { from: string; messageId: Id; answer: Answered },
): Promise<void> {
  const { forwardNumber: number } = answer
  const rows = await cases().find(work, { flow: askingFlowId, text: number, limit: 2 })
  const row = rows.find((each) => each.number === number)
  if (!row) throw new Refusal('forward_unknown', { params: { number } })
  const file = await cases().getOf(work, flow, row.caseId)
  const { region, answerRevision } = file.state
  if (from !== region) throw new Refusal('not_theirs_to_answer', { params: { from } })
  const isOpen = file.status === 'asked' || file.status === 'overdue' || file.status === 'recalling'
  if (answerRevision >= answer.revision || !isOpen) return
  await cases().take(work, {
    caseId: row.caseId,
    step: 'hearAnswer',
    expectedSeq: file.seq,
    idempotencyKey: `answer:${answer.revision}`,
    body: { answer, messageId },
  })
}

/** Where it belongs: to the household (国发〔2014〕8号, article 3), or to where somebody works (Social Insurance Law, article 10). */
function regionOf(work: Work, { scheme, workRegion }: z.infer<typeof answers>, homeRegion: string): string {
  if (scheme === 'flexible' && workRegion === undefined) {
    throw new BadInput([{ path: 'answers.workRegion', expected: 'the region of the work', found: 'nothing' }])
  }
  const region = provinceOf(scheme === 'flexible' ? (workRegion ?? homeRegion) : homeRegion).code
  if (region === work.node.region) throw new Refusal('registration_belongs_here')
  return region
}

async function requireNoOther(work: Work, { cases }: ServiceTools, personId: Id): Promise<void> {
  await takeTurns(work, `registration-elsewhere:${personId}`)
  const [open] = await cases().find(work, { flow: askingFlowId, personId, open: true, limit: 1 })
  if (open) throw new Refusal('registration_forwarded_before', { params: { number: open.number } })
}

async function timeToAnswer(work: Work, { rulebook }: ServiceTools) {
  const question = { on: work.today, insuredRegion: work.node.region }
  const days = await rulebook.valueOf(work, 'forwardAnswerWorkingDays', question)
  return { start: 'answer', unit: 'working_day' as const, amount: Number(days.value) }
}

/** Says it to the region; the whole identity number goes with it, and is in no log of the case. */
async function send(work: Work, file: AskingFile, state: Forwarded['state']): Promise<z.infer<typeof said>> {
  const { region, answers: given, askedRevision } = file.state
  const personId = personOf(file)
  const { scheme, atSchool, workRegion } = must(given, 'answers of a forwarded registration')
  const person = await asActor(work, systemActor, async (system) => {
    const { name, homeRegion } = await getPerson(system, personId, purpose)
    return { idNumber: await revealIdNumber(system, personId, purpose), name, homeRegion }
  })
  const revision = askedRevision + 1
  const place = scheme === 'flexible' ? (workRegion ?? person.homeRegion) : person.homeRegion
  const body: Forwarded = { forwardNumber: file.number, revision, state, person, answers: { scheme, atSchool }, place }
  const to = must(region, 'region of a forwarded registration')
  const messageId = await sendMessage(work, {
    ...{ to, kind: messageKinds.forwarded, version: 1, about: file.number },
    body,
  })
  await work.reach('insurance-registration.forwarded')
  return { askedRevision: revision, messageId }
}

function personOf({ state }: AskingFile): Id {
  return must(state.personId, 'person of a forwarded registration')
}
