import { sql } from 'kysely'
import type { Id, PlainDate, Work } from '../ground/door.ts'
import { logRead } from './access-log.ts'

/**
 * What may happen to a person in the registers that makes something due: an age reached, a certificate recorded, a card reported lost and not yet
 * replaced or found, an employment that ended.
 */
export type RegisterEventQuery =
  | { kind: 'reached_age'; years: number }
  | { kind: 'certificate_recorded' }
  | { kind: 'card_lost' }
  | { kind: 'employment_ended' }

/** One such event. `reference` names it among those of its kind: the certificate, the loss, the employment; an age is reached once. */
export type RegisterEvent = {
  kind: RegisterEventQuery['kind']
  personId: Id
  agency: string
  on: PlainDate
  reference: string
}

/**
 * The events of one kind from a day to another, both inclusive, of everybody alive whom the acting party sees, in the order of their days; each person
 * found is told in their access log.
 */
export async function registerEvents(
  work: Work,
  query: RegisterEventQuery & { from: PlainDate; to: PlainDate },
  purpose: string,
): Promise<RegisterEvent[]> {
  const { rows } = await sql<{ person_id: Id; agency: string; on_day: PlainDate; reference: string }>`
    SELECT event.person_id, person.agency, event.on_day, event.reference
    FROM (${eventsOf(query)}) AS event JOIN people.person ON person.id = event.person_id
    WHERE person.died_on IS NULL AND event.on_day BETWEEN ${query.from} AND ${query.to}
    ORDER BY event.on_day, event.person_id, event.reference`.execute(work.db)
  await logRead(work, [...new Set(rows.map((row) => row.person_id))], 'search_person', purpose)
  return rows.map(({ person_id, agency, on_day, reference }) => ({
    ...{ kind: query.kind, personId: person_id, agency, on: on_day, reference },
  }))
}

function eventsOf(query: RegisterEventQuery) {
  switch (query.kind) {
    case 'reached_age':
      return sql`SELECT id AS person_id, (birth_on + make_interval(years => ${query.years}))::date AS on_day,
        'age-' || ${query.years}::integer AS reference FROM people.person`
    case 'certificate_recorded':
      return sql`SELECT person_id, (recorded_at AT TIME ZONE 'Asia/Shanghai')::date AS on_day, id::text AS reference
        FROM people.certificate WHERE revoked_on IS NULL`
    case 'card_lost':
      return sql`SELECT card.person_id, (change.at AT TIME ZONE 'Asia/Shanghai')::date AS on_day, change.seq::text AS reference
        FROM people.card_state_change AS change JOIN people.card ON card.id = change.card_id
        WHERE change.state = 'lost' AND card.state = 'lost'`
    case 'employment_ended':
      return sql`SELECT person_id, to_on AS on_day, id::text AS reference FROM people.employment WHERE to_on IS NOT NULL`
  }
}
