import { z } from 'zod'
import type { CaseFile } from '../../../cases/door.ts'
import { actorPersonId, BadInput, daysBetween, must, schemaDate, schemaId } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { keepReceipts, receipt, requireReceiptsFor } from './claim-receipts.ts'
import { amountsOf, ruleOnClaim } from './claim-rule.ts'
import {
  account,
  amounts,
  type ClaimOccasion,
  type ClaimStatus,
  occasion,
  step,
  undecidedClaim,
} from './claim-state.ts'
import { agencyOf } from './filing-state.ts'

/** How a claim comes to be and gets its receipts; and how it falls away with its settlement. */
export function claimOpeningSteps(tools: ServiceTools) {
  const open = step({
    title: { zh: '自动立案', en: 'Opened by itself' },
    opens: true,
    by: ['system'],
    body: occasion,
    record: z.strictObject({ occasion, amounts: amounts.nullable() }),
    to: 'opened',
    async take({ work, file, body }) {
      const ruling = await ruleOnClaim(work, tools, body, { ...placeOf(file), receipts: [], billInScopeFen: 0 })
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
        // Says nothing here: travel is paid for a referral only.
        outsidePoolingArea: true,
        declaredTravelFen: 0,
        declaredLodgingFen: 0,
        notDirectBecause: body.reason,
      }
      return { record: { occasion: claim, amounts: null }, subject: { personId, agency } }
    },
    fold: (state, { body }) => ({ ...state, occasion: body.occasion, amounts: body.amounts }),
  })

  /** What a stay comes to once it has ended. */
  const discharge = (route: {
    title: { zh: string; en: string }
    from: readonly ClaimStatus[]
    to: 'stay' | 'accepted'
  }) =>
    step({
      ...route,
      by: ['system'],
      body: z.strictObject({ dischargedOn: schemaDate }),
      record: z.strictObject({ occasion, amounts: amounts.nullable() }),
      async take({ work, file, body: { dischargedOn } }) {
        const known = must(file.state.occasion, 'occasion of a claim')
        const stayDays =
          known.notDirectBecause === 'outpatient_not_direct' ? 0 : daysBetween(known.admittedOn, dischargedOn)
        const ended = { ...known, dischargedOn, stayDays }
        const ruling = await ruleOnClaim(work, tools, ended, { ...file.state, ...placeOf(file) })
        return {
          record: { occasion: ended, amounts: ruling.decision.outcome === 'granted' ? amountsOf(ruling) : null },
        }
      },
      fold: (state, { body }) => ({ ...state, occasion: body.occasion, amounts: body.amounts }),
    })

  const noteDischarge = discharge({
    title: { zh: '就医地告知出院', en: 'The stay has ended' },
    from: undecidedClaim.filter((status) => status !== 'reviewed'),
    to: 'stay',
  })

  // Nobody approves what nobody has reviewed: the days change what is paid.
  const reviewAfterDischarge = discharge({
    title: { zh: '就医地告知出院，退回复核', en: 'The stay has ended: to be reviewed again' },
    from: ['reviewed'],
    to: 'accepted',
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
        tools.cases(),
        { claimId: file.id, agency: file.agency, personId: claim.personId },
        body.receipts,
      )
      await work.reach('claim.supply.receipts-kept')
      const ruling = await ruleOnClaim(work, tools, claim, { ...placeOf(file), receipts, billInScopeFen: 0 })
      return { record: { ...body, amounts: ruling.decision.outcome === 'granted' ? amountsOf(ruling) : null } }
    },
    fold: (state, { body }) => ({
      ...state,
      receipts: [...state.receipts, ...body.receipts],
      amounts: body.amounts,
      account: { bankName: body.bankName, bankAccount: body.bankAccount },
    }),
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

  return { open, openByPerson, noteDischarge, reviewAfterDischarge, supply, cancel }
}

function placeOf({ id, agency }: CaseFile) {
  return { caseId: id, agency }
}
