import { z } from 'zod'
import { type Id, parseInput, Refusal, schemaId, schemaRegion, type Work } from '../../ground/door.ts'
import { getEmployer, getInstitution } from '../../people/door.ts'
import { type Field, fields, ownTables } from './tables.ts'

/** A reader of cards: what it is for, and whose it is. `merchantId` is whom the money taken there is owed to; the agency takes none. */
export type Terminal = {
  terminalId: Id
  name: string
  field: Field
  agency: string
  merchantId: Id | null
}

/** What registering a terminal takes: it belongs to an employer, an institution or, with neither, the agency. */
export const schemaNewTerminal = z.strictObject({
  name: z.string().trim().min(1).max(100),
  field: z.enum(fields),
  agency: schemaRegion,
  employerId: schemaId.optional(),
  institutionId: schemaId.optional(),
})

/**
 * Registers a terminal. Refused: `terminal_needs_merchant` where it takes money and belongs to nobody who could be paid, `employer_unknown`,
 * `institution_unknown`.
 */
export async function registerTerminal(work: Work, input: z.input<typeof schemaNewTerminal>): Promise<Id> {
  const { name, field, agency, employerId, institutionId } = parseInput(schemaNewTerminal, input)
  const takesMoney = field !== 'government' && field !== 'benefits'
  if ((takesMoney && !employerId && !institutionId) || (employerId && institutionId)) {
    throw new Refusal('terminal_needs_merchant', { clause: 'B4.01' })
  }
  if (employerId) await getEmployer(work, employerId)
  if (institutionId) await getInstitution(work, institutionId)
  const id = work.newId()
  await ownTables(work)
    .insertInto('svc_card_use.terminal')
    .values({
      ...{ id, name, field, agency, opened_at: work.now },
      ...{ employer_id: employerId ?? null, institution_id: institutionId ?? null },
    })
    .execute()
  return id
}

/** The terminals that the acting party sees: its own, or those of the agency's region. */
export async function terminalsOf(work: Work): Promise<Terminal[]> {
  const rows = await ownTables(work)
    .selectFrom('svc_card_use.terminal')
    .selectAll()
    .orderBy('field')
    .orderBy('name')
    .execute()
  return rows.map(({ id, name, field, agency, employer_id, institution_id }) => ({
    ...{ terminalId: id, name, field, agency },
    merchantId: employer_id ?? institution_id,
  }))
}

/**
 * A terminal that the acting party may use: its own body's, an officer of the agency those of the halls. Refused: `terminal_unknown`.
 */
export async function getOwnTerminal(work: Work, terminalId: Id): Promise<Terminal> {
  const terminal = (await terminalsOf(work)).find((each) => each.terminalId === terminalId)
  const isOwn = work.actor.kind !== 'staff' || terminal?.merchantId === null
  if (!terminal || !isOwn) throw new Refusal('terminal_unknown')
  return terminal
}
