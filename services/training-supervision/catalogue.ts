import { addDays, asActor, type Id, type PlainDate, Refusal, systemActor, type Work } from '../../ground/door.ts'
import type { Rulebook, Ruling } from '../../law/door.ts'
import { employmentsOf } from '../../people/door.ts'
import { numberOf, requireGranted } from './asking.ts'
import { getInstitutionOf, isLicensed } from './institutions.ts'
import { isSanctioned } from './supervision/sanctions.ts'
import { type ProjectRow, type TrainingField, trainingTables } from './tables.ts'

/** What entering a project takes. `reason` is why it is wanted; where the rule leaves it to people, it is their reason. */
export type NewProject = {
  employerId: Id
  code: string
  title: string
  field: TrainingField
  occupation: string
  level: number
  hoursMin: number
  reason: string
  /** Since when it stands in the catalogue, where that was decided before it was entered here. */
  listedFrom?: PlainDate
}

/** What the review of a project's effect looked at (C8.09). */
export type ProjectEffect = {
  field: TrainingField
  vacancies: number
  wishes: number
  graduates: number
  placed: number
  placementRatePpm: number
}

/** Records how many posts are vacant in an occupation and how many people wish to be trained for it, as counted on a day. */
export async function recordDemand(
  work: Work,
  demand: { agency: string; occupation: string; vacancies: number; wishes: number; from: PlainDate; source: string },
): Promise<void> {
  const { agency, occupation, vacancies, wishes, from, source } = demand
  await asActor(work, systemActor, (node) =>
    trainingTables(node)
      .insertInto('svc_training_supervision.demand')
      .values({
        ...{ id: node.newId(), agency, occupation, vacancies, wishes },
        ...{ from_on: from, source, recorded_at: node.now },
      })
      .execute(),
  )
}

/** The last count in each occupation, as far as the actor may see it, in order of occupation. */
export function lastDemand(work: Work) {
  return trainingTables(work)
    .selectFrom('svc_training_supervision.demand')
    .distinctOn(['agency', 'occupation'])
    .select(['occupation', 'vacancies', 'wishes', 'from_on as from', 'source'])
    .orderBy('agency')
    .orderBy('occupation')
    .orderBy('from_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .limit(500)
    .execute()
}

/** The last count of posts and wishes in an occupation; null where nobody has counted. */
export async function findDemand(
  work: Work,
  { agency, occupation }: { agency: string; occupation: string },
): Promise<{ vacancies: number; wishes: number } | null> {
  const found = await trainingTables(work)
    .selectFrom('svc_training_supervision.demand')
    .select(['vacancies', 'wishes'])
    .where('occupation', '=', occupation)
    .where('agency', '=', agency)
    .orderBy('from_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .executeTakeFirst()
  return found ?? null
}

/**
 * Enters a project into the guidance catalogue from today on, or since `listedFrom`. Refusals of the rule (C8.09), `institution_not_licensed`,
 * `institution_removed`, `project_code_taken`; one that is outside the focus fields goes in by the decision of whoever enters it, with
 * their reason (C8.07).
 */
export async function enterProject(work: Work, rulebook: Rulebook, project: NewProject): Promise<Id> {
  const { employerId, field, reason, hoursMin, listedFrom = work.today, ...own } = project
  const institution = await getInstitutionOf(work, employerId)
  const { agency } = institution
  if (!isLicensed(institution, field, work.today)) throw new Refusal('institution_not_licensed', { clause: 'C8.01' })
  if (await isSanctioned(work, employerId, 'remove_from_catalogue')) {
    throw new Refusal('institution_removed', { clause: 'C8.06' })
  }
  return asActor(work, systemActor, async (node) => {
    const { vacancies, wishes } = (await findDemand(node, { agency, occupation: own.occupation })) ?? zeroDemand
    await requireGranted(node, rulebook, {
      ...{ policy: 'training-project', on: work.today, agency },
      facts: { field, vacancies, wishes, graduates: 0, placementRatePpm: 0 },
    })
    const id = node.newId()
    const entered = await trainingTables(node)
      .insertInto('svc_training_supervision.project')
      .values({ id, agency, employer_id: employerId, field, hours_min: hoursMin, recorded_at: node.now, ...own })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (Number(entered.numInsertedOrUpdatedRows ?? 0) === 0) {
      throw new Refusal('project_code_taken', { params: { code: own.code } })
    }
    await list(node, { project_id: id, agency, employer_id: employerId }, { from: listedFrom, reason })
    return id
  })
}

const zeroDemand = { vacancies: 0, wishes: 0 }

type Listed = { project_id: Id; agency: string; employer_id: Id }

async function list(node: Work, listed: Listed, { from, reason }: { from: PlainDate; reason: string }): Promise<void> {
  await trainingTables(node)
    .insertInto('svc_training_supervision.listing')
    .values({ id: node.newId(), ...listed, from_on: from, reason, recorded_at: node.now })
    .execute()
}

/** A project. Refusal `project_unknown`. */
export async function getProject(work: Work, projectId: Id): Promise<ProjectRow> {
  const row = await asActor(work, systemActor, (node) =>
    trainingTables(node)
      .selectFrom('svc_training_supervision.project')
      .selectAll()
      .where('id', '=', projectId)
      .executeTakeFirst(),
  )
  if (!row) throw new Refusal('project_unknown', { clause: 'C8.09' })
  return row
}

/** The entry by which a project stands in the catalogue on a day, if it does. */
export function findListing(work: Work, projectId: Id, on: PlainDate): Promise<Id | undefined> {
  return asActor(work, systemActor, async (node) => {
    const row = await trainingTables(node)
      .selectFrom('svc_training_supervision.listing as listing')
      .leftJoin('svc_training_supervision.listing_removal as removal', 'removal.listing_id', 'listing.id')
      .select(['listing.id', 'removal.from_on'])
      .where('project_id', '=', projectId)
      .where('listing.from_on', '<=', on)
      .where((of) => of.or([of('removal.from_on', 'is', null), of('removal.from_on', '>', on)]))
      .executeTakeFirst()
    return row?.id
  })
}

/** A project's effect as the registers tell it, and what the rule says of it. Nothing is changed. */
export async function reviewProject(
  work: Work,
  rulebook: Rulebook,
  projectId: Id,
): Promise<{ effect: ProjectEffect; ruling: Ruling }> {
  const { agency, field, occupation } = await getProject(work, projectId)
  return asActor(work, systemActor, async (node) => {
    const on = work.today
    const { vacancies, wishes } = (await findDemand(node, { agency, occupation })) ?? zeroDemand
    const days = await numberOf(node, rulebook, 'placementDays', { on, agency })
    const { graduates, placed } = await countPlacements(node, projectId, days)
    const placementRatePpm = graduates === 0 ? 0 : Math.floor((placed * 1_000_000) / graduates)
    const facts = { field, vacancies, wishes, graduates, placementRatePpm }
    const question = { policy: 'training-project', on, insuredRegion: agency, facts }
    return { effect: { ...facts, placed }, ruling: await rulebook.decide(node, question) }
  })
}

/** Who passed in classes of a project whose time for finding work is over, and how many of them worked within that time. */
async function countPlacements(
  node: Work,
  projectId: Id,
  days: number,
): Promise<{ graduates: number; placed: number }> {
  const graduates = await trainingTables(node)
    .selectFrom('svc_training_supervision.standing_assessment as assessment')
    .innerJoin('svc_training_supervision.class as class', 'class.id', 'assessment.class_id')
    .select(['assessment.person_id', 'class.ends_on'])
    .where('class.project_id', '=', projectId)
    .where('assessment.passed', '=', true)
    .where('class.ends_on', '<=', addDays(node.today, -days))
    .execute()
  let placed = 0
  for (const { person_id: personId, ends_on: endsOn } of graduates) {
    const employments = await employmentsOf(node, personId, {}, 'effect of a training project')
    if (employments.some(({ from, to }) => from <= addDays(endsOn, days) && (to === null || to > endsOn))) placed++
  }
  return { graduates: graduates.length, placed }
}

/**
 * Takes a project without effect out of the catalogue from today on, with the rule's reason and the evidence (C8.09). Refusals `project_not_listed`,
 * `project_still_effective`.
 */
export async function removeIneffective(work: Work, rulebook: Rulebook, projectId: Id): Promise<string> {
  const { effect, ruling } = await reviewProject(work, rulebook, projectId)
  const { outcome, reason } = ruling.decision
  if (outcome !== 'refused') throw new Refusal('project_still_effective', { clause: 'C8.09' })
  const why = reason ?? 'refused'
  await removeListing(work, projectId, { reason: why, evidence: effect, caseId: null })
  return why
}

/** Takes a project out of the catalogue from today on. Refusal `project_not_listed`. */
export async function removeListing(
  work: Work,
  projectId: Id,
  { reason, evidence, caseId }: { reason: string; evidence: object; caseId: Id | null },
): Promise<void> {
  const listingId = await findListing(work, projectId, work.today)
  if (listingId === undefined) throw new Refusal('project_not_listed', { clause: 'C8.09' })
  const { agency, employer_id } = await getProject(work, projectId)
  await asActor(work, systemActor, (node) =>
    trainingTables(node)
      .insertInto('svc_training_supervision.listing_removal')
      .values({
        ...{ listing_id: listingId, agency, employer_id, from_on: node.today, reason },
        ...{ evidence: JSON.stringify(evidence), case_id: caseId, recorded_at: node.now },
      })
      .execute(),
  )
}

/** The institution's projects that stand in the catalogue today. */
export async function listedProjects(work: Work, employerId: Id): Promise<ProjectRow[]> {
  const projects = await asActor(work, systemActor, (node) =>
    trainingTables(node)
      .selectFrom('svc_training_supervision.project')
      .selectAll()
      .where('employer_id', '=', employerId)
      .orderBy('code')
      .execute(),
  )
  const listed: ProjectRow[] = []
  for (const project of projects) {
    if ((await findListing(work, project.id, work.today)) !== undefined) listed.push(project)
  }
  return listed
}

/** Puts back what sanctions had taken out last, where none stands any more; what the review of effect took out stays out. */
export async function relist(work: Work, employerId: Id, reason: string): Promise<void> {
  await asActor(work, systemActor, async (node) => {
    const removals = await trainingTables(node)
      .selectFrom('svc_training_supervision.listing as listing')
      .leftJoin('svc_training_supervision.listing_removal as removal', 'removal.listing_id', 'listing.id')
      .distinctOn('listing.project_id')
      .select(['listing.project_id', 'listing.agency', 'listing.employer_id', 'removal.case_id'])
      .where('listing.employer_id', '=', employerId)
      .orderBy('listing.project_id')
      .orderBy('listing.id', 'desc')
      .execute()
    for (const { case_id, ...listed } of removals)
      if (case_id !== null) await list(node, listed, { from: node.today, reason })
  })
}
