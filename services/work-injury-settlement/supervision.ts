import { z } from 'zod'
import { daysBetween, schemaDate, type Work } from '../../ground/door.ts'
import { listSettlements, owedFen } from './settlements.ts'
import type { SettlementRow } from './tables.ts'

/** Days from discharge to payment, as they are shown: at least the first, less than the next. */
export const dayBounds = [0, 8, 16, 31, 61] as const

const sums = { count: z.int(), totalFen: z.int(), fundFen: z.int() }

/** What there is to supervise of settlements discharged from a day on, as far as the actor's agency reaches. */
export const supervisionAnswer = z.object({
  from: schemaDate,
  /** By month of discharge; `host`: treated here, `home`: insured here. */
  months: z.array(z.object({ month: z.string(), side: z.enum(['host', 'home']), ...sums })),
  /** Days from discharge to payment of the hospital (A1.21), of what was paid here. */
  days: z.array(z.object({ atLeast: z.int(), lessThan: z.int().nullable(), count: z.int() })),
  /** From the place where people are insured to the place where they are treated. */
  flows: z.array(
    z.object({
      insuredRegion: z.string(),
      treatmentRegion: z.string(),
      ...sums,
      owedFen: z.int(),
      clearedFen: z.int(),
    }),
  ),
})

type Supervision = z.infer<typeof supervisionAnswer>

/** The figures of this service's settlements from a day on. What is undone is not counted. */
export async function supervision(work: Work, from: string): Promise<Supervision> {
  const list = async (side: SettlementRow['side']) =>
    (await listSettlements(work, { side, dischargedFrom: from })).filter(({ state }) => state === 'settled')
  const [host, home] = [await list('host'), await list('home')]
  return { from, months: [...monthsOf(host), ...monthsOf(home)], days: daysOf(host), flows: flowsOf(host, home) }
}

function sumOf(rows: readonly SettlementRow[]) {
  return {
    count: rows.length,
    totalFen: rows.reduce((sum, row) => sum + row.total_fen, 0),
    fundFen: rows.reduce((sum, row) => sum + row.fund_fen, 0),
  }
}

function monthsOf(rows: readonly SettlementRow[]): Supervision['months'] {
  const byMonth = [...Map.groupBy(rows, ({ discharged_on }) => discharged_on.slice(0, 7))]
  return byMonth
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([month, of]) => of.slice(0, 1).map(({ side }) => ({ month, side, ...sumOf(of) })))
}

function daysOf(rows: readonly SettlementRow[]): Supervision['days'] {
  const days = rows.flatMap((row) => (row.paid_on === null ? [] : [daysBetween(row.discharged_on, row.paid_on)]))
  return dayBounds.map((atLeast, index) => {
    const lessThan = dayBounds[index + 1] ?? null
    return { atLeast, lessThan, count: days.filter((each) => each >= atLeast && each < (lessThan ?? Infinity)).length }
  })
}

/** Each settlement once: what is both insured and treated here stands on both sides of the books. */
function flowsOf(host: readonly SettlementRow[], home: readonly SettlementRow[]): Supervision['flows'] {
  const known = new Set(host.map(({ number }) => number))
  const rows = [...host, ...home.filter(({ number }) => !known.has(number))]
  const byPair = Map.groupBy(rows, (row) => `${row.insured_region} ${row.treatment_region}`)
  return [...byPair.values()]
    .flatMap((of) =>
      of.slice(0, 1).map(({ insured_region, treatment_region }) => ({
        insuredRegion: insured_region,
        treatmentRegion: treatment_region,
        ...sumOf(of),
        owedFen: of.reduce((sum, row) => sum + owedFen(row), 0),
        clearedFen: of.reduce((sum, row) => sum + row.cleared_fen, 0),
      })),
    )
    .sort((one, other) => other.fundFen - one.fundFen)
}
