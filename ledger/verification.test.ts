import { describe, expect, it } from 'vitest'
import { readMessages, renderMessage } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { chainState, type LedgerFinding, placeHold, postTransfer, sealBooks, verifyLedger } from './door.ts'
import { clubBooks, clubTransfer, ledgerNode, once, tamper } from './testing.ts'

// Two blocks of three transfers and one that waits; then somebody who owns the server lays hands on them.

const day = 86_400_000

async function sealedNode(): Promise<TestNode> {
  const node = await ledgerNode()
  for (let number = 1; number <= 7; number++) {
    const spec = clubTransfer(`t${number}`, { name: 'bank' }, { name: 'dues' }, 100)
    await once(node, (work) => postTransfer(work, spec))
    if (number === 3 || number === 6) {
      await sealBooks(node)
      node.clock.advance(day)
    }
  }
  const expiresAt = '2026-12-31T00:00:00.000Z'
  const hold = { key: 'hold', books: clubBooks(), account: { name: 'bank' }, amountFen: 1, expiresAt }
  await once(node, (work) => placeHold(work, hold))
  return node
}

const idOf = (key: string) => `(SELECT id FROM ledger.transfer WHERE key = '${key}')`
const copyOf = (key: string, changes: string) =>
  `INSERT INTO ledger.transfer (id, key, kind, fund, agency, booked_on, recorded_at, memo, content_sm3, entry_count, total_fen)
   SELECT ${changes}, kind, fund, agency, booked_on, recorded_at, memo, content_sm3, entry_count, total_fen FROM ledger.transfer WHERE key = '${key}'`

const tamperings: Array<[what: string, statements: string[], findings: Array<[code: string, params: object]>]> = [
  [
    'an amount is changed on both sides',
    [`UPDATE ledger.entry SET amount_fen = 90 WHERE transfer_id = ${idOf('t2')}`],
    [
      ['transfer_changed', { block: 1, position: 2 }],
      ['balance_wrong', { account: 'bank' }],
      ['balance_wrong', { account: 'dues' }],
    ],
  ],
  [
    'two entries are added to a transfer',
    [
      `INSERT INTO ledger.entry SELECT transfer_id, no + 2, account_id, fund, agency, side, amount_fen FROM ledger.entry
       WHERE transfer_id = ${idOf('t6')}`,
      `UPDATE ledger.balance_part SET debit_fen = debit_fen + 100 WHERE debit_fen > 0`,
      `UPDATE ledger.balance_part SET credit_fen = credit_fen + 100 WHERE credit_fen > 0`,
    ],
    [['transfer_changed', { block: 2, position: 6 }]],
  ],
  [
    'a memo is changed',
    [`UPDATE ledger.transfer SET memo = '{"code": "other", "params": {}}' WHERE key = 't5'`],
    [['transfer_changed', { block: 2, position: 5 }]],
  ],
  [
    'the date is moved by a day',
    [`UPDATE ledger.transfer SET booked_on = booked_on + 1 WHERE key = 't4'`],
    [['transfer_changed', { block: 2, position: 4 }]],
  ],
  [
    'an account is given to somebody else',
    [`UPDATE ledger.account SET cash_item = 'gifts' WHERE name = 'dues'`],
    [1, 2, 3, 4, 5, 6].map((position) => ['transfer_changed', { position }]),
  ],
  [
    'a transfer and its entries are removed',
    [
      `DELETE FROM ledger.entry WHERE transfer_id = ${idOf('t3')}`,
      `UPDATE ledger.balance_part SET debit_fen = greatest(debit_fen - 100, 0), credit_fen = greatest(credit_fen - 100, 0)`,
      `DELETE FROM ledger.transfer WHERE key = 't3'`,
    ],
    [['transfer_missing', { block: 1, position: 3 }]],
  ],
  [
    'a transfer is removed before it was sealed',
    [
      `DELETE FROM ledger.entry WHERE transfer_id = ${idOf('t7')}`,
      `UPDATE ledger.balance_part SET debit_fen = greatest(debit_fen - 100, 0), credit_fen = greatest(credit_fen - 100, 0)`,
      `DELETE FROM ledger.transfer WHERE key = 't7'`,
    ],
    [['transfer_missing', { block: '-' }]],
  ],
  [
    'a transfer is added past the seal',
    [copyOf('t1', `'00000000-0000-7000-8000-0000000000ff', 'added'`)],
    [['transfer_added', { transferId: '00000000-0000-7000-8000-0000000000ff' }]],
  ],
  ['a transfer is kept from being sealed', ['DELETE FROM ledger.awaiting_seal'], [['transfer_added', { seq: 7 }]]],
  [
    'two transfers change places',
    [
      `UPDATE ledger.sealed_transfer SET transfer_id = '00000000-0000-7000-8000-000000000000' WHERE position = 4`,
      `UPDATE ledger.sealed_transfer SET transfer_id = ${idOf('t4')} WHERE position = 5`,
      `UPDATE ledger.sealed_transfer SET transfer_id = ${idOf('t5')} WHERE position = 4`,
    ],
    [
      ['transfer_reordered', { block: 2, position: 4 }],
      ['transfer_reordered', { block: 2, position: 5 }],
    ],
  ],
  [
    'a sealed row is removed',
    ['DELETE FROM ledger.sealed_transfer WHERE position = 2'],
    [
      ['seal_missing', { block: 1, position: 2 }],
      ['transfer_added', { seq: 2 }],
    ],
  ],
  [
    'a sealed row is added',
    [`INSERT INTO ledger.sealed_transfer VALUES (9, 1, '00000000-0000-7000-8000-0000000000aa', repeat('0', 64))`],
    [['seal_added', { position: 9, block: 1 }]],
  ],
  [
    'a whole block is removed with its rows and transfers',
    [
      'DELETE FROM ledger.entry WHERE transfer_id IN (SELECT transfer_id FROM ledger.sealed_transfer WHERE block_number = 1)',
      'DELETE FROM ledger.transfer WHERE id IN (SELECT transfer_id FROM ledger.sealed_transfer WHERE block_number = 1)',
      'UPDATE ledger.balance_part SET debit_fen = greatest(debit_fen - 300, 0), credit_fen = greatest(credit_fen - 300, 0)',
      'DELETE FROM ledger.sealed_transfer WHERE block_number = 1',
      'DELETE FROM ledger.block WHERE number = 1',
    ],
    [['block_missing', { block: 1 }]],
  ],
  [
    'the time of a block is changed',
    [`UPDATE ledger.block SET sealed_at = sealed_at + interval '1 second' WHERE number = 2`],
    [['block_changed', { block: 2 }]],
  ],
  [
    'a block is linked elsewhere',
    [`UPDATE ledger.block SET previous_hash = repeat('1', 64) WHERE number = 2`],
    [
      ['block_changed', { block: 2 }],
      ['block_unlinked', { block: 2 }],
      ['transfer_changed', { block: 2, position: 4 }],
    ],
  ],
  [
    'a balance is raised',
    [`UPDATE ledger.balance_part SET debit_fen = debit_fen + 1 WHERE debit_fen > 0`],
    [['balance_wrong', { account: 'bank', agency: '320100' }]],
  ],
  [
    'a hold is forgotten',
    ['UPDATE ledger.balance_part SET held_fen = 0'],
    [['balance_wrong', { account: 'bank', agency: '320100' }]],
  ],
]

describe('verifying the books', () => {
  it('finds nothing where nobody laid hands on them', async () => {
    const node = await sealedNode()
    const { head } = await once(node, chainState)
    expect(await once(node, (work) => verifyLedger(work))).toEqual({
      ...{ blockCount: 2, transferCount: 6, waitingCount: 1, findings: [] },
      head: { number: 2, hash: head?.hash },
    })
    await node.close()
  })

  it.each(tamperings)('%s: it says so, and which', async (_, statements, expected) => {
    const node = await sealedNode()
    await tamper(node, ...statements)
    const { findings } = await once(node, (work) => verifyLedger(work))
    expect(findings).toEqual(expected.map(([code, params]) => ({ code, params: expect.objectContaining(params) })))
    for (const language of ['zh', 'en'] as const) for (const finding of findings) sentenceOf(language, finding)
    await node.close()
  })

  it('the whole chain made anew after a change: only a head that was kept tells', async () => {
    const node = await sealedNode()
    const { head } = await once(node, chainState)
    await tamper(
      node,
      `UPDATE ledger.entry SET amount_fen = 90 WHERE transfer_id = ${idOf('t2')}`,
      `UPDATE ledger.balance_part SET debit_fen = greatest(debit_fen - 10, 0), credit_fen = greatest(credit_fen - 10, 0)`,
      'DELETE FROM ledger.sealed_transfer; DELETE FROM ledger.block; DELETE FROM ledger.awaiting_seal',
      'INSERT INTO ledger.awaiting_seal (seq, transfer_id) SELECT seq, id FROM ledger.transfer',
    )
    await sealBooks(node)
    expect(await once(node, (work) => verifyLedger(work))).toMatchObject({ findings: [] })
    const kept = await once(node, (work) => verifyLedger(work, { head: head ?? undefined }))
    expect(kept.findings).toMatchObject([{ code: 'head_unknown', params: { number: 2 } }])
    await node.close()
  })

  it.each([
    ['the day of the first block', '2026-05-11', 2],
    ['the day of the second', '2026-05-12', 1],
    ['the day after', '2026-05-13', 0],
  ])('from %s on', async (_, from, blockCount) => {
    const node = await sealedNode()
    await tamper(node, `UPDATE ledger.transfer SET reference = 'x' WHERE key = 't1'`)
    const verified = await once(node, (work) => verifyLedger(work, { from }))
    expect(verified).toMatchObject({ blockCount, transferCount: 3 * blockCount, head: { number: 2 } })
    expect(verified.findings.map(({ code }) => code)).toEqual(blockCount === 2 ? ['transfer_changed'] : [])
    await node.close()
  })
})

const messages = readMessages(new URL('./', import.meta.url))

/** Throws where a sentence or one of its parameters is missing. */
function sentenceOf(language: 'zh' | 'en', { code, params }: LedgerFinding): string {
  return renderMessage(messages, language, `verify.${code}`, params)
}
