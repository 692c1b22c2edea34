import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Desk, openDesk } from './desk.ts'

/** Where the regions of a nation are, each in a process of its own. */
export type Addresses = { urlOf(region: string): string }

/** The desks at which a case of Nanjing treated in Urumqi is handled. */
export type SettlementDesks = {
  resident: Desk
  accept: Desk
  review: Desk
  hospital: Desk
  homeSupervisor: Desk
  hostSupervisor: Desk
}

const [home, host] = ['320000', '650000'] as const
const service = '/services/work-injury-settlement'

/** Opens all of them. */
export async function openSettlementDesks({ urlOf }: Addresses): Promise<SettlementDesks> {
  const at = (region: string, login: string) => openDesk(urlOf(region), region, login)
  return {
    resident: await at(home, 'li-na'),
    accept: await at(home, 'nanjing-accept'),
    review: await at(home, 'nanjing-review'),
    hospital: await at(host, 'urumqi-hospital-office'),
    homeSupervisor: await at(home, 'jiangsu-supervisor'),
    hostSupervisor: await at(host, 'xinjiang-supervisor'),
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

/** Li Na's filing for Urumqi from her application to the review, by two officers. */
export async function fileForUrumqi({ resident, accept, review }: SettlementDesks): Promise<string> {
  const body = {
    filingClass: 'long_term_residence',
    treatmentRegion: '650100',
    residenceSince: '2025-09-01',
    residenceProof: 'document',
  }
  const { caseId } = await resident.post('/cases', { flow: 'filing', body }, schemaStep)
  await takeStep(accept, caseId, 'accept', { outcome: 'accepted' })
  await takeStep(review, caseId, 'review', { outcome: 'approved', opinion: '符合规定' })
  return caseId
}

const schemaCards = z.object({ items: z.array(z.object({ eCard: z.object({ eCardId: z.string() }).nullable() })) })

/** The code of Li Na's e-card, which her region gives her. */
export async function readCode({ resident }: SettlementDesks): Promise<string> {
  const { items } = await resident.get('/me/cards', schemaCards)
  const eCardId = items.find(({ eCard }) => eCard)?.eCard?.eCardId
  return (await resident.post(`/me/e-cards/${eCardId}/qr`, {}, z.object({ token: z.string() }))).token
}

/** Li Na is admitted in Urumqi by the code of her e-card; answers the case, which waits for Jiangsu's yes. */
export async function admit({ hospital }: SettlementDesks, token: string, admittedOn: string): Promise<string> {
  const { now } = await hospital.get('/me', z.object({ now: z.string() }))
  const body = {
    insuredRegion: home,
    shown: { kind: 'qr', token, scannedAt: now },
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

/** What both sides say of the settlements between Jiangsu and Xinjiang, and what stands in their books. */
export async function bothSides({ homeSupervisor, hostSupervisor }: SettlementDesks) {
  return {
    home: await sideOf(homeSupervisor, 'home', host, 'payable_to_region'),
    host: await sideOf(hostSupervisor, 'host', home, 'receivable_from_region'),
  }
}

async function sideOf(desk: Desk, side: 'home' | 'host', partner: string, account: string) {
  const { rows, owed } = await desk.get(`${service}/settlements?side=${side}`, schemaSettlements)
  const balance = await desk.get('/ledger/trial-balance', schemaBalance)
  const isBetweenThem = ({ insuredRegion, treatmentRegion }: (typeof rows)[number]) =>
    insuredRegion.startsWith('32') && treatmentRegion.startsWith('65')
  const booked = balance.rows.filter((row) => row.party === partner && row.name === account)
  return {
    settlements: rows.filter(isBetweenThem).map(({ number, fundFen }) => ({ number, fundFen })),
    owedFen: owed.find((each) => each.partner === partner)?.owedFen ?? 0,
    bookedFen: booked.reduce((sum, { closingFen }) => sum + Math.abs(closingFen), 0),
    isBalanced: balance.totals.closingDebitFen === balance.totals.closingCreditFen,
  }
}
