import { z } from 'zod'
import { type Id, must, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import { deadline } from '../law/door.ts'
import { employmentsOf, getEmployer, getPerson } from '../people/door.ts'
import { applicantOf, type ReviewedFile } from './application-state.ts'
import type { Review, ReviewTools } from './review.ts'
import { asNode, reviewsTables } from './tables.ts'

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/** One line of what is before the public: enough for those who know the person to recognise them, and no more. */
export type PublicLine = {
  lineId: Id
  nameMasked: string
  unitName: string | null
  group: string
  told: z.infer<typeof facts>
  from: PlainDate
  until: PlainDate
}

/** Puts an application before the public for so many working days, the day itself not counted. Returns the last of them. */
export async function publicise(work: Work, review: Review, file: ReviewedFile, days: number): Promise<PlainDate> {
  const { date: untilOn } = deadline({
    direction: 'after',
    unit: 'working_day',
    amount: days,
    from: work.today,
    rollsToWorkingDay: false,
  })
  return asNode(work, async (node) => {
    const personId = applicantOf(file)
    const { name } = await getPerson(node, personId, 'review_publicity')
    const [employment] = await employmentsOf(node, personId, { on: node.today }, 'review_publicity')
    const unitName = employment ? (await getEmployer(node, employment.employerId)).name : null
    const { group, results } = must(file.state.found, 'what the rule found')
    const known: Record<string, unknown> = { ...file.state.facts, ...results }
    await reviewsTables(node)
      .insertInto('reviews.publicity')
      .values({
        id: node.newId(),
        service: review.service,
        case_id: file.id,
        agency: file.agency,
        group_key: must(group, 'a group'),
        name_masked: maskName(name),
        unit_name: unitName,
        facts: JSON.stringify(facts.parse(Object.fromEntries(review.told.map((key) => [key, known[key]])))),
        from_on: node.today,
        until_on: untilOn,
      })
      .execute()
    return untilOn
  })
}

/** A name with its middle hidden: 王小明 -> 王*明, 王明 -> 王*. */
export function maskName(name: string): string {
  const [first = '', ...others] = [...name]
  return others.length < 2 ? `${first}*` : `${first}${'*'.repeat(others.length - 1)}${others.at(-1)}`
}

/** Proposed to pass: what is said against somebody stops the grant, and leaves them before the public until it is settled. */
const publicStatuses = ['publicised', 'challenged'] as const

function isBeforePublic({ status }: { status: string }): boolean {
  return publicStatuses.some((each) => each === status)
}

/** What is before the public today, by group; it is gone the day after, and as soon as somebody is no longer proposed to pass. */
export async function publicLines(
  work: Work,
  { cases }: ReviewTools,
  { id: flow, service }: Pick<Review, 'id' | 'service'>,
): Promise<PublicLine[]> {
  const rows = await asNode(work, async (node) => {
    const proposed = await Promise.all(
      publicStatuses.map((status) => cases().find(node, { flow, status, limit: 1_000 })),
    )
    const caseIds = proposed.flat().map(({ caseId }) => caseId)
    if (caseIds.length === 0) return []
    return reviewsTables(node)
      .selectFrom('reviews.publicity')
      .selectAll()
      .where('service', '=', service)
      .where('case_id', 'in', caseIds)
      .where('until_on', '>=', node.today)
      .orderBy('group_key')
      .orderBy('id')
      .execute()
  })
  return rows.map((row) => ({
    lineId: row.id,
    nameMasked: row.name_masked,
    unitName: row.unit_name,
    group: row.group_key,
    told: facts.parse(row.facts),
    from: row.from_on,
    until: row.until_on,
  }))
}

/**
 * Somebody who is signed in says what stands against a line. They are told to nobody but those who look into it. Refusals
 * `review_not_before_public`, `review_own_case`.
 */
export async function challengeLine(
  work: Work,
  { cases }: ReviewTools,
  { service }: Pick<Review, 'service'>,
  { lineId, grounds, idempotencyKey }: { lineId: Id; grounds: string; idempotencyKey: string },
): Promise<void> {
  if (work.actor.kind !== 'person') throw new Refusal('review_not_before_public')
  const { personId } = work.actor
  await asNode(work, async (node) => {
    const row = await reviewsTables(node)
      .selectFrom('reviews.publicity')
      .select('case_id')
      .where('id', '=', lineId)
      .where('service', '=', service)
      .where('until_on', '>=', node.today)
      .executeTakeFirst()
    const file = row && (await cases().get(node, row.case_id)).file
    if (!file || !isBeforePublic(file)) throw new Refusal('review_not_before_public')
    if (file.subject.personId === personId) throw new Refusal('review_own_case')
    await cases().take(node, {
      caseId: file.id,
      step: 'challenge',
      body: { grounds },
      expectedSeq: file.seq,
      idempotencyKey,
    })
    await reviewsTables(node)
      .insertInto('reviews.challenge')
      .values({ id: node.newId(), case_id: file.id, agency: file.agency, person_id: personId, raised_at: node.now })
      .execute()
  })
}

/** What somebody has said against results of a review, the newest first: when, and what the supervisor found; null while it is looked into. */
export async function challengesOf(work: Work, { cases }: ReviewTools, { id: flow }: Pick<Review, 'id'>, personId: Id) {
  return asNode(work, async (node) => {
    const rows = await reviewsTables(node)
      .selectFrom('reviews.challenge')
      .select(['id', 'case_id', 'raised_at'])
      .where('person_id', '=', personId)
      .orderBy('id', 'desc')
      .execute()
    const answered = await Promise.all(
      rows.map(async ({ case_id, raised_at: raisedAt }) => {
        const history = await cases().history(node, case_id)
        const settled = history.find(({ kind, recordedAt }) => kind === 'settleChallenge' && recordedAt >= raisedAt)
        return history[0]?.flow === flow ? [{ raisedAt, outcome: settled?.outcome ?? null }] : []
      }),
    )
    return answered.flat()
  })
}
