import { sql } from 'kysely'
import { builtOnce, type Given, type Id, rowsTogether, type Work } from '../../ground/door.ts'
import { type ServiceTables, type SettlementRow, serviceTables } from './tables.ts'

/** Keeps the newest revision of a settlement; an older one than is known changes nothing. Returns whether it was newer. */
export async function keepSettlement(work: Work, row: SettlementRow): Promise<boolean> {
  const { rows } = await work.db.executeQuery(keptIfNewer({ rows: JSON.stringify([row]) }))
  return rows.some(({ number }) => number === row.number)
}

/** What a newer revision must not take back: reconciliation, payment, clearing and disputes have their own steps. */
function withoutProgress(columns: Omit<SettlementRow, 'number' | 'side' | 'revision'>) {
  const { reconciled_on, paid_on, cleared_fen, cleared_in, disputed_in, ...state } = columns
  return state
}

const stateColumns = {
  ...{ case_id: true, agency: true, insured_region: true, treatment_region: true, institution_id: true },
  ...{ person_id: true, cost_type: true, state: true, total_fen: true, fund_fen: true, person_fen: true },
  ...{ deducted_fen: true, admitted_on: true, discharged_on: true, settled_on: true, undone_on: true },
  ...{ audited_on: true, changed_on: true },
} satisfies Record<keyof ReturnType<typeof withoutProgress>, true>

const keptIfNewer = builtOnce((_, given: Given<{ rows: string }>) => {
  const newer = ['revision', ...Object.keys(stateColumns)].map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`,
  )
  return sql<{ number: string }>`${rowsTogether}
    INSERT INTO svc_work_injury_settlement.settlement AS known
    SELECT * FROM json_populate_recordset(NULL::svc_work_injury_settlement.settlement, ${given('rows')}::json)
    ON CONFLICT (side, number) DO UPDATE SET ${sql.join(newer)} WHERE known.revision < excluded.revision
    RETURNING number`
})

/** The newest known state of a settlement on one side, or undefined. */
export async function findSettlement(
  work: Work,
  side: SettlementRow['side'],
  number: string,
): Promise<SettlementRow | undefined> {
  return (await work.db.executeQuery(settlementOf({ side, number }))).rows[0]
}

const settlementOf = builtOnce((query, given: Given<Pick<SettlementRow, 'side' | 'number'>>) =>
  query
    .withTables<ServiceTables>()
    .selectFrom('svc_work_injury_settlement.settlement')
    .selectAll()
    .where('side', '=', given('side'))
    .where('number', '=', given('number')),
)

/** Puts what home knows of a settlement right at the same revision; progress is kept. */
export async function replaceSettlement(work: Work, row: SettlementRow): Promise<void> {
  const { number, side, revision, ...columns } = row
  await serviceTables(work)
    .updateTable('svc_work_injury_settlement.settlement')
    .set(withoutProgress(columns))
    .where('side', '=', side)
    .where('number', '=', number)
    .execute()
}

/** Locks a settlement until the transaction ends. */
export async function lockSettlement(work: Work, side: SettlementRow['side'], number: string): Promise<void> {
  await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.settlement')
    .select('number')
    .where('side', '=', side)
    .where('number', '=', number)
    .forUpdate()
    .execute()
}

/** Notes how far a settlement has come: reconciled, paid (or paid no longer), cleared, disputed (or no longer). */
export async function noteProgress(
  work: Work,
  side: SettlementRow['side'],
  number: string,
  progress: Partial<Pick<SettlementRow, 'reconciled_on' | 'paid_on' | 'cleared_fen' | 'cleared_in' | 'disputed_in'>>,
): Promise<void> {
  await serviceTables(work)
    .updateTable('svc_work_injury_settlement.settlement')
    .set(progress)
    .where('side', '=', side)
    .where('number', '=', number)
    .execute()
}

/** What the insured region owes for a settlement now: the fund's part after deductions, nothing once undone. */
export function owedFen(row: Pick<SettlementRow, 'state' | 'fund_fen' | 'deducted_fen'>): number {
  return row.state === 'undone' ? 0 : row.fund_fen - row.deducted_fen
}

/** Which settlements to list. */
export type SettlementFilter = {
  side: SettlementRow['side']
  institutionId?: Id
  /** Discharged from this day to that. */
  dischargedFrom?: string
  dischargedTo?: string
  treatmentRegion?: string
  /** Whose newest revision is of this day. */
  changedOn?: string
  /** Only those with something left to clear. */
  uncleared?: true
  /** Only those that are audited and not paid. */
  toPay?: true
  /** Locks them until the transaction ends. */
  forUpdate?: true
}

/** Settlements as this node knows them and the actor may see, newest discharge first; all of them, since money is counted from them. */
export async function listSettlements(work: Work, filter: SettlementFilter): Promise<SettlementRow[]> {
  const { side, institutionId, dischargedFrom, dischargedTo } = filter
  let query = serviceTables(work)
    .selectFrom('svc_work_injury_settlement.settlement')
    .selectAll()
    .where('side', '=', side)
    .orderBy('discharged_on', 'desc')
    .orderBy('number')
  if (institutionId !== undefined) query = query.where('institution_id', '=', institutionId)
  if (dischargedFrom !== undefined) query = query.where('discharged_on', '>=', dischargedFrom)
  if (dischargedTo !== undefined) query = query.where('discharged_on', '<=', dischargedTo)
  if (filter.treatmentRegion !== undefined) query = query.where('treatment_region', '=', filter.treatmentRegion)
  if (filter.changedOn !== undefined) query = query.where('changed_on', '=', filter.changedOn)
  if (filter.uncleared) {
    query = query.where(
      sql<boolean>`(CASE WHEN state = 'undone' THEN 0 ELSE fund_fen - deducted_fen END) <> cleared_fen`,
    )
  }
  if (filter.toPay) {
    query = query.where('state', '=', 'settled').where('audited_on', 'is not', null).where('paid_on', 'is', null)
  }
  return (filter.forUpdate ? query.forUpdate() : query).execute()
}

/** The settlements of one stay, whose numbers are `<stay number>-<n>`, in no order: with one, PostgreSQL would read all that are in it. */
export async function settlementsOfStay(
  work: Work,
  side: SettlementRow['side'],
  stayNumber: string,
): Promise<SettlementRow[]> {
  // A range of the primary key: `.` comes after `-`.
  return (await work.db.executeQuery(ofStay({ side, from: `${stayNumber}-`, to: `${stayNumber}.` }))).rows
}

const ofStay = builtOnce((query, given: Given<{ side: SettlementRow['side']; from: string; to: string }>) =>
  query
    .withTables<ServiceTables>()
    .selectFrom('svc_work_injury_settlement.settlement')
    .selectAll()
    .where('side', '=', given('side'))
    .where('number', '>', given('from'))
    .where('number', '<', given('to')),
)

/** The n of a settlement number `<stay number>-<n>`: how often the stay has been settled. */
export function settlementOrdinal(settlementNumber: string): number {
  return Number(settlementNumber.split('-').at(-1))
}
