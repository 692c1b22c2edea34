import { z } from 'zod'
import { schemaDate, schemaId, schemaInstant } from '../../ground/door.ts'
import { authorityScopes, bankClasses, maskName } from '../../people/door.ts'

/** A name or title in both languages. */
export const schemaBoth = z.object({ zh: z.string(), en: z.string() })

/** Parameters of a message sentence. */
export const schemaParams = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** A code of the message files with its parameters. */
export const schemaCoded = z.object({ code: z.string(), params: schemaParams })

/** A sum of money that may be beyond safe integers: whole fen as text. */
export const schemaSumFen = z.string().regex(/^-?\d+$/)

/** Why a person's data is looked at; kept in the access log, which the person can read. */
export const schemaPurpose = z
  .string()
  .trim()
  .min(2)
  .max(200)
  .describe('why: kept in the access log that the person can read')

/** What a change without other news answers. */
export const schemaDone = z.object({ done: z.literal(true) })

/** The answer of `schemaDone`. */
export const done = { done: true } as const

/** A flag in a query. */
export const queryFlag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** How many lines at most. */
export const queryLimit = (largest: number) => z.coerce.number().int().min(1).max(largest)

/** A period of business dates, both ends included. */
export const queryPeriod = z.object({ from: schemaDate, to: schemaDate })

/** See `PersonView`. */
export const schemaPerson = z
  .object({
    personId: schemaId,
    name: z.string(),
    idNumberMasked: z.string(),
    sex: z.string(),
    birthOn: schemaDate,
    phoneMasked: z.string().nullable(),
    homeRegion: z.string(),
    agency: z.string(),
    retiredOn: schemaDate.nullable(),
    diedOn: schemaDate.nullable(),
  })
  .meta({ id: 'Person' })

/** See `Card`. */
export const schemaCard = z
  .object({
    cardId: schemaId,
    number: z.string(),
    personId: schemaId,
    state: z.enum(['active', 'lost', 'replaced', 'cancelled']),
    issuedOn: schemaDate,
    outlet: z.string(),
    bankName: z.string().nullable(),
    bankAccountMasked: z.string().nullable(),
    eCard: z
      .object({
        eCardId: schemaId,
        version: z.string(),
        state: z.enum(['active', 'suspended', 'cancelled']),
        appliedAt: schemaInstant,
        apps: z.array(z.string()),
      })
      .nullable(),
  })
  .meta({ id: 'Card' })

/** See `Enrolment`. */
export const schemaEnrolment = z
  .object({
    enrolmentId: schemaId,
    personId: schemaId,
    employerId: schemaId.nullable(),
    insurance: z.string(),
    poolingArea: z.string(),
    agency: z.string(),
    relation: z.string(),
    contributingContinuously: z.boolean(),
    from: schemaDate,
    to: schemaDate.nullable(),
  })
  .meta({ id: 'Enrolment' })

/** See `Authority`. */
export const schemaAuthority = z
  .object({
    authorityId: schemaId,
    subjectPersonId: schemaId,
    relation: z.string(),
    agentPersonId: schemaId.nullable(),
    agentEmployerId: schemaId.nullable(),
    subjectName: z.string(),
    agentName: z.string().nullable().describe('masked for officers; null for an employer'),
    evidence: z.string(),
    scope: z.array(z.enum(authorityScopes)),
    from: schemaDate,
    to: schemaDate.nullable(),
  })
  .meta({ id: 'Authority' })

/** See `AccessEntry`. */
export const schemaAccessEntry = z
  .object({
    at: schemaInstant,
    action: z.string(),
    purpose: z.string().nullable(),
    role: z.string(),
    agency: z.string().nullable(),
    institutionId: schemaId.nullable(),
    employerId: schemaId.nullable(),
    agentName: z.string().nullable().describe('who acted for the person; masked for officers'),
  })
  .meta({ id: 'AccessEntry' })

/** An access log entry as those read it who audit or supervise: with the name of the officer, where the reader covers their agency. */
export const schemaNamedAccessEntry = schemaAccessEntry
  .extend({ displayName: z.string().nullable() })
  .meta({ id: 'NamedAccessEntry' })

/** Lines that name who acted for somebody, as officers are told of them. */
export function withMaskedAgents<Line extends { agentName: string | null }>(lines: readonly Line[]): Line[] {
  return lines.map((line) => ({ ...line, agentName: line.agentName === null ? null : maskName(line.agentName) }))
}

/** See `Institution`. */
export const schemaInstitution = z
  .object({
    institutionId: schemaId,
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    level: z.int().min(1).max(3).nullable(),
    bankClass: z.enum(bankClasses).nullable(),
    region: z.string(),
  })
  .meta({ id: 'Institution' })

/** See `Employer`. */
export const schemaEmployer = z
  .object({
    employerId: schemaId,
    creditCode: z.string(),
    name: z.string(),
    region: z.string(),
    agency: z.string(),
    industry: z.string(),
    status: z.string(),
  })
  .meta({ id: 'Employer' })

/** See `Assignment`, with the words to show it. */
export const schemaAssignment = z
  .object({
    assignmentId: schemaId,
    userId: schemaId,
    role: z.string(),
    roleTitle: schemaBoth,
    kind: z.enum(['staff', 'institution', 'employer']),
    agency: z.string().optional(),
    institutionId: schemaId.optional(),
    employerId: schemaId.optional(),
    bodyName: schemaBoth,
    from: schemaDate,
    to: schemaDate.nullable(),
  })
  .meta({ id: 'Assignment' })
