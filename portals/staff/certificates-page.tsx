import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Tag } from 'antd'
import { useState } from 'react'
import { type AnswerOf, defineWords, useAction, useApi, useSignedIn, useSpeech } from '../../kit/door.ts'
import { DataTable, dayColumn, FieldsForm, Loaded, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '已开具的证明', en: 'Certificates issued' },
  summary: {
    zh: '本机构开具的权益单、参保证明和其他证明。内容有误的，审批岗或监督岗撤销；核验的人会看到已撤销和原因。',
    en: 'Statements, proofs and other certificates of the agency. A wrong one is withdrawn by approval or supervision; whoever verifies it sees that, and why.',
  },
  name: { zh: '证明', en: 'Certificate' },
  holder: { zh: '持有人', en: 'Holder' },
  code: { zh: '核验码', en: 'Code' },
  issued: { zh: '开具时间', en: 'Issued' },
  until: { zh: '有效期至', en: 'Valid until' },
  state: { zh: '状态', en: 'State' },
  inForce: { zh: '有效', en: 'in force' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
  open: { zh: '打开', en: 'Open' },
  withdraw: { zh: '撤销', en: 'Withdraw' },
  reason: { zh: '撤销原因（核验的人会看到）', en: 'Why (whoever verifies it will read this)' },
})

type Certificate = AnswerOf<'GET /certificates'>['items'][number]

/** The certificates that an agency has issued, and taking one back. */
export function CertificatesPage() {
  const speech = useSpeech()
  const { say, moment, language } = speech
  const api = useApi()
  const { acting } = useSignedIn()
  const [withdrawing, setWithdrawing] = useState<Certificate>()
  const certificates = useQuery({
    queryKey: ['certificates'],
    queryFn: () => api.get<AnswerOf<'GET /certificates'>>('/certificates'),
  })
  const withdraw = useAction(
    ({ certificateId, reason }: { certificateId: string; reason: string }, key) =>
      api.post(`/certificates/${certificateId}/withdrawal`, { reason }, key),
    { onSuccess: () => setWithdrawing(undefined) },
  )
  const mayWithdraw = ['approve', 'supervisor'].includes(acting.role)
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={certificates}>
        {({ items }) => (
          <DataTable<Certificate>
            rowKey="certificateId"
            dataSource={items}
            columns={[
              { title: say(words.name), key: 'title', render: (_, { title }) => say(title) },
              { title: say(words.holder), key: 'holder', render: (_, { holder }) => `${holder.name} ${holder.number}` },
              { title: say(words.code), dataIndex: 'code', className: 'staff-nowrap' },
              { title: say(words.issued), key: 'issued', render: (_, { issuedAt }) => moment(issuedAt) },
              dayColumn(say(words.until), ({ validUntil }) => validUntil, speech),
              { title: say(words.state), key: 'state', render: (_, row) => <State certificate={row} /> },
              {
                title: '',
                key: 'actions',
                render: (_, row) => (
                  <>
                    <Button
                      type="link"
                      href={api.href(`/certificates/${row.certificateId}/file`, { language })}
                      target="_blank"
                    >
                      {say(words.open)}
                    </Button>
                    {mayWithdraw && !row.withdrawn && (
                      <Button type="link" danger onClick={() => setWithdrawing(row)}>
                        {say(words.withdraw)}
                      </Button>
                    )}
                  </>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <Modal
        open={withdrawing !== undefined}
        title={withdrawing && `${say(words.withdraw)}: ${withdrawing.code}`}
        onCancel={() => setWithdrawing(undefined)}
        footer={null}
        destroyOnHidden
      >
        <FieldsForm
          fields={[{ name: 'reason', label: words.reason, kind: 'text', required: true }]}
          submitLabel={say(words.withdraw)}
          isSubmitting={withdraw.isPending}
          isDangerous
          onSubmit={({ reason }) =>
            withdrawing && withdraw.mutate({ certificateId: withdrawing.certificateId, reason: String(reason) })
          }
        />
        <ProblemAlert error={withdraw.error} />
      </Modal>
    </StaffPage>
  )
}

function State({ certificate: { withdrawn } }: { certificate: Certificate }) {
  const { say } = useSpeech()
  if (!withdrawn) return <Tag color="success">{say(words.inForce)}</Tag>
  return (
    <>
      <Tag color="error">{say(words.withdrawn)}</Tag> {withdrawn.reason}
    </>
  )
}
