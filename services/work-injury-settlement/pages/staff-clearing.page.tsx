import { Card } from 'antd'
import { useState } from 'react'
import {
  type CaseRow,
  defineWords,
  type ServicePage,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../../kit/door.ts'
import { type Field, FieldsForm, fenColumn, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { CasesOfFlow, useSummaryColumns } from './staff-cases-of-flow.tsx'
import { hub, servicePath } from './staff-service.ts'
import { inYuan, serviceWords } from './staff-words.ts'

const words = defineWords({
  title: { zh: '区域间清算', en: 'Clearing between regions' },
  summary: {
    zh: '部级经办机构按季度出具通知，只说明谁应付谁，不经手资金；两个方向分别全额支付，不轧差。',
    en: 'The hub issues statements by quarter: who owes whom. It holds no money, and both directions are paid in full.',
  },
  owed: { zh: '应付', en: 'Owed' },
  none: { zh: '还没有清算通知', en: 'No statement yet' },
  prepaid: { zh: '拨付预付金', en: 'Pay an advance' },
  to: { zh: '就医地', en: 'Treatment place' },
  amount: { zh: '金额', en: 'Amount' },
  paid: { zh: '已拨付，凭证号 {number}', en: 'Paid, number {number}' },
})

function ClearingPage() {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const { region } = useApi()
  const column = useSummaryColumns()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <CasesOfFlow
        flow={region === hub ? 'statement' : 'clearing'}
        emptyText={say(words.none)}
        columns={() => [
          column.text('quarter', serviceWords.quarter),
          column.region('insuredRegion'),
          column.region('treatmentRegion'),
          fenColumn<CaseRow>(say(inYuan(words.owed)), ({ summary: { owedFen } }) =>
            typeof owedFen === 'number' ? owedFen : null,
          ),
        ]}
      />
      {acting.role === 'pay' && <PrepaidForm />}
    </StaffPage>
  )
}

const prepaidFields: Field[] = [
  { name: 'to', kind: 'region', label: words.to, required: true },
  { name: 'amountFen', kind: 'money', label: words.amount, required: true },
]

function PrepaidForm() {
  const { say } = useSpeech()
  const api = useApi()
  const [round, setRound] = useState(0)
  const payPrepaid = useAction(
    (body: Record<string, unknown>, key) => api.post<{ paymentNumber: string }>(`${servicePath}/prepaid`, body, key),
    { onSuccess: () => setRound(round + 1) },
  )
  return (
    <Card size="small" title={say(words.prepaid)} style={{ maxWidth: 560 }}>
      <FieldsForm
        key={round}
        fields={prepaidFields}
        submitLabel={say(words.prepaid)}
        isSubmitting={payPrepaid.isPending}
        onSubmit={(values) => payPrepaid.mutate(values)}
      />
      {payPrepaid.data && <p>{say(words.paid, { number: payPrepaid.data.paymentNumber })}</p>}
      <ProblemAlert error={payPrepaid.error} />
    </Card>
  )
}

/** Statements of the hub: issued by its clerk, carried out by the regions. */
export const page: ServicePage = {
  id: 'work-injury-clearing',
  title: words.title,
  roles: ['hub_clerk', 'pay', 'supervisor'],
  order: 34,
  path: '/work-injury/clearing',
  Component: ClearingPage,
}
