import type { Cases } from '../../cases/door.ts'
import type { Id, PlainDate, Work } from '../../ground/door.ts'
import { endEnrolment, enrol, enrolmentsOf, recordDeath } from '../../people/door.ts'
import { type Matter, type MatterDetails, type MatterState, passedOnAs } from './matters.ts'

const purpose = '村级平台办理'

/** A matter that is granted, and from when it counts. */
export type Granted = {
  matter: Matter
  personId: Id
  details: MatterDetails
  agency: string
  effectOn: PlainDate
  /** The case that grants it. */
  from: { id: Id; number: string }
}

/**
 * What a matter that is done changes in the registers: who is insured, who has died. A claim of the pension and a certification are passed on to the
 * service that grants and pays it; a change of level, a transfer and a statement are kept in their case alone.
 */
export async function carryOut(
  work: Work,
  cases: Cases,
  granted: Granted,
): Promise<NonNullable<MatterState['effect']>> {
  const { matter, personId, agency, effectOn, details, from } = granted
  if (matter === 'registration') {
    const poolingArea = `resident_pension:${agency.slice(0, 2)}0000`
    const insured = { personId, insurance: 'resident_pension' as const, poolingArea, agency, from: effectOn }
    return { enrolmentId: await enrol(work, insured), passedOn: null }
  }
  if (matter === 'cancellation') await endInsurance(work, personId, details.diedOn ?? effectOn)
  const as = passedOnAs[matter]
  if (as === undefined) return { enrolmentId: null, passedOn: null }
  const passedOn = await cases.passOn(work, { matter: as, personId, agency, from })
  return { enrolmentId: null, passedOn: passedOn ?? null }
}

/** A death ends the insurance on its day. */
async function endInsurance(work: Work, personId: Id, diedOn: PlainDate): Promise<void> {
  const enrolments = await enrolmentsOf(work, personId, { insurance: 'resident_pension', on: work.today }, purpose)
  for (const { enrolmentId, from } of enrolments) {
    await endEnrolment(work, { enrolmentId, to: diedOn < from ? from : diedOn })
  }
  await recordDeath(work, personId, diedOn)
}

/** Undoes what a matter changed: the insurance ends today. */
export async function takeBackEffect(work: Work, { enrolmentId }: NonNullable<MatterState['effect']>): Promise<void> {
  if (enrolmentId !== null) await endEnrolment(work, { enrolmentId, to: work.today })
}
