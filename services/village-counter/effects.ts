import { type Id, monthOf, type PlainDate, type Work } from '../../ground/door.ts'
import {
  beginBenefitSpell,
  benefitSpellsOf,
  cancelBenefitSpell,
  endBenefitSpell,
  endEnrolment,
  enrol,
  enrolmentsOf,
  recordDeath,
} from '../../people/door.ts'
import { type Matter, type MatterDetails, type MatterState, pensionKind } from './matters.ts'

const purpose = '村级平台办理'

/** A matter that is granted, and from when it counts. */
export type Granted = {
  matter: Matter
  personId: Id
  details: MatterDetails
  agency: string
  caseId: Id
  effectOn: PlainDate
}

/**
 * What a matter that is done changes in the registers: who is insured, who draws the pension, who has died. A change of level, a certification, a
 * transfer and a statement are kept in their case alone; money is the pension fund's affair.
 */
export async function carryOut(work: Work, granted: Granted): Promise<NonNullable<MatterState['effect']>> {
  const { matter, personId, agency, caseId, effectOn, details } = granted
  const none = { enrolmentId: null, spellId: null }
  switch (matter) {
    case 'registration': {
      const area = `resident_pension:${agency.slice(0, 2)}0000`
      const insured = { personId, insurance: 'resident_pension' as const, poolingArea: area, agency, from: effectOn }
      return { ...none, enrolmentId: await enrol(work, insured) }
    }
    case 'benefit_claim': {
      const spell = { personId, kind: pensionKind, agency, from: monthOf(effectOn), caseId }
      return { ...none, spellId: await beginBenefitSpell(work, spell) }
    }
    case 'cancellation':
      await endEverything(work, personId, details.diedOn ?? effectOn)
      return none
    default:
      return none
  }
}

/** A death ends the insurance on its day and the pension with its month. */
async function endEverything(work: Work, personId: Id, diedOn: PlainDate): Promise<void> {
  const enrolments = await enrolmentsOf(work, personId, { insurance: 'resident_pension', on: work.today }, purpose)
  for (const { enrolmentId, from } of enrolments) {
    await endEnrolment(work, { enrolmentId, to: diedOn < from ? from : diedOn })
  }
  const month = monthOf(diedOn)
  for (const { spellId, from, to } of await benefitSpellsOf(work, personId, { kind: pensionKind }, purpose)) {
    if (to === null || to > month) await endBenefitSpell(work, { spellId, to: month < from ? from : month })
  }
  await recordDeath(work, personId, diedOn)
}

/** Undoes what a matter changed: the pension never was, the insurance ends today. */
export async function takeBackEffect(
  work: Work,
  caseId: Id,
  effect: NonNullable<MatterState['effect']>,
): Promise<void> {
  if (effect.spellId !== null) await cancelBenefitSpell(work, { spellId: effect.spellId, caseId })
  if (effect.enrolmentId !== null) await endEnrolment(work, { enrolmentId: effect.enrolmentId, to: work.today })
}
