import { benefitsMigrations } from '../../benefits/door.ts'
import { type Cases, casesMigrations, createCases, type StepTaken } from '../../cases/door.ts'
import {
  type Actor,
  addMonths,
  type Id,
  inTransaction,
  monthOf,
  type PlainDate,
  readMigrations,
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
  createUser,
  enrol,
  getAssignment,
  issueCard,
  makeSyntheticIdNumber,
  peopleMigrations,
  recordPersonContributions,
  registerPerson,
} from '../../people/door.ts'
import { registersMigrations } from '../../registers/door.ts'
import type { ServiceParts } from '../contract.ts'
import { pensionFlow } from './flow/pension.ts'
import { bookIncome } from './fund-books.ts'
import { service } from './service.ts'

/** A node of Anhui with the service and nobody in it, from 2026-05-11 (a Monday) on. All synthetic. */
export type Town = TestNode & {
  cases: Cases
  parts: ServiceParts
  rulebook: Rulebook
  pension: ReturnType<typeof pensionFlow>
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  /** The one officer of a role at the city; the first call appoints them. */
  officer(role: string, place?: string): Promise<Actor>
  /** Nine in the morning of a day, with everything that is due by then done. */
  moveTo(date: PlainDate): Promise<void>
}

const agency = '340100'

/** See `Town`. */
export async function testTown(): Promise<Town> {
  const node = await testNode({
    region: '340000',
    now: '2026-05-11T01:00:00.000Z',
    migrations: [
      await lawMigrations(),
      await peopleMigrations(),
      await registersMigrations(),
      await casesMigrations(),
      await ledgerMigrations(),
      await benefitsMigrations(),
      await readMigrations('svc_resident_pension', new URL('./migrations/', import.meta.url)),
    ],
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
  const made = createCases({ flows: parts.flows })
  cases = made
  const run = <T>(action: (work: Work) => Promise<T>, actor: Actor = systemActor) =>
    inTransaction(node, actor, action, 'test')
  const officers = new Map<string, Promise<Actor>>()
  await run((work) => bookIncome(work, { key: 'opening', kind: 'opening', on: '2026-01-01', amountFen: 100_000_000 }))
  return {
    ...node,
    cases: made,
    parts,
    rulebook,
    pension: pensionFlow(tools),
    run,
    officer(role, place = agency) {
      const known = officers.get(`${role} ${place}`) ?? run((work) => appoint(work, role, place))
      officers.set(`${role} ${place}`, known)
      return known
    },
    async moveTo(date) {
      node.clock.moveTo(startOfDate(date, '09:00'))
      while ((await made.runDue(node)).taken.length > 0);
      for (const item of parts.clockwork ?? []) await run(item.run)
    },
  }
}

async function appoint(work: Work, role: string, place: string): Promise<Actor> {
  const userId = await createUser(work, { login: `${place}-${role}`, displayName: '示例' })
  return assignmentActor(
    await getAssignment(work, await assign(work, { userId, role, agency: place, from: '2020-01-01' })),
  )
}

let sequence = 0

/** Somebody who has paid the residents' insurance: 30 yuan a month, up to March 2026 unless said otherwise. */
export type Villager = { personId: Id; actor: Actor }

/** See `Villager`. */
export async function testVillager(
  town: Town,
  { birthOn = '1966-05-02', months = 165, until = '2026-03' } = {},
): Promise<Villager> {
  sequence += 1
  const nth = sequence
  return town.run(async (work) => {
    const idNumber = makeSyntheticIdNumber({ region: '340123', birthOn, sequence: nth })
    const { personId } = await registerPerson(work, { idNumber, name: `示例·村民${nth}`, homeRegion: '340123', agency })
    const bank = { name: '示例银行', accountNumber: `62170001${String(nth).padStart(8, '0')}` }
    await issueCard(work, { personId, number: `T34${String(nth).padStart(6, '0')}`, outlet: '示例网点', bank })
    await enrol(work, { personId, insurance: 'resident_pension', poolingArea: 'test', agency, from: '2012-07-01' })
    await recordPersonContributions(
      work,
      Array.from({ length: months }, (_, back) => {
        const month = monthOf(addMonths(`${until}-01`, -back))
        const insurance = 'resident_pension' as const
        return { personId, insurance, month, employerId: null, baseFen: 3_000, paidOn: `${month}-20` }
      }),
    )
    const userId = await createUser(work, { login: `villager-${nth}`, displayName: '示例', personId })
    return { personId, actor: { kind: 'person', userId, personId } }
  })
}

let keys = 0

/** Opens a case of a flow as somebody. */
export function open(town: Town, actor: Actor, flow = 'resident-pension', body: unknown = {}): Promise<StepTaken> {
  const subject = actor.kind === 'person' ? { personId: actor.personId } : {}
  const request = { flow, body, agency, subject, idempotencyKey: `open-${++keys}` }
  const step = flow === 'resident-pension' ? { step: 'apply' } : {}
  return town.run((work) => town.cases.open(work, { ...request, ...step }), actor)
}

/** Takes a step on a case as it stands, as somebody or as the officer of a role. */
export async function take(
  town: Town,
  by: Actor | string,
  caseId: Id,
  step: string,
  body: unknown = {},
): Promise<StepTaken> {
  const actor = typeof by === 'string' ? await town.officer(by) : by
  return town.run(async (work) => {
    const { file } = await town.cases.get(work, caseId)
    return town.cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `take-${++keys}` })
  }, actor)
}

/** Accepts, reviews and approves; what is due by now is ordered. */
export async function decide(town: Town, caseId: Id): Promise<void> {
  await take(town, 'accept', caseId, 'accept', { outcome: 'accepted' })
  await take(town, 'review', caseId, 'review', { opinion: '符合规定' })
  await take(town, 'approve', caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  await town.moveTo(await town.run(async (work) => work.today))
}

/** The pension as the node sees it. */
export function look(town: Town, caseId: Id) {
  return town.run((work) => town.cases.getOf(work, town.pension, caseId))
}

/** Draws up a batch, has it approved, and answers its lines: all paid, but for those returned. */
export async function payBatch(town: Town, returned: readonly string[] = []): Promise<void> {
  const batch = await open(town, await town.officer('pay'), 'resident-pension-payment')
  await take(town, 'approve', batch.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
  const lines = returned.map((orderId) => ({ orderId, result: 'returned', reason: '账户已销户' }))
  await take(town, 'pay', batch.caseId, 'recordResult', { lines, othersPaid: true })
}

/** What stands on the fund's accounts, by name; those at zero are left out. Fails where the books do not balance. */
export async function books(town: Town): Promise<Record<string, number>> {
  const rows = await town.run((work) => balances(work, { fund: 'resident_pension' }))
  const { totals } = await town.run((work) => trialBalance(work, {}))
  if (totals.closingDebitFen !== totals.closingCreditFen) throw new Error('the books do not balance')
  const sums: Record<string, number> = {}
  for (const { name, balanceFen } of rows) sums[name] = (sums[name] ?? 0) + balanceFen
  return Object.fromEntries(Object.entries(sums).filter(([, amountFen]) => amountFen !== 0))
}
