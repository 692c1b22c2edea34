import { z } from 'zod'
import { type CaseFlow, type Cases, defineFlow } from '../cases/door.ts'
import { BadInput, type Id, must, Refusal, randomOrder, schemaDate, takeTurns, type Work } from '../ground/door.ts'
import { opinion, reviewedState } from './application-state.ts'
import { addEntry } from './entries.ts'
import { type Review, type ReviewTools, roundFlowId } from './review.ts'
import { decidingSteps } from './round-deciding.ts'
import { drawingSteps } from './round-drawing.ts'
import { initialRound, type RoundFile, type RoundState, roundState, roundStep, termsOf } from './round-state.ts'
import { asNode } from './tables.ts'

/** A round: announced, closed, its committees drawn, scored in secret, ranked group by group, equals decided by people, put before the public. */
export function roundFlow(tools: ReviewTools, review: Review): CaseFlow<RoundState> {
  const { service, version, title, numberPrefix } = review
  return defineFlow<RoundState>({
    id: roundFlowId(review),
    service,
    version,
    title: { zh: `${title.zh}评审批次`, en: `Round: ${title.en}` },
    numberPrefix: `${numberPrefix}R`,
    state: roundState,
    initial: initialRound,
    statuses: {
      open: { title: { zh: '申报中', en: 'Open for applications' }, task: { role: 'review' } },
      closed: { title: { zh: '已截止，待抽取专家', en: 'Closed, committees to be drawn' }, task: { role: 'review' } },
      scoring: { title: { zh: '专家评审中', en: 'Being scored' }, task: { role: 'review' } },
      tied: { title: { zh: '同分待评议', en: 'Equals to be decided' }, task: { role: 'approve' } },
      ranked: { title: { zh: '待公示', en: 'To be put before the public' }, task: { role: 'approve' } },
      publicised: { title: { zh: '已公示', en: 'Put before the public' }, final: true },
      empty: { title: { zh: '无人进入评审', en: 'Nobody entered' }, final: true },
    },
    steps: { ...openSteps(tools, review), ...drawingSteps(review), ...decidingSteps(tools, review) },
    summary: ({ state: { name, closesOn, entries } }) => ({
      name,
      closesOn,
      entries: Object.values(entries).reduce((sum, each) => sum + each, 0),
    }),
  })
}

function openSteps(tools: ReviewTools, review: Review) {
  const announce = roundStep({
    title: { zh: '发布申报通知', en: 'Announce the round' },
    opens: true,
    by: ['review'],
    body: z.strictObject({ name: z.string().trim().min(2).max(80), closesOn: schemaDate }),
    record: roundState.pick({ name: true, closesOn: true, checkDays: true, terms: true }),
    to: 'open',
    async take({ work, body, effectiveOn }) {
      if (body.closesOn < work.today) {
        throw new BadInput([{ path: 'closesOn', expected: `a day from ${work.today} on`, found: body.closesOn }])
      }
      const agency = work.actor.kind === 'staff' ? work.actor.agency : work.node.region
      const terms: RoundState['terms'] = {}
      for (const group of review.groups) {
        terms[group] = await termsOf(work, tools, review, { group, agency, on: effectiveOn })
      }
      const checkDays = Math.min(...Object.values(terms).map((each) => each.checkDays))
      return { record: { ...body, checkDays, terms }, subject: { agency } }
    },
    fold: (_, { body }) => ({ ...initialRound, ...body }),
  })

  const postpone = roundStep({
    title: { zh: '调整截止日期', en: 'Postpone the closing day' },
    from: ['open'],
    by: ['review'],
    body: z.strictObject({ closesOn: schemaDate, reason: opinion }),
    record: z.strictObject({ closesOn: schemaDate, reason: opinion }),
    to: 'stay',
    async take({ file, body }) {
      if (body.closesOn <= file.state.closesOn) {
        throw new BadInput([{ path: 'closesOn', expected: `a day after ${file.state.closesOn}`, found: body.closesOn }])
      }
      return { record: body }
    },
    fold: (state, { body: { closesOn } }) => ({ ...state, closesOn }),
  })

  const close = roundStep({
    title: { zh: '截止并编号', en: 'Close and number the entries' },
    from: ['open'],
    by: ['review'],
    body: z.strictObject({}),
    record: roundState.pick({ entries: true }),
    to: { closed: 'closed', empty: 'empty' },
    async take({ work, file }) {
      const { closesOn } = file.state
      if (work.today <= closesOn) throw new Refusal('review_round_still_open', { params: { closesOn } })
      const entries = await enterAll(work, tools.cases(), review, file)
      return { outcome: Object.keys(entries).length === 0 ? 'empty' : 'closed', record: { entries } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  return { announce, postpone, close }
}

/**
 * Enters every application that passed the check, under codes in an order of chance, so that a code says nothing of who applied first. Returns
 * how many each group has. Refusal `review_applications_unchecked` while one waits for the agency.
 */
async function enterAll(
  work: Work,
  cases: Cases,
  review: Review,
  { id: roundId }: RoundFile,
): Promise<Record<string, number>> {
  await takeTurns(work, `review:${roundId}`)
  return asNode(work, async (node) => {
    const all = await applicationsOf(node, cases, review, roundId)
    const count = all.filter(({ status }) => status === 'submitted' || status === 'accepted').length
    if (count > 0) throw new Refusal('review_applications_unchecked', { params: { count } })
    for (const { caseId, seq } of all.filter(({ status }) => status === 'awaiting_completion')) {
      await cases.take(node, {
        caseId,
        step: 'lapse',
        body: {},
        expectedSeq: seq,
        idempotencyKey: `round:${roundId}:lapse`,
      })
    }
    const admitted = all.filter(({ status }) => status === 'admitted')
    const entries: Record<string, number> = {}
    for (const { caseId } of randomOrder(node.node.random, admitted)) {
      const { file } = await cases.get(node, caseId)
      const { personId, found, facts } = reviewedState.parse(file.state)
      const group = must(found?.group, 'the group of an application')
      entries[group] = (entries[group] ?? 0) + 1
      const entryId = await addEntry(node, {
        roundId,
        caseId,
        personId: must(personId, 'applicant of a review'),
        agency: file.agency,
        group,
        code: codeOf(review, group, entries[group]),
        material: Object.fromEntries([...review.shown, ...review.pointsFacts].map((name) => [name, facts[name]])),
      })
      await cases.take(node, {
        caseId,
        step: 'enter',
        body: { entryId },
        expectedSeq: file.seq,
        idempotencyKey: `round:${roundId}:enter`,
      })
    }
    return entries
  })
}

/** The code of the n-th entry of a group: `B-007` for the seventh of the second group. */
function codeOf({ groups }: Review, group: string, number: number): string {
  return `${String.fromCharCode(65 + groups.indexOf(group))}-${String(number).padStart(3, '0')}`
}

async function applicationsOf(work: Work, cases: Cases, { id: flow }: Review, roundId: Id) {
  const page = 500
  const found: Awaited<ReturnType<Cases['find']>> = []
  for (;;) {
    const last = found.at(-1)
    const rows = await cases.find(work, { flow, text: roundId, limit: page, ...(last && { after: last.caseId }) })
    found.push(...rows)
    if (rows.length < page) return found.filter(({ summary }) => summary.roundId === roundId)
  }
}
