import { BadInput, builtOnce, type Given, type Id, type PlainDate, type Work } from '../../ground/door.ts'
import { type InjuryRow, type ServiceTables, serviceTables } from './tables.ts'

/** What the determining department reports of an injury; the rest is empty until it reports more. */
export type InjuryReport = Pick<InjuryRow, 'person_id' | 'agency' | 'occurred_on' | 'body_part'> & Partial<InjuryRow>

/** Records an injury from the register of the determining department (shared data; the person is not asked for it, A2.05). */
export async function recordInjury(work: Work, report: InjuryReport): Promise<Id> {
  const id = report.id ?? work.newId()
  await serviceTables(work)
    .insertInto('svc_work_injury_settlement.injury')
    .values({
      employer_id: null,
      employer_insured: true,
      third_party_liable: false,
      determination: 'none',
      determined_on: null,
      recurrence_on: null,
      rehabilitation_on: null,
      device_on: null,
      disability_grade: null,
      appraised_in: null,
      labour_relation_exists: true,
      contributing: true,
      retired_from_employer: false,
      relation_terminated_on: null,
      recorded_at: work.now,
      ...report,
      id,
    })
    .execute()
  return id
}

/** The injury a request is about: the named one, or the person's latest where none is named. Undefined when there is none. */
export async function findInjury(work: Work, personId: Id, injuryId?: Id): Promise<InjuryRow | undefined> {
  const { rows } = await work.db.executeQuery(injuriesOf({ personId }))
  if (injuryId === undefined) return rows[0]
  const named = rows.find(({ id }) => id === injuryId)
  if (!named) throw new BadInput([{ path: 'injuryId', expected: 'an injury of this person', found: injuryId }])
  return named
}

/** The injuries of a person, the latest first. */
const injuriesOf = builtOnce((query, given: Given<{ personId: Id }>) =>
  query
    .withTables<ServiceTables>()
    .selectFrom('svc_work_injury_settlement.injury')
    .selectAll()
    .where('person_id', '=', given('personId'))
    .orderBy('occurred_on', 'desc')
    .orderBy('id'),
)

/** The facts of an injury that policies ask for, as they stood on a day. No injury: nothing is determined or confirmed. */
export function injuryFacts(injury: InjuryRow | undefined, on: PlainDate) {
  const done = (day: PlainDate | null | undefined) => day != null && day <= on
  return {
    determinationDone: injury?.determination === 'done' && done(injury.determined_on),
    determinationPending: injury?.determination === 'pending',
    recurrenceConfirmed: done(injury?.recurrence_on),
    rehabilitationConfirmed: done(injury?.rehabilitation_on),
    deviceConfirmed: done(injury?.device_on),
    relationTerminated: done(injury?.relation_terminated_on),
    contributing: injury?.contributing ?? false,
    labourRelationExists: injury?.labour_relation_exists ?? false,
    retiredFromInjuryEmployer: injury?.retired_from_employer ?? false,
    disabilityGrade: injury?.disability_grade ?? null,
    employerInsured: injury?.employer_insured ?? true,
    thirdPartyLiable: injury?.third_party_liable ?? false,
  }
}
