import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  type Actor,
  attemptApart,
  hasCheckDigit,
  inTransaction,
  Refusal,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { application, type Club, clubAgency, clubFlow, openClub } from './club.testing.ts'
import { type CaseFlow, createCases, markNoticeRead, noticesOf, type TaskFilter } from './door.ts'

let club: Club
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club.node.close())

const refusal = (code: string, params: Refusal['params'] = {}) =>
  expect.objectContaining({ name: 'Refusal', code, params: expect.objectContaining(params) })

async function accepted(body: Parameters<Club['apply']>[0] = {}): Promise<string> {
  const { caseId } = await club.apply(body)
  await club.take(club.acceptor, caseId, 'accept', { accepted: true })
  return caseId
}

describe('a case from the application to the end', () => {
  it('runs through its steps, each by whom it belongs to, and keeps every one', async () => {
    const { caseId, number, status } = await club.apply()
    expect(status).toBe('submitted')
    await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    const taken = await club.take(club.reviewer, caseId, 'review', { granted: true })
    expect(taken).toEqual({ caseId, number, seq: 3, step: 'review', outcome: 'granted', status: 'member' })

    const history = await club.as(club.applicant, (work) => club.cases.history(work, caseId))
    expect(history.map(({ seq, kind, outcome, actor }) => [seq, kind, outcome, actor.kind])).toEqual([
      [1, 'submit', null, 'person'],
      [2, 'accept', 'accepted', 'staff'],
      [3, 'review', 'granted', 'staff'],
    ])
    const file = await club.as(club.reviewer, (work) => club.cases.getOf(work, clubFlow, caseId))
    expect(file.state.validTo).toBe('2027-05-11')
  })

  it('has a number with its province, its date and a check digit: no other region has the same', async () => {
    const { number } = await club.apply()
    expect(number).toMatch(/^CL3220260511\d{7}\d$/)
    expect(hasCheckDigit(number)).toBe(true)
  })

  it('counts from today, or from an earlier day that an officer says; nobody else dates a step, and nobody into the future', async () => {
    const dated = async (actor: Actor, effectiveOn: string) => {
      const { caseId, seq } = await club.apply()
      const request = { caseId, expectedSeq: seq, effectiveOn, idempotencyKey: `dated ${effectiveOn}` }
      const step = actor.kind === 'person' ? 'withdraw' : 'accept'
      const body = actor.kind === 'person' ? { reason: '' } : { accepted: true }
      return club.as(actor, (work) => club.cases.take(work, { ...request, step, body }))
    }
    const refused = { problems: [{ path: 'effectiveOn' }] }
    expect((await dated(club.acceptor, '2026-05-08')).status).toBe('accepted')
    await expect(dated(club.acceptor, '2026-05-12')).rejects.toMatchObject(refused)
    await expect(dated(club.applicant, '2026-05-08')).rejects.toMatchObject(refused)
    expect((await dated(club.applicant, '2026-05-11')).status).toBe('withdrawn')
  })

  it('is remembered as far as it was read: what another process adds is there, and who may not see it does not', async () => {
    const caseId = await accepted()
    const seqs = (actor: Actor, node = club.node) =>
      inTransaction(node, actor, async (work) => (await club.cases.history(work, caseId)).map(({ seq }) => seq))
    expect(await seqs(club.reviewer)).toEqual([1, 2])
    const another = { ...club.node }
    const request = { caseId, step: 'review', body: { granted: true }, expectedSeq: 2, idempotencyKey: 'elsewhere' }
    await inTransaction(another, club.reviewer, (work) => club.cases.take(work, request))
    expect(await seqs(club.reviewer)).toEqual([1, 2, 3])
    await expect(seqs({ kind: 'public' })).rejects.toMatchObject({ code: 'case_not_found' })
    await expect(seqs(club.elsewhere)).rejects.toMatchObject({ code: 'case_not_found' })
    const failing = inTransaction(club.node, club.reviewer, async (work) => {
      const correction = { seq: 1, reason: 'a slip of the pen', changes: { guests: 3 } }
      await club.cases.take(work, {
        ...request,
        step: 'correct',
        body: correction,
        expectedSeq: 3,
        idempotencyKey: 'x',
      })
      expect(await club.cases.history(work, caseId)).toHaveLength(4)
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await seqs(club.reviewer)).toEqual([1, 2, 3])
  })

  it('does not remember a step that was taken back alone', async () => {
    const caseId = await accepted()
    const kinds = (work: Work) => club.cases.history(work, caseId).then((history) => history.map(({ kind }) => kind))
    const request = { caseId, expectedSeq: 2, body: { granted: true }, step: 'review', idempotencyKey: 'taken back' }
    await club.as(club.reviewer, (work) =>
      attemptApart(work, async (part) => {
        await club.cases.take(part, request)
        expect(await kinds(part)).toEqual(['submit', 'accept', 'review'])
        throw new Refusal('not_that')
      }),
    )
    const body = { seq: 1, reason: 'a slip of the pen', changes: { guests: 3 } }
    await inTransaction({ ...club.node }, club.reviewer, (work) =>
      club.cases.take(work, { ...request, step: 'correct', body, idempotencyKey: 'instead' }),
    )
    expect(await club.as(club.reviewer, kinds)).toEqual(['submit', 'accept', 'correct'])
  })

  it('gives a receipt for being accepted, and one with the reason for not being accepted', async () => {
    const caseId = await accepted()
    const receipts = await club.as(club.applicant, (work) => club.cases.receipts(work, caseId))
    expect(receipts).toMatchObject([{ kind: 'accepted', reason: null, issuedOn: '2026-05-11' }])
    expect(receipts[0]?.number).toBe(`${receipts[0]?.caseNumber}-02`)

    const other = await club.apply()
    await club.take(club.acceptor, other.caseId, 'accept', { accepted: false })
    const [receipt] = await club.as(club.applicant, (work) => club.cases.receipts(work, other.caseId))
    expect(receipt).toMatchObject({ kind: 'not_accepted', reason: { code: 'club.no_such_sport', params: {} } })
    expect((await club.view(club.applicant, other.caseId)).file.closedAt).toBe('2026-05-11T01:00:00.000Z')
  })

  it('is corrected by another step that names the wrong one', async () => {
    const caseId = await accepted({ guests: 2 })
    const correction = { seq: 1, reason: 'a slip of the pen', changes: { guests: 3 } }
    const { status } = await club.take(club.reviewer, caseId, 'correct', correction)
    expect(status).toBe('accepted')
    expect((await club.view(club.reviewer, caseId)).file.state).toMatchObject({ guests: 3 })
    const history = await club.as(club.reviewer, (work) => club.cases.history(work, caseId))
    expect(history[0]?.body).toMatchObject({ guests: 2 })
    const unknown = club.take(club.reviewer, caseId, 'correct', { ...correction, seq: 9 })
    await expect(unknown).rejects.toEqual(refusal('corrected_step_unknown', { seq: 9 }))
  })

  it('is rated once', async () => {
    const caseId = await accepted()
    await club.take(club.reviewer, caseId, 'review', { granted: true })
    await club.take(club.applicant, caseId, 'rate', { stars: 5, text: '很快' })
    const again = club.take(club.applicant, caseId, 'rate', { stars: 1, text: '' })
    await expect(again).rejects.toEqual(refusal('already_rated'))
  })

  it('tells the person, who marks it as read', async () => {
    const caseId = await accepted()
    club.node.clock.advance(1)
    await club.take(club.reviewer, caseId, 'review', { granted: false })
    const { personId } = club.applicant
    const [notice] = await club.as(club.applicant, (work) =>
      noticesOf(work, { personId }, { unreadOnly: true, limit: 1 }),
    )
    expect(notice).toMatchObject({ caseId, seq: 3, code: 'club.sorry', readAt: null })
    await club.as(club.applicant, (work) => markNoticeRead(work, notice?.id ?? ''))
    const read = await club.as(club.applicant, (work) => noticesOf(work, { personId }, { limit: 1 }))
    expect(read[0]?.readAt).toBe('2026-05-11T01:00:00.001Z')
    await expect(club.as(club.elsewhere, (work) => markNoticeRead(work, notice?.id ?? ''))).rejects.toEqual(
      refusal('notice_not_found'),
    )
  })
})

describe('who may take a step', () => {
  it.each([
    ['the applicant cannot accept', 'applicant', 'accept', 'not_your_step'],
    ['the reviewer cannot accept', 'reviewer', 'accept', 'not_your_step'],
    ['nobody reviews what is not accepted', 'reviewer', 'review', 'step_not_open'],
    ['another agency does not see it', 'elsewhere', 'accept', 'case_not_found'],
  ] as const)('%s', async (_, who, step, code) => {
    const { caseId } = await club.apply()
    await expect(club.take(club[who], caseId, step, { accepted: true, granted: true })).rejects.toEqual(refusal(code))
  })

  it('B3-t1: who accepted a case cannot review it, in whatever role', async () => {
    const caseId = await accepted()
    const sameUser = { ...club.acceptor, role: 'review' }
    await expect(club.take(sameUser, caseId, 'review', { granted: true })).rejects.toEqual(
      refusal('same_officer_excluded', { step: 'review', taken: 'accept' }),
    )
    await club.take(club.reviewer, caseId, 'review', { granted: true })
  })

  it('the page shows each step of the status, with the reason where it is not theirs', async () => {
    const caseId = await accepted()
    const sameUser = { ...club.acceptor, role: 'review' }
    const offers = async (actor: Club['acceptor']) =>
      (await club.view(actor, caseId)).steps.map(({ step, obstacle }) => [step, obstacle?.code ?? null])
    expect(await offers(sameUser)).toEqual([
      ['review', 'same_officer_excluded'],
      ['escalate', 'not_your_step'],
      ['correct', null],
    ])
    expect(await offers(club.applicant)).toContainEqual(['review', 'not_your_step'])
  })

  it.each([
    ['someone else', 'applicant', { personId: '00000000-0000-7000-8000-000000000001' }, clubAgency],
    ['an agency that is not theirs', 'elsewhere', {}, clubAgency],
  ] as const)('nobody opens a case for %s', async (_, who, subject, agency) => {
    const opening = club.as(club[who], (work) =>
      club.cases.open(work, {
        flow: 'club-membership',
        body: { sport: 'tennis', guests: 0, minor: false },
        subject,
        agency,
        idempotencyKey: 'x',
      }),
    )
    await expect(opening).rejects.toEqual(refusal('not_yours_to_open'))
  })

  it('says everything that is wrong with a body', async () => {
    await expect(club.apply({ guests: 101, sport: 'chess' })).rejects.toMatchObject({
      problems: [
        { path: 'body.sport', expected: 'tennis | rowing', found: 'chess' },
        { path: 'body.guests', expected: '<= 100', found: '101' },
      ],
    })
  })
})

describe('the same request again, and requests at the same time', () => {
  it('an opening with the same key gives the same case', async () => {
    const first = await club.apply({}, 'twice')
    expect(await club.apply({}, 'twice')).toEqual(first)
    await club.take(club.acceptor, first.caseId, 'accept', { accepted: true })
    expect(await club.apply({}, 'twice')).toEqual(first)
    await expect(club.apply({ guests: 1 }, 'twice')).rejects.toEqual(refusal('idempotency_key_reused'))
  })

  it('two openings at once with one key give one case', async () => {
    const [first, second] = await Promise.all([club.apply({}, 'at once'), club.apply({}, 'at once')])
    expect(second).toEqual(first)
  })

  it('a step with the same key is taken once, and refused with another body', async () => {
    const { caseId } = await club.apply()
    const accept = (isAccepted: boolean) =>
      club.as(club.acceptor, (work) =>
        club.cases.take(work, {
          caseId,
          step: 'accept',
          body: { accepted: isAccepted },
          expectedSeq: 1,
          idempotencyKey: 'once',
        }),
      )
    const first = await accept(true)
    await club.take(club.reviewer, caseId, 'review', { granted: true })
    expect(await accept(true)).toEqual(first)
    await expect(accept(false)).rejects.toEqual(refusal('idempotency_key_reused'))
  })

  it('of two officers who decide at once, one is told that the case has changed', async () => {
    const { caseId } = await club.apply()
    const accept = (actor: Club['acceptor'], key: string) =>
      club.as(actor, (work) =>
        club.cases.take(work, {
          caseId,
          step: 'accept',
          body: { accepted: true },
          expectedSeq: 1,
          idempotencyKey: key,
        }),
      )
    const both = await Promise.allSettled([accept(club.acceptor, 'a'), accept(club.otherAcceptor, 'b')])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: refusal('case_changed_meanwhile', { expectedSeq: 1, seq: 2 }),
    })
  })
})

describe('B3-t4: risk at acceptance, shown before submission and kept with the case (B3.09, B3.10)', () => {
  it.each([
    ['none', { guests: 5 }, null, [], 'accepted'],
    ['low is a notice only', { guests: 6 }, 'low', ['some_guests'], 'accepted'],
    ['medium needs a second look', { guests: 11 }, 'medium', ['many_guests'], 'awaiting_second_look'],
    [
      'high needs approval one level up',
      { guests: 11, minor: true },
      'high',
      ['minor_without_guardian', 'many_guests'],
      'awaiting_board',
    ],
  ] as const)('%s', async (_, body, level, rules, status) => {
    const whole = { sport: 'tennis', minor: false, ...body }
    const preview = await club.as(club.applicant, (work) =>
      club.cases.previewRisk(work, {
        flow: 'club-membership',
        body: whole,
        subject: { personId: club.applicant.personId },
        agency: clubAgency,
      }),
    )
    expect([preview.level, preview.hits.map(({ rule }) => rule)]).toEqual([level, rules])

    const { caseId } = await club.apply(body)
    const atAcceptance = await club.as(club.acceptor, (work) =>
      club.cases.previewRisk(work, { caseId, step: 'accept', body: { accepted: true } }),
    )
    expect(atAcceptance).toEqual(preview)
    const taken = await club.take(club.acceptor, caseId, 'accept', { accepted: true })
    expect(taken.status).toBe(status)
    const view = await club.view(club.acceptor, caseId)
    expect(view.file.riskLevel).toBe(level)
    expect(view.risks).toEqual([
      { seq: 1, ...preview },
      { seq: 2, ...preview },
    ])
  })

  it('the second look is another officer’s', async () => {
    const caseId = await accepted({ guests: 11 })
    await expect(club.take(club.acceptor, caseId, 'lookAgain')).rejects.toEqual(refusal('same_officer_excluded'))
    expect((await club.take(club.otherAcceptor, caseId, 'lookAgain')).status).toBe('accepted')
  })

  it('a case of high risk that is not accepted is not sent up', async () => {
    const { caseId } = await club.apply({ minor: true })
    expect((await club.take(club.acceptor, caseId, 'accept', { accepted: false })).status).toBe('not_accepted')
  })
})

describe('finding cases', () => {
  it('by what the summary says, by number, by status, page by page', async () => {
    const [one, two] = [await club.apply({ sport: 'rowing', guests: 1 }), await club.apply({ sport: 'rowing' })]
    const find = (filter: Parameters<Club['cases']['find']>[1]) =>
      club.as(club.acceptor, async (work) => (await club.cases.find(work, filter)).map(({ caseId }) => caseId))
    expect(await find({ text: 'rowing' })).toEqual([two.caseId, one.caseId].sort().reverse())
    expect(await find({ text: one.number })).toEqual([one.caseId])
    expect(await find({ text: '100%' })).toEqual([])
    expect(await find({ text: 'rowing', status: 'member' })).toEqual([])
    const [newest = ''] = await find({ text: 'rowing', limit: 1 })
    expect(await find({ text: 'rowing', after: newest })).toHaveLength(1)
    expect(await find({ text: one.number, dueBefore: '2026-05-18' })).toEqual([])
    expect(await find({ text: one.number, dueBefore: '2026-05-19' })).toEqual([one.caseId])
    expect(await find({ text: one.number, agency: '320000', open: true })).toEqual([one.caseId])
    expect(await find({ text: one.number, open: false })).toEqual([])
  })

  it('tasks lie on the desk of a role, and those an officer is excluded from are not theirs', async () => {
    const caseId = await accepted()
    const tasks = (actor: Club['acceptor'], mine: boolean) =>
      club.as(actor, async (work) => (await club.cases.tasks(work, { mine })).map((row) => row.caseId))
    const sameUser = { ...club.acceptor, role: 'review' }
    expect(await tasks(sameUser, false)).toContain(caseId)
    expect(await tasks(sameUser, true)).not.toContain(caseId)
    expect(await tasks(club.reviewer, true)).toContain(caseId)
    const rows = await club.as(club.reviewer, (work) => club.cases.tasks(work))
    expect(rows.find((row) => row.caseId === caseId)).toMatchObject({
      taskRole: 'review',
      dueOn: '2026-05-18',
      dueAssumed: false,
      statusTitle: { zh: '已受理', en: 'Accepted' },
    })
  })

  it('tasks are filtered, counted and read page by page', async () => {
    const [one, other] = [await accepted(), await accepted()]
    const tasks = (filter: TaskFilter) =>
      club.as(club.reviewer, async (work) => ({
        ids: (await club.cases.tasks(work, filter)).map((row) => row.caseId),
        count: await club.cases.countTasks(work, filter),
      }))
    const everything = await tasks({ limit: 500 })
    expect(everything.count).toBe(everything.ids.length)
    expect(everything.ids).toEqual(expect.arrayContaining([one, other]))
    expect(await tasks({ limit: 1, offset: 1 })).toEqual({ ids: everything.ids.slice(1, 2), count: everything.count })
    const { number } = await club.as(club.reviewer, async (work) => (await club.cases.get(work, one)).file)
    expect(await tasks({ text: number })).toEqual({ ids: [one], count: 1 })
    expect((await tasks({ text: number, due: 'overdue' })).count).toBe(0)
    expect((await tasks({ text: number, due: 'today' })).count).toBe(0)
    expect((await tasks({ flow: 'no-such-flow' })).count).toBe(0)
  })
})

describe('flows and bodies of earlier versions', () => {
  it('a case stays on the version it was opened on', async () => {
    const { caseId } = await club.apply()
    const { lookAgain: _, ...steps } = clubFlow.steps
    const next = { ...clubFlow, version: 2, statuses: { ...clubFlow.statuses }, steps } as CaseFlow
    const cases = createCases({ flows: [clubFlow, next] })
    const fresh = await club.as(systemActor, (work) =>
      cases.open(work, {
        flow: 'club-membership',
        body: { sport: 'tennis', guests: 0, minor: false },
        subject: {},
        agency: clubAgency,
        idempotencyKey: 'newest',
      }),
    )
    expect((await club.as(systemActor, (work) => cases.get(work, caseId))).file.flowVersion).toBe(1)
    expect((await club.as(systemActor, (work) => cases.get(work, fresh.caseId))).file.flowVersion).toBe(2)
  })

  it('an old body is upcast when read and stays as it was written', async () => {
    const { caseId } = await club.apply({ guests: 4 })
    const submit = clubFlow.steps.submit
    const record = application.extend({ coach: z.boolean() })
    const newer: CaseFlow = {
      ...clubFlow,
      steps: {
        ...clubFlow.steps,
        submit: {
          ...submit,
          record,
          schemaVersion: 2,
          upcast: { 1: (body) => ({ ...z.looseObject({}).parse(body), coach: false }) },
          fold: (state) => state,
        },
      },
    } as CaseFlow
    const cases = createCases({ flows: [newer] })
    const [event] = await club.as(systemActor, (work) => cases.history(work, caseId))
    expect(event).toMatchObject({ schemaVersion: 1, body: { sport: 'tennis', guests: 4, coach: false } })
  })
})
