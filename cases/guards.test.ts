import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, newId, systemActor, type Work } from '../ground/door.ts'
import { type Club, openClub } from './club.testing.ts'

let club: Club
let caseId: string
beforeAll(async () => {
  club = await openClub()
  caseId = (await club.apply()).caseId
  await club.take(club.acceptor, caseId, 'accept', { accepted: true })
})
afterAll(() => club.node.close())

/** Raw SQL as the application role, past all code of the room. */
const raw = (actor: Actor, statement: (work: Work) => ReturnType<typeof sql>) =>
  club.as(actor, (work) => statement(work).execute(work.db))

async function openAdministrator(): Promise<Client> {
  const url = new URL(club.node.adminUrl)
  url.pathname = new URL(club.node.ownerUrl).pathname
  const administrator = new Client({ connectionString: url.toString() })
  await administrator.connect()
  return administrator
}

const appended = (actor: Actor, event: { seq: number; kind: string; actor?: Actor }) =>
  raw(
    actor,
    () => sql`
      insert into cases.event (case_id, seq, service, flow, flow_version, kind, schema_version, effective_on, recorded_at, actor,
        idempotency_key, request_sm3, body)
      values (${caseId}, ${event.seq}, 'club', 'club-membership', 1, ${event.kind}, 1, '2026-05-11', '2026-05-11T01:00:00Z',
        ${JSON.stringify(event.actor ?? actor)}::jsonb, 'raw', 'raw', '{}'::jsonb)`,
  )

describe('the database itself refuses, whoever asks', () => {
  it.each([
    ['to change an event', sql`update cases.event set outcome = 'accepted'`],
    ['to remove an event', sql`delete from cases.event`],
    ['to empty the log', sql`truncate cases.event cascade`],
    ['to loosen exclusive steps', sql`delete from cases.exclusive_step`],
    ['to move a case to another flow version', sql`update cases.case_file set flow_version = 2`],
    ['to renumber a case', sql`update cases.case_file set number = 'X'`],
    ['to remove a case', sql`delete from cases.case_file`],
    ['to change what an attachment holds', sql`update cases.attachment_chunk set bytes = 'x'`],
    ['to reword a notice', sql`update cases.notice set code = 'x'`],
  ])('%s', async (_, statement) => {
    await expect(raw({ kind: 'system' }, () => statement)).rejects.toThrow(/permission denied/)
  })

  it('and what the administrator changed past all guards is folded again from the log, whatever was remembered', async () => {
    const seqOf = async () => {
      const row = sql<{ seq: number }>`select seq from cases.case_file where id = ${caseId}`
      return (await club.as(systemActor, (work) => row.execute(work.db))).rows[0]?.seq
    }
    await club.view(club.reviewer, caseId)
    const administrator = await openAdministrator()
    try {
      await administrator.query('SET session_replication_role = replica')
      for (const seq of [9, 1]) {
        await administrator.query('update cases.case_file set seq = $1 where id = $2', [seq, caseId])
        await club.as(systemActor, (work) => club.cases.rebuildProjection(work, caseId))
        expect(await seqOf()).toBe(2)
      }
    } finally {
      await administrator.end()
    }
  })

  it.each([
    `update cases.event set outcome = 'x'`,
    'delete from cases.event',
    'truncate cases.event cascade',
    'delete from cases.exclusive_step',
  ])('even the administrator: %s', async (statement) => {
    const administrator = await openAdministrator()
    try {
      await expect(administrator.query(statement)).rejects.toThrow(/append_only/)
    } finally {
      await administrator.end()
    }
  })

  it('an event that leaves a gap, or comes twice', async () => {
    await expect(appended(club.reviewer, { seq: 4, kind: 'review' })).rejects.toThrow(/seq_gap/)
    await expect(appended(club.reviewer, { seq: 2, kind: 'review' })).rejects.toThrow(/seq_gap/)
  })

  it('an event in another one’s name', async () => {
    const event = { seq: 3, kind: 'review', actor: club.reviewer }
    await expect(appended(club.acceptor, event)).rejects.toThrow(/actor_mismatch/)
  })

  it('B3-t1: a review by who accepted', async () => {
    await expect(appended(club.acceptor, { seq: 3, kind: 'review' })).rejects.toThrow(/same_officer_excluded/)
  })

  it('an event without its projection, and a projection without its event', async () => {
    await expect(appended(club.reviewer, { seq: 3, kind: 'review' })).rejects.toThrow(/projection_behind/)
    const moved = raw(club.reviewer, () => sql`update cases.case_file set seq = 9 where id = ${caseId}`)
    await expect(moved).rejects.toThrow(/projection_behind/)
  })
})

describe('who sees the rows of a case', () => {
  const tables = ['case_file', 'event', 'deadline'] as const
  const seen = (actor: Actor) =>
    club.as(actor, async (work) => {
      const counts = await Promise.all(
        tables.map((table) =>
          sql<{ rows: number }>`select count(*) as rows from cases.${sql.id(table)}`.execute(work.db),
        ),
      )
      return counts.map(({ rows }) => (rows[0]?.rows ?? 0) > 0)
    })
  const all = [true, true, true]
  const none = [false, false, false]

  it.each<[string, () => Actor, boolean[]]>([
    ['the person', () => club.applicant, all],
    [
      'a relative acting for the person',
      () => ({ ...club.applicant, personId: someId(), onBehalfOf: club.applicant.personId }),
      all,
    ],
    ['another person', () => ({ ...club.applicant, personId: someId() }), none],
    ['an officer of the agency', () => club.acceptor, all],
    ['an officer of the province', () => ({ ...club.acceptor, agency: '320000' }) as Actor, all],
    ['an officer of another agency', () => club.elsewhere, none],
    ['nobody', () => ({ kind: 'public' }), none],
  ])('%s', async (_, actor, expected) => {
    expect(await seen(actor())).toEqual(expected)
  })

  const someId = () => newId(club.node.clock, club.node.random)
})
