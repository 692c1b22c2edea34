import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benefitsMigrations } from '../../benefits/door.ts'
import { type Cases, casesMigrations, createCases, type StepTaken } from '../../cases/door.ts'
import { type Actor, type Id, inTransaction, must, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook } from '../../law/door.ts'
import { ledgerMigrations } from '../../ledger/door.ts'
import {
  assign,
  assignmentActor,
  beginEmployment,
  createUser,
  endEmployment,
  getAssignment,
  makeSyntheticCreditCode,
  makeSyntheticIdNumber,
  peopleMigrations,
  recordEmployerContributions,
  recordEmployerProfile,
  recordOwner,
  registerEmployer,
  registerInstitution,
  registerPerson,
} from '../../people/door.ts'
import { loanFlow } from './loan.ts'
import { service } from './service.ts'

const agency = '230100'
let node: TestNode
let cases: Cases
let flow: ReturnType<typeof loanFlow>
const officers = new Map<string, Actor>()
const banks = new Map<string, { bankId: Id; officer: Actor }>()

const run = <T>(action: (work: Work) => Promise<T>, actor: Actor = systemActor) => inTransaction(node, actor, action)

beforeAll(async () => {
  node = await testNode({
    region: '230000',
    migrations: [
      await lawMigrations(),
      await peopleMigrations(),
      await casesMigrations(),
      await ledgerMigrations(),
      await benefitsMigrations(),
    ],
  })
  const rulebook = openRulebook(service.id, service.folder)
  const tools = { rulebook, cases: () => cases }
  cases = createCases({ flows: service.create(tools).flows })
  flow = loanFlow(tools)
  for (const role of ['accept', 'review', 'approve']) officers.set(role, await officer(role, { agency }))
  for (const bankClass of ['local_legal_person', 'joint_stock_provincial_branch', 'other'] as const) {
    const bank = {
      code: `T-${bankClass}`,
      name: '示例银行',
      kind: 'bank',
      level: null,
      bankClass,
      region: agency,
    } as const
    const bankId = await run((work) => registerInstitution(work, bank))
    banks.set(bankClass, { bankId, officer: await officer('bank_officer', { institutionId: bankId }) })
  }
})
afterAll(() => node.close())

const as = (role: string) => must(officers.get(role), `officer ${role}`)
const bankOf = (bankClass: string) => must(banks.get(bankClass), `bank ${bankClass}`)

let sequence = 0

function officer(role: string, place: { agency: string } | { institutionId: Id } | { employerId: Id }): Promise<Actor> {
  return run(async (work) => {
    const userId = await createUser(work, { login: `${role}-${++sequence}`, displayName: '示例' })
    const assignmentId = await assign(work, { userId, role, ...place, from: '2024-01-01' })
    return assignmentActor(await getAssignment(work, assignmentId))
  })
}

type BusinessTold = {
  kind?: 'enterprise' | 'individual_business'
  size?: 'small' | 'micro'
  laidOff?: number
  staff?: number
}

/** A business with people insured since December 2024, of whom some were laid off in 2025; and whom it belongs to. */
async function business(told: BusinessTold = {}) {
  const { kind = 'enterprise', size = 'small', laidOff = 0, staff = 200 } = told
  const nth = ++sequence
  const { employerId, personId, userId } = await run(async (work) => {
    const employer = { name: `示例单位${nth}`, region: agency, agency, industry: 'machinery' } as const
    const creditCode = makeSyntheticCreditCode({ region: agency, serial: nth })
    const { employerId } = await registerEmployer(work, { creditCode, ...employer })
    const months = [
      '2024-12',
      ...Array.from({ length: 12 }, (_, month) => `2025-${String(month + 1).padStart(2, '0')}`),
    ]
    await recordEmployerContributions(
      work,
      [...months, '2026-01', '2026-02', '2026-03', '2026-04'].map((month) => ({
        ...{ employerId, insurance: 'unemployment' as const, month, headcount: staff },
        ...{ dueFen: 100, paidFen: 100, paidOn: `${month}-20` },
      })),
    )
    const numbers = (next: number) => makeSyntheticIdNumber({ region: '230102', birthOn: '1980-01-01', sequence: next })
    for (let worker = 0; worker < laidOff; worker++) {
      const person = { idNumber: numbers(++sequence), name: '示例职工', homeRegion: '230102', agency }
      const { personId } = await registerPerson(work, person)
      const employmentId = await beginEmployment(work, { personId, employerId, from: '2020-01-01' })
      await endEmployment(work, { employmentId, to: '2025-06-30', reason: 'economic_layoff' })
    }
    const owner = { idNumber: numbers(++sequence), name: '示例业主', homeRegion: '230102', agency }
    const { personId } = await registerPerson(work, owner)
    await recordEmployerProfile(work, employerId, {
      entityKind: kind,
      sizeClass: size,
      from: '2024-01-01',
      source: '示例',
    })
    await recordOwner(work, { employerId, personId, from: '2024-01-01', source: '示例' })
    const userId = await createUser(work, { login: `owner-${nth}`, displayName: '示例', personId })
    return { employerId, personId, userId }
  })
  const person: Actor = { kind: 'person', userId, personId }
  return { employerId, personId, person, officer: await officer('employer_officer', { employerId }) }
}

function apply(actor: Actor, requestedFen: number, bankClass = 'local_legal_person'): Promise<StepTaken> {
  const subject =
    actor.kind === 'employer'
      ? { employerId: actor.employerId }
      : actor.kind === 'person'
        ? { personId: actor.personId }
        : {}
  const body = { requestedFen, bankId: bankOf(bankClass).bankId }
  const request = { flow: 'job-loan', body, agency, subject, idempotencyKey: `open-${++sequence}` }
  return run((work) => cases.open(work, request), actor)
}

function take(actor: Actor, caseId: Id, step: string, body: unknown = {}): Promise<StepTaken> {
  return run(async (work) => {
    const { file } = await cases.get(work, caseId)
    return cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `take-${++sequence}` })
  }, actor)
}

const look = (caseId: Id) => run((work) => cases.getOf(work, flow, caseId))

async function reviewed(caseId: Id): Promise<StepTaken> {
  await take(as('accept'), caseId, 'accept', { outcome: 'accepted' })
  return take(as('review'), caseId, 'review', { opinion: '按规定核定' })
}

const terms = { offeredFen: 5_000_000_000, ratePpm: 36_000, termMonths: 12, security: 'none', onBusinessData: true }

describe('C1 from the application to the loan', () => {
  it('C1-t1, C1-t5: a small enterprise asks for 60 million, is confirmed 50 million, and accepts 3.6 % after 4.2 % was refused', async () => {
    const { officer: borrower } = await business()
    const { caseId } = await apply(borrower, 6_000_000_000)
    expect(await reviewed(caseId)).toMatchObject({ status: 'confirmed' })
    expect((await look(caseId)).state.found).toMatchObject({ creditFen: 5_000_000_000, capped: true })

    const bank = bankOf('local_legal_person').officer
    expect(await take(bank, caseId, 'offer', { ...terms, ratePpm: 42_000 })).toMatchObject({
      outcome: 'refused',
      status: 'confirmed',
    })
    expect(await take(bank, caseId, 'offer', terms)).toMatchObject({ status: 'offered' })
    expect(await take(borrower, caseId, 'answerOffer', { outcome: 'accepted' })).toMatchObject({ status: 'agreed' })
    const loan = { contractNumber: 'HT-1', lentOn: '2026-05-11', lentFen: 4_000_000_000 }
    expect(await take(bank, caseId, 'reportLoan', loan)).toMatchObject({ status: 'lent' })
    expect((await look(caseId)).state.loan).toMatchObject({ ...loan, ratePpm: 36_000, termMonths: 12 })

    const again = await apply(borrower, 6_000_000_000)
    await reviewed(again.caseId)
    expect((await look(again.caseId)).state.found).toMatchObject({ creditFen: 1_000_000_000 })
    await take(borrower, again.caseId, 'withdraw', { reason: '暂不需要' })
    await take(bank, caseId, 'reportRepayment', { repaidOn: '2026-05-11', repaidFen: 4_000_000_000 })
    const third = await apply(borrower, 6_000_000_000)
    expect((await look(third.caseId)).state.expected).toMatchObject({ creditFen: 5_000_000_000 })
  })

  it('C1-t2: an individual business is confirmed 10 million, for its owner; the owner of an enterprise too', async () => {
    const shop = await business({ kind: 'individual_business', size: 'micro' })
    const { caseId } = await apply(shop.person, 1_200_000_000)
    await reviewed(caseId)
    const { state } = await look(caseId)
    expect(state.found).toMatchObject({ creditFen: 1_000_000_000, because: 'C1.07' })
    expect(state.facts).toMatchObject({ borrower: 'individual_business' })
    const owner = await business()
    const second = await apply(owner.person, 100_000_000)
    await reviewed(second.caseId)
    expect((await look(second.caseId)).state.facts).toMatchObject({ borrower: 'enterprise_owner' })
  })

  it('C1-t3: layoffs of eleven in two hundred are 5.5 % and borrow, of twelve are refused, and the refusal can be objected to', async () => {
    const few = await business({ laidOff: 11 })
    expect(await reviewed((await apply(few.officer, 100_000_000)).caseId)).toMatchObject({ status: 'confirmed' })
    const more = await business({ laidOff: 12 })
    const { caseId } = await apply(more.officer, 100_000_000)
    expect(await reviewed(caseId)).toMatchObject({ status: 'refused' })
    expect((await look(caseId)).state.found).toMatchObject({ reason: 'layoffs_above_control_target', because: 'C1.04' })
    await take(more.officer, caseId, 'object', { grounds: '其中一人是本人辞职' })
    await take(as('approve'), caseId, 'decideObjection', { outcome: 'set_aside', reasons: '减员原因登记有误' })
    expect((await look(caseId)).status).toBe('accepted')
  })

  it('C1-t6, C1.05: a joint-stock branch in the province lends, a bank that is not on the list cannot be chosen', async () => {
    const { officer: borrower } = await business()
    await expect(apply(borrower, 100_000_000, 'other')).rejects.toMatchObject({
      code: 'bank_not_listed',
      clause: 'C1.05',
    })
    const { caseId } = await apply(borrower, 100_000_000)
    await reviewed(caseId)
    await take(bankOf('local_legal_person').officer, caseId, 'declineToLend', { reason: '额度用完' })
    await take(borrower, caseId, 'chooseBank', { bankId: bankOf('joint_stock_provincial_branch').bankId })
    await expect(take(bankOf('local_legal_person').officer, caseId, 'offer', terms)).rejects.toMatchObject({
      code: 'case_not_found',
    })
    const offered = { ...terms, offeredFen: 100_000_000, ratePpm: 28_000, fastApproval: true }
    const offer = await take(bankOf('joint_stock_provincial_branch').officer, caseId, 'offer', offered)
    expect(offer).toMatchObject({ status: 'offered' })
  })

  it('C1-o1: an application of a year whose control target is not published waits for it', async () => {
    const { officer: borrower } = await business()
    node.clock.moveTo('2027-01-04T01:00:00.000Z')
    await expect(apply(borrower, 100_000_000)).rejects.toMatchObject({ code: 'value_not_in_force' })
  })
})
