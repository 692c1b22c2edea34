import { z } from 'zod'
import {
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaId,
  seal,
  unseal,
  type Work,
} from '../ground/door.ts'
import { type AccessAction, logRead, logWrite } from './access-log.ts'
import { type BankAccount, type MaskedAccount, maskAccountNumber, schemaAccountNumber } from './bank-account.ts'
import { recordCardState } from './card-history.ts'
import { type CardRow, findCardInForce, lockCard } from './card-row.ts'
import { guarded } from './constraints.ts'
import { type ECard, eCardsOn, moveECard } from './e-card.ts'
import { getPersonRow } from './person-row.ts'
import { type CardState, peopleTables } from './tables.ts'

/** A social-security card with its e-card where one was applied for and not cancelled. */
export type Card = {
  cardId: Id
  number: string
  personId: Id
  state: CardState
  issuedOn: PlainDate
  outlet: string
  bankName: string | null
  bankAccountMasked: string | null
  eCard: ECard | null
}

/** The bank account behind a card. */
export const schemaCardAccount = z.object({ name: z.string().trim().min(1), accountNumber: schemaAccountNumber })

const cardMaking = {
  number: z.string().regex(/^[0-9A-Z]{6,20}$/, { error: 'a card number of 6 to 20 digits and capitals' }),
  outlet: z.string().trim().min(1),
  issuedOn: schemaDate.optional(),
  bank: schemaCardAccount.optional(),
}

/** What issuing a card takes: the number on the blank, who hands it out, since when (today), and the bank account behind it. */
export const schemaNewCard = z.object({ personId: schemaId, ...cardMaking })
export type NewCard = z.input<typeof schemaNewCard>

/** What replacing a card takes. The bank account is asked again, because the bank may give the new card another. */
export const schemaCardReplacement = z.object({ cardId: schemaId, ...cardMaking })
export type CardReplacement = z.input<typeof schemaCardReplacement>

/**
 * Issues a card to a person who has none in force. Refused: `card_already_in_force` (also for one reported lost: replace it),
 * `card_number_taken`, `person_unknown`.
 */
export async function issueCard(work: Work, input: NewCard): Promise<Id> {
  const card = parseInput(schemaNewCard, input)
  await getPersonRow(work, card.personId)
  const cardId = await insertCard(work, card)
  await logWrite(work, card.personId, 'issue_card')
  return cardId
}

/** The holder lost the card: it is not accepted any more and its e-card is suspended in the same transaction (B1-o3). Twice is once. */
export async function reportCardLost(work: Work, cardId: Id): Promise<void> {
  const card = await lockCard(work, cardId)
  if (card.state === 'lost') return
  refuseUnless(card, 'active')
  await moveECard(work, cardId, 'active', 'suspended')
  await moveCard(work, card, 'lost', 'report_card_lost')
}

/** The lost card turned up before it was replaced: it and its e-card are accepted again. Twice is once. */
export async function reportCardFound(work: Work, cardId: Id): Promise<void> {
  const card = await lockCard(work, cardId)
  if (card.state === 'active') return
  refuseUnless(card, 'lost')
  await moveCard(work, card, 'active', 'report_card_found')
  await moveECard(work, cardId, 'suspended', 'active')
}

/** Puts a new card in the place of one that is in force. The e-card ends with the old card; the holder applies for it anew. */
export async function replaceCard(work: Work, input: CardReplacement): Promise<Id> {
  const replacement = parseInput(schemaCardReplacement, input)
  const card = await lockCard(work, replacement.cardId)
  await endCard(work, card, 'replaced', 'replace_card')
  return insertCard(work, { ...replacement, personId: card.person_id })
}

/** Ends a card in force for good, and its e-card with it. */
export async function cancelCard(work: Work, cardId: Id): Promise<void> {
  await endCard(work, await lockCard(work, cardId), 'cancelled', 'cancel_card')
}

/** Cancels the card that a person has in force, if any. */
export async function cancelCardOf(work: Work, personId: Id): Promise<void> {
  const card = await findCardInForce(work, personId)
  if (card) await cancelCard(work, card.id)
}

/**
 * Opens the financial function of a card in force: from now on the account stands behind it, and its holder is paid there. Refused:
 * `card_not_active`, `card_account_open` where another account stands behind it already; the same one again is once.
 */
export async function openCardAccount(work: Work, cardId: Id, input: z.input<typeof schemaCardAccount>): Promise<void> {
  const bank = parseInput(schemaCardAccount, input)
  const card = await lockCard(work, cardId)
  refuseUnless(card, 'active')
  if (card.bank_account_sealed && unseal(work.node.keys, card.bank_account_sealed) === bank.accountNumber) return
  if (card.bank_account_masked) throw new Refusal('card_account_open')
  await peopleTables(work).updateTable('people.card').set(accountColumns(work, bank)).where('id', '=', cardId).execute()
  await logWrite(work, card.person_id, 'open_card_account')
}

/** A person's cards, the newest first. */
export async function cardsOf(work: Work, personId: Id, purpose: string): Promise<Card[]> {
  const rows = await peopleTables(work)
    .selectFrom('people.card')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('issued_on', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const eCards = await eCardsOn(
    work,
    rows.map((row) => row.id),
  )
  await logRead(work, [personId], 'read_cards', purpose)
  return rows.map((row) => cardOf(row, eCards))
}

/** Whose card this number is and whether it is good; the caller decides on `state`. `card_unknown` for no card that the actor may see. */
export async function checkCard(
  work: Work,
  number: string,
  purpose: string,
): Promise<{ personId: Id; cardId: Id; state: CardState }> {
  const row = await peopleTables(work)
    .selectFrom('people.card')
    .select(['id', 'person_id', 'state'])
    .where('number', '=', number)
    .executeTakeFirst()
  if (!row) throw new Refusal('card_unknown')
  await logRead(work, [row.person_id], 'check_card', purpose)
  return { personId: row.person_id, cardId: row.id, state: row.state }
}

/** Where a person is paid: the account behind the card in use, and the day since which it is; see `findPayoutAccount`. */
export type PayoutAccount = MaskedAccount & { cardId: Id }

/** The account behind the person's active card, masked; undefined where there is no active card or no account behind it. */
export async function findPayoutAccount(work: Work, personId: Id, purpose: string): Promise<PayoutAccount | undefined> {
  const row = await findPayoutRow(work, personId)
  await logRead(work, [personId], 'read_payout_account', purpose)
  if (!row?.bank_name || !row.bank_account_masked) return undefined
  return {
    cardId: row.id,
    bankName: row.bank_name,
    accountName: row.name,
    accountNumberMasked: row.bank_account_masked,
    from: row.issued_on,
  }
}

/** The same with the whole number, for a payment. Logged as its own action. Refused: `payout_account_missing`. */
export async function revealPayoutAccount(work: Work, personId: Id, purpose: string): Promise<BankAccount> {
  const row = await findPayoutRow(work, personId)
  if (!row?.bank_name || !row.bank_account_sealed) throw new Refusal('payout_account_missing')
  await logRead(work, [personId], 'reveal_payout_account', purpose)
  return {
    bankName: row.bank_name,
    accountName: row.name,
    accountNumber: unseal(work.node.keys, row.bank_account_sealed),
    from: row.issued_on,
  }
}

function findPayoutRow(work: Work, personId: Id) {
  return peopleTables(work)
    .selectFrom('people.card as card')
    .innerJoin('people.person as person', 'person.id', 'card.person_id')
    .selectAll('card')
    .select('person.name')
    .where('card.person_id', '=', personId)
    .where('card.state', '=', 'active')
    .executeTakeFirst()
}

async function insertCard(work: Work, card: z.infer<typeof schemaNewCard>): Promise<Id> {
  const cardId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.card')
      .values({
        id: cardId,
        number: card.number,
        person_id: card.personId,
        issued_on: card.issuedOn ?? work.today,
        outlet: card.outlet,
        ...(card.bank && accountColumns(work, card.bank)),
        recorded_at: work.now,
      })
      .execute(),
    {
      card_one_per_person: () => new Refusal('card_already_in_force', { clause: 'B1.01' }),
      card_number_taken: () => new Refusal('card_number_taken', { params: { number: card.number } }),
    },
  )
  await recordCardState(work, cardId, 'active')
  return cardId
}

function accountColumns(work: Work, { name, accountNumber }: z.infer<typeof schemaCardAccount>) {
  return {
    bank_name: name,
    bank_account_masked: maskAccountNumber(accountNumber),
    bank_account_sealed: seal(work.node.keys, work.node.random, accountNumber),
  }
}

async function endCard(
  work: Work,
  card: CardRow,
  state: 'replaced' | 'cancelled',
  action: 'replace_card' | 'cancel_card',
): Promise<void> {
  refuseUnless(card, 'active', 'lost')
  await moveECard(work, card.id, card.state === 'active' ? 'active' : 'suspended', 'cancelled')
  await moveCard(work, card, state, action)
}

async function moveCard(work: Work, card: CardRow, state: CardState, action: AccessAction): Promise<void> {
  await peopleTables(work).updateTable('people.card').set({ state }).where('id', '=', card.id).execute()
  await recordCardState(work, card.id, state)
  await logWrite(work, card.person_id, action)
}

function refuseUnless(card: CardRow, ...states: CardState[]): void {
  if (!states.includes(card.state))
    throw new Refusal('card_not_active', { clause: 'B1.01', params: { state: card.state } })
}

function cardOf(row: CardRow, eCards: ECard[]): Card {
  return {
    cardId: row.id,
    number: row.number,
    personId: row.person_id,
    state: row.state,
    issuedOn: row.issued_on,
    outlet: row.outlet,
    bankName: row.bank_name,
    bankAccountMasked: row.bank_account_masked,
    eCard: eCards.find((eCard) => eCard.cardId === row.id) ?? null,
  }
}
