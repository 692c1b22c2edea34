import {
  type CasePartProps,
  defineWords,
  formatRatePpm,
  Loaded,
  type StepFormProps,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { FactList, type Field, FieldsForm, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { loanFlow, loanState, loanWords, serviceId, useBankName, useLoanForm } from './words.ts'

const words = defineWords({
  outcome: { zh: '结论', en: 'Outcome' },
  accepted: { zh: '受理', en: 'Accept' },
  not_accepted: { zh: '不予受理', en: 'Do not accept' },
  whyNot: { zh: '不予受理的理由', en: 'Why it is not accepted' },
  opinion: { zh: '意见', en: 'Opinion' },
  ratePpm: { zh: '年利率（百万分之几，3.6% 填 36000）', en: 'Yearly rate (parts per million; 3.6 % is 36000)' },
  termMonths: { zh: '期限（月）', en: 'Term (months)' },
  none: { zh: '无抵押、质押和保证', en: 'none' },
  guarantee: { zh: '保证', en: 'guarantee' },
  mortgage: { zh: '抵押', en: 'mortgage' },
  pledge: { zh: '质押', en: 'pledge' },
  onBusinessData: { zh: '依托税收、交易流水等经营数据', en: 'On business data such as tax and transaction flow' },
  fromDedicatedPlan: { zh: '列入专项信贷计划', en: 'From a dedicated credit plan' },
  approvalDelegated: { zh: '下放审批权限', en: 'Approval delegated' },
  fastApproval: { zh: '走便捷审批通道', en: 'Fast approval channel' },
  reason: { zh: '不予贷款的原因（告知借款人）', en: 'Why the bank does not lend, as the borrower is told' },
  ruleOnOffer: { zh: '规则对报价的判定', en: 'What the rule says of the offer' },
  repaidFen: { zh: '结清金额', en: 'Amount repaid' },
  because: { zh: '为什么重新核定', en: 'Why decide again' },
  value: { zh: '政策参数变了（事实不变）', en: 'A value changed (same facts)' },
  facts: { zh: '事实变了（登记或填报已更正）', en: 'Facts changed (a register or an answer was put right)' },
  cause: { zh: '具体原因（告知当事人）', en: 'The cause, as the party is told' },
  submit: { zh: '提交', en: 'Send' },
})

function choiceOf(name: string, label: Field['label'], ...values: Array<keyof typeof words>): Field {
  return {
    name,
    kind: 'choice',
    label,
    required: true,
    options: values.map((value) => ({ value, label: words[value] })),
  }
}

/** What the rule tells of an offer that it grants. */
const told = ['rateBelowIndicated', 'creditOnBusinessData', 'favoured'] as const

const flags = ['onBusinessData', 'fromDedicatedPlan', 'approvalDelegated', 'fastApproval'] as const

/** Applications at the counter, the bank and the business: what was confirmed and offered, and the forms of every step. */
export const casePart: StaffCasePart = {
  flow: loanFlow,
  nextStep: ({ file: { status } }) =>
    status === 'submitted'
      ? 'accept'
      : status === 'confirmed'
        ? 'offer'
        : status === 'agreed'
          ? 'reportLoan'
          : undefined,
  Facts: LoanFacts,
  stepForms: {
    accept: stepForm({
      fields: [
        choiceOf('outcome', words.outcome, 'accepted', 'not_accepted'),
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
    review: stepForm({ fields: [{ name: 'opinion', kind: 'long_text', label: words.opinion, required: true }] }),
    offer: stepForm({
      fields: [
        { name: 'offeredFen', kind: 'money', label: loanWords.offered, required: true },
        { name: 'ratePpm', kind: 'count', label: words.ratePpm, required: true },
        { name: 'termMonths', kind: 'count', label: words.termMonths, required: true },
        choiceOf('security', loanWords.security, 'none', 'guarantee', 'mortgage', 'pledge'),
        ...flags.map((name): Field => ({ name, kind: 'flag', label: words[name] })),
      ],
      initial: ({ file }) => ({
        offeredFen: loanState.safeParse(file.state).data?.found?.creditFen ?? 0,
        security: 'none',
      }),
    }),
    declineToLend: stepForm({
      fields: [{ name: 'reason', kind: 'long_text', label: words.reason, required: true }],
      isDangerous: true,
    }),
    chooseBank: ChooseBankForm,
    answerOffer: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: loanWords.answer,
          required: true,
          options: (['accepted', 'declined'] as const).map((value) => ({ value, label: loanWords[value] })),
        },
      ],
    }),
    reportLoan: stepForm({
      fields: [
        { name: 'contractNumber', kind: 'text', label: loanWords.contract, required: true },
        { name: 'lentOn', kind: 'date', label: loanWords.lentOn, required: true },
        { name: 'lentFen', kind: 'money', label: loanWords.lent, required: true },
      ],
      initial: ({ file }) => ({ lentFen: loanState.safeParse(file.state).data?.offer?.offeredFen ?? 0 }),
    }),
    reportRepayment: stepForm({
      fields: [
        { name: 'repaidOn', kind: 'date', label: loanWords.repaidOn, required: true },
        { name: 'repaidFen', kind: 'money', label: words.repaidFen, required: true },
      ],
    }),
    recalculate: stepForm({
      fields: [
        choiceOf('because', words.because, 'facts', 'value'),
        { name: 'cause', kind: 'long_text', label: words.cause, required: true },
      ],
    }),
  },
}

function LoanFacts({ view }: CasePartProps) {
  const { say, day, yuan } = useSpeech()
  const { tell } = useTeller(serviceId)
  const parsed = loanState.safeParse(view.file.state)
  const state = parsed.success ? parsed.data : undefined
  const bank = useBankName(state?.answers?.bankId)
  if (!state) return null
  const { answers, expected, found, offer, offerFound, loan } = state
  const creditOf = (told: typeof found) =>
    told &&
    (told.outcome === 'granted'
      ? `${yuan(told.creditFen)}${told.capped ? say(loanWords.capped) : ''}`
      : say(loanWords.refused))
  return (
    <FactList
      facts={[
        { label: say(loanWords.requested), value: answers && yuan(answers.requestedFen) },
        { label: say(loanWords.bank), value: answers && bank },
        { label: say(loanWords.expected), value: creditOf(expected) },
        { label: say(loanWords.credit), value: creditOf(found) },
        { label: say(loanWords.offered), value: offer && yuan(offer.offeredFen) },
        { label: say(loanWords.rate), value: offer && formatRatePpm(offer.ratePpm) },
        { label: say(loanWords.term), value: offer && say(loanWords.months, { count: offer.termMonths }) },
        { label: say(loanWords.security), value: offer && tell(`choices.${offer.security}`) },
        {
          label: say(words.ruleOnOffer),
          value:
            offerFound &&
            [
              offerFound.reason !== null && `${tell(`reasons.${offerFound.reason}`)}（${offerFound.because}）`,
              ...told.map((name) => offerFound[name] && tell(`results.${name}`)),
            ]
              .filter(Boolean)
              .join(' · '),
        },
        { label: say(loanWords.lent), value: loan && yuan(loan.lentFen) },
        { label: say(loanWords.lentOn), value: loan && day(loan.lentOn) },
        { label: say(loanWords.contract), value: loan?.contractNumber },
        { label: say(loanWords.repaidOn), value: loan?.repaidOn && day(loan.repaidOn) },
      ]}
    />
  )
}

function ChooseBankForm({ isTaking, take }: StepFormProps) {
  const { say } = useSpeech()
  const form = useLoanForm()
  return (
    <Loaded query={form}>
      {({ banks }) => (
        <FieldsForm
          fields={[
            {
              name: 'bankId',
              kind: 'choice',
              label: loanWords.chooseBank,
              required: true,
              options: banks.map(({ bankId, name }) => ({ value: bankId, label: { zh: name, en: name } })),
            },
          ]}
          submitLabel={say(words.submit)}
          isSubmitting={isTaking}
          onSubmit={take}
        />
      )}
    </Loaded>
  )
}
