import { z } from 'zod'
import { type CaseFile, stepsOf } from '../../cases/door.ts'
import { asActor, type Id, must, Refusal, schemaDate, schemaId, systemActor, type Work } from '../../ground/door.ts'
import { cancelCard, schemaCardAccount } from '../../people/door.ts'
import { moveBlanks } from './blanks.ts'
import { bringIntoForce, keepMadeCard } from './making.ts'
import type { MatterState, MatterStatus } from './matter-state.ts'
import { getOutlet } from './outlets.ts'

const step = stepsOf<MatterState, MatterStatus>()

const reason = z.string().trim().min(1).max(200)
const inForce = { cardId: schemaId, inForceOn: schemaDate }

/** The steps that follow acceptance where a card is made: made by another than who accepted, handed over, activated, taken back. */
export function makingSteps() {
  return { make: makeStep(), spoil: spoilStep(), handOver: handOverStep(), activate: activateStep(), ...endingSteps() }
}

function makeStep() {
  return step({
    title: { zh: '制卡', en: 'Make the card' },
    from: ['accepted'],
    by: ['bank_officer'],
    notSameUserAs: ['accept'],
    body: z.strictObject({
      number: z.string().regex(/^[0-9A-Z]{6,20}$/, { error: 'a card number of 6 to 20 digits and capitals' }),
      accountNumber: schemaCardAccount.shape.accountNumber.optional(),
    }),
    record: z.strictObject({ cardNumber: z.string(), withAccount: z.boolean(), ofOwnBlank: z.boolean() }),
    to: 'made',
    async take({ work, file, body }) {
      const { name } = await outletOf(work, file)
      // What the centre made was made of the centre's blanks.
      const ofOwnBlank = file.state.plan?.immediate ?? false
      if (ofOwnBlank) await moveOwn(work, file, 'used', `制卡 ${file.number}`)
      await keepMadeCard(work, {
        caseId: file.id,
        number: body.number,
        bankName: name,
        accountNumber: body.accountNumber,
      })
      return {
        record: { cardNumber: body.number, withAccount: body.accountNumber !== undefined, ofOwnBlank },
        deadlines: [{ meet: 'making' }],
        notices: ofOwnBlank ? [] : [noticeOf(file, 'notice.card_made')],
      }
    },
    fold: (state, { body }) => ({ ...state, cardNumber: body.cardNumber }),
  })
}

function spoilStep() {
  return step({
    title: { zh: '登记废卡', en: 'Record a spoiled card' },
    from: ['accepted'],
    by: ['bank_officer'],
    notSameUserAs: ['accept'],
    body: z.strictObject({ reason }),
    record: z.strictObject({ reason: z.string() }),
    to: 'stay',
    async take({ work, file, body }) {
      await moveOwn(work, file, 'spoiled', body.reason)
      return { record: body }
    },
    fold: (state) => ({ ...state, spoiled: state.spoiled + 1 }),
  })
}

/** Handed to the holder it is in force at once; handed to a proxy it waits for the holder, who activates it. */
function handOverStep() {
  return step({
    title: { zh: '发卡', en: 'Hand the card over' },
    from: ['made'],
    by: ['bank_officer', 'system'],
    body: z.strictObject({ to: z.enum(['holder', 'proxy']) }),
    record: z.strictObject({ to: z.enum(['holder', 'proxy']), inForce: z.strictObject(inForce).nullable() }),
    to: { in_force: 'done', waiting: 'handed_over' },
    async take({ work, file, body }) {
      if (body.to === 'proxy') {
        const record = { to: body.to, inForce: null }
        return { outcome: 'waiting' as const, record, notices: [noticeOf(file, 'notice.card_waits_for_activation')] }
      }
      return {
        outcome: 'in_force' as const,
        record: { to: body.to, inForce: await activated(work, file) },
        notices: [told(file)],
      }
    },
    fold: (state, { body }) => ({ ...state, handedTo: body.to, ...body.inForce }),
  })
}

function activateStep() {
  return step({
    title: { zh: '激活', en: 'Activate' },
    from: ['handed_over'],
    by: ['bank_officer', 'system'],
    body: z.strictObject({}),
    record: z.strictObject(inForce),
    to: 'done',
    take: async ({ work, file }) => ({ record: await activated(work, file), notices: [told(file)] }),
    fold: (state, { body }) => ({ ...state, ...body }),
  })
}

function endingSteps() {
  const cancel = step({
    title: { zh: '取消办理（已制的卡销毁）', en: 'Cancel (a card that was made is destroyed)' },
    from: ['accepted', 'made', 'handed_over'],
    by: ['bank_officer'],
    body: z.strictObject({ reason }),
    record: z.strictObject({ reason: z.string() }),
    to: 'cancelled',
    take: async ({ file, body }) => ({ record: body, notices: [noticeOf(file, 'notice.card_matter_cancelled', body)] }),
  })
  const takeBack = step({
    title: { zh: '收回错发的卡', en: 'Take back a card issued wrongly' },
    from: ['done'],
    by: ['bank_officer'],
    notSameUserAs: ['handOver', 'activate'],
    body: z.strictObject({ reason }),
    record: z.strictObject({ reason: z.string() }),
    to: 'taken_back',
    async take({ work, file, body }) {
      const { cardId } = file.state
      if (cardId === null) throw new Refusal('nothing_to_take_back', { clause: 'B4.06' })
      await asActor(work, systemActor, (system) => cancelCard(system, cardId))
      return { record: body, notices: [noticeOf(file, 'notice.card_taken_back', body)] }
    },
  })
  return { cancel, takeBack }
}

type File = CaseFile<MatterState>

function outletOf(work: Work, { state }: File) {
  return getOutlet(work, must(state.outletId, 'the outlet'))
}

async function activated(work: Work, file: File) {
  const { name } = await outletOf(work, file)
  return bringIntoForce(work, { caseId: file.id, state: file.state, outlet: name })
}

function moveOwn(work: Work, file: File, kind: 'used' | 'spoiled', note: string): Promise<void> {
  return moveBlanks(work, { outletId: must(file.state.outletId, 'the outlet'), kind, cards: 1, note, caseId: file.id })
}

function told(file: File) {
  return noticeOf(file, file.state.plan?.renewsECard ? 'notice.card_in_force_with_e_card' : 'notice.card_in_force')
}

function noticeOf({ state, number }: File, code: string, params: { reason?: string } = {}) {
  const personId: Id = must(state.personId, 'the holder')
  return { personId, code, params: { number, ...params } }
}
