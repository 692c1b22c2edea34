import { z } from 'zod'
import {
  addMilliseconds,
  asActor,
  blindIndex,
  type Id,
  type Instant,
  type PlainDate,
  parseInput,
  Refusal,
  randomBelow,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { logWrite } from './access-log.ts'
import { recordAuthority } from './authority.ts'
import { schemaIdNumber } from './identity-number.ts'
import { maskName, namesOfPeople } from './person-names.ts'
import { type AuthorityRelation, type AuthorityScope, peopleTables } from './tables.ts'

/** Long enough to be read out over the phone. */
const lifeMilliseconds = 10 * 60_000
const digits = 8

/** A code by which another may name its owner as the one who acts for them; blanks that were typed between the digits do no harm. */
export const schemaProxyCode = z
  .string()
  .transform((code) => code.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{8}$/, { error: 'the eight digits that the other shows' }))

/** What the one who gives an authority chooses; `to` is its last day. */
export type AuthorityGift = {
  proxyCode: string
  relation: Exclude<AuthorityRelation, 'employer_officer'>
  scope: AuthorityScope[]
  to?: PlainDate | undefined
}

/**
 * A code that somebody shows or reads out to whoever wants to let them act: eight digits, ten minutes, one authority. To show it is to agree. Refused
 * for whoever acts for another: `authority_not_yours`.
 */
export async function issueProxyCode(work: Work): Promise<{ code: string; expiresAt: Instant }> {
  const { actor } = work
  if (actor.kind !== 'person' || actor.onBehalfOf !== undefined) throw new Refusal('authority_not_yours')
  const expiresAt = addMilliseconds(work.now, lifeMilliseconds)
  for (;;) {
    const code = String(randomBelow(work.node.random, 10 ** digits)).padStart(digits, '0')
    const { numInsertedOrUpdatedRows } = await asActor(work, systemActor, (system) =>
      peopleTables(system)
        .insertInto('people.proxy_code')
        .values({
          code_index: indexOf(work, code),
          agent_person_id: actor.personId,
          issued_at: work.now,
          expires_at: expiresAt,
        })
        .onConflict((conflict) => conflict.column('code_index').doNothing())
        .executeTakeFirstOrThrow(),
    )
    if (numInsertedOrUpdatedRows === 1n) return { code, expiresAt }
  }
}

/** Whom a code names, masked, so that it is seen to be the right one. Refused: `proxy_code_unknown` for one that is wrong, used or too old. */
export async function agentOfProxyCode(work: Work, code: string): Promise<{ agentNameMasked: string }> {
  const { agentPersonId } = await takeCode(work, code)
  const names = await namesOfPeople(work, [agentPersonId])
  return { agentNameMasked: maskName(names.get(agentPersonId) ?? '') }
}

/** Lets the one whose code it is act for the person who gives it, from today. Refused like `agentOfProxyCode` and `recordAuthority`. */
export async function giveAuthorityByCode(work: Work, gift: AuthorityGift): Promise<Id> {
  const { actor } = work
  if (actor.kind !== 'person' || actor.onBehalfOf !== undefined) throw new Refusal('authority_not_yours')
  const { agentPersonId, codeIndex } = await takeCode(work, gift.proxyCode)
  return recordAuthority(
    work,
    {
      relation: gift.relation,
      subjectPersonId: actor.personId,
      agentPersonId,
      evidence: 'given_online',
      scope: gift.scope,
      from: work.today,
      ...(gift.to !== undefined && { to: gift.to }),
    },
    codeIndex,
  )
}

async function takeCode(work: Work, typed: string): Promise<{ agentPersonId: Id; codeIndex: string }> {
  const codeIndex = indexOf(work, parseInput(schemaProxyCode, typed, 'proxyCode'))
  const found = await asActor(work, systemActor, (system) =>
    peopleTables(system)
      .selectFrom('people.proxy_code as code')
      .leftJoin('people.authority as authority', 'authority.proxy_code_index', 'code.code_index')
      .select(['code.agent_person_id', 'code.expires_at', 'authority.id as used_for'])
      .where('code.code_index', '=', codeIndex)
      .executeTakeFirst(),
  )
  if (!found || found.used_for !== null || found.expires_at <= work.now) throw new Refusal('proxy_code_unknown')
  return { agentPersonId: found.agent_person_id, codeIndex }
}

/**
 * The person whom somebody at the counter names as the one who acts for them, by the identity card that was shown: number and name must both fit.
 * Whichever agency holds the record, only its id is told. Refused: `agent_not_registered`.
 */
export async function agentByIdentity(work: Work, shown: { idNumber: string; name: string }): Promise<Id> {
  const index = blindIndex(work.node.keys, parseInput(schemaIdNumber, shown.idNumber, 'agentIdNumber'))
  const found = await asActor(work, systemActor, (system) =>
    peopleTables(system)
      .selectFrom('people.person')
      .select('id')
      .where('id_number_index', '=', index)
      .where('name', '=', shown.name.trim())
      .executeTakeFirst(),
  )
  if (!found) throw new Refusal('agent_not_registered')
  await logWrite(work, found.id, 'match_person')
  return found.id
}

function indexOf(work: Work, code: string): string {
  return blindIndex(work.node.keys, `proxy-code ${code}`)
}
