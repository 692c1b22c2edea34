import { z } from 'zod'
import { type Id, type PlainDate, parseInput, schemaDate, type Work } from '../ground/door.ts'
import { guarded } from './constraints.ts'
import { getEmployer } from './employer.ts'
import { type EntityKind, entityKinds, peopleTables, type SizeClass, sizeClasses } from './tables.ts'

/** What kind of body an employer is, and of what size, from a date on; `source` says where that is recorded. */
export type EmployerProfile = { entityKind: EntityKind; sizeClass: SizeClass; from: PlainDate; source: string }

/** See `EmployerProfile`. */
export const schemaEmployerProfile = z.object({
  entityKind: z.enum(entityKinds),
  sizeClass: z.enum(sizeClasses),
  from: schemaDate,
  source: z.string().trim().min(1),
})

/** Records what an employer is from a date on. Earlier versions stay. Refused: `employer_unknown`, `outside_own_agency`. */
export async function recordEmployerProfile(work: Work, employerId: Id, input: EmployerProfile): Promise<void> {
  const profile = parseInput(schemaEmployerProfile, input)
  await getEmployer(work, employerId)
  await guarded(
    peopleTables(work)
      .insertInto('people.employer_profile')
      .values({
        employer_id: employerId,
        entity_kind: profile.entityKind,
        size_class: profile.sizeClass,
        from_on: profile.from,
        source: profile.source,
        recorded_at: work.now,
      })
      .execute(),
  )
}

/** What an employer is on a date, by the last version recorded for it; undefined where nothing is recorded by then. */
export async function findEmployerProfile(
  work: Work,
  employerId: Id,
  on: PlainDate,
): Promise<EmployerProfile | undefined> {
  const row = await peopleTables(work)
    .selectFrom('people.employer_profile')
    .selectAll()
    .where('employer_id', '=', employerId)
    .where('from_on', '<=', on)
    .orderBy('from_on', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { entityKind: row.entity_kind, sizeClass: row.size_class, from: row.from_on, source: row.source }
}
