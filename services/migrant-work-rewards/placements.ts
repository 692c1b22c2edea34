import { z } from 'zod'
import {
  addDays,
  type Id,
  type Instant,
  monthsBetween,
  type PlainDate,
  Refusal,
  schemaDate,
  schemaId,
  schemaRegion,
  type Work,
} from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'

const purpose = 'registering work away from home'

type Tables = {
  'svc_migrant_work_rewards.placement': {
    id: Id
    person_id: Id
    agency: string
    destination_region: string
    employer: string
    from_on: PlainDate
    to_on: PlainDate | null
    recorded_at: Instant
  }
}

/** What registering work away from home takes. */
export const newPlacement = z.strictObject({
  personId: schemaId,
  destinationRegion: schemaRegion,
  employer: z.string().trim().min(2).max(80),
  from: schemaDate,
})

/** Where somebody works away, and for how many whole months of a year. */
export type YearAway = {
  personId: Id
  destination: 'home_province' | 'other_province' | 'fujian'
  monthsWorked: number
}

/** Registers work away from home; what held before ends the day before. Refusal `person_unknown`. */
export async function recordPlacement(work: Work, placement: z.infer<typeof newPlacement>): Promise<Id> {
  const { personId, destinationRegion, employer, from } = placement
  const { agency } = await getPerson(work, personId, purpose)
  await placements(work)
    .updateTable('svc_migrant_work_rewards.placement')
    .set({ to_on: addDays(from, -1) })
    .where('person_id', '=', personId)
    .where('to_on', 'is', null)
    .where('from_on', '<', from)
    .execute()
  const id = work.newId()
  await placements(work)
    .insertInto('svc_migrant_work_rewards.placement')
    .values({
      id,
      person_id: personId,
      agency,
      destination_region: destinationRegion,
      employer,
      from_on: from,
      to_on: null,
      recorded_at: work.now,
    })
    .execute()
  return id
}

/** Ends work away from home; `to` is its last day. Refusal `placement_unknown`. */
export async function endPlacement(work: Work, { placementId, to }: { placementId: Id; to: PlainDate }): Promise<void> {
  const ended = await placements(work)
    .updateTable('svc_migrant_work_rewards.placement')
    .set({ to_on: to })
    .where('id', '=', placementId)
    .where('to_on', 'is', null)
    .executeTakeFirstOrThrow()
  if (ended.numUpdatedRows === 0n) throw new Refusal('placement_unknown', { clause: 'C6.01' })
}

/** The year of everybody who worked away, or of one person: the last place, and the whole months there up to a day. */
export async function yearsAway(work: Work, { on, personId }: { on: PlainDate; personId?: Id }): Promise<YearAway[]> {
  const yearBegan = `${on.slice(0, 4)}-01-01`
  let query = placements(work)
    .selectFrom('svc_migrant_work_rewards.placement')
    .selectAll()
    .where('from_on', '<=', on)
    .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>=', yearBegan)]))
  if (personId !== undefined) query = query.where('person_id', '=', personId)
  const rows = await query.orderBy('person_id').orderBy('from_on').execute()
  const last = new Map(rows.map((row) => [row.person_id, row]))
  return [...last.values()].map((row) => {
    const from = row.from_on > yearBegan ? row.from_on : yearBegan
    const to = row.to_on !== null && row.to_on < on ? row.to_on : on
    return {
      personId: row.person_id,
      destination: destinationOf(row.destination_region, row.agency),
      monthsWorked: Math.max(0, monthsBetween(from, addDays(to, 1))),
    }
  })
}

function destinationOf(region: string, home: string): YearAway['destination'] {
  if (region.slice(0, 2) === home.slice(0, 2)) return 'home_province'
  return region.startsWith('35') ? 'fujian' : 'other_province'
}

function placements(work: Work) {
  return work.db.withTables<Tables>()
}
