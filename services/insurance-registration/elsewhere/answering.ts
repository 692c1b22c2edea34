import { z } from 'zod'
import { type CaseFile, type Cases, defineFlow, stepsOf } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import { attemptApart, type Id, must, schemaId, schemaRegion, type Work } from '../../../ground/door.ts'
import { isWithin, regionPath } from '../../../law/door.ts'
import { findPersonByIdNumber, registerPerson } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { type Answered, answeredMessage, type Forwarded, forwardedMessage, messageKinds } from './messages-between.ts'

const purpose = 'insurance_registration'

/** The flow where the registration belongs; the registration itself is a case of `registrationFlowId`. */
export const answeringFlowId = 'registration-forwarded'

/** The flow of registrations, wherever they come from. */
export const registrationFlowId = 'insurance-registration'

const told = answeredMessage.omit({ forwardNumber: true, revision: true })
const answering = z.strictObject({
  forwardNumber: z.string().nullable(),
  fromRegion: schemaRegion.nullable(),
  personId: schemaId.nullable(),
  registrationCaseId: schemaId.nullable(),
  heardRevision: z.int().min(0),
  answerRevision: z.int().min(0),
  told: told.nullable(),
  messageIds: z.array(schemaId),
})

/** The state of a registration that another region has forwarded. */
export type Answering = z.infer<typeof answering>
type Status = 'opened' | 'registering' | 'registered' | 'refused' | 'withdrawn'
type Told = z.infer<typeof told>

const step = stepsOf<Answering, Status>()
const spoken = answering.pick({ answerRevision: true, told: true }).extend({ messageIds: z.array(schemaId) })

/** A registration that another region has forwarded: opened at the desk like any other, and answered with what becomes of it. */
export function answeringFlow(tools: ServiceTools) {
  return defineFlow<Answering>({
    id: answeringFlowId,
    service: 'insurance-registration',
    version: 1,
    title: { zh: '外地转来的参保登记', en: 'Registration forwarded by another region' },
    numberPrefix: 'CBZ',
    state: answering,
    initial: {
      ...{ forwardNumber: null, fromRegion: null, personId: null, registrationCaseId: null },
      ...{ heardRevision: 0, answerRevision: 0, told: null, messageIds: [] },
    },
    statuses: {
      opened: { title: { zh: '已收到', en: 'Received' }, waitsFor: 'system' },
      registering: { title: { zh: '本地办理中', en: 'Being registered here' }, waitsFor: 'desk' },
      registered: { title: { zh: '已登记并答复', en: 'Registered and answered' }, final: true },
      refused: { title: { zh: '不予登记，已答复', en: 'Refused and answered' }, final: true },
      withdrawn: { title: { zh: '对方撤回', en: 'Taken back' }, final: true },
    },
    steps: answeringSteps(tools),
    summary: ({ state: { forwardNumber, fromRegion, told: answered } }) => ({
      forwardNumber,
      fromRegion,
      registrationNumber: answered?.registrationNumber ?? null,
    }),
  })
}

function answeringSteps(tools: ServiceTools) {
  const open = step({
    title: { zh: '收到外地申请', en: 'Received' },
    opens: true,
    by: ['system'],
    body: z.strictObject({ forwardNumber: z.string(), fromRegion: schemaRegion }),
    record: z.strictObject({ forwardNumber: z.string(), fromRegion: schemaRegion }),
    to: 'opened',
    take: async ({ body }) => ({ record: body }),
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const to = { received: 'registering', registered: 'registered', refused: 'refused', withdrawn: 'withdrawn' } as const

  const hear = step({
    title: { zh: '登记外地来文', en: 'Take what the other region says' },
    from: ['opened', 'registering'],
    by: ['system'],
    body: z.strictObject({ said: forwardedMessage, messageId: schemaId }),
    record: spoken.extend({
      heardRevision: z.int(),
      personId: schemaId.nullable(),
      registrationCaseId: schemaId.nullable(),
    }),
    to,
    async take({ work, file, body: { said, messageId } }) {
      const opened = await openOrWithdraw(work, tools, file, said)
      const spokenNow = await answer(work, file, said.forwardNumber, opened.told)
      return {
        outcome: opened.told.state,
        record: {
          heardRevision: said.revision,
          personId: opened.personId,
          registrationCaseId: opened.registrationCaseId,
          ...spokenNow,
          messageIds: [messageId, ...spokenNow.messageIds],
        },
        subject: { ...(opened.personId !== null && { personId: opened.personId }), agency: opened.agency },
      }
    },
    fold: (state, { body }) => ({ ...state, ...body, messageIds: [...state.messageIds, ...body.messageIds] }),
  })

  const tell = step({
    title: { zh: '答复外地', en: 'Answer the other region' },
    from: ['registering'],
    by: ['system'],
    body: z.strictObject({}),
    record: spoken,
    to,
    async take({ work, file }) {
      const now = await becameOf(work, tools.cases(), must(file.state.registrationCaseId, 'a registration'))
      const record = await answer(work, file, must(file.state.forwardNumber, 'number of a forward'), now)
      return { outcome: now.state, record }
    },
    fold: (state, { body }) => ({ ...state, ...body, messageIds: [...state.messageIds, ...body.messageIds] }),
  })

  return { open, hear, tell }
}

type Opened = { told: Told; personId: Id | null; registrationCaseId: Id | null; agency: string }

/** Opens the registration where it is not yet, or withdraws it while it is undecided; what is said again is answered again as it stands. */
async function openOrWithdraw(
  work: Work,
  tools: ServiceTools,
  file: CaseFile<Answering>,
  said: Forwarded,
): Promise<Opened> {
  const { personId, registrationCaseId } = file.state
  const known = { personId, registrationCaseId, agency: file.agency }
  if (registrationCaseId !== null) {
    const now = await becameOf(work, tools.cases(), registrationCaseId)
    if (said.state === 'asked' || now.state !== 'received') return { ...known, told: now }
    const { file: registration } = await tools.cases().get(work, registrationCaseId)
    await tools.cases().take(work, {
      ...{ caseId: registrationCaseId, step: 'withdraw', body: { reason: said.forwardNumber } },
      ...{ expectedSeq: registration.seq, idempotencyKey: `withdrawn:${said.forwardNumber}` },
    })
    return { ...known, told: { ...now, state: 'withdrawn' } }
  }
  if (said.state === 'withdrawn') return { ...known, told: nothing('withdrawn', null) }
  return openRegistration(work, tools, said)
}

function nothing(state: 'refused' | 'withdrawn', reason: string | null): Told {
  return { state, reason, registrationNumber: null, from: null }
}

/** Who is not in the register yet is entered as the other region says, and an officer compares it before anything is decided. */
async function openRegistration(
  work: Work,
  { cases }: ServiceTools,
  { person, answers, forwardNumber, place }: Forwarded,
): Promise<Opened> {
  const { idNumber, name, homeRegion } = person
  const known = await findPersonByIdNumber(work, idNumber, purpose)
  if (known && known.name !== name) {
    return {
      ...{ told: nothing('refused', 'name_differs_there'), personId: null, registrationCaseId: null },
      agency: work.node.region,
    }
  }
  const agency = known?.agency ?? agencyAt(work, place)
  const personId = known?.personId ?? (await registerPerson(work, { idNumber, name, homeRegion, agency })).personId
  const attempt = await attemptApart(work, (part) =>
    cases().open(part, {
      flow: registrationFlowId,
      step: 'apply',
      subject: { personId },
      agency,
      idempotencyKey: `forwarded:${forwardNumber}`,
      body: { partyId: personId, answers },
    }),
  )
  if ('code' in attempt) {
    return { told: nothing('refused', 'applied_there_already'), personId, registrationCaseId: null, agency }
  }
  const { caseId } = attempt.done
  return { told: await becameOf(work, cases(), caseId), personId, registrationCaseId: caseId, agency }
}

/** The agency of a place here: its city's; the region's own where the place is none of a city of it. */
function agencyAt({ node }: Work, place: string): string {
  if (!isWithin(place, node.region)) return node.region
  return regionPath(place).find(({ level }) => level === 'prefecture')?.code ?? node.region
}

const decision = z.looseObject({
  from: z.string().nullable(),
  found: z.looseObject({ reason: z.string().nullable() }).nullable(),
})

/** What has become of a registration: an officer has it, it stands or did, it was refused (not accepted, withdrawn here), with the reason. */
async function becameOf(work: Work, cases: Cases, caseId: Id): Promise<Told> {
  const { file } = await cases.get(work, caseId)
  const { from, found } = decision.parse(file.state)
  const of = { registrationNumber: file.number, from: null, reason: null }
  if (file.status === 'standing' || file.status === 'ended') return { ...of, state: 'registered', from }
  if (file.status === 'refused') return { ...of, state: 'refused', reason: found?.reason ?? 'refused_there' }
  if (file.status === 'not_accepted') return { ...of, state: 'refused', reason: 'not_accepted_there' }
  if (file.status === 'withdrawn') return { ...of, state: 'withdrawn' }
  return { ...of, state: 'received' }
}

async function answer(work: Work, file: CaseFile<Answering>, forwardNumber: string, said: Told) {
  const answerRevision = file.state.answerRevision + 1
  const body: Answered = { forwardNumber, revision: answerRevision, ...said }
  const messageId = await sendMessage(work, {
    ...{ to: must(file.state.fromRegion, 'region of a forward'), kind: messageKinds.answered, version: 1 },
    ...{ about: forwardNumber, body },
  })
  await work.reach('insurance-registration.answered')
  return { answerRevision, told: said, messageIds: [messageId] }
}

/** Takes what another region says to its case here, opening it where there is none; what is older changes nothing, what is answered is answered again. */
export async function hearForwarded(
  work: Work,
  { cases }: ServiceTools,
  flow: ReturnType<typeof answeringFlow>,
  { from, messageId, said }: { from: string; messageId: Id; said: Forwarded },
): Promise<void> {
  const { caseId } = await cases().open(work, {
    flow: answeringFlowId,
    step: 'open',
    subject: {},
    agency: work.node.region,
    idempotencyKey: `forward:${from}:${said.forwardNumber}`,
    body: { forwardNumber: said.forwardNumber, fromRegion: from },
  })
  const file = await cases().getOf(work, flow, caseId)
  if (file.state.heardRevision >= said.revision || file.closedAt !== null) return
  await cases().take(work, {
    caseId,
    step: 'hear',
    expectedSeq: file.seq,
    idempotencyKey: `said:${said.revision}`,
    body: { said, messageId },
  })
}

/** Answers the regions whose registrations were decided since: once for each. */
export async function tellDecided(
  work: Work,
  { cases }: ServiceTools,
  flow: ReturnType<typeof answeringFlow>,
): Promise<void> {
  for (const { caseId } of await cases().find(work, { flow: answeringFlowId, status: 'registering', limit: 1_000 })) {
    const file = await cases().getOf(work, flow, caseId)
    const now = await becameOf(work, cases(), must(file.state.registrationCaseId, 'a registration'))
    if (now.state === 'received') continue
    // One that another transaction moved on meanwhile is looked at again at the next turn.
    await attemptApart(work, (part) =>
      cases().take(part, {
        ...{ caseId, step: 'tell', body: {}, expectedSeq: file.seq },
        idempotencyKey: `decided:${now.state}`,
      }),
    )
  }
}
