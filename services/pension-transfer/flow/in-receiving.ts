import { z } from 'zod'
import { asActor, must, Refusal, systemActor } from '../../../ground/door.ts'
import { handOverMonths, receiveMonths } from '../../../people/door.ts'
import { takeMovementBack } from '../fund-books.ts'
import { inStep, sendLetter, transferInState, transferOf } from './in-state.ts'

const opinion = z.string().trim().min(1).max(500)

/** Months enter the register when an officer has compared form and money; what is wrong goes back whole, also afterwards. */
export function receivingSteps() {
  const confirm = inStep({
    title: { zh: '核对并办结（记入缴费月数）', en: 'Compare, and enter the months' },
    from: ['received'],
    by: ['accept', 'review'],
    body: z.strictObject({ opinion }),
    record: z.strictObject({ opinion }),
    to: 'completed',
    async take({ work, file, body }) {
      const { personId, fromRegion } = transferOf(file)
      const { months } = must(file.state.form, 'form of a paid transfer')
      const moving = { personId, insurance: 'pension', region: fromRegion } as const
      await asActor(work, systemActor, (system) => receiveMonths(system, moving, months))
      await work.reach('pension-transfer.months-entered')
      return {
        record: body,
        deadlines: [{ meet: 'finish' }],
        notices: [{ personId, code: 'notice.transfer_completed', params: { months: months.length } }],
      }
    },
    fold: (state) => ({ ...state, monthsEntered: true }),
  })

  const sendBack = inStep({
    title: { zh: '退回原参保地（资金和月数）', en: 'Send money and months back' },
    from: ['received', 'completed'],
    by: ['approve'],
    notSameUserAs: ['confirm'],
    body: z.strictObject({ reason: opinion }),
    record: transferInState.pick({ letterRevision: true }).extend({ reason: z.string() }),
    to: 'returning',
    async take({ work, file, body: { reason } }) {
      const { personId, fromRegion } = transferOf(file)
      const { months, amountFen } = must(file.state.form, 'form of a paid transfer')
      const movement = { transferNumber: file.number, partner: fromRegion }
      if (file.state.monthsEntered) {
        const moving = { personId, insurance: 'pension', region: fromRegion } as const
        const ofMonths = months.map(({ month }) => month)
        const handed = await asActor(work, systemActor, (system) => handOverMonths(system, moving, ofMonths))
        if (handed < months.length) throw new Refusal('months_moved_on', { params: { number: file.number } })
      }
      await takeMovementBack(work, 'in_received', movement)
      await takeMovementBack(work, 'in_owed', movement)
      const letterRevision = await sendLetter(work, file, { state: 'returned', returnedFen: amountFen, reason })
      return { record: { letterRevision, reason }, notices: [{ personId, code: 'notice.transfer_going_back' }] }
    },
    fold: (state, { body: { letterRevision } }) => ({ ...state, letterRevision, monthsEntered: false }),
  })

  return { confirm, sendBack }
}
