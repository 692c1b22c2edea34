import { z } from 'zod'
import { asActor, BadInput, must, Refusal, schemaDate, schemaFen, schemaId, systemActor } from '../../ground/door.ts'
import { getInstitution } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { answersOf } from './loan-deciding.ts'
import { getHandlingBank } from './loan-facts.ts'
import { loanAnswers, loanMade, noticeTo, offerFinding, offerTerms, schemaLoanFen, step } from './loan-state.ts'

const reason = z.string().trim().min(1).max(300)

/** Between the borrower and the bank: the offer by the rule, the answer, the loan and its repayment, each reported. */
export function lendingSteps(tools: ServiceTools) {
  const offer = step({
    title: { zh: '银行报价', en: "The bank's offer" },
    from: ['confirmed'],
    by: ['bank_officer'],
    body: offerTerms,
    record: z.strictObject({ offer: offerTerms.nullable(), terms: offerTerms, found: offerFinding }),
    to: { offered: 'offered', refused: 'stay' },
    async take({ work, file, body: terms, effectiveOn }) {
      const { bankId } = answersOf(file)
      const { bankClass } = await asActor(work, systemActor, (node) => getInstitution(node, bankId))
      const { termMonths: _, ...facts } = terms
      const { decision } = await tools.rulebook.decide(work, {
        policy: 'job-loan-offer',
        on: effectiveOn,
        insuredRegion: file.agency,
        facts: { ...facts, bankClass, confirmedCreditFen: must(file.state.found, 'confirmed credit').creditFen },
      })
      const { outcome, because, results } = decision
      const isOffered = outcome === 'granted'
      const found = {
        outcome,
        reason: decision.reason ?? null,
        because,
        rateBelowIndicated: results.rateBelowIndicated?.value === true,
        creditOnBusinessData: results.creditOnBusinessData?.value === true,
        favoured: results.favoured?.value === true,
      }
      return {
        outcome: isOffered ? 'offered' : 'refused',
        record: { offer: isOffered ? terms : null, terms, found },
        ...(isOffered && { notices: noticeTo(file, 'notice.loan_offered', { offeredFen: terms.offeredFen }) }),
      }
    },
    fold: (state, { body }) => ({ ...state, offer: body.offer, offerFound: body.found }),
  })

  const declineToLend = step({
    title: { zh: '银行不予贷款', en: 'The bank does not lend' },
    from: ['confirmed', 'agreed'],
    by: ['bank_officer'],
    body: z.strictObject({ reason }),
    record: z.strictObject({ reason: z.string() }),
    to: 'confirmed',
    take: async ({ file, body }) => ({
      record: body,
      notices: noticeTo(file, 'notice.loan_declined_by_bank', { reason: body.reason }),
    }),
    fold: (state) => ({ ...state, offer: null, offerFound: null }),
  })

  const chooseBank = step({
    title: { zh: '改选经办银行', en: 'Choose another bank' },
    from: ['confirmed'],
    by: ['employer_officer', 'person', 'accept'],
    body: z.strictObject({ bankId: schemaId }),
    record: z.strictObject({ answers: loanAnswers }),
    to: 'stay',
    async take({ work, file, body: { bankId }, effectiveOn }) {
      await getHandlingBank(work, tools.rulebook, { bankId, agency: file.agency, on: effectiveOn })
      return { record: { answers: { ...answersOf(file), bankId } }, subject: { institutionId: bankId } }
    },
    fold: (state, { body }) => ({ ...state, answers: body.answers }),
  })

  const answerOffer = step({
    title: { zh: '答复报价', en: 'Answer the offer' },
    from: ['offered'],
    by: ['employer_officer', 'person'],
    body: z.strictObject({ outcome: z.enum(['accepted', 'declined']) }),
    record: z.strictObject({ outcome: z.enum(['accepted', 'declined']) }),
    to: { accepted: 'agreed', declined: 'confirmed' },
    take: async ({ body }) => ({ outcome: body.outcome, record: body }),
    fold: (state, { body }) => (body.outcome === 'accepted' ? state : { ...state, offer: null, offerFound: null }),
  })

  const reportLoan = step({
    title: { zh: '报送放款', en: 'Report the loan' },
    from: ['agreed'],
    by: ['bank_officer'],
    body: z.strictObject({
      contractNumber: z.string().trim().min(2).max(60),
      lentOn: schemaDate,
      lentFen: schemaLoanFen,
    }),
    record: z.strictObject({ loan: loanMade }),
    to: 'lent',
    async take({ work, file, body }) {
      const { offeredFen, ratePpm, termMonths } = must(file.state.offer, 'offer of an agreed loan')
      if (body.lentOn > work.today) {
        throw new BadInput([{ path: 'lentOn', expected: 'today or earlier', found: body.lentOn }])
      }
      if (body.lentFen > offeredFen) throw new Refusal('lent_above_offer', { clause: 'C1.06', params: { offeredFen } })
      return {
        record: { loan: { ...body, ratePpm, termMonths, repaidOn: null } },
        notices: noticeTo(file, 'notice.loan_made', { lentFen: body.lentFen }),
      }
    },
    fold: (state, { body }) => ({ ...state, loan: body.loan }),
  })

  const reportRepayment = step({
    title: { zh: '报送结清', en: 'Report the repayment' },
    from: ['lent'],
    by: ['bank_officer'],
    body: z.strictObject({ repaidOn: schemaDate, repaidFen: schemaFen }),
    record: z.strictObject({ repaidOn: schemaDate, repaidFen: schemaFen }),
    to: 'repaid',
    async take({ file, body }) {
      const { lentFen, lentOn } = must(file.state.loan, 'loan')
      if (body.repaidFen < lentFen) throw new Refusal('repaid_below_loan', { params: { lentFen } })
      if (body.repaidOn < lentOn) {
        throw new BadInput([{ path: 'repaidOn', expected: `${lentOn} or later`, found: body.repaidOn }])
      }
      return { record: body }
    },
    fold: (state, { body }) => ({ ...state, loan: state.loan && { ...state.loan, repaidOn: body.repaidOn } }),
  })

  return { offer, declineToLend, chooseBank, answerOffer, reportLoan, reportRepayment }
}
