import { Button, Space, Tag } from 'antd'
import { type CasePartProps, defineWords, Link, useApi, useSignedIn, useSpeech, useTeller } from '../../kit/door.ts'
import { DataTable, FactList, fenColumn, type StaffCasePart } from '../../kit/staff/door.ts'
import { approvalForm } from './benefit-approval.ts'
import { ResultForm } from './benefit-batch-results.tsx'
import { type BatchLine, batchStateOf, resultColours, resultWords } from './benefit-batch-state.ts'

const words = defineWords({
  count: { zh: '笔数', en: 'Payments' },
  total: { zh: '银行应付合计', en: 'To be paid by the bank' },
  offset: { zh: '抵扣合计', en: 'Offset' },
  withoutAccount: { zh: '没有收款账户、未列入本批次的办件', en: 'Left out, because no account is known' },
  number: { zh: '办件编号', en: 'Case' },
  purpose: { zh: '用途', en: 'For' },
  account: { zh: '收款账户', en: 'Account' },
  pay: { zh: '应付（元）', en: 'Paid (CNY)' },
  kept: { zh: '抵扣（元）', en: 'Offset (CNY)' },
  result: { zh: '银行结果', en: 'Result' },
  file: { zh: '导出送银行文件', en: 'File for the bank' },
  print: { zh: '打印', en: 'Print' },
  approved: { zh: '同意，送银行', en: 'Approve and send to the bank' },
  withdrawn: { zh: '退回', en: 'Withdraw' },
})

/** A bank batch on its case page: drawn up, approved by another, with the bank's answer to each line. */
export function batchPart(flow: string): StaffCasePart {
  return {
    flow,
    Facts: BatchFacts,
    stepForms: {
      approve: approvalForm({ approved: words.approved, withdrawn: words.withdrawn }),
      recordResult: ResultForm,
    },
  }
}

function BatchFacts({ view }: CasePartProps) {
  const { say, yuan } = useSpeech()
  const { lines, totalFen, offsetFen, withoutAccount } = batchStateOf(view)
  return (
    <div className="staff-stack">
      <FactList
        facts={[
          { label: say(words.count), value: lines.length },
          { label: say(words.total), value: <strong>{yuan(totalFen)}</strong> },
          { label: say(words.offset), value: offsetFen > 0 ? yuan(offsetFen) : null },
          { label: say(words.withoutAccount), value: withoutAccount.join('、') },
        ]}
      />
      <BatchActions view={view} />
      <LineTable lines={lines} service={view.file.service} />
    </div>
  )
}

function BatchActions({ view: { file } }: CasePartProps) {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const api = useApi()
  const isWithBank = file.status === 'sent' || file.status === 'closed'
  return (
    <Space wrap className="staff-no-print">
      {isWithBank &&
        acting.role === 'pay' &&
        (['xlsx', 'csv'] as const).map((format) => (
          <Button key={format} href={api.href(`/benefits/payments/${file.id}/file`, { format })}>
            {say(words.file)} ({format.toUpperCase()})
          </Button>
        ))}
      <Button onClick={() => window.print()}>{say(words.print)}</Button>
    </Space>
  )
}

function LineTable({ lines, service }: { lines: readonly BatchLine[]; service: string }) {
  const { say } = useSpeech()
  const { tell } = useTeller(service)
  return (
    <DataTable<BatchLine>
      rowKey="orderId"
      dataSource={[...lines]}
      columns={[
        {
          title: say(words.number),
          key: 'number',
          render: (_, { caseId, caseNumber }) => <Link to={`/cases/${caseId}`}>{caseNumber}</Link>,
        },
        { title: say(words.purpose), key: 'purpose', render: (_, { purpose }) => tell(`payment.${purpose}`) },
        { title: say(words.account), dataIndex: 'accountMasked' },
        fenColumn(say(words.pay), ({ amountFen }) => amountFen),
        fenColumn(say(words.kept), ({ offsetFen }) => (offsetFen > 0 ? offsetFen : null)),
        {
          title: say(words.result),
          key: 'result',
          render: (_, { result, reason }) => (
            <>
              <Tag color={resultColours[result]}>{say(resultWords[result])}</Tag>
              {reason}
            </>
          ),
        },
      ]}
    />
  )
}
