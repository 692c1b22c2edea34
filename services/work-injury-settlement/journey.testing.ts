import type { CaseFile, CaseFlow, StepTaken } from '../../cases/door.ts'
import type { Actor, Id, PlainDate } from '../../ground/door.ts'
import { balances, trialBalance } from '../../ledger/door.ts'
import { issueQrToken } from '../../people/door.ts'
import type { BillLine } from './bill.ts'
import {
  officer,
  type TestHospital,
  type TestNation,
  type TestPerson,
  type TestRegion,
  testHospital,
  testPerson,
} from './nation.testing.ts'

let keys = 0

/** Opens a case of a flow as somebody. */
export function open(
  region: TestRegion,
  actor: Actor,
  flow: string,
  body: unknown,
  place: { agency?: string; subject?: object; step?: string; key?: string } = {},
): Promise<StepTaken> {
  const { agency = agencyOf(actor, region), subject = subjectOf(actor), step, key = `open-${++keys}` } = place
  return region.run(
    (work) => region.cases.open(work, { flow, body, agency, subject, idempotencyKey: key, ...(step && { step }) }),
    actor,
  )
}

/** Takes a step on a case as it stands. */
export function take(
  region: TestRegion,
  actor: Actor,
  caseId: Id,
  step: string,
  body: unknown = {},
  { key = `take-${++keys}`, effectiveOn }: { key?: string; effectiveOn?: PlainDate } = {},
): Promise<StepTaken> {
  return region.run(async (work) => {
    const { file } = await region.cases.get(work, caseId)
    const request = { caseId, step, body, expectedSeq: file.seq, idempotencyKey: key }
    return region.cases.take(work, effectiveOn === undefined ? request : { ...request, effectiveOn })
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

/** A case of a flow as the node itself sees it, e.g. `look(host, host.flows.stay, caseId)`. */
export function look<State>(region: TestRegion, flow: CaseFlow<State>, caseId: Id): Promise<CaseFile<State>> {
  return region.run((work) => region.cases.getOf(work, flow, caseId))
}

/** The status of a case. */
export async function statusOf(region: TestRegion, caseId: Id): Promise<string> {
  return (await region.run((work) => region.cases.get(work, caseId))).file.status
}

/** What stands on a region's accounts, by name and party; accounts at zero are left out. Fails where the books do not balance. */
export async function books(region: TestRegion): Promise<Record<string, number>> {
  const rows = await region.run((work) => balances(work))
  const { totals } = await region.run((work) => trialBalance(work, {}))
  if (totals.closingDebitFen !== totals.closingCreditFen)
    throw new Error(`the books of ${region.region} do not balance`)
  const sums: Record<string, number> = {}
  for (const { name, party, balanceFen } of rows) {
    const account = party ? `${name}:${shortParty(party)}` : name
    sums[account] = (sums[account] ?? 0) + balanceFen
  }
  return withoutZeros(sums)
}

/** What has changed on a region's accounts since `before`. */
export async function booksSince(region: TestRegion, before: Record<string, number>): Promise<Record<string, number>> {
  const now = await books(region)
  const accounts = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return withoutZeros(Object.fromEntries(accounts.map((name) => [name, (now[name] ?? 0) - (before[name] ?? 0)])))
}

function withoutZeros(sums: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(sums).filter(([, amountFen]) => amountFen !== 0))
}

/** A region by its code; hospitals and persons have ids that differ from run to run. */
function shortParty(party: string): string {
  return /^\d{6}$/.test(party) ? party : 'body'
}

/** Somebody who has lived in Urumqi for eight months on 2026-05-11. */
export const longTermInUrumqi = {
  filingClass: 'long_term_residence',
  treatmentRegion: '650100',
  residenceSince: '2025-09-01',
  residenceProof: 'document',
}

/** Somebody referred from Lanzhou to Nanjing by a hospital of level 3. */
export const referralToNanjing = {
  filingClass: 'referral',
  treatmentRegion: '320100',
  opinion: { institutionName: '兰州示例医院', institutionLevel: 3, issuedOn: '2026-05-08' },
}

/** A filing from the application to its decision: accepted by one officer, reviewed by another as the rule says, from today or as said. */
export async function reviewedFiling(
  nation: TestNation,
  home: TestRegion,
  agency: string,
  person: TestPerson,
  form: object,
  { outcome = 'approved', effectiveOn }: { outcome?: 'approved' | 'refused'; effectiveOn?: PlainDate } = {},
): Promise<StepTaken> {
  const filing = await open(home, person.actor, 'filing', form, { agency })
  await take(home, await officer(home, 'accept', agency), filing.caseId, 'accept', { outcome: 'accepted' })
  const reviewed = await take(
    home,
    await officer(home, 'review', agency),
    filing.caseId,
    'review',
    { outcome, opinion: '按规定办理' },
    effectiveOn === undefined ? {} : { effectiveOn },
  )
  await nation.settleMessages()
  return reviewed
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

/** Who is treated where: the person's region and the hospital's. */
export type Treatment = { home: TestRegion; person: TestPerson; host: TestRegion; hospital: TestHospital }

/** An admission by the code of the e-card, answered by the insured region. */
export async function admittedStay(nation: TestNation, treatment: Treatment, change: object = {}): Promise<StepTaken> {
  const { home, person, host, hospital } = treatment
  const shown = await scan(home, person, host)
  const stay = await open(host, hospital.office, 'stay', admission(home.region, shown, change))
  await nation.settleMessages()
  return stay
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

/** How a stay differs from that of domain.md. */
export type StayChange = { admission?: object; lines?: BillLine[]; discharge?: object; personFen?: number }

/** A stay in hospital from its bill to its settlement; nothing is delivered afterwards. */
export async function settleStay(
  nation: TestNation,
  { host, hospital }: Pick<Treatment, 'host' | 'hospital'>,
  caseId: Id,
  change: Omit<StayChange, 'admission'> = {},
): Promise<StepTaken> {
  await take(host, hospital.office, caseId, 'importBill', { sourceName: 'bill.csv', lines: change.lines ?? bill })
  await take(host, hospital.office, caseId, 'previewBill')
  await nation.settleMessages()
  return take(host, hospital.office, caseId, 'settle', discharge(change.personFen ?? 400_000, change.discharge))
}

/** Somebody of Nanjing with a filing in effect since 2026-05-11, and a hospital in Urumqi. */
export async function nanjingInUrumqi(nation: TestNation): Promise<Treatment> {
  const [home, host] = [nation.region('320000'), nation.region('650000')]
  const person = await testPerson(home, '320100')
  await reviewedFiling(nation, home, '320100', person, longTermInUrumqi, { effectiveOn: '2026-05-11' })
  return { home, host, person, hospital: await testHospital(host, '650100') }
}

/** A stay from admission on 2026-05-11 to its settlement on 2026-05-31, booked on both sides. */
export async function settledStay(
  nation: TestNation,
  treatment: Treatment,
  change: StayChange = {},
): Promise<StepTaken> {
  const stay = await admittedStay(nation, treatment, change.admission)
  await nation.moveTo('2026-05-31')
  const settled = await settleStay(nation, treatment, stay.caseId, change)
  await nation.settleMessages()
  return settled
}

/** A month's reconciliation with a hospital that has the same list as the agency. */
export async function reconcileMonth(
  host: TestRegion,
  agency: string,
  hospital: TestHospital,
  month = '2026-05',
): Promise<StepTaken> {
  const audit = await officer(host, 'audit', agency)
  const { institutionId, office } = hospital
  const opened = await open(host, audit, 'reconciliation', { institutionId, month })
  const { state } = await look(host, host.flows.reconciliation, opened.caseId)
  await take(host, office, opened.caseId, 'submitList', { rows: state.items })
  return take(host, audit, opened.caseId, 'agree')
}

/** A batch of everything that is due to hospitals, approved and at the bank. */
export async function sentBatch(host: TestRegion, agency: string): Promise<StepTaken> {
  const batch = await open(host, await officer(host, 'pay', agency), 'payment', {})
  return take(host, await officer(host, 'approve', agency), batch.caseId, 'approve', {
    outcome: 'approved',
    opinion: '同意',
  })
}

/** The bank's answer for each line of a batch: paid, or as said. */
export async function bankAnswers(
  host: TestRegion,
  agency: string,
  batch: StepTaken,
  returned: Record<string, string> = {},
): Promise<StepTaken> {
  const { state } = await look(host, host.flows.payment, batch.caseId)
  return take(host, await officer(host, 'pay', agency), batch.caseId, 'recordResult', {
    lines: state.lines.map(({ settlementNumber }) =>
      settlementNumber in returned
        ? { settlementNumber, result: 'returned', reason: returned[settlementNumber] }
        : { settlementNumber, result: 'paid' },
    ),
  })
}

/** Reconciles, audits without a deduction and pays a settled stay. */
export async function paidStay(nation: TestNation, treatment: Treatment, agency: string, caseId: Id): Promise<void> {
  const { host, hospital } = treatment
  await reconcileMonth(host, agency, hospital)
  await take(host, await officer(host, 'audit', agency), caseId, 'audit', { outcome: 'passed' })
  await bankAnswers(host, agency, await sentBatch(host, agency))
  await nation.settleMessages()
}

/** The hub issues every statement that is ready, on the first day of the next quarter. Returns what the statements say. */
export async function issueStatements(nation: TestNation, on: PlainDate): Promise<unknown[]> {
  await nation.moveTo(on)
  const hub = nation.region('000000')
  const ready = await hub.run((work) => hub.cases.find(work, { flow: 'statement', status: 'ready' }))
  for (const { caseId } of ready) await take(hub, await officer(hub, 'hub_clerk'), caseId, 'issue')
  await nation.settleMessages()
  return ready.map(({ summary }) => summary)
}

/** Every region pays the statements that it has to pay, and the others receive. */
export async function payStatements(nation: TestNation): Promise<void> {
  for (const region of nation.regions) {
    const due = await region.run((work) => region.cases.find(work, { flow: 'clearing', status: 'to_pay' }))
    for (const { caseId } of due) await take(region, await officer(region, 'pay'), caseId, 'pay')
  }
  await nation.settleMessages()
}

/** The one case of a flow that a person has at home, or the newest. */
export async function caseOf(home: TestRegion, person: TestPerson, flow: string) {
  const [row] = await home.run((work) => home.cases.find(work, { flow, personId: person.personId }))
  return row
}
