import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Progress, Statistic, Tag } from 'antd'
import {
  defineWords,
  type Flow,
  formatRatePpm,
  Link,
  liveOn,
  type ServicePage,
  useApi,
  useSpeech,
} from '../../../kit/door.ts'
import { DataTable, fenColumn, Loaded, StaffPage, useRegionNames } from '../../../kit/staff/door.ts'
import { SupervisionCharts } from './staff-charts.tsx'
import { HubFlows } from './staff-hub-flows.tsx'
import { hub, servicePath, useServiceTeller } from './staff-service.ts'
import { inYuan } from './staff-words.ts'

const words = defineWords({
  title: { zh: '工伤异地结算总览', en: 'Work-injury settlement: overview' },
  days: { zh: '出院到拨付的天数（不限时间）', en: 'Days from discharge to payment, of all time' },
  median: { zh: '中位数', en: 'Median' },
  longest: { zh: '最长', en: 'Longest' },
  count: { zh: '已拨付笔数', en: 'Paid settlements' },
  cases: { zh: '办件', en: 'Cases' },
  matter: { zh: '事项', en: 'Matter' },
  byStatus: { zh: '按状态（点开查看）', en: 'By status (open to see them)' },
  prepaid: { zh: '预付金', en: 'Prepaid funds' },
  noPrepaid: { zh: '没有预付金', en: 'No prepaid fund' },
  partner: { zh: '对方', en: 'Partner' },
  side: { zh: '方向', en: 'Direction' },
  paid: { zh: '已付给对方', en: 'paid to the partner' },
  received: { zh: '收自对方', en: 'received from the partner' },
  fund: { zh: '预付金额', en: 'Advanced' },
  used: { zh: '已占用', en: 'Used' },
  usage: { zh: '使用率', en: 'Usage' },
  none: { zh: '正常', en: 'normal' },
  warning: { zh: '预警', en: 'warning' },
  urgent: { zh: '紧急', en: 'urgent' },
  exhausted: { zh: '已用完', en: 'exhausted' },
  alerts: { zh: '提醒', en: 'Alerts' },
  noAlerts: { zh: '没有提醒', en: 'No alerts' },
  missing: { zh: '未达到最低协议机构要求', en: 'Below the minimum of agreement institutions' },
})

type Count = { flow: string; status: string; count: number }
type Prepaid = {
  partner: string
  side: 'paid' | 'received'
  paidFen: number
  usedFen: number
  usedPpm: number
  level: 'none' | 'warning' | 'urgent' | 'exhausted'
}
type AlertRow = {
  code: string
  params: Record<string, string | number | boolean | null>
  about: string
  raisedAt: string
}
type Overview = {
  cases: Count[]
  daysToPayment: { count: number; median: number | null; longest: number | null }
  prepaid: Prepaid[]
  alerts: AlertRow[]
  missingMinimum: Array<{ province: string; missing: string[] }>
}

/** The settlements whose days to payment are known. */
const paidPath = '/work-injury/settlements?side=host&state=settled&daysFrom=0'

/** The hub insures nobody and treats nobody: what it oversees is who owes whom. */
function OverviewPage() {
  const { say } = useSpeech()
  if (useApi().region !== hub) return <RegionOverview />
  return (
    <StaffPage title={say(words.title)}>
      <HubFlows />
    </StaffPage>
  )
}

function RegionOverview() {
  const { say } = useSpeech()
  const api = useApi()
  const overview = useQuery({
    queryKey: ['work-injury-overview'],
    queryFn: () => api.get<Overview>(`${servicePath}/overview`),
    meta: liveOn('cases', 'books'),
  })
  return (
    <StaffPage title={say(words.title)}>
      <Loaded query={overview}>
        {({ cases, daysToPayment, prepaid, alerts, missingMinimum }) => (
          <>
            <Card size="small" title={say(words.days)}>
              <div className="staff-figures">
                <Statistic title={say(words.median)} value={daysToPayment.median ?? '—'} />
                <Statistic title={say(words.longest)} value={daysToPayment.longest ?? '—'} />
                <Statistic
                  title={say(words.count)}
                  value={daysToPayment.count}
                  formatter={() => <Link to={paidPath}>{daysToPayment.count}</Link>}
                />
              </div>
            </Card>
            <MissingMinimum missing={missingMinimum} />
            <Alerts alerts={alerts} />
            <SupervisionCharts />
            <CaseCounts counts={cases} />
            <PrepaidFunds prepaid={prepaid} />
          </>
        )}
      </Loaded>
    </StaffPage>
  )
}

function CaseCounts({ counts }: { counts: readonly Count[] }) {
  const { say } = useSpeech()
  const api = useApi()
  const flows = useQuery({
    queryKey: ['flows'],
    queryFn: async () => (await api.get<{ items: Flow[] }>('/flows')).items,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const flowOf = (name: string) => flows.data?.findLast(({ flow }) => flow === name)
  const byFlow = [...Map.groupBy(counts, ({ flow }) => flow)].map(([flow, rows]) => ({ flow, rows }))
  return (
    <DataTable<(typeof byFlow)[number]>
      rowKey="flow"
      title={() => <strong>{say(words.cases)}</strong>}
      dataSource={byFlow}
      columns={[
        {
          title: say(words.matter),
          key: 'flow',
          render: (_, { flow }) => {
            const title = flowOf(flow)?.title
            return <Link to={`/cases?flow=${flow}`}>{title ? say(title) : flow}</Link>
          },
        },
        {
          title: say(words.byStatus),
          key: 'statuses',
          render: (_, { flow, rows }) =>
            rows.map(({ status, count }) => {
              const title = flowOf(flow)?.statuses[status]?.title
              return (
                <Link key={status} to={`/cases?flow=${flow}&status=${status}`}>
                  <Tag>
                    {title ? say(title) : status} {count}
                  </Tag>
                </Link>
              )
            }),
        },
      ]}
    />
  )
}

const levelColours = { none: 'success', warning: 'warning', urgent: 'error', exhausted: 'error' } as const

function PrepaidFunds({ prepaid }: { prepaid: readonly Prepaid[] }) {
  const { say } = useSpeech()
  const regionName = useRegionNames(prepaid.map(({ partner }) => partner))
  return (
    <DataTable<Prepaid>
      rowKey={({ partner, side }) => `${partner} ${side}`}
      title={() => <strong>{say(words.prepaid)}</strong>}
      dataSource={[...prepaid]}
      emptyText={say(words.noPrepaid)}
      columns={[
        { title: say(words.partner), key: 'partner', render: (_, { partner }) => regionName(partner) },
        { title: say(words.side), key: 'side', render: (_, { side }) => say(words[side]) },
        fenColumn(say(inYuan(words.fund)), ({ paidFen }) => paidFen),
        fenColumn(say(inYuan(words.used)), ({ usedFen }) => usedFen),
        {
          title: say(words.usage),
          key: 'usage',
          render: (_, { usedPpm, level }) => (
            <>
              <Progress
                percent={Math.min(100, usedPpm / 10_000)}
                showInfo={false}
                size="small"
                status={level === 'none' ? 'normal' : 'exception'}
              />
              {formatRatePpm(usedPpm)} <Tag color={levelColours[level]}>{say(words[level])}</Tag>
            </>
          ),
        },
      ]}
    />
  )
}

function Alerts({ alerts }: { alerts: readonly AlertRow[] }) {
  const { say, moment } = useSpeech()
  const { tell } = useServiceTeller()
  if (alerts.length === 0) return <Alert type="success" showIcon title={say(words.noAlerts)} />
  return (
    <Card size="small" title={say(words.alerts)}>
      <div className="staff-stack">
        {alerts.map(({ code, params, about, raisedAt }) => (
          <Alert
            key={`${code} ${about}`}
            type={/(urgent|exhausted)$/.test(code) ? 'error' : 'warning'}
            showIcon
            title={tell(code, params)}
            description={moment(raisedAt)}
          />
        ))}
      </div>
    </Card>
  )
}

function MissingMinimum({ missing }: { missing: Overview['missingMinimum'] }) {
  const { say } = useSpeech()
  const { choice } = useServiceTeller()
  const regionName = useRegionNames(missing.map(({ province }) => province))
  if (missing.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={say(words.missing)}
      description={missing.map(({ province, missing: kinds }) => (
        <div key={province}>
          {regionName(province)}: {kinds.map(choice).join('、')}
        </div>
      ))}
    />
  )
}

/** What the supervisor sees first, with the way down to every case. */
export const page: ServicePage = {
  id: 'work-injury-overview',
  title: words.title,
  roles: ['supervisor', 'approve', 'pay', 'audit'],
  order: 30,
  path: '/work-injury/overview',
  Component: OverviewPage,
}
