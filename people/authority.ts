import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import {
  actorUserId,
  BadInput,
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaId,
  type Work,
} from '../ground/door.ts'
import { logRead, logWrite } from './access-log.ts'
import { guarded } from './constraints.ts'
import { holdsOn, refuseBefore } from './period.ts'
import { namesOfPeople } from './person-names.ts'
import {
  type AuthorityRelation,
  type AuthorityScope,
  authorityScopes,
  type PeopleTables,
  peopleTables,
} from './tables.ts'

/**
 * Somebody may act for a person from one date to another, both inclusive: another person, or the officers of an employer. Once it is withdrawn it is
 * over from that moment on.
 */
export type Authority = {
  authorityId: Id
  subjectPersonId: Id
  relation: AuthorityRelation
  agentPersonId: Id | null
  agentEmployerId: Id | null
  evidence: string
  scope: AuthorityScope[]
  from: PlainDate
  to: PlainDate | null
}

/** An authority with the names of both, who know each other by it; null for the agent where it is an employer. */
export type NamedAuthority = Authority & { subjectName: string; agentName: string | null }

const authorityTerms = {
  subjectPersonId: schemaId,
  evidence: z.string().trim().min(1).max(500),
  scope: z
    .array(z.enum(authorityScopes))
    .refine((scope) => scope.includes('matters'), { error: 'matters, and what goes beyond them' })
    .default([...authorityScopes]),
  from: schemaDate,
  to: schemaDate.optional(),
}

/** What an authority takes; `evidence` says what was shown: a code of the pages (`household_register`), or words. */
export const schemaNewAuthority = z.discriminatedUnion('relation', [
  z.object({
    relation: z.enum(['relative', 'guardian', 'entrusted']),
    agentPersonId: schemaId,
    ...authorityTerms,
  }),
  z.object({ relation: z.literal('employer_officer'), agentEmployerId: schemaId, ...authorityTerms }),
])
export type NewAuthority = z.input<typeof schemaNewAuthority>

/** The agent whose authority is asked for. */
export type Agent = { agentPersonId: Id } | { agentEmployerId: Id }

type AuthorityRow = Selectable<PeopleTables['people.authority']>

/**
 * Records that an agent may act for a person: by staff on evidence, or by the person themself, never by an agent for somebody else
 * (`authority_not_yours`). One agent has at most one line in force at a time: `authority_already_recorded`. `proxyCodeIndex`: the code by which the
 * agent agreed, good for one (`proxy_code_unknown`).
 */
export async function recordAuthority(work: Work, input: NewAuthority, proxyCodeIndex?: string): Promise<Id> {
  const authority = parseInput(schemaNewAuthority, input)
  if (authority.to !== undefined) refuseBefore('to', authority.to, authority.from)
  const agentPersonId = authority.relation === 'employer_officer' ? null : authority.agentPersonId
  if (agentPersonId === authority.subjectPersonId) {
    throw new BadInput([{ path: 'agentPersonId', expected: 'another person', found: agentPersonId }])
  }
  refuseUnlessGiver(work, authority.subjectPersonId)
  const authorityId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.authority')
      .values({
        id: authorityId,
        subject_person_id: authority.subjectPersonId,
        relation: authority.relation,
        agent_person_id: agentPersonId,
        agent_employer_id: authority.relation === 'employer_officer' ? authority.agentEmployerId : null,
        evidence: authority.evidence,
        scope: authority.scope,
        proxy_code_index: proxyCodeIndex ?? null,
        from_on: authority.from,
        to_on: authority.to ?? null,
        recorded_by: actorUserId(work.actor),
        recorded_at: work.now,
      })
      .execute(),
    {
      authority_proxy_code_once: () => new Refusal('proxy_code_unknown'),
      authority_no_overlap: () => new Refusal('authority_already_recorded'),
      authority_subject_person_id_fkey: () => new Refusal('person_unknown'),
      authority_agent_person_id_fkey: () => new Refusal('person_unknown'),
      authority_agent_employer_id_fkey: () => new Refusal('employer_unknown'),
    },
  )
  await logWrite(work, authority.subjectPersonId, 'record_authority')
  return authorityId
}

/** Withdraws an authority: it is over from this moment. Refused: `authority_unknown` (also one withdrawn before), `authority_not_yours`. */
export async function endAuthority(work: Work, authorityId: Id): Promise<void> {
  const row = await peopleTables(work)
    .selectFrom('people.authority')
    .selectAll()
    .where('id', '=', authorityId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new Refusal('authority_unknown')
  refuseUnlessGiver(work, row.subject_person_id)
  await peopleTables(work)
    .updateTable('people.authority')
    .set({ withdrawn_at: work.now, withdrawn_by: actorUserId(work.actor) })
    .where('id', '=', row.id)
    .where('withdrawn_at', 'is', null)
    .execute()
  await logWrite(work, row.subject_person_id, 'end_authority')
}

/** The authority of an agent over a person on a date, if there is one. */
export async function findAuthority(
  work: Work,
  query: { subjectPersonId: Id; on: PlainDate } & Agent,
): Promise<Authority | undefined> {
  const search = inForceOn(work, query.on).where('subject_person_id', '=', query.subjectPersonId)
  const row = await ('agentPersonId' in query
    ? search.where('agent_person_id', '=', query.agentPersonId)
    : search.where('agent_employer_id', '=', query.agentEmployerId)
  ).executeTakeFirst()
  return row && authorityOf(row)
}

/** Who may act for a person on a date, in the order it was recorded. */
export async function authoritiesOf(
  work: Work,
  subjectPersonId: Id,
  on: PlainDate,
  purpose: string,
): Promise<NamedAuthority[]> {
  const rows = await inForceOn(work, on).where('subject_person_id', '=', subjectPersonId).orderBy('id').execute()
  await logRead(work, [subjectPersonId], 'read_authorities', purpose)
  return named(work, rows.map(authorityOf))
}

/** For whom an agent may act on a date, in the order it was recorded. */
export async function authoritiesHeldBy(work: Work, agent: Agent, on: PlainDate): Promise<NamedAuthority[]> {
  const search = inForceOn(work, on)
  const rows = await ('agentPersonId' in agent
    ? search.where('agent_person_id', '=', agent.agentPersonId)
    : search.where('agent_employer_id', '=', agent.agentEmployerId)
  )
    .orderBy('id')
    .execute()
  return named(work, rows.map(authorityOf))
}

/** One that was withdrawn held on the days before that; of the day itself nothing is left. */
function inForceOn(work: Work, on: PlainDate) {
  return peopleTables(work)
    .selectFrom('people.authority')
    .selectAll()
    .where(holdsOn(on))
    .where(sql<boolean>`(withdrawn_at IS NULL OR ${on}::date < (withdrawn_at AT TIME ZONE 'Asia/Shanghai')::date)`)
}

async function named(work: Work, authorities: Authority[]): Promise<NamedAuthority[]> {
  const names = await namesOfPeople(
    work,
    authorities.flatMap(({ subjectPersonId, agentPersonId }) => [subjectPersonId, agentPersonId]),
  )
  return authorities.map((authority) => ({
    ...authority,
    subjectName: names.get(authority.subjectPersonId) ?? '',
    agentName: authority.agentPersonId === null ? null : (names.get(authority.agentPersonId) ?? null),
  }))
}

function refuseUnlessGiver(work: Work, subjectPersonId: Id): void {
  const { actor } = work
  const themself = actor.kind === 'person' && actor.personId === subjectPersonId && actor.onBehalfOf === undefined
  if (actor.kind !== 'system' && actor.kind !== 'staff' && !themself) throw new Refusal('authority_not_yours')
}

function authorityOf(row: AuthorityRow): Authority {
  return {
    authorityId: row.id,
    subjectPersonId: row.subject_person_id,
    relation: row.relation,
    agentPersonId: row.agent_person_id,
    agentEmployerId: row.agent_employer_id,
    evidence: row.evidence,
    scope: row.scope,
    from: row.from_on,
    to: row.to_on,
  }
}
