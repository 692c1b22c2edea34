import { z } from 'zod'
import type { Finding, Recalculation } from '../../benefits/door.ts'
import { correctionStep } from '../../cases/door.ts'
import type { Work } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import type { ServiceTools } from '../contract.ts'
import { creditOf, decideCredit, questionOf } from './loan-deciding.ts'
import {
  type CreditFinding,
  creditFinding,
  type LoanFile,
  type LoanState,
  type LoanStatus,
  loanAnswers,
  loanState,
  noticeTo,
  step,
} from './loan-state.ts'

/** Statuses in which a decision stands that can be made again: what a bank has agreed to is left as it is. */
export const decidedStatuses = ['confirmed', 'refused'] as const satisfies readonly LoanStatus[]

/** Why an application is decided again: a published value (the same facts), or facts that a register or a correction has put right. */
const causes = ['value', 'facts'] as const

/** Correction of what was asked, and deciding again. */
export function recalculatingSteps(tools: ServiceTools) {
  const recalculate = step({
    title: { zh: '重新核定', en: 'Decide again' },
    from: decidedStatuses,
    by: ['system', 'review'],
    body: z.strictObject({ because: z.enum(causes), cause: z.string().trim().min(1).max(300) }),
    record: loanState.pick({ facts: true }).extend({
      because: z.enum(causes),
      cause: z.string(),
      found: creditFinding,
    }),
    to: { granted: 'confirmed', refused: 'refused' },
    async take({ work, file, body }) {
      const ruling = await rulingAnew(work, tools, file, body.because)
      const found = creditOf(ruling)
      const { creditFen } = found
      const isGranted = found.outcome === 'granted'
      return {
        outcome: isGranted ? 'granted' : 'refused',
        record: { ...body, found, facts: ruling.facts },
        decision: ruling,
        ...(isGranted && file.state.answers && { subject: { institutionId: file.state.answers.bankId } }),
        notices: noticeTo(file, 'notice.loan_recalculated', { creditFen, cause: body.cause }),
      }
    },
    fold: (state, { body: { found, facts } }) => ({ ...state, found, facts }),
  })
  return {
    ...correctionStep<LoanState, LoanStatus, NonNullable<LoanState['answers']>>({
      from: ['submitted', 'accepted', ...decidedStatuses],
      by: ['accept', 'review'],
      changes: loanAnswers,
      fold: (state, answers) => ({ ...state, answers }),
    }),
    recalculate,
  }
}

async function rulingAnew(
  work: Work,
  tools: ServiceTools,
  file: LoanFile,
  because: (typeof causes)[number],
): Promise<Ruling> {
  const question = questionOf(file)
  if (because === 'facts') return (await decideCredit(work, tools, question)).ruling
  return tools.rulebook.decide(work, {
    policy: 'job-loan-eligibility',
    on: question.on,
    insuredRegion: file.agency,
    facts: file.state.facts,
  })
}

/** What deciding an application again by the values known today would change; nothing is written. */
export async function previewLoan(work: Work, tools: ServiceTools, file: LoanFile): Promise<Recalculation | undefined> {
  if (file.state.found === null) return undefined
  const after = creditOf(await rulingAnew(work, tools, file, 'value'))
  return { before: findingOf(file.state.found), after: findingOf(after) }
}

function findingOf({ outcome, reason, because, creditFen }: CreditFinding): Finding {
  return { outcome, reason, because, amountFen: creditFen }
}
