import {
  type CaseFlow,
  type Cases,
  type CaseView,
  casesMigrations,
  createCases,
  type StepTaken,
} from '../cases/door.ts'
import {
  type Actor,
  type Id,
  inTransaction,
  type MigrationSet,
  type PlainDate,
  startOfDate,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { lawMigrations, openRulebook, type Rulebook } from '../law/door.ts'
import { type Chart, ledgerMigrations, postTransfer } from '../ledger/door.ts'
import {
  assign,
  assignmentActor,
  beginEmployment,
  createUser,
  getAssignment,
  issueCard,
  makeSyntheticCreditCode,
  makeSyntheticIdNumber,
  peopleMigrations,
  recordEmployerContributions,
  recordEmployerProfile,
  recordPersonContributions,
  registerEmployer,
  registerPerson,
  setEmployerAccount,
} from '../people/door.ts'
import { registersMigrations } from '../registers/door.ts'
import { booksOf } from './fund-books.ts'
import { benefitsMigrations } from './migrations.ts'

/** The flows and accounts of a service as the harness needs them: what its `create` returns. */
type Created = { flows: CaseFlow[]; chart?: Chart }

/** A node for tests of a service that pays benefits: real database, every room's tables, officers of each role. All synthetic. */
export type BenefitSite = {
  node: TestNode
  rulebook: Rulebook
  cases: Cases
  /** Runs in one transaction as the node itself, or as an actor. */
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  /** Moves the node's clock to the morning of a day. */
  moveTo(day: PlainDate): void
  /** The officer of a role in an agency, the site's own where none is named: the same one each time, or a second one. */
  officer(role: string, which?: { agency?: string; another?: boolean }): Promise<Actor>
  /** An employer with profile, account and so many months of contributions in full, and its officer. */
  employer(options?: EmployerOptions): Promise<SiteEmployer>
  /** A registered person insured for unemployment for so many months, with a card that can be paid to. */
  person(options?: PersonOptions): Promise<{ personId: Id; actor: Actor }>
  open(
    actor: Actor,
    request: { flow: string; step?: string; body: unknown; agency?: string; key?: string },
  ): Promise<StepTaken>
  /** Takes a step on a case as it stands now. */
  take(actor: Actor, caseId: Id, step: string, body?: unknown): Promise<StepTaken>
  view(caseId: Id): Promise<CaseView>
  /** Puts money of the fund on its fiscal special account. */
  fund(fund: string, amountFen: number): Promise<void>
  /** From now on the platform stops at this named point; null: nowhere. */
  crashAt(point: string | null): void
  close(): Promise<void>
}

/** What a made-up employer is like; months of full payment end with the month before the site's day. */
export type EmployerOptions = {
  entityKind?: 'enterprise' | 'social_organisation' | 'law_firm' | 'individual_business'
  sizeClass?: 'large' | 'medium' | 'small' | 'micro'
  months?: string[]
  headcount?: number
  paidPerMonthFen?: number
  agency?: string
  withAccount?: boolean
}

/** What a made-up person is like; employed where an employer is named. */
export type PersonOptions = {
  birthOn?: PlainDate
  agency?: string
  months?: string[]
  employerId?: Id
  employedFrom?: PlainDate
  occupation?: string
  withCard?: boolean
}

/** A made-up employer: who it is and its officer. */
export type SiteEmployer = { employerId: Id; creditCode: string; actor: Actor }

/** Opens a site for a service's folder and `create`, on a day. */
export async function benefitSite(options: {
  region: string
  on: PlainDate
  service: { id: string; folder: URL; create(tools: { rulebook: Rulebook; cases(): Cases }): Created }
  migrations?: MigrationSet[]
}): Promise<BenefitSite> {
  const { region, service } = options
  let crashPoint: string | null = null
  const faults = (point: string) => {
    if (point === crashPoint) throw new Error(`crash at ${point}`)
  }
  const migrations = [...(await roomMigrations()), ...(options.migrations ?? [])]
  const node = await testNode({ region, migrations, faults })
  node.clock.moveTo(startOfDate(options.on))
  const rulebook = openRulebook(service.id, service.folder)
  let cases: Cases | undefined
  const created = service.create({ rulebook, cases: () => needed(cases) })
  cases = createCases({ flows: created.flows })
  const run = <T>(action: (work: Work) => Promise<T>, actor: Actor = systemActor) => inTransaction(node, actor, action)
  const officers = new Map<string, Promise<Actor>>()
  let serial = 0
  const officer: BenefitSite['officer'] = (role, { agency = region, another = false } = {}) => {
    const key = `${role}@${agency}${another ? ' 2' : ''}`
    const known = officers.get(key) ?? newOfficer(run, role, { agency })
    officers.set(key, known)
    return known
  }
  const site: BenefitSite = {
    node,
    rulebook,
    cases,
    run,
    officer,
    moveTo: (day) => node.clock.moveTo(startOfDate(day)),
    employer: (employer) => newEmployer(run, region, ++serial, employer),
    person: (person) => newPerson(run, region, ++serial, person),
    open: (actor, { flow, step, body, agency = region, key = `open-${++serial}` }) =>
      run(
        (work) =>
          needed(cases).open(work, {
            flow,
            ...(step && { step }),
            body,
            agency,
            idempotencyKey: key,
            subject: subjectFor(actor),
          }),
        actor,
      ),
    take: (actor, caseId, step, body = {}) =>
      run(async (work) => {
        const { file } = await needed(cases).get(work, caseId)
        return needed(cases).take(work, {
          caseId,
          step,
          body,
          expectedSeq: file.seq,
          idempotencyKey: `${step}-${file.seq}`,
        })
      }, actor),
    view: (caseId) => run((work) => needed(cases).get(work, caseId)),
    fund: async (fund, amountFen) => {
      await run((work) => endow(work, fund, region, created.chart ?? {}, amountFen, ++serial))
    },
    crashAt: (point) => {
      crashPoint = point
    },
    close: () => node.close(),
  }
  return site
}

async function roomMigrations(): Promise<MigrationSet[]> {
  return Promise.all([
    lawMigrations(),
    peopleMigrations(),
    registersMigrations(),
    casesMigrations(),
    ledgerMigrations(),
    benefitsMigrations(),
  ])
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the case machine is made after the service')
  return value
}

function subjectFor(actor: Actor) {
  if (actor.kind === 'employer') return { employerId: actor.employerId }
  return actor.kind === 'person' ? { personId: actor.personId } : {}
}

type Run = <T>(action: (work: Work) => Promise<T>) => Promise<T>

let users = 0

function newOfficer(run: Run, role: string, body: { agency: string } | { employerId: Id }): Promise<Actor> {
  return run(async (work) => {
    const userId = await createUser(work, {
      login: `test-${role.replaceAll('_', '-')}-${++users}`,
      displayName: '示例',
    })
    return assignmentActor(await getAssignment(work, await assign(work, { userId, role, ...body, from: '2020-01-01' })))
  })
}

async function newEmployer(
  run: Run,
  region: string,
  serial: number,
  options: EmployerOptions = {},
): Promise<SiteEmployer> {
  const {
    entityKind = 'enterprise',
    sizeClass = 'small',
    months = [],
    headcount = 50,
    paidPerMonthFen = 1_000_000,
  } = options
  const { agency = region, withAccount = true } = options
  const creditCode = makeSyntheticCreditCode({ region: agency, serial })
  const employerId = await run(async (work) => {
    const registered = await registerEmployer(work, {
      creditCode,
      name: `示例企业${serial}`,
      region: agency,
      agency,
      industry: 'machinery',
    })
    const { employerId: id } = registered
    await recordEmployerProfile(work, id, { entityKind, sizeClass, from: '2020-01-01', source: '示例' })
    if (withAccount) {
      const account = {
        bankName: '示例银行',
        accountName: `示例企业${serial}`,
        accountNumber: `6222${String(serial).padStart(12, '0')}`,
      }
      await setEmployerAccount(work, id, { ...account, from: '2020-01-01' })
    }
    if (months.length > 0) {
      await recordEmployerContributions(
        work,
        months.map((month) => ({
          employerId: id,
          insurance: 'unemployment' as const,
          month,
          headcount,
          dueFen: paidPerMonthFen,
          paidFen: paidPerMonthFen,
          paidOn: `${month}-20`,
        })),
      )
    }
    return id
  })
  return { employerId, creditCode, actor: await newOfficer(run, 'employer_officer', { employerId }) }
}

async function newPerson(
  run: Run,
  region: string,
  serial: number,
  options: PersonOptions = {},
): Promise<{ personId: Id; actor: Actor }> {
  const { birthOn = '1985-03-07', agency = region, months = [], employerId, withCard = true } = options
  return run(async (work) => {
    const idNumber = makeSyntheticIdNumber({ region: '130102', birthOn, sequence: serial % 1000 })
    const { personId } = await registerPerson(work, { idNumber, name: '沈试样', homeRegion: agency, agency })
    const userId = await createUser(work, { login: `test-person-${++users}`, displayName: '示例', personId })
    if (months.length > 0) {
      await recordPersonContributions(
        work,
        months.map((month) => ({
          personId,
          insurance: 'unemployment' as const,
          month,
          employerId: employerId ?? null,
          baseFen: 500_000,
          paidOn: `${month}-20`,
        })),
      )
    }
    if (employerId !== undefined) {
      const { employedFrom: from = '2020-01-01', occupation } = options
      await beginEmployment(work, { personId, employerId, from, ...(occupation !== undefined && { occupation }) })
    }
    if (withCard) {
      const bank = { name: '示例银行', accountNumber: `6217${String(serial).padStart(12, '0')}` }
      await issueCard(work, { personId, number: `T${String(serial).padStart(8, '0')}`, outlet: '示例网点', bank })
    }
    return { personId, actor: { kind: 'person' as const, userId, personId } }
  })
}

async function endow(
  work: Work,
  fund: string,
  agency: string,
  chart: Chart,
  amountFen: number,
  serial: number,
): Promise<void> {
  await postTransfer(work, {
    key: `endow-${serial}`,
    kind: 'contributions_received',
    on: work.today,
    books: booksOf(fund, agency, chart),
    memo: { code: 'posting.benefit_repaid', params: {} },
    entries: [
      { account: { name: 'fiscal_special_account' }, debitFen: amountFen },
      { account: { name: 'contribution_income' }, creditFen: amountFen },
    ],
  })
}

/** Takes an application from the form through three officers and the bank to the account; answers its case. */
export async function applyAndPay(
  site: BenefitSite,
  actor: Actor,
  { flow, answers }: { flow: string; answers: Readonly<Record<string, unknown>> },
): Promise<Id> {
  const opinion = '属实'
  const { caseId } = await site.open(actor, { flow, step: 'apply', body: { answers } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  await site.take(await site.officer('review'), caseId, 'review', { opinion })
  await site.take(await site.officer('approve'), caseId, 'approve', { outcome: 'approved', opinion })
  const batch = await site.open(await site.officer('pay'), { flow: `${flow}-payment`, body: {} })
  await site.take(await site.officer('approve'), batch.caseId, 'approve', { outcome: 'approved', opinion })
  await site.take(await site.officer('pay'), batch.caseId, 'recordResult', { lines: [], othersPaid: true })
  return caseId
}
