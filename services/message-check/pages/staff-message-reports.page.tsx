import { useQuery } from '@tanstack/react-query'
import { defineWords, type ServicePage, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { DataTable, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '举报的可疑信息', en: 'Suspicious messages reported' },
  summary: {
    zh: '近 30 天共 {count} 条，不含原文和举报人',
    en: '{count} in the last 30 days, without words or reporters',
  },
  sign: { zh: '特征', en: 'Sign' },
  host: { zh: '网址', en: 'Site' },
  count: { zh: '条数', en: 'Messages' },
})

type Count = { what: string; count: number }
type Reports = { messages: number; signs: Count[]; hosts: Count[] }

/** What residents reported: which signs and which sites, how often. */
export const page: ServicePage = {
  id: 'message-reports',
  title: words.title,
  roles: ['supervisor', 'audit', 'control'],
  order: 90,
  path: '/message-reports',
  Component: MessageReportsPage,
}

function MessageReportsPage() {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller('message-check')
  const reports = useQuery({
    queryKey: ['message reports'],
    queryFn: () => api.get<Reports>('/services/message-check/reports', { days: 30 }),
  })
  const { messages = 0, signs = [], hosts = [] } = reports.data ?? {}
  const table = (title: string, rows: Count[], nameOf: (what: string) => string) => (
    <DataTable
      rowKey="what"
      dataSource={rows}
      loading={reports.isPending}
      columns={[
        { title, key: 'what', render: (_, { what }) => nameOf(what) },
        { title: say(words.count), dataIndex: 'count', align: 'right' },
      ]}
    />
  )
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary, { count: messages })}>
      <ProblemAlert error={reports.error} />
      {table(say(words.sign), signs, (sign) => tell(`choices.${sign}`))}
      {table(say(words.host), hosts, (host) => host)}
    </StaffPage>
  )
}
