import {
  asActor,
  type Id,
  type Instant,
  type PlainDate,
  Refusal,
  sm3,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'

type Gate = 'metro' | 'bus' | 'place'

type CodeRow = {
  code_sm3: string
  case_id: Id
  person_id: Id
  agency: string
  valid_from: PlainDate
  valid_to: PlainDate
  booked_at: Instant
}

type Tables = {
  'svc_invitation_code.code': CodeRow
  'svc_invitation_code.gate_use': {
    id: Id
    code_sm3: string
    person_id: Id
    agency: string
    gate: Gate
    place: string | null
    used_at: Instant
  }
}

/** Letters and digits that are not taken for each other. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Makes a code of a person and keeps its digest; the code itself stands in their case alone. Runs as the node. */
export async function makeCode(
  work: Work,
  { caseId, personId, agency, until }: { caseId: Id; personId: Id; agency: string; until: PlainDate },
): Promise<string> {
  const code = [...work.node.random.bytes(10)].map((byte) => alphabet[byte % alphabet.length]).join('')
  await tables(work)
    .insertInto('svc_invitation_code.code')
    .values({
      code_sm3: sm3(code),
      case_id: caseId,
      person_id: personId,
      agency,
      valid_from: work.today,
      valid_to: until,
      booked_at: work.now,
    })
    .execute()
  return code
}

/** The codes of a person that are good on a day. */
export function codesOn(work: Work, personId: Id, on: PlainDate): Promise<CodeRow[]> {
  return asActor(work, systemActor, (node) =>
    tables(node)
      .selectFrom('svc_invitation_code.code')
      .selectAll()
      .where('person_id', '=', personId)
      .where('valid_from', '<=', on)
      .where('valid_to', '>=', on)
      .execute(),
  )
}

/**
 * Lets the holder of a code through a gate, and keeps it. Refusals `code_unknown`, and what the rule says (`code_not_valid_then`, `place_not_named`,
 * `entries_used_up`).
 */
export function useAtGate(
  work: Work,
  rulebook: Rulebook,
  {
    code,
    gate,
    place = null,
    placeNamed = false,
  }: { code: string; gate: Gate; place?: string | null; placeNamed?: boolean },
): Promise<{ until: PlainDate }> {
  return asActor(work, systemActor, async (node) => {
    const digest = sm3(code)
    await takeTurns(node, `invitation-code:${digest}`)
    const row = await tables(node)
      .selectFrom('svc_invitation_code.code')
      .selectAll()
      .where('code_sm3', '=', digest)
      .executeTakeFirst()
    if (!row) throw new Refusal('code_unknown', { clause: 'M5.01' })
    const entries = await tables(node)
      .selectFrom('svc_invitation_code.gate_use')
      .select('id')
      .where('code_sm3', '=', digest)
      .where('place', '=', place)
      .execute()
    const { decision } = await rulebook.decide(node, {
      policy: 'invitation-gate',
      on: node.today,
      insuredRegion: row.agency,
      facts: {
        gate,
        placeNamed,
        entriesBefore: entries.length,
        usedOn: node.today,
        validFrom: row.valid_from,
        validTo: row.valid_to,
      },
    })
    if (decision.outcome !== 'granted')
      throw new Refusal(decision.reason ?? 'code_unknown', { clause: decision.because })
    await tables(node)
      .insertInto('svc_invitation_code.gate_use')
      .values({
        id: node.newId(),
        code_sm3: digest,
        person_id: row.person_id,
        agency: row.agency,
        gate,
        place,
        used_at: node.now,
      })
      .execute()
    return { until: row.valid_to }
  })
}

function tables(work: Work) {
  return work.db.withTables<Tables>()
}
