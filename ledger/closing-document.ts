import { z } from 'zod'
import { sm2Sign, sm2Verify, sm3, type Work } from '../ground/door.ts'
import { ledgerTables } from './tables.ts'
import { type TrialBalance, trialBalance } from './trial-balance.ts'

/** A trial balance as text: each account with its party and four amounts, in the order of accounts, then the totals. */
export type BalanceText = {
  rows: Array<
    [name: string, party: string | null, openingFen: string, debitFen: string, creditFen: string, closingFen: string]
  >
  totals: Record<string, string>
}

/** The books of a fund at an agency between two days, both included. */
export type BooksTerm = { fund: string; agency: string; from: string; to: string }

/** The trial balance of a term, with its digest. */
export async function balanceOfTerm(
  work: Work,
  { fund, agency, from, to }: BooksTerm,
): Promise<{ text: BalanceText; digest: string }> {
  const text = textOf(await trialBalance(work, { fund, agency, from, asOf: to }))
  return { text, digest: sm3(JSON.stringify(text)) }
}

function textOf({ rows, totals }: TrialBalance): BalanceText {
  return {
    rows: rows.map(({ name, party, openingFen, debitFen, creditFen, closingFen }) => [
      name,
      party,
      String(openingFen),
      String(debitFen),
      String(creditFen),
      String(closingFen),
    ]),
    totals: Object.fromEntries(Object.entries(totals).map(([key, fen]) => [key, String(fen)])),
  }
}

/** Text with the node's signature (SM2 over SM3) and the public key that verifies it. */
export type SignedDocument = { document: string; signature: string; signer: string }

/** Signs a text as this node. */
export function signDocument({ node }: Work, document: string): SignedDocument {
  const { signingPrivateKey, signingPublicKey } = node.keys
  const signature = sm2Sign(signingPrivateKey, signingPublicKey, Buffer.from(document))
  return { document, signature, signer: signingPublicKey }
}

const schemaDocument = z.object({
  fund: z.string(),
  agency: z.string(),
  from: z.string(),
  to: z.string(),
  balance: z.object({ digest: z.string() }).loose(),
})

/** A closing by its books and its last day. */
export type ChangedClosing = { fund: string; agency: string; toOn: string }

/**
 * The closings whose signature does not hold, or whose books are no longer as they were closed. A balance counts as closed by what is booked up
 * to its last day; nothing can be booked there any more.
 */
export async function findChangedClosings(work: Work): Promise<ChangedClosing[]> {
  const confirmed = await ledgerTables(work)
    .selectFrom('ledger.closing_confirmation')
    .select(['fund', 'agency', 'to_on as to', 'document', 'signature', 'signer'])
    .orderBy('agency')
    .orderBy('fund')
    .orderBy('to_on')
    .execute()
  const changed: ChangedClosing[] = []
  for (const { document, signature, signer, fund, agency, to } of confirmed) {
    const read = schemaDocument.safeParse(jsonOf(document))
    const isWhole =
      sm2Verify(signer, Buffer.from(document), signature) &&
      read.success &&
      read.data.to === to &&
      (await balanceOfTerm(work, read.data)).digest === read.data.balance.digest
    if (!isWhole) changed.push({ fund, agency, toOn: to })
  }
  return changed
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
