import { z } from 'zod'
import { asActor, BadInput, type Id, Refusal, schemaId, systemActor, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { numberOf } from '../asking.ts'
import { traineesOf } from '../attendance.ts'
import { getClass } from '../classes.ts'
import { findingsOf } from '../detect/findings.ts'
import { sanctionKinds } from '../tables.ts'
import { closeMatter, openMatter } from './matters.ts'
import { proposalFor } from './proposal.ts'
import {
  initialSupervision,
  lookedInto,
  matterOf,
  noticeTo,
  type SupervisionFile,
  step,
  supervisionState,
} from './state.ts'

const opinion = z.string().trim().min(1).max(1000)
const inspectors = ['supervisor', 'review']

/** From the findings to the proposal: the inspector looks into it, the institution is heard, the rule proposes and the inspector chooses. */
export function inquirySteps(tools: ServiceTools) {
  const open = step({
    title: { zh: '立案', en: 'Open the case' },
    opens: true,
    by: inspectors,
    body: z.strictObject({
      classId: schemaId,
      findingIds: z.array(schemaId).max(200).default([]),
      complaint: z.string().trim().max(1000).default(''),
    }),
    record: supervisionState.pick({ classId: true, classNumber: true, findingIds: true, complaint: true }),
    to: 'investigating',
    async take({ work, file, body }) {
      const { classId, findingIds, complaint } = body
      const of = await getClass(work, classId)
      const known = new Set((await findingsOf(work, { classId })).map(({ findingId }) => findingId))
      if (findingIds.some((id) => !known.has(id))) throw new Refusal('finding_of_other_class')
      if (findingIds.length === 0 && complaint === '') {
        throw new BadInput([{ path: 'body.complaint', expected: 'findings, or what was complained of', found: '' }])
      }
      await openMatter(work, { caseId: file.id, classId, agency: of.agency, employerId: of.employer_id })
      return {
        record: { classId, classNumber: of.number, findingIds, complaint },
        subject: { employerId: of.employer_id, agency: of.agency },
      }
    },
    fold: (_, { body }) => ({ ...initialSupervision, ...body }),
  })

  const investigate = step({
    title: { zh: '调查并告知', en: 'Establish the facts and tell the institution' },
    from: ['investigating', 'heard'],
    by: inspectors,
    body: z.strictObject({
      violations: z.array(lookedInto).min(1).max(9),
      disallowed: z.array(schemaId).max(500).default([]),
      wholeClass: z.boolean().default(false),
    }),
    record: supervisionState.pick({ violations: true, disallowed: true }),
    to: 'hearing',
    async take({ work, file, body }) {
      const { violations, wholeClass } = body
      const kinds = violations.map(({ kind }) => kind)
      if (new Set(kinds).size !== kinds.length) {
        throw new BadInput([{ path: 'body.violations', expected: 'each violation once', found: kinds.join(', ') }])
      }
      const amount = await numberOf(work, tools.rulebook, 'statementWorkingDays', {
        on: work.today,
        agency: file.agency,
      })
      return {
        record: { violations, disallowed: await disallowedIn(work, file, body.disallowed, wholeClass) },
        deadlines: [{ start: 'statement', unit: 'working_day' as const, amount }],
        notices: noticeTo(file, 'notice.training_to_be_heard', { days: amount }),
      }
    },
    fold: (state, { body }) => ({ ...state, ...body, statement: null }),
  })

  const makeStatement = step({
    title: { zh: '陈述申辩', en: 'Be heard' },
    from: ['hearing'],
    by: ['employer_officer'],
    body: z.strictObject({ statement: z.string().trim().min(1).max(2000) }),
    record: z.strictObject({ statement: z.string() }),
    to: 'heard',
    take: async ({ body }) => ({ record: body, deadlines: [{ meet: 'statement' }] }),
    fold: (state, { body }) => ({ ...state, statement: body.statement }),
  })

  const closeHearing = step({
    title: { zh: '逾期未陈述', en: 'Nothing was said in time' },
    from: ['hearing'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: 'heard',
    take: async () => ({ record: {} }),
  })

  const propose = step({
    title: { zh: '提出处理意见', en: 'Propose sanctions' },
    from: ['heard'],
    by: inspectors,
    body: z.strictObject({ sanctions: z.array(z.enum(sanctionKinds)).min(1).max(8), reasons: opinion }),
    record: supervisionState
      .pick({ proposed: true, proposedByRule: true })
      .extend({ reasons: z.string(), subsidyAtStakeFen: z.int() }),
    to: 'proposed',
    async take({ work, file, body }) {
      const { ruling, subsidyAtStakeFen, sanctions: proposedByRule } = await proposalFor(work, tools, file)
      if (ruling.decision.outcome === 'refused') {
        throw new Refusal(ruling.decision.reason ?? 'refused', { clause: ruling.decision.because })
      }
      const proposed = sanctionKinds.filter((kind) => body.sanctions.includes(kind))
      if (proposed.includes('recover_subsidy') && file.state.disallowed.length === 0) {
        throw new Refusal('recovery_of_nobody', { clause: 'C8.06' })
      }
      return { record: { proposed, proposedByRule, reasons: body.reasons, subsidyAtStakeFen } }
    },
    fold: (state, { body: { proposed, proposedByRule } }) => ({ ...state, proposed, proposedByRule }),
  })

  const dismiss = step({
    title: { zh: '不予处理', en: 'Close as unfounded' },
    from: ['investigating', 'heard'],
    by: inspectors,
    body: z.strictObject({ reasons: opinion }),
    record: z.strictObject({ reasons: z.string() }),
    to: 'unfounded',
    async take({ work, file, body }) {
      await closeMatter(work, file.id)
      return { record: body, notices: noticeTo(file, 'notice.training_unfounded') }
    },
  })

  return { open, investigate, makeStatement, closeHearing, propose, dismiss }
}

/** For whom the class should get nothing: those named, who must be its trainees, or all of them. */
async function disallowedIn(work: Work, file: SupervisionFile, named: Id[], wholeClass: boolean): Promise<Id[]> {
  const { classId } = matterOf(file)
  const trainees = await asActor(work, systemActor, (node) => traineesOf(node, classId))
  const ids = new Set(trainees.map(({ person_id }) => person_id))
  if (wholeClass) return [...ids]
  if (named.some((id) => !ids.has(id))) throw new Refusal('not_enrolled')
  return [...new Set(named)]
}
