import { z } from 'zod'
import type { SimulatedRegion } from '../../../simulation/door.ts'

/** A case with every step that was taken on it, as the log has them. */
export type LoggedCase = {
  id: string
  number: string
  flow: string
  status: string
  personId: string | null
  institutionId: string | null
  steps: LoggedStep[]
}

/** One step: what was recorded, as written. */
export type LoggedStep = { seq: number; kind: string; outcome: string | null; body: unknown }

/** A line of a bill as the hospital sent it. */
export type SentLine = { code: string; quantityMilli: number; amountFen: number; injuryRelated: boolean }

/** A settlement as a side keeps it. */
export type KeptSettlement = {
  side: 'host' | 'home'
  number: string
  revision: number
  insured: string
  treatment: string
  state: string
  fundFen: number
  deductedFen: number
  clearedFen: number
}

/** What a region has written down, read from its tables. */
export type Records = {
  region: string
  cases: readonly LoggedCase[]
  /** Lines by stay and version of its bill: `<stay id> <version>`. */
  bills: ReadonlyMap<string, SentLine[]>
  settlements: readonly KeptSettlement[]
  /** What stands on the accounts on their normal side, by `name` or `name:party`; nothing at zero. */
  balances: ReadonlyMap<string, number>
}

const casesSql = `
  SELECT f.id, f.number, f.flow, f.status, f.person_id AS "personId", f.institution_id AS "institutionId",
    json_agg(json_build_object('seq', e.seq, 'kind', e.kind, 'outcome', e.outcome, 'body', e.body) ORDER BY e.seq) AS steps
  FROM cases.case_file f JOIN cases.event e ON e.case_id = f.id GROUP BY f.id ORDER BY f.id`

const billsSql = `
  SELECT stay_id || ' ' || version AS bill, json_agg(json_build_object('code', hospital_code, 'quantityMilli', quantity_milli,
    'amountFen', amount_fen, 'injuryRelated', injury_related)) AS lines
  FROM svc_work_injury_settlement.bill_line GROUP BY stay_id, version`

const settlementsSql = `
  SELECT side, number, revision, insured_region AS insured, treatment_region AS treatment, state, fund_fen::float8 AS "fundFen",
    deducted_fen::float8 AS "deductedFen", cleared_fen::float8 AS "clearedFen"
  FROM svc_work_injury_settlement.settlement ORDER BY number`

const balancesSql = `
  SELECT a.name || coalesce(':' || a.party, '') AS account,
    sum(CASE WHEN (e.side = 'debit') = (a.kind IN ('asset', 'expense')) THEN e.amount_fen ELSE -e.amount_fen END)::float8 AS fen
  FROM ledger.account a JOIN ledger.entry e ON e.account_id = a.id GROUP BY a.id`

/** Reads what a region has written down. */
export async function readRecords({ region, database }: SimulatedRegion): Promise<Records> {
  const cases = await database.look<LoggedCase>(casesSql)
  const bills = await database.look<{ bill: string; lines: SentLine[] }>(billsSql)
  const settlements = await database.look<KeptSettlement>(settlementsSql)
  const balances = await database.look<{ account: string; fen: number }>(balancesSql)
  return {
    region,
    cases,
    bills: new Map(bills.map(({ bill, lines }) => [bill, lines])),
    settlements,
    balances: new Map(balances.filter(({ fen }) => fen !== 0).map(({ account, fen }) => [account, fen])),
  }
}

/** The cases of a flow. */
export function casesOf({ cases }: Records, flow: string): LoggedCase[] {
  return cases.filter((file) => file.flow === flow)
}

/** What a step recorded, as far as a judge looks at it. */
export const recorded = {
  admitted: z.object({ insuredRegion: z.string() }),
  bill: z.object({ version: z.number() }),
  preview: z.object({ billVersion: z.number() }).nullable(),
  settled: z.object({ number: z.string(), fundFen: z.number(), revision: z.number() }),
  settlement: z.object({ settlement: z.object({ number: z.string(), deductedFen: z.number() }).nullable() }),
  receipt: z.object({ revision: z.number(), home: z.string() }),
  cleared: z.object({ settlementNumber: z.string(), clearedFen: z.number() }),
  batch: z.object({
    lines: z.array(
      z.object({
        settlementNumber: z.string(),
        institutionId: z.string(),
        amountFen: z.number(),
        offsetFen: z.number(),
        result: z.string(),
      }),
    ),
  }),
  claim: z.object({ amounts: z.object({ mealFen: z.number(), totalFen: z.number() }).nullable() }),
  occasion: z.object({
    occasion: z.object({ personId: z.string(), admittedOn: z.string(), dischargedOn: z.string().nullable() }),
  }),
  receipts: z.object({ receipts: z.array(z.object({ number: z.string() })) }),
}
