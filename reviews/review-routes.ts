import { z } from 'zod'
import { requireResponsible } from '../cases/door.ts'
import {
  type BothLanguages,
  type Id,
  must,
  Refusal,
  schemaDate,
  schemaId,
  schemaInstant,
  type Work,
} from '../ground/door.ts'
import { findPersonByIdNumber, getPerson, schemaIdNumber } from '../people/door.ts'
import { decideEntry, foundOf, personWhoApplies } from './application-entering.ts'
import { opinion } from './application-state.ts'
import { entriesOf, getEntry } from './entries.ts'
import { declareBias, endExpert, enterExpert, expertsOf, schemaNewExpert } from './experts.ts'
import { challengeLine, challengesOf, publicLines } from './publicity.ts'
import { type Review, type ReviewTools, roundFlowId } from './review.ts'
import { conflictedSeats } from './round-drawing.ts'
import { roundState } from './round-state.ts'
import { giveScore, latestScores, missingScores, schemaNewScore } from './scores.ts'
import { seatsOf } from './seats.ts'
import { asNode, relations } from './tables.ts'

/** One HTTP operation of a review, as services mount them. */
export type ReviewRoute = {
  method: 'GET' | 'POST'
  path: string
  title: BothLanguages
  callers: string[]
  params?: z.ZodObject
  body?: z.ZodType
  answer: z.ZodType
  handle(work: Work, input: { params: unknown; body: unknown }): Promise<unknown>
}

const organisers = ['review', 'approve', 'supervisor', 'audit']
const told = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const done = z.object({ done: z.literal(true) })
const roundParams = z.object({ roundId: schemaId })

/** The operations of a review: the form, the public list, the reviewer's desk, and the organiser's experts. */
export function reviewRoutes(tools: ReviewTools, review: Review): ReviewRoute[] {
  return [
    ...applicantRoutes(tools, review),
    foundRoute(tools, review),
    ...publicRoutes(tools, review),
    ...reviewerRoutes(tools, review),
    ...expertRoutes(tools, review),
  ]
}

function applicantRoutes(tools: ReviewTools, review: Review): ReviewRoute[] {
  const field = z.object({
    name: z.string(),
    kind: z.enum(['choice', 'date', 'text', 'count', 'flag']),
    options: z.array(z.string()).optional(),
    required: z.boolean().optional(),
    askedWhen: z.object({ field: z.string(), is: z.array(z.string()) }).optional(),
  })
  const previewBody = z.strictObject({ personId: schemaId.optional(), answers: review.answers })
  return [
    {
      method: 'GET',
      path: '/review',
      title: { zh: '申报通知和申报表', en: 'The rounds that are open, and what the form asks' },
      callers: ['public', 'person', 'accept', ...organisers],
      answer: z.object({
        rounds: z.array(z.object({ roundId: schemaId, name: z.string(), closesOn: schemaDate })),
        fields: z.array(field),
        groups: z.array(z.string()),
        indicators: z.array(z.string()),
      }),
      handle: async (work) => ({
        rounds: await openRounds(work, tools, review),
        fields: [...review.fields],
        groups: [...review.groups],
        indicators: [...review.indicators],
      }),
    },
    {
      method: 'POST',
      path: '/review/preview',
      title: { zh: '预判', en: 'What the rule says to an application now; nothing is kept' },
      callers: ['person', 'accept'],
      body: previewBody,
      answer: z.object({
        ruling: z.unknown().describe('a ruling as a case keeps it'),
        sources: z.record(z.string(), z.string()).describe('the register of each fact'),
      }),
      async handle(work, input) {
        const { personId: named, answers } = previewBody.parse(input.body)
        const personId = await personWhoApplies(work, named)
        const agency = await review.agencyOf(work, personId, work.today)
        requireResponsible(work, agency)
        return decideEntry(work, tools, review, { personId, agency, answers, on: work.today })
      },
    },
  ]
}

/** Beside what was applied for: what the registers hold, and what the rule says of it. */
function foundRoute(tools: ReviewTools, review: Review): ReviewRoute {
  const params = z.object({ caseId: schemaId })
  return {
    method: 'GET',
    path: '/review/applications/:caseId',
    title: { zh: '登记簿所载和规则判定', en: 'What the registers hold for an application, and the ruling on it' },
    callers: ['accept', ...organisers],
    params,
    answer: z.object({
      decided: z.boolean().describe('false: as the registers stand now; true: as they stood when it was checked'),
      facts: z.record(z.string(), z.unknown()).describe('what registers hold; answers are not among them'),
      ruling: z.unknown().describe('a ruling as a case keeps it'),
    }),
    handle: (work, input) => foundOf(work, tools, review, params.parse(input.params).caseId),
  }
}

function publicRoutes(tools: ReviewTools, review: Review): ReviewRoute[] {
  const challenge = z.strictObject({ lineId: schemaId, grounds: opinion })
  return [
    {
      method: 'GET',
      path: '/review/publicity',
      title: { zh: '公示', en: 'What is before the public today; names are masked' },
      callers: ['public', 'person', 'accept', ...organisers],
      answer: z.object({
        items: z.array(
          z.object({
            lineId: schemaId,
            nameMasked: z.string(),
            unitName: z.string().nullable(),
            group: z.string(),
            told,
            from: schemaDate,
            until: schemaDate,
          }),
        ),
      }),
      handle: async (work) => ({ items: await publicLines(work, tools, review) }),
    },
    {
      method: 'GET',
      path: '/review/challenges',
      title: { zh: '我提出的异议', en: 'What I have said against results, and what was found' },
      callers: ['person'],
      answer: z.object({
        items: z.array(z.object({ raisedAt: schemaInstant, outcome: z.enum(['unfounded', 'founded']).nullable() })),
      }),
      handle: async (work) => ({ items: await challengesOf(work, tools, review, ownPersonId(work)) }),
    },
    {
      method: 'POST',
      path: '/review/challenges',
      title: { zh: '提出异议', en: 'Say what stands against somebody before the public' },
      callers: ['person'],
      body: challenge,
      answer: done,
      async handle(work, input) {
        const body = challenge.parse(input.body)
        await challengeLine(work, tools, review, {
          ...body,
          idempotencyKey: `challenge:${body.lineId}:${work.newId()}`,
        })
        return { done: true }
      },
    },
  ]
}

function reviewerRoutes(tools: ReviewTools, review: Review): ReviewRoute[] {
  const sheet = z.object({
    code: z.string(),
    material: z.record(z.string(), z.unknown()),
    scores: z.record(z.string(), z.int()).nullable().describe('what you gave last'),
    comment: z.string().nullable(),
  })
  const scoreParams = z.object({ roundId: schemaId, code: z.string() })
  const bias = z.strictObject({ idNumber: schemaIdNumber, relation: z.enum(relations) })
  return [
    {
      method: 'GET',
      path: '/review/desk',
      title: { zh: '我的评审', en: 'What I have to score, without names; only my own scores' },
      callers: ['person'],
      answer: z.object({
        seats: z.array(
          z.object({
            roundId: schemaId,
            name: z.string(),
            group: z.string(),
            isOpen: z.boolean(),
            sheets: z.array(sheet),
          }),
        ),
      }),
      handle: async (work) => ({ seats: await deskOf(work, tools, review) }),
    },
    {
      method: 'POST',
      path: '/review/rounds/:roundId/entries/:code/score',
      title: { zh: '打分', en: 'Score an entry; nobody else sees it before all scores are in' },
      callers: ['person'],
      params: scoreParams,
      body: schemaNewScore,
      answer: z.object({ points: z.int().describe('0 to 10,000') }),
      async handle(work, input) {
        const { roundId, code } = scoreParams.parse(input.params)
        const { agency, closesOn } = await asNode(work, (node) => getRound(node, tools, review, roundId))
        await requireNoOrganiser(work, tools, roundId)
        const entry = await getEntry(work, roundId, code)
        const round = { agency, closesOn }
        return giveScore(work, tools, review, { entry, round, ...schemaNewScore.parse(input.body) })
      },
    },
    {
      method: 'POST',
      path: '/review/bias',
      title: { zh: '申报回避关系', en: 'Declare somebody whom I do not judge' },
      callers: ['person'],
      body: bias,
      answer: done,
      async handle(work, input) {
        const { idNumber, relation } = bias.parse(input.body)
        const personId = ownPersonId(work)
        // Whether that person is registered is not told to the one who asks.
        const other = await asNode(work, (node) => findPersonByIdNumber(node, idNumber, 'review_conflicts'))
        if (other) await declareBias(work, { personId, otherPersonId: other.personId, relation })
        return { done: true }
      },
    },
  ]
}

function expertRoutes(tools: ReviewTools, review: Review): ReviewRoute[] {
  const ending = z.strictObject({ expertId: schemaId, reason: opinion })
  return [
    {
      method: 'GET',
      path: '/review/experts',
      title: { zh: '专家库', en: 'Who may review here' },
      callers: organisers,
      answer: z.object({
        items: z.array(
          z.object({
            expertId: schemaId,
            personId: schemaId,
            name: z.string(),
            groups: z.array(z.string()),
            from: schemaDate,
            endedOn: schemaDate.nullable(),
          }),
        ),
      }),
      async handle(work) {
        const experts = await expertsOf(work, { service: review.service, agency: agencyOf(work) })
        return {
          items: await Promise.all(experts.map(async (expert) => ({ ...expert, name: await nameOf(work, expert) }))),
        }
      },
    },
    {
      method: 'POST',
      path: '/review/experts',
      title: { zh: '专家入库', en: 'Enter an expert' },
      callers: ['review'],
      body: schemaNewExpert,
      answer: z.object({ expertId: schemaId }),
      handle: async (work, input) => ({
        expertId: await enterExpert(work, review, { ...schemaNewExpert.parse(input.body), agency: agencyOf(work) }),
      }),
    },
    {
      method: 'POST',
      path: '/review/experts/end',
      title: { zh: '专家出库', en: 'End an expert’s entry' },
      callers: ['review'],
      body: ending,
      answer: done,
      async handle(work, input) {
        await endExpert(work, review, { ...ending.parse(input.body), agency: agencyOf(work) })
        return { done: true }
      },
    },
    {
      method: 'GET',
      path: '/review/rounds/:roundId/missing',
      title: { zh: '评分进度', en: 'How many scores each group still waits for; no score' },
      callers: organisers,
      params: roundParams,
      answer: z.object({
        missing: z.record(z.string(), z.int()),
        conflicted: z
          .array(z.object({ group: z.string(), expertId: schemaId }))
          .describe('who has to be replaced before the scores are opened'),
      }),
      async handle(work, input) {
        const { roundId } = roundParams.parse(input.params)
        const { file } = await getRound(work, tools, review, roundId)
        const conflicted = await conflictedSeats(work, review, file)
        return {
          missing: await missingScores(work, roundId),
          conflicted: conflicted.map(({ group, expertId }) => ({ group, expertId })),
        }
      },
    },
  ]
}

/** The person who is signed in, never somebody they act for: reviewing and objecting are done by oneself. */
function ownPersonId({ actor }: Work): Id {
  return must(actor.kind === 'person' ? actor.personId : undefined, 'a person who is signed in')
}

/** The name of an expert, read as the officer who asks, so that the expert's log names them; empty where the expert is another agency's by now. */
async function nameOf(work: Work, { personId }: { personId: Id }): Promise<string> {
  try {
    return (await getPerson(work, personId, 'review_experts')).name
  } catch (error) {
    if (error instanceof Refusal && error.code === 'person_unknown') return ''
    throw error
  }
}

function agencyOf({ actor, node }: Work): string {
  return actor.kind === 'staff' ? actor.agency : node.region
}

async function openRounds(work: Work, { cases }: ReviewTools, review: Review) {
  const rows = await asNode(work, (node) =>
    cases().find(node, { flow: roundFlowId(review), status: 'open', limit: 100 }),
  )
  return rows
    .map(({ caseId, summary: { name, closesOn } }) => ({
      roundId: caseId,
      name: String(name),
      closesOn: String(closesOn),
    }))
    .filter(({ closesOn }) => closesOn >= work.today)
}

/** A round of this review, as far as the caller sees it. Refusals of `cases` for an unknown one, `review_round_unknown`. */
async function getRound(work: Work, { cases }: ReviewTools, review: Review, roundId: string) {
  const { file } = await cases().get(work, roundId)
  if (file.flow !== roundFlowId(review)) throw new Refusal('review_round_unknown')
  const state = roundState.parse(file.state)
  return { file: { ...file, state }, agency: file.agency, closesOn: state.closesOn }
}

/** Who took a step of the round as an officer does not score in it, whatever they are besides. Refusal `review_organises`. */
async function requireNoOrganiser(work: Work, { cases }: ReviewTools, roundId: string): Promise<void> {
  const history = await asNode(work, (node) => cases().history(node, roundId))
  const userId = 'userId' in work.actor ? work.actor.userId : null
  const took = history.some(({ actor }) => 'userId' in actor && actor.userId === userId)
  if (took) throw new Refusal('review_organises', { clause: 'B3.11' })
}

async function deskOf(work: Work, tools: ReviewTools, review: Review) {
  const seats = await seatsOf(work, { personId: ownPersonId(work) })
  const rounds = await asNode(work, (node) => tools.cases().find(node, { flow: roundFlowId(review), limit: 1_000 }))
  const own = seats.flatMap((seat) => {
    const round = rounds.find(({ caseId }) => caseId === seat.roundId)
    return round ? [{ seat, round }] : []
  })
  return Promise.all(
    own.map(async ({ seat: { roundId, group }, round }) => {
      const entries = (await entriesOf(work, roundId)).filter((entry) => entry.group === group)
      // Asked as the reviewer: the database shows them no score but their own.
      const scores = await latestScores(
        work,
        entries.map(({ entryId }) => entryId),
      )
      return {
        roundId,
        name: String(round.summary.name),
        group,
        isOpen: round.status === 'scoring',
        sheets: entries.map(({ entryId, code, material }) => {
          const score = scores.find((each) => each.entryId === entryId)
          // The database keeps no order: what is shown first is said by the review.
          const shown = review.shown.map((name) => [name, material[name]])
          return {
            ...{ code, material: { ...Object.fromEntries(shown), ...material } },
            ...{ scores: score?.scores ?? null, comment: score?.comment ?? null },
          }
        }),
      }
    }),
  )
}
