import { benefitsMigrations } from '../../benefits/door.ts'
import { type Cases, casesMigrations, createCases, type StepTaken } from '../../cases/door.ts'
import {
  createExchange,
  createInProcessTransport,
  type Exchange,
  exchangeMigrations,
  failedMessages,
  type Transport,
} from '../../exchange/door.ts'
import {
  type Actor,
  addMonths,
  type Id,
  inTransaction,
  monthOf,
  must,
  type PlainDate,
  startOfDate,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook, type Rulebook } from '../../law/door.ts'
import { balances, ledgerMigrations, trialBalance } from '../../ledger/door.ts'
import {
  assign,
  assignmentActor,
  contributionsOf,
  createUser,
  getAssignment,
  issueCard,
  makeSyntheticIdNumber,
  peopleMigrations,
  recordPersonContributions,
  registerPerson,
} from '../../people/door.ts'
import { registersMigrations } from '../../registers/door.ts'
import type { ServiceParts } from '../contract.ts'
import { transferOutFlowId } from './flow/out-state.ts'
import { transferInFlow } from './flow/transfer-in.ts'
import { transferOutFlow } from './flow/transfer-out.ts'
import { openFund } from './fund-books.ts'
import { service } from './service.ts'

/** One region of the test nation: a real database, the service, an exchange. All synthetic. */
export type TestRegion = TestNode & {
  cases: Cases
  parts: ServiceParts
  exchange: Exchange
  rulebook: Rulebook
  transferIn: ReturnType<typeof transferInFlow>
  transferOut: ReturnType<typeof transferOutFlow>
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  /** The one officer of a role at the region's city. */
  officer(role: string): Promise<Actor>
}

/** A new region (Jiangsu), an old one (Gansu), and the hub that knows their keys. */
export type TestNation = {
  here: TestRegion
  there: TestRegion
  regions: readonly TestRegion[]
  /** Delivers until nobody has anything to say; failed messages are left to be looked at. */
  deliver(): Promise<void>
  moveTo(date: PlainDate): Promise<void>
  close(): Promise<void>
}

const cityOf: Readonly<Record<string, string>> = { '000000': '000000', '320000': '320100', '620000': '620100' }

/** See `TestNation`: on 2026-05-11, a Monday, with a thousand million fen in each fund. */
export async function testNation(transport: Transport = createInProcessTransport()): Promise<TestNation> {
  const regions = new Map<string, TestRegion>()
  for (const code of Object.keys(cityOf)) regions.set(code, await makeRegion(code, transport, regions))
  for (const region of regions.values()) transport.listen(region.region, region.exchange.receive)
  const all = [...regions.values()]
  const deliver = async () => {
    let delivered: number
    do {
      delivered = 0
      for (const { exchange } of all) delivered += await exchange.pump()
    } while (delivered > 0)
  }
  const region = (code: string) => must(regions.get(code), `region ${code}`)
  return {
    here: region('320000'),
    there: region('620000'),
    regions: all,
    deliver,
    async moveTo(date) {
      for (const { clock } of all) clock.moveTo(startOfDate(date, '09:00'))
      for (const each of all) await each.cases.runDue(each)
      await deliver()
    },
    close: async () => {
      for (const each of all) await each.close()
    },
  }
}

async function makeRegion(
  code: string,
  transport: Transport,
  regions: ReadonlyMap<string, TestRegion>,
): Promise<TestRegion> {
  const node = await testNode({
    region: code,
    migrations: [
      await lawMigrations(),
      await peopleMigrations(),
      await registersMigrations(),
      await casesMigrations(),
      await ledgerMigrations(),
      await exchangeMigrations(),
      await benefitsMigrations(),
    ],
    seed: `transfer-${code}`,
  })
  const rulebook = openRulebook(service.id, service.folder)
  let cases: Cases | undefined
  const tools = {
    rulebook,
    cases: () => {
      if (!cases) throw new Error('cases before they are made')
      return cases
    },
  }
  const parts = service.create(tools)
  cases = createCases({ flows: parts.flows })
  const exchange = createExchange({
    node,
    transport,
    keyOf: (region) => regions.get(region)?.keys.signingPublicKey,
    handlers: parts.messages,
    enrolment: 'automatic',
  })
  const run = <T>(action: (work: Work) => Promise<T>, actor: Actor = systemActor) =>
    inTransaction(node, actor, action, 'test')
  if (code !== '000000') await run((work) => openFund(work, 1_000_000_000))
  const officers = new Map<string, Promise<Actor>>()
  return {
    ...{ ...node, cases, parts, exchange, rulebook, run },
    transferIn: transferInFlow(tools),
    transferOut: transferOutFlow(tools),
    officer(role) {
      const known = officers.get(role) ?? run((work) => appoint(work, must(cityOf[code], 'a city'), role))
      officers.set(role, known)
      return known
    },
  }
}

async function appoint(work: Work, agency: string, role: string): Promise<Actor> {
  const userId = await createUser(work, { login: `${agency}-${role}`, displayName: '示例' })
  return assignmentActor(await getAssignment(work, await assign(work, { userId, role, agency, from: '2020-01-01' })))
}

let sequence = 0

/** Somebody who paid in Gansu and now pays in Jiangsu: as they are known in each. */
export type Mover = { actor: Actor; here: Id; there: Id }

/** See `Mover`: months from a first one on, by default four years there and two here since, on a base of 5,000 yuan. */
export async function testMover(
  { here, there }: TestNation,
  {
    monthsThere = ['2020-01', 48],
    monthsHere = ['2024-01', 24],
    birthOn = '1990-03-07',
    homeRegion = '620102',
  }: MoverOptions = {},
): Promise<Mover> {
  sequence += 1
  const nth = sequence
  const person = {
    idNumber: makeSyntheticIdNumber({ region: '620102', birthOn, sequence: nth }),
    name: `示例·流动${nth}`,
    homeRegion,
  }
  const know = async (region: TestRegion, agency: string, [from, count]: MonthRun) =>
    region.run(async (work) => {
      const { personId } = await registerPerson(work, { ...person, agency })
      const bank = { name: '示例银行', accountNumber: `62170000${String(nth).padStart(8, '0')}` }
      await issueCard(work, { personId, number: `T${agency}${nth}`, outlet: '示例网点', issuedOn: '2020-01-02', bank })
      await recordPersonContributions(work, monthsOf(personId, from, count))
      return personId
    })
  const [idThere, idHere] = [await know(there, '620100', monthsThere), await know(here, '320100', monthsHere)]
  const userId = await here.run((work) =>
    createUser(work, { login: `mover-${nth}`, displayName: '示例', personId: idHere }),
  )
  return { actor: { kind: 'person', userId, personId: idHere }, here: idHere, there: idThere }
}

type MonthRun = readonly [from: string, count: number]
type MoverOptions = { monthsThere?: MonthRun; monthsHere?: MonthRun; birthOn?: PlainDate; homeRegion?: string }

function monthsOf(personId: Id, from: string, count: number) {
  return Array.from({ length: count }, (_, nth) => {
    const month = monthOf(addMonths(`${from}-01`, nth))
    return { personId, insurance: 'pension' as const, month, employerId: null, baseFen: 500_000, paidOn: `${month}-20` }
  })
}

let keys = 0

/** The mover applies online in Jiangsu. */
export async function apply({ here }: TestNation, { actor }: Mover, change: object = {}): Promise<StepTaken> {
  const body = { fromRegion: '620000', overlapAgreed: true, ...change }
  const subject = actor.kind === 'person' ? { personId: actor.personId } : {}
  const request = { flow: 'pension-transfer-in', body, agency: '320100', subject, idempotencyKey: `open-${++keys}` }
  return here.run((work) => here.cases.open(work, request), actor)
}

/** Takes a step as an officer of a role, or as somebody, on the case as it stands. */
export async function take(
  region: TestRegion,
  by: string | Actor,
  caseId: Id,
  step: string,
  body: unknown = {},
): Promise<StepTaken> {
  const actor = typeof by === 'string' ? await region.officer(by) : by
  return region.run(async (work) => {
    const { file } = await region.cases.get(work, caseId)
    return region.cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `take-${++keys}` })
  }, actor)
}

/** The old region's case of a transfer; undefined before it has heard of it. */
export async function outCaseOf({ there }: TestNation, number: string): Promise<Id | undefined> {
  const rows = await there.run((work) => there.cases.find(work, { flow: transferOutFlowId, text: number }))
  return rows.find(({ summary }) => summary.transferNumber === number)?.caseId
}

/** Prepares, approves and pays the transfer in the old region. */
export async function letGo(nation: TestNation, number: string, interestFen = 0): Promise<Id> {
  const caseId = must(await outCaseOf(nation, number), `the old region's case of ${number}`)
  await take(nation.there, 'accept', caseId, 'prepare', { opinion: '资料齐全', interestFen })
  await take(nation.there, 'approve', caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  await take(nation.there, 'pay', caseId, 'pay')
  return caseId
}

/** What stands on a region's pension books, by account; accounts at zero are left out. Fails where they do not balance. */
export async function books(region: TestRegion): Promise<Record<string, number>> {
  const rows = await region.run((work) => balances(work, { fund: 'pension' }))
  const { totals } = await region.run((work) => trialBalance(work, {}))
  if (totals.closingDebitFen !== totals.closingCreditFen) throw new Error('the books do not balance')
  return Object.fromEntries(rows.filter(({ balanceFen }) => balanceFen !== 0).map((row) => [row.name, row.balanceFen]))
}

/** The paid months that count for somebody in a region. */
export async function counted(region: TestRegion, personId: Id): Promise<string[]> {
  const rows = await region.run((work) => contributionsOf(work, personId, { insurance: 'pension' }, 'test'))
  return [...new Set(rows.map(({ month }) => month))].sort()
}

/** Codes of the messages that a region could not handle. */
export async function failures(region: TestRegion): Promise<Array<string | null>> {
  return (await region.run(failedMessages)).map(({ code }) => code)
}
