import type { Id, PlainDate } from '../../../ground/door.ts'
import type { SimulatedRegion } from '../../../simulation/door.ts'

/** A case as somebody sees it who looks at the desk: read from the tables, not through the product. */
export type OpenCase = {
  id: Id
  number: string
  flow: string
  status: string
  seq: number
  personId: Id | null
  institutionId: Id | null
  summary: Record<string, string | number | null>
  /** The last step that was taken, and what it recorded. */
  lastStep: string
  lastBody: Record<string, unknown>
}

const open = `
  SELECT file.id, file.number, file.flow, file.status, file.seq, file.person_id AS "personId", file.institution_id AS "institutionId",
    file.summary, last.kind AS "lastStep", last.body AS "lastBody"
  FROM cases.case_file file
  JOIN LATERAL (SELECT kind, body FROM cases.event WHERE case_id = file.id ORDER BY seq DESC LIMIT 1) last ON true
  WHERE file.closed_at IS NULL OR file.status = 'cleared'
  ORDER BY file.id`

/** Every case of a region that is not closed, and the stays that can still be undone after clearing; oldest first. */
export function openCases(region: SimulatedRegion): Promise<readonly OpenCase[]> {
  return region.database.look<OpenCase>(open)
}

/** What the newest of some steps of a case recorded. */
export async function recordOf(region: SimulatedRegion, caseId: Id, steps: readonly string[]): Promise<unknown> {
  const [found] = await region.database.look<{ body: unknown }>(
    'SELECT body FROM cases.event WHERE case_id = $1 AND kind = ANY($2) ORDER BY seq DESC LIMIT 1',
    [caseId, steps],
  )
  return found?.body
}

/** What can be opened in a region now, since something waits for it. */
export type Waiting = { hospitalsToReconcile: Id[]; isPaymentDue: boolean }

/** Hospitals with settlements of no open reconciliation, and whether any audited settlement waits for a batch. */
export async function waitingIn(region: SimulatedRegion): Promise<Waiting> {
  const [found] = await region.database.look<Waiting>(`
    SELECT
      (SELECT coalesce(array_agg(DISTINCT s.institution_id), '{}') FROM svc_work_injury_settlement.settlement s
        WHERE s.side = 'host' AND s.state = 'settled' AND s.reconciled_on IS NULL
        AND NOT EXISTS (SELECT FROM cases.case_file f WHERE f.flow = 'reconciliation' AND f.closed_at IS NULL
          AND f.institution_id = s.institution_id)) AS "hospitalsToReconcile",
      EXISTS (SELECT FROM svc_work_injury_settlement.settlement s
        WHERE s.side = 'host' AND s.state = 'settled' AND s.audited_on IS NOT NULL AND s.paid_on IS NULL
        AND s.fund_fen > s.deducted_fen
        AND NOT EXISTS (SELECT FROM cases.case_file f WHERE f.flow = 'payment' AND f.closed_at IS NULL)) AS "isPaymentDue"`)
  return found ?? { hospitalsToReconcile: [], isPaymentDue: false }
}

/** True while some settlement is owed for, or owed back, and not cleared: the next quarter brings it to the hub. */
export async function isClearingDue(region: SimulatedRegion): Promise<boolean> {
  const rows = await region.database.look(`
    SELECT FROM svc_work_injury_settlement.settlement
    WHERE side = 'host' AND insured_region <> treatment_region AND (state = 'undone' OR paid_on IS NOT NULL)
      AND (CASE state WHEN 'undone' THEN 0 ELSE fund_fen - deducted_fen END) <> cleared_fen LIMIT 1`)
  return rows.length > 0
}

/** A settlement of another region's that can be disputed here, and what it says is owed. */
export type Disputable = { number: string; owedFen: number }

/** What stands as owed for this region's workers and is not cleared. */
export function disputableIn(region: SimulatedRegion): Promise<readonly Disputable[]> {
  return region.database.look<Disputable>(`
    SELECT number, (fund_fen - deducted_fen)::float8 AS "owedFen" FROM svc_work_injury_settlement.settlement
    WHERE side = 'home' AND insured_region <> treatment_region AND state = 'settled' AND cleared_fen = 0 AND fund_fen > deducted_fen
    ORDER BY number`)
}

const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** The business day in a region now. */
export function todayOf(region: SimulatedRegion): PlainDate {
  return shanghai.format(Date.parse(region.node.clock.now()))
}
