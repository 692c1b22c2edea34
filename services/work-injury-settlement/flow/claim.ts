import { z } from 'zod'
import { completionSteps, defineFlow, objectionSteps, ratingStep, stepsOf } from '../../../cases/door.ts'
import {
  actorPersonId,
  BadInput,
  daysBetween,
  type Id,
  must,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  type Work,
} from '../../../ground/door.ts'
import type { Ruling } from '../../../law/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { filingClasses } from '../form.ts'
import { findInjury, injuryFacts } from '../injury.ts'
import { rulingSummary } from '../messages-between.ts'
import { move } from '../postings.ts'
import { assessClaim } from '../risk.ts'
import { numberResult, requireGranted, summaryOf } from '../ruling.ts'
import { keepReceipts, receipt, type receiptKinds, requireReceiptsFor, requireReceiptsHeld } from './claim-receipts.ts'
import { agencyOf } from './filing-state.ts'

/** What the claim is about: a stay that was settled directly, or one that was not and why. */
const occasion = z.strictObject({
  personId: schemaId,
  stayNumber: z.string(),
  institutionName: z.string(),
  treatmentRegion: z.string(),
  admittedOn: schemaDate,
  dischargedOn: schemaDate.nullable(),
  stayDays: z.int().min(0).max(3_660),
  filingClass: z.enum(filingClasses).nullable(),
  referralConsent: z.boolean(),
  outsidePoolingArea: z.boolean(),
  /** What the person declared at discharge; paid only against receipts. */
  declaredTravelFen: schemaFen,
  declaredLodgingFen: schemaFen,
  /** The code that kept the stay from direct settlement; null when it was settled and only the rest is claimed. */
  notDirectBecause: z.string().nullable(),
})

/** See `occasion`. */
export type ClaimOccasion = z.infer<typeof occasion>

const amounts = z.strictObject({ mealFen: schemaFen, travelFen: schemaFen, billFen: schemaFen, totalFen: schemaFen })

const account = z.strictObject({
  bankName: z.string().trim().min(2).max(60),
  bankAccount: z
    .string()
    .trim()
    .regex(/^\d{8,30}$/, { error: 'a bank account of 8 to 30 digits' }),
})

const claimState = z.strictObject({
  occasion: occasion.nullable(),
  /** What is expected from what is known; after the supply, from the receipts. */
  amounts: amounts.nullable(),
  receipts: z.array(receipt),
  /** In-scope part of treatment receipts, found by the officer at acceptance. */
  billInScopeFen: schemaFen,
  account: account.nullable(),
  paidOn: schemaDate.nullable(),
})

/** The state of a manual claim. */
export type ClaimState = z.infer<typeof claimState>

type ClaimStatus =
  | 'opened'
  | 'submitted'
  | 'awaiting_completion'
  | 'awaiting_superior'
  | 'accepted'
  | 'reviewed'
  | 'approved'
  | 'paid'
  | 'refused'
  | 'not_accepted'
  | 'under_objection'
  | 'cancelled'

/** The statuses in which nothing has been decided to be paid; a claim in them can still be cancelled. */
export const undecidedClaim = [
  'opened',
  'submitted',
  'awaiting_completion',
  'awaiting_superior',
  'accepted',
  'reviewed',
] as const satisfies readonly ClaimStatus[]

const step = stepsOf<ClaimState, ClaimStatus>()

const ruled = z.strictObject({ amounts, ruling: rulingSummary })

/** Manual reimbursement at home (手工报销, A1.18): meal allowance, travel of a referral, and stays that could not be settled directly. */
export function claimFlow({ rulebook, cases }: ServiceTools) {
  async function rule(
    work: Work,
    claim: ClaimOccasion,
    { agency, receipts, billInScopeFen }: Pick<ClaimState, 'receipts' | 'billInScopeFen'> & { agency: string },
  ) {
    const injury = injuryFacts(await findInjury(work, claim.personId), work.today)
    const paid = (kind: (typeof receiptKinds)[number], declaredFen: number) =>
      receipts.length === 0
        ? declaredFen
        : receipts.filter((entry) => entry.kind === kind).reduce((sum, entry) => sum + entry.amountFen, 0)
    return rulebook.decide(work, {
      policy: 'manual-claim',
      on: claim.dischargedOn ?? claim.admittedOn,
      insuredRegion: agency,
      treatmentRegion: claim.treatmentRegion,
      facts: {
        ...injury,
        stayDays: claim.stayDays,
        referredWithConsent: claim.filingClass === 'referral' && claim.referralConsent,
        outsidePoolingArea: claim.outsidePoolingArea,
        travelFen: paid('travel', claim.declaredTravelFen),
        lodgingFen: paid('lodging', claim.declaredLodgingFen),
        billInScopeFen,
      },
    })
  }

  const open = step({
    title: { zh: '自动立案', en: 'Opened by itself' },
    opens: true,
    by: ['system'],
    body: occasion,
    record: z.strictObject({ occasion, amounts: amounts.nullable() }),
    to: 'opened',
    async take({ work, file, body }) {
      const ruling = await rule(work, body, { agency: file.agency, receipts: [], billInScopeFen: 0 })
      return {
        record: { occasion: body, amounts: ruling.decision.outcome === 'granted' ? amountsOf(ruling) : null },
        subject: { personId: body.personId },
        notices: [
          {
            personId: body.personId,
            code: body.notDirectBecause ? 'notice.claim_opened_for_stay' : 'notice.claim_opened',
            params: { institution: body.institutionName, totalFen: ruling.decision.amountFen ?? 0 },
          },
        ],
      }
    },
    fold: (state, { body }) => ({ ...state, occasion: body.occasion, amounts: body.amounts }),
  })

  const openByPerson = step({
    title: { zh: '申请手工报销', en: 'Claim by oneself' },
    opens: true,
    by: ['person', 'accept'],
    body: z.strictObject({
      personId: schemaId.optional(),
      institutionName: z.string().trim().min(2).max(80),
      treatmentRegion: z.string().regex(/^\d{6}$/),
      admittedOn: schemaDate,
      dischargedOn: schemaDate,
      reason: z.enum(['institution_not_live', 'emergency_without_filing', 'outpatient_not_direct', 'other']),
    }),
    record: z.strictObject({ occasion, amounts: amounts.nullable() }),
    to: 'opened',
    async take({ work, body, effectiveOn }) {
      const personId = actorPersonId(work.actor) ?? body.personId
      if (!personId) throw new BadInput([{ path: 'personId', expected: 'the insured person', found: 'nothing' }])
      if (body.dischargedOn < body.admittedOn || body.dischargedOn > work.today) {
        throw new BadInput([
          { path: 'dischargedOn', expected: `${body.admittedOn} .. ${work.today}`, found: body.dischargedOn },
        ])
      }
      const agency = await agencyOf(work, personId, effectiveOn)
      const claim: ClaimOccasion = {
        personId,
        stayNumber: '',
        institutionName: body.institutionName,
        treatmentRegion: body.treatmentRegion,
        admittedOn: body.admittedOn,
        dischargedOn: body.dischargedOn,
        stayDays: body.reason === 'outpatient_not_direct' ? 0 : daysBetween(body.admittedOn, body.dischargedOn),
        filingClass: null,
        referralConsent: false,
        outsidePoolingArea: true,
        declaredTravelFen: 0,
        declaredLodgingFen: 0,
        notDirectBecause: body.reason,
      }
      return { record: { occasion: claim, amounts: null }, subject: { personId, agency } }
    },
    fold: (state, { body }) => ({ ...state, occasion: body.occasion, amounts: body.amounts }),
  })

  const noteDischarge = step({
    title: { zh: '就医地告知出院', en: 'The stay has ended' },
    from: undecidedClaim,
    by: ['system'],
    body: z.strictObject({ dischargedOn: schemaDate }),
    record: z.strictObject({ occasion, amounts: amounts.nullable() }),
    to: 'stay',
    async take({ work, file, body: { dischargedOn } }) {
      const known = must(file.state.occasion, 'occasion of a claim')
      const stayDays =
        known.notDirectBecause === 'outpatient_not_direct' ? 0 : daysBetween(known.admittedOn, dischargedOn)
      const ended = { ...known, dischargedOn, stayDays }
      const ruling = await rule(work, ended, { ...file.state, agency: file.agency })
      return {
        record: { occasion: ended, amounts: ruling.decision.outcome === 'granted' ? amountsOf(ruling) : null },
      }
    },
    fold: (state, { body }) => ({ ...state, occasion: body.occasion, amounts: body.amounts }),
  })

  const supply = step({
    title: { zh: '提交票据和收款账户', en: 'Supply receipts and account' },
    from: ['opened', 'awaiting_completion'],
    by: ['person', 'accept', 'employer_officer'],
    body: account.extend({ receipts: z.array(receipt).max(100) }),
    record: account.extend({ receipts: z.array(receipt), amounts: amounts.nullable() }),
    to: 'submitted',
    async take({ work, file, body }) {
      const claim = must(file.state.occasion, 'occasion of a claim')
      const receipts = [...file.state.receipts, ...body.receipts]
      requireReceiptsFor(claim, receipts)
      await keepReceipts(
        work,
        cases(),
        { claimId: file.id, agency: file.agency, personId: claim.personId },
        body.receipts,
      )
      await work.reach('claim.supply.receipts-kept')
      const ruling = await rule(work, claim, { agency: file.agency, receipts, billInScopeFen: 0 })
      return { record: { ...body, amounts: ruling.decision.outcome === 'granted' ? amountsOf(ruling) : null } }
    },
    fold: (state, { body }) => ({
      ...state,
      receipts: [...state.receipts, ...body.receipts],
      amounts: body.amounts,
      account: { bankName: body.bankName, bankAccount: body.bankAccount },
    }),
  })

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
        assessClaim(work, rulebook, {
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

  const approveRisk = step({
    title: { zh: '上级核准受理（高风险）', en: 'Approve the acceptance (high risk)' },
    from: ['awaiting_superior'],
    by: ['approve'],
    notSameUserAs: ['accept'],
    body: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion: z.string().trim().min(1).max(500) }),
    record: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion: z.string() }),
    to: { approved: 'accepted', returned: 'submitted' },
    take: async ({ body }) => ({ outcome: body.outcome, record: body }),
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
      await requireDetermined(work, claim.personId)
      await requireReceiptsHeld(work, file.id, file.state.receipts)
      const ruling = await rule(work, claim, { ...file.state, agency: file.agency })
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

  const cancel = step({
    title: { zh: '结算已撤销，撤案', en: 'Cancelled: the settlement was undone' },
    from: undecidedClaim,
    by: ['system'],
    body: z.strictObject({ reason: z.string() }),
    record: z.strictObject({ reason: z.string() }),
    to: 'cancelled',
    take: async ({ body }) => ({ record: body }),
  })

  return defineFlow<ClaimState>({
    id: 'claim',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '工伤医疗手工报销', en: 'Manual reimbursement' },
    numberPrefix: 'BX',
    state: claimState,
    initial: { occasion: null, amounts: null, receipts: [], billInScopeFen: 0, account: null, paidOn: null },
    statuses: {
      opened: { title: { zh: '待提交票据', en: 'Waiting for receipts' }, waitsFor: 'applicant' },
      submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept' } },
      awaiting_completion: { title: { zh: '待补正', en: 'To be completed' }, waitsFor: 'applicant' },
      awaiting_superior: { title: { zh: '待上级核准', en: 'To be approved above' }, task: { role: 'approve' } },
      accepted: { title: { zh: '待复核', en: 'To be reviewed' }, task: { role: 'review' } },
      reviewed: { title: { zh: '待审批', en: 'To be approved' }, task: { role: 'approve' } },
      approved: { title: { zh: '待支付', en: 'To be paid' }, task: { role: 'pay' } },
      paid: { title: { zh: '已支付', en: 'Paid' }, final: true },
      refused: { title: { zh: '不予报销', en: 'Refused' }, final: true },
      not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
      cancelled: { title: { zh: '已撤案', en: 'Cancelled' }, final: true },
    },
    steps: {
      open,
      openByPerson,
      noteDischarge,
      supply,
      ...completionSteps<ClaimState, ClaimStatus>({
        from: ['submitted'],
        waiting: 'awaiting_completion',
        by: 'accept',
      }),
      accept,
      approveRisk,
      review,
      approve,
      pay,
      cancel,
      ...objectionSteps<ClaimState, ClaimStatus>({
        from: ['refused', 'not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
      }),
      ...ratingStep<ClaimState, ClaimStatus>({ from: ['paid', 'refused', 'not_accepted'] }),
    },
    summary: ({ state }) => ({
      institutionName: state.occasion?.institutionName ?? null,
      totalFen: state.amounts?.totalFen ?? null,
      stayNumber: state.occasion?.stayNumber ?? null,
      notDirectBecause: state.occasion?.notDirectBecause ?? null,
    }),
  })
}

function amountsOf(ruling: Ruling): z.infer<typeof amounts> {
  requireGranted(ruling)
  return {
    mealFen: numberResult(ruling, 'mealFen'),
    travelFen: numberResult(ruling, 'travelFen'),
    billFen: numberResult(ruling, 'billFen'),
    totalFen: numberResult(ruling, 'totalFen'),
  }
}

/** Until the injury is determined one way or the other, nobody can say what is due: the claim waits (domain: 60 days, 15 if clear). */
async function requireDetermined(work: Work, personId: Id): Promise<void> {
  const { determinationPending } = injuryFacts(await findInjury(work, personId), work.today)
  if (determinationPending) throw new Refusal('determination_pending', { clause: 'A1.10' })
}
