import { useQuery } from '@tanstack/react-query'
import { Button, Statistic, Typography } from 'antd'
import { defineWords, useAction, useApi, useSignedIn, useSpeech } from '../../kit/door.ts'
import { DataTable, Loaded, ProblemAlert, StaffPage, useEveryTeller, useRegionNames } from '../../kit/staff/door.ts'
import { ExchangeAlerts } from './exchange-alerts.tsx'
import { ExchangeKeys } from './exchange-keys.tsx'

const words = defineWords({
  title: { zh: '跨省交换', en: 'Exchange with regions' },
  summary: {
    zh: '消息保证至少送达一次、只生效一次；对方离线时在此等待。',
    en: 'Messages arrive at least once and take effect once; they wait here while a partner is away.',
  },
  waiting: { zh: '待送达', en: 'Waiting' },
  failed: { zh: '处理失败', en: 'Failed' },
  refused: { zh: '拒收（伪造、误投）', en: 'Refused (forged, misaddressed)' },
  oldest: { zh: '最早的等待', en: 'Oldest waiting' },
  partner: { zh: '对方', en: 'Partner' },
  refusedByPartner: { zh: '被对方拒收', en: 'Refused by the partner' },
  allDelivered: { zh: '全部送达，没有等待或失败的消息', en: 'All delivered; nothing waits or failed' },
  failedMessages: { zh: '处理失败的消息', en: 'Messages that could not be handled' },
  noneFailed: { zh: '没有处理失败的消息', en: 'No message failed' },
  kind: { zh: '消息', en: 'Message' },
  about: { zh: '办件', en: 'About' },
  why: { zh: '原因', en: 'Why' },
  retry: { zh: '重新处理', en: 'Handle again' },
})

type PartnerStatus = {
  region: string
  waiting: number
  oldestWaitingAt: string | null
  failed: number
  refusedByPartner: number
}
type ExchangeStatus = {
  waiting: number
  oldestWaitingAt: string | null
  failed: number
  refused: number
  byPartner: PartnerStatus[]
}
type FailedMessage = {
  id: string
  partner: string
  kind: string
  about: string | null
  code: string | null
  params: Record<string, string | number | boolean | null> | null
}

/** How the exchange stands, by partner, and what has to be looked at. */
export function ExchangePage() {
  const { say, moment } = useSpeech()
  const api = useApi()
  const status = useQuery({
    queryKey: ['exchange-status'],
    queryFn: () => api.get<ExchangeStatus>('/exchange/status'),
    refetchInterval: 10_000,
  })
  const regionName = useRegionNames(status.data?.byPartner.map(({ region }) => region) ?? [])
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={status}>
        {({ waiting, failed, refused, oldestWaitingAt, byPartner }) => (
          <>
            <div className="staff-figures">
              <Statistic title={say(words.waiting)} value={waiting} />
              <Statistic title={say(words.oldest)} value={oldestWaitingAt ? moment(oldestWaitingAt) : '—'} />
              <Statistic title={say(words.failed)} value={failed} />
              <Statistic title={say(words.refused)} value={refused} />
            </div>
            <DataTable<PartnerStatus>
              rowKey="region"
              dataSource={byPartner}
              emptyText={say(words.allDelivered)}
              columns={[
                { title: say(words.partner), key: 'partner', render: (_, { region }) => regionName(region) },
                { title: say(words.waiting), dataIndex: 'waiting', align: 'right' },
                {
                  title: say(words.oldest),
                  key: 'oldest',
                  render: (_, row) => (row.oldestWaitingAt ? moment(row.oldestWaitingAt) : '—'),
                },
                { title: say(words.failed), dataIndex: 'failed', align: 'right' },
                { title: say(words.refusedByPartner), dataIndex: 'refusedByPartner', align: 'right' },
              ]}
            />
          </>
        )}
      </Loaded>
      <ExchangeAlerts />
      <FailedMessages />
      <ExchangeKeys />
    </StaffPage>
  )
}

function FailedMessages() {
  const { say } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const { find } = useEveryTeller()
  const failed = useQuery({
    queryKey: ['exchange-failed'],
    queryFn: () => api.get<{ items: FailedMessage[] }>('/exchange/failed'),
  })
  const retry = useAction((message: { from: string; id: string }, key) =>
    api.post('/exchange/failed/retry', message, key),
  )
  const regionName = useRegionNames(failed.data?.items.map(({ partner }) => partner) ?? [])
  const mayRetry = acting.role === 'supervisor' || acting.role === 'control'
  return (
    <div className="staff-stack">
      <Typography.Title level={2} style={{ fontSize: 18 }}>
        {say(words.failedMessages)}
      </Typography.Title>
      <ProblemAlert error={retry.error} />
      <Loaded query={failed}>
        {({ items }) => (
          <DataTable<FailedMessage>
            rowKey="id"
            dataSource={items}
            emptyText={say(words.noneFailed)}
            columns={[
              { title: say(words.partner), key: 'partner', render: (_, { partner }) => regionName(partner) },
              { title: say(words.kind), key: 'kind', render: (_, { kind }) => find(`message.${kind}`) ?? kind },
              { title: say(words.about), key: 'about', render: (_, { about }) => about ?? '—' },
              {
                title: say(words.why),
                key: 'why',
                render: (_, { code, params }) => (code ? (find(code, params ?? {}) ?? code) : '—'),
              },
              {
                title: '',
                key: 'retry',
                render: (_, { partner, id }) =>
                  mayRetry && (
                    <Button size="small" onClick={() => retry.mutate({ from: partner, id })}>
                      {say(words.retry)}
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
