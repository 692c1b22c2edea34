import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failedMessages } from '../../../exchange/door.ts'
import type { Actor, Id } from '../../../ground/door.ts'
import { enrolmentsOf, findPersonByIdNumber, makeSyntheticIdNumber } from '../../../people/door.ts'
import { residentOf, type TestRegion, testRegions } from './regions.testing.ts'

let nation: Awaited<ReturnType<typeof testRegions>>
let here: TestRegion
let there: TestRegion
let serial = 0

beforeAll(async () => {
  nation = await testRegions(['320000', '620000'])
  ;[here, there] = [nation.region('320000'), nation.region('620000')]
})
afterAll(() => nation.close())

const resident = { scheme: 'resident', atSchool: false }

async function ask(actor: Actor, answers: object = resident): Promise<Id> {
  const { caseId } = await here.run(
    (work) =>
      here.cases.open(work, {
        ...{ flow: 'registration-elsewhere', step: 'apply', body: { answers }, agency: '320100' },
        subject: actor.kind === 'person' ? { personId: actor.personId } : {},
        idempotencyKey: `ask-${++serial}`,
      }),
    actor,
  )
  return caseId
}

const look = async (region: TestRegion, caseId: Id) =>
  (await region.run((work) => region.cases.get(work, caseId))).file as {
    status: string
    number: string
    agency: string
    state: { told: unknown; messageIds: Id[] }
  }

/** The case there of a number here, and the registration that it opened. */
async function thereOf(caseId: Id) {
  const { number } = await look(here, caseId)
  const rows = await there.run((work) => there.cases.find(work, { flow: 'registration-forwarded', text: number }))
  const forwarded = rows.find(({ summary }) => summary.forwardNumber === number)
  const state = forwarded && (await look(there, forwarded.caseId)).state
  return { forwarded, registration: (state as { registrationCaseId?: Id } | undefined)?.registrationCaseId ?? '' }
}

async function decideThere(registration: Id): Promise<void> {
  await there.take(await there.officer('accept'), registration, 'accept', { outcome: 'accepted' })
  await there.take(await there.officer('review'), registration, 'decide', { opinion: '属实' })
}

const numberOf = (sequence: number) => makeSyntheticIdNumber({ region: '620102', birthOn: '1985-03-07', sequence })

describe('B1.08 registered from elsewhere (异地办理)', () => {
  it('B1.08: is forwarded to the household, decided by two officers there, and answered; both sides keep the messages', async () => {
    const { actor } = await residentOf(here, 1)
    const caseId = await ask(actor)
    expect((await look(here, caseId)).status).toBe('asked')
    await nation.deliver()
    expect((await look(here, caseId)).state.told).toMatchObject({ state: 'received' })
    const { registration } = await thereOf(caseId)
    expect(await look(there, registration)).toMatchObject({ agency: '620100' })
    await decideThere(registration)
    await nation.deliver()
    const done = await look(here, caseId)
    expect([done.status, done.state.told]).toMatchObject([
      'registered',
      { state: 'registered', from: '2026-05-11', registrationNumber: expect.stringMatching(/^CBD/) },
    ])
    expect(done.state.messageIds).toHaveLength(3)
    const enrolled = await there.run(async (work) => {
      const known = await findPersonByIdNumber(work, numberOf(1), 'test')
      return enrolmentsOf(work, known?.personId ?? '', { on: '2026-05-11' }, 'test')
    })
    expect(enrolled).toMatchObject([{ insurance: 'resident_pension' }])
    expect([await here.run(failedMessages), await there.run(failedMessages)]).toEqual([[], []])
  })

  it('what belongs here is not forwarded, and nothing is forwarded twice; flexible work says where', async () => {
    const local = await residentOf(here, 2, { homeRegion: '320102' })
    await expect(ask(local.actor)).rejects.toMatchObject({ code: 'registration_belongs_here' })
    const { actor } = await residentOf(here, 3)
    await expect(ask(actor, { scheme: 'flexible', atSchool: false })).rejects.toMatchObject({
      problems: [{ path: 'answers.workRegion' }],
    })
    await ask(actor, { scheme: 'flexible', atSchool: false, workRegion: '620102' })
    await expect(ask(actor)).rejects.toMatchObject({ code: 'registration_forwarded_before' })
  })

  it('who was registered there today already is refused, and told why', async () => {
    const { actor } = await residentOf(here, 4)
    const first = await ask(actor)
    await nation.deliver()
    await decideThere((await thereOf(first)).registration)
    await nation.deliver()
    const again = await ask(actor)
    await nation.deliver()
    expect((await look(here, again)).state.told).toMatchObject({ state: 'refused', reason: 'applied_there_already' })
  })

  it('a number that stands under another name there is refused, and nobody is entered', async () => {
    await residentOf(there, 5, { name: '沈别名' })
    const { actor } = await residentOf(here, 5)
    const caseId = await ask(actor)
    await nation.deliver()
    expect(await look(here, caseId)).toMatchObject({
      status: 'refused',
      state: { told: { reason: 'name_differs_there' } },
    })
  })

  it('is taken back while it is undecided there, and not when it stands', async () => {
    const early = await residentOf(here, 6)
    const caseId = await ask(early.actor)
    await nation.deliver()
    await here.take(early.actor, caseId, 'recall')
    await nation.deliver()
    expect((await look(here, caseId)).status).toBe('withdrawn')
    expect((await look(there, (await thereOf(caseId)).registration)).status).toBe('withdrawn')
    const late = await residentOf(here, 7)
    const second = await ask(late.actor)
    await nation.deliver()
    await decideThere((await thereOf(second)).registration)
    await here.take(late.actor, second, 'recall')
    await nation.deliver()
    expect((await look(here, second)).status).toBe('registered')
  })

  it('a withdrawal sent at once leaves nothing open there', async () => {
    const { actor } = await residentOf(here, 8)
    const caseId = await ask(actor)
    await here.take(actor, caseId, 'recall')
    await nation.deliver()
    expect((await look(here, caseId)).status).toBe('withdrawn')
    const { forwarded, registration } = await thereOf(caseId)
    expect(forwarded === undefined || forwarded.status === 'withdrawn').toBe(true)
    if (registration !== '') expect((await look(there, registration)).status).toBe('withdrawn')
  })

  it('a region that does not answer in ten working days is reminded, an officer follows up, and a late answer counts', async () => {
    const { actor } = await residentOf(here, 9)
    const caseId = await ask(actor)
    await nation.deliver()
    await nation.moveTo('2026-05-25')
    expect((await look(here, caseId)).status).toBe('asked')
    await nation.moveTo('2026-05-26')
    expect((await look(here, caseId)).status).toBe('overdue')
    await here.take(await here.officer('accept'), caseId, 'wait', { note: '已电话联系，本周办结' })
    expect((await look(here, caseId)).status).toBe('asked')
    await nation.moveTo('2026-06-10')
    expect((await look(here, caseId)).status).toBe('overdue')
    await nation.deliver()
    await decideThere((await thereOf(caseId)).registration)
    await nation.deliver()
    expect((await look(here, caseId)).status).toBe('registered')
  })
})
