import { z } from 'zod'
import { objectionSteps } from '../../../cases/door.ts'
import { addDays, type Id, Refusal, schemaDate, schemaId, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { numberOf } from '../asking.ts'
import { listedProjects, relist, removeListing } from '../catalogue.ts'
import type { SanctionKind } from '../tables.ts'
import { closeMatter, reopenMatter } from './matters.ts'
import { decideClaimAgain } from './recovery.ts'
import { endSanction, impose, sanctionsOf } from './sanctions.ts'
import {
  establishedIn,
  imposedSanction,
  matterOf,
  noticeTo,
  referral,
  type SupervisionFile,
  type SupervisionState,
  type SupervisionStatus,
  step,
} from './state.ts'

const opinion = z.string().trim().min(1).max(1000)

/** Decision by a second officer with its effects, what undoes them, and what is passed on to others. */
export function decidingSteps(tools: ServiceTools) {
  const decide = step({
    title: { zh: '审批处理决定', en: 'Decide' },
    from: ['proposed'],
    by: ['approve'],
    notSameUserAs: ['open', 'investigate', 'propose'],
    body: z.strictObject({ outcome: z.enum(['approved', 'returned']), opinion }),
    record: z.strictObject({
      outcome: z.enum(['approved', 'returned']),
      opinion: z.string(),
      sanctions: z.array(imposedSanction),
      rectifyBy: schemaDate.nullable(),
    }),
    to: { approved: 'sanctioned', returned: 'heard' },
    async take({ work, file, body }) {
      const { outcome, opinion: why } = body
      if (outcome === 'returned') return { outcome, record: { outcome, opinion: why, sanctions: [], rectifyBy: null } }
      const { proposed, disallowed } = file.state
      const matter = matterOf(file)
      const sanctions = await impose(work, matter, proposed, disallowed)
      await closeMatter(work, matter.caseId)
      if (proposed.includes('remove_from_catalogue')) await removeAll(work, file)
      await claimAgain(work, file)
      const days = await numberOf(work, tools.rulebook, 'rectificationDays', { on: work.today, agency: file.agency })
      const rectifyBy = proposed.includes('order_rectification') ? addDays(work.today, days) : null
      return {
        outcome,
        record: { outcome, opinion: why, sanctions, rectifyBy },
        decision: {
          outcome: 'sanctioned',
          because: 'C8.06',
          violations: establishedIn(file.state),
          sanctions: proposed,
          opinion: why,
        },
        notices: noticeTo(file, 'notice.training_sanctioned', { count: sanctions.length }),
      }
    },
    fold: (state, { body: { sanctions, rectifyBy } }) => ({
      ...state,
      sanctions: [...state.sanctions, ...sanctions],
      rectifyBy,
    }),
  })

  const lift = step({
    title: { zh: '解除处理', en: 'Lift a sanction' },
    from: ['sanctioned'],
    by: ['approve'],
    notSameUserAs: ['propose'],
    body: z.strictObject({ sanctionId: schemaId, reason: opinion }),
    record: z.strictObject({ sanctionId: schemaId, reason: z.string() }),
    to: 'stay',
    async take({ work, file, body }) {
      const lifted = file.state.sanctions.find(({ sanctionId }) => sanctionId === body.sanctionId)
      if (!lifted) throw new Refusal('sanction_not_in_force')
      await undo(work, file, [lifted], body.reason)
      return {
        record: body,
        notices: noticeTo(file, 'notice.training_sanction_lifted', { reason: body.reason }),
      }
    },
    fold: (state, { body }) => ({ ...state, lifted: [...state.lifted, body.sanctionId] }),
  })

  const noteReferral = step({
    title: { zh: '登记移送', en: 'Note what was passed on' },
    from: ['sanctioned'],
    by: ['supervisor', 'review', 'approve'],
    body: referral,
    record: referral,
    to: 'stay',
    async take({ file, body }) {
      if (!file.state.sanctions.some(({ kind }) => kind === body.kind)) throw new Refusal('sanction_not_decided')
      return { record: body }
    },
    fold: (state, { body }) => ({ ...state, referrals: [...state.referrals, body] }),
  })

  const objections = objectionSteps<SupervisionState, SupervisionStatus>({
    from: ['sanctioned'],
    pending: 'under_objection',
    decidedBy: 'approve',
    notSameUserAs: ['decide', 'investigate', 'propose'],
    by: ['employer_officer'],
    setAsideTo: 'heard',
  })

  const decideObjection = step({
    ...objections.decideObjection,
    async take(context) {
      const { work, file, body } = context
      if (body.outcome === 'set_aside') {
        const standing = file.state.sanctions.filter(({ sanctionId }) => !file.state.lifted.includes(sanctionId))
        await undo(work, file, standing, body.reasons)
        await reopenMatter(work, matterOf(file))
      }
      return objections.decideObjection.take(context)
    },
    fold: (state, { body }) =>
      body.outcome === 'set_aside'
        ? { ...state, lifted: state.sanctions.map(({ sanctionId }) => sanctionId), proposed: [] }
        : state,
  })

  return { decide, lift, noteReferral, ...objections, decideObjection }

  /** C8-t3: every project of the institution leaves the catalogue. */
  async function removeAll(work: Work, file: SupervisionFile): Promise<void> {
    const { caseId, employerId } = matterOf(file)
    for (const { id } of await listedProjects(work, employerId)) {
      const evidence = { case: file.number, violations: establishedIn(file.state) }
      await removeListing(work, id, { reason: 'sanction', evidence, caseId })
    }
  }

  async function claimAgain(work: Work, file: SupervisionFile): Promise<void> {
    const { caseId, employerId } = matterOf(file)
    const { classNumber } = file.state
    await decideClaimAgain(work, tools, { caseId, employerId, classNumber }, `查处 ${file.number}`)
  }

  /** Ends sanctions and takes back what they did: the catalogue's entries stand again, the subsidy is decided again. */
  async function undo(
    work: Work,
    file: SupervisionFile,
    sanctions: ReadonlyArray<{ sanctionId: Id; kind: SanctionKind }>,
    reason: string,
  ): Promise<void> {
    const matter = matterOf(file)
    const kinds = new Set(sanctions.map(({ kind }) => kind))
    for (const { sanctionId } of sanctions) await endSanction(work, matter, sanctionId, reason)
    const others = (await sanctionsOf(work, matter.employerId)).filter(({ endedOn }) => endedOn === null)
    const isStillRemoved = others.some(({ kind }) => kind === 'remove_from_catalogue')
    if (kinds.has('remove_from_catalogue') && !isStillRemoved) {
      await relist(work, matter.employerId, `撤销 ${file.number}`)
    }
    if (kinds.has('recover_subsidy')) await claimAgain(work, file)
  }
}
