import { z } from 'zod'
import type { CaseEvent } from '../cases/door.ts'
import { correctionStep } from '../cases/door.ts'
import { must, Refusal, schemaFen, type Work } from '../ground/door.ts'
import type { Ruling } from '../law/door.ts'
import type { Chart } from '../ledger/door.ts'
import { afterSettling, applicationOf } from './application-deciding.ts'
import {
  type ApplicationFile,
  type ApplicationState,
  type ApplicationStatus,
  finding,
  orderedPayment,
  partyOf,
  step,
} from './application-state.ts'
import type { Benefit, BenefitTools } from './benefit.ts'
import { decideAgain, decideApplication, findingOf } from './deciding.ts'
import { noticeWith } from './notice.ts'
import { requireOnlyGrant } from './occasion.ts'
import type { Recalculation } from './revision-lines.ts'
import { settleDifference } from './settling.ts'

/** Why a case is decided again: a published value (the same facts), or facts that a register or a correction has put right. */
const causes = ['value', 'facts'] as const

/** Statuses in which a decision stands that can be made again. */
export const decidedStatuses = [
  'approved',
  'returned',
  'paid',
  'refused',
] as const satisfies readonly ApplicationStatus[]

/**
 * Correction of what was answered, and deciding again with its differences in money: more is ordered, less is taken off orders or claimed back.
 * Each new decision can be objected to from its own day on.
 */
export function recalculatingSteps(tools: BenefitTools, benefit: Benefit, chart: Chart) {
  const recalculate = step({
    title: { zh: '重新核定', en: 'Decide again' },
    from: decidedStatuses,
    by: ['system', 'review'],
    body: z.strictObject({ because: z.enum(causes), cause: z.string().trim().min(1).max(300) }),
    record: z.strictObject({
      because: z.enum(causes),
      cause: z.string(),
      before: finding,
      found: finding,
      orders: z.array(orderedPayment),
      owedFen: schemaFen,
    }),
    to: { pay: 'approved', nothing_to_pay: 'paid', refused: 'refused', same: 'stay' },
    async take({ work, file, body, history }) {
      const ruling = await rulingAnew(work, tools, benefit, file, history, body.because)
      const before = must(file.state.found, 'finding of a decided application')
      const found = findingOf(ruling)
      if (found.outcome === 'referred') throw new Refusal('recalculation_needs_people', { clause: found.because })
      if (found.outcome === 'granted') await requireOnlyGrant(work, tools, benefit, file)
      const settled = await settleDifference(work, benefit, chart, file, found.amountFen)
      await work.reach('benefits.recalculate.settled')
      const isSame = found.amountFen === before.amountFen && found.outcome === before.outcome
      return {
        outcome: isSame ? 'same' : afterSettling(found.outcome, settled.orders),
        record: { because: body.because, cause: body.cause, before, found, ...settled },
        ...(!isSame && {
          decision: ruling,
          notices: [
            noticeWith(partyOf(file), 'notice.benefit_recalculated', {
              beforeFen: before.amountFen,
              afterFen: found.amountFen,
              cause: body.cause,
            }),
          ],
        }),
      }
    },
    fold: (state, { body }) => ({ ...state, found: body.found, orders: body.orders, owedFen: body.owedFen }),
  })
  return {
    ...correctionStep<ApplicationState, ApplicationStatus, Record<string, unknown>>({
      from: ['submitted', 'accepted', ...decidedStatuses],
      by: ['accept', 'review'],
      changes: benefit.answers,
      fold: (state, changes) => ({ ...state, answers: changes }),
    }),
    recalculate,
  }
}

/** What a recalculation of a decided case would change today; nothing is written. Undefined where no decision of the rule stands. */
export async function previewRecalculation(
  work: Work,
  tools: BenefitTools,
  benefit: Benefit,
  file: ApplicationFile,
  history: readonly CaseEvent[],
): Promise<Recalculation | undefined> {
  if (file.state.found === null || !findKeptRuling(history)) return undefined
  const ruling = await rulingAnew(work, tools, benefit, file, history, 'value')
  return { before: file.state.found, after: findingOf(ruling) }
}

async function rulingAnew(
  work: Work,
  tools: BenefitTools,
  benefit: Benefit,
  file: ApplicationFile,
  history: readonly CaseEvent[],
  because: (typeof causes)[number],
): Promise<Ruling> {
  if (because === 'facts') return (await decideApplication(work, tools, benefit, applicationOf(file))).ruling
  return decideAgain(work, tools, file.agency, must(findKeptRuling(history), `ruling of case ${file.number}`))
}

const keptRuling = z.looseObject({
  decision: z.looseObject({ policy: z.looseObject({ id: z.string() }) }),
  facts: z.record(z.string(), z.unknown()),
  on: z.string(),
  decidedByPeople: z.string().optional(),
})

/** The question that the last decision of the rule answered; undefined where people decided, since no value changes that. */
function findKeptRuling(history: readonly CaseEvent[]): KeptRuling | undefined {
  const kept = keptRuling.safeParse(history.findLast(({ decision }) => decision !== null)?.decision)
  return kept.success && kept.data.decidedByPeople === undefined ? kept.data : undefined
}

type KeptRuling = z.infer<typeof keptRuling>
