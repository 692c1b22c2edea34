import { z } from 'zod'
import { defineFlow, noticesToSubject, stepsOf, withdrawalStep } from '../../cases/door.ts'
import {
  actorPersonId,
  actorUserId,
  asActor,
  type Id,
  Refusal,
  schemaId,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { getPerson, getUser } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'

/** The flow of projects. */
export const projectFlowId = 'contest-project'

const answers = z.strictObject({
  contest: z.string().trim().min(2).max(60),
  name: z.string().trim().min(2).max(80),
  summary: z.string().trim().min(4).max(500),
})
const score = z.strictObject({ userId: schemaId, points: z.int().min(0).max(100) })
const result = z.strictObject({ rank: z.int(), points: z.int(), awarded: z.boolean() })
const projectState = z.strictObject({
  answers: answers.nullable(),
  conflicts: z.array(schemaId),
  scores: z.array(score),
  result: result.nullable(),
})

type State = z.infer<typeof projectState>
type Status = 'entered' | 'admitted' | 'not_admitted' | 'awarded' | 'not_awarded' | 'withdrawn'

const step = stepsOf<State, Status>()
const note = z.string().trim().min(1).max(300)

/**
 * A project of the contest (C5.07): entered, admitted, scored by judges, and awarded by its rank. A judge with a conflict of interest, or whose own
 * project it is, does not score; none scores twice.
 */
export function projectFlow(tools: ServiceTools) {
  return defineFlow<State>({
    id: projectFlowId,
    service: 'startup-guidance',
    version: 1,
    title: { zh: '返乡创业项目选拔', en: 'Contest of projects' },
    numberPrefix: 'CXM',
    state: projectState,
    initial: { answers: null, conflicts: [], scores: [], result: null },
    statuses: {
      entered: { title: { zh: '已报名', en: 'Entered' }, task: { role: 'accept' } },
      admitted: { title: { zh: '评审中', en: 'With the judges' }, task: { role: 'review' } },
      not_admitted: { title: { zh: '不予参评', en: 'Not admitted' }, final: true },
      awarded: { title: { zh: '入选', en: 'Awarded' }, final: true },
      not_awarded: { title: { zh: '未入选', en: 'Not awarded' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    },
    steps: {
      ...enteringSteps(),
      ...judgingSteps(tools),
      ...withdrawalStep<State, Status>({ from: ['entered', 'admitted'], to: 'withdrawn' }),
    },
    summary: ({ state }) => ({
      contest: state.answers?.contest ?? null,
      name: state.answers?.name ?? null,
      scored: state.scores.length,
      points: pointsOf(state),
      rank: state.result?.rank ?? null,
    }),
  })
}

function enteringSteps() {
  const apply = step({
    title: { zh: '报名', en: 'Enter' },
    opens: true,
    by: ['person'],
    body: z.strictObject({ answers }),
    record: z.strictObject({ answers }),
    to: 'entered',
    async take({ work, body }) {
      const personId = actorPersonId(work.actor)
      if (personId === null) throw new Refusal('not_your_step', { params: { step: 'apply', role: '' } })
      const { agency } = await asActor(work, systemActor, (node) => getPerson(node, personId, 'project contest'))
      return { record: body, subject: { personId, agency } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
  const admit = step({
    title: { zh: '资格审查', en: 'Admit' },
    from: ['entered'],
    by: ['accept'],
    body: z.strictObject({ outcome: z.enum(['admitted', 'not_admitted']), note }),
    record: z.strictObject({ outcome: z.enum(['admitted', 'not_admitted']), note: z.string() }),
    to: { admitted: 'admitted', not_admitted: 'not_admitted' },
    take: async ({ body }) => ({ outcome: body.outcome, record: body }),
  })
  return { apply, admit }
}

function judgingSteps(tools: ServiceTools) {
  const declareConflict = step({
    title: { zh: '声明利益关系', en: 'Declare a conflict of interest' },
    from: ['admitted'],
    by: ['review'],
    body: z.strictObject({ note }),
    record: z.strictObject({ userId: schemaId, note: z.string() }),
    to: 'stay',
    take: async ({ work, file, body }) => {
      const userId = judgeOf(work)
      if (file.state.scores.some((each) => each.userId === userId))
        throw new Refusal('scored_already', { clause: 'C5.07' })
      return { record: { userId, note: body.note } }
    },
    fold: (state, { body }) => ({ ...state, conflicts: [...state.conflicts, body.userId] }),
  })
  const giveScore = step({
    title: { zh: '打分', en: 'Score' },
    from: ['admitted'],
    by: ['review'],
    notSameUserAs: ['admit'],
    body: z.strictObject({ points: z.int().min(0).max(100), note }),
    record: score.extend({ note: z.string() }),
    to: 'stay',
    async take({ work, file, body, effectiveOn }) {
      const userId = judgeOf(work)
      const { conflicts, scores } = file.state
      if (conflicts.includes(userId)) throw new Refusal('conflict_declared', { clause: 'C5.07' })
      if (scores.some((each) => each.userId === userId)) throw new Refusal('scored_already', { clause: 'C5.07' })
      const { personId } = await asActor(work, systemActor, (node) => getUser(node, userId))
      if (personId !== null && personId === file.subject.personId) throw new Refusal('own_project', { clause: 'C5.07' })
      const { value } = await tools.rulebook.valueOf(work, 'judges', { on: effectiveOn, insuredRegion: file.agency })
      if (scores.length >= Number(value)) throw new Refusal('scores_complete', { clause: 'C5.07' })
      return { record: { userId, ...body } }
    },
    fold: (state, { body: { userId, points } }) => ({ ...state, scores: [...state.scores, { userId, points }] }),
  })
  const announce = step({
    title: { zh: '公布结果', en: 'Announce the result' },
    from: ['admitted'],
    by: ['approve'],
    notSameUserAs: ['giveScore', 'admit'],
    body: z.strictObject({}),
    record: z.strictObject({ result }),
    to: { awarded: 'awarded', not_awarded: 'not_awarded' },
    async take({ work, file, effectiveOn }) {
      const ranked = await ranking(work, tools, file.state.answers?.contest ?? '')
      const { value: judges } = await tools.rulebook.valueOf(work, 'judges', {
        on: effectiveOn,
        insuredRegion: file.agency,
      })
      const open = ranked.filter(({ scored }) => scored < Number(judges)).length
      if (open > 0) throw new Refusal('contest_not_finished', { clause: 'C5.07', params: { count: open } })
      // Equal points share the rank of the first of them.
      const points = pointsOf(file.state)
      const rank = ranked.filter((each) => each.points > points).length + 1
      const ruling = await tools.rulebook.decide(work, {
        policy: 'contest-award',
        on: effectiveOn,
        insuredRegion: file.agency,
        facts: { scores: file.state.scores.map((each) => each.points), rank },
      })
      const awarded = ruling.decision.outcome === 'granted'
      const code = awarded ? 'notice.project_awarded' : 'notice.project_not_awarded'
      return {
        outcome: awarded ? ('awarded' as const) : ('not_awarded' as const),
        record: { result: { rank, points, awarded } },
        decision: ruling,
        notices: noticesToSubject(file.subject, code, { number: file.number, rank, points }),
      }
    },
    fold: (state, { body }) => ({ ...state, result: body.result }),
  })
  return { declareConflict, giveScore, announce }
}

/** A project with its points, in a list of a contest. */
export type RankedProject = { caseId: Id; number: string; name: string; scored: number; points: number; status: string }

/** The projects of a contest that were admitted, the most points first. */
export function ranking(work: Work, { cases }: Pick<ServiceTools, 'cases'>, contest: string): Promise<RankedProject[]> {
  return asActor(work, systemActor, async (node) => {
    const rows = await cases().find(node, { flow: projectFlowId, text: contest, limit: 1_000 })
    return rows
      .filter(
        ({ status, summary }) => ['admitted', 'awarded', 'not_awarded'].includes(status) && summary.contest === contest,
      )
      .map(({ caseId, number, status, summary }) => ({
        caseId,
        number,
        status,
        name: String(summary.name),
        scored: Number(summary.scored),
        points: Number(summary.points),
      }))
      .toSorted((one, other) => other.points - one.points || (one.caseId < other.caseId ? -1 : 1))
  })
}

function pointsOf({ scores }: State): number {
  return scores.reduce((sum, { points }) => sum + points, 0)
}

function judgeOf({ actor }: Work): Id {
  const userId = actorUserId(actor)
  if (userId === null) throw new Refusal('not_your_step', { params: { step: 'giveScore', role: '' } })
  return userId
}
