import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { accessLogOf } from './access-log.ts'
import { cardsOf, findPayoutAccount, issueCard, reportCardLost, revealPayoutAccount } from './card.ts'
import { findEmployerAccount, revealEmployerAccount, setEmployerAccount } from './employer-account.ts'
import { businessesOf, endOwner, ownersOf, recordOwner } from './employer-owner.ts'
import {
  bySystem,
  giveCard,
  giveEmployer,
  givePerson,
  nextCardNumber,
  nobody,
  peopleNode,
  staff,
} from './fixtures.testing.ts'
import { getInstitution, registerInstitution } from './institution.ts'

let node: TestNode
beforeAll(async () => {
  node = await peopleNode()
})
afterAll(() => node.close())

const officer = (employerId: string) =>
  ({ kind: 'employer', userId: nobody, assignmentId: nobody, role: 'employer_officer', employerId }) as const

describe('the account of an employer', () => {
  const account = {
    bankName: '试样银行',
    accountName: '试样机械厂',
    accountNumber: '32000000000001',
    from: '2026-01-01',
  }

  it.each([
    ['2025-12-31', undefined],
    ['2026-01-01', '****0001'],
    ['2026-06-30', '****0001'],
    ['2026-07-01', '****0002'],
  ])('on %s is the version of that date, masked', async (on, masked) => {
    const employerId = await giveEmployer(node)
    await inTransaction(node, officer(employerId), async (work) => {
      await setEmployerAccount(work, employerId, account)
      await setEmployerAccount(work, employerId, {
        ...account,
        accountNumber: '32000000000002',
        from: '2026-07-01',
      })
    })
    const found = await bySystem(node, (work) => findEmployerAccount(work, employerId, on))
    expect(found?.accountNumberMasked).toBe(masked)
    expect(JSON.stringify(found) ?? '').not.toContain('3200000000000')
  })

  it('is sealed, and revealed for a payment', async () => {
    const employerId = await giveEmployer(node)
    const reveal = () => bySystem(node, (work) => revealEmployerAccount(work, employerId, '2026-05-11'))
    await expect(reveal()).rejects.toMatchObject({ code: 'employer_account_missing' })
    await bySystem(node, (work) => setEmployerAccount(work, employerId, account))
    expect(await reveal()).toEqual(account)
    const stored = await bySystem(
      node,
      async (work) => (await sql`SELECT a::text FROM people.employer_account a`.execute(work.db)).rows,
    )
    expect(JSON.stringify(stored)).not.toContain(account.accountNumber)
  })

  it('is for the employer and its agency only', async () => {
    const employerId = await giveEmployer(node)
    await bySystem(node, (work) => setEmployerAccount(work, employerId, account))
    const seen = async (actor: Parameters<typeof inTransaction>[1]) =>
      (await inTransaction(node, actor, (work) => findEmployerAccount(work, employerId, '2026-05-11'))) !== undefined
    expect(await seen(officer(employerId))).toBe(true)
    expect(await seen(officer(nobody))).toBe(false)
    expect(await seen(staff('320100', 'pay'))).toBe(true)
    expect(await seen(staff('320500', 'pay'))).toBe(false)
    const foreign = inTransaction(node, officer(nobody), (work) => setEmployerAccount(work, employerId, account))
    await expect(foreign).rejects.toMatchObject({ code: 'outside_own_agency' })
  })
})

describe('where a person is paid', () => {
  const bank = { name: '试样银行', accountNumber: '62000000000007' }
  const paidTo = (personId: string) => bySystem(node, (work) => findPayoutAccount(work, personId, 'test'))

  it('is the account behind the card in use', async () => {
    const personId = await givePerson(node)
    const card = { personId, number: nextCardNumber(), outlet: '试样网点', bank, issuedOn: '2026-01-05' }
    const cardId = await bySystem(node, (work) => issueCard(work, card))
    expect(await paidTo(personId)).toEqual({
      cardId,
      bankName: '试样银行',
      accountName: '沈试样',
      accountNumberMasked: '****0007',
      from: '2026-01-05',
    })
    const whole = await bySystem(node, (work) => revealPayoutAccount(work, personId, 'payment 9'))
    expect(whole.accountNumber).toBe(bank.accountNumber)
    const log = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(log[0]).toMatchObject({ action: 'reveal_payout_account', purpose: 'payment 9' })
    const shown = await bySystem(node, (work) => cardsOf(work, personId, 'test'))
    expect(JSON.stringify(shown)).not.toContain(bank.accountNumber)
    await bySystem(node, (work) => reportCardLost(work, cardId))
    expect(await paidTo(personId)).toBeUndefined()
  })

  it('a card without an account behind it, and nobody without a card, can be paid', async () => {
    const [withCard, without] = [await givePerson(node), await givePerson(node)]
    await giveCard(node, withCard)
    for (const personId of [withCard, without]) {
      expect(await paidTo(personId)).toBeUndefined()
      const revealed = bySystem(node, (work) => revealPayoutAccount(work, personId, 'test'))
      await expect(revealed).rejects.toMatchObject({ code: 'payout_account_missing' })
    }
  })
})

describe('whom an individual business belongs to (C1.02)', () => {
  it('from one day to another; the owner sees it and the look is logged', async () => {
    const [employerId, personId] = [await giveEmployer(node), await givePerson(node)]
    const owner = { employerId, personId, from: '2025-01-01', source: '试样营业执照' }
    const ownerId = await bySystem(node, (work) => recordOwner(work, owner))
    const again = bySystem(node, (work) => recordOwner(work, { ...owner, from: '2026-01-01' }))
    await expect(again).rejects.toMatchObject({ code: 'owner_overlaps' })
    await bySystem(node, (work) => endOwner(work, { ownerId, to: '2025-12-31' }))
    const ended = bySystem(node, (work) => endOwner(work, { ownerId, to: '2025-12-30' }))
    await expect(ended).rejects.toMatchObject({ code: 'owner_unknown' })
    const self = { kind: 'person', userId: nobody, personId } as const
    const owned = (on: string) => inTransaction(node, self, (work) => businessesOf(work, personId, on, 'mine'))
    expect(await owned('2024-12-31')).toEqual([])
    expect(await owned('2025-12-31')).toMatchObject([{ employerId, personId }])
    expect(await owned('2026-01-01')).toEqual([])
    const seenByOther = await inTransaction(node, officer(nobody), (work) =>
      ownersOf(work, employerId, '2025-06-01', 'test'),
    )
    expect(seenByOther).toEqual([])
    const log = await bySystem(node, (work) => accessLogOf(work, personId))
    expect(log.filter(({ action }) => action === 'read_owners')).toHaveLength(1)
  })
})

describe('what kind of bank a bank is (C1.05)', () => {
  it.each(['bank_of_china', 'state_owned', 'postal', 'joint_stock_provincial_branch', 'local_legal_person'] as const)(
    '%s',
    async (bankClass) => {
      const bank = { code: bankClass, name: `试样${bankClass}`, kind: 'bank', level: null, region: '320100' } as const
      const bankId = await bySystem(node, (work) => registerInstitution(work, { ...bank, bankClass }))
      expect(await bySystem(node, (work) => getInstitution(work, bankId))).toMatchObject({ bankClass })
    },
  )

  it('what is no bank has none', async () => {
    const hospital = { code: 'H9', name: '试样医院', kind: 'hospital', level: 3, region: '320100' } as const
    const refused = bySystem(node, (work) => registerInstitution(work, { ...hospital, bankClass: 'postal' }))
    await expect(refused).rejects.toMatchObject({ problems: [{ path: 'bankClass' }] })
  })
})
