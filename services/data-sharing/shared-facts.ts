import { type Id, type PlainDate, parseInput, type Work } from '../../ground/door.ts'
import {
  benefitSpellsOf,
  certificatesOf,
  contributionsOf,
  employmentsOf,
  getEmployer,
  getPerson,
  type SharedRecordKind,
  sharedSourcesOf,
} from '../../people/door.ts'
import { type SharedFacts, type SharedKind, sharedFacts } from './messages-between.ts'

/**
 * What the registers here hold of a person at first hand, of the kinds asked and of no other (B2.03); every reading is logged under the purpose. What
 * stands here on another region's word is that region's to tell, or it would come back to it as a second record.
 */
export async function factsToTell(
  work: Work,
  personId: Id,
  kinds: readonly SharedKind[],
  purpose: string,
): Promise<SharedFacts> {
  return factsHeld(work, personId, kinds, purpose, await heardOf(work, personId, purpose))
}

/** What the registers here hold of a person, of the kinds asked and of no other, less what `isHeard` leaves out: nothing where it is not given. */
export async function factsHeld(
  work: Work,
  personId: Id,
  kinds: readonly SharedKind[],
  purpose: string,
  isHeard: IsHeard = () => false,
): Promise<SharedFacts> {
  const asked = new Set(kinds)
  const facts: Record<string, unknown> = {}
  const reading = { work, personId, purpose, isHeard }
  const months = [
    ...(asked.has('unemployment_months') ? await paidMonths(reading, 'unemployment') : []),
    ...(asked.has('pension_months') ? await paidMonths(reading, 'pension') : []),
  ]
  if (asked.has('unemployment_months') || asked.has('pension_months')) facts.months = months
  if (asked.has('employments')) facts.employments = await employmentsToTell(reading)
  if (asked.has('certificates')) facts.certificates = await certificatesToTell(reading)
  if (asked.has('benefits')) {
    const spells = await benefitSpellsOf(work, personId, {}, purpose)
    facts.benefits = spells
      .filter(({ spellId }) => !reading.isHeard('benefit', spellId))
      .map(({ kind, from, to }) => ({ kind, from, to }))
  }
  if (asked.has('death')) facts.diedOn = (await getPerson(work, personId, purpose)).diedOn
  return parseInput(sharedFacts, facts)
}

type Reading = { work: Work; personId: Id; purpose: string; isHeard: IsHeard }
type IsHeard = (record: SharedRecordKind, reference: string) => boolean

/** Whether a record of a person stands here on another region's word. */
async function heardOf(work: Work, personId: Id, purpose: string): Promise<IsHeard> {
  const heard = new Set((await sharedSourcesOf(work, personId, purpose)).map(sourceKey))
  return (record, reference) => heard.has(sourceKey({ record, reference }))
}

const sourceKey = ({ record, reference }: { record: SharedRecordKind; reference: string }) => `${record} ${reference}`

/** How a month is named as a source. */
export function monthReference(insurance: string, month: string): string {
  return `${insurance} ${month}`
}

async function paidMonths({ work, personId, purpose, isHeard }: Reading, insurance: 'unemployment' | 'pension') {
  const months = await contributionsOf(work, personId, { insurance }, purpose)
  return months.flatMap(({ month, baseFen, paidOn, receivedFrom }) => {
    const fromWord = receivedFrom !== null && isHeard('contribution', monthReference(insurance, month))
    return paidOn === null || fromWord ? [] : [{ insurance, month, baseFen, paidOn }]
  })
}

async function employmentsToTell({ work, personId, purpose, isHeard }: Reading) {
  const employments = (await employmentsOf(work, personId, {}, purpose)).filter(
    ({ employmentId }) => !isHeard('employment', employmentId),
  )
  return Promise.all(
    employments.map(async ({ employerId, from, to, endReason, occupation }) => {
      const { creditCode, name, region, industry } = await getEmployer(work, employerId)
      return { employer: { creditCode, name, region, industry }, from, to, endReason, occupation }
    }),
  )
}

async function certificatesToTell({ work, personId, purpose, isHeard }: Reading) {
  const certificates = await certificatesOf(work, personId, {}, purpose)
  return certificates
    .filter(({ certificateId, revokedOn }) => revokedOn === null && !isHeard('certificate', certificateId))
    .map(({ number, kind, occupation, level, issuedOn, issuer }) => ({
      ...{ number, kind, occupation, level, issuedOn, issuer },
    }))
}

/** What of an answer was asked; whatever else it holds is not looked at, so no region enters here what nobody asked it for. */
export function withinKinds(facts: SharedFacts, kinds: readonly SharedKind[]): SharedFacts {
  const asked = new Set<string>(kinds)
  const { months, employments, certificates, benefits, diedOn } = facts
  return {
    ...(months && { months: months.filter(({ insurance }) => asked.has(`${insurance}_months`)) }),
    ...(employments && asked.has('employments') && { employments }),
    ...(certificates && asked.has('certificates') && { certificates }),
    ...(benefits && asked.has('benefits') && { benefits }),
    ...(diedOn !== undefined && asked.has('death') && { diedOn }),
  }
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
