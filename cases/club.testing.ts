/**
 * A neutral service for tests: joining a made-up sports club, from the application to the end of the membership. It uses every part of the
 * case machine and stands on no law.
 */
import { z } from 'zod'
import { type Actor, addDays, addMonths, type Id, inTransaction, newId, schemaDate, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import {
  type Cases,
  type CaseView,
  casesMigrations,
  completionSteps,
  correctionStep,
  createCases,
  defineFlow,
  objectionSteps,
  type RiskHit,
  ratingStep,
  type StepTaken,
  stepsOf,
  withdrawalStep,
} from './door.ts'

const clubState = z.strictObject({
  sport: z.enum(['tennis', 'rowing']).nullable(),
  guests: z.int().min(0),
  minor: z.boolean(),
  validTo: schemaDate.nullable(),
})

export type ClubState = z.infer<typeof clubState>

type ClubStatus =
  | 'submitted'
  | 'awaiting_completion'
  | 'awaiting_second_look'
  | 'awaiting_board'
  | 'accepted'
  | 'member'
  | 'refused'
  | 'not_accepted'
  | 'objected'
  | 'withdrawn'
  | 'expired'

export const application = z.strictObject({
  sport: z.enum(['tennis', 'rowing']),
  guests: z.int().min(0).max(100),
  minor: z.boolean(),
})

const step = stepsOf<ClubState, ClubStatus>()

function riskHits({ minor, guests }: Pick<ClubState, 'minor' | 'guests'>): RiskHit[] {
  const hits: RiskHit[] = []
  if (minor) hits.push({ rule: 'minor_without_guardian', level: 'high' })
  if (guests > 10) hits.push({ rule: 'many_guests', level: 'medium', params: { guests } })
  else if (guests > 5) hits.push({ rule: 'some_guests', level: 'low', params: { guests } })
  return hits
}

export const clubFlow = defineFlow<ClubState>({
  id: 'club-membership',
  service: 'club',
  version: 1,
  title: { zh: '加入俱乐部', en: 'Joining the club' },
  numberPrefix: 'CL',
  state: clubState,
  initial: { sport: null, guests: 0, minor: false, validTo: null },
  deadlines: {
    decide: { zh: '决定时限', en: 'Time to decide' },
  },
  statuses: {
    submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept', deadline: 'decide' } },
    awaiting_completion: { title: { zh: '待补正', en: 'To be completed' }, waitsFor: 'applicant' },
    awaiting_second_look: { title: { zh: '待第二人查看', en: 'To be looked at again' }, task: { role: 'accept' } },
    awaiting_board: { title: { zh: '待理事会批准', en: 'To be approved by the board' }, task: { role: 'board' } },
    accepted: {
      title: { zh: '已受理', en: 'Accepted' },
      task: { role: 'review', deadline: 'decide' },
      automatic: { step: 'escalate', afterDeadline: 'decide' },
    },
    member: {
      title: { zh: '会员', en: 'Member' },
      automatic: { step: 'expire', on: ({ validTo }) => (validTo ? addDays(validTo, 1) : null) },
    },
    refused: { title: { zh: '不予通过', en: 'Refused' }, final: true },
    not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
    objected: { title: { zh: '复议中', en: 'Objected to' }, task: { role: 'board' } },
    withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    expired: { title: { zh: '已失效', en: 'Expired' }, final: true },
  },
  steps: {
    submit: step({
      title: { zh: '提交申请', en: 'Apply' },
      opens: true,
      by: ['person', 'accept', 'system'],
      body: application,
      record: application,
      to: 'submitted',
      risk: { assess: async ({ body }) => riskHits(body) },
      take: async ({ body }) => ({
        record: body,
        deadlines: [{ start: 'decide', unit: 'working_day', amount: 5 }],
      }),
      fold: (state, { body }) => ({ ...state, ...body }),
    }),
    ...completionSteps<ClubState, ClubStatus>({
      from: ['submitted'],
      waiting: 'awaiting_completion',
      by: 'accept',
      deadline: 'decide',
    }),
    ...withdrawalStep<ClubState, ClubStatus>({ from: ['submitted', 'awaiting_completion'], to: 'withdrawn' }),
    accept: step({
      title: { zh: '受理', en: 'Accept' },
      from: ['submitted'],
      by: ['accept'],
      body: z.strictObject({ accepted: z.boolean() }),
      record: z.strictObject({ accepted: z.boolean() }),
      to: { accepted: 'accepted', not_accepted: 'not_accepted' },
      risk: {
        assess: async ({ file }) => riskHits(file.state),
        divert: { high: { accepted: 'awaiting_board' }, medium: { accepted: 'awaiting_second_look' } },
      },
      take: async ({ body }) =>
        body.accepted
          ? { outcome: 'accepted', record: body, receipt: { kind: 'accepted' } }
          : {
              outcome: 'not_accepted',
              record: body,
              receipt: { kind: 'not_accepted', reason: { code: 'club.no_such_sport' } },
            },
    }),
    lookAgain: step({
      title: { zh: '第二人查看', en: 'Look again' },
      from: ['awaiting_second_look'],
      by: ['accept'],
      notSameUserAs: ['accept'],
      body: z.strictObject({}),
      record: z.strictObject({}),
      to: 'accepted',
      take: async () => ({ record: {} }),
    }),
    approve: step({
      title: { zh: '理事会批准', en: 'Approve' },
      from: ['awaiting_board'],
      by: ['board'],
      notSameUserAs: ['accept'],
      body: z.strictObject({}),
      record: z.strictObject({}),
      to: 'accepted',
      take: async () => ({ record: {} }),
    }),
    review: step({
      title: { zh: '复核', en: 'Review' },
      from: ['accepted'],
      by: ['review'],
      notSameUserAs: ['accept'],
      body: z.strictObject({ granted: z.boolean() }),
      record: z.strictObject({ validTo: schemaDate.nullable() }),
      to: { granted: 'member', refused: 'refused' },
      async take({ work, file, body, effectiveOn }) {
        await work.reach('club.review.told')
        const { personId } = file.subject
        return {
          outcome: body.granted ? 'granted' : 'refused',
          record: { validTo: body.granted ? addMonths(effectiveOn, 12) : null },
          decision: { granted: body.granted },
          deadlines: [{ meet: 'decide' }],
          notices: personId ? [{ personId, code: body.granted ? 'club.welcome' : 'club.sorry' }] : [],
        }
      },
      fold: (state, { body }) => ({ ...state, validTo: body.validTo }),
    }),
    escalate: step({
      title: { zh: '逾期上报', en: 'Send up, late' },
      from: ['accepted'],
      by: ['system'],
      body: z.strictObject({}),
      record: z.strictObject({}),
      to: 'awaiting_board',
      take: async () => ({ record: {}, deadlines: [{ meet: 'decide' }] }),
    }),
    expire: step({
      title: { zh: '到期失效', en: 'Expire' },
      from: ['member'],
      by: ['system'],
      body: z.strictObject({}),
      record: z.strictObject({}),
      to: 'expired',
      take: async () => ({ record: {} }),
    }),
    ...correctionStep<ClubState, ClubStatus, { guests: number }>({
      from: ['submitted', 'accepted', 'member'],
      by: ['review'],
      changes: z.strictObject({ guests: z.int().min(0) }),
      fold: (state, changes) => ({ ...state, ...changes }),
    }),
    ...objectionSteps<ClubState, ClubStatus>({
      from: ['refused', 'not_accepted'],
      pending: 'objected',
      decidedBy: 'board',
      notSameUserAs: ['review'],
    }),
    ...ratingStep<ClubState, ClubStatus>({ from: ['member', 'refused', 'expired'] }),
  },
  summary: ({ state }) => ({ sport: state.sport, guests: state.guests }),
})

/** A region where the club is, with officers of its agency and one of another. All names and ids are synthetic. */
export type Club = {
  node: TestNode
  cases: Cases
  applicant: Extract<Actor, { kind: 'person' }>
  acceptor: Actor
  otherAcceptor: Actor
  reviewer: Actor
  board: Actor
  elsewhere: Actor
  /** Runs in one transaction as an actor. */
  as<T>(actor: Actor, action: (work: Work) => Promise<T>): Promise<T>
  /** The applicant applies; plain tennis without guests unless said otherwise. */
  apply(body?: Record<string, unknown>, key?: string): Promise<StepTaken>
  /** Takes a step at the case's present seq. */
  take(actor: Actor, caseId: Id, step: string, body?: unknown): Promise<StepTaken>
  view(actor: Actor, caseId: Id): Promise<CaseView>
}

/** The agency of every club case. */
export const clubAgency = '320100'

/** Opens a club on a fresh database. */
export async function openClub(
  options: { now?: string; cases?: Cases; faults?: TestNode['faults'] } = {},
): Promise<Club> {
  const node = await testNode({ migrations: [await casesMigrations()], ...options })
  const cases = options.cases ?? createCases({ flows: [clubFlow] })
  const id = () => newId(node.clock, node.random)
  const officer = (role: string, agency = clubAgency): Actor => ({
    kind: 'staff',
    userId: id(),
    assignmentId: id(),
    role,
    agency,
  })
  const applicant = { kind: 'person', userId: id(), personId: id() } as const
  const as: Club['as'] = (actor, action) => inTransaction(node, actor, action)
  let requests = 0
  return {
    node,
    cases,
    applicant,
    acceptor: officer('accept'),
    otherAcceptor: officer('accept'),
    reviewer: officer('review'),
    board: officer('board'),
    elsewhere: officer('accept', '650100'),
    as,
    apply: (body = {}, key = `apply-${++requests}`) =>
      as(applicant, (work) =>
        cases.open(work, {
          flow: 'club-membership',
          body: { sport: 'tennis', guests: 0, minor: false, ...body },
          subject: { personId: applicant.personId },
          agency: clubAgency,
          idempotencyKey: key,
        }),
      ),
    take: (actor, caseId, name, body = {}) =>
      as(actor, async (work) => {
        const { file } = await cases.get(work, caseId)
        return cases.take(work, {
          caseId,
          step: name,
          body,
          expectedSeq: file.seq,
          idempotencyKey: `take-${++requests}`,
        })
      }),
    view: (actor, caseId) => as(actor, (work) => cases.get(work, caseId)),
  }
}
