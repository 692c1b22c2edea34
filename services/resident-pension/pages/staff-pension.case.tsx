import { type CasePartProps, defineWords, useSpeech, useTeller } from '../../../kit/door.ts'
import { DataTable, FactList, type Field, fenColumn, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { usePensionLines } from './pension-facts.ts'
import { type PensionState, pensionFlow, pensionState, pensionWords, serviceId } from './words.ts'

const words = defineWords({
  outcome: { zh: '结论', en: 'Outcome' },
  accepted: { zh: '受理', en: 'Accept' },
  not_accepted: { zh: '不予受理', en: 'Do not accept' },
  approved: { zh: '同意', en: 'Approve' },
  returned: { zh: '退回', en: 'Return' },
  reason: { zh: '不予受理的理由', en: 'Why it is not accepted' },
  opinion: { zh: '意见', en: 'Opinion' },
  fromMonth: { zh: '补缴自（年-月）', en: 'Paid from (year-month)' },
  toMonth: { zh: '补缴至（年-月）', en: 'Paid to (year-month)' },
  monthly: { zh: '每月折合金额', en: 'Amount for each month' },
  bankReference: { zh: '银行回单号', en: 'Bank reference' },
  way: { zh: '认证方式', en: 'Way of the proof' },
  standing: { zh: '领取状况', en: 'How the recipient stands' },
  alive: { zh: '恢复', en: 'begins again' },
  imprisoned: { zh: '服刑', en: 'in prison' },
  draws_other_pension: { zh: '领取其他基本养老金', en: 'draws another basic pension' },
  since: { zh: '自何日起', en: 'Since' },
  note: { zh: '说明', en: 'Note' },
  mended: { zh: '账户更正情况', en: 'How the account was mended' },
  repaid: { zh: '退回金额', en: 'Amount paid back' },
  because: { zh: '为什么重新核定', en: 'Why decide again' },
  value: { zh: '待遇标准变了（事实不变）', en: 'A value changed (same facts)' },
  facts: { zh: '登记的事实变了', en: 'The registers changed' },
  cause: { zh: '具体原因（告知当事人）', en: 'The cause, as the person is told' },
  month: { zh: '月份', en: 'Month' },
  amount: { zh: '金额（元）', en: 'Amount (CNY)' },
  state: { zh: '情况', en: 'State' },
})

function choiceOf(
  name: string,
  label: Field['label'],
  options: ReadonlyArray<{ value: string; label: Field['label'] }>,
): Field {
  return { name, kind: 'choice', label, required: true, options: [...options] }
}

const option = (value: keyof typeof words) => ({ value, label: words[value] })
const opinionField: Field = { name: 'opinion', kind: 'long_text', label: words.opinion, required: true }
const noteField: Field = { name: 'note', kind: 'long_text', label: words.note, required: true }

/** Pensions at the counter: what was granted, the months with their payments, and the forms of every step. */
export const casePart: StaffCasePart = {
  flow: pensionFlow,
  Facts: PensionFacts,
  nextStep: ({ file }) => (file.status === 'submitted' ? 'accept' : file.status === 'receiving' ? null : undefined),
  stepForms: {
    accept: stepForm({
      fields: [
        choiceOf('outcome', words.outcome, [option('accepted'), option('not_accepted')]),
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
    noteBackPayment: stepForm({
      fields: [
        { name: 'from', kind: 'text', label: words.fromMonth, required: true },
        { name: 'to', kind: 'text', label: words.toMonth, required: true },
        { name: 'monthlyFen', kind: 'money', label: words.monthly, required: true },
        { name: 'bankReference', kind: 'text', label: words.bankReference, required: true },
      ],
    }),
    review: stepForm({ fields: [opinionField] }),
    approve: stepForm({
      fields: [choiceOf('outcome', words.outcome, [option('approved'), option('returned')]), opinionField],
    }),
    authenticate: stepForm({
      fields: [
        choiceOf(
          'way',
          words.way,
          (['counter', 'home_visit', 'data_comparison'] as const).map((value) => ({
            value,
            label: pensionWords[value],
          })),
        ),
      ],
    }),
    noteStanding: stepForm({
      fields: [
        choiceOf('standing', words.standing, [option('imprisoned'), option('alive'), option('draws_other_pension')]),
        { name: 'since', kind: 'date', label: words.since, required: true },
        noteField,
      ],
      isDangerous: true,
    }),
    recheck: stepForm({ fields: [noteField] }),
    reissue: stepForm({ fields: [{ name: 'note', kind: 'long_text', label: words.mended, required: true }] }),
    noteRepayment: stepForm({
      fields: [
        { name: 'amountFen', kind: 'money', label: words.repaid, required: true },
        { name: 'bankReference', kind: 'text', label: words.bankReference, required: true },
      ],
      initial: ({ file }) => ({ amountFen: pensionState.safeParse(file.state).data?.owedFen ?? 0 }),
    }),
    recalculate: stepForm({
      fields: [
        choiceOf('because', words.because, [option('facts'), option('value')]),
        { name: 'cause', kind: 'long_text', label: words.cause, required: true },
      ],
    }),
  },
}

function PensionFacts({ view }: CasePartProps) {
  const linesOf = usePensionLines()
  const parsed = pensionState.safeParse(view.file.state)
  if (!parsed.success) return null
  return (
    <div className="staff-stack">
      <FactList columns={1} facts={linesOf(parsed.data)} />
      {parsed.data.months.length > 0 && <MonthTable months={parsed.data.months} />}
    </div>
  )
}

type MonthRow = { key: string; month: string; amountFen: number | null; state: string }

function MonthTable({ months }: Pick<PensionState, 'months'>) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const rows = months.toReversed().flatMap(({ month, heldFor, orders }): MonthRow[] => [
    ...(heldFor === null
      ? []
      : [
          {
            key: month,
            month,
            amountFen: null,
            state: say(pensionWords.held, { reason: tell(`reasons.${heldFor}`) }),
          },
        ]),
    ...orders.map(({ orderId, amountFen, state }) => ({
      key: orderId,
      month,
      amountFen,
      state: say(pensionWords[state]),
    })),
  ])
  return (
    <DataTable
      rowKey="key"
      dataSource={rows}
      columns={[
        { title: say(words.month), key: 'month', render: (_, row) => row.month },
        fenColumn<MonthRow>(say(words.amount), ({ amountFen }) => amountFen),
        { title: say(words.state), key: 'state', render: (_, row) => row.state },
      ]}
    />
  )
}
