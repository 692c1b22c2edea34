import { Card } from 'antd'
import {
  type CaseRow,
  defineWords,
  go,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import {
  type Field,
  FieldsForm,
  type FieldValues,
  fenColumn,
  ProblemAlert,
  StaffPage,
} from '../../../kit/staff/door.ts'
import { CasesOfFlow, useSummaryColumns } from './staff-cases-of-flow.tsx'
import { inYuan, serviceWords } from './staff-words.ts'

const words = defineWords({
  title: { zh: '区域间对账与争议', en: 'Differences and disputes between regions' },
  summary: {
    zh: '每日与对方逐笔核对；有争议的项目冻结，不进入清算，双方一致后再清算。',
    en: 'Every day is compared item by item. What is disputed stays out of clearing until both agree.',
  },
  differences: { zh: '日对账差异', en: 'Differences of daily reconciliation' },
  disputes: { zh: '争议', en: 'Disputes' },
  raise: { zh: '对一笔结算提出争议', en: 'Dispute a settlement' },
  expected: { zh: '主张应付', en: 'Owed, as we hold' },
  stated: { zh: '账列应付', en: 'Stated as owed' },
  kind: { zh: '差异', en: 'Difference' },
  noDifferences: { zh: '没有差异', en: 'No differences' },
  noDisputes: { zh: '没有争议', en: 'No disputes' },
})

function DisputesPage() {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const column = useSummaryColumns()
  const amount = (label: typeof words.stated, name: 'statedFen' | 'expectedFen') =>
    fenColumn<CaseRow>(say(inYuan(label)), ({ summary }) => (typeof summary[name] === 'number' ? summary[name] : null))
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      {acting.role === 'audit' && <RaiseForm />}
      <strong>{say(words.disputes)}</strong>
      <CasesOfFlow
        flow="dispute"
        emptyText={say(words.noDisputes)}
        columns={() => [
          column.text('settlementNumber', serviceWords.settlementNumber),
          amount(words.stated, 'statedFen'),
          amount(words.expected, 'expectedFen'),
        ]}
      />
      <strong>{say(words.differences)}</strong>
      <CasesOfFlow
        flow="difference"
        emptyText={say(words.noDifferences)}
        columns={() => [
          column.text('settlementNumber', serviceWords.settlementNumber),
          column.text('kind', words.kind),
        ]}
      />
    </StaffPage>
  )
}

const fields: Field[] = [
  { name: 'settlementNumber', kind: 'text', label: serviceWords.settlementNumber, required: true },
  { name: 'expectedFen', kind: 'money', label: words.expected, required: true },
  { name: 'reason', kind: 'long_text', label: serviceWords.reason, required: true },
]

function RaiseForm() {
  const { say } = useSpeech()
  const api = useApi()
  const raise = useAction(
    (body: FieldValues, key) =>
      api.post<StepTaken>('/cases', { flow: 'dispute', step: 'raise', body, subject: {} }, key),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  return (
    <Card size="small" title={say(words.raise)} style={{ maxWidth: 560 }}>
      <FieldsForm
        fields={fields}
        submitLabel={say(words.raise)}
        isSubmitting={raise.isPending}
        onSubmit={(values) => raise.mutate(values)}
      />
      <ProblemAlert error={raise.error} />
    </Card>
  )
}

/** What two regions do not agree on: disputes and differences. */
export const page: ServicePage = {
  id: 'work-injury-disputes',
  title: words.title,
  roles: ['audit', 'supervisor'],
  order: 33,
  path: '/work-injury/disputes',
  Component: DisputesPage,
}
