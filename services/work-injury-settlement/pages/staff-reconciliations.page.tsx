import { useQuery } from '@tanstack/react-query'
import { Card } from 'antd'
import {
  defineWords,
  go,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import { type Field, FieldsForm, type FieldValues, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { CasesOfFlow, useSummaryColumns } from './staff-cases-of-flow.tsx'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  title: { zh: '医院对账', en: 'Reconciliation with hospitals' },
  summary: {
    zh: '按月逐笔核对，双方一致后进入审核；月末次日起系统也会自动发起。',
    en: 'Month by month and item by item; what both sides agree on goes to the audit.',
  },
  open: { zh: '发起对账', en: 'Open a month' },
  items: { zh: '笔数', en: 'Items' },
  differences: { zh: '未处理差异', en: 'Open differences' },
  none: { zh: '还没有对账', en: 'Nothing to reconcile yet' },
  monthHelp: { zh: '例如 2026-05', en: 'for example 2026-05' },
})

function ReconciliationsPage() {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const column = useSummaryColumns()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      {acting.role === 'audit' && <OpenMonth />}
      <CasesOfFlow
        flow="reconciliation"
        emptyText={say(words.none)}
        columns={() => [
          column.text('month', serviceWords.month),
          column.text('items', words.items),
          column.text('differences', words.differences),
        ]}
      />
    </StaffPage>
  )
}

type Institution = { institutionId: string; name: string; kind: string }

function OpenMonth() {
  const { say } = useSpeech()
  const api = useApi()
  const { today } = useSignedIn()
  const institutions = useQuery({
    queryKey: ['institutions'],
    queryFn: () => api.get<{ items: Institution[] }>('/institutions'),
  })
  const open = useAction(
    (body: FieldValues, key) =>
      api.post<StepTaken>(
        '/cases',
        { flow: 'reconciliation', body, subject: { institutionId: String(body.institutionId) } },
        key,
      ),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  const treating = institutions.data?.items.filter(({ kind }) => kind !== 'agency' && kind !== 'bank') ?? []
  const fields: Field[] = [
    {
      name: 'institutionId',
      kind: 'select',
      label: serviceWords.institution,
      required: true,
      options: treating.map(({ institutionId, name }) => ({ value: institutionId, label: { zh: name, en: name } })),
    },
    { name: 'month', kind: 'text', label: serviceWords.month, help: words.monthHelp, required: true },
  ]
  return (
    <Card size="small" title={say(words.open)} style={{ maxWidth: 560 }}>
      <FieldsForm
        fields={fields}
        initial={{ month: today.slice(0, 7) }}
        submitLabel={say(words.open)}
        isSubmitting={open.isPending}
        onSubmit={(values) => open.mutate(values)}
      />
      <ProblemAlert error={open.error} />
    </Card>
  )
}

/** Monthly reconciliation, for both sides. */
export const page: ServicePage = {
  id: 'work-injury-reconciliations',
  title: words.title,
  roles: ['hospital_office', 'audit', 'supervisor'],
  order: 32,
  path: '/work-injury/reconciliations',
  Component: ReconciliationsPage,
}
