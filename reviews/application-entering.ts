import { z } from 'zod'
import { applicantIdOf, requireResponsible } from '../cases/door.ts'
import { type Id, must, type PlainDate, Refusal, schemaDate, schemaId, takeTurns, type Work } from '../ground/door.ts'
import { isWithin } from '../law/door.ts'
import { getPerson } from '../people/door.ts'
import {
  applicantOf,
  finding,
  findingOf,
  initialReviewed,
  noticeTo,
  opinion,
  reviewedState,
  step,
} from './application-state.ts'
import { type Review, type ReviewTools, roundFlowId } from './review.ts'
import { roundState } from './round-state.ts'
import { asNode } from './tables.ts'

/** Application, acceptance and the check by the rule: each by another officer (B3.11). */
export function enteringSteps(tools: ReviewTools, review: Review) {
  const apply = step({
    title: { zh: '申报', en: 'Apply' },
    opens: true,
    by: ['person', 'accept'],
    body: z.strictObject({
      roundId: schemaId,
      /** Whom an officer applies for. */
      personId: schemaId.optional(),
      answers: review.answers,
    }),
    record: reviewedState
      .pick({ answers: true })
      .extend({ personId: schemaId, roundId: schemaId, appliedOn: schemaDate, expected: finding }),
    to: 'submitted',
    async take({ work, body: { answers, roundId, personId: named }, effectiveOn: on }) {
      const personId = await personWhoApplies(work, named)
      const agency = await review.agencyOf(work, personId, on)
      requireResponsible(work, agency)
      const { checkDays } = await getOpenRound(work, tools, review, { roundId, agency })
      await requireNoOther(work, tools, review, personId)
      const { ruling } = await decideEntry(work, tools, review, { personId, agency, answers, on })
      return {
        record: { answers, roundId, personId, appliedOn: on, expected: findingOf(ruling) },
        subject: { personId, agency },
        deadlines: [{ start: 'check', unit: 'working_day', amount: checkDays }],
      }
    },
    fold: (_, { body }) => ({ ...initialReviewed, ...body }),
  })

  const accept = step({
    title: { zh: '受理', en: 'Accept' },
    from: ['submitted'],
    by: ['accept'],
    body: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: opinion.optional() }),
    record: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: z.string().nullable() }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    async take({ body: { outcome, reason = null } }) {
      const why = { code: 'receipt.review_not_accepted', params: { reason: reason ?? '' } }
      return {
        outcome,
        record: { outcome, reason },
        receipt: outcome === 'accepted' ? { kind: 'accepted' } : { kind: 'not_accepted', reason: why },
      }
    },
  })

  const check = step({
    title: { zh: '资格审查', en: 'Check by the rule' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['apply', 'accept'],
    body: z.strictObject({ opinion }),
    record: z.strictObject({
      opinion,
      found: finding,
      facts: reviewedState.shape.facts,
      sources: z.record(z.string(), z.string()),
    }),
    to: { granted: 'admitted', refused: 'refused' },
    async take({ work, file, body }) {
      const { ruling, sources } = await decideEntry(work, tools, review, {
        personId: applicantOf(file),
        agency: file.agency,
        answers: file.state.answers,
        on: must(file.state.appliedOn, 'day of an application'),
      })
      const found = findingOf(ruling)
      const isGranted = found.outcome === 'granted'
      return {
        outcome: isGranted ? 'granted' : 'refused',
        record: { opinion: body.opinion, found, facts: ruling.facts, sources },
        deadlines: [{ meet: 'check' }],
        ...(!isGranted && { decision: ruling }),
        notices: noticeTo(file, isGranted ? 'notice.review_admitted' : 'notice.review_refused'),
      }
    },
    fold: (state, { body: { found, facts } }) => ({ ...state, found, facts }),
  })

  /** What is decided after its round has closed (an objection against the check succeeded) goes to a later round. */
  const moveRound = step({
    title: { zh: '转入另一批次', en: 'Move to another round' },
    from: ['accepted', 'admitted'],
    by: ['review'],
    body: z.strictObject({ roundId: schemaId }),
    record: z.strictObject({ roundId: schemaId }),
    to: 'stay',
    async take({ work, file, body: { roundId } }) {
      await getOpenRound(work, tools, review, { roundId, agency: file.agency })
      return { record: { roundId }, notices: noticeTo(file, 'notice.review_moved') }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  return { apply, accept, check, moveRound }
}

/** What the rule says of somebody who applies with these answers. */
export async function decideEntry(
  work: Work,
  tools: ReviewTools,
  review: Review,
  { personId, agency, answers, on }: { personId: Id; agency: string; answers: Record<string, unknown>; on: PlainDate },
) {
  const { facts, sources } = await review.gather(work, personId, { on, agency, answers })
  const ruling = await decideOn(work, tools, review, { agency, on, facts: { ...facts, ...answers } })
  return { ruling, sources: { ...sources } }
}

/**
 * What the registers hold for an application and what the rule says of it: before the check as they stand now, after it as it was decided. Whoever looks
 * stands in the person's access log. Refusal `case_not_found`.
 */
export async function foundOf(work: Work, tools: ReviewTools, review: Review, caseId: Id) {
  const { file } = await tools.cases().get(work, caseId)
  if (file.flow !== review.id) throw new Refusal('case_not_found')
  const { answers, appliedOn, found, facts } = reviewedState.parse(file.state)
  const personId = must(file.subject.personId, 'person of an application')
  await getPerson(work, personId, file.number)
  const on = must(appliedOn, 'day of an application')
  const { ruling } =
    found === null
      ? await decideEntry(work, tools, review, { personId, agency: file.agency, answers, on })
      : { ruling: await decideOn(work, tools, review, { agency: file.agency, on, facts }) }
  const known = Object.entries(ruling.facts).filter(([name]) => !(name in answers))
  return { decided: found !== null, facts: Object.fromEntries(known), ruling }
}

function decideOn(
  work: Work,
  { rulebook }: ReviewTools,
  review: Review,
  { agency, on, facts }: { agency: string; on: PlainDate; facts: Record<string, unknown> },
) {
  return rulebook.decide(work, { policy: review.rules.entry, on, insuredRegion: agency, facts })
}

/** Who applies, see `applicantIdOf`; where an officer does it for them, the person's access log says who had their registers read. */
export async function personWhoApplies(work: Work, named: Id | undefined): Promise<Id> {
  const personId = applicantIdOf(work, { applicant: 'person', named, path: 'personId' })
  if (work.actor.kind === 'staff') await getPerson(work, personId, 'review_application')
  return personId
}

/** The round, open for applications and of the applicant's agency or one above it. Refusals `review_round_unknown`, `review_round_not_open`. */
async function getOpenRound(
  work: Work,
  { cases }: ReviewTools,
  review: Review,
  { roundId, agency }: { roundId: Id; agency: string },
) {
  await takeTurns(work, `review:${roundId}`)
  return asNode(work, async (node) => {
    const rounds = await cases().find(node, { flow: roundFlowId(review), limit: 1_000 })
    const row = rounds.find(({ caseId }) => caseId === roundId)
    const isResponsible = row && (row.agency === agency || isWithin(agency, row.agency))
    if (!isResponsible) throw new Refusal('review_round_unknown')
    const state = roundState.parse((await cases().get(node, roundId)).file.state)
    if (row.status !== 'open' || state.closesOn < work.today) {
      throw new Refusal('review_round_not_open', { params: { closesOn: state.closesOn } })
    }
    return state
  })
}

const over = ['not_accepted', 'refused', 'not_granted', 'lapsed', 'withdrawn', 'granted', 'revoked']

/** Refusal `review_already_applied` while another application of the person runs. */
async function requireNoOther(work: Work, { cases }: ReviewTools, { id: flow }: Review, personId: Id): Promise<void> {
  await takeTurns(work, `review.apply:${flow}:${personId}`)
  const running = (await asNode(work, (node) => cases().find(node, { flow, personId, limit: 1_000 }))).find(
    ({ status }) => !over.includes(status),
  )
  if (running) throw new Refusal('review_already_applied', { params: { number: running.number } })
}
