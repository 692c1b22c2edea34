import { Client } from 'pg'
import { type Actor, inTransaction, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import {
  type AccountRef,
  type Books,
  defineChart,
  type EntrySpec,
  ledgerMigrations,
  type TransferSpec,
} from './door.ts'

/** The books of an invented tennis club: nothing in the ledger knows what it is used for. */
export const clubChart = defineChart({
  bank: { kind: 'asset', book: 'cash', title: { zh: '银行存款', en: 'Bank account' } },
  till: { kind: 'asset', book: 'cash', title: { zh: '现金', en: 'Till' } },
  prepaid_rent: { kind: 'asset', book: 'statutory', title: { zh: '预付租金', en: 'Rent paid ahead' } },
  dues_receivable: {
    kind: 'asset',
    perParty: true,
    cashItem: 'dues',
    title: { zh: '应收会费', en: 'Dues owed by a member' },
  },
  dues: { kind: 'income', title: { zh: '会费收入', en: 'Dues' } },
  lessons: { kind: 'expense', title: { zh: '教练费', en: 'Lessons' } },
  payable_to_coach: {
    kind: 'liability',
    perParty: true,
    cashItem: 'lessons',
    title: { zh: '应付教练费', en: 'Owed to a coach' },
  },
})

/** The club's books at a branch, by its agency. */
export function clubBooks(agency = '320100'): Books {
  return { fund: 'club', agency, chart: clubChart }
}

/** A ledger on a database of its own. */
export async function ledgerNode(): Promise<TestNode> {
  return testNode({ migrations: [await ledgerMigrations()] })
}

/** A member of staff of an agency, with the given user. */
export function staffOf(agency: string, userId = '00000000-0000-7000-8000-000000000001'): Actor {
  return officerOf(agency, 'cashier', userId)
}

/** An officer of an agency in a role, with the given user. */
export function officerOf(agency: string, role: string, userId: string): Extract<Actor, { kind: 'staff' }> {
  return { kind: 'staff', userId, assignmentId: '00000000-0000-7000-8000-000000000002', role, agency }
}

/** The same node, failing once it reaches this point. */
export function crashingAt(node: TestNode, point: string): TestNode {
  return {
    ...node,
    faults: (reached) => {
      if (reached === point) throw new Error(`crash at ${point}`)
    },
  }
}

/** The node's database as the server's administrator opens it. */
export function administratorUrl(node: TestNode): string {
  const url = new URL(node.adminUrl)
  url.pathname = new URL(node.database.url).pathname
  return url.toString()
}

/** Runs SQL as the server's administrator with every trigger and foreign key switched off: what no guard in the database can prevent. */
export async function tamper(node: TestNode, ...statements: string[]): Promise<void> {
  const administrator = new Client({ connectionString: administratorUrl(node) })
  await administrator.connect()
  try {
    await administrator.query('SET session_replication_role = replica')
    for (const statement of statements) await administrator.query(statement)
  } finally {
    await administrator.end()
  }
}

/** Does one thing in a transaction of its own, as the system where no actor is given. */
export function once<T>(
  node: TestNode,
  action: (work: Work) => Promise<T>,
  actor: Actor = { kind: 'system' },
): Promise<T> {
  return inTransaction(node, actor, action)
}

/** A transfer from one account of the club to another: debit the first, credit the second. */
export function clubTransfer(
  key: string,
  debit: AccountRef,
  credit: AccountRef,
  amountFen: number,
  more: Partial<TransferSpec> = {},
): TransferSpec {
  const entries: EntrySpec[] = [
    { account: debit, debitFen: amountFen },
    { account: credit, creditFen: amountFen },
  ]
  const memo = { code: 'club_movement', params: { amountFen } }
  return { key, kind: 'club_movement', on: '2026-05-11', books: clubBooks(), memo, entries, ...more }
}
