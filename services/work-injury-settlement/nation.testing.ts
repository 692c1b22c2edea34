import { type Cases, casesMigrations, createCases } from '../../cases/door.ts'
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
  type Id,
  inTransaction,
  must,
  type PlainDate,
  readMigrations,
  startOfDate,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook, type Rulebook } from '../../law/door.ts'
import { ledgerMigrations } from '../../ledger/door.ts'
import {
  applyECard,
  assign,
  assignmentActor,
  createUser,
  enrol,
  getAssignment,
  issueCard,
  makeSyntheticCreditCode,
  makeSyntheticIdNumber,
  peopleMigrations,
  registerEmployer,
  registerInstitution,
  registerPerson,
  setBankAccount,
} from '../../people/door.ts'
import {
  approveMappings,
  importCatalogue,
  proposeMappings,
  recordAgreement,
  registersMigrations,
} from '../../registers/door.ts'
import type { ServiceParts } from '../contract.ts'
import { type FlowSet, flowSet } from './flow-set.ts'
import { recordInjury } from './injury.ts'
import { move } from './postings.ts'
import { service } from './service.ts'
import type { InjuryRow } from './tables.ts'

/** One region of the test nation: a real database, the service, an exchange. All synthetic. */
export type TestRegion = TestNode & {
  cases: Cases
  flows: FlowSet
  parts: ServiceParts
  exchange: Exchange
  rulebook: Rulebook
  /** Runs as the node itself, or as an actor. */
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
}

/** What a route of the service answers an actor. */
export async function callRoute(
  region: TestRegion,
  actor: Actor,
  path: string,
  input: { params?: unknown; query?: unknown; body?: unknown } = {},
): Promise<unknown> {
  const route = must(
    region.parts.routes.find((candidate) => candidate.path === path),
    `route ${path}`,
  )
  const { params = {}, query = {}, body } = input
  return region.run(async (work) => route.answer.parse(await route.handle(work, { params, query, body })), actor)
}

/** A synthetic insured person with a card, an e-card and an injury. */
export type TestPerson = { personId: Id; cardNumber: string; eCardId: Id; actor: Actor }

/** A nation of regions on one transport. */
export type TestNation = {
  regions: readonly TestRegion[]
  region(code: string): TestRegion
  /** Puts a node in the place of a region's, e.g. on a restored database; the rest of the nation finds it there. */
  replace(node: TestNode): TestRegion
  /** Delivers until nobody has anything to say. Fails where a message could not be handled. */
  settleMessages(): Promise<void>
  /** Every clock shows nine in the morning of a day in Shanghai, and everything that is due by then is done. */
  moveTo(date: PlainDate): Promise<void>
  close(): Promise<void>
}

let migrations: Awaited<ReturnType<typeof allMigrations>> | undefined

async function allMigrations() {
  return [
    await lawMigrations(),
    await peopleMigrations(),
    await registersMigrations(),
    await casesMigrations(),
    await ledgerMigrations(),
    await exchangeMigrations(),
    await readMigrations('svc_work_injury_settlement', new URL('./migrations/', import.meta.url)),
  ]
}

/** Jiangsu, Gansu, Xinjiang and the hub. */
export const testRegions = ['000000', '320000', '620000', '650000']

/** How a test nation differs from one of four regions on 2026-05-11 that deliver at once. */
export type NationOptions = {
  regions?: readonly string[]
  now?: string
  faults?: (point: string) => void
  transport?: Transport
  /** Servers that regions have for themselves, as administrator. */
  adminUrls?: Readonly<Record<string, string>>
}

/** A nation of real nodes; nothing is delivered before `settleMessages`. `faults` are called at every named point of every node. */
export async function testNation(options: NationOptions = {}): Promise<TestNation> {
  migrations ??= await allMigrations()
  const transport = options.transport ?? createInProcessTransport()
  const regions = new Map<string, TestRegion>()
  for (const code of options.regions ?? testRegions)
    regions.set(code, await makeRegion(code, transport, regions, options))
  for (const region of regions.values()) transport.listen(region.region, region.exchange.receive)
  const settleMessages = async () => {
    let delivered: number
    do {
      delivered = 0
      for (const region of regions.values()) delivered += await region.exchange.pump()
    } while (delivered > 0)
    for (const region of regions.values()) await requireNoneFailed(region)
  }
  return {
    get regions() {
      return [...regions.values()]
    },
    region: (code) => must(regions.get(code), `region ${code}`),
    replace(node) {
      const region = assembleRegion(node, transport, regions)
      regions.set(node.region, region)
      transport.listen(node.region, region.exchange.receive)
      return region
    },
    settleMessages,
    async moveTo(date) {
      for (const { clock } of regions.values()) clock.moveTo(startOfDate(date, '09:00'))
      for (const region of regions.values()) await runDue(region)
      await settleMessages()
    },
    close: async () => {
      for (const region of regions.values()) await region.close()
    },
  }
}

async function requireNoneFailed(region: TestRegion): Promise<void> {
  const failed = await region.run(failedMessages)
  if (failed.length > 0) throw new Error(`messages failed in ${region.region}: ${JSON.stringify(failed)}`)
}

/** What the server's clockwork does every minute. */
async function runDue(region: TestRegion): Promise<void> {
  await region.cases.runDue(region)
  for (const { run } of region.parts.clockwork ?? []) await region.run(run)
}

async function makeRegion(
  code: string,
  transport: Transport,
  regions: ReadonlyMap<string, TestRegion>,
  options: NationOptions,
): Promise<TestRegion> {
  const node = await testNode({
    region: code,
    migrations: migrations ?? [],
    seed: `nation-${code}`,
    ...(options.now && { now: options.now }),
    ...(options.faults && { faults: options.faults }),
    ...(options.adminUrls?.[code] && { adminUrl: options.adminUrls[code] }),
  })
  await inTransaction(node, systemActor, (work) => importCatalogue(work, code, catalogue))
  return assembleRegion(node, transport, regions)
}

/** The service and its exchange on a node. */
function assembleRegion(node: TestNode, transport: Transport, regions: ReadonlyMap<string, TestRegion>): TestRegion {
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
  return {
    ...node,
    cases,
    parts,
    exchange,
    rulebook,
    // The case machine knows a flow by id and version, so a second set of the same flows reads the same cases.
    flows: flowSet(tools),
    run: (action, actor = systemActor) => inTransaction(node, actor, action, 'test'),
  }
}

/** The one officer of a role at an agency of a region; the first call appoints them. */
export function officer(region: TestRegion, role: string, agency: string = region.region): Promise<Actor> {
  const officers = appointed.get(region) ?? new Map<string, Promise<Actor>>()
  appointed.set(region, officers)
  const post = `${role} at ${agency}`
  const known = officers.get(post) ?? testOfficer(region, role, { agency })
  officers.set(post, known)
  return known
}

const appointed = new WeakMap<TestRegion, Map<string, Promise<Actor>>>()

/** An officer of an agency, or of an institution, ready to act. */
export async function testOfficer(
  region: TestRegion,
  role: string,
  place: { agency: string } | { institutionId: Id } | { employerId: Id },
): Promise<Actor> {
  return region.run(async (work) => {
    const userId = await createUser(work, { login: `${role}-${work.newId()}`, displayName: `示例·${role}` })
    const assignmentId = await assign(work, { userId, role, ...place, from: '2024-01-01' })
    return assignmentActor(await getAssignment(work, assignmentId))
  })
}

let sequence = 0

/** A synthetic person insured with an agency (through the injury's employer, if any), with an injury that is determined unless said otherwise. */
export async function testPerson(
  region: TestRegion,
  agency: string,
  injury: Partial<InjuryRow> = {},
): Promise<TestPerson> {
  sequence++
  const nth = sequence
  return region.run(async (work) => {
    const { personId } = await registerPerson(work, {
      idNumber: makeSyntheticIdNumber({ region: '320102', birthOn: '1986-04-12', sequence: nth }),
      name: `示例·测试${nth}`,
      homeRegion: '320102',
      agency,
    })
    const cardNumber = `T${region.region.slice(0, 2)}${String(nth).padStart(7, '0')}`
    await issueCard(work, { personId, number: cardNumber, outlet: '示例网点', issuedOn: '2024-06-03' })
    const { eCardId } = await applyECard(work, { personId, app: 'app:12333' })
    const { employer_id: employerId } = injury
    const enrolment = { personId, poolingArea: 'test', agency, from: '2020-01-01', ...(employerId && { employerId }) }
    await enrol(work, { insurance: 'work_injury', ...enrolment })
    const determined = { determination: 'done', determined_on: '2024-07-18' } as const
    const known = { occurred_on: '2024-05-20', body_part: '左股骨', ...determined, ...injury }
    await recordInjury(work, { person_id: personId, agency, ...known })
    const userId = await createUser(work, { login: `person-${nth}`, displayName: '示例', personId })
    return { personId, cardNumber, eCardId, actor: { kind: 'person', userId, personId } }
  })
}

/** A synthetic employer of an agency and its officer. */
export async function testEmployer(region: TestRegion, agency: string): Promise<{ employerId: Id; officer: Actor }> {
  sequence++
  const creditCode = makeSyntheticCreditCode({ region: agency, serial: sequence })
  const employer = {
    creditCode,
    name: `示例单位${sequence}`,
    region: agency,
    agency,
    industry: 'construction',
  } as const
  const { employerId } = await region.run((work) => registerEmployer(work, employer))
  return { employerId, officer: await testOfficer(region, 'employer_officer', { employerId }) }
}

/** A synthetic hospital and its insurance office. */
export type TestHospital = { institutionId: Id; office: Actor }

/** A hospital with a live agreement (or as far as said; `ended`: until 2026-05-10), a bank account, and a small catalogue with approved mappings. */
export async function testHospital(
  region: TestRegion,
  place: string,
  connection: 'live' | 'agreed' | 'ended' = 'live',
): Promise<TestHospital> {
  const institutionId = await region.run(async (work) => {
    const id = await registerInstitution(work, {
      code: `T${work.newId().slice(-8)}`,
      name: '示例医院',
      kind: 'hospital',
      level: 3,
      region: place,
    })
    await setBankAccount(work, id, {
      bankName: '示例银行',
      accountName: '示例医院',
      accountNumber: '99990001',
      from: '2024-01-01',
    })
    for (const kind of ['medical', 'rehabilitation', 'device'] as const) {
      await recordAgreement(work, {
        institutionId: id,
        kind,
        region: place,
        source: 'test',
        agreedOn: '2024-02-01',
        ...(connection !== 'agreed' && { connectedOn: '2024-03-01', liveOn: '2024-04-01' }),
        ...(connection === 'ended' && { endedOn: '2026-05-10' }),
      })
    }
    return id
  })
  const office = await testOfficer(region, 'hospital_office', { institutionId })
  await seedCodes(region, institutionId, office)
  return { institutionId, office }
}

/** The catalogue of the tests: an item without limit, one with a limit of 70 yuan, a device with a limit of 500 yuan. */
const catalogue = [
  { kind: 'item', code: 'ITEM-1', nameZh: '手术', unit: '次', from: '2024-01-01', source: 'test' },
  {
    kind: 'item',
    code: 'ITEM-2',
    nameZh: '床位',
    unit: '日',
    priceLimitFen: 7_000,
    from: '2024-01-01',
    source: 'test',
  },
  {
    kind: 'device',
    code: 'DEVICE-1',
    nameZh: '轮椅',
    unit: '辆',
    priceLimitFen: 50_000,
    from: '2024-01-01',
    source: 'test',
  },
]

async function seedCodes(region: TestRegion, institutionId: Id, office: Actor): Promise<void> {
  const officer = await testOfficer(region, 'catalogue_admin', { agency: region.region })
  const rows = [
    ...catalogue.map(({ kind, code, nameZh }) => ({
      hospitalCode: `H-${code}`,
      hospitalName: nameZh,
      kind,
      catalogueCode: code,
      from: '2024-01-01',
    })),
    { hospitalCode: 'H-OUT', hospitalName: '进口钢板', kind: 'device', catalogueCode: null, from: '2024-01-01' },
  ]
  const place = { institutionId, region: region.region }
  const ids = await region.run((work) => proposeMappings(work, place, rows), office)
  await region.run((work) => approveMappings(work, ids), officer)
}

/** Money to begin with in the fiscal special account. */
export function fundRegion(region: TestRegion, amountFen = 1_000_000_000): Promise<unknown> {
  return region.run((work) =>
    move(work, {
      key: 'opening',
      kind: 'opening',
      on: work.today,
      from: 'contribution_income',
      to: 'fiscal_special_account',
      amountFen,
    }),
  )
}
