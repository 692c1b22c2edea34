import { z } from 'zod'
import { type CaseFile, defineFlow, noticesToSubject, objectionSteps, withdrawalStep } from '../../cases/door.ts'
import {
  actorPersonId,
  asActor,
  BadInput,
  type Id,
  must,
  type PlainDate,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  systemActor,
  takeTurns,
  type Work,
} from '../../ground/door.ts'
import { businessesOf, getInstitution, getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import {
  type LoanState,
  type LoanStatus,
  loanAnswers,
  loanFinding,
  loanFlowId,
  loanMade,
  loanState,
  step,
} from './loan-state.ts'

const purpose = 'guaranteed loan'
const opinion = z.string().trim().min(1).max(500)

/** A guaranteed loan (C5.05): applied for, guaranteed by the rule, lent by a bank, and followed until it is repaid or the guarantee is called. */
export function loanFlow(tools: ServiceTools) {
  return defineFlow<LoanState>({
    id: loanFlowId,
    service: 'startup-loan',
    version: 1,
    title: { zh: '创业担保贷款', en: 'Guaranteed loan for a start-up' },
    numberPrefix: 'CD',
    state: loanState,
    initial: { answers: null, found: null, bankId: null, loan: null, endedOn: null },
    statuses: {
      submitted: { title: { zh: '待审核', en: 'To be decided' }, task: { role: 'review' } },
      guaranteed: { title: { zh: '已担保，待放款', en: 'Guaranteed, to be lent' }, task: { role: 'bank_officer' } },
      lent: { title: { zh: '在保', en: 'Lent' } },
      repaid: { title: { zh: '已结清', en: 'Repaid' }, final: true },
      called: { title: { zh: '已代偿', en: 'Guarantee called' }, final: true },
      refused: { title: { zh: '不予担保', en: 'Refused' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    steps: {
      ...guaranteeSteps(tools),
      ...lendingSteps(),
      ...objectionSteps<LoanState, LoanStatus>({
        from: ['refused'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['guarantee'],
        setAsideTo: 'submitted',
      }),
      ...withdrawalStep<LoanState, LoanStatus>({ from: ['submitted', 'guaranteed'], to: 'withdrawn' }),
    },
    summary: ({ state: { answers, found, loan } }) => ({
      requestedFen: answers?.requestedFen ?? null,
      guaranteedFen: found?.guaranteedFen ?? null,
      lentFen: loan?.lentFen ?? null,
    }),
  })
}

function guaranteeSteps({ rulebook, cases }: ServiceTools) {
  const apply = step({
    title: { zh: '申请', en: 'Apply' },
    opens: true,
    by: ['person'],
    body: z.strictObject({ answers: loanAnswers }),
    record: z.strictObject({ answers: loanAnswers }),
    to: 'submitted',
    async take({ work, body }) {
      const personId = actorPersonId(work.actor)
      if (personId === null) throw new Refusal('not_your_step', { params: { step: 'apply', role: '' } })
      await takeTurns(work, `startup-loan:${personId}`)
      return asActor(work, systemActor, async (node) => {
        const rows = await cases().find(node, { flow: loanFlowId, personId, limit: 100 })
        const open = rows.find(({ status }) => ['submitted', 'guaranteed', 'lent', 'under_objection'].includes(status))
        if (open) throw new Refusal('loan_applied', { clause: 'C5.05', params: { number: open.number } })
        const { agency } = await getPerson(node, personId, purpose)
        return { record: body, subject: { personId, agency } }
      })
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
  const guarantee = step({
    title: { zh: '审核担保', en: 'Decide on the guarantee' },
    from: ['submitted'],
    by: ['review'],
    body: z.strictObject({ opinion, bankId: schemaId }),
    record: z.strictObject({ opinion, found: loanFinding, bankId: schemaId }),
    to: { granted: 'guaranteed', refused: 'refused' },
    async take({ work, file, body: { opinion: said, bankId }, effectiveOn }) {
      const { kind } = await asActor(work, systemActor, (node) => getInstitution(node, bankId))
      if (kind !== 'bank') throw new Refusal('not_a_bank', { clause: 'C5.05' })
      await takeTurns(work, `startup-loan:${file.subject.personId}`)
      const facts = await asActor(work, systemActor, (node) => factsOf(node, file, effectiveOn))
      const question = { policy: 'startup-loan', on: effectiveOn, insuredRegion: file.agency, facts }
      const ruling = await rulebook.decide(work, question)
      const { outcome, reason, because, amountFen } = ruling.decision
      const isGranted = outcome === 'granted'
      const code = isGranted ? 'notice.loan_guaranteed' : 'notice.loan_refused'
      return {
        outcome: isGranted ? ('granted' as const) : ('refused' as const),
        record: {
          opinion: said,
          bankId,
          found: { outcome, reason: reason ?? null, because, guaranteedFen: amountFen ?? 0 },
        },
        decision: ruling,
        notices: noticesToSubject(file.subject, code, { number: file.number }),
        ...(isGranted && { subject: { institutionId: bankId } }),
      }
    },
    fold: (state, { body: { found, bankId } }) => ({ ...state, found, bankId }),
  })

  async function factsOf(node: Work, { id, subject, state }: CaseFile<LoanState>, on: PlainDate) {
    const personId: Id = must(subject.personId, 'borrower')
    const { group, requestedFen } = must(state.answers, 'answers of an application')
    const owned = await businessesOf(node, personId, on, purpose)
    return {
      group,
      requestedFen,
      ownsBusiness: owned.length > 0,
      guaranteedNowFen: await guaranteedFen(node, personId, id),
    }
  }

  /** What is guaranteed besides: an objection brings back a refused application while another loan runs. */
  async function guaranteedFen(node: Work, personId: Id, except: Id): Promise<number> {
    const rows = await cases().find(node, { flow: loanFlowId, personId, limit: 1_000 })
    const running = rows.filter(({ caseId, status }) => caseId !== except && ['guaranteed', 'lent'].includes(status))
    return running.reduce((sum, { summary: { lentFen, guaranteedFen: fen } }) => sum + Number(lentFen ?? fen), 0)
  }

  return { apply, guarantee }
}

function lendingSteps() {
  const lend = step({
    title: { zh: '报送放款', en: 'Report the loan' },
    from: ['guaranteed'],
    by: ['bank_officer'],
    body: loanMade,
    record: z.strictObject({ loan: loanMade }),
    to: 'lent',
    async take({ file, body }) {
      const { guaranteedFen } = must(file.state.found, 'finding of a guaranteed loan')
      if (body.lentFen > guaranteedFen) {
        throw new Refusal('lent_above_guarantee', { clause: 'C5.05', params: { guaranteedFen } })
      }
      const params = { number: file.number, lentFen: body.lentFen }
      return { record: { loan: body }, notices: noticesToSubject(file.subject, 'notice.loan_lent', params) }
    },
    fold: (state, { body }) => ({ ...state, loan: body.loan }),
  })
  const end = z.strictObject({ on: schemaDate, amountFen: schemaFen })
  const loanOf = ({ state }: CaseFile<LoanState>, on: PlainDate) => {
    const loan = must(state.loan, 'loan that was lent')
    if (on < loan.lentOn) throw new BadInput([{ path: 'on', expected: `${loan.lentOn} or later`, found: on }])
    return loan
  }
  const repay = step({
    title: { zh: '报送结清', en: 'Report the repayment' },
    from: ['lent'],
    by: ['bank_officer'],
    body: end,
    record: end,
    to: 'repaid',
    async take({ file, body }) {
      const { lentFen } = loanOf(file, body.on)
      if (body.amountFen < lentFen) throw new Refusal('repaid_below_loan', { clause: 'C5.05', params: { lentFen } })
      return { record: body }
    },
    fold: (state, { body }) => ({ ...state, endedOn: body.on }),
  })
  const call = step({
    title: { zh: '代偿', en: 'Call the guarantee' },
    from: ['lent'],
    by: ['approve'],
    notSameUserAs: ['guarantee'],
    body: end.extend({ opinion }),
    record: end.extend({ opinion: z.string() }),
    to: 'called',
    async take({ file, body }) {
      const { lentFen } = loanOf(file, body.on)
      if (body.amountFen > lentFen) throw new Refusal('called_above_loan', { clause: 'C5.05', params: { lentFen } })
      return {
        record: body,
        notices: noticesToSubject(file.subject, 'notice.loan_called', { number: file.number }),
      }
    },
    fold: (state, { body }) => ({ ...state, endedOn: body.on }),
  })
  return { lend, repay, call }
}
