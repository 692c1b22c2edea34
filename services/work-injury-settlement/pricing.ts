import type { z } from 'zod'
import { BrokenInvariant, type Id, must, type PlainDate, Refusal, type Work } from '../../ground/door.ts'
import type { Rulebook, Ruling } from '../../law/door.ts'
import { type CatalogueEntry, findCatalogueEntries, findMappings } from '../../registers/door.ts'
import { amountAt, type NumberedLine } from './bill.ts'
import { pricedLineMessage } from './messages-between.ts'
import { numberResult, wordResult } from './ruling.ts'
import { serviceTables } from './tables.ts'

/** A line as it comes out of pricing. */
export type PricedLine = z.infer<typeof pricedLineMessage>

/** A line before pricing, with the catalogue code the hospital's own code is mapped to; null: mapped to "outside the catalogue". */
export type MappedLine = Pick<NumberedLine, 'no' | 'name' | 'quantityMilli' | 'amountFen' | 'injuryRelated'> & {
  catalogueCode: string | null
}

/**
 * Maps each line to the catalogue (三目对照). A line for the injury whose code has no approved mapping on its day stops everything: Refusal
 * `bill_lines_unmapped` with the list. Lines not for the injury need none, since the fund pays nothing for them.
 */
export async function mapLines(
  work: Work,
  institutionId: Id,
  lines: readonly NumberedLine[],
  on: PlainDate,
): Promise<MappedLine[]> {
  const codes = [...new Set(lines.filter(({ injuryRelated }) => injuryRelated).map(({ hospitalCode }) => hospitalCode))]
  const mappings = await findMappings(work, { institutionId, codes, on })
  const catalogueCodes = new Map(mappings.map((mapping) => [mapping.hospitalCode, mapping.catalogueCode]))
  const unmapped = codes.filter((code) => !catalogueCodes.has(code))
  if (unmapped.length > 0) {
    throw new Refusal('bill_lines_unmapped', {
      clause: 'A1.14',
      params: { count: unmapped.length, codes: unmapped.slice(0, 20).join('、') },
    })
  }
  return lines.map(({ no, name, quantityMilli, amountFen, injuryRelated, hospitalCode }) => ({
    ...{ no, name, quantityMilli, amountFen, injuryRelated },
    catalogueCode: catalogueCodes.get(hospitalCode) ?? null,
  }))
}

/** Prices mapped lines by the catalogue of one region on a day (A1.14, A1.15): each by the policy `line-pricing`. */
export async function priceLines(
  work: Work,
  rulebook: Rulebook,
  lines: readonly MappedLine[],
  place: { catalogueRegion: string; insuredRegion: string; on: PlainDate },
): Promise<PricedLine[]> {
  const codes = [...new Set(lines.flatMap(({ catalogueCode }) => catalogueCode ?? []))]
  const entries = await findCatalogueEntries(work, { region: place.catalogueRegion, codes, on: place.on })
  const byCode = new Map(entries.map((entry) => [entry.code, entry]))
  const used = new Map<string, number>()
  const facts = lines.map((line) => {
    const entry = line.catalogueCode === null || !line.injuryRelated ? undefined : byCode.get(line.catalogueCode)
    return {
      injuryRelated: line.injuryRelated,
      inCatalogue: entry !== undefined,
      amountFen: line.amountFen,
      limitFen: entry ? limitOf(line, entry, used) : null,
    }
  })
  const question = {
    policy: 'line-pricing',
    on: place.on,
    insuredRegion: place.insuredRegion,
    treatmentRegion: work.node.region,
  }
  const rulings = await rulebook.decideEach(work, question, facts)
  return lines.map((line, index) => pricedLine(line, facts[index]?.limitFen ?? null, must(rulings[index], 'a ruling')))
}

/**
 * The highest amount the catalogue allows for a line: its price limit times the quantity allowed. A quantity limit is for the whole stay:
 * `used` counts, in thousandths, what earlier lines of the same code have taken. Null: no limit.
 */
function limitOf(line: MappedLine, entry: CatalogueEntry, used: Map<string, number>): number | null {
  const usedMilli = used.get(entry.code) ?? 0
  used.set(entry.code, usedMilli + line.quantityMilli)
  const leftMilli = entry.quantityLimit === undefined ? line.quantityMilli : entry.quantityLimit * 1000 - usedMilli
  const allowedMilli = Math.min(line.quantityMilli, Math.max(0, leftMilli))
  if (entry.priceLimitFen !== undefined) return amountAt(entry.priceLimitFen, allowedMilli)
  if (allowedMilli === line.quantityMilli) return null
  return Number((BigInt(line.amountFen) * BigInt(allowedMilli)) / BigInt(line.quantityMilli))
}

function pricedLine(line: MappedLine, limitFen: number | null, ruling: Ruling): PricedLine {
  const [fundFen, personFen] = [numberResult(ruling, 'fundFen'), numberResult(ruling, 'personFen')]
  if (fundFen + personFen !== line.amountFen) throw new BrokenInvariant(`line ${line.no} is not priced in full`)
  return {
    ...{ no: line.no, catalogueCode: line.catalogueCode, limitFen, fundFen, personFen },
    finding: pricedLineMessage.shape.finding.parse(wordResult(ruling, 'finding')),
    because: ruling.decision.because,
  }
}

/** Keeps what a preview made of each line of a bill version. */
export async function keepPrices(
  work: Work,
  place: { stayId: Id; preview: number; version: number; agency: string; institutionId: Id; catalogueRegion: string },
  lines: readonly PricedLine[],
): Promise<void> {
  const rows = lines.map((line) => ({
    stay_id: place.stayId,
    preview: place.preview,
    version: place.version,
    no: line.no,
    agency: place.agency,
    institution_id: place.institutionId,
    catalogue_region: place.catalogueRegion,
    catalogue_code: line.catalogueCode,
    limit_fen: line.limitFen,
    fund_fen: line.fundFen,
    person_fen: line.personFen,
    finding: line.finding,
    because: line.because,
  }))
  await serviceTables(work).insertInto('svc_work_injury_settlement.priced_line').values(rows).execute()
}

/** The sums of a preview, by what the person pays for. */
export function sumPrices(lines: readonly PricedLine[]) {
  const personFor = (finding: PricedLine['finding']) =>
    sum(lines.filter((line) => line.finding === finding).map(({ personFen }) => personFen))
  const fundFen = sum(lines.map((line) => line.fundFen))
  const personFen = sum(lines.map((line) => line.personFen))
  return {
    ...{ fundFen, personFen, totalFen: fundFen + personFen },
    notForInjuryFen: personFor('not_for_injury'),
    outsideCatalogueFen: personFor('outside_catalogue'),
    overLimitFen: personFor('over_limit'),
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
