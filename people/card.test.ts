import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { cancelCard, cardsOf, checkCard, issueCard, replaceCard, reportCardFound, reportCardLost } from './card.ts'
import { applyECard, authoriseApp } from './e-card.ts'
import { bySystem, giveCard, givePerson, nextCardNumber, nobody, peopleNode, staff } from './fixtures.testing.ts'
import { recordDeath } from './person.ts'
import { issueQrToken, redeemQrToken, regionOfQrToken } from './qr-token.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

const outlet = '试样网点'

/** A person with an active card and e-card. */
async function holder() {
  const personId = await givePerson(node)
  const card = await giveCard(node, personId)
  const eCard = await bySystem(node, (work) => applyECard(work, { personId, app: 'app:12333' }))
  return { personId, ...card, eCardId: eCard.eCardId }
}

function onlyCard(personId: string) {
  return bySystem(node, async (work) => (await cardsOf(work, personId, 'test'))[0])
}

describe('the card', () => {
  it('is issued once; while it is in force another is refused', async () => {
    const personId = await givePerson(node)
    const { cardId } = await giveCard(node, personId)
    await expect(giveCard(node, personId)).rejects.toMatchObject({ code: 'card_already_in_force', clause: 'B1.01' })
    await bySystem(node, (work) => reportCardLost(work, cardId))
    await expect(giveCard(node, personId)).rejects.toMatchObject({ code: 'card_already_in_force' })
    await bySystem(node, (work) => cancelCard(work, cardId))
    await expect(giveCard(node, personId)).resolves.toBeDefined()
  })

  it('keeps the bank account only masked', async () => {
    const personId = await givePerson(node)
    const bank = { name: '试样银行', accountNumber: '6200000000001234' }
    await bySystem(node, (work) => issueCard(work, { personId, number: nextCardNumber(), outlet, bank }))
    expect(await onlyCard(personId)).toMatchObject({
      bankName: '试样银行',
      bankAccountMasked: '****1234',
      issuedOn: '2026-05-11',
      eCard: null,
    })
  })

  it('a number is used once', async () => {
    const { number } = await giveCard(node, await givePerson(node))
    const personId = await givePerson(node)
    const again = bySystem(node, (work) => issueCard(work, { personId, number, outlet }))
    await expect(again).rejects.toMatchObject({ code: 'card_number_taken' })
  })

  it('is checked by its number, and the check is logged with its purpose', async () => {
    const { personId, cardId, number } = await holder()
    const checked = await bySystem(node, (work) => checkCard(work, number, 'admission'))
    expect(checked).toEqual({ personId, cardId, state: 'active' })
    const [entry] = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(entry).toMatchObject({ action: 'check_card', purpose: 'admission' })
    await expect(bySystem(node, (work) => checkCard(work, 'X00000000', 'test'))).rejects.toMatchObject({
      code: 'card_unknown',
    })
  })

  it('a death cancels it and its e-card', async () => {
    const { personId, number } = await holder()
    await bySystem(node, (work) => recordDeath(work, personId, '2026-05-10'))
    expect((await bySystem(node, (work) => checkCard(work, number, 'test'))).state).toBe('cancelled')
    expect((await onlyCard(personId))?.eCard).toBeNull()
  })
})

describe('the e-card, one to one with the card (B1.01)', () => {
  it('B1-t1: a second application on the same card is refused', async () => {
    const { personId } = await holder()
    const second = bySystem(node, (work) => applyECard(work, { personId, app: 'app:bank' }))
    await expect(second).rejects.toMatchObject({ code: 'ecard_already_active', clause: 'B1.01' })
  })

  it('two applications at the same moment: one e-card', async () => {
    const personId = await givePerson(node)
    await giveCard(node, personId)
    const apply = () => bySystem(node, (work) => applyECard(work, { personId, app: 'app:12333' }))
    const results = await Promise.allSettled([apply(), apply(), apply()])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  it('the holder applies on the own phone (B1.03), and several apps may show the one e-card', async () => {
    const personId = await givePerson(node)
    await giveCard(node, personId)
    const self = { kind: 'person', userId: nobody, personId } as const
    const eCard = await inTransaction(node, self, (work) => applyECard(work, { personId, app: 'app:12333' }))
    for (const app of ['app:bank', 'app:bank']) {
      await inTransaction(node, self, (work) => authoriseApp(work, { eCardId: eCard.eCardId, app }))
    }
    expect((await onlyCard(personId))?.eCard).toMatchObject({
      version: '3.0',
      state: 'active',
      apps: ['app:12333', 'app:bank'],
    })
  })

  it('nobody applies on the card of somebody else', async () => {
    const personId = await givePerson(node)
    await giveCard(node, personId)
    const other = { kind: 'person', userId: nobody, personId: await givePerson(node) } as const
    const application = inTransaction(node, other, (work) => applyECard(work, { personId, app: 'app:12333' }))
    await expect(application).rejects.toMatchObject({ code: 'card_missing' })
  })

  it('without a card there is none', async () => {
    const personId = await givePerson(node)
    const application = bySystem(node, (work) => applyECard(work, { personId, app: 'app:12333' }))
    await expect(application).rejects.toMatchObject({ code: 'card_missing' })
  })

  it('stops when the card is lost and works again when it is found', async () => {
    const { personId, cardId, eCardId } = await holder()
    const self = { kind: 'person', userId: nobody, personId } as const
    await inTransaction(node, self, (work) => reportCardLost(work, cardId))
    await inTransaction(node, self, (work) => reportCardLost(work, cardId))
    expect(await onlyCard(personId)).toMatchObject({ state: 'lost', eCard: { eCardId, state: 'suspended' } })
    const show = bySystem(node, (work) => issueQrToken(work, { eCardId }))
    await expect(show).rejects.toMatchObject({ code: 'ecard_not_active' })
    await inTransaction(node, self, (work) => reportCardFound(work, cardId))
    expect(await onlyCard(personId)).toMatchObject({ state: 'active', eCard: { eCardId, state: 'active' } })
  })

  it('ends when the card is replaced; the new card gets a new one', async () => {
    const { personId, cardId, eCardId } = await holder()
    await bySystem(node, (work) => reportCardLost(work, cardId))
    await bySystem(node, (work) => replaceCard(work, { cardId, number: nextCardNumber(), outlet }))
    const found = bySystem(node, (work) => reportCardFound(work, cardId))
    await expect(found).rejects.toMatchObject({ code: 'card_not_active' })
    const eCard = await bySystem(node, (work) => applyECard(work, { personId, app: 'app:12333' }))
    const cards = await bySystem(node, (work) => cardsOf(work, personId, 'test'))
    expect(cards.map((card) => [card.state, card.eCard?.eCardId])).toEqual(
      expect.arrayContaining([
        ['active', eCard.eCardId],
        ['replaced', undefined],
      ]),
    )
    expect(eCard.eCardId).not.toBe(eCardId)
  })

  it.each([
    [
      'a second e-card',
      (cardId: string) => sql`INSERT INTO people.e_card (id, card_id, card_state, version, applied_at)
        VALUES (gen_random_uuid(), ${cardId}, 'active', '3.0', now())`,
      'e_card_one_per_card',
    ],
    [
      'a lost card under an active e-card',
      (cardId: string) => sql`UPDATE people.card SET state = 'lost' WHERE id = ${cardId}`,
      'e_card_needs_active_card',
    ],
    [
      'an e-card said to be on an active card that is not',
      (cardId: string) => sql`INSERT INTO people.e_card (id, card_id, card_state, version, applied_at)
        SELECT gen_random_uuid(), id, 'lost', '3.0', now() FROM people.card WHERE id = ${cardId}`,
      'e_card_needs_active_card',
    ],
  ])('raw SQL: %s is refused by the database', async (_, statement, constraint) => {
    const { cardId } = await holder()
    await expect(bySystem(node, (work) => statement(cardId).execute(work.db))).rejects.toMatchObject({ constraint })
  })
})

describe('the QR code lives a minute and works once', () => {
  it('carries its region, and only its digest is kept', async () => {
    const { eCardId } = await holder()
    const { token, expiresAt } = await bySystem(node, (work) => issueQrToken(work, { eCardId }))
    expect(regionOfQrToken(token)).toBe('320000')
    expect(regionOfQrToken(`${token}!`)).toBeUndefined()
    expect(expiresAt).toBe('2026-05-11T01:01:00.000Z')
    const stored = await bySystem(
      node,
      async (work) => (await sql`SELECT * FROM people.qr_token`.execute(work.db)).rows,
    )
    expect(JSON.stringify(stored)).not.toContain(token)
  })

  it.each([
    ['before it was issued', '2026-05-11T00:59:59.999Z', 'qr_expired'],
    ['as it was issued', '2026-05-11T01:00:00Z', undefined],
    ['in its last millisecond', '2026-05-11T01:00:59.999Z', undefined],
    ['a minute after', '2026-05-11T01:01:00.000Z', 'qr_expired'],
  ])('scanned %s', async (_, scannedAt, code) => {
    const { eCardId, personId, cardId, number } = await holder()
    const { token } = await bySystem(node, (work) => issueQrToken(work, { eCardId }))
    const redemption = bySystem(node, (work) => redeemQrToken(work, { token, scannedAt, by: '650000/H1' }))
    if (code) await expect(redemption).rejects.toMatchObject({ code })
    else expect(await redemption).toEqual({ personId, cardId, cardNumber: number })
  })

  it('word of the scan may come late and more than once; any other scan is refused', async () => {
    const { eCardId, cardId, personId } = await holder()
    const { token } = await bySystem(node, (work) => issueQrToken(work, { eCardId }))
    const scan = { token, scannedAt: '2026-05-11T01:00:30.000Z', by: '650000/H1' }
    const redeem = (changes = {}) =>
      inTransaction(node, { kind: 'public' }, (work) => redeemQrToken(work, { ...scan, ...changes }))
    node.clock.advance(3_600_000)
    const [first, second] = await Promise.all([redeem(), redeem()])
    expect(first).toEqual(second)
    await bySystem(node, (work) => reportCardLost(work, cardId))
    expect(await redeem()).toEqual(first)
    await expect(redeem({ by: '650000/H2' })).rejects.toMatchObject({ code: 'qr_used' })
    await expect(redeem({ scannedAt: '2026-05-11T01:00:31.000Z' })).rejects.toMatchObject({ code: 'qr_used' })
    const [, entry] = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(entry).toMatchObject({ action: 'report_card_lost' })
    node.clock.advance(-3_600_000)
  })

  it('the card must have been good when it was scanned, whatever became of it before word of that came', async () => {
    const { eCardId, cardId, personId } = await holder()
    const issue = () => bySystem(node, (work) => issueQrToken(work, { eCardId }))
    const codes = [await issue(), await issue()]
    node.clock.advance(30_000)
    await bySystem(node, (work) => reportCardLost(work, cardId))
    await bySystem(node, (work) => cancelCard(work, cardId))
    const scanned = (nth: number, scannedAt: string) =>
      bySystem(node, (work) => redeemQrToken(work, { token: codes[nth]?.token ?? '', scannedAt, by: '650000/H1' }))
    expect(await scanned(0, '2026-05-11T01:00:29.999Z')).toMatchObject({ personId })
    await expect(scanned(1, '2026-05-11T01:00:30.000Z')).rejects.toMatchObject({ code: 'card_not_active' })
    node.clock.advance(-30_000)
  })

  it('a card lost since then, or a token nobody issued, is refused', async () => {
    const { eCardId, cardId } = await holder()
    const { token } = await bySystem(node, (work) => issueQrToken(work, { eCardId }))
    await bySystem(node, (work) => reportCardLost(work, cardId))
    const scan = { scannedAt: node.clock.now(), by: '650000/H1' }
    const lost = bySystem(node, (work) => redeemQrToken(work, { token, ...scan }))
    await expect(lost).rejects.toMatchObject({ code: 'card_not_active', params: { state: 'lost' } })
    const unknown = bySystem(node, (work) => redeemQrToken(work, { token: '320000.AAAAAAAAAAAAAAAAAAAAAA', ...scan }))
    await expect(unknown).rejects.toMatchObject({ code: 'qr_unknown' })
  })
})

describe('who sees a card', () => {
  it.each([
    ['another agency', () => staff('650100'), 0],
    ['the responsible agency', () => staff('320100'), 1],
    ['nobody signed in', () => ({ kind: 'public' }) as const, 0],
  ])('%s', async (_, actor, count) => {
    const { cardId } = await holder()
    const { rows } = await inTransaction(node, actor(), (work) =>
      sql`SELECT card.id FROM people.card JOIN people.e_card ON card_id = card.id WHERE card.id = ${cardId}`.execute(
        work.db,
      ),
    )
    expect(rows).toHaveLength(count)
  })
})
