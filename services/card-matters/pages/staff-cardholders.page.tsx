import { useQuery } from '@tanstack/react-query'
import { Button, Card, Space } from 'antd'
import { useState } from 'react'
import { defineWords, type ServicePage, useAction, useApi, useSignedIn, useSpeech } from '../../../kit/door.ts'
import {
  DataTable,
  dayColumn,
  FieldsForm,
  type FieldValues,
  Loaded,
  ProblemAlert,
  StaffPage,
} from '../../../kit/staff/door.ts'
import { cardWords, serviceId } from './words.ts'

const words = defineWords({
  title: { zh: '持卡人台账', en: 'Cardholders' },
  summary: {
    zh: '列出本辖区的持卡人。每次查看和导出都会记入被列出的人的查询记录。',
    en: 'The cardholders of the region. Every look and every export is in the access log of everybody listed.',
  },
  purpose: { zh: '查看目的', en: 'Purpose' },
  region: { zh: '户籍地区', en: 'Registered place' },
  text: { zh: '姓名（部分）或卡号', en: 'Part of the name, or card number' },
  state: { zh: '卡状态', en: 'State of the card' },
  active: { zh: '正常', en: 'in use' },
  lost: { zh: '已挂失', en: 'reported lost' },
  replaced: { zh: '已补换', en: 'replaced' },
  cancelled: { zh: '已注销', en: 'ended' },
  suspended: { zh: '暂停', en: 'suspended' },
  none: { zh: '无', en: 'none' },
  list: { zh: '查看', en: 'List' },
  more: { zh: '下一页', en: 'Next page' },
  csv: { zh: '导出 CSV', en: 'CSV' },
  xlsx: { zh: '导出 Excel', en: 'Excel' },
  name: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  number: { zh: '卡号', en: 'Card number' },
  issuedOn: { zh: '发卡日期', en: 'Issued' },
  bank: { zh: '银行', en: 'Bank' },
  eCard: { zh: '电子社保卡', en: 'E-card' },
})

/** The list of cardholders of a region (B4.09). */
export const page: ServicePage = {
  id: 'cardholders',
  title: words.title,
  roles: ['accept', 'review', 'approve', 'supervisor', 'audit', 'control'],
  order: 42,
  path: '/card-matters/cardholders',
  Component: CardholdersPage,
}

type State = 'active' | 'lost' | 'replaced' | 'cancelled'

type Line = {
  cardId: string
  name: string
  idNumberMasked: string
  number: string
  state: State
  issuedOn: string
  outlet: string
  bankName: string | null
  eCardState: 'active' | 'suspended' | 'cancelled' | null
}

type Asked = { purpose: string; region?: string; text?: string; state?: string }

const exporters: readonly (string | undefined)[] = ['review', 'approve', 'supervisor', 'audit']

function CardholdersPage() {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const [asked, setAsked] = useState<Asked>()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Card size="small" style={{ maxWidth: 720 }}>
        <FieldsForm
          fields={[
            { name: 'purpose', kind: 'text', label: words.purpose, required: true },
            { name: 'region', kind: 'region', label: words.region },
            { name: 'text', kind: 'text', label: words.text },
            {
              name: 'state',
              kind: 'choice',
              label: words.state,
              options: (['active', 'lost', 'replaced', 'cancelled'] as const).map((value) => ({
                value,
                label: words[value],
              })),
            },
          ]}
          submitLabel={say(words.list)}
          isSubmitting={false}
          onSubmit={(values) => setAsked(askedOf(values))}
        />
      </Card>
      {asked && exporters.includes(acting?.role) && <ExportButtons asked={asked} />}
      {asked && <Lines key={JSON.stringify(asked)} asked={asked} />}
    </StaffPage>
  )
}

function askedOf(values: FieldValues): Asked {
  const given = Object.entries(values).filter(([, value]) => typeof value === 'string' && value !== '')
  return { purpose: String(values.purpose), ...Object.fromEntries(given) }
}

function Lines({ asked }: { asked: Asked }) {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const [after, setAfter] = useState<string>()
  const found = useQuery({
    queryKey: ['cardholders', asked, after],
    queryFn: () =>
      api.get<{ items: Line[] }>(`/services/${serviceId}/cardholders`, { ...asked, ...(after && { after }) }),
  })
  return (
    <Loaded query={found}>
      {({ items }) => (
        <>
          <DataTable<Line>
            rowKey="cardId"
            dataSource={items}
            columns={[
              { title: say(words.name), dataIndex: 'name' },
              { title: say(words.idNumber), dataIndex: 'idNumberMasked' },
              { title: say(words.number), dataIndex: 'number' },
              { title: say(words.state), key: 'state', render: (_, row) => say(words[row.state]) },
              dayColumn<Line>(say(words.issuedOn), ({ issuedOn }) => issuedOn, speech),
              { title: say(cardWords.outlet), dataIndex: 'outlet' },
              { title: say(words.bank), key: 'bank', render: (_, row) => row.bankName ?? '—' },
              { title: say(words.eCard), key: 'eCard', render: (_, row) => say(words[row.eCardState ?? 'none']) },
            ]}
          />
          {items.length === 50 && <Button onClick={() => setAfter(items.at(-1)?.cardId)}>{say(words.more)}</Button>}
        </>
      )}
    </Loaded>
  )
}

function ExportButtons({ asked }: { asked: Asked }) {
  const { say } = useSpeech()
  const api = useApi()
  const fetchFile = useAction(
    (format: 'csv' | 'xlsx') =>
      api.get<{ fileName: string; base64: string }>(`/services/${serviceId}/cardholders/file`, { ...asked, format }),
    { onSuccess: ({ fileName, base64 }) => save(fileName, base64) },
  )
  return (
    <Space>
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button key={format} loading={fetchFile.isPending} onClick={() => fetchFile.mutate(format)}>
          {say(words[format])}
        </Button>
      ))}
      <ProblemAlert error={fetchFile.error} />
    </Space>
  )
}

function save(fileName: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes]))
  link.download = fileName
  link.click()
  URL.revokeObjectURL(link.href)
}
