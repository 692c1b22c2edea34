import { z } from 'zod'
import {
  addMilliseconds,
  asActor,
  BadInput,
  businessDate,
  daysBetween,
  type Id,
  type Instant,
  parseInput,
  Refusal,
  schemaFen,
  schemaInstant,
  sm3,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import { cardStateAt, checkCard, redeemQrToken } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { movePurse, purseFen } from './books.ts'
import { findPinProblem, lockPurse } from './purse.ts'
import { amountFenMax, kindsOfField, ownTables, useKinds } from './tables.ts'
import type { Terminal } from './terminals.ts'
import { findTicket } from './tickets.ts'
import { findUse, paidOnFen, type RecordedUse, recordedUse } from './uses.ts'

/** What a terminal sends for one presentation of a card. `serial` is the terminal's own number of it, by which it counts once. */
export const schemaTap = z.strictObject({
  serial: z.string().trim().min(1).max(60),
  medium: z.enum(['card', 'e_card']),
  /** The number on the card, or the content of the QR code. */
  token: z.string().trim().min(1).max(200),
  kind: z.enum(useKinds),
  amountFen: schemaFen.max(amountFenMax).default(0),
  authentication: z.enum(['none', 'pin', 'face']).default('none'),
  pin: z
    .string()
    .regex(/^\d{6}$/, { error: 'a PIN of six digits' })
    .optional(),
  /** When it was presented, where the terminal had no connection then; now where left out. */
  tappedAt: schemaInstant.optional(),
})

/** See `schemaTap`. */
export type Tap = z.output<typeof schemaTap>

type Presented = { personId: Id; cardId: Id }

type Verdict = { outcome: 'accepted'; ofUseId?: Id } | { outcome: 'refused'; reason: string; clause: string | null }

/**
 * Reads a card or an e-card at a terminal. Both are the same from the moment on that it is known whose they are (B1.01, B4-t2). What is refused is
 * told and kept like what is accepted, so that a terminal that uploads later learns it. The same serial again gets the first answer; with
 * another content it is refused (`serial_reused`). `BadInput` for what the terminal does not do.
 */
export function readCard(work: Work, tools: ServiceTools, terminal: Terminal, input: unknown): Promise<RecordedUse> {
  const tap = parseInput(schemaTap, input)
  requireFitting(work, terminal, tap)
  return asActor(work, systemActor, async (system) => {
    await takeTurns(system, `card-tap:${terminal.terminalId}:${tap.serial}`)
    const { pin: _, ...kept } = tap
    const digest = sm3(JSON.stringify(kept))
    const before = await findUse(system, terminal.terminalId, tap.serial)
    if (before && before.digest !== digest) throw new Refusal('serial_reused', { params: { serial: tap.serial } })
    return before ? recordedUse(before) : recordTap(system, tools, { terminal, tap, digest })
  })
}

async function recordTap(
  system: Work,
  tools: ServiceTools,
  { terminal, tap, digest }: { terminal: Terminal; tap: Tap; digest: string },
): Promise<RecordedUse> {
  const tappedAt = addMilliseconds(tap.tappedAt ?? system.now, 0)
  const presented = await whosePresented(system, terminal, tap, tappedAt)
  const verdict =
    'reason' in presented
      ? { outcome: 'refused' as const, reason: presented.reason, clause: null }
      : await judge(system, tools, { terminal, tap, tappedAt, ...presented })
  const id = system.newId()
  const holder = 'reason' in presented ? null : presented
  const row = {
    ...{ id, terminal_id: terminal.terminalId, serial: tap.serial, digest, agency: terminal.agency },
    ...{ person_id: holder?.personId ?? null, card_id: holder?.cardId ?? null, medium: tap.medium, kind: tap.kind },
    ...{ amount_fen: tap.amountFen, tapped_at: tappedAt, tapped_on: businessDate(tappedAt) },
    ...{ offline: tap.tappedAt !== undefined, outcome: verdict.outcome, recorded_at: system.now },
    reason: verdict.outcome === 'refused' ? verdict.reason : null,
    clause: verdict.outcome === 'refused' ? verdict.clause : null,
    of_use_id: (verdict.outcome === 'accepted' && verdict.ofUseId) || null,
  }
  await ownTables(system).insertInto('svc_card_use.card_use').values(row).execute()
  if (verdict.outcome === 'accepted' && tap.amountFen > 0 && holder && terminal.merchantId) {
    const { personId } = holder
    const { merchantId } = terminal
    await movePurse(system, { key: `use:${id}`, kind: 'purse_paid', personId, merchantId, amountFen: tap.amountFen })
  }
  return recordedUse(row)
}

/** Whose card was presented; the refusal of `people` where it is nobody's. */
async function whosePresented(
  system: Work,
  { terminalId, name }: Terminal,
  { medium, token, serial }: Tap,
  tappedAt: Instant,
): Promise<Presented | { reason: string }> {
  try {
    if (medium === 'card') return await checkCard(system, token, `读卡终端：${name}`)
    return await redeemQrToken(system, { token, scannedAt: tappedAt, by: `terminal:${terminalId}:${serial}` })
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.code }
    throw error
  }
}

type Judged = { terminal: Terminal; tap: Tap; tappedAt: Instant } & Presented

async function judge(system: Work, { rulebook }: ServiceTools, judged: Judged): Promise<Verdict> {
  const { terminal, tap, tappedAt, personId, cardId } = judged
  await lockPurse(system, personId)
  const { decision } = await rulebook.decide(system, {
    policy: 'card-use',
    on: businessDate(tappedAt),
    insuredRegion: terminal.agency,
    facts: {
      kind: tap.kind,
      cardState: (await cardStateAt(system, cardId, tappedAt)) ?? 'not_issued',
      authentication: tap.authentication,
      offline: tap.tappedAt !== undefined,
      uploadedAfterDays: daysBetween(businessDate(tappedAt), system.today),
      amountFen: tap.amountFen,
      paidThatDayFen: await paidOnFen(system, personId, businessDate(tappedAt)),
      balanceFen: await purseFen(system, personId),
    },
  })
  if (decision.outcome !== 'granted') {
    return { outcome: 'refused', reason: decision.reason ?? 'refused', clause: decision.because }
  }
  if (tap.authentication === 'pin') {
    const problem = await findPinProblem(system, personId, tap.pin ?? '')
    if (problem) return { outcome: 'refused', reason: problem, clause: 'B1.06' }
  }
  if (tap.kind !== 'entry') return { outcome: 'accepted' }
  const ticket = await findTicket(system, { personId, merchantId: terminal.merchantId, enteredAt: tappedAt })
  return ticket
    ? { outcome: 'accepted', ofUseId: ticket }
    : { outcome: 'refused', reason: 'no_ticket', clause: 'B4.02' }
}

/** A terminal does what its field is for, and tells no future. */
function requireFitting(work: Work, { field }: Terminal, { kind, amountFen, tappedAt }: Tap): void {
  const { paid, free } = kindsOfField[field]
  const isPaid = paid.includes(kind)
  if (!isPaid && !free.includes(kind)) {
    throw new BadInput([{ path: 'kind', expected: [...paid, ...free].join(', '), found: kind }])
  }
  if (isPaid !== amountFen > 0) {
    throw new BadInput([{ path: 'amountFen', expected: isPaid ? 'an amount' : '0', found: String(amountFen) }])
  }
  if (tappedAt !== undefined && addMilliseconds(tappedAt, 0) > work.now) {
    throw new BadInput([{ path: 'tappedAt', expected: `not after ${work.now}`, found: tappedAt }])
  }
}
