import { z } from 'zod'
import {
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaId,
  takeTurns,
  type Work,
} from '../ground/door.ts'
import { employmentsOf, getPerson } from '../people/door.ts'
import type { Review } from './review.ts'
import { asNode, type Relation, relations, reviewsTables } from './tables.ts'

/** Somebody who may review for a service, in some of its groups, from a day on until they leave. */
export type Expert = {
  expertId: Id
  personId: Id
  agency: string
  groups: string[]
  from: PlainDate
  endedOn: PlainDate | null
}

/** What entering an expert takes. */
export const schemaNewExpert = z.strictObject({
  personId: schemaId,
  groups: z.array(z.string()).min(1),
  from: schemaDate,
})

/** Enters an expert for the agency. Refusals `person_unknown`, `review_expert_known`, `review_group_unknown`. */
export async function enterExpert(
  work: Work,
  { service, groups: known }: Review,
  { agency, ...input }: z.input<typeof schemaNewExpert> & { agency: string },
): Promise<Id> {
  const { personId, groups, from } = parseInput(schemaNewExpert, input)
  const unknown = groups.find((group) => !known.includes(group))
  if (unknown !== undefined) throw new Refusal('review_group_unknown', { params: { group: unknown } })
  // Officers are told whom they enter; the person's log says that they looked.
  await getPerson(work, personId, 'review_experts')
  // Entered twice, somebody could be drawn for two seats of one committee.
  await takeTurns(work, `review.experts:${service}:${agency}`)
  const same = (await expertsOf(work, { service, agency })).find((each) => each.personId === personId && !each.endedOn)
  if (same) throw new Refusal('review_expert_known')
  const expertId = work.newId()
  await asNode(work, (node) =>
    reviewsTables(node)
      .insertInto('reviews.expert')
      .values({
        id: expertId,
        service,
        person_id: personId,
        agency,
        groups: JSON.stringify(groups),
        from_on: from,
        recorded_at: work.now,
      })
      .execute(),
  )
  return expertId
}

/** Ends an expert's entry; seats that they have stay until they are replaced. Refusal `review_expert_unknown`. */
export async function endExpert(
  work: Work,
  review: Review,
  { expertId, agency, reason }: { expertId: Id; agency: string; reason: string },
): Promise<void> {
  await takeTurns(work, `review.experts:${review.service}:${agency}`)
  const expert = (await expertsOf(work, { service: review.service, agency })).find((each) => each.expertId === expertId)
  if (!expert || expert.endedOn) throw new Refusal('review_expert_unknown')
  await asNode(work, (node) =>
    reviewsTables(node)
      .insertInto('reviews.expert_end')
      .values({ expert_id: expertId, ended_on: work.today, reason, recorded_at: work.now })
      .execute(),
  )
}

/** The experts of an agency, in order of id. */
export async function expertsOf(
  work: Work,
  { service, agency }: { service: string; agency: string },
): Promise<Expert[]> {
  const rows = await asNode(work, (node) =>
    reviewsTables(node)
      .selectFrom('reviews.expert as expert')
      .leftJoin('reviews.expert_end as ended', 'ended.expert_id', 'expert.id')
      .selectAll('expert')
      .select('ended.ended_on')
      .where('expert.service', '=', service)
      .where('expert.agency', '=', agency)
      .orderBy('expert.id')
      .execute(),
  )
  return rows.map(({ id, person_id, agency: of, groups, from_on, ended_on }) => ({
    expertId: id,
    personId: person_id,
    agency: of,
    groups: z.array(z.string()).parse(groups),
    from: from_on,
    endedOn: ended_on,
  }))
}

/** Whom somebody must not judge, as they declare it. */
export const schemaBias = z.strictObject({ otherPersonId: schemaId, relation: z.enum(relations) })

/** Declares that `personId` does not judge another person. Declared twice, it stands once. */
export async function declareBias(
  work: Work,
  { personId, otherPersonId, relation }: { personId: Id; otherPersonId: Id; relation: Relation },
): Promise<void> {
  await asNode(work, (node) =>
    reviewsTables(node)
      .insertInto('reviews.bias')
      .values({
        id: work.newId(),
        person_id: personId,
        other_person_id: otherPersonId,
        relation,
        declared_at: work.now,
      })
      .onConflict((conflict) => conflict.columns(['person_id', 'other_person_id']).doNothing())
      .execute(),
  )
}

/** Why somebody may not review a group: they apply in the round themselves, work where an applicant works, or declared one of them. */
export type Conflict = 'applies' | 'same_employer' | 'declared'

/** What stands against each expert for a group of applicants on a day; experts against whom nothing stands are left out. */
export async function findConflicts(
  work: Work,
  experts: readonly Expert[],
  { applicants, everybody, on }: { applicants: readonly Id[]; everybody: readonly Id[]; on: PlainDate },
): Promise<Map<Id, Conflict>> {
  return asNode(work, async (node) => {
    const employers = new Set((await Promise.all(applicants.map((id) => employersOf(node, id, on)))).flat())
    const declared = await reviewsTables(node)
      .selectFrom('reviews.bias')
      .select(['person_id', 'other_person_id'])
      .where('person_id', 'in', [...new Set(experts.map(({ personId }) => personId)), node.newId()])
      .execute()
    const found = new Map<Id, Conflict>()
    for (const { expertId, personId } of experts) {
      if (everybody.includes(personId)) found.set(expertId, 'applies')
      else if ((await employersOf(node, personId, on)).some((id) => employers.has(id)))
        found.set(expertId, 'same_employer')
      else if (declared.some((row) => row.person_id === personId && applicants.includes(row.other_person_id))) {
        found.set(expertId, 'declared')
      }
    }
    return found
  })
}

async function employersOf(work: Work, personId: Id, on: PlainDate): Promise<Id[]> {
  const employments = await employmentsOf(work, personId, { on }, 'review_conflicts')
  return employments.map(({ employerId }) => employerId)
}
