import { z } from 'zod'
import { must, schemaFen } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { bookMovement } from '../fund-books.ts'
import { informationForm } from '../messages-between.ts'
import { decideTransferOut, fillForm, monthsToMove } from '../relation-facts.ts'
import { outStep, requestOf, sendAnswer, type TransferOutFile } from './out-state.ts'

const opinion = z.string().trim().min(1).max(500)
const answerRevision = z.int().min(0)

/** The form is filled in by one officer and approved by another; the rule may say that the relation stays. */
export function preparingSteps(tools: ServiceTools) {
  const prepare = outStep({
    title: { zh: '核对并填写信息表', en: 'Compare, and fill in the form' },
    from: ['to_prepare'],
    by: ['accept'],
    body: z.strictObject({
      opinion,
      /** Interest of the personal account, and its principal of before 1998: the account's own record says it, no register does. */
      interestFen: schemaFen.default(0),
    }),
    record: z.strictObject({ opinion, form: informationForm.nullable(), answerRevision }),
    to: { to_approve: 'to_approve', declined: 'declined' },
    async take({ work, file, body }) {
      const { personId, monthsThere } = file.state
      const months = personId === null ? noMonths : await monthsToMove(work, personId, monthsThere)
      const ruling = await decideTransferOut(work, tools, { personId, months })
      if (ruling.decision.outcome !== 'granted') {
        const reason = ruling.decision.reason ?? ruling.decision.outcome
        return {
          outcome: 'declined' as const,
          record: {
            opinion: body.opinion,
            form: null,
            answerRevision: await sendAnswer(work, file, { state: 'declined', reason }),
          },
          decision: ruling,
          deadlines: [{ meet: 'handle' }],
        }
      }
      const known = must(personId, 'person of a relation that goes')
      const filled = await fillForm(work, tools, known, months, body.interestFen)
      return {
        outcome: 'to_approve' as const,
        record: { opinion: body.opinion, form: filled.form, answerRevision: file.state.answerRevision },
        decision: filled.ruling,
      }
    },
    fold: (state, { body: { form, answerRevision: revision } }) => ({ ...state, form, answerRevision: revision }),
  })

  const approve = outStep({
    title: { zh: '审批转出', en: 'Approve' },
    from: ['to_approve'],
    by: ['approve'],
    notSameUserAs: ['prepare'],
    body: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion }),
    record: z.strictObject({ opinion, answerRevision }),
    to: { approved: 'to_pay', returned: 'to_prepare' },
    async take({ work, file, body: { outcome, opinion: said } }) {
      if (outcome === 'returned') {
        return { outcome, record: { opinion: said, answerRevision: file.state.answerRevision } }
      }
      const { amountFen } = formOf(file)
      await bookMovement(work, 'out_owed', { ...requestOf(file), amountFen, caseId: file.id })
      const revision = await sendAnswer(work, file, { state: 'formed' })
      return { outcome, record: { opinion: said, answerRevision: revision } }
    },
    fold: (state, { body: { answerRevision: revision } }) => ({ ...state, answerRevision: revision }),
  })

  return { prepare, approve }
}

const noMonths = { moving: [], overlapping: [] }

/** What was prepared to move. */
export function formOf({ state }: TransferOutFile) {
  return must(state.form, 'form of a prepared transfer')
}
