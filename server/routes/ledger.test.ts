import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, sm2Verify, systemActor } from '../../ground/door.ts'
import { defineChart, postTransfer } from '../../ledger/door.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

const chart = defineChart({
  bank: { kind: 'asset', book: 'cash', title: { zh: '银行存款', en: 'Bank account' } },
  dues: { kind: 'income', title: { zh: '会费', en: 'Dues' } },
})
const books = { fund: 'club', agency: '320000', chart }

let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['320000'] })
  await post('april', '2026-04-30', 100)
})
afterAll(() => site.close())

const as = (login: string): Promise<Browser> => browserOf(site.app, '320000', login)

async function post(key: string, on: string, amountFen: number): Promise<void> {
  const { node } = must(site.world.find('320000'), 'the node')
  const entries = [
    { account: { name: 'bank' }, debitFen: amountFen },
    { account: { name: 'dues' }, creditFen: amountFen },
  ]
  const memo = { code: 'club_movement', params: {} }
  const spec = { key, kind: 'club_movement', on, books, memo, entries }
  await inTransaction(node, systemActor, (work) => postTransfer(work, spec))
}

describe('the chain of sealed blocks', () => {
  it('has a head that officers can keep, once the clockwork has run', async () => {
    const officer = await as('nanjing-supervisor')
    expect((await officer.get('/ledger/chain')).json()).toEqual({ head: null, sealedCount: 0, waitingCount: 1 })
    await must(site.world.find('320000'), 'the node').runDue()
    expect((await officer.get('/ledger/chain')).json()).toMatchObject({
      ...{ sealedCount: 1, waitingCount: 0 },
      head: { number: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    expect((await (await as('li-na')).get('/ledger/chain')).statusCode).toBe(403)
  })
})

describe('closing a period', () => {
  const april = { fund: 'club', agency: '320000', period: '2026-04' }

  it('by payment, confirmed by audit; others are turned away', async () => {
    const [payer, auditor] = [await as('jiangsu-pay'), await as('jiangsu-audit')]
    expect((await auditor.post('/ledger/closings', april)).statusCode).toBe(403)
    expect((await (await as('nanjing-pay')).post('/ledger/closings', april)).json()).toMatchObject({
      code: 'closing_role',
      advice: expect.any(String),
    })
    const { closingId } = (await payer.post('/ledger/closings', april)).json()
    expect((await payer.post(`/ledger/closings/${closingId}/confirmation`)).statusCode).toBe(403)
    const confirmed = await auditor.post(`/ledger/closings/${closingId}/confirmation`)
    const { document, signature, signer } = confirmed.json()
    expect(sm2Verify(signer, Buffer.from(document), signature)).toBe(true)
    expect((await payer.get('/ledger/closings?agency=320000')).json().items).toMatchObject([
      { id: closingId, document },
    ])
    expect((await payer.post('/ledger/closings', april)).json()).toMatchObject({ code: 'period_closed' })
  })

  it('what comes late tells its own day, and the books can be read as they were known', async () => {
    await post('late', '2026-04-30', 7)
    const officer = await as('jiangsu-supervisor')
    const { rows } = (await officer.get('/ledger/trial-balance?agency=320000&fund=club')).json()
    const bank = rows.find(({ name }: { name: string }) => name === 'bank')
    const address = `/ledger/accounts/${bank.accountId}/statement?from=2026-05-01&to=2026-12-31`
    expect((await officer.get(address)).json().lines).toMatchObject([{ occurredOn: '2026-04-30', debitFen: 7 }])
    const before = (await officer.get(`${address}&knownAt=2026-01-01T00:00:00.000Z`)).json()
    expect(before).toMatchObject({ lines: [], closingFen: 0 })
  })
})
