import { useQuery } from '@tanstack/react-query'
import { Button, Typography } from 'antd'
import { defineWords, useAction, useApi, useSignedIn, useSpeech } from '../../kit/door.ts'
import { DataTable, Loaded, ProblemAlert, useEveryTeller, useRegionNames } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '告警', en: 'Alerts' },
  none: { zh: '没有未处理的告警', en: 'No alert is open' },
  what: { zh: '情况', en: 'What' },
  partner: { zh: '对方', en: 'Partner' },
  firstSeen: { zh: '首次', en: 'First seen' },
  lastSeen: { zh: '最近', en: 'Last seen' },
  count: { zh: '次数', en: 'Times' },
  acknowledge: { zh: '已处理', en: 'Acknowledge' },
})

type Alert = {
  id: string
  kind: string
  partner: string | null
  firstSeenAt: string
  lastSeenAt: string
  count: number
}

/** What is out of order between regions, until an officer has seen to it. */
export function ExchangeAlerts() {
  const { say, moment } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const { find } = useEveryTeller()
  const alerts = useQuery({
    queryKey: ['exchange-alerts'],
    queryFn: () => api.get<{ items: Alert[] }>('/exchange/alerts'),
    refetchInterval: 10_000,
  })
  const acknowledge = useAction((id: string, key) => api.post('/exchange/alerts/acknowledge', { id }, key))
  const regionName = useRegionNames(alerts.data?.items.flatMap(({ partner }) => partner ?? []) ?? [])
  const mayAcknowledge = ['supervisor', 'control', 'hub_clerk'].includes(acting.role)
  return (
    <div className="staff-stack">
      <Typography.Title level={2} style={{ fontSize: 18 }}>
        {say(words.title)}
      </Typography.Title>
      <ProblemAlert error={acknowledge.error} />
      <Loaded query={alerts}>
        {({ items }) => (
          <DataTable<Alert>
            rowKey="id"
            dataSource={items}
            emptyText={say(words.none)}
            columns={[
              { title: say(words.what), key: 'what', render: (_, { kind }) => find(`alert.${kind}`) ?? kind },
              { title: say(words.partner), key: 'partner', render: (_, row) => row.partner && regionName(row.partner) },
              { title: say(words.count), dataIndex: 'count', align: 'right' },
              { title: say(words.firstSeen), key: 'first', render: (_, { firstSeenAt }) => moment(firstSeenAt) },
              { title: say(words.lastSeen), key: 'last', render: (_, { lastSeenAt }) => moment(lastSeenAt) },
              {
                title: '',
                key: 'acknowledge',
                render: (_, { id }) =>
                  mayAcknowledge && (
                    <Button size="small" onClick={() => acknowledge.mutate(id)}>
                      {say(words.acknowledge)}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </div>
  )
}
