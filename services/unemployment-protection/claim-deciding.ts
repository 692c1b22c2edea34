import { z } from 'zod'
import {
  beginSpell,
  endSpells,
  recipientOf,
  settleMonths,
  standingOfMonths,
  takeGrantTurns,
} from '../../benefits/door.ts'
import { actorPersonId, BadInput, must, Refusal, schemaDate, schemaId, type Work } from '../../ground/door.ts'
import type { Ruling } from '../../law/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { claimFlowId, gatherClaim, requireFittingAnswers } from './claim-facts.ts'
import {
  type ClaimFile,
  claimAnswers,
  claimState,
  type Entitlement,
  entitlement,
  initialClaim,
  step,
} from './claim-state.ts'
import type { MonthlyClaim } from './monthly.ts'
import { assessClaim } from './risk.ts'

const opinion = z.string().trim().min(1).max(500)

/** Application, acceptance, review by the rule and approval: each by another officer (B3.11). */
export function decidingSteps(tools: ServiceTools, monthly: MonthlyClaim) {
  const apply = step({
    title: { zh: '失业登记并申领', en: 'Register as unemployed and claim' },
    opens: true,
    by: ['person', 'accept'],
    body: claimAnswers.extend({
      /** Whom an officer claims for. */
      personId: schemaId.optional(),
    }),
    record: claimState.pick({ answers: true }).extend({
      personId: schemaId,
      registeredOn: schemaDate,
      expected: entitlement,
    }),
    to: 'submitted',
    async take({ work, body: { personId: named, ...answers }, effectiveOn }) {
      const personId = actorPersonId(work.actor) ?? named
      if (!personId) throw new BadInput([{ path: 'personId', expected: 'the person who claims', found: 'nothing' }])
      const claimant = { personId, registeredOn: effectiveOn, answers }
      await requireFittingAnswers(work, claimant)
      await requireNoOpenClaim(work, tools, personId)
      const { agency } = await getPerson(work, personId, 'unemployment benefit')
      const { ruling } = await decideClaim(work, tools, { agency, ...claimant })
      return {
        record: { personId, answers, registeredOn: effectiveOn, expected: entitlementOf(ruling) },
        subject: { personId, agency },
      }
    },
    fold: (_, { body }) => ({ ...initialClaim, ...body }),
  })

  const accept = step({
    title: { zh: '受理', en: 'Accept' },
    from: ['submitted'],
    by: ['accept'],
    body: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: opinion.optional() }),
    record: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: z.string().nullable() }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    risk: { assess: ({ work, file }) => assessClaim(work, tools, file) },
    async take({ work, file, body: { outcome, reason = null }, effectiveOn }) {
      if (outcome === 'not_accepted') {
        const why = { code: 'receipt.claim_not_accepted', params: { reason: reason ?? '' } }
        return { outcome, record: { outcome, reason }, receipt: { kind: 'not_accepted' as const, reason: why } }
      }
      const days = await tools.rulebook.valueOf(work, 'decideDays', { on: effectiveOn, insuredRegion: file.agency })
      return {
        outcome,
        record: { outcome, reason },
        receipt: { kind: 'accepted' as const },
        deadlines: [{ start: 'decide', unit: 'calendar_day' as const, amount: Number(days.value) }],
      }
    },
  })

  const review = step({
    title: { zh: '复核', en: 'Review' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['apply', 'accept'],
    body: z.strictObject({ opinion }),
    record: z.strictObject({
      opinion,
      found: entitlement,
      facts: claimState.shape.facts,
      sources: z.record(z.string(), z.string()),
    }),
    to: { granted: 'reviewed', refused: 'refused' },
    async take({ work, file, body }) {
      const { ruling, sources } = await decideClaim(work, tools, claimantOf(file))
      const found = entitlementOf(ruling)
      // What was already paid must come back, and the entry in the register end, which is approved by another officer.
      const { months, spellId } = file.state
      const isApproved = found.outcome === 'granted' || spellId !== null || standingOfMonths(months) > 0
      return {
        outcome: isApproved ? 'granted' : 'refused',
        record: { opinion: body.opinion, found, facts: ruling.facts, sources },
        decision: ruling,
        ...(!isApproved && { deadlines: [{ meet: 'decide' }] }),
        notices: [
          {
            personId: recipientOf(file),
            code: found.outcome === 'granted' ? 'notice.claim_found' : 'notice.claim_refused',
            params: { months: found.months, monthFen: found.monthFen },
          },
        ],
      }
    },
    fold: (state, { body: { found, facts } }) => ({ ...state, found, facts }),
  })

  const approve = step({
    title: { zh: '审批', en: 'Approve' },
    from: ['reviewed'],
    by: ['approve'],
    notSameUserAs: ['apply', 'accept', 'review'],
    body: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion }),
    record: claimState.pick({ spellId: true, months: true, owedFen: true, ended: true }).extend({ opinion }),
    to: { receiving: 'receiving', refused: 'refused', returned: 'accepted' },
    async take({ work, file, body }) {
      const { spellId, months, owedFen, ended } = file.state
      if (body.outcome === 'returned') {
        return { outcome: 'returned' as const, record: { opinion: body.opinion, spellId, months, owedFen, ended } }
      }
      const isGranted = found(file).outcome === 'granted'
      if (isGranted) {
        await takeGrantTurns(work, recipientOf(file))
        const { ruling } = await decideClaim(work, tools, claimantOf(file))
        if (entitlementOf(ruling).outcome !== 'granted') throw new Refusal('review_outdated')
      }
      const settled = await settleMonths(work, monthly, file, monthly.basisOf(file.state))
      if (!isGranted) await endSpells(work, monthly, file, settled.months)
      return {
        outcome: isGranted ? ('receiving' as const) : ('refused' as const),
        record: {
          opinion: body.opinion,
          spellId: isGranted ? (spellId ?? (await beginSpell(work, monthly, file))) : null,
          months: settled.months,
          owedFen: owedFen + settled.claimedFen,
          ended: null,
        },
        deadlines: [{ meet: 'decide' }],
      }
    },
    fold: (state, { body: { spellId, months, owedFen, ended } }) => ({ ...state, spellId, months, owedFen, ended }),
  })

  return { apply, accept, review, approve }
}

/** Who claims in a case, since when, and what they answered. */
export function claimantOf(file: ClaimFile) {
  const { answers, registeredOn } = file.state
  return {
    agency: file.agency,
    personId: recipientOf(file),
    answers,
    registeredOn: must(registeredOn, 'day of registration'),
    caseId: file.id,
  }
}

/** Decides a claim by what registers hold now, by the law of the day of registration. */
export async function decideClaim(
  work: Work,
  { rulebook, cases }: ServiceTools,
  { agency, ...claimant }: Omit<ReturnType<typeof claimantOf>, 'caseId'> & { caseId?: string },
) {
  const { facts, sources } = await gatherClaim(work, cases, claimant)
  const ruling = await rulebook.decide(work, {
    policy: 'unemployment-benefit',
    on: claimant.registeredOn,
    insuredRegion: agency,
    facts,
  })
  return { ruling, sources }
}

/** What of a ruling the steps need. */
export function entitlementOf({ decision: { outcome, reason, because, results } }: Ruling): Entitlement {
  const { months, monthFen, until } = results
  return {
    outcome,
    reason: reason ?? null,
    because,
    months: Number(months?.value ?? 0),
    monthFen: Number(monthFen?.value ?? 0),
    until: until === undefined ? null : String(until.value),
  }
}

function found({ state }: ClaimFile): Entitlement {
  return must(state.found, 'finding of a reviewed claim')
}

/** Refusal `claim_open` while a claim of the person is under way or paid. */
export async function requireNoOpenClaim(work: Work, { cases }: ServiceTools, personId: string): Promise<void> {
  const [open] = await cases().find(work, { flow: claimFlowId, personId, open: true, limit: 1 })
  if (open) throw new Refusal('claim_open', { params: { number: open.number } })
}
