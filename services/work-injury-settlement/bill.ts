import { sql } from 'kysely'
import { z } from 'zod'
import {
  BadInput,
  builtOnce,
  type Given,
  type Id,
  must,
  type Problem,
  schemaDate,
  type Work,
} from '../../ground/door.ts'
import { type BillLineRow, type PricedLineRow, type ServiceTables, serviceTables } from './tables.ts'

/** How many lines a bill may have. */
export const billLinesMax = 2_000

/** A line of the fee list (费用明细) as the hospital sends it. `quantityMilli`: thousandths. The amount must be price times quantity. */
export const billLine = z.strictObject({
  hospitalCode: z.string().trim().min(1).max(60),
  name: z.string().trim().min(1).max(120),
  chargedOn: schemaDate,
  quantityMilli: z.int().min(1).max(1_000_000_000),
  unitPriceFen: z.int().min(0).max(1_000_000_000),
  amountFen: z.int().min(0).max(100_000_000_000),
  injuryRelated: z.boolean(),
})

/** See `billLine`. */
export type BillLine = z.infer<typeof billLine>

/** A bill line with its place in the bill. */
export type NumberedLine = BillLine & { no: number }

/**
 * Checks a whole bill before anything is kept: each amount is price times quantity to the fen (half up), dates lie within the stay. Throws
 * `BadInput` with every wrong row; a bill is imported whole or not at all.
 */
export function checkBill(lines: readonly BillLine[], stay: { admittedOn: string; today: string }): void {
  const problems = lines.flatMap((line, index) => lineProblems(line, `lines[${index}]`, stay))
  if (problems.length > 0) throw new BadInput(problems, 'bill_not_valid')
}

function lineProblems(line: BillLine, path: string, stay: { admittedOn: string; today: string }): Problem[] {
  const problems: Problem[] = []
  const expected = amountAt(line.unitPriceFen, line.quantityMilli)
  if (line.amountFen !== expected) {
    problems.push({
      path: `${path}.amountFen`,
      expected: `${expected} (price x quantity)`,
      found: String(line.amountFen),
    })
  }
  if (line.chargedOn < stay.admittedOn || line.chargedOn > stay.today) {
    problems.push({ path: `${path}.chargedOn`, expected: `${stay.admittedOn} .. ${stay.today}`, found: line.chargedOn })
  }
  return problems
}

/** A unit price times a quantity in thousandths, in whole fen, half a fen up. */
export function amountAt(unitPriceFen: number, quantityMilli: number): number {
  return Number((BigInt(unitPriceFen) * BigInt(quantityMilli) + 500n) / 1000n)
}

/** A bill line made of what was told of it to another region: of quantity one, under its catalogue code. */
export function billLineOf(
  told: { name: string; amountFen: number; catalogueCode: string | null; finding: string },
  chargedOn: string,
): BillLine {
  const { name, amountFen, catalogueCode, finding } = told
  return {
    hospitalCode: catalogueCode ?? '-',
    name,
    chargedOn,
    quantityMilli: 1_000,
    unitPriceFen: amountFen,
    amountFen,
    injuryRelated: finding !== 'not_for_injury',
  }
}

/** Keeps a version of a bill. */
export async function keepBill(
  work: Work,
  place: { stayId: Id; version: number; agency: string; institutionId: Id },
  lines: readonly BillLine[],
): Promise<void> {
  const rows: BillLineRow[] = lines.map((line, index) => ({
    stay_id: place.stayId,
    version: place.version,
    no: index + 1,
    agency: place.agency,
    institution_id: place.institutionId,
    hospital_code: line.hospitalCode,
    name: line.name,
    charged_on: line.chargedOn,
    quantity_milli: line.quantityMilli,
    unit_price_fen: line.unitPriceFen,
    amount_fen: line.amountFen,
    injury_related: line.injuryRelated,
  }))
  await serviceTables(work).insertInto('svc_work_injury_settlement.bill_line').values(rows).execute()
}

/** The lines of a bill version in order. */
export async function billLines(work: Work, stayId: Id, version: number): Promise<NumberedLine[]> {
  const rows = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.bill_line')
    .selectAll()
    .where('stay_id', '=', stayId)
    .where('version', '=', version)
    .orderBy('no')
    .execute()
  return rows.map(lineOf)
}

function lineOf(row: Omit<BillLineRow, 'stay_id' | 'version' | 'agency' | 'institution_id'>): NumberedLine {
  return {
    no: row.no,
    hospitalCode: row.hospital_code,
    name: row.name,
    chargedOn: row.charged_on,
    quantityMilli: row.quantity_milli,
    unitPriceFen: row.unit_price_fen,
    amountFen: row.amount_fen,
    injuryRelated: row.injury_related,
  }
}

/** A line of a bill with what a preview made of it. */
export type PricedBillLine = NumberedLine &
  Pick<PricedLineRow, 'finding' | 'because'> & {
    catalogueCode: string | null
    limitFen: number | null
    fundFen: number
    personFen: number
  }

/** The priced lines of a preview in order. */
export async function pricedLines(work: Work, stayId: Id, preview: number): Promise<PricedBillLine[]> {
  // Two statements in one round trip, each by a key: as a join PostgreSQL expected so much of it that it planned it anew each time.
  const [priced, billed] = await Promise.all([
    work.db.executeQuery(pricesOfPreview({ stayId, preview })),
    work.db.executeQuery(linesOfPreview({ stayId, preview })),
  ])
  const lineAt = new Map(billed.rows.map((row) => [row.no, row]))
  return priced.rows.map((row) => ({
    ...lineOf(must(lineAt.get(row.no), `line ${row.no} of a bill`)),
    catalogueCode: row.catalogue_code,
    limitFen: row.limit_fen,
    fundFen: row.fund_fen,
    personFen: row.person_fen,
    finding: row.finding,
    because: row.because,
  }))
}

type PreviewKey = { stayId: Id; preview: number }

const pricesOfPreview = builtOnce((query, given: Given<PreviewKey>) =>
  query
    .withTables<ServiceTables>()
    .selectFrom('svc_work_injury_settlement.priced_line')
    .select(['no', 'catalogue_code', 'limit_fen', 'fund_fen', 'person_fen', 'finding', 'because'])
    .where('stay_id', '=', given('stayId'))
    .where('preview', '=', given('preview'))
    .orderBy('no'),
)

const linesOfPreview = builtOnce((query, given: Given<PreviewKey>) =>
  query
    .withTables<ServiceTables>()
    .selectFrom('svc_work_injury_settlement.bill_line as line')
    .selectAll('line')
    .where('line.stay_id', '=', given('stayId'))
    .where('line.version', '=', (of) =>
      of
        .selectFrom('svc_work_injury_settlement.priced_line as priced')
        .select('priced.version')
        .where('priced.stay_id', '=', given('stayId'))
        .where('priced.preview', '=', given('preview'))
        .limit(sql.lit(1)),
    ),
)
