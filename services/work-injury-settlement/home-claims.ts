import type { z } from 'zod'
import type { CaseRow } from '../../cases/door.ts'
import { daysBetween, type Id, type Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import { type ClaimOccasion, undecidedClaim } from './flow/claim-state.ts'
import type { FlowSet } from './flow-set.ts'
import { filingFor } from './home-filing.ts'
import type { settlementStateMessage, stayLeftMessage } from './messages-between.ts'
import { settlementOrdinal, settlementsOfStay } from './settlements.ts'
import { findStayCase } from './stay-places.ts'
import { treatmentPlace } from './treatment-place.ts'

type Told = z.infer<typeof settlementStateMessage>

/** Whose stay it was, and where, as the visit knows it. */
export type VisitPlace = { personId: Id; agency: string; institutionName: string; treatmentRegion: string }

/**
 * Keeps the claim for what is not settled at the institution (A1.18) in step with what is known of a stay's settlements, in whatever order
 * it came: the newest one that stands has a claim; one for a settlement that was undone or replaced is cancelled while nothing is decided.
 * What was approved stands, so that nothing is paid twice when a stay is settled again. Returns the number of the claim that stands.
 */
export async function followClaim(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  place: VisitPlace,
  told: Told,
): Promise<string | null> {
  const standing = await standingSettlement(work, told.stayNumber)
  const claims = await claimsOfStay(work, tools, place.personId, told.stayNumber)
  const replaced = claims.filter((claim) => isUndecided(claim) && claim.summary.stayNumber !== standing)
  for (const claim of replaced) await cancelClaim(work, tools, claim)
  const kept = claims.find((claim) => claim.status !== 'cancelled' && !replaced.includes(claim))
  if (kept) return kept.number
  return told.settlementNumber === standing ? openClaim(work, tools, flows, place, told) : null
}

/** The newest settlement of a stay that is not undone, as far as it is known here. */
async function standingSettlement(work: Work, stayNumber: string): Promise<string | undefined> {
  const rows = await settlementsOfStay(work, 'home', stayNumber)
  const numbers = rows.filter(({ state }) => state === 'settled').map(({ number }) => number)
  return numbers.sort((one, other) => settlementOrdinal(one) - settlementOrdinal(other)).at(-1)
}

async function claimsOfStay(work: Work, tools: ServiceTools, personId: Id, stayNumber: string): Promise<CaseRow[]> {
  const rows = await tools.cases().find(work, { flow: 'claim', personId, text: stayNumber, limit: 100 })
  return rows.filter(({ summary }) => String(summary.stayNumber).startsWith(`${stayNumber}-`))
}

function isUndecided({ status }: CaseRow): boolean {
  return undecidedClaim.some((undecided) => undecided === status)
}

async function cancelClaim(work: Work, tools: ServiceTools, { caseId, seq }: CaseRow): Promise<void> {
  await tools.cases().take(work, {
    caseId,
    step: 'cancel',
    expectedSeq: seq,
    idempotencyKey: 'cancel',
    body: { reason: 'settlement_undone' },
  })
}

/** Opens the claim for the meal allowance and what was declared; nothing where there is neither. */
async function openClaim(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { personId, agency, institutionName, treatmentRegion }: VisitPlace,
  told: Told,
): Promise<string | null> {
  const stayDays = daysBetween(told.admittedOn, told.dischargedOn)
  if (stayDays === 0 && told.declaredTravelFen + told.declaredLodgingFen === 0) return null
  const filing = await filingFor(work, tools, flows, { personId, region: treatmentRegion, on: told.admittedOn })
  const filingClass = filing?.state === 'effective' ? (filing.file.state.form?.filingClass ?? null) : null
  const occasion: ClaimOccasion = {
    personId,
    stayNumber: told.settlementNumber,
    institutionName,
    treatmentRegion,
    admittedOn: told.admittedOn,
    dischargedOn: told.dischargedOn,
    stayDays,
    filingClass,
    referralConsent: filingClass === 'referral',
    outsidePoolingArea: treatmentPlace(agency, treatmentRegion, told.admittedOn) !== 'insured_area',
    declaredTravelFen: told.declaredTravelFen,
    declaredLodgingFen: told.declaredLodgingFen,
    notDirectBecause: null,
  }
  return (await open(work, tools, agency, occasion)).number
}

/** Opens the claim for a stay that could not be settled directly (A1-o9). Returns its number. */
export async function claimWholeStay(
  work: Work,
  tools: Pick<ServiceTools, 'cases'>,
  agency: string,
  occasion: Omit<ClaimOccasion, 'dischargedOn' | 'stayDays' | 'declaredTravelFen' | 'declaredLodgingFen'>,
): Promise<string> {
  // How long the stay will be, nobody knows yet: `noteDischarge`.
  const unknown = { dischargedOn: null, stayDays: 0, declaredTravelFen: 0, declaredLodgingFen: 0 }
  return (await open(work, tools, agency, { ...occasion, ...unknown })).number
}

/**
 * A stay has ended without being settled. Its claim, while nothing is decided, now knows for how many days a meal allowance is due, and is reviewed
 * again where it was; where the stay was to be settled directly and was not, e.g. because the regions could not reach each other, the claim opens
 * now (A1-o9). Told again, it changes nothing.
 */
export async function noteDischarge(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { stayNumber, dischargedOn }: z.infer<typeof stayLeftMessage>,
): Promise<void> {
  const claim =
    (await findWholeStayClaim(work, tools, stayNumber)) ?? (await claimLeftStay(work, tools, flows, stayNumber))
  if (!claim || !isUndecided(claim)) return
  const { file, take } = await tools.cases().lockOf(work, flows.claim, claim.caseId)
  if (file.state.occasion?.dischargedOn === dischargedOn) return
  await take({
    step: file.status === 'reviewed' ? 'reviewAfterDischarge' : 'noteDischarge',
    idempotencyKey: 'discharge',
    body: { dischargedOn },
  })
}

async function findWholeStayClaim(work: Work, tools: ServiceTools, stayNumber: string): Promise<CaseRow | undefined> {
  const visitId = await findStayCase(work, 'home', stayNumber)
  if (!visitId) return undefined
  const { personId } = (await tools.cases().get(work, visitId)).file.subject
  if (!personId) return undefined
  const rows = await tools.cases().find(work, { flow: 'claim', personId, text: stayNumber, limit: 100 })
  return rows.find(({ summary }) => summary.stayNumber === stayNumber)
}

async function claimLeftStay(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  stayNumber: string,
): Promise<CaseRow | undefined> {
  const visitId = await findStayCase(work, 'home', stayNumber)
  if (!visitId) return undefined
  const visit = await tools.cases().getOf(work, flows.visit, visitId)
  const { enquiry } = visit.state
  if (enquiry?.ruling.outcome !== 'granted') return undefined
  const { personId, institutionName, treatmentRegion, admittedOn } = enquiry
  const filing = await filingFor(work, tools, flows, { personId, region: treatmentRegion, on: admittedOn })
  const filingClass = filing?.state === 'effective' ? (filing.file.state.form?.filingClass ?? null) : null
  await claimWholeStay(work, tools, visit.agency, {
    ...{ personId, stayNumber, institutionName, treatmentRegion, admittedOn, filingClass },
    referralConsent: filingClass === 'referral',
    outsidePoolingArea: treatmentPlace(visit.agency, treatmentRegion, admittedOn) !== 'insured_area',
    notDirectBecause: 'left_without_settlement',
  })
  return findWholeStayClaim(work, tools, stayNumber)
}

function open(work: Work, tools: Pick<ServiceTools, 'cases'>, agency: string, occasion: ClaimOccasion) {
  return tools.cases().open(work, {
    flow: 'claim',
    step: 'open',
    subject: { personId: occasion.personId },
    agency,
    idempotencyKey: `claim:${occasion.stayNumber}`,
    body: occasion,
  })
}
