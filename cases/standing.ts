import { z } from 'zod'
import {
  addDays,
  asActor,
  BadInput,
  type BothLanguages,
  type Id,
  must,
  type PlainDate,
  Refusal,
  schemaDate,
  systemActor,
  takeTurns,
  type Work,
} from '../ground/door.ts'
import type { Ruling } from '../law/door.ts'
import { type ApplicantKind, applicantIdOf, requireResponsible } from './applicant.ts'
import type { CaseRow } from './case-lists.ts'
import type { Cases } from './cases.ts'
import { type CaseFile, type CaseFlow, defineFlow, stepsOf } from './flow.ts'
import { noticesToSubject } from './notices.ts'
import { objectionSteps } from './objection.ts'
import { ratingStep } from './rating.ts'
import { withdrawalStep } from './withdrawal.ts'

const finding = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  /** The last day of the standing; open where null. */
  until: schemaDate.nullable(),
})

/** What the rule says to an application. `ruling` is kept with the case as its decision. */
export type StandingFinding = z.infer<typeof finding>

/** What a ruling says of a standing: its last day is the rule's result `until`, and it is open where the rule has none. */
export function standingFinding(ruling: Ruling): StandingFinding & { ruling: Ruling } {
  const { outcome, reason = null, because, results } = ruling.decision
  const until = outcome === 'granted' && results.until ? schemaDate.parse(results.until.value) : null
  return { outcome, reason, because, until, ruling }
}

/** Parses the state of a case about a standing. */
export const standingState = z.strictObject({
  answers: z.record(z.string(), z.unknown()),
  appliedOn: schemaDate.nullable(),
  occasion: z.string(),
  /** What the rule said when it was applied for, and then when it was decided. */
  found: finding.nullable(),
  from: schemaDate.nullable(),
  to: schemaDate.nullable(),
  endReason: z.string().nullable(),
})

/** The state of a case about a standing. */
export type StandingState = z.infer<typeof standingState>

type Status =
  | 'submitted'
  | 'accepted'
  | 'referred'
  | 'standing'
  | 'refused'
  | 'not_accepted'
  | 'withdrawn'
  | 'under_objection'
  | 'ended'

/** An application as the rule is asked about it. */
export type StandingQuestion = {
  partyId: Id
  agency: string
  answers: Readonly<Record<string, unknown>>
  on: PlainDate
  caseId: Id
}

/** A standing that begins or ends. */
export type Standing = StandingQuestion & { from: PlainDate }

/**
 * What a service says of a standing (a recognition, a registration, a place, a post): somebody applies, officers check it and decide by a rule, and
 * from then on it holds until its last day, or until it is ended with a reason.
 */
export type StandingSpec = {
  id: string
  service: string
  version: number
  title: BothLanguages
  numberPrefix: string
  /** What it is called while it holds, and after. */
  standing: BothLanguages
  ended: BothLanguages
  applicant: ApplicantKind
  answers: z.ZodType<Record<string, unknown>>
  agencyOf(work: Work, partyId: Id): Promise<string>
  /** Decides by a rule of the service; runs as the node. */
  decide(work: Work, question: StandingQuestion): Promise<StandingFinding & { ruling: object }>
  /** The first day of the standing; the day of the decision where left out. */
  fromOf?(answers: Readonly<Record<string, unknown>>, decidedOn: PlainDate): PlainDate
  /** What makes two of them the same; a party has one at a time where left out. */
  occasionOf?(answers: Readonly<Record<string, unknown>>): string
  /** A new one may be applied for while one holds, and ends it the day before it begins itself. */
  replacesEarlier?: true
  /** What follows when it begins and ends: rows of registers. Runs as the node, in the step's transaction. */
  begin?(work: Work, standing: Standing): Promise<void>
  end?(work: Work, standing: Standing & { to: PlainDate }): Promise<void>
  /** What lists show besides. */
  summary?(state: StandingState): Record<string, string | number | boolean | null>
}

const step = stepsOf<StandingState, Status>()
const opinion = z.string().trim().min(1).max(500)

/**
 * The flow of a standing: `apply`, `accept`, `decide` by the rule, `determine` where the rule leaves it to people, `end`, and by itself `expire`.
 * Nobody decides who applied or accepted. Refusals: `standing_applied` for a second one while the first is open or holds, also where an objection
 * brings back one that was refused; `standing_begins_too_early` for one that would begin before, or with, what it takes the place of.
 */
export function standingFlow(spec: StandingSpec, cases: () => Cases): CaseFlow<StandingState> {
  const { id, service, version, title, numberPrefix } = spec
  return defineFlow<StandingState>({
    id,
    service,
    version,
    title,
    numberPrefix,
    state: standingState,
    initial: { answers: {}, appliedOn: null, occasion: '', found: null, from: null, to: null, endReason: null },
    statuses: {
      submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept' } },
      accepted: { title: { zh: '待审核', en: 'To be decided' }, task: { role: 'review' } },
      referred: { title: { zh: '待人工认定', en: 'To be decided by people' }, task: { role: 'approve' } },
      standing: {
        title: spec.standing,
        inForce: true,
        automatic: { step: 'expire', on: ({ to }) => to && addDays(to, 1) },
      },
      refused: { title: { zh: '不予通过', en: 'Refused' }, final: true },
      not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
      ended: { title: spec.ended, final: true },
    },
    steps: {
      ...applyingSteps(spec, cases),
      ...decidingSteps(spec, cases),
      ...endingSteps(spec),
      ...objectionSteps<StandingState, Status>({
        from: ['refused', 'not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['accept', 'decide', 'determine'],
        setAsideTo: 'accepted',
      }),
      ...withdrawalStep<StandingState, Status>({
        from: ['submitted', 'accepted'],
        to: 'withdrawn',
        by: [applicantRole(spec), 'system'],
      }),
      ...ratingStep<StandingState, Status>({ from: ['standing', 'refused', 'not_accepted', 'ended'] }),
    },
    summary: ({ state }) => ({
      occasion: state.occasion,
      appliedOn: state.appliedOn,
      outcome: state.found?.outcome ?? null,
      from: state.from,
      to: state.to,
      ...spec.summary?.(state),
    }),
  })
}

function applyingSteps(spec: StandingSpec, cases: () => Cases) {
  const apply = step({
    title: { zh: '申请', en: 'Apply' },
    opens: true,
    by: [applicantRole(spec), 'accept', 'system'],
    body: z.strictObject({ partyId: z.uuid().optional(), answers: spec.answers }),
    record: standingState.pick({ answers: true, occasion: true, found: true }).extend({ appliedOn: schemaDate }),
    to: 'submitted',
    async take({ work, file, body: { partyId: named, answers }, effectiveOn }) {
      const partyId = applicantIdOf(work, { applicant: spec.applicant, named })
      // An officer reads in their own name whom they apply for: the access log says so, and whom they do not see they do not apply for.
      const agency =
        work.actor.kind === 'staff'
          ? await spec.agencyOf(work, partyId)
          : await asNode(work, (node) => spec.agencyOf(node, partyId))
      requireResponsible(work, agency)
      const question = { partyId, agency, answers, on: effectiveOn, caseId: file.id }
      const occasion = occasionOf(spec, answers)
      await requireFirst(work, { spec, cases: cases() }, question)
      const { ruling: _, ...found } = await asNode(work, (node) => spec.decide(node, question))
      return {
        record: { answers, occasion, found, appliedOn: effectiveOn },
        subject: { ...partyOf(spec, partyId), agency },
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
  const accept = step({
    title: { zh: '受理', en: 'Accept' },
    from: ['submitted'],
    by: ['accept'],
    body: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: opinion.optional() }),
    record: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: z.string().nullable() }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    async take({ body: { outcome, reason = null } }) {
      const code = 'receipt.standing_not_accepted'
      return {
        outcome,
        record: { outcome, reason },
        receipt:
          outcome === 'accepted'
            ? { kind: 'accepted' as const }
            : { kind: 'not_accepted' as const, reason: { code, params: { reason: reason ?? '' } } },
      }
    },
  })
  return { apply, accept }
}

function decidingSteps(spec: StandingSpec, cases: () => Cases) {
  const record = z.strictObject({ opinion, found: finding, from: schemaDate.nullable() })
  const fold = (state: StandingState, { body }: { body: z.infer<typeof record> }): StandingState => ({
    ...state,
    found: body.found,
    from: body.from,
    to: body.found.until,
  })
  const decide = step({
    title: { zh: '审核', en: 'Decide by the rule' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['apply', 'accept'],
    body: z.strictObject({ opinion }),
    record,
    to: { granted: 'standing', refused: 'refused', referred: 'referred' },
    async take({ work, file, body, effectiveOn }) {
      const question = { ...questionOf(file), on: effectiveOn }
      const { ruling, ...found } = await asNode(work, (node) => spec.decide(node, question))
      const from = await beginIfGranted(work, { spec, cases: cases() }, question, found)
      return {
        outcome: found.outcome,
        record: { opinion: body.opinion, found, from },
        decision: ruling,
        ...(found.outcome !== 'referred' && { notices: noticesOfDecision(file, found.outcome) }),
      }
    },
    fold,
  })
  const determine = step({
    title: { zh: '人工认定', en: 'Decided by people' },
    from: ['referred'],
    by: ['approve'],
    notSameUserAs: ['apply', 'accept', 'decide'],
    body: z.strictObject({ outcome: z.enum(['granted', 'refused']), opinion }),
    record,
    to: { granted: 'standing', refused: 'refused' },
    async take({ work, file, body, effectiveOn }) {
      const found = { ...must(file.state.found, 'finding of a decided case'), outcome: body.outcome }
      const question = { ...questionOf(file), on: effectiveOn }
      const from = await beginIfGranted(work, { spec, cases: cases() }, question, found)
      return {
        outcome: body.outcome,
        record: { opinion: body.opinion, found, from },
        decision: { ...found, decidedByPeople: body.opinion },
        notices: noticesOfDecision(file, body.outcome),
      }
    },
    fold,
  })
  return { decide, determine }
}

function endingSteps(spec: StandingSpec) {
  const record = z.strictObject({ reason: z.string().nullable(), to: schemaDate })
  const fold = (state: StandingState, { body }: { body: z.infer<typeof record> }): StandingState => ({
    ...state,
    to: body.to,
    endReason: body.reason,
  })
  const finish = async (work: Work, file: CaseFile<StandingState>, to: PlainDate, reason: string | null) => {
    const from = must(file.state.from, 'first day of a standing')
    const last = file.state.to
    if (to < from) throw new BadInput([{ path: 'to', expected: `${from} or later`, found: to }])
    if (last !== null && to > last) throw new BadInput([{ path: 'to', expected: `${last} or earlier`, found: to }])
    await asNode(work, async (node) => spec.end?.(node, { ...questionOf(file), on: to, from, to }))
    const code = reason === null ? 'notice.standing_expired' : 'notice.standing_ended'
    const notices = noticesToSubject(file.subject, code, { number: file.number, reason: reason ?? '' })
    return { record: { reason, to }, notices }
  }
  const end = step({
    title: { zh: '终止', en: 'End it' },
    from: ['standing'],
    by: ['review', applicantRole(spec)],
    body: z.strictObject({ reason: opinion, to: schemaDate.optional() }),
    record,
    to: 'ended',
    take: ({ work, file, body, effectiveOn }) => finish(work, file, body.to ?? effectiveOn, body.reason),
    fold,
  })
  const replace = step({
    title: { zh: '由后一件接替', en: 'Replaced by a later one' },
    from: ['standing'],
    by: ['system'],
    body: z.strictObject({ to: schemaDate }),
    record,
    to: 'ended',
    take: ({ work, file, body: { to } }) =>
      finish(work, file, file.state.to !== null && file.state.to < to ? file.state.to : to, null),
    fold,
  })
  const expire = step({
    title: { zh: '到期', en: 'Expire' },
    from: ['standing'],
    by: ['system'],
    body: z.strictObject({}),
    record,
    to: 'ended',
    take: ({ work, file }) => finish(work, file, must(file.state.to, 'last day of a standing'), null),
    fold,
  })
  return { end, replace, expire }
}

/** A standing's service, and the cases in which it stands. */
type StandingTools = { spec: StandingSpec; cases: Cases }

async function beginIfGranted(
  work: Work,
  { spec, cases }: StandingTools,
  question: StandingQuestion,
  { outcome }: Pick<StandingFinding, 'outcome'>,
): Promise<PlainDate | null> {
  if (outcome !== 'granted') return null
  const from = firstDayOf(spec, question)
  const held = requireNoneBeside(spec, await othersOf(work, { spec, cases }, question), question)
  await asNode(work, async (node) => {
    for (const { caseId } of held) await endBefore(node, cases, { caseId, next: question.caseId, from })
    await spec.begin?.(node, { ...question, from })
  })
  return from
}

/** Ends what the party holds, the day before another begins. */
async function endBefore(
  node: Work,
  cases: Cases,
  { caseId, next, from }: { caseId: Id; next: Id; from: PlainDate },
): Promise<void> {
  const { file } = await cases.get(node, caseId)
  await cases.take(node, {
    caseId,
    step: 'replace',
    body: { to: addDays(from, -1) },
    expectedSeq: file.seq,
    idempotencyKey: `replaced:${next}`,
  })
}

/** The cases of a flow whose standing holds on a day, of one party or of all. Reads what the caller may see. */
export async function standingsOn(
  work: Work,
  cases: Cases,
  { flow, on, partyId }: { flow: string; on: PlainDate; partyId?: { personId: Id } | { employerId: Id } },
) {
  const rows = await cases.find(work, { flow, ...partyId, limit: 1_000 })
  return rows.filter(({ status, summary: { from, to } }) => {
    if (status !== 'standing' && status !== 'ended') return false
    return typeof from === 'string' && from <= on && (typeof to !== 'string' || to >= on)
  })
}

const open: readonly string[] = ['submitted', 'accepted', 'referred', 'under_objection']

/** Before one is applied for. Refusal `standing_applied` where another of the same occasion is open, and what `requireNoneBeside` says. */
async function requireFirst(work: Work, { spec, cases }: StandingTools, question: StandingQuestion): Promise<void> {
  const others = await othersOf(work, { spec, cases }, question)
  const other = others.find(
    ({ status, summary }) => open.includes(status) && summary.occasion === occasionOf(spec, question.answers),
  )
  if (other) throw new Refusal('standing_applied', { params: { number: other.number } })
  requireNoneBeside(spec, others, question)
}

/** What the party holds that this one takes the place of. Refusals `standing_applied` and `standing_begins_too_early` where none may stand beside it. */
function requireNoneBeside(spec: StandingSpec, others: readonly CaseRow[], question: StandingQuestion): CaseRow[] {
  const held = others.filter(({ status }) => status === 'standing')
  if (!spec.replacesEarlier) {
    const same = held.find(({ summary }) => summary.occasion === occasionOf(spec, question.answers))
    if (same) throw new Refusal('standing_applied', { params: { number: same.number } })
    return []
  }
  const later = held.find(({ summary }) => String(summary.from) >= firstDayOf(spec, question))
  if (later) {
    const params = { number: later.number, from: String(later.summary.from) }
    throw new Refusal('standing_begins_too_early', { params })
  }
  return held
}

/** The party's other cases of the flow; another of them waits until this one is done. */
async function othersOf(
  work: Work,
  { spec, cases }: StandingTools,
  { partyId, caseId }: StandingQuestion,
): Promise<CaseRow[]> {
  await takeTurns(work, `standing:${spec.id}:${partyId}`)
  const search = { flow: spec.id, ...partyOf(spec, partyId), limit: 1_000 }
  const rows = await asNode(work, (node) => cases.find(node, search))
  return rows.filter((row) => row.caseId !== caseId)
}

function occasionOf(spec: StandingSpec, answers: StandingQuestion['answers']): string {
  return spec.occasionOf?.(answers) ?? 'one'
}

function firstDayOf(spec: StandingSpec, { answers, on }: StandingQuestion): PlainDate {
  return spec.fromOf?.(answers, on) ?? on
}

function partyOf({ applicant }: StandingSpec, id: Id): { personId: Id } | { employerId: Id } {
  return applicant === 'person' ? { personId: id } : { employerId: id }
}

function applicantRole({ applicant }: StandingSpec): string {
  return applicant === 'person' ? 'person' : 'employer_officer'
}

function questionOf({ id, agency, subject, state }: CaseFile<StandingState>): StandingQuestion {
  return {
    partyId: must(subject.personId ?? subject.employerId, 'party of a standing'),
    agency,
    answers: state.answers,
    on: must(state.appliedOn, 'day of an application'),
    caseId: id,
  }
}

function noticesOfDecision({ subject, number }: CaseFile<StandingState>, outcome: 'granted' | 'refused') {
  return noticesToSubject(subject, `notice.standing_${outcome}`, { number })
}

function asNode<T>(work: Work, read: (node: Work) => Promise<T>): Promise<T> {
  return asActor(work, systemActor, read)
}
