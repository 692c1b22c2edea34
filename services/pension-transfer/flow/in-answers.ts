import { must, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { bookMovement, takeMovementBack } from '../fund-books.ts'
import { type Answer, answerMessage } from '../messages-between.ts'
import { handlingTime } from './in-application.ts'
import { inStep, type TransferInFile, transferOf } from './in-state.ts'

type Told = Answer['state']

/** Where each answer leads from where the case stands; what is not named changes nothing but the known revision. */
const leadsTo: Readonly<Record<string, Partial<Record<Told, Outcome>>>> = {
  asked: { declined: 'declined', formed: 'form_received', paid: 'received' },
  form_received: { paid: 'received' },
  // The question was taken back: the old region has let it be, or had paid before it heard.
  recalling: { declined: 'withdrawn', cancelled: 'withdrawn', paid: 'received' },
  returning: { restored: 'sent_back' },
}

type Outcome = 'form_received' | 'received' | 'declined' | 'withdrawn' | 'sent_back' | 'noted'

const notices: Partial<Record<Outcome, string>> = {
  received: 'notice.transfer_received_money',
  declined: 'notice.transfer_declined',
  withdrawn: 'notice.transfer_withdrawn',
  sent_back: 'notice.transfer_sent_back',
}

/** What the old region says: the information form, the money, or why not. Each answer carries all, so that any order will do. */
export function answerSteps(tools: ServiceTools) {
  const hearAnswer = inStep({
    title: { zh: '原参保地回复', en: "The old region's answer" },
    from: ['asked', 'form_received', 'received', 'completed', 'declined', 'recalling', 'returning', 'sent_back'],
    by: ['system'],
    body: answerMessage,
    record: answerMessage.omit({ transferNumber: true }),
    to: {
      form_received: 'form_received',
      received: 'received',
      declined: 'declined',
      withdrawn: 'withdrawn',
      sent_back: 'sent_back',
      noted: 'stay',
    },
    async take({ work, file, body: { transferNumber: _, ...answer } }) {
      const outcome = leadsTo[file.status]?.[answer.state] ?? 'noted'
      await bookAnswer(work, file, answer)
      const code = notices[outcome]
      return {
        outcome,
        record: answer,
        ...(outcome === 'received' && { deadlines: [await handlingTime(work, tools, 'finish')] }),
        notices: code === undefined ? [] : [{ personId: transferOf(file).personId, code }],
      }
    },
    fold: (state, { body: { revision, state: told, reason, form, paidOn } }) => ({
      ...state,
      answerRevision: revision,
      declinedFor: told === 'declined' ? reason : state.declinedFor,
      form: form ?? state.form,
      paidOn: paidOn ?? state.paidOn,
    }),
  })
  return { hearAnswer }
}

/** What an answer means for the books: what is formed is owed, what is paid has come, what was cancelled is owed no more. */
async function bookAnswer(work: Work, file: TransferInFile, answer: Omit<Answer, 'transferNumber'>): Promise<void> {
  const movement = { transferNumber: file.number, partner: transferOf(file).fromRegion, caseId: file.id }
  if (answer.state === 'cancelled') await takeMovementBack(work, 'in_owed', movement)
  if (answer.state !== 'formed' && answer.state !== 'paid') return
  const { amountFen } = must(answer.form, 'form of an answer')
  await bookMovement(work, 'in_owed', { ...movement, amountFen })
  if (answer.state === 'paid') await bookMovement(work, 'in_received', { ...movement, amountFen })
  await work.reach('pension-transfer.answer-booked')
}
