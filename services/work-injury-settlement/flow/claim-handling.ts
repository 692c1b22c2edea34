import { z } from 'zod'
import { BadInput, must, schemaDate, schemaFen } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { rulingSummary } from '../messages-between.ts'
import { move } from '../postings.ts'
import { assessClaim } from '../risk.ts'
import { summaryOf } from '../ruling.ts'
import { requireReceiptsHeld } from './claim-receipts.ts'
import { amountsOf, requireDetermined, ruleOnClaim } from './claim-rule.ts'
import { amounts, step } from './claim-state.ts'
import { lockClaimsOf } from './claimed-days.ts'

const ruled = z.strictObject({ amounts, ruling: rulingSummary })

/** Acceptance, review, approval and payment of a claim, each by another officer (B3.11). */
export function claimHandlingSteps(tools: ServiceTools) {
  const accept = step({
    title: { zh: '受理', en: 'Accept' },
    from: ['submitted'],
    by: ['accept'],
    notSameUserAs: ['supply'],
    body: z.strictObject({
      outcome: z.enum(['accepted', 'not_accepted']),
      /** The part of the treatment receipts that is in scope, found by the officer with the insured region's catalogue. */
      billInScopeFen: schemaFen,
      reason: z.string().trim().max(500).optional(),
    }),
    record: z.strictObject({ outcome: z.string(), billInScopeFen: schemaFen, reason: z.string().nullable() }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    risk: {
      assess: ({ work, file }) =>
        assessClaim(work, tools.rulebook, {
          personId: must(file.state.occasion, 'occasion of a claim').personId,
          agency: file.agency,
          receiptFen: file.state.receipts.reduce((sum, { amountFen }) => sum + amountFen, 0),
        }),
      divert: { high: { accepted: 'awaiting_superior', not_accepted: 'not_accepted' } },
    },
    async take({ file, body }) {
      const treatmentFen = file.state.receipts
        .filter(({ kind }) => kind === 'treatment')
        .reduce((sum, { amountFen }) => sum + amountFen, 0)
      if (body.billInScopeFen > treatmentFen) {
        throw new BadInput([
          { path: 'billInScopeFen', expected: `0 .. ${treatmentFen}`, found: String(body.billInScopeFen) },
        ])
      }
      const { outcome, billInScopeFen, reason = null } = body
      return {
        outcome,
        record: { outcome, billInScopeFen, reason },
        receipt:
          outcome === 'accepted'
            ? { kind: 'accepted' as const }
            : {
                kind: 'not_accepted' as const,
                reason: { code: 'receipt.claim_not_accepted', params: { reason: reason ?? '' } },
              },
      }
    },
    fold: (state, { body }) => ({ ...state, billInScopeFen: body.billInScopeFen }),
  })

  const review = step({
    title: { zh: '复核', en: 'Review' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['accept', 'supply'],
    body: z.strictObject({ opinion: z.string().trim().min(1).max(500) }),
    record: ruled.extend({ opinion: z.string(), outcome: z.enum(['granted', 'refused']) }),
    to: { granted: 'reviewed', refused: 'refused' },
    async take({ work, file, body }) {
      const claim = must(file.state.occasion, 'occasion of a claim')
      await lockClaimsOf(work, claim.personId)
      await requireDetermined(work, claim.personId)
      await requireReceiptsHeld(work, file.id, file.state.receipts)
      const ruling = await ruleOnClaim(work, tools, claim, { ...file.state, caseId: file.id, agency: file.agency })
      const granted = ruling.decision.outcome === 'granted'
      const found = granted ? amountsOf(ruling) : { mealFen: 0, travelFen: 0, billFen: 0, totalFen: 0 }
      const outcome = granted ? ('granted' as const) : ('refused' as const)
      return {
        outcome,
        record: { opinion: body.opinion, outcome, amounts: found, ruling: summaryOf(ruling) },
        decision: ruling,
        notices: [{ personId: claim.personId, code: `notice.claim_${outcome}`, params: { totalFen: found.totalFen } }],
      }
    },
    fold: (state, { body }) => ({ ...state, amounts: body.amounts }),
  })

  const approve = step({
    title: { zh: '审批', en: 'Approve' },
    from: ['reviewed'],
    by: ['approve'],
    notSameUserAs: ['accept', 'review'],
    body: z.strictObject({ opinion: z.string().trim().min(1).max(500) }),
    record: z.strictObject({ opinion: z.string() }),
    to: 'approved',
    async take({ work, file, body }) {
      const { personId } = must(file.state.occasion, 'occasion of a claim')
      const { totalFen } = must(file.state.amounts, 'amounts of a reviewed claim')
      await move(work, {
        key: `claim:${file.number}`,
        kind: 'claim_approved',
        on: work.today,
        from: `payable_to_person:${personId}`,
        to: 'benefit_expense',
        amountFen: totalFen,
        caseId: file.id,
        reference: file.number,
      })
      await work.reach('claim.approve.posted')
      return { record: body }
    },
  })

  const pay = step({
    title: { zh: '支付', en: 'Pay' },
    from: ['approved'],
    by: ['pay'],
    notSameUserAs: ['accept', 'review', 'approve'],
    body: z.strictObject({ bankReference: z.string().trim().min(4).max(60) }),
    record: z.strictObject({ bankReference: z.string(), paidOn: schemaDate }),
    to: 'paid',
    async take({ work, file, body }) {
      const { personId } = must(file.state.occasion, 'occasion of a claim')
      const { totalFen: amountFen } = must(file.state.amounts, 'amounts of an approved claim')
      const common = { on: work.today, amountFen, caseId: file.id, reference: file.number }
      await move(work, {
        ...common,
        key: `claim-fund:${file.number}`,
        kind: 'expenditure_funded',
        from: 'fiscal_special_account',
        to: 'expenditure_account',
      })
      await work.reach('claim.pay.funded')
      await move(work, {
        ...common,
        key: `claim-pay:${file.number}`,
        kind: 'claim_paid',
        from: 'expenditure_account',
        to: `payable_to_person:${personId}`,
      })
      await work.reach('claim.pay.posted')
      return {
        record: { bankReference: body.bankReference, paidOn: work.today },
        notices: [{ personId, code: 'notice.claim_paid', params: { totalFen: amountFen } }],
      }
    },
    fold: (state, { body }) => ({ ...state, paidOn: body.paidOn }),
  })

  return { accept, review, approve, pay }
}
