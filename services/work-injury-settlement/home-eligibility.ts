import type { z } from 'zod'
import { sendMessage } from '../../exchange/door.ts'
import { type Id, Refusal, type Work } from '../../ground/door.ts'
import { provinceOf, type Ruling } from '../../law/door.ts'
import { checkCard, enrolmentsOf, getPerson, redeemQrToken } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import type { FilingFile } from './flow/filing-state.ts'
import type { FlowSet } from './flow-set.ts'
import { claimWholeStay } from './home-claims.ts'
import { filingFor } from './home-filing.ts'
import { findInjury, injuryFacts } from './injury.ts'
import { type eligibilityAskMessage, messageKinds } from './messages-between.ts'
import { summaryOf, wordResult } from './ruling.ts'
import { requireSpeaker } from './speakers.ts'
import { keepStayPlace } from './stay-places.ts'
import { isOutsidePrefecture, treatmentPlace } from './treatment-place.ts'

type Ask = z.infer<typeof eligibilityAskMessage>

/** Reasons that lead to a manual claim by themselves: the person is entitled, only not at this desk (A1-o9, domain.md). */
const manualReasons = new Set([
  'outpatient_not_direct',
  'institution_not_live',
  'determination_pending',
  'emergency_without_filing',
  'province_not_connected',
  'no_effective_filing',
  'admitted_before_filing',
  'filing_expired',
])

/**
 * Home answers whether a stay may be settled where the person is. The answer is decided, kept as a visit of the person, told to them, and,
 * where the rule sends them to manual reimbursement, a claim is opened. All in the transaction that took the question.
 */
export async function answerEligibility(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  message: { id: Id; from: string; body: Ask },
): Promise<void> {
  const { body: ask, from } = message
  requireSpeaker(from, provinceOf(ask.institution.region).code)
  const person = await personOf(work, ask, from)
  const known = person ? await factsOf(work, tools, flows, person.personId, ask) : unknownPersonFacts
  const ruling = await tools.rulebook.decide(work, {
    policy: 'direct-settlement',
    on: ask.admittedOn,
    insuredRegion: known.agency ?? work.node.region,
    treatmentRegion: ask.institution.region,
    facts: {
      ...known.facts,
      cardUsable: person?.usable ?? false,
      careKind: ask.careKind,
      costType: ask.costType,
      institutionState: ask.institution.state,
      thirdPartyLiable: ask.thirdPartyLiable || known.facts.thirdPartyLiable,
      otherInsuranceOpen: ask.otherInsuranceOpen,
      admittedOn: ask.admittedOn,
    },
  })
  await work.reach('home.eligibility.decided')
  const manualClaim = person && known.agency ? await keepVisit(work, tools, ask, person.personId, known, ruling) : null
  const granted = ruling.decision.outcome === 'granted'
  const { filing } = known
  await sendMessage(work, {
    to: from,
    kind: messageKinds.eligibilityAnswer,
    version: 1,
    about: ask.stayNumber,
    body: {
      stayNumber: ask.stayNumber,
      ruling: summaryOf(ruling),
      catalogueOf: granted ? wordResult(ruling, 'catalogueOf') : null,
      patient: person?.usable
        ? { name: (await getPerson(work, person.personId, 'stay')).name, cardNumber: person.cardNumber }
        : null,
      filing: filing?.state.form
        ? {
            number: filing.number,
            filingClass: filing.state.form.filingClass,
            validTo: filing.state.validity?.validTo ?? null,
          }
        : null,
      manualClaim,
    },
  })
  await work.reach('home.eligibility.answered')
}

/** Whose card it is and whether it can be used. A lost card, a code that is old or was used: known person or not, not usable. */
async function personOf(
  work: Work,
  ask: Ask,
  from: string,
): Promise<{ personId: Id; cardNumber: string; usable: boolean } | undefined> {
  const { shown } = ask
  if (shown.kind === 'qr') {
    const scan = { token: shown.token, scannedAt: shown.scannedAt, by: `${from}:${ask.stayNumber}` }
    const presented = await orRefused(redeemQrToken(work, scan))
    return presented && { ...presented, usable: true }
  }
  const card = await orRefused(checkCard(work, shown.cardNumber, 'stay'))
  return card && { personId: card.personId, cardNumber: shown.cardNumber, usable: card.state === 'active' }
}

/** A refusal here is an answer about the card, not a failure of the message. */
async function orRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

type Known = { agency: string | null; filing: FilingFile | null; facts: KnownFacts; injuryId: Id | null }

type KnownFacts = ReturnType<typeof injuryFacts> & {
  treatmentPlace: ReturnType<typeof treatmentPlace>
  treatmentOutsidePrefecture: boolean
  entitled: boolean
  filingState: 'effective' | 'pending' | 'ended' | 'none'
  filingValidFrom: string | null
  filingValidTo: string | null
  coversMedical: boolean
  coversRehabilitation: boolean
  coversDevice: boolean
}

const unknownPersonFacts: Known = {
  agency: null,
  filing: null,
  injuryId: null,
  facts: {
    ...injuryFacts(undefined, '1900-01-01'),
    treatmentPlace: 'other_province',
    treatmentOutsidePrefecture: true,
    entitled: false,
    filingState: 'none',
    filingValidFrom: null,
    filingValidTo: null,
    coversMedical: false,
    coversRehabilitation: false,
    coversDevice: false,
  },
}

async function factsOf(work: Work, tools: ServiceTools, flows: FlowSet, personId: Id, ask: Ask): Promise<Known> {
  const on = ask.admittedOn
  const [enrolment] = await enrolmentsOf(work, personId, { insurance: 'work_injury', on }, 'stay')
  const agency = enrolment?.agency ?? (await getPerson(work, personId, 'stay')).agency
  const place = treatmentPlace(agency, ask.institution.region, on)
  const filing = await filingFor(work, tools, flows, { personId, region: ask.institution.region, on })
  // The injury that was filed for, else the latest.
  const injury = await findInjury(work, personId, filing?.file.state.form?.injuryId)
  const injured = injuryFacts(injury, on)
  const validity = filing?.file.state.validity ?? null
  // Inside the province no filing says what is covered: the confirmations themselves do (A1-o7).
  const covers =
    place === 'other_province' && validity
      ? validity
      : {
          coversMedical: injured.determinationDone || injured.recurrenceConfirmed,
          coversRehabilitation: injured.rehabilitationConfirmed,
          coversDevice: injured.deviceConfirmed,
        }
  return {
    agency,
    filing: filing?.state === 'effective' ? filing.file : null,
    injuryId: injury?.id ?? null,
    facts: {
      ...injured,
      treatmentPlace: place,
      treatmentOutsidePrefecture: isOutsidePrefecture(agency, ask.institution.region),
      entitled: enrolment !== undefined && !injured.relationTerminated,
      filingState: filing?.state ?? 'none',
      filingValidFrom: validity?.validFrom ?? null,
      filingValidTo: validity?.validTo ?? null,
      coversMedical: covers.coversMedical,
      coversRehabilitation: covers.coversRehabilitation,
      coversDevice: covers.coversDevice,
    },
  }
}

/** Keeps the question and its answer with the person, and opens a claim where the rule sends them to one. Returns the claim's number. */
async function keepVisit(
  work: Work,
  tools: ServiceTools,
  ask: Ask,
  personId: Id,
  known: Known,
  ruling: Ruling,
): Promise<string | null> {
  const agency = known.agency ?? work.node.region
  const visit = await tools.cases().open(work, {
    flow: 'visit',
    subject: { personId },
    agency,
    idempotencyKey: `visit:${ask.stayNumber}`,
    body: {
      personId,
      stayNumber: ask.stayNumber,
      treatmentRegion: ask.institution.region,
      institutionName: ask.institution.name,
      admittedOn: ask.admittedOn,
      costType: ask.costType,
      ruling: summaryOf(ruling),
    },
  })
  await keepStayPlace(work, 'home', ask.stayNumber, visit.caseId)
  const { outcome, reason } = ruling.decision
  if (outcome !== 'refused' || reason === null || !manualReasons.has(reason)) return null
  const filingClass = known.filing?.state.form?.filingClass ?? null
  return claimWholeStay(work, tools, agency, {
    personId,
    stayNumber: ask.stayNumber,
    institutionName: ask.institution.name,
    treatmentRegion: ask.institution.region,
    admittedOn: ask.admittedOn,
    filingClass,
    referralConsent: filingClass === 'referral',
    outsidePoolingArea: known.facts.treatmentPlace !== 'insured_area',
    notDirectBecause: reason,
  })
}
