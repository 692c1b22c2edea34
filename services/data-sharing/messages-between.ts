import { z } from 'zod'
import { schemaDate, schemaFen, schemaRegion } from '../../ground/door.ts'
import { certificateKinds, industries, schemaMonth } from '../../people/door.ts'

/** What one region may ask another about a person; each is told without what was not asked. */
export const sharedKinds = [
  'unemployment_months',
  'pension_months',
  'employments',
  'certificates',
  'benefits',
  'death',
] as const

/** See `sharedKinds`. */
export type SharedKind = (typeof sharedKinds)[number]

/** For what it is asked; a consent is for one of these. */
export const sharingPurposes = [
  'benefit_application',
  'relation_transfer',
  'subsidy_application',
  'eligibility_check',
  'fund_safety',
] as const

/** Legal bases that a question may name instead of a consent; which of them hold for which data is a dated value. */
export const legalBases = ['double_benefit_check', 'stop_after_death', 'fund_audit'] as const

/** Kinds, each once. */
export const schemaKinds = z
  .array(z.enum(sharedKinds))
  .min(1)
  .refine((kinds) => new Set(kinds).size === kinds.length, { error: 'each kind of data once' })

/** By what right a question is asked. A consent is told with its terms, for which the region that signs the message answers. */
export const schemaPermission = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('consent'),
    number: z.string().min(1),
    purpose: z.enum(sharingPurposes),
    kinds: schemaKinds,
    until: schemaDate,
  }),
  z.strictObject({ by: z.literal('basis'), basis: z.enum(legalBases) }),
])

/** See `schemaPermission`. */
export type Permission = z.infer<typeof schemaPermission>

/** The kinds of messages of this service, version 1 of each. A consent may be withdrawn before its question comes. */
export const messageKinds = {
  question: 'data-sharing.question',
  answer: 'data-sharing.answer',
  withdrawn: 'data-sharing.consent.withdrawn',
} as const

/** A question: about whom, by digest; what, and what for. `round` counts the times it was asked. */
export const questionMessage = z.strictObject({
  number: z.string().min(1),
  round: z.int().min(1),
  identityDigest: z.string().regex(/^[0-9a-f]{64}$/),
  purpose: z.enum(sharingPurposes),
  kinds: schemaKinds,
  permission: schemaPermission,
})

const period = { from: schemaDate, to: schemaDate.nullable() }

/** What is told of a person: only the kinds that were asked. */
export const sharedFacts = z.strictObject({
  months: z
    .array(
      z.strictObject({
        insurance: z.enum(['unemployment', 'pension']),
        month: schemaMonth,
        baseFen: schemaFen,
        paidOn: schemaDate,
      }),
    )
    .exactOptional(),
  employments: z
    .array(
      z.strictObject({
        employer: z.strictObject({
          creditCode: z.string(),
          name: z.string(),
          region: schemaRegion,
          industry: z.enum(industries),
        }),
        ...period,
        endReason: z.string().nullable(),
        occupation: z.string().nullable(),
      }),
    )
    .exactOptional(),
  certificates: z
    .array(
      z.strictObject({
        number: z.string(),
        kind: z.enum(certificateKinds),
        occupation: z.string(),
        level: z.int(),
        issuedOn: schemaDate,
        issuer: z.string(),
      }),
    )
    .exactOptional(),
  benefits: z
    .array(z.strictObject({ kind: z.string(), from: schemaMonth, to: schemaMonth.nullable() }))
    .exactOptional(),
  diedOn: schemaDate.nullable().exactOptional(),
})

/** See `sharedFacts`. */
export type SharedFacts = z.infer<typeof sharedFacts>

/** The answer: what is known (of somebody unknown: nothing, `known` false), or why it is not told. */
export const answerMessage = z.strictObject({
  number: z.string().min(1),
  round: z.int().min(1),
  asOn: schemaDate,
  content: z.discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('told'),
      known: z.boolean(),
      usableUntil: schemaDate,
      facts: sharedFacts,
    }),
    z.strictObject({ outcome: z.literal('refused'), reason: z.string() }),
  ]),
})

/** See `answerMessage`. */
export type Answer = z.infer<typeof answerMessage>

/** A consent under which questions may have been asked does not hold any more. */
export const withdrawnMessage = z.strictObject({ consent: z.string().min(1) })
