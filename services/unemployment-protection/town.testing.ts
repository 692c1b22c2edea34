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
  beginEmployment,
  createUser,
  endEmployment,
  getAssignment,
  issueCard,
  makeSyntheticCreditCode,
  makeSyntheticIdNumber,
  peopleMigrations,
  recordPersonContributions,
  registerEmployer,
  registerPerson,
} from '../../people/door.ts'
import { registersMigrations } from '../../registers/door.ts'
import type { ServiceParts } from '../contract.ts'
import { claimFlow } from './claim.ts'
import { openFund } from './seed.ts'
import { service } from './service.ts'

/** A node of Hebei with the service and nobody in it, from 2026-03-16 (a Monday) on. All synthetic. */
export type Town = TestNode & {
  cases: Cases
  parts: ServiceParts
  rulebook: Rulebook
  claim: ReturnType<typeof claimFlow>
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  /** The one officer of a role at the city; the first call appoints them. */
  officer(role: string): Promise<Actor>
  /** The one officer of a role at the province. */
  provincial(role: string): Promise<Actor>
  /** Nine in the morning of a day, with everything that is due by then done. */
  moveTo(date: PlainDate): Promise<void>
}

const agency = '130100'

/** See `Town`. */
export async function testTown(): Promise<Town> {
  const node = await testNode({
    region: '130000',
    now: '2026-03-16T01:00:00.000Z',
    migrations: [
      await lawMigrations(),
      await peopleMigrations(),
      await registersMigrations(),
      await casesMigrations(),
      await ledgerMigrations(),
      await benefitsMigrations(),
      await readMigrations('svc_unemployment_protection', new URL('./migrations/', import.meta.url)),
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
  const officerAt = (place: string, role: string) => {
    const known = officers.get(`${role} ${place}`) ?? run((work) => appoint(work, place, role))
    officers.set(`${role} ${place}`, known)
    return known
  }
  await run((work) => openFund(work, 100_000_000))
  return {
    ...node,
    cases: made,
    parts,
    rulebook,
    claim: claimFlow(tools),
    run,
    officer: (role) => officerAt(agency, role),
    provincial: (role) => officerAt('130000', role),
    async moveTo(date) {
      node.clock.moveTo(startOfDate(date, '09:00'))
      while ((await made.runDue(node)).taken.length > 0);
      for (const item of parts.clockwork ?? []) await run(item.run)
    },
  }
}

async function appoint(work: Work, place: string, role: string): Promise<Actor> {
  const userId = await createUser(work, { login: `${place}-${role}`, displayName: '示例' })
  const assignmentId = await assign(work, { userId, role, agency: place, from: '2024-01-01' })
  return assignmentActor(await getAssignment(work, assignmentId))
}

let sequence = 0

/** Somebody who worked for an employer until 2026-03-10. */
export type TestWorker = { personId: Id; employerId: Id; actor: Actor }

/** See `TestWorker`; born, insured and let go as said. */
export async function testWorker(
  town: Town,
  { birthOn = '1986-04-12', months = 36, reason = 'contract_expired', sex = 'male' } = {},
): Promise<TestWorker> {
  sequence += 1
  const nth = sequence * 2 + (sex === 'male' ? 1 : 0)
  return town.run(async (work) => {
    const { personId } = await registerPerson(work, {
      idNumber: makeSyntheticIdNumber({ region: '130102', birthOn, sequence: nth }),
      name: `示例·失业${nth}`,
      homeRegion: '130102',
      agency,
    })
    const bank = { name: '示例银行', accountNumber: `62200000000${String(nth).padStart(5, '0')}` }
    await issueCard(work, {
      personId,
      number: `T13${String(nth).padStart(6, '0')}`,
      outlet: '示例网点',
      issuedOn: '2024-06-03',
      bank,
    })
    const { employerId } = await registerEmployer(work, {
      creditCode: makeSyntheticCreditCode({ region: '130102', serial: nth }),
      name: `示例单位${nth}`,
      region: '130102',
      agency,
      industry: 'machinery',
    })
    const employmentId = await beginEmployment(work, { personId, employerId, from: '2010-01-01' })
    await endEmployment(work, { employmentId, to: '2026-03-10', reason })
    await recordPersonContributions(
      work,
      Array.from({ length: months }, (_, back) => {
        const month = monthOf(addMonths('2026-02-01', -back))
        return {
          personId,
          insurance: 'unemployment' as const,
          month,
          employerId,
          baseFen: 500_000,
          paidOn: `${month}-20`,
        }
      }),
    )
    const userId = await createUser(work, { login: `person-${nth}`, displayName: '示例', personId })
    return { personId, employerId, actor: { kind: 'person', userId, personId } }
  })
}

let keys = 0

/** Opens a case of a flow as somebody. */
export function open(town: Town, actor: Actor, flow: string, body: unknown): Promise<StepTaken> {
  const subject = actor.kind === 'person' ? { personId: actor.personId } : {}
  const request = { flow, body, agency, subject, idempotencyKey: `open-${++keys}` }
  return town.run((work) => town.cases.open(work, request), actor)
}

/** Takes a step on a case as it stands. */
export function take(town: Town, actor: Actor, caseId: Id, step: string, body: unknown = {}): Promise<StepTaken> {
  return town.run(async (work) => {
    const { file } = await town.cases.get(work, caseId)
    return town.cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `take-${++keys}` })
  }, actor)
}

/** A claim that was approved today, its first month ordered. */
export async function approvedClaim(town: Town, worker: TestWorker, answers: object = {}): Promise<StepTaken> {
  const claim = await open(town, worker.actor, 'unemployment-claim', { seeksWork: true, ...answers })
  await take(town, await town.officer('accept'), claim.caseId, 'accept', { outcome: 'accepted' })
  await take(town, await town.officer('review'), claim.caseId, 'review', { opinion: '符合规定' })
  const approval = { outcome: 'approved', opinion: '同意' }
  const approved = await take(town, await town.officer('approve'), claim.caseId, 'approve', approval)
  await town.run(async (work) => work.today).then((today) => town.moveTo(today))
  return approved
}

/** The claim as the node sees it. */
export function look(town: Town, caseId: Id) {
  return town.run((work) => town.cases.getOf(work, town.claim, caseId))
}

/** Draws up a batch, has it approved, and answers its lines: all paid, but for those returned. Its lines. */
export async function payBatch(town: Town, returned: readonly string[] = []) {
  const batch = await open(town, await town.officer('pay'), 'unemployment-claim-payment', {})
  const approval = { outcome: 'approved', opinion: '同意' }
  await take(town, await town.officer('approve'), batch.caseId, 'approve', approval)
  const lines = returned.map((orderId) => ({ orderId, result: 'returned', reason: '账户已销户' }))
  await take(town, await town.officer('pay'), batch.caseId, 'recordResult', { lines, othersPaid: true })
  return batch
}

/** What stands on the accounts of a fund, by name; accounts at zero are left out. Fails where the books do not balance. */
export async function booksOfFund(town: Town, fund: string): Promise<Record<string, number>> {
  const rows = await town.run((work) => balances(work, { fund }))
  const { totals } = await town.run((work) => trialBalance(work, {}))
  if (totals.closingDebitFen !== totals.closingCreditFen) throw new Error('the books do not balance')
  const sums: Record<string, number> = {}
  for (const { name, balanceFen } of rows) sums[name] = (sums[name] ?? 0) + balanceFen
  return Object.fromEntries(Object.entries(sums).filter(([, amountFen]) => amountFen !== 0))
}
