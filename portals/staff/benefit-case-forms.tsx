import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { type ComponentType, useState } from 'react'
import * as z from 'zod/mini'
import {
  type AnswerOf,
  type CaseView,
  commonWords,
  defineWords,
  findApplicationState,
  type StepFormProps,
  useApi,
  useBenefitOf,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { FactList, type Field, FieldsForm, fieldsInWords, Loaded, stepForm } from '../../kit/staff/door.ts'
import { benefitWords } from './benefit-words.ts'

const words = defineWords({
  accepted: { zh: '受理', en: 'Accept' },
  not_accepted: { zh: '不予受理', en: 'Do not accept' },
  whyNot: { zh: '不予受理的理由', en: 'Why it is not accepted' },
  approved: { zh: '同意', en: 'Approve' },
  returned: { zh: '退回', en: 'Give back' },
  toPay: { zh: '审批后应付合计', en: 'To be paid in all' },
  standing: { zh: '已下达付款', en: 'Ordered before' },
  now: { zh: '本次下达', en: 'Ordered now' },
  back: { zh: '本次核减或追回', en: 'Cancelled or claimed back now' },
  note: { zh: '账户更正情况', en: 'How the account was mended' },
  repaid: { zh: '退回金额', en: 'Amount paid back' },
  bankReference: { zh: '银行回单号', en: 'Bank reference' },
  because: { zh: '为什么重新核定', en: 'Why decide again' },
  value: { zh: '政策参数变了（事实不变）', en: 'A value changed (same facts)' },
  facts: { zh: '事实变了（登记或填报已更正）', en: 'Facts changed (a register or an answer was put right)' },
  cause: { zh: '具体原因（告知当事人）', en: 'The cause, as the party is told' },
  peopleDecided: {
    zh: '原决定由人作出，参数变化不改变它。',
    en: 'People decided; no value changes that.',
  },
  same: { zh: '结果不变。', en: 'The result stays the same.' },
  correctionReason: { zh: '哪里有误、依据是什么', en: 'What is wrong, and how it is known' },
  corrects: {
    zh: '更正的是第 {seq} 步；提交后按更正后的内容重新核定。',
    en: 'Corrects step {seq}; decide again afterwards.',
  },
})

const opinionField: Field = { name: 'opinion', kind: 'long_text', label: benefitWords.opinion, required: true }

const outcomeField = (...outcomes: ReadonlyArray<'accepted' | 'not_accepted' | 'approved' | 'returned'>): Field => ({
  name: 'outcome',
  kind: 'choice',
  label: benefitWords.outcome,
  required: true,
  options: outcomes.map((value) => ({ value, label: words[value] })),
})

const ApprovalForm = stepForm({ fields: [outcomeField('approved', 'returned'), opinionField] })

/** Approving, with what it makes of the money: what stands, and what is ordered or taken off now. */
function ApproveForm(props: StepFormProps) {
  const { say, yuan } = useSpeech()
  const state = findApplicationState(props.view.file.state)
  const dueFen = state?.found?.amountFen ?? 0
  const standingFen = (state?.orders ?? [])
    .filter(({ state: standing }) => standing !== 'cancelled')
    .reduce((sum, { amountFen, takenBackFen }) => sum + amountFen - takenBackFen, 0)
  return (
    <div className="staff-stack">
      <FactList
        columns={1}
        facts={[
          { label: say(words.toPay), value: <strong>{yuan(dueFen)}</strong> },
          { label: say(words.standing), value: standingFen > 0 ? yuan(standingFen) : null },
          { label: say(words.now), value: dueFen > standingFen ? yuan(dueFen - standingFen) : null },
          { label: say(words.back), value: dueFen < standingFen ? yuan(standingFen - dueFen) : null },
        ]}
      />
      <ApprovalForm {...props} />
    </div>
  )
}

const because = z.enum(['value', 'facts'])

const recalculationFields: Field[] = [
  {
    name: 'because',
    kind: 'choice',
    label: words.because,
    required: true,
    options: because.options.map((value) => ({ value, label: words[value] })),
  },
  { name: 'cause', kind: 'long_text', label: words.cause, required: true },
]

/** Deciding again, with what that would change before it is done. */
function RecalculateForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const [asked, setAsked] = useState<z.infer<typeof because>>('facts')
  return (
    <div className="staff-stack">
      <ChangePreview view={view} because={asked} />
      <FieldsForm
        fields={recalculationFields}
        initial={{ because: asked }}
        submitLabel={say(commonWords.submit)}
        isSubmitting={isTaking}
        onChange={(values) => setAsked(because.safeParse(values.because).data ?? asked)}
        onSubmit={take}
      />
    </div>
  )
}

function ChangePreview({ view: { file }, because: asked }: { view: CaseView; because: z.infer<typeof because> }) {
  const { say, yuan } = useSpeech()
  const api = useApi()
  const now = useQuery({
    queryKey: ['deciding again', file.id, file.seq, asked],
    queryFn: () =>
      api.get<AnswerOf<'GET /benefits/cases/{caseId}/now'>>(`/benefits/cases/${file.id}/now`, { because: asked }),
    retry: false,
  })
  return (
    <Loaded query={now}>
      {({ before, after }) => {
        if (!after) return <Alert type="info" title={say(words.peopleDecided)} />
        const beforeFen = before?.amountFen ?? 0
        const isSame = before?.outcome === after.outcome && beforeFen === after.amountFen
        if (isSame) return <Alert type="info" title={say(words.same)} />
        const inWords = (finding: typeof after) => `${say(benefitWords[finding.outcome])} · ${yuan(finding.amountFen)}`
        return (
          <FactList
            columns={1}
            facts={[
              { label: say(benefitWords.before), value: before && inWords(before) },
              { label: say(benefitWords.after), value: inWords(after) },
              { label: say(benefitWords.difference), value: <strong>{yuan(after.amountFen - beforeFen)}</strong> },
            ]}
          />
        )
      }}
    </Loaded>
  )
}

const corrected = z.looseObject({ correctionReason: z.string() })

/** Putting right what was answered: the answers as they stand, the wrong step named by itself. */
function CorrectForm({ view, isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const { flow, service, state } = view.file
  const teller = useTeller(service)
  const offer = useBenefitOf(flow)
  const answers = findApplicationState(state)?.answers ?? {}
  const seq = useAnsweringSeq(view)
  if (!offer) return null
  return (
    <FieldsForm
      fields={[
        ...fieldsInWords(offer.flow, offer.fields, teller),
        { name: 'correctionReason', kind: 'long_text', label: words.correctionReason, required: true },
      ]}
      initial={answers}
      submitLabel={say(commonWords.submit)}
      isSubmitting={isTaking}
      onSubmit={(values) => {
        const { correctionReason: reason, ...changes } = z.parse(corrected, values)
        take({ seq, reason, changes })
      }}
    >
      <p className="staff-quiet">{say(words.corrects, { seq })}</p>
    </FieldsForm>
  )
}

/** The last step that said or corrected the answers. */
function useAnsweringSeq({ file }: CaseView): number {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['history', file.id, file.seq],
    queryFn: () => api.get<AnswerOf<'GET /cases/{caseId}/history'>>(`/cases/${file.id}/history`),
  })
  return data?.items.findLast(({ kind }) => kind === 'apply' || kind === 'offer' || kind === 'correct')?.seq ?? 1
}

/** The forms of the steps that every application for a benefit has. */
export const applicationForms: Readonly<Record<string, ComponentType<StepFormProps>>> = {
  accept: stepForm({
    fields: [
      outcomeField('accepted', 'not_accepted'),
      {
        name: 'reason',
        kind: 'long_text',
        label: words.whyNot,
        required: true,
        askedWhen: { field: 'outcome', is: ['not_accepted'] },
      },
    ],
    initial: () => ({ outcome: 'accepted' }),
  }),
  approveRisk: ApprovalForm,
  review: stepForm({ fields: [opinionField] }),
  determine: stepForm({
    fields: [
      {
        name: 'outcome',
        kind: 'choice',
        label: benefitWords.outcome,
        required: true,
        options: (['granted', 'refused'] as const).map((value) => ({ value, label: benefitWords[value] })),
      },
      {
        name: 'amountFen',
        kind: 'money',
        label: benefitWords.amountYuan,
        required: true,
        askedWhen: { field: 'outcome', is: ['granted'] },
      },
      opinionField,
    ],
  }),
  approve: ApproveForm,
  reissue: stepForm({ fields: [{ name: 'note', kind: 'long_text', label: words.note, required: true }] }),
  noteRepayment: stepForm({
    fields: [
      { name: 'amountFen', kind: 'money', label: words.repaid, required: true },
      { name: 'bankReference', kind: 'text', label: words.bankReference, required: true },
    ],
  }),
  recalculate: RecalculateForm,
  correct: CorrectForm,
}
