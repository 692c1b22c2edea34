import {
  addMilliseconds,
  asActor,
  type Id,
  type Instant,
  parseInput,
  Refusal,
  schemaInstant,
  sm3,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { logRead, logWrite } from './access-log.ts'
import { cardStateAt } from './card-history.ts'
import { getHolder } from './e-card.ts'
import { peopleTables } from './tables.ts'

/** A QR code lives a minute and works once. */
const lifeMilliseconds = 60_000
const tokenBytes = 16

type Scan = { token: string; scannedAt: Instant; by: string }

/** Whom a redeemed QR code presented. Other regions are told region and card number, never the ids. */
export type PresentedCard = { personId: Id; cardId: Id; cardNumber: string }

/**
 * A token for the QR code of an active e-card: `<region>.<random base64url>`, so that whoever scans it knows which region to ask. Only its
 * SM3 digest is kept. Refused: `ecard_unknown`, `ecard_not_active`.
 */
export async function issueQrToken(work: Work, input: { eCardId: Id }): Promise<{ token: string; expiresAt: Instant }> {
  const personId = await getHolder(work, input.eCardId)
  const random = Buffer.from(work.node.random.bytes(tokenBytes)).toString('base64url')
  const token = `${work.node.region}.${random}`
  const expiresAt = addMilliseconds(work.now, lifeMilliseconds)
  await peopleTables(work)
    .insertInto('people.qr_token')
    .values({ token_sm3: sm3(token), e_card_id: input.eCardId, issued_at: work.now, expires_at: expiresAt })
    .execute()
  await logWrite(work, personId, 'issue_qr_code')
  return { token, expiresAt }
}

/** The region whose node issued a token; undefined for text that is no token. */
export function regionOfQrToken(token: string): string | undefined {
  return /^(\d{6})\.[\w-]{22}$/.exec(token)?.[1]
}

/**
 * Redeems a scanned token, whoever brings it: holding it is the proof. It must have been scanned within its minute, even if word of it
 * comes later through the exchange, and the card must have been good then (B1-o3). `by` names who scanned, e.g. a region and institution; the same
 * `by` and `scannedAt` again get the same answer (at-least-once delivery). Refused: `qr_unknown`, `qr_expired`, `qr_used`, `card_not_active`.
 */
export async function redeemQrToken(work: Work, input: Scan): Promise<PresentedCard> {
  // Instants compare as text in the one form with milliseconds.
  const scannedAt = addMilliseconds(parseInput(schemaInstant, input.scannedAt, 'scannedAt'), 0)
  const presented = await asActor(work, systemActor, (system) => redeem(system, { ...input, scannedAt }))
  await logRead(work, [presented.personId], 'present_qr_code', input.by)
  return presented
}

async function redeem(work: Work, scan: Scan): Promise<PresentedCard> {
  const token = await findToken(work, scan.token)
  if (!token) throw new Refusal('qr_unknown')
  const presented = { personId: token.person_id, cardId: token.card_id, cardNumber: token.number }
  if (token.redeemed_by !== null) {
    const again = token.redeemed_by === scan.by && token.scanned_at === scan.scannedAt
    if (!again) throw new Refusal('qr_used')
    return presented
  }
  if (scan.scannedAt < token.issued_at || scan.scannedAt >= token.expires_at) throw new Refusal('qr_expired')
  const state = await cardStateAt(work, token.card_id, scan.scannedAt)
  if (state !== 'active') {
    throw new Refusal('card_not_active', { clause: 'B1.01', params: { state: state ?? 'not_issued' } })
  }
  const first = await insertRedemption(work, scan)
  // A concurrent scan came first and is committed now: its answer decides.
  return first ? presented : redeem(work, scan)
}

function findToken(work: Work, token: string) {
  return peopleTables(work)
    .selectFrom('people.qr_token as token')
    .innerJoin('people.e_card as e_card', 'e_card.id', 'token.e_card_id')
    .innerJoin('people.card as card', 'card.id', 'e_card.card_id')
    .leftJoin('people.qr_redemption as redemption', 'redemption.token_sm3', 'token.token_sm3')
    .select(['token.issued_at', 'token.expires_at', 'redemption.scanned_at', 'redemption.redeemed_by'])
    .select(['e_card.card_id', 'card.person_id', 'card.number'])
    .where('token.token_sm3', '=', sm3(token))
    .executeTakeFirst()
}

async function insertRedemption(work: Work, scan: Scan): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await peopleTables(work)
    .insertInto('people.qr_redemption')
    .values({
      token_sm3: sm3(scan.token),
      scanned_at: scan.scannedAt,
      redeemed_by: scan.by,
      redeemed_at: work.now,
    })
    .onConflict((conflict) => conflict.column('token_sm3').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
