import { useQuery } from '@tanstack/react-query'
import { Button, Card, Modal } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  type CaseRow,
  commonWords,
  defineWords,
  liveOn,
  RegionName,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import {
  CaseTable,
  FactList,
  type Field,
  FieldsForm,
  type FieldValues,
  Loaded,
  ProblemAlert,
  StaffPage,
} from '../../kit/staff/door.ts'
import { BenefitList } from './benefit-list.tsx'
import { EmployerNotices } from './benefit-notices.tsx'
import { CaseSummary } from './case-summary.tsx'
import { useFlows } from './flows.ts'

const words = defineWords({
  summary: {
    zh: '登记信息、可以申请的待遇、办件和通知。',
    en: 'What is on record, what can be applied for, cases and notices.',
  },
  record: { zh: '登记信息', en: 'On record' },
  creditCode: { zh: '统一社会信用代码', en: 'Credit code' },
  region: { zh: '所在地', en: 'Place' },
  agency: { zh: '经办机构', en: 'Agency' },
  kind: { zh: '单位类型', en: 'Kind' },
  size: { zh: '规模', en: 'Size' },
  since: { zh: '{from} 起，来源：{source}', en: 'since {from}, from {source}' },
  account: { zh: '收款账户', en: 'Paid into' },
  noAccount: {
    zh: '还没有登记。核定的款项登记账户后才能支付。',
    en: 'None yet. What is found due can only be paid once there is one.',
  },
  recordAccount: { zh: '登记收款账户', en: 'Record the account' },
  bankName: { zh: '开户银行', en: 'Bank' },
  accountName: { zh: '户名', en: 'Name of the account' },
  accountNumber: { zh: '账号', en: 'Account number' },
  from: { zh: '启用日期', en: 'Used from' },
  offers: { zh: '可以申请', en: 'What can be applied for' },
  cases: { zh: '我们的办件', en: 'Our cases' },
  noCases: { zh: '还没有办件', en: 'No cases yet' },
  about: { zh: '内容', en: 'About' },
  matter: { zh: '事项', en: 'Matter' },
  enterprise: { zh: '企业', en: 'enterprise' },
  social_organisation: { zh: '社会团体', en: 'social organisation' },
  foundation: { zh: '基金会', en: 'foundation' },
  social_service: { zh: '社会服务机构', en: 'social service' },
  law_firm: { zh: '律师事务所', en: 'law firm' },
  accounting_firm: { zh: '会计师事务所', en: 'accounting firm' },
  individual_business: { zh: '个体工商户', en: 'individual business' },
  large: { zh: '大型', en: 'large' },
  medium: { zh: '中型', en: 'medium' },
  small: { zh: '小型', en: 'small' },
  micro: { zh: '微型', en: 'micro' },
})

type MyEmployer = AnswerOf<'GET /me/employer'>

/** An employer's officer: their employer's record, what it can apply for, its cases and notices. */
export function BenefitEmployerPage() {
  const api = useApi()
  const { say } = useSpeech()
  const query = useQuery({ queryKey: ['my employer'], queryFn: () => api.get<MyEmployer>('/me/employer') })
  return (
    <Loaded query={query}>
      {(mine) => (
        <StaffPage title={mine.employer.name} summary={say(words.summary)}>
          <EmployerNotices />
          <div className="staff-sides">
            <Card size="small" title={say(words.offers)}>
              <BenefitList applicant="employer" />
            </Card>
            <RecordCard mine={mine} />
          </div>
          <CasesCard />
        </StaffPage>
      )}
    </Loaded>
  )
}

function RecordCard({ mine: { employer, profile, account } }: { mine: MyEmployer }) {
  const { say, day } = useSpeech()
  const [isRecording, setRecording] = useState(false)
  return (
    <Card
      size="small"
      title={say(words.record)}
      extra={<Button onClick={() => setRecording(true)}>{say(words.recordAccount)}</Button>}
    >
      <FactList
        columns={1}
        facts={[
          { label: say(words.creditCode), value: employer.creditCode },
          { label: say(words.region), value: <RegionName code={employer.region} /> },
          { label: say(words.agency), value: <RegionName code={employer.agency} /> },
          { label: say(words.kind), value: profile && say(words[profile.entityKind]) },
          {
            label: say(words.size),
            value:
              profile &&
              `${say(words[profile.sizeClass])}（${say(words.since, { from: day(profile.from), source: profile.source })}）`,
          },
          {
            label: say(words.account),
            value: account
              ? `${account.bankName} ${account.accountName} ${account.accountNumberMasked}`
              : say(words.noAccount),
          },
        ]}
      />
      <Modal
        open={isRecording}
        title={say(words.recordAccount)}
        footer={null}
        destroyOnHidden
        onCancel={() => setRecording(false)}
      >
        <AccountForm onRecorded={() => setRecording(false)} />
      </Modal>
    </Card>
  )
}

const accountFields: Field[] = [
  { name: 'bankName', kind: 'text', label: words.bankName, required: true },
  { name: 'accountName', kind: 'text', label: words.accountName, required: true },
  { name: 'accountNumber', kind: 'text', label: words.accountNumber, required: true },
  { name: 'from', kind: 'date', label: words.from, required: true },
]

function AccountForm({ onRecorded }: { onRecorded: () => void }) {
  const api = useApi()
  const { say } = useSpeech()
  const { today } = useSignedIn()
  const record = useAction((account: FieldValues, key) => api.post('/me/employer/account', account, key), {
    onSuccess: onRecorded,
  })
  return (
    <div className="staff-stack">
      <FieldsForm
        fields={accountFields}
        initial={{ from: today }}
        submitLabel={say(commonWords.submit)}
        isSubmitting={record.isPending}
        onSubmit={record.mutate}
      />
      <ProblemAlert error={record.error} />
    </div>
  )
}

function CasesCard() {
  const api = useApi()
  const { say } = useSpeech()
  const flows = useFlows()
  const cases = useQuery({
    queryKey: ['employer cases'],
    queryFn: () => api.get<{ items: CaseRow[] }>('/cases', { limit: 50 }),
    meta: liveOn('cases'),
  })
  return (
    <Card size="small" title={say(words.cases)}>
      <Loaded query={cases}>
        {({ items }) => (
          <CaseTable
            rows={items}
            emptyText={say(words.noCases)}
            extra={[
              {
                title: say(words.matter),
                key: 'flow',
                render: (_, row) => {
                  const title = flows.data?.findLast(({ flow }) => flow === row.flow)?.title
                  return title ? say(title) : row.flow
                },
              },
              { title: say(words.about), key: 'about', render: (_, row) => <CaseSummary row={row} /> },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}
