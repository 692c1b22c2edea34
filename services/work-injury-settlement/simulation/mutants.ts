import type { Edit, Mutant } from '../../../simulation/door.ts'

const folder = 'services/work-injury-settlement'

function mutant(name: string, breaks: string, file: string, find: string, put: string): Mutant {
  return { name, breaks, edits: [edit(file, find, put)] }
}

function edit(file: string, find: string, put: string): Edit {
  return { file: `${folder}/${file}`, find, put }
}

/** Changes of this service that break a promise about money. */
export const mutants: readonly Mutant[] = [
  {
    name: 'older-over-newer',
    breaks: 'an older revision is booked over a newer one',
    edits: [
      edit('home-booking.ts', 'before.revision >= told.revision', 'before.revision === told.revision'),
      edit('settlements.ts', 'WHERE known.revision < excluded.revision', ''),
    ],
  },
  mutant(
    'all-taken-back',
    'a deduction takes everything back at home',
    'home-booking.ts',
    'amountFen: bookedFen - nowFen })',
    'amountFen: bookedFen })',
  ),
  mutant(
    'home-is-silent',
    'home books and does not confirm',
    'home-booking.ts',
    `  await tell(work, from, told, receiptOf(claimNumber))
  await work.reach('home.settlement.told')`,
    "  await work.reach('home.settlement.told')",
  ),
  mutant(
    'settlement-not-told',
    'a settlement is booked here and not told home',
    'flow/stay-settlement.ts',
    'await publishSettlement(work, file, settled)',
    'void publishSettlement',
  ),
  mutant(
    'patient-part-too',
    'the fund owes what the patient has paid',
    'flow/stay-books.ts',
    'amountFen: settled.fundFen,',
    'amountFen: settled.totalFen,',
  ),
  mutant(
    'limit-not-kept',
    'what is over a limit is paid in full',
    'pricing.ts',
    'if (entry.priceLimitFen !== undefined) return',
    'if (entry.priceLimitFen === -1) return',
  ),
  mutant(
    'cleared-is-owed-still',
    'what was cleared is taken from the claim when it is undone',
    'flow/stay-books.ts',
    "file.status === 'cleared' ?",
    "file.status === 'settled' ?",
  ),
  mutant(
    'undone-without-mirror',
    'a settlement undone before it is paid stays in the books',
    'flow/stay-books.ts',
    "for (const event of ['settle', 'deduct']) await mirror",
    "for (const event of ['deduct']) await mirror",
  ),
  mutant(
    'in-two-batches',
    'a settlement is drawn up for payment twice',
    'flow/payment-lines.ts',
    'rows.filter((row) => !held.has(row.number) &&',
    'rows.filter((row) => (!held.has(row.number) || row) &&',
  ),
  mutant(
    'undone-at-the-bank',
    'a settlement is undone while the bank pays it',
    'flow/payment-lines.ts',
    'if (waiting.some((line) => line.settlementNumber === settlementNumber)) {',
    'if (waiting.length < 0) {',
  ),
  mutant(
    'offset-twice',
    'what a hospital owes is kept back from every line',
    'flow/payment-lines.ts',
    'leftToOffset.set(institutionId, left - offsetFen)',
    'leftToOffset.set(institutionId, left)',
  ),
  mutant(
    'returned-and-lost',
    'money that the bank returns stays where it is',
    'flow/payment.ts',
    `        kind: 'payment_returned',
        from: 'expenditure_account',`,
    `        kind: 'payment_returned',
        from: 'fiscal_special_account',`,
  ),
  mutant(
    'cleared-forgets',
    'a second clearing forgets the first',
    'clearing.ts',
    'cleared_fen: row.cleared_fen + item.owedFen,',
    'cleared_fen: item.owedFen,',
  ),
  mutant(
    'owed-back-never',
    'what was cleared and undone is not owed back',
    'clearing.ts',
    'owedFen: owedFen(row) - row.cleared_fen }',
    'owedFen: owedFen(row) }',
  ),
  mutant(
    'paid-not-told',
    'a statement is paid and the other side not told',
    'flow/clearing.ts',
    `      await sendMessage(work, {
        to: side === 'debtor'`,
    `      await (async (_work: unknown, _message: object) => sendMessage)(work, {
        to: side === 'debtor'`,
  ),
  mutant(
    'advance-shrinks',
    'an advance arrives a fen short',
    'prepaid.ts',
    `    to: 'fiscal_special_account',
    amountFen,`,
    `    to: 'fiscal_special_account',
    amountFen: amountFen - 1,`,
  ),
  mutant(
    'receipt-twice',
    'a receipt is paid in two claims',
    'flow/claim-receipts.ts',
    'if (!(await isReleased(system, cases, number)))',
    'if (isReleased === undefined)',
  ),
  mutant(
    'person-paid-twice',
    'a claim is booked twice over',
    'flow/claim-handling.ts',
    'amountFen: totalFen,',
    'amountFen: totalFen * 2,',
  ),
]
