import { z } from 'zod'
import { requireResponsible } from '../../cases/door.ts'
import { BadInput, must, schemaDate, schemaId, type Work } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import type { ServiceTools } from '../contract.ts'
import { businessOfPerson, gatherLoan, getHandlingBank } from './loan-facts.ts'
import {
  type Borrower,
  borrowerOf,
  type CreditFinding,
  creditFinding,
  initialLoan,
  type LoanFile,
  loanAnswers,
  loanState,
  noticeTo,
  step,
  subjectOf,
} from './loan-state.ts'

const opinion = z.string().trim().min(1).max(500)

const applicationBody = loanAnswers.extend({
  /** Which of the person's businesses; the only one where left out. */
  businessId: schemaId.optional(),
  /** At the counter: the owner who borrows; the business borrows where left out. */
  personId: schemaId.optional(),
})

/** Application, acceptance and review by the rule: each by another officer (B3.11). */
export function decidingSteps(tools: ServiceTools) {
  const apply = step({
    title: { zh: '申请', en: 'Apply' },
    opens: true,
    by: ['employer_officer', 'person', 'accept'],
    body: applicationBody,
    record: loanState.pick({ personId: true }).extend({
      businessId: schemaId,
      answers: loanAnswers,
      appliedOn: schemaDate,
      expected: creditFinding,
    }),
    to: 'submitted',
    async take({ work, body, effectiveOn }) {
      const { requestedFen, bankId } = body
      const borrower = await borrowerOfApplicant(work, body, effectiveOn)
      const { ruling, agency } = await decideCredit(work, tools, { borrower, requestedFen, on: effectiveOn })
      requireResponsible(work, agency)
      await getHandlingBank(work, tools.rulebook, { bankId, agency, on: effectiveOn })
      return {
        record: {
          ...borrower,
          answers: { requestedFen, bankId },
          appliedOn: effectiveOn,
          expected: creditOf(ruling),
        },
        subject: { ...subjectOf(borrower), agency },
      }
    },
    fold: (_, { body }) => ({ ...initialLoan, ...body }),
  })

  const accept = step({
    title: { zh: '受理', en: 'Accept' },
    from: ['submitted'],
    by: ['accept'],
    body: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: opinion.optional() }),
    record: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: z.string().nullable() }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    async take({ body: { outcome, reason = null } }) {
      const why = { code: 'receipt.loan_not_accepted', params: { reason: reason ?? '' } }
      return {
        outcome,
        record: { outcome, reason },
        receipt: outcome === 'accepted' ? { kind: 'accepted' } : { kind: 'not_accepted', reason: why },
      }
    },
  })

  const review = step({
    title: { zh: '核定', en: 'Confirm by the rule' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['apply', 'accept'],
    body: z.strictObject({ opinion }),
    record: z.strictObject({
      opinion,
      found: creditFinding,
      facts: loanState.shape.facts,
      sources: z.record(z.string(), z.string()),
    }),
    to: { granted: 'confirmed', refused: 'refused' },
    async take({ work, file, body }) {
      const { ruling, sources } = await decideCredit(work, tools, questionOf(file))
      const found = creditOf(ruling)
      const isGranted = found.outcome === 'granted'
      const { creditFen } = found
      return {
        outcome: isGranted ? 'granted' : 'refused',
        record: { opinion: body.opinion, found, facts: ruling.facts, sources },
        decision: ruling,
        // From here on the bank sees the case.
        ...(isGranted && { subject: { institutionId: answersOf(file).bankId } }),
        notices: noticeTo(file, isGranted ? 'notice.loan_confirmed' : 'notice.loan_refused', { creditFen }),
      }
    },
    fold: (state, { body: { found, facts } }) => ({ ...state, found, facts, offer: null, offerFound: null }),
  })

  return { apply, accept, review }
}

/** Who borrows: the caller, or whom the counter names. Refusal `no_business`; `BadInput` where several businesses are meant and none is named. */
export async function borrowerOfApplicant(
  work: Work,
  { businessId, personId }: Pick<z.infer<typeof applicationBody>, 'businessId' | 'personId'>,
  on: string,
): Promise<Borrower> {
  const { actor } = work
  if (actor.kind === 'employer') return { businessId: actor.employerId, personId: null }
  const owner = actor.kind === 'person' ? (actor.onBehalfOf ?? actor.personId) : personId
  if (owner !== undefined) {
    return { businessId: await businessOfPerson(work, owner, on, businessId), personId: owner }
  }
  if (businessId === undefined) {
    throw new BadInput([{ path: 'businessId', expected: 'the business that applies', found: 'nothing' }])
  }
  return { businessId, personId: null }
}

/** What was asked in a case; there from its opening on. */
export function answersOf({ state }: LoanFile): z.infer<typeof loanAnswers> {
  return must(state.answers, 'answers of an application')
}

/** The question that a case's review asks. */
export function questionOf(file: LoanFile): CreditQuestion {
  const { appliedOn } = file.state
  return {
    borrower: borrowerOf(file),
    requestedFen: answersOf(file).requestedFen,
    on: must(appliedOn, 'day of an application'),
    caseId: file.id,
  }
}

/** Who asks for how much, on which day, and in which case where there is one already. */
export type CreditQuestion = { borrower: Borrower; requestedFen: number; on: string; caseId?: string }

/** Decides an application by what registers hold now, by the law of the day of the application. */
export async function decideCredit(
  work: Work,
  { rulebook, cases }: ServiceTools,
  { requestedFen, ...question }: CreditQuestion,
) {
  const { facts, sources, agency } = await gatherLoan(work, cases, question)
  const ruling = await rulebook.decide(work, {
    policy: 'job-loan-eligibility',
    on: question.on,
    insuredRegion: agency,
    facts: { ...facts, requestedFen },
  })
  return { ruling, sources, agency }
}

/** What of a ruling the steps need. */
export function creditOf({ decision: { outcome, reason, because, amountFen, results } }: Ruling): CreditFinding {
  return {
    outcome,
    reason: reason ?? null,
    because,
    creditFen: outcome === 'granted' ? (amountFen ?? 0) : 0,
    capped: results.capped?.value === true,
  }
}
