import type { StepTaken } from '../../cases/door.ts'
import type { Actor, Id } from '../../ground/door.ts'
import { issueQrToken } from '../../people/door.ts'
import type { BillLine } from './bill.ts'
import { type TestNation, type TestPerson, type TestRegion, testOfficer } from './nation.testing.ts'

let keys = 0

/** Opens a case of a flow as somebody. */
export function open(
  region: TestRegion,
  actor: Actor,
  flow: string,
  body: unknown,
  place: { agency?: string; subject?: object; step?: string } = {},
): Promise<StepTaken> {
  const { agency = agencyOf(actor, region), subject = subjectOf(actor), step } = place
  return region.run(
    (work) =>
      region.cases.open(work, { flow, body, agency, subject, idempotencyKey: `open-${++keys}`, ...(step && { step }) }),
    actor,
  )
}

/** Takes a step on a case as it stands. */
export function take(region: TestRegion, actor: Actor, caseId: Id, step: string, body: unknown = {}): Promise<StepTaken> {
  return region.run(async (work) => {
    const { file } = await region.cases.get(work, caseId)
    return region.cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `take-${++keys}` })
  }, actor)
}

function agencyOf(actor: Actor, region: TestRegion): string {
  return actor.kind === 'staff' ? actor.agency : region.region
}

function subjectOf(actor: Actor): object {
  if (actor.kind === 'person') return { personId: actor.onBehalfOf ?? actor.personId }
  if (actor.kind === 'institution') return { institutionId: actor.institutionId }
  return actor.kind === 'employer' ? { employerId: actor.employerId } : {}
}

/** A filing from the application to its effect: accepted by one officer, reviewed by another. */
export async function effectiveFiling(
  nation: TestNation,
  home: TestRegion,
  agency: string,
  person: TestPerson,
  form: object,
): Promise<StepTaken> {
  const filing = await open(home, person.actor, 'filing', form, { agency })
  await take(home, await testOfficer(home, 'accept', { agency }), filing.caseId, 'accept', { outcome: 'accepted' })
  await take(home, await testOfficer(home, 'review', { agency }), filing.caseId, 'review', {
    outcome: 'approved',
    opinion: '符合规定',
  })
  await nation.settleMessages()
  return filing
}

/** The code of a person's e-card as a hospital scans it now. */
export async function scan(home: TestRegion, person: TestPerson, host: TestRegion): Promise<object> {
  const { token } = await home.run((work) => issueQrToken(work, { eCardId: person.eCardId }), person.actor)
  return { kind: 'qr', token, scannedAt: host.clock.now() }
}

/** What a hospital says at admission, unless it says otherwise. */
export function admission(insuredRegion: string, shown: object, change: object = {}): object {
  return {
    insuredRegion,
    shown,
    careKind: 'inpatient',
    costType: 'medical',
    admittedOn: '2026-05-11',
    thirdPartyLiable: false,
    otherInsuranceOpen: false,
    ...change,
  }
}

/** A line of a bill: price times a whole quantity. */
export function line(hospitalCode: string, unitPriceFen: number, quantity = 1, injuryRelated = true): BillLine {
  return {
    hospitalCode,
    name: `项目 ${hospitalCode}`,
    chargedOn: '2026-05-12',
    quantityMilli: quantity * 1000,
    unitPriceFen,
    amountFen: unitPriceFen * quantity,
    injuryRelated,
  }
}

/**
 * The bill of domain.md: 40,000.00 yuan, of which the fund pays 36,000 and the person 4,000: 3,000 outside the catalogue, 400 over the limit of
 * a bed (90 for 70 yuan, 20 days), 600 not for the injury.
 */
export const bill: BillLine[] = [
  line('H-ITEM-1', 3_460_000),
  line('H-ITEM-2', 9_000, 20),
  line('H-OUT', 300_000),
  line('H-ITEM-1', 60_000, 1, false),
]

/** What a hospital enters at discharge. */
export function discharge(expectedPersonFen: number, change: object = {}): object {
  return {
    dischargedOn: '2026-05-31',
    expectedPersonFen,
    slipSigned: true,
    consentSigned: true,
    declaredTravelFen: 0,
    declaredLodgingFen: 0,
    ...change,
  }
}

/** A stay from admission to settlement, the clock moved to the day of discharge. */
export async function settledStay(
  nation: TestNation,
  hospital: { host: TestRegion; office: Actor },
  person: { home: TestRegion; person: TestPerson },
  change: { admission?: object; lines?: BillLine[]; discharge?: object; personFen?: number } = {},
): Promise<StepTaken> {
  const { host, office } = hospital
  const shown = await scan(person.home, person.person, host)
  const stay = await open(host, office, 'stay', admission(person.home.region, shown, change.admission))
  await nation.settleMessages()
  for (const code of ['320000', '620000', '650000', '000000']) nation.region(code).clock.moveTo('2026-05-31T02:00:00.000Z')
  await take(host, office, stay.caseId, 'importBill', { sourceName: 'bill.csv', lines: change.lines ?? bill })
  await take(host, office, stay.caseId, 'previewBill')
  await nation.settleMessages()
  await take(host, office, stay.caseId, 'settle', discharge(change.personFen ?? 400_000, change.discharge))
  return stay
}
