import { type Actor, addMonths, inTransaction, monthOf, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { issueCard } from './card.ts'
import { makeSyntheticCreditCode } from './credit-code.ts'
import { registerEmployer } from './employer.ts'
import { makeSyntheticIdNumber } from './identity-number.ts'
import { type NewPerson, registerPerson } from './person.ts'
import { peopleMigrations } from './tables.ts'
import { createUser } from './user.ts'

/** A node of Jiangsu with this room's tables and nobody in it. */
export async function peopleNode(): Promise<TestNode> {
  return testNode({ region: '320000', migrations: [await peopleMigrations()] })
}

/** An id of nobody, for actors whose rows do not matter. */
export const nobody = '00000000-0000-7000-8000-000000000000'

/** Staff of an agency in a role. */
export function staff(agency: string, role = 'accept', userId = nobody): Actor {
  return { kind: 'staff', userId, assignmentId: nobody, role, agency }
}

/** Does one thing as the node itself, in a transaction of its own. */
export function bySystem<T>(node: TestNode, action: (work: Work) => Promise<T>): Promise<T> {
  return inTransaction(node, systemActor, action)
}

let sequence = 0

/** A synthetic person's registration; each call another identity number. */
export function newPerson(changes: Partial<NewPerson> = {}): NewPerson {
  sequence += 1
  const birthOn = `19${String(50 + (sequence % 50)).padStart(2, '0')}-03-07`
  return {
    idNumber: makeSyntheticIdNumber({ region: '320102', birthOn, sequence: sequence % 1000 }),
    name: '沈试样',
    homeRegion: '320102',
    agency: '320100',
    phone: '13900001234',
    ...changes,
  }
}

/** Registers a synthetic person and returns the id. */
export async function givePerson(node: TestNode, changes: Partial<NewPerson> = {}): Promise<string> {
  return (await bySystem(node, (work) => registerPerson(work, newPerson(changes)))).personId
}

/** Registers a synthetic employer and returns the id. */
export async function giveEmployer(node: TestNode, agency = '320100'): Promise<string> {
  sequence += 1
  const creditCode = makeSyntheticCreditCode({ region: agency, serial: sequence })
  const employer = { creditCode, name: `试样机械厂${sequence}`, region: agency, agency, industry: 'machinery' } as const
  return (await bySystem(node, (work) => registerEmployer(work, employer))).employerId
}

/** So many months from one on, in order: `monthsFrom('2024-12', 2)` is December and January. */
export function monthsFrom(month: string, count: number): string[] {
  return Array.from({ length: count }, (_, nth) => monthOf(addMonths(`${month}-01`, nth)))
}

/** A card number that no card has yet. */
export function nextCardNumber(): string {
  sequence += 1
  return `T${String(sequence).padStart(8, '0')}`
}

/** Issues a card to a person. */
export async function giveCard(node: TestNode, personId: string): Promise<{ cardId: string; number: string }> {
  const number = nextCardNumber()
  const cardId = await bySystem(node, (work) => issueCard(work, { personId, number, outlet: '试样网点' }))
  return { cardId, number }
}

/** Makes an account, of a person where one is given. */
export function giveUser(node: TestNode, login?: string, personId?: string): Promise<string> {
  sequence += 1
  const user = { login: login ?? `user${sequence}`, displayName: `试样用户${sequence}`, personId }
  return bySystem(node, (work) => createUser(work, user))
}
