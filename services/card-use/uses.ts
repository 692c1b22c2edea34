import { type Selectable, sql } from 'kysely'
import {
  asActor,
  type Id,
  type Instant,
  type PlainDate,
  Refusal,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import { movePurse } from './books.ts'
import { lockPurse } from './purse.ts'
import { type CardUseTables, ownTables, type UseOutcome } from './tables.ts'
import type { Terminal } from './terminals.ts'

/** What became of a card that was presented. Names nobody: a terminal learns the answer, not the holder. */
export type RecordedUse = {
  useId: Id
  terminalId: Id
  serial: string
  medium: 'card' | 'e_card'
  kind: string
  amountFen: number
  tappedAt: Instant
  offline: boolean
  outcome: UseOutcome
  reason: string | null
  clause: string | null
  ofUseId: Id | null
}

/** A use as others are told of it. */
export function recordedUse(row: Omit<Selectable<CardUseTables['svc_card_use.card_use']>, 'recorded_at'>): RecordedUse {
  return {
    useId: row.id,
    terminalId: row.terminal_id,
    serial: row.serial,
    medium: row.medium,
    kind: row.kind,
    amountFen: row.amount_fen,
    tappedAt: row.tapped_at,
    offline: row.offline,
    outcome: row.outcome,
    reason: row.reason,
    clause: row.clause,
    ofUseId: row.of_use_id,
  }
}

/** A holder's latest uses with the names of the terminals, newest first; for themselves. */
export async function usesOf(work: Work, personId: Id): Promise<Array<RecordedUse & { terminal: string }>> {
  return asActor(work, systemActor, async (system) => {
    const rows = await ownTables(system)
      .selectFrom('svc_card_use.card_use as used')
      .innerJoin('svc_card_use.terminal as terminal', 'terminal.id', 'used.terminal_id')
      .selectAll('used')
      .select('terminal.name as terminal')
      .where('used.person_id', '=', personId)
      .orderBy('used.tapped_at', 'desc')
      .limit(100)
      .execute()
    return rows.map((row) => ({ ...recordedUse(row), terminal: row.terminal }))
  })
}

/** What a holder paid on a day, less what came back of it. */
export async function paidOnFen(system: Work, personId: Id, on: PlainDate): Promise<number> {
  const { fen } = await ownTables(system)
    .selectFrom('svc_card_use.card_use')
    .select(
      sql<number>`coalesce(sum(CASE kind WHEN 'refund' THEN -amount_fen ELSE amount_fen END), 0)::bigint`.as('fen'),
    )
    .where('person_id', '=', personId)
    .where('tapped_on', '=', on)
    .where('outcome', '=', 'accepted')
    .executeTakeFirstOrThrow()
  return Math.max(Number(fen), 0)
}

/**
 * The merchant gives money of a use back, into the purse, whatever became of the card. Refused: `use_unknown` for what was not paid at this
 * terminal, `ticket_used`, `refund_exceeds` beyond what is left of it, `serial_reused`.
 */
export function refundUse(
  work: Work,
  terminal: Terminal,
  { useId, amountFen, serial }: { useId: Id; amountFen: number; serial: string },
): Promise<RecordedUse> {
  return asActor(work, systemActor, async (system) => {
    await takeTurns(system, `card-tap:${terminal.terminalId}:${serial}`)
    const again = await findUse(system, terminal.terminalId, serial)
    if (again) {
      if (again.of_use_id === useId && again.amount_fen === amountFen) return recordedUse(again)
      throw new Refusal('serial_reused', { params: { serial } })
    }
    const used = await paidUse(system, terminal, useId)
    await lockPurse(system, used.person_id)
    const leftFen = used.amount_fen - (await refundedFen(system, used))
    if (amountFen > leftFen) throw new Refusal('refund_exceeds', { params: { leftFen, amountFen } })
    const row = {
      ...{ id: system.newId(), terminal_id: terminal.terminalId, serial, digest: `refund:${useId}:${amountFen}` },
      ...{ agency: terminal.agency, person_id: used.person_id, card_id: used.card_id, medium: used.medium },
      ...{ kind: 'refund' as const, amount_fen: amountFen, tapped_at: system.now, tapped_on: used.tapped_on },
      ...{ offline: false, outcome: 'accepted' as const, reason: null, clause: null, of_use_id: useId },
      recorded_at: system.now,
    }
    await ownTables(system).insertInto('svc_card_use.card_use').values(row).execute()
    const { merchantId } = used
    await movePurse(system, {
      key: `use:${row.id}`,
      kind: 'purse_refunded',
      personId: used.person_id,
      merchantId,
      amountFen,
    })
    return recordedUse(row)
  })
}

/** The use that a terminal numbered so, if it was recorded. */
export function findUse(system: Work, terminalId: Id, serial: string) {
  return ownTables(system)
    .selectFrom('svc_card_use.card_use')
    .selectAll()
    .where('terminal_id', '=', terminalId)
    .where('serial', '=', serial)
    .executeTakeFirst()
}

async function paidUse(system: Work, { terminalId, merchantId }: Terminal, useId: Id) {
  const query = ownTables(system).selectFrom('svc_card_use.card_use').selectAll().where('id', '=', useId)
  const row = await query.where('terminal_id', '=', terminalId).where('outcome', '=', 'accepted').executeTakeFirst()
  if (!row?.person_id || merchantId === null || row.amount_fen === 0 || row.kind === 'refund') {
    throw new Refusal('use_unknown', { clause: 'B1.06' })
  }
  return { ...row, person_id: row.person_id, merchantId }
}

async function refundedFen(system: Work, used: { id: Id; kind: string; amount_fen: number }): Promise<number> {
  const query = ownTables(system).selectFrom('svc_card_use.card_use').select(['kind', 'amount_fen'])
  const later = await query.where('of_use_id', '=', used.id).execute()
  if (later.some(({ kind }) => kind === 'entry')) throw new Refusal('ticket_used', { clause: 'B4.02' })
  return later.reduce((sum, { amount_fen }) => sum + amount_fen, 0)
}
