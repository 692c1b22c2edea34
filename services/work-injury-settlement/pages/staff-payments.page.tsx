import { Button } from 'antd'
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
import { ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { CasesOfFlow, useSummaryColumns } from './staff-cases-of-flow.tsx'

const words = defineWords({
  title: { zh: '医院拨付', en: 'Payments to hospitals' },
  summary: {
    zh: '把已审核、未拨付的结算编成一批；审批后送银行，逐笔登记结果。',
    en: 'What is audited and not paid goes into a batch; once approved it goes to the bank, with a result for each line.',
  },
  open: { zh: '编制拨付批次', en: 'Draw up a batch' },
  lines: { zh: '笔数', en: 'Lines' },
  none: { zh: '还没有拨付批次', en: 'No batch yet' },
})

function PaymentsPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const column = useSummaryColumns()
  const open = useAction(
    (_: undefined, key) => api.post<StepTaken>('/cases', { flow: 'payment', body: {}, subject: {} }, key),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        acting.role === 'pay' && (
          <Button type="primary" loading={open.isPending} onClick={() => open.mutate(undefined)}>
            {say(words.open)}
          </Button>
        )
      }
    >
      <ProblemAlert error={open.error} />
      <CasesOfFlow
        flow="payment"
        emptyText={say(words.none)}
        columns={() => [column.text('lines', words.lines), column.amount('totalFen')]}
      />
    </StaffPage>
  )
}

/** Payment batches of the agency. */
export const page: ServicePage = {
  id: 'work-injury-payments',
  title: words.title,
  roles: ['pay', 'approve', 'supervisor'],
  order: 33,
  path: '/work-injury/payments',
  Component: PaymentsPage,
}
