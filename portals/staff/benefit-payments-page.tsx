import { useQuery } from '@tanstack/react-query'
import { Button, Card, Select, Tag } from 'antd'
import {
  type AnswerOf,
  type BenefitBatches,
  type CaseRow,
  type DueLine,
  defineWords,
  go,
  Link,
  type StepTaken,
  useAction,
  useApi,
  useBenefits,
  usePlace,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { CaseTable, DataTable, dayColumn, fenColumn, Loaded, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'
import { CaseSummary } from './case-summary.tsx'

const words = defineWords({
  noneDue: { zh: '目前没有到期的支付，不能开批次。', en: 'Nothing is due, so there is no batch to open.' },
  title: { zh: '待遇支付', en: 'Payment of benefits' },
  summary: {
    zh: '审批通过的款项编成批次，另一名人员审批后送银行，再登记银行结果。',
    en: 'What was approved goes into a batch; another officer approves it, the bank pays, and its answers are recorded.',
  },
  what: { zh: '事项', en: 'What' },
  none: { zh: '本地没有由基金支付的待遇', en: 'No benefit is paid from a fund here' },
  due: { zh: '待支付：{count} 笔，合计 {total}', en: 'To be paid: {count} payments, {total} in all' },
  first: {
    zh: '只列出前 {shown} 笔；编制批次时按先后最多取 2000 笔。',
    en: 'The first {shown} are listed; a batch takes up to 2,000, the oldest first.',
  },
  noDue: { zh: '目前没有待支付的款项', en: 'Nothing is to be paid at the moment' },
  open: { zh: '编制支付批次', en: 'Draw up a batch' },
  number: { zh: '办件编号', en: 'Case' },
  payee: { zh: '收款人', en: 'Payee' },
  account: { zh: '收款账户', en: 'Account' },
  noAccount: { zh: '没有账户', en: 'no account' },
  purpose: { zh: '用途', en: 'For' },
  amount: { zh: '金额（元）', en: 'Amount (CNY)' },
  ordered: { zh: '下达日期', en: 'Ordered on' },
  returned: { zh: '曾退票：{reason}', en: 'returned before: {reason}' },
  batches: { zh: '支付批次', en: 'Batches' },
  noBatches: { zh: '还没有支付批次', en: 'No batch yet' },
  about: { zh: '内容', en: 'About' },
})

/** What is due of a benefit, drawing up a batch of it, and the batches there were. The benefit stands in the address. */
export function BenefitPaymentsPage() {
  const { say } = useSpeech()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={useBenefits()} isEmpty={({ payments }) => payments.length === 0} emptyText={say(words.none)}>
        {({ payments }) => <Payments payments={payments} />}
      </Loaded>
    </StaffPage>
  )
}

function Payments({ payments }: { payments: readonly BenefitBatches[] }) {
  const { say } = useSpeech()
  const { query } = usePlace()
  const asked = query.get('flow')
  const shown = payments.find(({ flow }) => flow === asked) ?? payments[0]
  if (!shown) return null
  return (
    <>
      <Select
        aria-label={say(words.what)}
        className="staff-choice"
        value={shown.flow}
        onChange={(flow) => go(`/benefit-payments?flow=${flow}`, { replace: true })}
        options={payments.map(({ flow, title }) => ({ value: flow, label: say(title) }))}
      />
      <DuePart key={`due ${shown.flow}`} batches={shown} />
      <BatchesPart key={`batches ${shown.flow}`} flow={shown.flow} />
    </>
  )
}

function DuePart({ batches: { flow, service } }: { batches: BenefitBatches }) {
  const { say, yuan } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const due = useQuery({
    queryKey: ['payments due', service],
    queryFn: () => api.get<AnswerOf<'GET /benefits/payments/due'>>('/benefits/payments/due', { service }),
  })
  const open = useAction((_: undefined, key) => api.post<StepTaken>('/cases', { flow, body: {} }, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  return (
    <Loaded query={due}>
      {({ count, totalFen, items }) => (
        <Card
          size="small"
          title={say(words.due, { count, total: yuan(totalFen) })}
          extra={
            acting.role === 'pay' && (
              <Button
                type="primary"
                disabled={count === 0}
                loading={open.isPending}
                onClick={() => open.mutate(undefined)}
              >
                {say(words.open)}
              </Button>
            )
          }
        >
          <div className="staff-stack">
            {count === 0 && acting.role === 'pay' && <span className="staff-quiet">{say(words.noneDue)}</span>}
            <ProblemAlert error={open.error} />
            {count > items.length && <span className="staff-quiet">{say(words.first, { shown: items.length })}</span>}
            <DueTable lines={items} service={service} />
          </div>
        </Card>
      )}
    </Loaded>
  )
}

function DueTable({ lines, service }: { lines: readonly DueLine[]; service: string }) {
  const speech = useSpeech()
  const { say } = speech
  const { tell } = useTeller(service)
  return (
    <DataTable<DueLine>
      rowKey="orderId"
      dataSource={[...lines]}
      emptyText={say(words.noDue)}
      columns={[
        {
          title: say(words.number),
          key: 'number',
          render: (_, { caseId, caseNumber }) => <Link to={`/cases/${caseId}`}>{caseNumber}</Link>,
        },
        { title: say(words.payee), dataIndex: 'payeeName' },
        {
          title: say(words.account),
          key: 'account',
          render: (_, { accountMasked, lastResult, lastReason }) => (
            <>
              {accountMasked ?? <Tag color="error">{say(words.noAccount)}</Tag>}
              {lastResult === 'returned' && (
                <Tag color="warning">{say(words.returned, { reason: lastReason ?? '' })}</Tag>
              )}
            </>
          ),
        },
        { title: say(words.purpose), key: 'purpose', render: (_, { purpose }) => tell(`payment.${purpose}`) },
        fenColumn(say(words.amount), ({ amountFen }) => amountFen),
        dayColumn(say(words.ordered), ({ orderedOn }) => orderedOn, speech),
      ]}
    />
  )
}

function BatchesPart({ flow }: { flow: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const batches = useQuery({
    queryKey: ['batches', flow],
    queryFn: () => api.get<{ items: CaseRow[] }>('/cases', { flow, limit: 50 }),
  })
  return (
    <Card size="small" title={say(words.batches)}>
      <Loaded query={batches}>
        {({ items }) => (
          <CaseTable
            rows={items}
            emptyText={say(words.noBatches)}
            extra={[{ title: say(words.about), key: 'about', render: (_, row) => <CaseSummary row={row} /> }]}
          />
        )}
      </Loaded>
    </Card>
  )
}
