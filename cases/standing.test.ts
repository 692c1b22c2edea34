import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Actor, BadInput, type Id, inTransaction, newId } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { type Cases, casesMigrations, createCases, type Standing, standingFlow, standingsOn } from './door.ts'

/** A made-up berth in a harbour: granted to boats of up to twelve metres, for a year; longer ones people decide about. */
const begun: Standing[] = []
const ended: Array<Standing & { to: string }> = []
let node: TestNode
let cases: Cases

beforeAll(async () => {
  node = await testNode({ region: '320100', migrations: [await casesMigrations()] })
  node.clock.moveTo('2026-03-02T01:00:00.000Z')
  const flow = standingFlow(
    {
      id: 'berth',
      service: 'harbour',
      version: 1,
      title: { zh: '泊位', en: 'Berth' },
      numberPrefix: 'BW',
      standing: { zh: '有效', en: 'Held' },
      ended: { zh: '已终止', en: 'Ended' },
      applicant: 'person',
      answers: z.strictObject({ metres: z.int() }),
      agencyOf: async () => '320100',
      async decide(_, { answers, on }) {
        const outcome = Number(answers.metres) > 12 ? ('referred' as const) : ('granted' as const)
        return {
          outcome,
          reason: null,
          because: 'H1',
          until: `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`,
          ruling: {},
        }
      },
      begin: async (_, standing) => void begun.push(standing),
      end: async (_, standing) => void ended.push(standing),
    },
    () => cases,
  )
  cases = createCases({ flows: [flow] })
})
afterAll(() => node.close())

const as = <T>(actor: Actor, action: Parameters<typeof inTransaction<T>>[2]) => inTransaction(node, actor, action)
const officer = (role: string): Actor => ({
  kind: 'staff',
  userId: newId(node.clock, node.random),
  assignmentId: newId(node.clock, node.random),
  role,
  agency: '320100',
})
const sailor = (): Actor & { personId: Id } => ({
  kind: 'person',
  userId: newId(node.clock, node.random),
  personId: newId(node.clock, node.random),
})
let keys = 0
const key = () => `standing-${++keys}`

async function apply(actor: Actor & { personId: Id }, metres: number): Promise<Id> {
  const subject = { personId: actor.personId }
  const request = { flow: 'berth', step: 'apply', body: { answers: { metres } }, agency: '320100', subject }
  return (await as(actor, (work) => cases.open(work, { ...request, idempotencyKey: key() }))).caseId
}
const take = (actor: Actor, caseId: Id, step: string, body: unknown = {}) =>
  as(actor, async (work) => {
    const { file } = await cases.get(work, caseId)
    return cases.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: key() })
  })
async function granted(actor: Actor & { personId: Id }, metres: number) {
  const caseId = await apply(actor, metres)
  await take(officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  return take(officer('review'), caseId, 'decide', { opinion: 'fits' })
}
const holdsOn = (on: string, personId: Id) =>
  as(
    { kind: 'system' },
    async (work) => (await standingsOn(work, cases, { flow: 'berth', on, partyId: { personId } })).length,
  )

describe('what is applied for and then holds', () => {
  it('holds from the decision to its last day, and expires by itself', async () => {
    const actor = sailor()
    const caseId = await apply(actor, 9)
    await take(officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    expect((await take(officer('review'), caseId, 'decide', { opinion: 'fits' })).status).toBe('standing')
    expect(begun.at(-1)).toMatchObject({ partyId: actor.personId, from: '2026-03-02' })
    expect(await holdsOn('2026-03-01', actor.personId)).toBe(0)
    expect(await holdsOn('2027-03-02', actor.personId)).toBe(1)
    expect(await holdsOn('2027-03-03', actor.personId)).toBe(0)
    await expect(apply(actor, 9)).rejects.toMatchObject({ code: 'standing_applied' })
    expect((await take({ kind: 'system' }, caseId, 'expire')).status).toBe('ended')
    expect(ended.at(-1)).toMatchObject({ to: '2027-03-02' })
    await apply(actor, 9)
  })

  it('counts as open until the decision, and as closed while it holds', async () => {
    const actor = sailor()
    const caseId = await apply(actor, 9)
    const counted = () =>
      as({ kind: 'system' }, async (work) => ({
        open: (await cases.find(work, { personId: actor.personId, done: false })).map((row) => row.caseId),
        closed: (await cases.find(work, { personId: actor.personId, closedFrom: '2026-03-01' })).map(
          (row) => row.caseId,
        ),
        all: await cases.months(work, '2026-01-01'),
      }))
    await take(officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    const before = await counted()
    expect(before).toMatchObject({ open: [caseId], closed: [] })
    await take(officer('review'), caseId, 'decide', { opinion: 'fits' })
    const after = await counted()
    expect(after).toMatchObject({ open: [], closed: [caseId] })
    const sum = (name: 'open' | 'closed', { all }: typeof after) => all.reduce((total, month) => total + month[name], 0)
    expect(sum('open', after)).toBe(sum('open', before) - 1)
    expect(sum('closed', after)).toBe(sum('closed', before) + 1)
  })

  it('is left to people where the rule says so, and none who took a step before decides', async () => {
    const [acceptor, reviewer] = [officer('accept'), officer('review')]
    const caseId = await apply(sailor(), 15)
    await take(acceptor, caseId, 'accept', { outcome: 'accepted' })
    expect((await take(reviewer, caseId, 'decide', { opinion: 'long' })).status).toBe('referred')
    const determined = { outcome: 'granted', opinion: 'there is room' }
    const sameUser = { ...reviewer, role: 'approve' } as Actor
    await expect(take(sameUser, caseId, 'determine', determined)).rejects.toMatchObject({
      code: 'same_officer_excluded',
    })
    expect((await take(officer('approve'), caseId, 'determine', determined)).status).toBe('standing')
  })

  it('ends with a reason, not before it began, by its party or the agency', async () => {
    const actor = sailor()
    const caseId = await apply(actor, 9)
    await take(officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    await take(officer('review'), caseId, 'decide', { opinion: 'fits' })
    await expect(take(actor, caseId, 'end', { reason: 'sold', to: '2026-03-01' })).rejects.toThrow()
    expect((await take(actor, caseId, 'end', { reason: 'sold' })).status).toBe('ended')
    expect(await holdsOn('2026-03-02', actor.personId)).toBe(1)
    expect(await holdsOn('2026-03-03', actor.personId)).toBe(0)
  })

  it('is not ended later than it holds, which would make it longer', async () => {
    const actor = sailor()
    const { caseId } = await granted(actor, 9)
    await expect(take(actor, caseId, 'end', { reason: 'sold', to: '2027-03-03' })).rejects.toBeInstanceOf(BadInput)
    expect((await take(actor, caseId, 'end', { reason: 'sold', to: '2027-03-02' })).status).toBe('ended')
  })

  it('stands once, also where an objection brings back the one that was refused before', async () => {
    const actor = sailor()
    const first = await apply(actor, 15)
    await take(officer('accept'), first, 'accept', { outcome: 'not_accepted', reason: 'too long' })
    const { caseId: second } = await granted(actor, 9)
    await take(actor, first, 'object', { grounds: 'it fits' })
    await take(officer('approve'), first, 'decideObjection', { outcome: 'set_aside', reasons: 'it may fit' })
    await take(officer('review'), first, 'decide', { opinion: 'long' })
    const grant = () => take(officer('approve'), first, 'determine', { outcome: 'granted', opinion: 'there is room' })
    await expect(grant()).rejects.toMatchObject({ code: 'standing_applied' })
    await take(actor, second, 'end', { reason: 'the longer one' })
    expect((await grant()).status).toBe('standing')
  })
})

describe('an officer of the counter', () => {
  it('applies for nobody without a name, and for nobody of another agency', async () => {
    const request = (agency: string, partyId?: Id) =>
      as({ ...officer('accept'), agency } as Actor, (work) =>
        cases.open(work, {
          flow: 'berth',
          step: 'apply',
          body: { answers: { metres: 9 }, ...(partyId !== undefined && { partyId }) },
          agency,
          subject: {},
          idempotencyKey: key(),
        }),
      )
    await expect(request('320100')).rejects.toBeInstanceOf(BadInput)
    await expect(request('320500', sailor().personId)).rejects.toMatchObject({ code: 'not_yours_to_open' })
    expect((await request('320100', sailor().personId)).status).toBe('submitted')
  })
})
