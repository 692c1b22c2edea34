import type { Clock } from '../../ground/door.ts'
import type { Finding } from '../play.ts'
import type { JudgedRegion } from './mail.ts'

// Each statement selects what must not be there, in a sentence. They read the tables alone and share no code with the ledger.

const unbalanced = `
  SELECT format('transfer %s has %s entries of %s, debit %s, credit %s', t.key, count(e.no), t.entry_count,
    coalesce(sum(e.amount_fen) FILTER (WHERE e.side = 'debit'), 0), coalesce(sum(e.amount_fen) FILTER (WHERE e.side = 'credit'), 0)) AS what
  FROM ledger.transfer t LEFT JOIN ledger.entry e ON e.transfer_id = t.id GROUP BY t.id
  HAVING count(e.no) <> t.entry_count
    OR coalesce(sum(e.amount_fen) FILTER (WHERE e.side = 'debit'), 0) <> coalesce(sum(e.amount_fen) FILTER (WHERE e.side = 'credit'), 0)`

const wrongBalances = `
  SELECT format('the balance of %s %s is not the sum of its entries', a.name, a.party) AS what
  FROM ledger.account a
  JOIN (SELECT account_id, sum(debit_fen) AS debit_fen, sum(credit_fen) AS credit_fen FROM ledger.balance_part GROUP BY account_id) b
    ON b.account_id = a.id
  LEFT JOIN (SELECT account_id, sum(amount_fen) FILTER (WHERE side = 'debit') AS debit, sum(amount_fen) FILTER (WHERE side = 'credit') AS credit
    FROM ledger.entry GROUP BY account_id) e ON e.account_id = a.id
  WHERE b.debit_fen <> coalesce(e.debit, 0) OR b.credit_fen <> coalesce(e.credit, 0)`

const overdrawn = `
  SELECT format('%s %s is below zero', a.name, a.party) AS what
  FROM ledger.account a LEFT JOIN ledger.entry e ON e.account_id = a.id
  WHERE a.overdraft = 'refused' GROUP BY a.id
  HAVING coalesce(sum(CASE WHEN (e.side = 'debit') = (a.kind IN ('asset', 'expense')) THEN e.amount_fen ELSE -e.amount_fen END), 0) < 0`

const overCorrected = `
  SELECT format('more was taken back of transfer %s than it moved', o.key) AS what
  FROM ledger.transfer o
  JOIN ledger.entry moved ON moved.transfer_id = o.id
  WHERE moved.amount_fen < (SELECT coalesce(sum(back.amount_fen), 0) FROM ledger.transfer c JOIN ledger.entry back ON back.transfer_id = c.id
    WHERE c.corrects = o.id AND back.account_id = moved.account_id AND back.side <> moved.side)`

const unsealed = `
  SELECT format('transfer %s is sealed %s times', t.key, count(s.position)) AS what
  FROM ledger.transfer t LEFT JOIN ledger.sealed_transfer s ON s.transfer_id = t.id GROUP BY t.id HAVING count(s.position) <> 1
  UNION ALL
  SELECT format('block %s does not follow the one before', b.number) FROM ledger.block b
  LEFT JOIN ledger.block p ON p.number = b.number - 1
  WHERE b.first_position <> coalesce(p.first_position + p.transfer_count, 1) OR (p.number IS NULL) <> (b.number = 1)
    OR (p.number IS NOT NULL AND b.previous_hash <> p.hash)
    OR b.transfer_count <> (SELECT count(*) FROM ledger.sealed_transfer s WHERE s.block_number = b.number
      AND s.position BETWEEN b.first_position AND b.first_position + b.transfer_count - 1)`

const holdsLeft = `
  SELECT format('hold %s has not ended though its term is over', h.key) AS what FROM ledger.hold h
  WHERE h.expires_at <= $1 AND NOT EXISTS (SELECT FROM ledger.hold_end e WHERE e.hold_id = h.id)`

/** Money is neither made nor lost in a region: every transfer balances, every balance is the sum of its entries, the chain holds all of them. */
export async function judgeBooks({
  region,
  database,
  node,
}: JudgedRegion & { node: { clock: Clock } }): Promise<Finding[]> {
  const sentences = [unbalanced, wrongBalances, overdrawn, overCorrected, unsealed].join(' UNION ALL ')
  const rows = await database.look<{ what: string }>(`${sentences} UNION ALL ${holdsLeft}`, [node.clock.now()])
  return rows.map(({ what }) => ({ judge: 'books', what: `${region}: ${what}` }))
}
