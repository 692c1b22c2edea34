import { Typography } from 'antd'
import { type CasePartProps, type CaseView, defineWords, useSpeech, useTeller } from '../../../kit/door.ts'
import { DataTable, FactList, type Field, fenColumn, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { type ClaimState, claimFlow, claimState, claimWords, serviceId } from './words.ts'

const words = defineWords({
  outcome: { zh: '结论', en: 'Outcome' },
  accepted: { zh: '受理', en: 'Accept' },
  not_accepted: { zh: '不予受理', en: 'Do not accept' },
  approved: { zh: '同意', en: 'Approve' },
  returned: { zh: '退回', en: 'Return' },
  reason: { zh: '不予受理的理由', en: 'Why it is not accepted' },
  opinion: { zh: '意见', en: 'Opinion' },
  monthName: { zh: '领取月', en: 'Month' },
  beginsOn: { zh: '起始日', en: 'Begins' },
  line: { zh: '项目', en: 'Payment' },
  amount: { zh: '金额（元）', en: 'Amount (CNY)' },
  takenBackFen: { zh: '应退回（元）', en: 'To be paid back (CNY)' },
  state: { zh: '支付情况', en: 'State' },
  employed: { zh: '重新就业', en: 'employed again' },
  in_military: { zh: '应征服兵役', en: 'called up for military service' },
  moved_abroad: { zh: '移居境外', en: 'moved abroad' },
  draws_pension: { zh: '享受基本养老保险待遇', en: 'draws a basic pension' },
  refused_work_or_training: { zh: '拒不接受适当工作或者培训', en: 'refused suitable work or training' },
  died: { zh: '死亡', en: 'died' },
  mended: { zh: '账户更正情况', en: 'How the account was mended' },
  repaid: { zh: '退回金额', en: 'Amount paid back' },
  bankReference: { zh: '银行回单号', en: 'Bank reference' },
  because: { zh: '为什么重新核定', en: 'Why decide again' },
  value: { zh: '政策参数变了（事实不变）', en: 'A value changed (same facts)' },
  facts: { zh: '事实变了（登记或填报已更正）', en: 'Facts changed (a register or an answer was put right)' },
  cause: { zh: '具体原因（告知当事人）', en: 'The cause, as the person is told' },
})

function choiceOf(name: string, label: Field['label'], ...values: Array<keyof typeof words>): Field {
  const options = values.map((value) => ({ value, label: words[value] }))
  return { name, kind: 'choice', label, required: true, options }
}

const opinionField: Field = { name: 'opinion', kind: 'long_text', label: words.opinion, required: true }

/** Claims at the counter: what was granted, the months with their payments, and the forms of every step. */
export const casePart: StaffCasePart = {
  flow: claimFlow,
  // What ends a benefit, and deciding it again, is done on request only.
  nextStep: ({ file }) =>
    file.status === 'submitted' ? 'accept' : file.status === 'receiving' || file.status === 'ended' ? null : undefined,
  Facts: ClaimFacts,
  stepForms: {
    accept: stepForm({
      fields: [
        choiceOf('outcome', words.outcome, 'accepted', 'not_accepted'),
        {
          name: 'reason',
          kind: 'long_text',
          label: words.reason,
          required: true,
          askedWhen: { field: 'outcome', is: ['not_accepted'] },
        },
      ],
      initial: () => ({ outcome: 'accepted' }),
    }),
    review: stepForm({ fields: [opinionField] }),
    approve: stepForm({ fields: [choiceOf('outcome', words.outcome, 'approved', 'returned'), opinionField] }),
    noteStanding: stepForm({
      fields: [
        choiceOf(
          'standing',
          claimWords.standing,
          'employed',
          'in_military',
          'moved_abroad',
          'draws_pension',
          'refused_work_or_training',
          'died',
        ),
        { name: 'since', kind: 'date', label: claimWords.since, required: true },
        { name: 'note', kind: 'long_text', label: claimWords.note, required: true },
      ],
      isDangerous: true,
    }),
    reissue: stepForm({ fields: [{ name: 'note', kind: 'long_text', label: words.mended, required: true }] }),
    noteRepayment: stepForm({
      fields: [
        { name: 'amountFen', kind: 'money', label: words.repaid, required: true },
        { name: 'bankReference', kind: 'text', label: words.bankReference, required: true },
      ],
      initial: (view) => ({ amountFen: stateOf(view)?.owedFen ?? 0 }),
    }),
    recalculate: stepForm({
      fields: [
        choiceOf('because', words.because, 'facts', 'value'),
        { name: 'cause', kind: 'long_text', label: words.cause, required: true },
      ],
    }),
  },
}

function stateOf({ file }: CaseView): ClaimState | undefined {
  return claimState.safeParse(file.state).data
}

function ClaimFacts({ view }: CasePartProps) {
  const { say, day, yuan } = useSpeech()
  const { tell } = useTeller(serviceId)
  const state = stateOf(view)
  if (!state) return null
  const { registeredOn, expected, found, ended, owedFen, months } = state
  const termOf = (told: ClaimState['found']) =>
    told &&
    (told.outcome === 'granted'
      ? say(claimWords.term, { months: told.months, monthFen: yuan(told.monthFen) })
      : say(claimWords.refused))
  return (
    <div className="staff-stack">
      <FactList
        facts={[
          { label: say(claimWords.registeredOn), value: registeredOn && day(registeredOn) },
          { label: say(claimWords.expected), value: termOf(expected) },
          { label: say(claimWords.found), value: termOf(found) },
          {
            label: say(claimWords.ended),
            value:
              ended && say(claimWords.endedText, { since: day(ended.since), reason: tell(`reasons.${ended.reason}`) }),
          },
          { label: say(claimWords.owed), value: owedFen > 0 ? yuan(owedFen) : null },
        ]}
      />
      {months.length > 0 && <Months months={months} />}
    </div>
  )
}

function Months({ months }: { months: ClaimState['months'] }) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const rows = months.toReversed().flatMap((month) => month.orders.map((order) => ({ ...order, month })))
  return (
    <>
      <Typography.Text strong>{say(claimWords.months)}</Typography.Text>
      <DataTable
        rowKey="orderId"
        dataSource={rows}
        columns={[
          { title: say(words.monthName), key: 'number', render: (_, { month }) => month.number },
          {
            title: say(words.beginsOn),
            key: 'beginsOn',
            render: (_, { month }) =>
              month.isOlder ? `${day(month.beginsOn)} · ${say(claimWords.older)}` : day(month.beginsOn),
          },
          { title: say(words.line), key: 'kind', render: (_, { kind }) => tell(`payment.${kind}`) },
          fenColumn<(typeof rows)[number]>(say(words.amount), ({ amountFen }) => amountFen),
          fenColumn<(typeof rows)[number]>(say(words.takenBackFen), ({ takenBackFen }) => takenBackFen || null),
          { title: say(words.state), key: 'state', render: (_, { state }) => say(claimWords[state]) },
        ]}
      />
    </>
  )
}
