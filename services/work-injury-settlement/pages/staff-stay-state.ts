import * as z from 'zod/mini'
import type { CaseView } from '../../../kit/door.ts'

const stayState = z.object({
  admission: z.nullable(
    z.object({
      insuredRegion: z.string(),
      shownBy: z.enum(['qr', 'card']),
      careKind: z.string(),
      costType: z.string(),
      admittedOn: z.string(),
      bed: z.nullable(z.string()),
    }),
  ),
  eligibility: z.nullable(
    z.object({
      ruling: z.unknown(),
      catalogueOf: z.nullable(z.string()),
      filing: z.nullable(z.object({ number: z.string(), filingClass: z.string(), validTo: z.nullable(z.string()) })),
      manualClaim: z.nullable(z.string()),
    }),
  ),
  bill: z.nullable(
    z.object({ version: z.number(), lineCount: z.number(), totalFen: z.number(), sourceName: z.string() }),
  ),
  awaitingPrices: z.nullable(z.number()),
  preview: z.nullable(
    z.object({
      number: z.number(),
      totalFen: z.number(),
      fundFen: z.number(),
      personFen: z.number(),
      notForInjuryFen: z.number(),
      outsideCatalogueFen: z.number(),
      overLimitFen: z.number(),
    }),
  ),
  settlement: z.nullable(
    z.object({
      number: z.string(),
      dischargedOn: z.string(),
      settledOn: z.string(),
      totalFen: z.number(),
      fundFen: z.number(),
      personFen: z.number(),
      deductedFen: z.number(),
      undoneOn: z.nullable(z.string()),
      home: z.enum(['waiting', 'booked', 'disputed']),
      homeCode: z.nullable(z.string()),
      claimNumber: z.nullable(z.string()),
    }),
  ),
  proposedDeduction: z.nullable(
    z.object({ amountFen: z.number(), reason: z.string(), appeal: z.nullable(z.string()) }),
  ),
})

/** The state of a stay, as far as staff pages show it. */
export type StayState = z.infer<typeof stayState>

/** Reads the state of a stay's case. */
export function stayStateOf({ file }: CaseView): StayState {
  return z.parse(stayState, file.state)
}

/** A line of a bill with what a preview made of it. */
export type StayLine = {
  no: number
  name: string
  hospitalCode: string
  chargedOn: string
  quantityMilli: number
  unitPriceFen: number
  amountFen: number
  injuryRelated: boolean
  catalogueCode: string | null
  limitFen: number | null
  fundFen: number | null
  personFen: number | null
  finding: string | null
  because: string | null
}
