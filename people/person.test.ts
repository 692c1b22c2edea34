import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { endEnrolment, enrol } from './enrolment.ts'
import { bySystem, giveEmployer, givePerson, newPerson, nobody, peopleNode, staff } from './fixtures.testing.ts'
import { makeSyntheticIdNumber } from './identity-number.ts'
import {
  changeAgency,
  findPeople,
  findPersonByIdNumber,
  getPerson,
  recordDeath,
  recordRetirement,
  registerPerson,
  revealIdNumber,
} from './person.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

describe('same person, same database (B3.03)', () => {
  it('B3-t3: the same identity number registered in two villages is one person record', async () => {
    const person = newPerson()
    const first = await inTransaction(node, staff('320102'), (work) =>
      registerPerson(work, { ...person, agency: '320102' }),
    )
    const second = await inTransaction(node, staff('320583'), (work) =>
      registerPerson(work, { ...person, agency: '320583' }),
    )
    expect(first.existing).toBe(false)
    expect(second).toEqual({ personId: first.personId, existing: true })
    const log = await bySystem(node, (work) => accessLogOf(work, first.personId))
    expect(log.map((entry) => [entry.action, entry.agency])).toEqual([
      ['match_person', '320583'],
      ['register_person', '320102'],
    ])
  })

  it('two registrations at the same moment are one record', async () => {
    const person = newPerson()
    const both = await Promise.all([1, 2].map(() => bySystem(node, (work) => registerPerson(work, person))))
    expect(both.map((one) => one.existing).sort()).toEqual([false, true])
    expect(both[0]?.personId).toBe(both[1]?.personId)
  })

  it('a known number under another name is refused', async () => {
    const person = newPerson()
    await bySystem(node, (work) => registerPerson(work, person))
    await expect(bySystem(node, (work) => registerPerson(work, { ...person, name: '钱别名' }))).rejects.toMatchObject({
      code: 'id_number_of_another_name',
      clause: 'B3.03',
    })
  })

  it.each([
    ['a wrong check digit', '320102199003071230'],
    ['seventeen digits', '32010219900307123'],
    ['a day that does not exist', '320102199002301238'],
  ])('%s is bad input at idNumber, and nothing is registered', async (_, idNumber) => {
    const refused = bySystem(node, (work) => registerPerson(work, newPerson({ idNumber })))
    await expect(refused).rejects.toSatisfy((error: BadInput) => error.problems[0]?.path === 'idNumber')
  })

  it('staff register only for an agency they cover', async () => {
    const refused = inTransaction(node, staff('320500'), (work) =>
      registerPerson(work, newPerson({ agency: '320100' })),
    )
    await expect(refused).rejects.toMatchObject({ code: 'outside_own_agency' })
  })
})

describe('numbers are stored sealed and shown masked', () => {
  it('the view masks number and phone and takes sex and birth date from the number', async () => {
    const person = newPerson({ idNumber: '32010219900307005x' })
    const { personId } = await bySystem(node, (work) => registerPerson(work, person))
    const view = await bySystem(node, (work) => getPerson(work, personId, 'test'))
    expect(view).toEqual({
      personId,
      name: '沈试样',
      idNumberMasked: '320102********005X',
      sex: 'male',
      birthOn: '1990-03-07',
      phoneMasked: '139****1234',
      homeRegion: '320102',
      agency: '320100',
      retiredOn: null,
      diedOn: null,
    })
    expect(await bySystem(node, (work) => revealIdNumber(work, personId, 'test'))).toBe('32010219900307005X')
    const stored = await bySystem(
      node,
      async (work) => (await sql`SELECT p::text FROM people.person p`.execute(work.db)).rows,
    )
    expect(JSON.stringify(stored)).not.toContain('32010219900307005')
  })

  it('is found by number in either case, by part of the name and by nothing else', async () => {
    const person = newPerson({ name: '欧阳%试样' })
    const personId = await givePerson(node, person)
    const found = await bySystem(node, async (work) => ({
      byNumber: (await findPersonByIdNumber(work, person.idNumber.toLowerCase(), 'test'))?.personId,
      byText: (await findPeople(work, { text: person.idNumber, limit: 5 }, 'test')).map((one) => one.personId),
      byName: (await findPeople(work, { text: '阳%试', limit: 5 }, 'test')).map((one) => one.personId),
      byPattern: await findPeople(work, { text: '欧_%', limit: 5 }, 'test'),
    }))
    expect(found).toEqual({ byNumber: personId, byText: [personId], byName: [personId], byPattern: [] })
  })
})

describe('every read and write is in the access log', () => {
  it('the person sees who looked, in which role, and why', async () => {
    const personId = await givePerson(node)
    await inTransaction(node, staff('320100', 'review'), (work) => getPerson(work, personId, 'case BA1'))
    const self = { kind: 'person', userId: nobody, personId } as const
    const log = await inTransaction(node, self, (work) => accessLogOf(work, personId))
    expect(log[0]).toMatchObject({ action: 'read_person', role: 'review', agency: '320100', purpose: 'case BA1' })
    expect(log[1]).toMatchObject({ action: 'register_person', role: 'system', purpose: null })
  })

  it('a read without a purpose is refused', async () => {
    const personId = await givePerson(node)
    await expect(bySystem(node, (work) => getPerson(work, personId, ' '))).rejects.toBeInstanceOf(BadInput)
  })

  it.each([
    ['changed', sql`UPDATE people.access_log SET purpose = 'other'`],
    ['deleted', sql`DELETE FROM people.access_log`],
    ['truncated', sql`TRUNCATE people.access_log`],
    [
      'written under another name',
      sql`INSERT INTO people.access_log (at, person_id, action, actor_kind, role)
        SELECT registered_at, id, 'read_person', 'staff', 'audit' FROM people.person LIMIT 1`,
    ],
  ])('raw SQL: it cannot be %s', async (_, statement) => {
    await givePerson(node)
    await expect(bySystem(node, (work) => statement.execute(work.db))).rejects.toThrow(/permission denied|row-level/)
  })
})

describe('who sees a person', () => {
  it.each([
    ['the responsible agency', () => staff('320100'), true],
    ['the province above it', () => staff('320000'), true],
    ['another city', () => staff('320500'), false],
    ['a district below it', () => staff('320102'), false],
    [
      'a hospital',
      () =>
        ({
          kind: 'institution',
          userId: nobody,
          assignmentId: nobody,
          role: 'hospital_office',
          institutionId: nobody,
        }) as const,
      false,
    ],
    ['another person', () => ({ kind: 'person', userId: nobody, personId: nobody }) as const, false],
    ['nobody signed in', () => ({ kind: 'public' }) as const, false],
  ])('%s: by function and by raw SQL', async (_, actor, sees) => {
    const personId = await givePerson(node)
    const rows = await inTransaction(
      node,
      actor(),
      async (work) => (await sql`SELECT id FROM people.person WHERE id = ${personId}`.execute(work.db)).rows.length,
    )
    expect(rows).toBe(sees ? 1 : 0)
    const read = inTransaction(node, actor(), (work) => getPerson(work, personId, 'test'))
    if (sees) expect((await read).personId).toBe(personId)
    else await expect(read).rejects.toMatchObject({ code: 'person_unknown' })
  })

  it("an employer's officer sees the employer's people until the enrolment ends", async () => {
    const personId = await givePerson(node)
    const employerId = await giveEmployer(node)
    const officer = {
      kind: 'employer',
      userId: nobody,
      assignmentId: nobody,
      role: 'employer_officer',
      employerId,
    } as const
    const seen = () => inTransaction(node, officer, (work) => findPeople(work, { text: '沈', limit: 50 }, 'test'))
    expect(await seen()).toEqual([])
    const terms = {
      personId,
      employerId,
      insurance: 'pension',
      poolingArea: 'jiangsu',
      agency: '320100',
      from: '2025-01-01',
    } as const
    const enrolmentId = await bySystem(node, (work) => enrol(work, terms))
    expect((await seen()).map((person) => person.personId)).toEqual([personId])
    await bySystem(node, (work) => endEnrolment(work, { enrolmentId, to: '2026-05-31' }))
    expect(await seen()).toEqual([])
  })

  it('moves with the responsible agency', async () => {
    const personId = await givePerson(node)
    const move = { personId, agency: '320500' }
    const own = inTransaction(node, staff('320100'), (work) => changeAgency(work, move))
    await expect(own).rejects.toMatchObject({ code: 'outside_own_agency' })
    await inTransaction(node, staff('320000'), (work) => changeAgency(work, move))
    const seen = await inTransaction(node, staff('320500'), (work) => getPerson(work, personId, 'test'))
    expect(seen.agency).toBe('320500')
  })
})

describe('retirement and death', () => {
  const birthOn = '2000-02-29'
  let sequence = 1

  it.each([
    ['the day before birth', '2000-02-28', false],
    ['the day of birth', '2000-02-29', true],
    ['today', '2026-05-11', true],
    ['tomorrow', '2026-05-12', false],
  ])('a death on %s', async (_, diedOn, accepted) => {
    const personId = await givePerson(node, {
      idNumber: makeSyntheticIdNumber({ region: '320102', birthOn, sequence: sequence++ }),
    })
    const recorded = bySystem(node, (work) => recordDeath(work, personId, diedOn))
    if (accepted) await recorded
    else await expect(recorded).rejects.toBeInstanceOf(BadInput)
  })

  it('the same date again changes nothing, another one is refused', async () => {
    const personId = await givePerson(node)
    await bySystem(node, (work) => recordDeath(work, personId, '2026-05-01'))
    await bySystem(node, (work) => recordDeath(work, personId, '2026-05-01'))
    const other = bySystem(node, (work) => recordDeath(work, personId, '2026-05-02'))
    await expect(other).rejects.toMatchObject({ code: 'death_already_recorded' })
  })

  it('retirement is recorded with its date', async () => {
    const personId = await givePerson(node)
    await bySystem(node, (work) => recordRetirement(work, personId, '2026-04-30'))
    expect((await bySystem(node, (work) => getPerson(work, personId, 'test'))).retiredOn).toBe('2026-04-30')
  })
})
