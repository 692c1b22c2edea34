import { z } from 'zod'
import { sendMessage } from '../../../exchange/door.ts'
import { BadInput, must, schemaDate, schemaRegion, type Work } from '../../../ground/door.ts'
import { provinceOf } from '../../../law/door.ts'
import { getInstitution } from '../../../people/door.ts'
import { directConnectionStatus } from '../../../registers/door.ts'
import { careKinds, costTypes } from '../form.ts'
import { cardShown, messageKinds } from '../messages-between.ts'
import { keepStayPlace } from '../stay-places.ts'
import { requireDischargeDay } from './stay-books.ts'
import { admission, type Eligibility, eligibility, type StayFile, type StayState, step } from './stay-state.ts'
import { tellHold, tellLeft } from './stay-telling.ts'

const admitForm = z.strictObject({
  insuredRegion: schemaRegion,
  shown: cardShown,
  careKind: z.enum(careKinds),
  costType: z.enum(costTypes),
  admittedOn: schemaDate,
  thirdPartyLiable: z.boolean(),
  otherInsuranceOpen: z.boolean(),
  bed: z.string().trim().max(20).optional(),
})

/** What agreement a type of cost needs. */
const agreementKind = { medical: 'medical', rehabilitation: 'rehabilitation', device: 'device' } as const

/** Admission, the insured region's answer, and leaving without direct settlement (A1.04-A1.11). */
export function admissionSteps() {
  const admit = step({
    title: { zh: '入院登记', en: 'Admit' },
    opens: true,
    by: ['hospital_office'],
    body: admitForm,
    record: admission,
    to: 'pending_eligibility',
    async take({ work, file, body }) {
      const institutionId =
        file.subject.institutionId ?? (work.actor.kind === 'institution' ? work.actor.institutionId : null)
      const institution = await getInstitution(work, must(institutionId, 'institution of an admission'))
      if (body.admittedOn > work.today) {
        throw new BadInput([{ path: 'admittedOn', expected: `${work.today} or earlier`, found: body.admittedOn }])
      }
      const kind = agreementKind[body.costType]
      const state = await directConnectionStatus(work, institution.institutionId, kind, body.admittedOn)
      await keepStayPlace(work, 'host', file.number, file.id)
      await sendMessage(work, {
        to: provinceOf(body.insuredRegion).code,
        kind: messageKinds.eligibilityAsk,
        version: 1,
        about: file.number,
        body: {
          stayNumber: file.number,
          shown: body.shown,
          careKind: body.careKind,
          costType: body.costType,
          admittedOn: body.admittedOn,
          thirdPartyLiable: body.thirdPartyLiable,
          otherInsuranceOpen: body.otherInsuranceOpen,
          institution: {
            code: institution.code,
            name: institution.name,
            region: institution.region,
            state: state === 'ended' ? 'none' : state,
          },
        },
      })
      return {
        record: {
          insuredRegion: body.insuredRegion,
          shownBy: body.shown.kind,
          scannedAt: body.shown.kind === 'qr' ? body.shown.scannedAt : null,
          careKind: body.careKind,
          costType: body.costType,
          admittedOn: body.admittedOn,
          bed: body.bed ?? null,
        },
        subject: { institutionId: institution.institutionId, agency: institution.region },
      }
    },
    fold: (state, { body }) => ({ ...state, admission: body }),
  })

  const answerEligibility = step({
    title: { zh: '参保地答复', en: "The insured place's answer" },
    from: ['pending_eligibility'],
    by: ['system'],
    body: eligibility,
    record: eligibility,
    to: { eligible: 'in_hospital', eligible_as_previewed: 'previewed', redirected: 'redirected' },
    async take({ file, body }) {
      const granted = body.ruling.outcome === 'granted'
      const outcome = isPreviewStanding(file.state, body)
        ? 'eligible_as_previewed'
        : granted
          ? 'eligible'
          : 'redirected'
      return { outcome, record: body, decision: body.ruling }
    },
    fold: (state, { body }) => ({
      ...state,
      eligibility: body,
      preview: isPreviewStanding(state, body) ? state.preview : null,
    }),
  })

  const leave = step({
    title: { zh: '未直接结算出院', en: 'Discharge without direct settlement' },
    from: ['redirected', 'in_hospital', 'previewed', 'pending_eligibility', 'undone'],
    by: ['hospital_office'],
    body: z.strictObject({ dischargedOn: schemaDate, reason: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ dischargedOn: schemaDate, reason: z.string() }),
    to: 'left_without_settlement',
    async take({ work, file, body }) {
      requireDischargeDay(must(file.state.admission, 'admission').admittedOn, body.dischargedOn, work.today)
      // While home has not answered, it is told with its answer.
      if (isClaimable(file.state.eligibility)) await tellLeft(work, file, body.dischargedOn)
      await freeHold(work, file)
      return { record: body }
    },
    fold: (state, { body }) => ({ ...state, leftOn: body.dischargedOn }),
  })

  return { admit, answerEligibility, leave }
}

/** What a preview has kept back in the prepaid fund is free again; a bill that came after the preview has not freed it. */
async function freeHold(work: Work, file: StayFile): Promise<void> {
  const { status, state } = file
  if (state.previews === 0 || (status !== 'in_hospital' && status !== 'previewed')) return
  await tellHold(work, file, { revision: state.previews + 1, state: 'released', fundFen: 0, heldUntil: work.today })
}

/** A preview made while home had not answered stands where home says that it is to be priced as it was: by the treatment region. */
function isPreviewStanding({ preview }: StayState, { ruling, catalogueOf }: Eligibility): boolean {
  return preview !== null && ruling.outcome === 'granted' && catalogueOf === 'treatment'
}

/** Does a stay that ends without settlement leave the person something to claim at home? */
export function isClaimable(answer: Pick<Eligibility, 'ruling' | 'manualClaim'> | null): boolean {
  return answer !== null && (answer.ruling.outcome === 'granted' || answer.manualClaim !== null)
}
