import { actorUserId, type Id, type PlainDate, type Work } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'

/** Why somebody is visited (B4.10). */
export const visitReasons = ['very_old', 'seriously_ill', 'limited_mobility', 'no_time'] as const
export type VisitReason = (typeof visitReasons)[number]

/** Reasons that are recorded once they were shown. */
export const recordedReasons = ['seriously_ill', 'limited_mobility'] as const
export type RecordedReason = (typeof recordedReasons)[number]

/** A team with what it carries. */
export type Team = {
  teamId: Id
  agency: string
  name: string
  terminals: number
  authenticators: number
  cardMakers: number
}

type Tables = {
  'svc_home_visits.need': {
    id: Id
    person_id: Id
    agency: string
    reason: RecordedReason
    evidence: string
    from_on: PlainDate
    to_on: PlainDate | null
    recorded_by: Id | null
    recorded_at: string
  }
  'svc_home_visits.team': {
    id: Id
    agency: string
    name: string
    terminals: number
    authenticators: number
    card_makers: number
  }
}

/** Records that somebody is seriously ill or cannot move easily, from today until a day or for good. */
export async function recordNeed(
  work: Work,
  need: { personId: Id; reason: RecordedReason; evidence: string; to?: PlainDate | undefined },
): Promise<void> {
  const { agency } = await getPerson(work, need.personId, 'home visit')
  await ownTables(work)
    .insertInto('svc_home_visits.need')
    .values({
      ...{ id: work.newId(), person_id: need.personId, agency, reason: need.reason, evidence: need.evidence },
      ...{ from_on: work.today, to_on: need.to ?? null, recorded_by: actorUserId(work.actor), recorded_at: work.now },
    })
    .execute()
}

/** Whether a reason stands recorded for somebody on a day. */
export async function isNeedRecorded(work: Work, personId: Id, reason: VisitReason, on: PlainDate): Promise<boolean> {
  const rows = await ownTables(work)
    .selectFrom('svc_home_visits.need')
    .select('reason')
    .where('person_id', '=', personId)
    .where('from_on', '<=', on)
    .where(({ or, eb }) => or([eb('to_on', 'is', null), eb('to_on', '>=', on)]))
    .execute()
  return rows.some((row) => row.reason === reason)
}

/** A recorded need: who, why, as shown by what, from when to when. */
export type Need = {
  needId: Id
  personId: Id
  name: string
  reason: RecordedReason
  evidence: string
  from: PlainDate
  to: PlainDate | null
}

/** The needs that hold today and that the acting officer sees, newest first; of one person or of all. */
export async function needsOf(work: Work, { personId }: { personId?: Id | undefined }): Promise<Need[]> {
  const rows = await ownTables(work)
    .selectFrom('svc_home_visits.need')
    .selectAll()
    .where(({ or, eb }) => or([eb('to_on', 'is', null), eb('to_on', '>=', work.today)]))
    .$if(personId !== undefined, (query) => query.where('person_id', '=', personId ?? ''))
    .orderBy('recorded_at', 'desc')
    .limit(200)
    .execute()
  return Promise.all(
    rows.map(async ({ id, person_id, reason, evidence, from_on, to_on }) => {
      const { name } = await getPerson(work, person_id, 'home visit')
      return { needId: id, personId: person_id, name, reason, evidence, from: from_on, to: to_on }
    }),
  )
}

/** Registers a team. */
export async function registerTeam(work: Work, { cardMakers, ...team }: Omit<Team, 'teamId'>): Promise<Id> {
  const id = work.newId()
  await ownTables(work)
    .insertInto('svc_home_visits.team')
    .values({ id, ...team, card_makers: cardMakers })
    .execute()
  return id
}

/** The teams that the acting officer sees, by name. */
export async function teamsOf(work: Work): Promise<Team[]> {
  const rows = await ownTables(work).selectFrom('svc_home_visits.team').selectAll().orderBy('name').execute()
  return rows.map(({ id, card_makers, ...team }) => ({ teamId: id, cardMakers: card_makers, ...team }))
}

function ownTables(work: Work) {
  return work.db.withTables<Tables>()
}
