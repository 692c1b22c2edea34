import { z } from 'zod'
import { must, Refusal, schemaFen, type Work } from '../ground/door.ts'
import type { Ruling } from '../law/door.ts'
import type { Chart } from '../ledger/door.ts'
import {
  type ApplicationFile,
  finding,
  isUnpaid,
  orderedPayment,
  partyOf,
  standingFen,
  step,
} from './application-state.ts'
import type { Benefit, BenefitTools } from './benefit.ts'
import { decidedInTime, requireWithinMaximum } from './decide-deadline.ts'
import { decideApplication, findingOf } from './deciding.ts'
import { noticeTo } from './notice.ts'
import { requireOnlyGrant, takeGrantTurns } from './occasion.ts'
import { settleDifference } from './settling.ts'

const opinion = z.string().trim().min(1).max(500)

/** Acceptance, review by the rule, the decision of people where the rule leaves it to them, and approval: each by another officer (B3.11). */
export function decidingSteps(tools: BenefitTools, benefit: Benefit, chart: Chart) {
  const accept = step({
    title: { zh: '受理', en: 'Accept' },
    from: ['submitted'],
    by: ['accept'],
    body: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: opinion.optional() }),
    record: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: z.string().nullable() }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    risk: {
      assess: async ({ work, file }) =>
        (await benefit.assess?.(work, { party: partyOf(file), agency: file.agency, answers: file.state.answers })) ??
        [],
      divert: { high: { accepted: 'awaiting_superior', not_accepted: 'not_accepted' } },
    },
    async take({ body: { outcome, reason = null } }) {
      const params = { reason: reason ?? '' }
      return {
        outcome,
        record: { outcome, reason },
        receipt:
          outcome === 'accepted'
            ? { kind: 'accepted' as const }
            : { kind: 'not_accepted' as const, reason: { code: 'receipt.benefit_not_accepted', params } },
      }
    },
  })

  const review = step({
    title: { zh: '复核', en: 'Review' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['apply', 'accept'],
    body: z.strictObject({ opinion }),
    record: z.strictObject({ opinion, found: finding, sources: z.record(z.string(), z.string()) }),
    to: { granted: 'reviewed', refused: 'refused', referred: 'referred' },
    async take({ work, file, body }) {
      const { ruling, found } = await decideApplication(work, tools, benefit, applicationOf(file))
      const finds = findingOf(ruling)
      return {
        outcome: routeOf(file, finds.outcome),
        record: { opinion: body.opinion, found: finds, sources: { ...found.sources } },
        decision: ruling,
        ...(finds.outcome !== 'referred' && {
          deadlines: decidedInTime(benefit, file),
          notices: noticeTo(partyOf(file), `notice.benefit_${finds.outcome}`, finds),
        }),
      }
    },
    fold: (state, { body }) => ({ ...state, found: body.found }),
  })

  const determine = step({
    title: { zh: '人工认定', en: 'Decided by people' },
    from: ['referred'],
    by: ['approve'],
    notSameUserAs: ['apply', 'accept', 'review'],
    body: z.strictObject({ outcome: z.enum(['granted', 'refused']), amountFen: schemaFen.default(0), opinion }),
    record: z.strictObject({ opinion, found: finding }),
    to: { granted: 'reviewed', refused: 'refused' },
    async take({ work, file, body, effectiveOn }) {
      const { amountFen: wantedFen } = body
      await requireWithinMaximum(work, tools, benefit, { agency: file.agency, on: effectiveOn, amountFen: wantedFen })
      const { ruling } = await decideApplication(work, tools, benefit, applicationOf(file))
      const amountFen = body.outcome === 'granted' ? body.amountFen : 0
      const finds = {
        outcome: body.outcome,
        reason: ruling.decision.reason,
        because: ruling.decision.because,
        amountFen,
      }
      return {
        outcome: routeOf(file, body.outcome) === 'refused' ? ('refused' as const) : ('granted' as const),
        record: { opinion: body.opinion, found: finds },
        decision: byPeople(ruling, finds, body.opinion),
        deadlines: decidedInTime(benefit, file),
        notices: noticeTo(partyOf(file), `notice.benefit_${body.outcome}`, finds),
      }
    },
    fold: (state, { body }) => ({ ...state, found: body.found }),
  })

  const approve = step({
    title: { zh: '审批', en: 'Approve' },
    from: ['reviewed'],
    by: ['approve'],
    notSameUserAs: ['apply', 'accept', 'review'],
    body: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion }),
    record: z.strictObject({ opinion, orders: z.array(orderedPayment), owedFen: schemaFen }),
    to: { pay: 'approved', nothing_to_pay: 'paid', refused: 'refused', returned: 'accepted' },
    async take({ work, file, body }) {
      const { orders: before, owedFen, found } = file.state
      if (body.outcome === 'returned') {
        return { outcome: 'returned' as const, record: { opinion: body.opinion, orders: before, owedFen } }
      }
      const finds = must(found, 'finding of a reviewed application')
      if (finds.outcome === 'granted') {
        await requireOnlyGrant(work, tools, benefit, file)
        await requireStillGranted(work, tools, benefit, file)
      }
      const settled = await settleDifference(work, benefit, chart, file, finds.amountFen)
      await work.reach('benefits.approve.settled')
      return {
        outcome: afterSettling(finds.outcome, settled.orders),
        record: { opinion: body.opinion, ...settled },
      }
    },
    fold: (state, { body }) => ({ ...state, orders: body.orders, owedFen: body.owedFen }),
  })

  return { accept, review, determine, approve }
}

/**
 * What other rules ask about in the register of benefits is looked at again at the grant: between the review and now a benefit may have been granted that
 * excludes it. Refusal `review_outdated`.
 */
async function requireStillGranted(work: Work, tools: BenefitTools, benefit: Benefit, file: ApplicationFile) {
  const { kind, id } = partyOf(file)
  if (benefit.registeredAs === undefined || kind !== 'person') return
  await takeGrantTurns(work, id)
  const { ruling } = await decideApplication(work, tools, benefit, applicationOf(file))
  if (findingOf(ruling).outcome === 'refused') throw new Refusal('review_outdated')
}

/** Where a case stands once its amount is settled: waiting for the bank, or with nothing left to pay. */
export function afterSettling(
  outcome: string,
  orders: ApplicationFile['state']['orders'],
): 'pay' | 'nothing_to_pay' | 'refused' {
  if (isUnpaid(orders)) return 'pay'
  return outcome === 'granted' ? 'nothing_to_pay' : 'refused'
}

/** An application as its case holds it. */
export function applicationOf(file: ApplicationFile) {
  const { answers, appliedOn } = file.state
  return {
    party: partyOf(file),
    agency: file.agency,
    answers,
    appliedOn: must(appliedOn, 'day of an application'),
    caseId: file.id,
  }
}

/** A refusal of what was already paid (after an objection) goes on to approval, because money must come back. */
function routeOf(file: ApplicationFile, outcome: 'granted' | 'refused' | 'referred') {
  return outcome === 'refused' && standingFen(file.state.orders) > 0 ? ('granted' as const) : outcome
}

function byPeople(ruling: Ruling, { outcome, amountFen }: z.infer<typeof finding>, reasons: string): object {
  return { ...ruling, decision: { ...ruling.decision, outcome, amountFen }, decidedByPeople: reasons }
}
