import { z } from 'zod'
import { type CaseFile, stepsOf } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import {
  actorPersonId,
  addDays,
  addMonths,
  BadInput,
  type Id,
  must,
  type PlainDate,
  Refusal,
  schemaDate,
  schemaId,
  schemaRegion,
  type Work,
} from '../../../ground/door.ts'
import { provinceOf, type Ruling } from '../../../law/door.ts'
import { cardsOf, enrolmentsOf } from '../../../people/door.ts'
import { type FilingForm, filingForm } from '../form.ts'
import { messageKinds, rulingSummary } from '../messages-between.ts'
import { flagResult, numberResult } from '../ruling.ts'

/** Who may stand behind an application. */
export const applicants = ['self', 'relative', 'employer_officer', 'colleague'] as const

/** From when to when a filing holds, and for which costs. */
export const validity = z.strictObject({
  validFrom: schemaDate,
  /** Null: until it is cancelled (A1-o3). */
  validTo: schemaDate.nullable(),
  lockEndsOn: schemaDate,
  coversMedical: z.boolean(),
  coversRehabilitation: z.boolean(),
  coversDevice: z.boolean(),
})

/** A change asked for. */
export const change = z.strictObject({
  treatmentRegion: schemaRegion,
  opinion: filingForm.shape.opinion,
  note: z.string().trim().max(500),
})

/** Parses a filing's state. */
export const filingState = z.strictObject({
  personId: schemaId.nullable(),
  form: filingForm.nullable(),
  applicant: z.enum(applicants),
  /** Whether the applicant's authority was on record on the day they applied. */
  authorityRecorded: z.boolean(),
  validity: validity.nullable(),
  /** Counts what other regions were told; each is told the newest. */
  revision: z.int().min(0),
  requestedChange: change.nullable(),
  endReason: z.string().nullable(),
})

/** The state of a filing: what was asked, what holds, what is asked to change. */
export type FilingState = z.infer<typeof filingState>

const statusNames = [
  'submitted',
  'awaiting_completion',
  'awaiting_superior',
  'accepted',
  'not_accepted',
  'effective',
  'change_requested',
  'extension_requested',
  'refused',
  'under_objection',
  'withdrawn',
  'cancelled',
  'expired',
  'ended',
] as const

/** The statuses of a filing: 待审核、已生效、已变更、已取消、已失效、不予通过 and those of handling. */
export type FilingStatus = (typeof statusNames)[number]

/** Makes a step of the filing flow. */
export const step = stepsOf<FilingState, FilingStatus>()

/** What a review records. */
export const reviewRecord = z.strictObject({
  outcome: z.enum(['approved', 'refused']),
  opinion: z.string(),
  ruling: rulingSummary,
  validity: validity.nullable(),
})

/** A filing as the case log has it. */
export type FilingFile = CaseFile<FilingState>

/** Whose filing it is: the signed-in resident (or whom they stand for), or the person an officer files for. */
export function subjectOf(work: Work, form: FilingForm): Id {
  const personId = actorPersonId(work.actor) ?? form.personId
  if (!personId) throw new BadInput([{ path: 'personId', expected: 'the insured person', found: 'nothing' }])
  return personId
}

/** The agency that answers for a person's work-injury insurance on a day. Refusal `not_insured_for_work_injury`. */
export async function agencyOf(work: Work, personId: Id, on: PlainDate): Promise<string> {
  const enrolments = await enrolmentsOf(work, personId, { insurance: 'work_injury', on }, 'filing')
  const [enrolment] = enrolments
  if (!enrolment) throw new Refusal('not_insured_for_work_injury', { clause: 'A1.09' })
  return enrolment.agency
}

/** The parts of a state that are there once the application has been made. */
export function filed({ personId, form, applicant, authorityRecorded }: FilingState) {
  return {
    personId: must(personId, 'person of a filing'),
    form: must(form, 'form of a filing'),
    applicant,
    authorityRecorded,
  }
}

/** The validity that a grant gives from a day on: until cancelled, or so many months (the last day is the same day of the month). */
export function validityFrom(from: PlainDate, ruling: Ruling): z.infer<typeof validity> {
  return {
    validFrom: from,
    validTo: flagResult(ruling, 'openEnded') ? null : addMonths(from, numberResult(ruling, 'validMonths')),
    lockEndsOn: addMonths(from, numberResult(ruling, 'lockMonths')),
    coversMedical: flagResult(ruling, 'coversMedical'),
    coversRehabilitation: flagResult(ruling, 'coversRehabilitation'),
    coversDevice: flagResult(ruling, 'coversDevice'),
  }
}

type Telling = {
  file: FilingFile
  form: FilingForm
  validity: z.infer<typeof validity>
  revision: number
  state: 'effective' | 'ended'
}

/** Tells the treatment region's node what the filing now is, by card; internal ids stay here. */
export async function tellTreatmentRegion(
  work: Work,
  { file, form, validity, revision, state }: Telling,
): Promise<void> {
  const { personId } = filed(file.state)
  const cards = await cardsOf(work, personId, 'filing')
  // A filing ends whatever has become of the card: with the person's death the card has ended too.
  const card = state === 'ended' ? cards[0] : cards.find((held) => held.state === 'active')
  if (!card) throw new Refusal('card_missing', { clause: 'A1.05' })
  await sendMessage(work, {
    to: provinceOf(form.treatmentRegion).code,
    kind: messageKinds.filingState,
    version: 1,
    about: file.number,
    body: {
      filingNumber: file.number,
      revision,
      cardNumber: card.number,
      filingClass: form.filingClass,
      treatmentRegion: form.treatmentRegion,
      validFrom: validity.validFrom,
      validTo: validity.validTo,
      state,
    },
  })
}

/** Ends a filing on a day and tells the treatment region. Returns the validity as it was cut. */
export async function endFiling(work: Work, file: FilingFile, on: PlainDate): Promise<z.infer<typeof validity>> {
  const held = must(file.state.validity, 'the validity of an effective filing')
  const cut = { ...held, validTo: held.validTo !== null && held.validTo < on ? held.validTo : on }
  const { form } = filed(file.state)
  await tellTreatmentRegion(work, { file, form, validity: cut, revision: file.state.revision + 1, state: 'ended' })
  return cut
}

/** The day after, as a day on which something that ended the day before is over. */
export function dayAfter(date: PlainDate): PlainDate {
  return addDays(date, 1)
}
