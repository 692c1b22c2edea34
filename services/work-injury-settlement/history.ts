import { z } from 'zod'
import {
  addDays,
  type Id,
  must,
  type Random,
  randomBelow,
  randomPick,
  seededRandom,
  startOfDate,
  type Work,
} from '../../ground/door.ts'
import { cardsOf } from '../../people/door.ts'
import { findCatalogueEntries, listMappings } from '../../registers/door.ts'
import type { DemoNation, DemoNationNode } from '../contract.ts'
import type { BillLine } from './bill.ts'
import { reportQuarter } from './clearing.ts'
import { recordInjury } from './injury.ts'
import { listSettlements, owedFen } from './settlements.ts'

/** A flow of patients of the demo nation: insured with an agency, treated at a hospital. */
type Stream = {
  home: string
  agency: string
  region: string
  host: string
  hospital: string
  hostAgency: string
  people: number
}

const streams: Stream[] = [
  {
    home: '320000',
    agency: 'nanjing',
    region: '320100',
    host: '650000',
    hospital: 'urumqi-hospital',
    hostAgency: 'urumqi',
    people: 10,
  },
  {
    home: '320000',
    agency: 'nanjing',
    region: '320100',
    host: '620000',
    hospital: 'lanzhou-hospital',
    hostAgency: 'lanzhou',
    people: 5,
  },
  {
    home: '620000',
    agency: 'lanzhou',
    region: '620100',
    host: '320000',
    hospital: 'nanjing-hospital',
    hostAgency: 'nanjing',
    people: 6,
  },
  {
    home: '650000',
    agency: 'urumqi',
    region: '650100',
    host: '320000',
    hospital: 'nanjing-hospital',
    hostAgency: 'nanjing',
    people: 4,
  },
  {
    home: '620000',
    agency: 'lanzhou',
    region: '620100',
    host: '620000',
    hospital: 'tianshui-hospital',
    hostAgency: 'tianshui',
    people: 3,
  },
]

type Patient = { stream: Stream; cardNumber: string }

/** Where the demo world's past begins and ends, and its steps in between. */
const calendar = {
  filed: '2026-01-05',
  firstStay: '2026-01-19',
  reconciled: '2026-03-24',
  paid: '2026-03-27',
  cleared: '2026-04-02',
}

/**
 * The first quarter of the demo year, lived through: filings, stays with bills of many lines, settlements, reconciliation, audit, payment and
 * clearing, so that lists and figures have a past. Everything is invented, and the same at every run. Nothing where a node is missing.
 */
export async function liveThroughFirstQuarter(nation: DemoNation): Promise<void> {
  if (streams.some(({ home, host }) => !nation.find(home) || !nation.find(host)) || !nation.find('000000')) return
  const random = seededRandom('first quarter of the demo nation')
  nation.moveTo(startOfDate(calendar.filed, '09:00'))
  const patients: Patient[] = []
  for (const stream of streams) patients.push(...(await filePatients(nation, stream)))
  await nation.deliver()
  for (const [index, patient] of [...patients, ...patients].entries()) {
    nation.moveTo(startOfDate(addDays(calendar.firstStay, index), '10:00'))
    await treat(nation, patient, random)
  }
  nation.moveTo(startOfDate(calendar.reconciled, '09:00'))
  for (const hospital of new Set(streams.map(({ hospital: name }) => name))) await reconcile(nation, hospital)
  nation.moveTo(startOfDate(calendar.paid, '09:00'))
  for (const host of new Set(streams.map((stream) => stream.host))) await payHospitals(nation, host)
  for (const stream of streams.slice(0, 2)) await payClaims(nation, stream)
  nation.moveTo(startOfDate(calendar.cleared, '09:00'))
  await clear(nation)
}

function nodeOf(nation: DemoNation, region: string): DemoNationNode {
  return must(nation.find(region), `node ${region} of the demo nation`)
}

/** Takes a step as a demo user, on the case as it stands. */
function take(node: DemoNationNode, login: string, caseId: Id, step: string, body: object = {}) {
  return node.runAs(login, async (work) => {
    const { file } = await node.cases.get(work, caseId)
    const idempotencyKey = `history:${step}:${file.seq}`
    return node.cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey })
  })
}

/** The people of a stream: each with an injury and, across provinces, an effective filing. */
async function filePatients(nation: DemoNation, stream: Stream): Promise<Patient[]> {
  const home = nodeOf(nation, stream.home)
  const patients: Patient[] = []
  for (let nth = 1; nth <= stream.people; nth++) {
    // Streams of one agency take people from different ends of its list.
    const name = `person:${stream.agency}-${20 * streams.indexOf(stream) + nth}`
    const personId = home.idOf(name)
    const cardNumber = await home.run(async (work) => {
      await recordInjury(work, {
        person_id: personId,
        agency: stream.region,
        occurred_on: '2025-11-03',
        body_part: '右胫骨骨折',
        determination: 'done',
        determined_on: '2025-12-15',
      })
      const [card] = await cardsOf(work, personId, 'demo')
      return must(card, 'a card of a demo resident').number
    })
    patients.push({ stream, cardNumber })
    if (stream.home !== stream.host) await fileFor(home, stream, personId)
  }
  return patients
}

async function fileFor(home: DemoNationNode, stream: Stream, personId: Id): Promise<void> {
  const { caseId } = await home.runAs(`${stream.agency}-accept`, (work) =>
    home.cases.open(work, {
      flow: 'filing',
      agency: stream.region,
      subject: {},
      idempotencyKey: `history:${personId}`,
      body: {
        personId,
        filingClass: 'long_term_residence',
        treatmentRegion: stream.host,
        residenceSince: '2025-03-01',
        residenceProof: 'document',
      },
    }),
  )
  await take(home, `${stream.agency}-accept`, caseId, 'accept', { outcome: 'accepted' })
  await take(home, `${stream.agency}-review`, caseId, 'review', { outcome: 'approved', opinion: '符合规定' })
}

/** A stay from admission to settlement, entered on the day of discharge. */
async function treat(nation: DemoNation, { stream, cardNumber }: Patient, random: Random): Promise<void> {
  const host = nodeOf(nation, stream.host)
  const office = `${stream.hospital}-office`
  const institutionId = host.idOf(`institution:${stream.hospital}`)
  const today = await host.run(async (work) => work.today)
  const admittedOn = addDays(today, -(4 + randomBelow(random, 9)))
  const { caseId } = await host.runAs(office, (work) =>
    host.cases.open(work, {
      flow: 'stay',
      agency: host.node.region,
      subject: { institutionId },
      idempotencyKey: `history:${cardNumber}:${today}`,
      body: {
        insuredRegion: stream.home,
        shown: { kind: 'card', cardNumber },
        careKind: 'inpatient',
        costType: 'medical',
        admittedOn,
        thirdPartyLiable: false,
        otherInsuranceOpen: false,
      },
    }),
  )
  await nation.deliver()
  const lines = await billOf(host, institutionId, admittedOn, random)
  await take(host, office, caseId, 'importBill', { sourceName: '示例账单.csv', lines })
  await take(host, office, caseId, 'previewBill')
  const { preview } = await host.runAs(office, async (work) =>
    previewState.parse((await host.cases.get(work, caseId)).file.state),
  )
  await take(host, office, caseId, 'settle', {
    dischargedOn: today,
    expectedPersonFen: preview.personFen,
    slipSigned: true,
    consentSigned: true,
    declaredTravelFen: 0,
    declaredLodgingFen: 0,
  })
  await nation.deliver()
}

const previewState = z.object({ preview: z.object({ personFen: z.int() }) })

/** Eight to twenty lines of what the hospital's mappings have, at about the price limit; some of them not for the injury. */
async function billOf(
  host: DemoNationNode,
  institutionId: Id,
  admittedOn: string,
  random: Random,
): Promise<BillLine[]> {
  const priced = await host.run((work) => pricedCodes(work, institutionId, admittedOn))
  return Array.from({ length: 8 + randomBelow(random, 13) }, () => {
    const { hospitalCode, hospitalName, limitFen } = randomPick(random, priced)
    const unitPriceFen = Math.floor((limitFen * (80 + randomBelow(random, 26))) / 100)
    const quantity = 1 + randomBelow(random, 4)
    return {
      hospitalCode,
      name: hospitalName,
      chargedOn: admittedOn,
      quantityMilli: quantity * 1000,
      unitPriceFen,
      amountFen: unitPriceFen * quantity,
      injuryRelated: randomBelow(random, 12) > 0,
    }
  })
}

/** The hospital's approved codes with the price limit of each; what is outside the catalogue is left out. */
async function pricedCodes(work: Work, institutionId: Id, on: string) {
  const mappings = await listMappings(work, institutionId, 'approved')
  const codes = mappings.flatMap(({ catalogueCode }) => catalogueCode ?? [])
  const entries = await findCatalogueEntries(work, { region: work.node.region, codes, on })
  const limits = new Map(entries.map(({ code, priceLimitFen }) => [code, priceLimitFen]))
  return mappings.flatMap(({ hospitalCode, hospitalName, catalogueCode }) => {
    const limitFen = catalogueCode === null ? undefined : limits.get(catalogueCode)
    return limitFen === undefined ? [] : [{ hospitalCode, hospitalName, limitFen }]
  })
}

/** The month's reconciliation with a hospital and the audit of each settlement; every ninth bears a small deduction that it accepts. */
async function reconcile(nation: DemoNation, hospital: string): Promise<void> {
  const stream = must(
    streams.find((candidate) => candidate.hospital === hospital),
    'a stream of the hospital',
  )
  const host = nodeOf(nation, stream.host)
  const audit = `${stream.hostAgency}-audit`
  const institutionId = host.idOf(`institution:${hospital}`)
  const opened = await host.runAs(audit, (work) =>
    host.cases.open(work, {
      flow: 'reconciliation',
      agency: agencyOf(work),
      subject: { institutionId },
      idempotencyKey: `history:${hospital}`,
      body: { institutionId, month: calendar.reconciled.slice(0, 7) },
    }),
  )
  const rows = await host.run((work) => listSettlements(work, { side: 'host', institutionId }))
  const list = rows.map((row) => ({ settlementNumber: row.number, fundFen: row.fund_fen }))
  await take(host, `${hospital}-office`, opened.caseId, 'submitList', { rows: list })
  await take(host, audit, opened.caseId, 'agree')
  for (const [index, row] of rows.entries()) {
    const deduct = index % 9 === 8 && row.fund_fen > 10_000
    if (!deduct) await take(host, audit, row.case_id, 'audit', { outcome: 'passed' })
    else {
      await take(host, audit, row.case_id, 'audit', {
        outcome: 'deduct',
        amountFen: 10_000,
        reason: '重复收费（示例）',
      })
      await take(host, `${hospital}-office`, row.case_id, 'acceptDeduction')
    }
  }
  await nation.deliver()
}

/** The agency that the acting officer stands for. */
function agencyOf({ actor }: Work): string {
  return actor.kind === 'staff' ? actor.agency : ''
}

const provinces: Record<string, string> = { '320000': 'jiangsu', '620000': 'gansu', '650000': 'xinjiang' }

function provincialLogin(region: string, role: string): string {
  return `${must(provinces[region], 'a province of the demo nation')}-${role}`
}

async function payHospitals(nation: DemoNation, region: string): Promise<void> {
  const host = nodeOf(nation, region)
  const pay = provincialLogin(region, 'pay')
  const batch = await host.runAs(pay, (work) =>
    host.cases.open(work, {
      flow: 'payment',
      agency: region,
      subject: {},
      idempotencyKey: 'history:batch',
      body: {},
    }),
  )
  await take(host, provincialLogin(region, 'approve'), batch.caseId, 'approve', {
    outcome: 'approved',
    opinion: '同意拨付',
  })
  const rows = await host.run((work) => listSettlements(work, { side: 'host' }))
  const lines = rows
    .filter((row) => row.audited_on !== null && owedFen(row) > 0)
    .map((row) => ({ settlementNumber: row.number, result: 'paid' }))
  await take(host, pay, batch.caseId, 'recordResult', { lines })
}

/** Half of the claims that the stays opened, supplied at the counter and paid. */
async function payClaims(nation: DemoNation, stream: Stream): Promise<void> {
  const home = nodeOf(nation, stream.home)
  const claims = await home.run((work) => home.cases.find(work, { flow: 'claim', status: 'opened', limit: 100 }))
  for (const { caseId } of claims.filter((_, index) => index % 2 === 0)) {
    const at = (role: string) => `${stream.agency}-${role}`
    await take(home, at('accept-2'), caseId, 'supply', {
      bankName: '示例银行',
      bankAccount: '888800001111',
      receipts: [],
    })
    await take(home, at('accept'), caseId, 'accept', { outcome: 'accepted', billInScopeFen: 0 })
    await take(home, at('review'), caseId, 'review', { opinion: '属实' })
    await take(home, at('approve'), caseId, 'approve', { opinion: '同意' })
    await take(home, at('pay'), caseId, 'pay', { bankReference: `示例${caseId.slice(0, 8)}` })
  }
}

/** Both sides report the quarter, the hub issues its statements, those who owe pay. */
async function clear(nation: DemoNation): Promise<void> {
  for (const region of Object.keys(provinces)) await nodeOf(nation, region).run(reportQuarter)
  await nation.deliver()
  const hub = nodeOf(nation, '000000')
  for (const { caseId } of await hub.run((work) => hub.cases.tasks(work, { role: 'hub_clerk' }))) {
    await take(hub, 'hub-clerk', caseId, 'issue')
  }
  await nation.deliver()
  for (const region of Object.keys(provinces)) {
    const node = nodeOf(nation, region)
    const due = await node.run((work) => node.cases.find(work, { flow: 'clearing', status: 'to_pay' }))
    for (const { caseId } of due) await take(node, provincialLogin(region, 'pay'), caseId, 'pay')
  }
  await nation.deliver()
}
