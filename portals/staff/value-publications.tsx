import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Tag } from 'antd'
import { useState } from 'react'
import {
  type AnswerOf,
  defineWords,
  Link,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../kit/door.ts'
import { DataTable, dayColumn, FieldsForm, Loaded, ProblemAlert } from '../../kit/staff/door.ts'
import { useValueColumns } from './value-columns.tsx'

const words = defineWords({
  published: { zh: '已公布', en: 'Published' },
  nonePublished: { zh: '本地还没有公布过参数', en: 'Nothing has been published here' },
  waiting: { zh: '待批准的撤回', en: 'Taking back: to approve' },
  name: { zh: '参数', en: 'Value' },
  publishedOn: { zh: '公布日期', en: 'Published on' },
  source: { zh: '依据', en: 'Source' },
  withdrawn: { zh: '{withdrawnOn} 撤回：{because}', en: 'taken back {withdrawnOn}: {because}' },
  withdraw: { zh: '撤回', en: 'Take back' },
  why: { zh: '为什么撤回', en: 'Why it is taken back' },
  propose: { zh: '提出撤回', en: 'Propose to take it back' },
  proposed: { zh: '已提出，由另一人批准。', en: 'Proposed; another officer approves.' },
  approve: { zh: '批准撤回', en: 'Approve' },
  opened: {
    zh: '对过去的日期有效：已开始查找受影响的决定。',
    en: 'It holds for days that are past: the decisions concerned are being looked for.',
  },
})

type Publication = AnswerOf<'GET /values/publications'>['items'][number]
type Waiting = AnswerOf<'GET /values/withdrawals'>['items'][number]

/** The revisions that a publication, or taking one back, has opened; nothing where it holds for days to come alone. */
export type Revisions = AnswerOf<'POST /values/proposals/{proposalId}/approve'>['revisions']

/** Says which revisions were opened, with the way to each. */
export function OpenedRevisions({ revisions }: { revisions: Revisions }) {
  const { say } = useSpeech()
  if (revisions.length === 0) return null
  return (
    <Alert
      type="info"
      showIcon
      title={say(words.opened)}
      description={revisions.map(({ caseId, number }) => (
        <div key={caseId}>
          <Link to={`/cases/${caseId}`}>{number}</Link>
        </div>
      ))}
    />
  )
}

/** What was published for a service, and taking a wrong publication back: proposed by one officer, approved by another. */
export function Publications({ service }: { service: string }) {
  return (
    <>
      <WaitingWithdrawals service={service} />
      <PublicationList service={service} />
    </>
  )
}

function PublicationList({ service }: { service: string }) {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const { acting } = useSignedIn()
  const published = useQuery({
    queryKey: ['value-publications', service],
    queryFn: () => api.get<AnswerOf<'GET /values/publications'>>('/values/publications', { service }),
  })
  const [taking, setTaking] = useState<string>()
  const columns = useValueColumns(service, published.data?.items ?? [])
  const maySay = acting.role === 'values_admin'
  return (
    <Card size="small" title={say(words.published)}>
      <Loaded query={published}>
        {({ items }) => (
          <DataTable<Publication>
            rowKey="id"
            dataSource={items}
            emptyText={say(words.nonePublished)}
            columns={[
              ...columns,
              dayColumn(say(words.publishedOn), ({ publishedOn }) => publishedOn, speech),
              { title: say(words.source), dataIndex: 'source' },
              {
                title: '',
                key: 'withdraw',
                render: (_, { id, withdrawnOn, withdrawnBecause }) => {
                  if (withdrawnOn !== null) {
                    return <Tag>{say(words.withdrawn, { withdrawnOn, because: withdrawnBecause ?? '' })}</Tag>
                  }
                  return (
                    maySay && (
                      <Button size="small" danger onClick={() => setTaking(id)}>
                        {say(words.withdraw)}
                      </Button>
                    )
                  )
                },
              },
            ]}
          />
        )}
      </Loaded>
      {taking !== undefined && <WithdrawalForm key={taking} proposalId={taking} />}
    </Card>
  )
}

function WithdrawalForm({ proposalId }: { proposalId: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const propose = useAction((values: Record<string, unknown>, key) =>
    api.post(`/values/proposals/${proposalId}/withdrawals`, values, key),
  )
  if (propose.isSuccess) return <Alert type="success" showIcon title={say(words.proposed)} />
  return (
    <div style={{ maxWidth: 640 }}>
      <FieldsForm
        fields={[{ name: 'reason', kind: 'long_text', label: words.why, required: true }]}
        submitLabel={say(words.propose)}
        isSubmitting={propose.isPending}
        isDangerous
        onSubmit={(values) => propose.mutate(values)}
      />
      <ProblemAlert error={propose.error} />
    </div>
  )
}

function WaitingWithdrawals({ service }: { service: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const { find } = useTeller(service)
  const [revisions, setRevisions] = useState<Revisions>([])
  const waiting = useQuery({
    queryKey: ['value-withdrawals', service],
    queryFn: () => api.get<AnswerOf<'GET /values/withdrawals'>>('/values/withdrawals', { service }),
  })
  const approve = useAction(
    (id: string, key) =>
      api.post<AnswerOf<'POST /values/withdrawals/{withdrawalId}/approve'>>(
        `/values/withdrawals/${id}/approve`,
        undefined,
        key,
      ),
    { onSuccess: (answer) => setRevisions(answer.revisions) },
  )
  if (waiting.data?.items.length === 0 && revisions.length === 0) return null
  return (
    <Card size="small" title={say(words.waiting)}>
      <div className="staff-stack">
        <ProblemAlert error={approve.error} />
        <OpenedRevisions revisions={revisions} />
        <Loaded query={waiting}>
          {({ items }) => (
            <DataTable<Waiting>
              rowKey="withdrawalId"
              dataSource={items}
              columns={[
                { title: say(words.name), key: 'name', render: (_, { name }) => find(`values.${name}`) ?? name },
                { title: say(words.why), dataIndex: 'reason' },
                {
                  title: '',
                  key: 'approve',
                  render: (_, { withdrawalId }) =>
                    acting.role === 'values_admin' && (
                      <Button size="small" type="primary" onClick={() => approve.mutate(withdrawalId)}>
                        {say(words.approve)}
                      </Button>
                    ),
                },
              ]}
            />
          )}
        </Loaded>
      </div>
    </Card>
  )
}
