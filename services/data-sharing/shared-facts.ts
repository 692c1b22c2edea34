import { type Id, type PlainDate, parseInput, type Work } from '../../ground/door.ts'
import {
  benefitSpellsOf,
  certificatesOf,
  contributionsOf,
  employmentsOf,
  getEmployer,
  getPerson,
} from '../../people/door.ts'
import { type SharedFacts, type SharedKind, sharedFacts } from './messages-between.ts'

/** What the registers here hold of a person, of the kinds asked and of no other (B2.03); every reading is logged under the purpose. */
export async function factsToTell(
  work: Work,
  personId: Id,
  kinds: readonly SharedKind[],
  purpose: string,
): Promise<SharedFacts> {
  const asked = new Set(kinds)
  const facts: Record<string, unknown> = {}
  const months = [
    ...(asked.has('unemployment_months') ? await paidMonths(work, personId, 'unemployment', purpose) : []),
    ...(asked.has('pension_months') ? await paidMonths(work, personId, 'pension', purpose) : []),
  ]
  if (asked.has('unemployment_months') || asked.has('pension_months')) facts.months = months
  if (asked.has('employments')) facts.employments = await employmentsToTell(work, personId, purpose)
  if (asked.has('certificates')) facts.certificates = await certificatesToTell(work, personId, purpose)
  if (asked.has('benefits')) {
    const spells = await benefitSpellsOf(work, personId, {}, purpose)
    facts.benefits = spells.map(({ kind, from, to }) => ({ kind, from, to }))
  }
  if (asked.has('death')) facts.diedOn = (await getPerson(work, personId, purpose)).diedOn
  return parseInput(sharedFacts, facts)
}

async function paidMonths(work: Work, personId: Id, insurance: 'unemployment' | 'pension', purpose: string) {
  const months = await contributionsOf(work, personId, { insurance }, purpose)
  return months.flatMap(({ month, baseFen, paidOn }) =>
    paidOn === null ? [] : [{ insurance, month, baseFen, paidOn }],
  )
}

async function employmentsToTell(work: Work, personId: Id, purpose: string) {
  const employments = await employmentsOf(work, personId, {}, purpose)
  return Promise.all(
    employments.map(async ({ employerId, from, to, endReason, occupation }) => {
      const { creditCode, name, region, industry } = await getEmployer(work, employerId)
      return { employer: { creditCode, name, region, industry }, from, to, endReason, occupation }
    }),
  )
}

async function certificatesToTell(work: Work, personId: Id, purpose: string) {
  const certificates = await certificatesOf(work, personId, {}, purpose)
  return certificates
    .filter(({ revokedOn }) => revokedOn === null)
    .map(({ number, kind, occupation, level, issuedOn, issuer }) => ({
      ...{ number, kind, occupation, level, issuedOn, issuer },
    }))
}

/** How many of each kind: months paid, certificates, employments and benefits that run on a day, a death. What a promise is compared with. */
export function countsOf(facts: SharedFacts, kinds: readonly SharedKind[], on: PlainDate): Record<string, number> {
  const { months = [], employments = [], certificates = [], benefits = [], diedOn = null } = facts
  const monthsOf = (insurance: string) =>
    new Set(months.filter((each) => each.insurance === insurance).map((each) => each.month)).size
  const counts: Record<SharedKind, number> = {
    unemployment_months: monthsOf('unemployment'),
    pension_months: monthsOf('pension'),
    employments: employments.filter(({ from, to }) => from <= on && (to === null || to >= on)).length,
    certificates: certificates.length,
    benefits: benefits.filter(({ from, to }) => from <= on.slice(0, 7) && (to === null || to >= on.slice(0, 7))).length,
    death: diedOn === null ? 0 : 1,
  }
  return Object.fromEntries(kinds.map((kind) => [kind, counts[kind]]))
}
