import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Card } from 'antd'
import { defineWords, type ServicePage, useAction, useApi, useSignedIn, useSpeech } from '../../../kit/door.ts'
import { DataTable, type Field, FieldsForm, Loaded, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { serviceId } from './words.ts'

const words = defineWords({
  title: { zh: '社保服务进万家', en: 'Into ten thousand homes' },
  summary: {
    zh: '进村、赶集、上门、节日走访；只记场次和人数，不记姓名。',
    en: 'Talks, markets, homes, festivals; occasions and numbers, never names.',
  },
  kind: { zh: '形式', en: 'Kind' },
  village_talk: { zh: '进村宣讲', en: 'talk in the village' },
  market: { zh: '集市', en: 'market' },
  home_visit: { zh: '上门', en: 'home visit' },
  festival_visit: { zh: '节日走访', en: 'festival visit' },
  onDay: { zh: '日期', en: 'Day' },
  place: { zh: '地点', en: 'Place' },
  reached: { zh: '人数', en: 'People reached' },
  topic: { zh: '内容', en: 'Topic' },
  how_to_do_it: { zh: '如何办', en: 'how to do it' },
  where_to_do_it: { zh: '去哪办', en: 'where to do it' },
  submit: { zh: '登记', en: 'Record' },
})

/** Visits of the campaign (B3.12): recorded by operators, seen by the county and above. */
export const page: ServicePage = {
  id: 'village-visits',
  title: words.title,
  summary: words.summary,
  roles: ['village_operator', 'review', 'approve', 'supervisor'],
  order: 62,
  path: '/village/visits',
  Component: VisitsPage,
}

const kinds = ['village_talk', 'market', 'home_visit', 'festival_visit'] as const
const topics = ['how_to_do_it', 'where_to_do_it'] as const
type Visit = {
  kind: (typeof kinds)[number]
  onDay: string
  place: string
  reached: number
  topic: (typeof topics)[number]
}

const fields: Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    label: words.kind,
    required: true,
    options: kinds.map((value) => ({ value, label: words[value] })),
  },
  { name: 'onDay', kind: 'date', label: words.onDay, required: true },
  { name: 'place', kind: 'text', label: words.place, required: true },
  { name: 'reached', kind: 'count', label: words.reached, required: true },
  {
    name: 'topic',
    kind: 'choice',
    label: words.topic,
    required: true,
    options: topics.map((value) => ({ value, label: words[value] })),
  },
]

function VisitsPage() {
  const api = useApi()
  const { say, day } = useSpeech()
  const { acting, today } = useSignedIn()
  const client = useQueryClient()
  const visits = useQuery({
    queryKey: ['village visits'],
    queryFn: () => api.get<{ items: Visit[]; reached: number }>(`/services/${serviceId}/visits`),
  })
  const record = useAction(
    (body: object, key) => api.post<{ visitId: string }>(`/services/${serviceId}/visits`, body, key),
    {
      onSuccess: () => client.invalidateQueries({ queryKey: ['village visits'] }),
    },
  )
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      {acting.role === 'village_operator' && (
        <Card size="small" style={{ maxWidth: 720 }}>
          <FieldsForm
            // Emptied once it is recorded, so that nobody records it twice.
            key={record.data?.visitId}
            fields={fields}
            initial={{ onDay: today, kind: 'market', topic: 'how_to_do_it' }}
            submitLabel={say(words.submit)}
            isSubmitting={record.isPending}
            onSubmit={(values) => record.mutate(values)}
          />
          <ProblemAlert error={record.error} />
        </Card>
      )}
      <Loaded query={visits}>
        {({ items }) => (
          <DataTable
            rowKey={({ onDay, place, kind, reached }) => `${onDay} ${place} ${kind} ${reached}`}
            dataSource={items}
            columns={[
              { title: say(words.onDay), render: (_, { onDay }) => day(onDay) },
              { title: say(words.kind), render: (_, { kind }) => say(words[kind]) },
              { title: say(words.place), dataIndex: 'place' },
              { title: say(words.topic), render: (_, { topic }) => say(words[topic]) },
              { title: say(words.reached), dataIndex: 'reached' },
            ]}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}
