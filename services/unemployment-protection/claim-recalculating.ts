import { z } from 'zod'
import {
  beginSpell,
  type Finding,
  noticesOfSettling,
  type Recalculation,
  settleMonths,
  standingOfMonths,
  sumOfMonths,
} from '../../benefits/door.ts'
import { correctionStep } from '../../cases/door.ts'
import { must, type Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import { claimantOf, decideClaim, entitlementOf } from './claim-deciding.ts'
import {
  type ClaimFile,
  type ClaimState,
  type ClaimStatus,
  claimAnswers,
  claimState,
  type Entitlement,
  entitlement,
  step,
} from './claim-state.ts'
import { type MonthlyClaim, monthlyClaim } from './monthly.ts'

/** Statuses in which a decision stands that can be made again. */
export const decidedStatuses = ['receiving', 'ended'] as const satisfies readonly ClaimStatus[]

/** Why a claim is decided again: a published value (the same facts), or facts that a register or a correction has put right. */
const causes = ['value', 'facts'] as const

/** Correction of what was answered, and deciding the claim and each of its months again, with the differences in money. */
export function recalculatingSteps(tools: ServiceTools, monthly: MonthlyClaim) {
  const recalculate = step({
    title: { zh: '重新核定', en: 'Decide again' },
    from: decidedStatuses,
    by: ['system', 'review'],
    body: z.strictObject({ because: z.enum(causes), cause: z.string().trim().min(1).max(300) }),
    record: claimState.pick({ months: true, owedFen: true, facts: true, spellId: true, ended: true }).extend({
      because: z.enum(causes),
      cause: z.string(),
      found: entitlement,
    }),
    to: { same: 'stay', resumed: 'receiving' },
    async take({ work, file, body }) {
      const { ended, months, owedFen, spellId } = file.state
      const { ruling, found } = await findAnew(work, tools, file, body.because)
      const settled = await settleMonths(work, monthly, file, { found, noted: ended })
      // Who had used up the months granted goes on where more are granted now.
      const isResumed = ended?.reason === 'months_used_up' && found.months > months.length
      return {
        outcome: isResumed ? 'resumed' : 'same',
        record: {
          ...body,
          found,
          facts: ruling.facts,
          months: settled.months,
          owedFen: owedFen + settled.claimedFen,
          spellId: isResumed ? await beginSpell(work, monthly, file) : spellId,
          ended: isResumed ? null : ended,
        },
        decision: ruling,
        notices: noticesOfSettling(monthly, file, settled.months, body.cause),
      }
    },
    fold: (state, { body: { because: _, cause: __, ...carried } }) => ({ ...state, ...carried }),
  })

  return {
    ...correctionStep<ClaimState, ClaimStatus, ClaimState['answers']>({
      from: ['submitted', 'accepted', ...decidedStatuses],
      by: ['accept', 'review'],
      changes: claimAnswers,
      fold: (state, answers) => ({ ...state, answers }),
    }),
    recalculate,
  }
}

async function findAnew(work: Work, tools: ServiceTools, file: ClaimFile, because: (typeof causes)[number]) {
  const { agency, registeredOn, ...claimant } = claimantOf(file)
  const { ruling } =
    because === 'facts'
      ? await decideClaim(work, tools, { agency, registeredOn, ...claimant })
      : {
          ruling: await tools.rulebook.decide(work, {
            policy: 'unemployment-benefit',
            on: registeredOn,
            insuredRegion: agency,
            facts: file.state.facts,
          }),
        }
  return { ruling, found: entitlementOf(ruling) }
}

/** What deciding a claim again by the values known today would change, over the months so far; nothing is written. */
export async function previewClaim(
  work: Work,
  tools: ServiceTools,
  file: ClaimFile,
): Promise<Recalculation | undefined> {
  if (file.state.found === null) return undefined
  const { found } = await findAnew(work, tools, file, 'value')
  const afterFen = await sumOfMonths(work, monthlyClaim(tools), file, { found, noted: file.state.ended })
  const before = must(file.state.found, 'finding of a claim')
  return {
    before: findingOf(before, standingOfMonths(file.state.months)),
    after: findingOf(found, afterFen),
  }
}

function findingOf({ outcome, reason, because }: Entitlement, amountFen: number): Finding {
  return { outcome, reason, because, amountFen }
}
