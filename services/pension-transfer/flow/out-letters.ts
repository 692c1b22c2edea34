import { z } from 'zod'
import { must, Refusal, schemaId, schemaRegion, type Work } from '../../../ground/door.ts'
import { takeMonthsBack } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { takeMovementBack } from '../fund-books.ts'
import { letterMessage } from '../messages-between.ts'
import { handlingTime } from './in-application.ts'
import {
  initialTransferOut,
  outStep,
  requestOf,
  sendAnswer,
  type TransferOutFile,
  transferOutState,
} from './out-state.ts'

/** What a letter says, without who the person is: the log knows them by id. */
const letterHeard = letterMessage.omit({ transferNumber: true, person: true })

/** What the new region says: it asks, takes the question back, or has sent money and months back. */
export function letterSteps(tools: ServiceTools) {
  const receive = outStep({
    title: { zh: '收到联系函', en: 'A letter came' },
    opens: true,
    by: ['system'],
    body: z.strictObject({ transferNumber: z.string(), newRegion: schemaRegion }),
    record: transferOutState.pick({ transferNumber: true, newRegion: true }),
    to: 'opened',
    take: async ({ work, body }) => ({ record: body, subject: { agency: work.node.region } }),
    fold: (_, { body }) => ({ ...initialTransferOut, ...body }),
  })

  const hear = outStep({
    title: { zh: '新参保地来函', en: "The new region's word" },
    from: ['opened', 'to_prepare', 'to_approve', 'to_pay', 'paid', 'declined', 'restored', 'cancelled'],
    by: ['system'],
    body: letterHeard.extend({ personId: schemaId.nullable(), agency: schemaRegion }),
    record: letterHeard.extend({ personId: schemaId.nullable(), answerRevision: z.int().min(0) }),
    to: { to_prepare: 'to_prepare', cancelled: 'cancelled', restored: 'restored', noted: 'stay' },
    async take({ work, file, body: { agency, ...letter } }) {
      const { answerRevision } = file.state
      const isOpen = ['opened', 'to_prepare', 'to_approve', 'to_pay'].includes(file.status)
      if (letter.state === 'asked' && file.status === 'opened') {
        return {
          outcome: 'to_prepare' as const,
          record: { ...letter, answerRevision },
          subject: { agency, personId: letter.personId },
          deadlines: [await handlingTime(work, tools, 'handle')],
        }
      }
      if (letter.state === 'withdrawn' && isOpen) {
        await takeMovementBack(work, 'out_owed', requestOf(file))
        const revision = await sendAnswer(work, file, { state: 'cancelled' })
        return { outcome: 'cancelled' as const, record: { ...letter, answerRevision: revision } }
      }
      if (letter.state === 'returned' && file.status === 'paid') {
        await restore(work, file, letter.returnedFen)
        const revision = await sendAnswer(work, file, { state: 'restored' })
        return {
          outcome: 'restored' as const,
          record: { ...letter, answerRevision: revision },
          notices: [{ personId: must(file.state.personId, 'person of a transfer'), code: 'notice.transfer_restored' }],
        }
      }
      return { outcome: 'noted' as const, record: { ...letter, answerRevision } }
    },
    fold: (state, { body: { revision, personId, monthsHere, answerRevision } }) => ({
      ...state,
      answerRevision,
      letterRevision: revision,
      personId: personId ?? state.personId,
      monthsThere: monthsHere,
    }),
  })

  return { receive, hear }
}

/** Money and months that came back: the books are as before, and the months count here again. What was refunded for months paid twice stays so. */
async function restore(work: Work, file: TransferOutFile, returnedFen: number): Promise<void> {
  const request = requestOf(file)
  const { months, amountFen } = must(file.state.form, 'form of a paid transfer')
  if (returnedFen !== amountFen) {
    throw new Refusal('returned_amount_differs', { params: { number: request.transferNumber, returnedFen, amountFen } })
  }
  await takeMovementBack(work, 'out_paid', request)
  await takeMovementBack(work, 'out_owed', request)
  const personId = must(file.state.personId, 'person of a transfer')
  const moving = { personId, insurance: 'pension', region: request.partner } as const
  await takeMonthsBack(
    work,
    moving,
    months.map(({ month }) => month),
  )
  await work.reach('pension-transfer.restored')
}
