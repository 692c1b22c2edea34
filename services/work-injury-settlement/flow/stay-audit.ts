import { z } from 'zod'
import { BadInput, type BothLanguages, must, schemaDate, schemaFen, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { noteProgress } from '../settlements.ts'
import { postDeduction, revised, settlementOf } from './stay-books.ts'
import { onceSettled, type StayFile, settlement, step } from './stay-state.ts'
import { publishSettlement } from './stay-telling.ts'

const auditForm = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('passed'), opinion: z.string().trim().max(500).optional() }),
  z.strictObject({
    outcome: z.literal('deduct'),
    amountFen: schemaFen.min(1),
    reason: z.string().trim().min(2).max(500),
  }),
])

const clearedItem = z.strictObject({ statement: z.string(), settlementNumber: z.string(), clearedFen: z.int() })

const closedAudit = z.strictObject({ settlement, note: z.string().nullable() })

/** What the treatment agency does with a settlement: reconciliation, audit with deduction and appeal, payment, clearing. */
export function auditSteps({ rulebook }: ServiceTools) {
  const reconcile = step({
    title: { zh: '月度对账', en: 'Reconciled with the hospital' },
    from: ['settled'],
    by: ['system'],
    body: z.strictObject({ reconciliation: z.string() }),
    record: z.strictObject({ reconciliation: z.string() }),
    to: 'reconciled',
    async take({ work, file, body }) {
      await noteProgress(work, 'host', settlementOf(file).number, { reconciled_on: work.today })
      return { record: body }
    },
  })

  const audit = step({
    title: { zh: '审核', en: 'Audit' },
    from: ['reconciled'],
    by: ['audit'],
    body: auditForm,
    record: z.strictObject({
      outcome: z.enum(['passed', 'deduct']),
      amountFen: schemaFen,
      reason: z.string().nullable(),
      settlement: settlement.nullable(),
    }),
    to: { passed: 'audited', deduct: 'deduction_proposed' },
    async take({ work, file, body, effectiveOn }) {
      if (body.outcome === 'passed') {
        const settled = await closeAudit(work, file, 0)
        return {
          outcome: 'passed' as const,
          record: { outcome: body.outcome, amountFen: 0, reason: body.opinion ?? null, settlement: settled },
        }
      }
      const { fundFen, deductedFen } = settlementOf(file)
      const leftFen = fundFen - deductedFen
      if (body.amountFen > leftFen) {
        throw new BadInput([{ path: 'amountFen', expected: `1 .. ${leftFen}`, found: String(body.amountFen) }])
      }
      const term = await rulebook.valueOf(work, 'appealWorkingDays', { on: effectiveOn, insuredRegion: file.agency })
      return {
        outcome: 'deduct' as const,
        record: { outcome: body.outcome, amountFen: body.amountFen, reason: body.reason, settlement: null },
        deadlines: [{ start: 'appeal', unit: 'working_day' as const, amount: Number(term.value) }],
      }
    },
    fold: (state, { body }) =>
      body.settlement
        ? { ...state, settlement: body.settlement }
        : { ...state, proposedDeduction: { amountFen: body.amountFen, reason: body.reason ?? '', appeal: null } },
  })

  const acceptDeduction = deductionStep({ zh: '医院认可扣款', en: 'Accept the deduction' }, 'hospital_office')
  const confirmDeduction = deductionStep({ zh: '申诉期满，扣款生效', en: 'Time to appeal is over' }, 'system')

  const appeal = step({
    title: { zh: '医院申诉', en: 'Appeal against the deduction' },
    from: ['deduction_proposed'],
    by: ['hospital_office'],
    body: z.strictObject({ grounds: z.string().trim().min(2).max(1_000) }),
    record: z.strictObject({ grounds: z.string() }),
    to: 'appealed',
    take: async ({ body }) => ({ record: body, deadlines: [{ meet: 'appeal' }] }),
    fold: (state, { body }) => ({
      ...state,
      proposedDeduction: state.proposedDeduction && { ...state.proposedDeduction, appeal: body.grounds },
    }),
  })

  const decideAppeal = step({
    title: { zh: '申诉裁定', en: 'Decide the appeal' },
    from: ['appealed'],
    by: ['approve'],
    notSameUserAs: ['audit'],
    body: z.strictObject({ deductFen: schemaFen, opinion: z.string().trim().min(2).max(500) }),
    record: closedAudit,
    to: 'audited',
    async take({ work, file, body }) {
      if (body.deductFen > proposedFen(file)) {
        throw new BadInput([
          { path: 'deductFen', expected: `0 .. ${proposedFen(file)}`, found: String(body.deductFen) },
        ])
      }
      return { record: { settlement: await closeAudit(work, file, body.deductFen), note: body.opinion } }
    },
    fold: foldClosed,
  })

  const pay = step({
    title: { zh: '基金拨付', en: 'Paid to the hospital' },
    from: ['audited'],
    by: ['system'],
    body: z.strictObject({ batch: z.string(), paidOn: schemaDate }),
    record: z.strictObject({ batch: z.string(), paidOn: schemaDate }),
    to: 'paid',
    async take({ work, file, body }) {
      await noteProgress(work, 'host', settlementOf(file).number, { paid_on: body.paidOn })
      return { record: body }
    },
  })

  const clear = step({
    title: { zh: '区域间清算', en: 'Cleared between the regions' },
    from: onceSettled,
    by: ['system'],
    body: clearedItem,
    record: clearedItem,
    to: { cleared: 'cleared', settled_back: 'stay' },
    async take({ file, body }) {
      // An item of a settlement that was undone meanwhile, and perhaps replaced, is about money only.
      const isCurrent = file.status === 'paid' && settlementOf(file).number === body.settlementNumber
      return { outcome: isCurrent ? 'cleared' : 'settled_back', record: body }
    },
  })

  return { reconcile, audit, acceptDeduction, confirmDeduction, appeal, decideAppeal, pay, clear }
}

/** The proposed deduction takes effect: the hospital accepts it, or its time to appeal is over. */
function deductionStep(title: BothLanguages, by: 'hospital_office' | 'system') {
  return step({
    title,
    from: ['deduction_proposed'],
    by: [by],
    body: z.strictObject({}),
    record: closedAudit,
    to: 'audited',
    take: async ({ work, file }) => ({
      record: { settlement: await closeAudit(work, file, proposedFen(file)), note: null },
      deadlines: [{ meet: 'appeal' }],
    }),
    fold: foldClosed,
  })
}

type ClosedAudit = z.infer<typeof closedAudit>

function foldClosed<State extends { settlement: unknown; proposedDeduction: unknown }>(
  state: State,
  { body }: { body: ClosedAudit },
) {
  return { ...state, settlement: body.settlement, proposedDeduction: null }
}

function proposedFen(file: StayFile): number {
  return must(file.state.proposedDeduction, 'a proposed deduction').amountFen
}

/** Closes the audit with a deduction (0: none): books it, keeps it and tells the insured region. */
async function closeAudit(work: Work, file: StayFile, amountFen: number) {
  const deductedFen = settlementOf(file).deductedFen + amountFen
  const settled = revised(settlementOf(file), { deductedFen, auditedOn: work.today, home: 'waiting' })
  await postDeduction(work, file, settled, amountFen)
  await work.reach('stay.audit.posted')
  await publishSettlement(work, file, settled)
  await work.reach('stay.audit.told')
  return settled
}
