import { z } from 'zod'
import { stepsOf } from '../cases/door.ts'
import type { BenefitMonth, MonthlyBenefit, MonthlyState, MonthlyStatus } from './monthly-benefit.ts'
import { noticesOfSettling, settleMonth, settleOrEnd } from './monthly-settling.ts'

const note = z.string().trim().min(1).max(300)

/**
 * The months of a benefit: `payMonth` decides each when it begins and orders it, until one is an end (the status `receiving` takes it by itself on the
 * first day of the next month); `recheck` compares with the registers at once, so that nobody waits for the next month to see a death.
 */
export function monthlySteps<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
) {
  const step = stepsOf<State, MonthlyStatus>()
  const { carried } = benefit

  const payMonth = step({
    title: { zh: '发放本月待遇', en: 'Pay the month' },
    from: ['receiving'],
    by: ['system'],
    body: z.strictObject({}),
    record: carried,
    to: { paid: 'stay', ended: 'ended' },
    async take({ work, file }) {
      const basis = benefit.basisOf(file.state)
      const decided = await benefit.decide(work, file, basis, benefit.nextMonth(file.state))
      const decision = decided.ruling
      if (decided.ended !== null) {
        const settled = await settleOrEnd(work, benefit, file, basis)
        const notices = benefit.tellEnd(file, settled.claimedFen)
        return { outcome: 'ended', record: settled.carried, decision, notices }
      }
      const { month } = await settleMonth(work, benefit, file, decided)
      await work.reach('benefits.month.ordered')
      const { spellId, months, owedFen, ended } = file.state
      return {
        outcome: 'paid',
        record: { spellId, months: [...months, month], owedFen, ended },
        decision,
        notices: benefit.tellMonth(file, month),
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const recheck = step({
    title: { zh: '核对登记并结算（如已死亡）', en: 'Compare with the registers, and settle' },
    from: ['receiving'],
    by: ['accept', 'review', 'system'],
    body: z.strictObject({ note }),
    record: z.strictObject({ carried, note: z.string() }),
    schemaVersion: 2,
    upcast: { 1: keptApart },
    to: { stays: 'stay', ended: 'ended' },
    async take({ work, file, body }) {
      const settled = await settleOrEnd(work, benefit, file, benefit.basisOf(file.state))
      const record = { carried: settled.carried, note: body.note }
      if (settled.next.ended === null) {
        const again = noticesOfSettling(benefit, file, settled.carried.months, body.note)
        return { outcome: 'stays', record, notices: again }
      }
      const notices = benefit.tellEnd(file, settled.claimedFen)
      return { outcome: 'ended', record, decision: settled.next.ruling, notices }
    },
    fold: (state, { body }) => ({ ...state, ...body.carried }),
  })

  return { payMonth, recheck }
}

/** Of records in which the note stood among what is carried. */
function keptApart(body: unknown): unknown {
  const { note: said, ...carried } = z.looseObject({ note: z.string() }).parse(body)
  return { carried, note: said }
}
