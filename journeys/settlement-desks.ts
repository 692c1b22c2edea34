import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Desk, openDesk } from './desk.ts'

/** Where the regions of a nation are, each in a process of its own. */
export type Addresses = { urlOf(region: string): string }

/** Somebody insured in one region and treated in another, with the logins of all who handle it. */
export type Treatment = {
  home: string
  host: string
  resident: string
  agency: string
  hospital: string
  homeSupervisor: string
  hostSupervisor: string
  filing: object
}

/** Li Na has lived in Urumqi for eight months. */
export const liNaInUrumqi: Treatment = {
  home: '320000',
  host: '650000',
  resident: 'li-na',
  agency: 'nanjing',
  hospital: 'urumqi-hospital-office',
  homeSupervisor: 'jiangsu-supervisor',
  hostSupervisor: 'xinjiang-supervisor',
  filing: {
    filingClass: 'long_term_residence',
    treatmentRegion: '650100',
    residenceSince: '2025-09-01',
    residenceProof: 'document',
  },
}

/** Ma Jun is referred from Lanzhou to Nanjing. */
export const maJunInNanjing: Treatment = {
  home: '620000',
  host: '320000',
  resident: 'ma-jun',
  agency: 'lanzhou',
  hospital: 'nanjing-hospital-office',
  homeSupervisor: 'gansu-supervisor',
  hostSupervisor: 'jiangsu-supervisor',
  filing: {
    filingClass: 'referral',
    treatmentRegion: '320100',
    opinion: { institutionName: '兰州示例医院', institutionLevel: 3, issuedOn: '2026-05-08' },
  },
}

/** The desks at which a treatment elsewhere is handled, each at the process of its region. */
export type SettlementDesks = {
  treatment: Treatment
  resident: Desk
  accept: Desk
  review: Desk
  hospital: Desk
  homeSupervisor: Desk
  hostSupervisor: Desk
}

const service = '/services/work-injury-settlement'

/** Opens all of them. */
export async function openSettlementDesks({ urlOf }: Addresses, treatment: Treatment): Promise<SettlementDesks> {
  const { home, host, resident, agency, hospital, homeSupervisor, hostSupervisor } = treatment
  const at = (region: string, login: string) => openDesk(urlOf(region), region, login)
  return {
    treatment,
    resident: await at(home, resident),
    accept: await at(home, `${agency}-accept`),
    review: await at(home, `${agency}-review`),
    hospital: await at(host, hospital),
    homeSupervisor: await at(home, homeSupervisor),
    hostSupervisor: await at(host, hostSupervisor),
  }
}

const schemaStep = z.object({ caseId: z.string(), status: z.string() })
const schemaStatus = z.object({ file: z.object({ status: z.string(), seq: z.int(), state: z.unknown() }) })

/** Takes a step on a case as it stands. */
export async function takeStep(desk: Desk, caseId: string, step: string, body: object): Promise<string> {
  const { file } = await desk.get(`/cases/${caseId}`, schemaStatus)
  const taken = await desk.post(`/cases/${caseId}/steps`, { step, body, expectedSeq: file.seq }, schemaStep)
  return taken.status
}

/** Waits until a case has a status. */
export async function untilStatus(desk: Desk, caseId: string, wanted: string, milliseconds = 120_000): Promise<void> {
  const late = AbortSignal.timeout(milliseconds)
  for (;;) {
    const { file } = await desk.get(`/cases/${caseId}`, schemaStatus)
    if (file.status === wanted) return
    if (late.aborted) throw new Error(`case ${caseId} is ${file.status}, not ${wanted}`)
    await sleep(300)
  }
}

/** The filing from the application to the review, by two officers. */
export async function fileElsewhere({ treatment, resident, accept, review }: SettlementDesks): Promise<string> {
  const { caseId } = await resident.post('/cases', { flow: 'filing', body: treatment.filing }, schemaStep)
  await takeStep(accept, caseId, 'accept', { outcome: 'accepted' })
  await takeStep(review, caseId, 'review', { outcome: 'approved', opinion: '符合规定' })
  return caseId
}

const schemaCards = z.object({ items: z.array(z.object({ eCard: z.object({ eCardId: z.string() }).nullable() })) })
const schemaCode = z.object({ token: z.string(), expiresAt: z.string() })

/** The code of an e-card as the hospital has scanned it: within its minute, by the hospital's clock. */
export type ScannedCode = { kind: 'qr'; token: string; scannedAt: string }

/**
 * The person shows the code of their e-card, which their region gives them, and the hospital scans it. The clocks of two processes differ by how
 * late each was told to move, so it is scanned once the hospital's is past the other's; and where the hospital was away for the code's minute, the
 * person shows another.
 */
export async function scanCode({ resident, hospital }: SettlementDesks): Promise<ScannedCode> {
  const { items } = await resident.get('/me/cards', schemaCards)
  const eCardId = items.find(({ eCard }) => eCard)?.eCard?.eCardId
  for (;;) {
    const { token, expiresAt } = await resident.post(`/me/e-cards/${eCardId}/qr`, {}, schemaCode)
    const shownAt = await clockAt(resident)
    let scannedAt = await clockAt(hospital)
    for (; scannedAt < shownAt; scannedAt = await clockAt(hospital)) await sleep(50)
    if (scannedAt < expiresAt) return { kind: 'qr', token, scannedAt }
  }
}

async function clockAt(desk: Desk): Promise<string> {
  return (await desk.get('/me', z.object({ now: z.string() }))).now
}

/** An admission by the code of the e-card; answers the case, which waits for the insured region's yes. */
export async function admit(
  { treatment, hospital }: SettlementDesks,
  shown: ScannedCode,
  admittedOn: string,
): Promise<string> {
  const body = {
    insuredRegion: treatment.home,
    shown,
    careKind: 'inpatient',
    costType: 'medical',
    admittedOn,
    thirdPartyLiable: false,
    otherInsuranceOpen: false,
  }
  return (await hospital.post('/cases', { flow: 'stay', body }, schemaStep)).caseId
}

/** A line of a bill as the hospital's system gives it out. */
export type BillLine = Awaited<ReturnType<typeof readBill>>[number]

/** The bill of 40,000.00 yuan in `bills/`, all of it for treatment. */
export async function readBill() {
  const text = await readFile(new URL('bills/urumqi-40000.csv', import.meta.url), 'utf8')
  const [, ...rows] = text.trim().split('\n')
  return rows.map((row) => {
    const [hospitalCode = '', name = '', chargedOn = '', quantity, price, amount, injuryRelated] = row.split(',')
    return {
      hospitalCode,
      name,
      chargedOn,
      quantityMilli: Math.round(Number(quantity) * 1000),
      unitPriceFen: Math.round(Number(price) * 100),
      amountFen: Math.round(Number(amount) * 100),
      injuryRelated: injuryRelated === '是',
    }
  })
}

const schemaPreview = z.object({
  file: z.object({ state: z.object({ preview: z.object({ personFen: z.int(), fundFen: z.int() }) }) }),
})

/** Imports a bill, previews it and settles at discharge; answers what the fund pays. */
export async function settleStay(
  { hospital }: SettlementDesks,
  caseId: string,
  lines: readonly BillLine[],
  dischargedOn: string,
): Promise<number> {
  await takeStep(hospital, caseId, 'importBill', { sourceName: 'bill.csv', lines })
  await takeStep(hospital, caseId, 'previewBill', {})
  await untilStatus(hospital, caseId, 'previewed')
  const { preview } = (await hospital.get(`/cases/${caseId}`, schemaPreview)).file.state
  await takeStep(hospital, caseId, 'settle', {
    dischargedOn,
    expectedPersonFen: preview.personFen,
    slipSigned: true,
    consentSigned: true,
    declaredTravelFen: 0,
    declaredLodgingFen: 0,
  })
  return preview.fundFen
}

const schemaSettlements = z.object({
  rows: z.array(
    z.object({ number: z.string(), insuredRegion: z.string(), treatmentRegion: z.string(), fundFen: z.int() }),
  ),
  owed: z.array(z.object({ partner: z.string(), owedFen: z.int(), clearedFen: z.int() })),
})

const schemaBalance = z.object({
  rows: z.array(z.object({ name: z.string(), party: z.string().nullable(), closingFen: z.coerce.number() })),
  totals: z.object({ closingDebitFen: z.coerce.number(), closingCreditFen: z.coerce.number() }),
})

/** What both sides say of the settlements between them, and what stands in their books. */
export async function bothSides({ treatment, homeSupervisor, hostSupervisor }: SettlementDesks) {
  const { home, host } = treatment
  return {
    home: await sideOf(homeSupervisor, treatment, { side: 'home', partner: host, account: 'payable_to_region' }),
    host: await sideOf(hostSupervisor, treatment, { side: 'host', partner: home, account: 'receivable_from_region' }),
  }
}

async function sideOf(
  desk: Desk,
  { home, host }: Treatment,
  { side, partner, account }: { side: 'home' | 'host'; partner: string; account: string },
) {
  const { rows, owed } = await desk.get(`${service}/settlements?side=${side}`, schemaSettlements)
  const balance = await desk.get('/ledger/trial-balance', schemaBalance)
  const isBetweenThem = ({ insuredRegion, treatmentRegion }: (typeof rows)[number]) =>
    insuredRegion.startsWith(home.slice(0, 2)) && treatmentRegion.startsWith(host.slice(0, 2))
  const booked = balance.rows.filter((row) => row.party === partner && row.name === account)
  return {
    settlements: rows.filter(isBetweenThem).map(({ number, fundFen }) => ({ number, fundFen })),
    owedFen: owed.find((each) => each.partner === partner)?.owedFen ?? 0,
    bookedFen: booked.reduce((sum, { closingFen }) => sum + Math.abs(closingFen), 0),
    isBalanced: balance.totals.closingDebitFen === balance.totals.closingCreditFen,
  }
}
