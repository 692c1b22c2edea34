import { z } from 'zod'
import { addDays, BadInput, Refusal, schemaFen, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { requireNotAtBank } from './payment-lines.ts'
import { postCorrection, postUndoing, revised, settlementOf } from './stay-books.ts'
import { transactionNumber } from './stay-settlement.ts'
import { type StayFile, type StayState, type StayStatus, settlement, step } from './stay-state.ts'
import { publishSettlement } from './stay-telling.ts'

const standing = ['settled', 'reconciled', 'audited', 'paid', 'cleared'] as const satisfies readonly StayStatus[]

const reason = z.string().trim().min(2).max(300)

/** What takes a settlement back: undoing (结算撤销), reversal of one whose outcome is unknown (冲正), correction of a part (更正). */
export function undoingSteps(tools: ServiceTools) {
  const undo = step({
    title: { zh: '撤销结算', en: 'Undo the settlement' },
    from: standing,
    by: ['hospital_office', 'audit'],
    body: z.strictObject({ reason }),
    record: z.strictObject({ reason: z.string(), after: z.string(), settlement }),
    to: 'undone',
    async take({ work, file, body }) {
      // Once the agency has it in its books of the month, only the agency undoes.
      if (file.status !== 'settled' && work.actor.kind === 'institution') throw new Refusal('undoing_needs_agency')
      return { record: { reason: body.reason, after: file.status, settlement: await undone(work, tools, file) } }
    },
    fold: foldUndone,
  })

  const reverse = step({
    title: { zh: '冲正', en: 'Reverse a transaction' },
    from: ['pending_eligibility', 'in_hospital', 'previewed', ...standing, 'undone'],
    by: ['hospital_office'],
    body: z.strictObject({ transactionNumber }),
    record: z.strictObject({ transactionNumber: z.string(), settlement: settlement.nullable() }),
    to: { undone: 'undone', noted: 'stay' },
    async take({ work, file, body }) {
      const settled = file.state.settlement
      if (settled?.transactionNumber !== body.transactionNumber || settled.undoneOn !== null) {
        return { outcome: 'noted', record: { ...body, settlement: null } }
      }
      await requireInTime(work, tools, file)
      return { outcome: 'undone', record: { ...body, settlement: await undone(work, tools, file) } }
    },
    fold: (state, { body }) => {
      const noted = { ...state, reversed: [...new Set([...state.reversed, body.transactionNumber])] }
      return body.settlement ? foldUndone(noted, { body: { settlement: body.settlement } }) : noted
    },
  })

  const correct = step({
    title: { zh: '更正结算', en: 'Correct the settlement' },
    from: standing,
    by: ['audit'],
    body: z.strictObject({ lessFen: schemaFen.min(1), reason }),
    record: z.strictObject({ lessFen: schemaFen, reason: z.string(), settlement }),
    to: 'stay',
    async take({ work, file, body }) {
      const { fundFen, deductedFen } = settlementOf(file)
      const lessFenMax = fundFen - deductedFen - 1
      if (body.lessFen > lessFenMax) {
        // Nothing would be left: that is an undoing.
        throw new BadInput([{ path: 'lessFen', expected: `1 .. ${lessFenMax}`, found: String(body.lessFen) }])
      }
      const corrected = revised(settlementOf(file), {
        deductedFen: deductedFen + body.lessFen,
        home: 'waiting',
      })
      await requireNotAtBank(work, tools, corrected.number)
      await postCorrection(work, file, corrected, body.lessFen)
      await work.reach('stay.correct.posted')
      await publishSettlement(work, file, corrected)
      await work.reach('stay.correct.told')
      return { record: { ...body, settlement: corrected } }
    },
    fold: (state, { body }) => ({ ...state, settlement: body.settlement }),
  })

  return { undo, reverse, correct }
}

/** The settlement undone: in the books, in the lists and told to the insured region. */
async function undone(work: Work, tools: ServiceTools, file: StayFile) {
  const taken = revised(settlementOf(file), { undoneOn: work.today, home: 'waiting' })
  await requireNotAtBank(work, tools, taken.number)
  await postUndoing(work, file, taken)
  await work.reach('stay.undo.posted')
  await publishSettlement(work, file, taken)
  await work.reach('stay.undo.told')
  return taken
}

function foldUndone(state: StayState, { body }: { body: { settlement: StayState['settlement'] } }): StayState {
  return { ...state, settlement: body.settlement, preview: null }
}

/** A reversal is for a transaction whose outcome nobody has seen; later, or once the agency has reconciled it, it is undone as what it is. */
async function requireInTime(work: Work, { rulebook }: ServiceTools, file: StayFile): Promise<void> {
  const { settledOn } = settlementOf(file)
  const term = await rulebook.valueOf(work, 'reversalDays', { on: settledOn, insuredRegion: file.agency })
  const lastDay = addDays(settledOn, Number(term.value))
  if (file.status !== 'settled' || work.today > lastDay) throw new Refusal('reversal_too_late', { params: { lastDay } })
}
