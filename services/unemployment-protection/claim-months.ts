import { z } from 'zod'
import { standingFen } from '../../benefits/door.ts'
import { asActor, BadInput, monthOf, must, Refusal, schemaDate, systemActor, type Work } from '../../ground/door.ts'
import { cancelBenefitSpell, endBenefitSpell } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { standingOn } from './claim-facts.ts'
import {
  type BenefitMonth,
  type ClaimFile,
  claimState,
  type Ended,
  type Entitlement,
  monthBeginsOn,
  nextMonthOn,
  personOf,
  standings,
  step,
} from './claim-state.ts'
import { type DecidedMonth, decideMonth, settleMonth } from './month-settling.ts'

const carried = claimState.pick({ spellId: true, months: true, owedFen: true, ended: true })

/** What a person can say of themselves; the rest is for officers to find. */
const ownStandings = z.enum(standings).extract(['employed', 'in_military', 'moved_abroad', 'draws_pension'])

/** The months of a benefit: each is decided and paid when it begins, until something ends it. */
export function monthSteps(tools: ServiceTools) {
  const payMonth = step({
    title: { zh: '发放本月待遇', en: 'Pay the month' },
    from: ['receiving'],
    by: ['system'],
    body: z.strictObject({}),
    record: carried,
    to: { paid: 'stay', ended: 'ended' },
    async take({ work, file }) {
      const { months, owedFen, spellId } = file.state
      const decided = await decideNext(work, tools, file, null)
      const { number, beginsOn, ruling, isOlder, dueFen } = decided
      if (ruling.decision.outcome !== 'granted') {
        const ended = { reason: ruling.decision.reason ?? '', standing: decided.standing, since: beginsOn }
        await closeSpell(work, file, months)
        const record = { spellId: null, months, owedFen, ended }
        return { outcome: 'ended', record, decision: ruling, notices: [noticeOf(file, 'notice.claim_ended')] }
      }
      const { orders } = await settleMonth(work, file, number, [], dueFen)
      await work.reach('unemployment.month.ordered')
      const isFirstOlder = isOlder && !months.some((month) => month.isOlder)
      return {
        outcome: 'paid',
        record: { spellId, months: [...months, { number, beginsOn, isOlder, orders }], owedFen, ended: null },
        decision: ruling,
        notices: isFirstOlder ? [noticeOf(file, 'notice.pension_premium_paid')] : [],
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const noteStanding = step({
    title: { zh: '登记状况变化（停发）', en: 'Note a change that ends the benefit' },
    from: ['receiving'],
    by: ['person', 'accept', 'review'],
    body: z.strictObject({
      standing: z.enum(standings).exclude(['unemployed']),
      since: schemaDate,
      note: z.string().trim().min(1).max(300),
    }),
    record: carried.extend({ note: z.string() }),
    to: 'ended',
    async take({ work, file, body: { standing, since, note } }) {
      if (since > work.today) throw new BadInput([{ path: 'since', expected: 'today or earlier', found: since }])
      if (work.actor.kind === 'person' && !ownStandings.safeParse(standing).success) {
        throw new Refusal('not_yours_to_note', { clause: 'SIL.51' })
      }
      const noted = { standing, since }
      const { ruling } = await decideNext(work, tools, file, noted)
      const found = must(file.state.found, 'finding of a claim')
      const settled = await settleMonths(work, tools, file, found, noted)
      await closeSpell(work, file, settled.months)
      return {
        record: {
          spellId: null,
          months: settled.months,
          owedFen: file.state.owedFen + settled.claimedFen,
          ended: { reason: ruling.decision.reason ?? '', ...noted },
          note,
        },
        decision: ruling,
        notices: [noticeOf(file, 'notice.claim_ended')],
      }
    },
    fold: (state, { body: { spellId, months, owedFen, ended } }) => ({ ...state, spellId, months, owedFen, ended }),
  })

  return { payMonth, noteStanding }
}

type Noted = Pick<Ended, 'standing' | 'since'> | null

/** Decides the month after the last one. */
async function decideNext(
  work: Work,
  tools: ServiceTools,
  file: ClaimFile,
  noted: Noted,
): Promise<DecidedMonth & Pick<Ended, 'standing'> & { number: number; beginsOn: string }> {
  const number = file.state.months.length + 1
  const beginsOn = nextMonthOn(file.state)
  const standing = await standingOn(work, personOf(file), beginsOn, noted)
  const entitledMonths = must(file.state.found, 'finding of a claim').months
  const decided = await decideMonth(work, tools, file, { number, beginsOn, standing, entitledMonths })
  return { ...decided, number, beginsOn, standing }
}

function noticeOf(file: ClaimFile, code: string) {
  return { personId: personOf(file), code }
}

/**
 * The months as they stand when they are decided again by an entitlement, by what registers now say of each day and what was noted, and what was
 * claimed back from the person.
 */
export async function settleMonths(
  work: Work,
  tools: ServiceTools,
  file: ClaimFile,
  found: Entitlement,
  noted: Noted,
): Promise<{ months: BenefitMonth[]; claimedFen: number }> {
  const settled: BenefitMonth[] = []
  let claimedFen = 0
  for (const month of file.state.months) {
    const { dueFen, isOlder } = await decideMonthAgain(work, tools, file, found, noted, month)
    const { orders, claimedFen: ofMonth } = await settleMonth(work, file, month.number, month.orders, dueFen)
    settled.push({ ...month, isOlder, orders })
    claimedFen += ofMonth
  }
  return { months: settled, claimedFen }
}

/** What a month comes to when it is decided again; nothing is written. */
export async function decideMonthAgain(
  work: Work,
  tools: ServiceTools,
  file: ClaimFile,
  { outcome, months }: Entitlement,
  noted: Noted,
  { number, beginsOn }: BenefitMonth,
): Promise<DecidedMonth> {
  const standing = await standingOn(work, personOf(file), beginsOn, noted)
  const entitledMonths = outcome === 'granted' ? months : 0
  return decideMonth(work, tools, file, { number, beginsOn, standing, entitledMonths })
}

/** Ends the entry in the register of benefits with the last month that is paid; without one it never was. */
async function closeSpell(work: Work, file: ClaimFile, months: readonly BenefitMonth[]): Promise<void> {
  const { spellId } = file.state
  if (spellId === null) return
  const last = months.findLast(({ orders }) => standingFen(orders) > 0)
  await asActor(work, systemActor, (node) =>
    last
      ? endBenefitSpell(node, { spellId, to: monthOf(monthBeginsOn(file.state, last.number)) })
      : cancelBenefitSpell(node, { spellId, caseId: file.id }),
  )
}
