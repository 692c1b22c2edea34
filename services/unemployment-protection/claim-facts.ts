import type { z } from 'zod'
import type { Cases } from '../../cases/door.ts'
import {
  asActor,
  BadInput,
  type Id,
  monthOf,
  must,
  type PlainDate,
  Refusal,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { benefitSpellsOf, contributionsOf, type Employment, employmentsOf, getPerson } from '../../people/door.ts'
import type { claimAnswers, Standing } from './claim-state.ts'

/** The flow of claims, and the kind under which the register of benefits knows its recipients. */
export const claimFlowId = 'unemployment-claim'

/** See `claimFlowId`. */
export const benefitKind = 'unemployment_benefit'

/** The kind under which the register of benefits knows whoever was granted the one-off living subsidy instead. */
const livingSubsidyKind = 'one_off_living_subsidy'

const purpose = 'unemployment benefit'

/** The facts of `unemployment-benefit`, and from which register each comes (message code `register.<name>`). */
export type ClaimFacts = { facts: Record<string, unknown>; sources: Record<string, string> }

/** Who claims, since when out of work, and what they answered; in which case, where there is one already. */
export type Claimant = {
  personId: Id
  registeredOn: PlainDate
  answers: z.infer<typeof claimAnswers>
  caseId?: Id
}

/**
 * What registers hold of somebody who has registered as unemployed. Months paid before an earlier benefit began count no more; those of it that
 * were left are added (Social Insurance Law, article 46). Refusals `still_employed`, `no_employment_ended`.
 */
export async function gatherClaim(work: Work, cases: () => Cases, claimant: Claimant): Promise<ClaimFacts> {
  const { personId, registeredOn, answers, caseId } = claimant
  return asActor(work, systemActor, async (node) => {
    const { retiredOn } = await getPerson(node, personId, purpose)
    const spells = await benefitSpellsOf(node, personId, { kind: benefitKind }, purpose)
    const countedFrom = spells.filter((spell) => spell.caseId !== caseId).at(-1)?.from
    const paid = await contributionsOf(
      node,
      personId,
      { insurance: 'unemployment', ...(countedFrom !== undefined && { from: countedFrom }) },
      purpose,
    )
    const months = new Set(paid.flatMap(({ month, paidOn }) => (paidOn !== null && paidOn < registeredOn ? month : [])))
    return {
      facts: {
        monthsPaid: months.size,
        monthsUnclaimed: await monthsLeftOver(node, cases, claimant),
        leftInvoluntarily: await leftInvoluntarily(node, personId, registeredOn),
        registeredOn,
        seeksWork: answers.seeksWork,
        drawsPension: retiredOn !== null && retiredOn <= registeredOn,
        livingSubsidyGranted: await livingSubsidyGranted(node, personId, registeredOn),
      },
      sources: {
        monthsPaid: 'contribution_records',
        monthsUnclaimed: 'earlier_claims',
        leftInvoluntarily: 'employments',
        drawsPension: 'persons',
        livingSubsidyGranted: 'benefit_spells',
      },
    }
  })
}

/** Whether the subsidy was granted since the last employment ended: for one loss of a job it is that or the benefit (C6.03). */
async function livingSubsidyGranted(work: Work, personId: Id, on: PlainDate): Promise<boolean> {
  const last = await lastEmployment(work, personId, on)
  const spells = await benefitSpellsOf(work, personId, { kind: livingSubsidyKind }, purpose)
  return spells.some(({ from }) => from >= monthOf(must(last.to, 'end of an employment')))
}

async function leftInvoluntarily(work: Work, personId: Id, on: PlainDate): Promise<boolean> {
  return (await lastEmployment(work, personId, on)).involuntary === true
}

/** The employment that ended last before a day. Refusals `still_employed`, `no_employment_ended`. */
async function lastEmployment(work: Work, personId: Id, on: PlainDate): Promise<Employment> {
  const employments = await employmentsOf(work, personId, {}, purpose)
  if (employments.some(({ from, to }) => from <= on && (to === null || to >= on))) {
    throw new Refusal('still_employed', { clause: 'SIL.45' })
  }
  const last = employments.filter(({ to }) => to !== null && to < on).at(-1)
  if (!last) throw new Refusal('no_employment_ended', { clause: 'SIL.45' })
  return last
}

/** Of the last other claim that has ended: the months granted that were not paid. */
async function monthsLeftOver(work: Work, cases: () => Cases, { personId, caseId }: Claimant): Promise<number> {
  const ended = await cases().find(work, { flow: claimFlowId, status: 'ended', personId, limit: 2 })
  const { months = 0, monthsPaid = 0 } = ended.find((each) => each.caseId !== caseId)?.summary ?? {}
  return Math.max(0, Number(months) - Number(monthsPaid))
}

/** How the registers, and what was noted in the claim, say that a recipient stands on a day. */
export function standingOn(
  work: Work,
  personId: Id,
  on: PlainDate,
  noted: { standing: Standing; since: PlainDate } | null,
): Promise<Standing> {
  return asActor(work, systemActor, async (node) => {
    const { diedOn, retiredOn } = await getPerson(node, personId, purpose)
    if (diedOn !== null && diedOn <= on) return 'died'
    if (retiredOn !== null && retiredOn <= on) return 'draws_pension'
    if ((await employmentsOf(node, personId, { on }, purpose)).length > 0) return 'employed'
    return noted !== null && noted.since <= on ? noted.standing : 'unemployed'
  })
}

/** The retirement category, and the day of birth, of a person; undefined for a woman whose post nobody has told. */
export async function retirementFactsOf(
  work: Work,
  personId: Id,
  { womanCategory }: Claimant['answers'],
): Promise<{ category: string; bornOn: PlainDate } | undefined> {
  const { sex, birthOn } = await asActor(work, systemActor, (node) => getPerson(node, personId, purpose))
  const category = sex === 'male' ? 'man' : womanCategory
  return category && { category, bornOn: birthOn }
}

/** A man is not asked what only women are. */
export async function requireFittingAnswers(work: Work, { personId, answers }: Claimant): Promise<void> {
  const { sex } = await asActor(work, systemActor, (node) => getPerson(node, personId, purpose))
  if (sex === 'female' && answers.womanCategory === undefined) {
    throw new BadInput([{ path: 'womanCategory', expected: 'woman_55 or woman_50', found: 'nothing' }])
  }
}
