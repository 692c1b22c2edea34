import type { z } from 'zod'
import type { LockedCase } from '../../cases/door.ts'
import { type Id, seal, type Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import { isClaimable } from './flow/stay-admission.ts'
import { insuredProvince } from './flow/stay-books.ts'
import type { StayState } from './flow/stay-state.ts'
import { tellLeft } from './flow/stay-telling.ts'
import type { FlowSet } from './flow-set.ts'
import type {
  deviceAnswerMessage,
  eligibilityAnswerMessage,
  filingStateMessage,
  settlementReceiptMessage,
} from './messages-between.ts'
import { requireSpeaker } from './speakers.ts'
import { findStayCase, stayNumberOf } from './stay-places.ts'
import { serviceTables } from './tables.ts'

/** Host keeps what other regions tell of filings for its area; an older revision changes nothing. */
export async function keepVisitingFiling(
  work: Work,
  { from, body }: { from: string; body: z.infer<typeof filingStateMessage> },
): Promise<void> {
  const row = {
    revision: body.revision,
    card_number: body.cardNumber,
    filing_class: body.filingClass,
    treatment_region: body.treatmentRegion,
    valid_from: body.validFrom,
    valid_to: body.validTo,
    state: body.state,
    told_at: work.now,
  }
  await serviceTables(work)
    .insertInto('svc_work_injury_settlement.visiting_filing')
    .values({ insured_region: from, filing_number: body.filingNumber, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['insured_region', 'filing_number'])
        .doUpdateSet(row)
        .where('svc_work_injury_settlement.visiting_filing.revision', '<', body.revision),
    )
    .execute()
}

/** Home's answer moves the waiting stay on: in hospital, or to its other way. */
export async function takeAnswer(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { from, body }: { from: string; body: z.infer<typeof eligibilityAnswerMessage> },
): Promise<void> {
  const stay = await findKnownStay(work, tools, flows, { from, number: body.stayNumber })
  if (!stay) return
  const { file } = stay
  if (file.state.leftOn !== null) {
    if (isClaimable(body)) await tellLeft(work, file, file.state.leftOn)
    return
  }
  if (file.status !== 'pending_eligibility') return
  const patientId = body.patient ? await keepPatient(work, from, body.patient) : null
  const { ruling, catalogueOf, filing, manualClaim } = body
  await stay.take({
    step: 'answerEligibility',
    idempotencyKey: `eligibility:${body.stayNumber}`,
    body: { ruling, catalogueOf, patientId, filing, manualClaim },
  })
}

/** Home's prices of device lines become the preview, if that bill version still waits for them. */
export async function takePrices(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { from, body }: { from: string; body: z.infer<typeof deviceAnswerMessage> },
): Promise<void> {
  const stay = await findKnownStay(work, tools, flows, { from, number: body.stayNumber })
  if (!stay) return
  const { file } = stay
  if (file.state.awaitingPrices !== body.billVersion) return
  await stay.take({
    step: 'receivePrices',
    idempotencyKey: `prices:${body.stayNumber}:${body.billVersion}:${file.state.previews}`,
    body: { billVersion: body.billVersion, lines: body.lines },
  })
}

/** Home's receipt is noted on the stay; one about an older revision is not. */
export async function takeReceipt(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { from, body }: { from: string; body: z.infer<typeof settlementReceiptMessage> },
): Promise<void> {
  const stay = await findKnownStay(work, tools, flows, { from, number: body.settlementNumber })
  if (!stay) return
  const { file } = stay
  if (file.state.settlement?.number !== body.settlementNumber) return
  if (body.revision < file.state.settlement.revision || file.state.settlement.home !== 'waiting') return
  await stay.take({
    step: 'noteHome',
    idempotencyKey: `receipt:${body.settlementNumber}:${body.revision}`,
    body: {
      revision: body.revision,
      home: body.booked ? 'booked' : 'disputed',
      homeCode: body.disputeCode,
      claimNumber: body.claimNumber,
    },
  })
  if (!body.booked) await raiseAlert(work, 'alert.settlement_disputed', body.settlementNumber, { partner: from })
}

/** The stay that its insured region speaks of. One that is not known here, as after a restore, is for people to look at. */
async function findKnownStay(
  work: Work,
  { cases }: Pick<ServiceTools, 'cases'>,
  flows: FlowSet,
  { from, number }: { from: string; number: string },
): Promise<LockedCase<StayState> | undefined> {
  const caseId = await findStayCase(work, 'host', number)
  if (!caseId) {
    await raiseAlert(work, 'alert.stay_forgotten', stayNumberOf(number), { partner: from, number })
    return undefined
  }
  const stay = await cases().lockOf(work, flows.stay, caseId)
  requireSpeaker(from, insuredProvince(stay.file))
  return stay
}

async function keepPatient(
  work: Work,
  insuredRegion: string,
  patient: { name: string; cardNumber: string },
): Promise<Id> {
  const known = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.patient')
    .select('id')
    .where('insured_region', '=', insuredRegion)
    .where('card_number', '=', patient.cardNumber)
    .executeTakeFirst()
  if (known) return known.id
  const id = work.newId()
  await serviceTables(work)
    .insertInto('svc_work_injury_settlement.patient')
    .values({
      id,
      insured_region: insuredRegion,
      card_number: patient.cardNumber,
      name_sealed: seal(work.node.keys, work.node.random, patient.name),
    })
    .execute()
  return id
}

/** Raises an alert once per thing it is about; the supervisor's page lists them. */
export async function raiseAlert(
  work: Work,
  code: string,
  about: string,
  params: Record<string, string | number>,
): Promise<void> {
  await serviceTables(work)
    .insertInto('svc_work_injury_settlement.alert')
    .values({
      id: work.newId(),
      agency: work.node.region,
      code,
      params: JSON.stringify(params),
      about,
      raised_at: work.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
